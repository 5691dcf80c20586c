import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Project } from '../../../src/model/migration.ts'
import { readAlembicProject } from '../../../src/read/alembic/project.ts'
import { printed, statements } from './printing.ts'

const env = `from alembic import context

context.configure(dialect_name="postgresql", literal_binds=True, dialect_opts={"paramstyle": "named"})
with context.begin_transaction():
    context.run_migrations()
`
const ini = '[alembic]\nscript_location = %(here)s/alembic\n'

/** A project around a folder of version files, which prints and does nothing else. */
async function projectOf(versions: string, folder: string): Promise<string> {
  await cp(versions, join(folder, 'alembic', 'versions'), { recursive: true })
  await writeFile(join(folder, 'alembic', 'env.py'), env)
  await writeFile(join(folder, 'alembic.ini'), ini)
  return folder
}

async function read(folder: string): Promise<Project> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
  return await readAlembicProject({
    directory: '',
    paths,
    readText: (path) => readFile(join(folder, path), 'utf8'),
    statusOf: () => 'base',
  })
}

let work: string
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'alembic-projects-'))
})
afterAll(() => rm(work, { recursive: true, force: true }))

/** What is read and what Alembic prints, up and down, by revision. */
async function both(folder: string, heads = 'heads'): Promise<{ ours: unknown; theirs: unknown; count: number }> {
  const project = await read(folder)
  expect(project.notChecked).toEqual([])
  const [up, down] = [
    await printed(folder, { direction: 'upgrade', from: 'base', to: heads }),
    await printed(folder, { direction: 'downgrade', from: heads, to: 'base' }),
  ]
  const ours = project.migrations.map(({ id, up, down }) => ({ id, up: statements(up), down: statements(down) }))
  const theirs = project.migrations.map(({ id }) => ({ id, up: up.get(id), down: down.get(id) ?? [] }))
  return { ours, theirs, count: ours.flatMap(({ up, down }) => [...up, ...down]).length }
}

test.each([
  ['every directive', 'test/read/alembic/versions'],
  ["the guide's own project", 'examples/alembic/alembic/versions'],
])('the same statements in the same order, up and down: %s', async (name, versions) => {
  const { ours, theirs, count } = await both(await projectOf(versions, join(work, name)))
  expect(ours).toEqual(theirs)
  expect(count).toBeGreaterThan(9)
})

test('a naming convention, and types, constants and functions of other modules', async () => {
  const { ours, theirs, count } = await both('test/read/alembic/projects/library', 'c04')
  expect(ours).toEqual(theirs)
  expect(count).toBeGreaterThan(50)
})

/** The pull requests of the examples, each on top of the guide's project; those whose migrations need a database cannot be printed. */
test('the pull requests of the examples', async () => {
  const root = 'examples/pull-requests/alembic'
  const names = (await readdir(root)).filter((name) => name !== 'full-name-in-batches').sort()
  for (const name of names) {
    const folder = join(work, 'pull-requests', name)
    await projectOf('examples/alembic/alembic/versions', folder)
    await cp(join(root, name, 'alembic', 'versions'), join(folder, 'alembic', 'versions'), { recursive: true })
    const project = await read(folder)
    const up = await printed(folder, { direction: 'upgrade', from: 'base', to: 'heads' })
    expect(project.notChecked).toEqual([])
    expect(Object.fromEntries(project.migrations.map(({ id, up: script }) => [id, statements(script)]))).toEqual(
      Object.fromEntries(up),
    )
  }
  expect(names.length).toBeGreaterThan(0)
})
