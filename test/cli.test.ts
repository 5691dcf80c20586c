import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, inject, test } from 'vitest'
import { makeRepository } from '../examples/repository.mjs'
import { command } from './command.ts'
import { repository } from './repository.ts'

const given = { MIGRATION_GATE_DATABASE_URL: inject('postgresUrl') }
const history = {
  'migrations/001_a.sql': 'CREATE TABLE a (id int);\n',
  'migrations/001_a_rollback.sql': 'DROP TABLE a;\n',
}

describe('usage', () => {
  test('--help teaches: commands, examples, exit codes', async () => {
    const { code, stdout } = await command(['--help'], { cwd: '.' })
    expect(code).toBe(0)
    expect(stdout).toContain('migration-gate check --base release --fail-on warning')
    expect(stdout).toContain(
      'Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage or configuration, 3 something could not be checked.',
    )
  })

  test.each([
    [['check', '--fail-on', 'maybe'], "argument 'maybe' is invalid. Allowed choices are error, warning, never."],
    [['check', '--format', 'pdf'], 'There are terminal, markdown, html, json, sarif, gitlab, junit.'],
    [['check', '--format', 'json', '--format', 'sarif'], 'Only one --format can go to standard output.'],
    [['chekc'], "unknown command 'chekc'"],
    [['check', '--base', 'nowhere'], 'The base "nowhere" is not known here.'],
    [['check', '--postgres-version', '9'], 'the command line: postgres-version'],
    [['lint', '--all', '--quiet', '--format', 'json=migrations'], 'migrations: cannot be written (it is a folder).'],
    [
      ['lint', '--all', '--quiet', '--format', 'json=migrations/001_a.sql/taken'],
      'migrations/001_a.sql/taken: cannot be written (a part of its path is a file).',
    ],
  ])('%j: exit code 2 and what to do', async (args, message) => {
    await using repo = await repository(history)
    const { code, stderr, stdout } = await command(args, { cwd: repo.path })
    expect(stderr).toContain(message)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  test('without git it says what is missing', async () => {
    await using repo = await repository(history)
    const { code, stderr } = await command(['lint', '--all'], { cwd: repo.path, env: { PATH: '/nowhere' } })
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'migration-gate: git was not found. Install it, or put the folder that it is in on the PATH.\n',
    })
  })

  test('--print-config shows values and sources, and no password', async () => {
    await using repo = await repository({ ...history, '.migration-gate.yml': 'timeout: 5\n' })
    const { code, stdout } = await command(
      ['check', '--print-config', '--database', 'postgresql://me:canary-secret@127.0.0.1/x'],
      { cwd: repo.path },
    )
    expect(code).toBe(0)
    expect(stdout).toContain('timeout: 5  # .migration-gate.yml')
    expect(stdout).toContain('database: "url"  # the command line')
    expect(stdout).not.toContain('canary-secret')
  })
})

test('an error repeats no control character and no command for the runner', async () => {
  await using repo = await repository({ ...history, '.migration-gate.yml': '"a\\e[31m\\n::error::b ##[error]c": 1\n' })
  const { code, stderr } = await command(['check'], { cwd: repo.path })
  expect(code).toBe(2)
  expect(stderr).toContain('a␛[31m')
  expect(stderr).toContain('##\\[error]c')
  expect(stderr).not.toMatch(/^::/m)
  expect(stderr).not.toContain('\u001b')
})

test('no migration changed: success, and no server is asked', async () => {
  await using repo = await repository(history)
  await repo.commit({ 'README.md': 'changed' })
  const { code, stderr, stdout } = await command(['check', '--database', 'postgresql://nobody@127.0.0.1:1/none'], {
    cwd: repo.path,
  })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain('No migration')
})

test('each format to its own file, and one to standard output', async () => {
  await using repo = await makeRepository({ project: 'sql', pullRequest: 'clean' })
  const files = ['markdown=out.md', 'sarif=out.sarif', 'html=out.html', 'gitlab=out.gitlab.json', 'junit=out.xml']
  const args = ['check', '--format', 'json', ...files.flatMap((file) => ['--format', file])]
  const { code, stdout } = await command(args, { cwd: repo.path, env: given })
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ version: 1, verdict: 'pass', migrations: [{ id: '003' }] })
  expect(await readFile(join(repo.path, 'out.md'), 'utf8')).toContain('003_add_last_login')
  expect(JSON.parse(await readFile(join(repo.path, 'out.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' })
  expect(await readFile(join(repo.path, 'out.html'), 'utf8')).toContain('003_add_last_login')
  expect(await readFile(join(repo.path, 'out.gitlab.json'), 'utf8')).toBe('[]\n')
  expect(await readFile(join(repo.path, 'out.xml'), 'utf8')).toContain('name="003_add_last_login"')
})

test('a comment with a reason accepts a finding, and the report counts it; one without a reason does not', async () => {
  await using repo = await repository(history)
  const index = 'CREATE INDEX a_id ON a (id);\n'
  await repo.commit({
    'migrations/002_b.sql': `-- migration-gate: ignore blocking-index: twelve rows\n${index}`,
    'migrations/002_b_down.sql': 'DROP INDEX a_id;\n',
  })
  const accepted = await command(['lint'], { cwd: repo.path })
  expect(accepted.stdout).toContain('1 finding ignored')
  expect(accepted.code).toBe(0)

  await repo.commit({ 'migrations/002_b.sql': `-- migration-gate: ignore blocking-index\n${index}` })
  const refused = await command(['lint'], { cwd: repo.path })
  expect(refused.stdout).toContain('blocking-index')
  expect(refused.code).toBe(1)
})

test('several histories in one repository: each that the change touches is judged, and told apart', async () => {
  const files = (name: string) => ({
    [`${name}/migrations/001_a.sql`]: 'CREATE TABLE a (id int);\n',
    [`${name}/migrations/001_a_rollback.sql`]: 'DROP TABLE a;\n',
  })
  await using repo = await repository({ ...files('billing'), ...files('shop'), ...files('untouched') })
  await repo.commit({
    'billing/migrations/002_b.sql': 'ALTER TABLE a ADD COLUMN b int;\n',
    'billing/migrations/002_b_rollback.sql': 'ALTER TABLE a DROP COLUMN b;\n',
    'shop/migrations/002_b.sql': 'CREATE TYPE mood AS ENUM ($$a$$);\n'.replaceAll('$$', "'"),
    'shop/migrations/002_b_rollback.sql': 'SELECT 1;\n',
  })
  const { code, stdout } = await command(['check', '--format', 'json'], { cwd: repo.path, env: given })
  const result = JSON.parse(stdout)
  expect(result.migrations.map(({ id }: { id: string }) => id)).toEqual([
    'billing/migrations/002',
    'shop/migrations/002',
  ])
  expect(
    result.findings.map(({ rule, migration }: { rule: string; migration: string }) => `${migration} ${rule}`),
  ).toEqual(['shop/migrations/002 upgrade-not-repeatable', 'shop/migrations/002 incomplete-downgrade'])
  expect(code).toBe(1)
})

describe('bad input', () => {
  test('a file that is not text: told, exit code 3', async () => {
    await using repo = await repository(history)
    await repo.commit({ 'migrations/002_b.sql': Buffer.from([0x2d, 0x2d, 0xe9]) })
    const { code, stdout } = await command(['check'], { cwd: repo.path, env: given })
    expect(stdout).toContain('migrations/002_b.sql: Not read: it is not UTF-8 text.')
    expect(code).toBe(3)
  })

  test('invalid SQL: a finding at its place, and the other statements are still judged', async () => {
    await using repo = await repository(history)
    await repo.commit({
      'migrations/002_b.sql': 'CREATE INDEX a_id ON a (id);\nUPDATE a SET id = 1 LIMIT 5;\n',
      'migrations/002_b_rollback.sql': 'DROP INDEX a_id;\n',
    })
    const { code, stdout } = await command(['lint'], { cwd: repo.path })
    expect(stdout).toContain('migrations/002_b.sql:1:1')
    expect(stdout).toContain('blocking-index')
    expect(stdout).toContain('migrations/002_b.sql:2:')
    expect(stdout).toContain('broken-sql')
    expect(code).toBe(1)
  })

  test('invalid Python: told with its line, exit code 3', async () => {
    await using repo = await makeRepository({ project: 'alembic' })
    await using other = await repository()
    await other.commit({
      'alembic.ini': await readFile(join(repo.path, 'alembic.ini'), 'utf8'),
      'alembic/versions/1_a.py': 'revision = "1"\ndown_revision = None\n\n\ndef upgrade(:\n    pass\n',
    })
    const { code, stdout } = await command(['lint'], { cwd: other.path })
    expect(stdout).toContain('alembic/versions/1_a.py')
    expect(stdout).toContain(':5')
    expect(code).toBe(3)
  })

  test('no alembic to run: what is read is reported, exit code is not 0', async () => {
    await using repo = await makeRepository({ project: 'alembic', pullRequest: 'clean' })
    const env = { ...given, PATH: '/usr/bin:/bin', VIRTUAL_ENV: '' }
    const { code, stdout } = await command(['check'], { cwd: repo.path, env })
    expect(stdout).toContain('alembic')
    expect(stdout).toContain('.migration-gate.yml')
    expect(code).toBe(3)
  })

  test('no server: what is read is reported, exit code 3, and no password', async () => {
    await using repo = await makeRepository({ project: 'sql', pullRequest: 'clean' })
    const { code, stdout, stderr } = await command(
      ['check', '--database', 'postgresql://me:canary-secret@127.0.0.1:1/x'],
      { cwd: repo.path },
    )
    expect(stdout).toContain('No PostgreSQL was started')
    expect(stdout + stderr).not.toContain('canary-secret')
    expect(code).toBe(3)
  })

  test('a server that nobody can be logged in to is no reason to hide findings', async () => {
    await using repo = await makeRepository({ project: 'sql', pullRequest: 'backfill-with-limit' })
    const { code, stdout } = await command(['check', '--database', 'postgresql://me@127.0.0.1:1/x'], { cwd: repo.path })
    expect(stdout).toContain('broken-sql')
    expect(stdout).toContain('No PostgreSQL was started')
    expect(code).toBe(1)
  })
})

describe('a migration that never ends, on the embedded server', () => {
  const endless = {
    'migrations/002_b.sql': 'SET statement_timeout = 0;\nSELECT pg_sleep(1e6);\n',
    'migrations/002_b_rollback.sql': 'SELECT 1;\n',
  }

  test('is ended by the time limit; nothing is left', async () => {
    await using repo = await repository(history)
    await repo.commit(endless)
    const { code, stdout, leftFolders, leftProcesses } = await command(['check', '--timeout', '2'], { cwd: repo.path })
    expect(stdout).toContain('did not finish within 2 s')
    expect(code).toBe(1)
    expect({ leftFolders, leftProcesses }).toEqual({ leftFolders: [], leftProcesses: [] })
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('is ended by %s; nothing is left, exit code 3', async (signal) => {
    await using repo = await repository(history)
    await repo.commit(endless)
    const { code, stdout, stderr, leftFolders, leftProcesses } = await command(['check'], {
      cwd: repo.path,
      meanwhile: async (child, said) => {
        while (!said().includes('002_b') && child.exitCode === null) await sleep(50)
        await sleep(300)
        child.kill(signal)
      },
    })
    expect(stderr).toContain(`Ended by ${signal}; nothing was left running. Nothing was decided.`)
    expect(stdout).toBe('')
    expect(code).toBe(3)
    expect({ leftFolders, leftProcesses }).toEqual({ leftFolders: [], leftProcesses: [] })
  })
})
