import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Script } from '../../../src/model/migration.ts'
import { readAlembicProject } from '../../../src/read/alembic/project.ts'
import { python } from '../../python.ts'
import { trees } from './trees.ts'

const run = promisify(execFile)

const env = `from alembic import context

context.configure(dialect_name="postgresql", literal_binds=True, dialect_opts={"paramstyle": "named"})
with context.begin_transaction():
    context.run_migrations()
`

/** What `alembic --sql` prints for each revision of a folder of version files, without its own bookkeeping. */
async function printed(
  versions: string,
  range: { direction: 'upgrade' | 'downgrade'; from: string; to: string },
): Promise<Map<string, string[]>> {
  const folder = await mkdtemp(join(tmpdir(), 'alembic-sql-'))
  try {
    await mkdir(join(folder, 'alembic'))
    await cp(versions, join(folder, 'alembic', 'versions'), { recursive: true })
    await writeFile(join(folder, 'alembic', 'env.py'), env)
    await writeFile(join(folder, 'alembic.ini'), '[alembic]\nscript_location = %(here)s/alembic\n')
    const { alembic } = await python()
    const { stdout } = await run(alembic, [range.direction, `${range.from}:${range.to}`, '--sql'], {
      cwd: folder,
      maxBuffer: 1e8,
    })
    const found = new Map<string, string[]>()
    for (const section of stdout.split(/^-- Running /m).slice(1)) {
      const [, from = '', to = ''] = /^\w+ (\w*) -> (\w*)/.exec(section) ?? []
      const sql = section.slice(section.indexOf('\n'))
      const own = /^(BEGIN|COMMIT);$|alembic_version/
      const statements = sql
        .split(/;\n\n/)
        .map((statement) => `${statement.trim()};`)
        .filter((statement) => statement !== ';' && !own.test(statement))
      found.set(range.direction === 'upgrade' ? to : from, statements.flatMap(trees))
    }
    return found
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function read(script: Script | undefined): string[] {
  return (script?.fragments ?? []).flatMap((part) =>
    part.kind === 'sql' ? trees(part.sql) : [`unreadable: ${part.reason}`],
  )
}

const folders = {
  'every directive': { versions: 'test/read/alembic/versions', first: 'a01', last: 'a06' },
  "the guide's own project": {
    versions: 'examples/alembic/alembic/versions',
    first: '8ee09634b618',
    last: '41d7c3f0b2aa',
  },
}

describe.each(Object.entries(folders))(
  'what Alembic prints with --sql and what is read: %s',
  (_, { versions, last }) => {
    let up: Map<string, string[]>
    let down: Map<string, string[]>
    let files: string[]

    beforeAll(async () => {
      files = (await readdir(versions)).filter((file) => file.endsWith('.py')).sort()
      up = await printed(versions, { direction: 'upgrade', from: 'base', to: last })
      down = await printed(versions, { direction: 'downgrade', from: last, to: 'base' })
    })

    test('the same statements in the same order, up and down', async () => {
      const project = await readAlembicProject({
        directory: '',
        paths: files.map((file) => `versions/${file}`),
        readText: async (path) =>
          path === 'alembic.ini' ? '[alembic]\nscript_location = .\n' : readFile(join(versions, '..', path), 'utf8'),
        statusOf: () => 'base',
      })
      expect(project.notChecked).toEqual([])
      expect(project.migrations.map(({ id }) => id)).toEqual([...up.keys()])
      const compared = project.migrations.flatMap((migration) => [
        { id: migration.id, direction: 'up', statements: read(migration.up) },
        { id: migration.id, direction: 'down', statements: read(migration.down) },
      ])
      expect(compared).toEqual(
        project.migrations.flatMap(({ id }) => [
          { id, direction: 'up', statements: up.get(id) },
          { id, direction: 'down', statements: down.get(id) },
        ]),
      )
      expect(compared.flatMap(({ statements }) => statements).length).toBeGreaterThan(files.length)
    })
  },
)

/** The pull requests of the examples, each on top of the guide's project; those whose migrations need a database cannot be printed. */
describe('the pull requests of the examples', () => {
  const root = 'examples/pull-requests/alembic'
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alembic-examples-'))
  })

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  test('are read as Alembic prints them', async () => {
    const names = (await readdir(root)).filter((name) => name !== 'full-name-in-batches').sort()
    for (const name of names) {
      const versions = join(folder, name)
      await cp('examples/alembic/alembic/versions', versions, { recursive: true })
      await cp(join(root, name, 'alembic', 'versions'), versions, { recursive: true })
      const files = (await readdir(versions)).filter((file) => file.endsWith('.py'))
      const project = await readAlembicProject({
        directory: '',
        paths: files.map((file) => `versions/${file}`),
        readText: async (path) =>
          path === 'alembic.ini'
            ? '[alembic]\nscript_location = .\n'
            : readFile(join(versions, '..', path.replace('versions/', `${name}/`)), 'utf8'),
        statusOf: () => 'base',
      })
      const last = project.migrations.at(-1)?.id ?? ''
      const up = await printed(versions, { direction: 'upgrade', from: 'base', to: last })
      expect(project.notChecked).toEqual([])
      expect(Object.fromEntries(project.migrations.map(({ id, up: script }) => [id, read(script)]))).toEqual(
        Object.fromEntries(up),
      )
    }
    expect(names.length).toBeGreaterThan(0)
  })
})
