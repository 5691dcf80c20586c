import { createHash } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rules } from '../rules/index.ts'
import { lint } from '../src/lint/lint.ts'
import { command } from './command.ts'
import { examplesIn, projectOf } from './examples.ts'
import { repository } from './repository.ts'

/** The rules of every page judge what was kept as they judge what was parsed. */
test.each(rules.map(({ name }) => name))('%s finds the same in what was kept', async (name) => {
  for (const example of examplesIn(`rules/${name}/README.md`)) {
    const project = await projectOf(example, 17)
    const kept = { ...project, migrations: JSON.parse(JSON.stringify(project.migrations)) as typeof project.migrations }
    expect(kept.migrations).toEqual(project.migrations)
    expect(lint(kept, rules)).toEqual(lint(project, rules))
  }
})

const count = 120

/** A history that is long enough, and a new migration that is harmless because of what one of its tables is. */
async function longHistory() {
  const steps = Array.from({ length: count }, (_, i) => [
    `migrations/${String(i + 1).padStart(3, '0')}_a.sql`,
    `CREATE TABLE t${i + 1} (id int, name text NOT NULL);\n`,
  ])
  const repo = await repository(Object.fromEntries(steps))
  await repo.commit({ 'migrations/900_new.sql': 'ALTER TABLE t7 ALTER COLUMN name SET NOT NULL;\n' })
  return repo
}

async function folder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'migration-gate-cache-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

async function linted(cwd: string, cache: string, ...flags: string[]): Promise<unknown> {
  const args = ['lint', '--base', 'main', '--fail-on', 'never', '--quiet', '--format', 'json', ...flags]
  const { code, stdout, stderr } = await command(args, { cwd, env: { MIGRATION_GATE_CACHE: cache } })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}

async function keptIn(cache: string): Promise<string> {
  const [name = '', ...others] = await readdir(join(cache, 'parsed'))
  expect(others).toEqual([])
  return join(cache, 'parsed', name)
}

test('a long history is parsed once: the base branch is kept, and read in the next run', async () => {
  await using repo = await longHistory()
  await using cache = await folder()
  const first = await linted(repo.path, cache.path)
  const file = await keptIn(cache.path)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const [, content = ''] = (await readFile(file, 'utf8')).split('\n')
  expect((JSON.parse(content) as unknown[]).length).toBe(count)
  expect(await linted(repo.path, cache.path)).toEqual(first)

  // Only a run that takes it from there can believe this.
  const lies = content.replaceAll('"public.t7"', '"public.elsewhere"')
  await writeFile(file, `${createHash('sha256').update(lies).digest('hex')}\n${lies}`)
  expect(JSON.stringify(first)).not.toContain('blocking-not-null')
  expect(JSON.stringify(await linted(repo.path, cache.path))).toContain('blocking-not-null')
})

test('a damaged file, or a migration with another text, is parsed again', async () => {
  await using repo = await longHistory()
  await using cache = await folder()
  const first = await linted(repo.path, cache.path)
  const file = await keptIn(cache.path)
  const kept = await readFile(file, 'utf8')
  for (const damaged of ['', 'x', kept.slice(0, -9), kept.replace('"public.t7"', '"public.t8"')]) {
    await writeFile(file, damaged)
    expect(await linted(repo.path, cache.path)).toEqual(first)
    expect(await readFile(file, 'utf8')).toBe(kept)
  }

  repo.git('checkout', '--quiet', 'main')
  await repo.commit({ 'migrations/007_a.sql': 'CREATE TABLE t7 (id int, name text);\n' })
  repo.git('checkout', '--quiet', 'pull-request')
  repo.git('rebase', '--quiet', 'main')
  await using other = await folder()
  const now = await linted(repo.path, cache.path)
  expect(now).toEqual(await linted(repo.path, other.path))
  expect(JSON.stringify(now)).toContain('blocking-not-null')
})

test('a cache that cannot be used is done without: not a folder, or one that others may write', async () => {
  await using repo = await longHistory()
  await using cache = await folder()
  const first = await linted(repo.path, cache.path)
  await writeFile(join(cache.path, 'file'), '')
  expect(await linted(repo.path, join(cache.path, 'file', 'below'))).toEqual(first)

  const file = await keptIn(cache.path)
  await writeFile(file, 'x')
  await chmod(join(cache.path, 'parsed'), 0o777)
  expect(await linted(repo.path, cache.path)).toEqual(first)
  expect(await readFile(file, 'utf8')).toBe('x')
})

test('`cache clear` takes it along; a short history is not kept', async () => {
  await using repo = await longHistory()
  await using cache = await folder()
  await linted(repo.path, cache.path, '--all')
  const args = ['cache', 'clear']
  const { stdout } = await command(args, { cwd: repo.path, env: { MIGRATION_GATE_CACHE: cache.path } })
  expect(stdout).toBe(`${cache.path}: removed parsed.\n`)

  await using small = await repository({ 'migrations/001_a.sql': 'CREATE TABLE a (id int);\n' })
  await small.commit({ 'migrations/002_b.sql': 'CREATE TABLE b (id int);\n' })
  await linted(small.path, cache.path)
  expect(await readdir(cache.path)).toEqual([])
})
