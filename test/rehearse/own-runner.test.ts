import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import { rules } from '../../rules/index.ts'
import { loadConfig } from '../../src/config.ts'
import { dryRun } from '../../src/dry-run.ts'
import type { Result } from '../../src/model/result.ts'
import { markdown } from '../../src/report/markdown.ts'
import { run } from '../../src/run.ts'
import { type Repository, repository } from '../repository.ts'
import { testDatabase } from '../server.ts'
import { urlOf } from '../staging/staging.ts'

// Repositories whose migrations only a program of their own knows how to run.

/** Runs what a folder holds and a table does not name: SQL as it is, `x.down.sql` for the way back, programs with `up` and `down`. */
const runner = `
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
const { Client } = createRequire('${join(process.cwd(), 'package.json')}')('pg')
const [way, folder] = process.argv.slice(2)
const client = new Client({ connectionString: process.env.DATABASE_URL })
await client.connect()
await client.query('CREATE TABLE IF NOT EXISTS changes (name text PRIMARY KEY)')
const all = readdirSync(folder).filter((name) => !/\\.down\\.sql$|^lib/.test(name)).sort()
const { rows } = await client.query('SELECT name FROM changes ORDER BY name')
const done = rows.map(({ name }) => name)
const apply = async (name, direction) => {
  if (!name.endsWith('.sql')) return await (await import(resolve(folder, name)))[direction](client)
  const file = direction === 'up' ? name : name.replace(/sql$/, 'down.sql')
  await client.query(readFileSync(join(folder, file), 'utf8'))
}
if (way === 'up')
  for (const name of all.filter((each) => !done.includes(each))) {
    await client.query('BEGIN')
    await apply(name, 'up')
    await client.query('INSERT INTO changes VALUES ($1)', [name])
    await client.query('COMMIT')
  }
else {
  const last = done.at(-1)
  await client.query('BEGIN')
  await apply(last, 'down')
  await client.query('DELETE FROM changes WHERE name = $1', [last])
  await client.query('COMMIT')
}
await client.end()
`
const node = process.execPath
const settings = {
  tool: 'command',
  directory: 'changes',
  upgrade: [node, 'run.mjs', 'up', '{directory}'],
  downgrade: [node, 'run.mjs', 'down', '{directory}'],
  bookkeeping: ['public.changes'],
}

async function gate(repo: Repository, values: Readonly<Record<string, unknown>> = {}): Promise<Result> {
  const config = await loadConfig({
    repository: repo.path,
    origin: 'the test',
    values: { database: 'url', base: 'main', timeout: 30, ...settings, ...values },
    databaseUrl: inject('postgresUrl'),
  })
  const log = () => undefined
  return await run({ config, rules, repository: repo.path, signal: new AbortController().signal, log })
}

const told = ({ verdict, tool, findings, migrations, notChecked, coverage }: Result) => ({
  verdict,
  tool,
  statements: coverage.statements,
  findings: findings.map(({ rule, direction, seen, at }) => `${at.file}:${at.line} ${direction} ${rule} ${seen}`),
  notChecked: notChecked.map(({ what, why }) => `${what}: ${why}`),
  steps: migrations.map(({ id, roundTrip: trip }) =>
    [id, ...(trip?.steps.map(({ outcome }) => outcome) ?? []), trip?.restored, trip?.repeatable].join(' '),
  ),
})

const users = {
  'run.mjs': runner,
  'changes/2024-01-31-users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);\n',
  'changes/2024-01-31-users.down.sql': 'DROP TABLE users;\n',
}

describe('SQL with names of its own', () => {
  test('has the findings of SQL, at their lines, and the round trip by its own runner', async () => {
    await using repo = await repository(users)
    await repo.commit({
      'changes/2024-02-01-email.sql':
        "SET LOCAL lock_timeout = '2s';\nALTER TABLE users ADD COLUMN phone text;\nCREATE INDEX users_email ON users (email);\n",
      'changes/2024-02-01-email.down.sql': 'DROP INDEX users_email;\n',
    })
    expect(told(await gate(repo))).toEqual({
      verdict: 'block',
      tool: 'command',
      statements: 4,
      findings: [
        'changes/2024-02-01-email.sql:2 up upgrade-not-repeatable server',
        'changes/2024-02-01-email.sql:3 up blocking-index server',
        'changes/2024-02-01-email.down.sql:1 down incomplete-downgrade server',
      ],
      notChecked: [],
      steps: ['2024-02-01-email ok ok failed false false'],
    })
  })
})

describe('programs', () => {
  const base = {
    ...users,
    'changes/2024-02-01-tables.mjs': `
export const up = async (client) => { for (const name of ['a', 'b']) await client.query('CREATE TABLE ' + name + ' (id bigint PRIMARY KEY, user_id bigint)') }
export const down = async (client) => { await client.query('DROP TABLE a, b') }
`,
  }
  const indexes = {
    'changes/2024-03-01-indexes.mjs': `
export const up = async (client) => {
  await client.query("SET LOCAL lock_timeout = '2s'")
  for (const name of ['a', 'b']) await client.query('CREATE INDEX ' + name + '_user ON ' + name + ' (user_id)')
}
export const down = async (client) => { await client.query('DROP INDEX a_user; DROP INDEX b_user') }
`,
  }

  test('are judged by what they were seen to send', async () => {
    await using repo = await repository(base)
    await repo.commit(indexes)
    const result = await gate(repo)
    expect(told(result)).toEqual({
      verdict: 'block',
      tool: 'command',
      statements: 3,
      findings: [
        'changes/2024-03-01-indexes.mjs:1 up blocking-index server',
        'changes/2024-03-01-indexes.mjs:1 up blocking-index server',
      ],
      notChecked: [],
      steps: ['2024-03-01-indexes ok ok ok true true'],
    })
    expect(result.findings.map(({ evidence: [first] }) => first)).toEqual([
      'The server received: CREATE INDEX a_user ON a (user_id)',
      'The server received: CREATE INDEX b_user ON b (user_id)',
    ])
    expect(markdown(result, { version: '1' })).toContain('Checked 1 migration, 3 statements, 0 not readable')
  })

  test('are not checked where nobody runs them', async () => {
    await using repo = await repository(base)
    await repo.commit(indexes)
    const { steps: _, ...found } = told(await gate(repo, { 'round-trip': 'off' }))
    expect(found).toEqual({
      verdict: 'error',
      tool: 'command',
      statements: 0,
      findings: [],
      notChecked: [
        'A part of 2024-03-01-indexes (up): it is not SQL, so what it sends is only known where it is run.',
        'A part of 2024-03-01-indexes (down): what takes it back is known to the `downgrade:` command alone.',
      ],
    })
  })

  test('that fail half-way are not checked beyond', async () => {
    await using repo = await repository(base)
    await repo.commit({
      'changes/2024-03-01-x.mjs': `
export const up = async (client) => { await client.query('ALTER TABLE a ADD COLUMN x int'); await client.query('SELECT 1 / 0') }
export const down = async () => {}
`,
    })
    const { verdict, findings, notChecked, steps } = told(await gate(repo))
    expect([verdict, steps]).toEqual(['block', ['2024-03-01-x failed skipped skipped  ']])
    expect(findings).toContain('changes/2024-03-01-x.mjs:1 up failing-upgrade server')
    expect(notChecked).toEqual([
      'A part of 2024-03-01-x (up): it is not SQL, so what it sends is only known where it is run.',
      'A part of 2024-03-01-x (down): what takes it back is known to the `downgrade:` command alone.',
    ])
  })

  test('that are on the base branch may not be edited, and one that is gone is told', async () => {
    await using repo = await repository(base)
    const tables = base['changes/2024-02-01-tables.mjs']
    await repo.commit({ 'changes/2024-02-01-tables.mjs': tables.replace('user_id bigint', 'user_id int') })
    expect(told(await gate(repo)).findings).toContain('changes/2024-02-01-tables.mjs:1 up edited-migration read')
    repo.git('mv', 'changes/2024-02-01-tables.mjs', 'changes/2024-02-02-tables.mjs')
    await repo.commit({ 'changes/2024-02-02-tables.mjs': tables })
    expect(told(await gate(repo)).findings).toContain('changes/2024-02-02-tables.mjs:1 up renamed-migration read')
  })
})

test('a command that runs one file is given each', async () => {
  const one = runner.slice(0, runner.indexOf("await client.query('CREATE TABLE IF"))
  await using repo = await repository({
    ...users,
    'run.mjs': `${one}await client.query(readFileSync(way, 'utf8'))\nawait client.end()\n`,
    'changes/2024-02-01-more.sql': 'ALTER TABLE users ADD COLUMN phone text;\n',
    'changes/2024-02-01-more.down.sql': 'ALTER TABLE users DROP COLUMN phone;\n',
  })
  await repo.commit({
    'changes/2024-03-01-x.sql': "SET lock_timeout = '2s';\nALTER TABLE users RENAME COLUMN phone TO mobile;\n",
    'changes/2024-03-01-x.down.sql': "SET lock_timeout = '2s';\nALTER TABLE users RENAME COLUMN mobile TO phone;\n",
  })
  const { steps, notChecked } = told(
    await gate(repo, { upgrade: [node, 'run.mjs', '{file}'], downgrade: [node, 'run.mjs', '{file}'] }),
  )
  expect([steps, notChecked]).toEqual([['2024-03-01-x ok ok ok true true'], []])
})

test('a folder that holds several kinds, and no way back that is configured', async () => {
  await using repo = await repository({
    'run.mjs': runner,
    'changes/2024-01-31-users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);\n',
  })
  await repo.commit({
    'changes/2024-02-01-more.mjs':
      'export const up = async (client) => { await client.query("CREATE TABLE b (id bigint PRIMARY KEY)") }\n',
    'changes/lib.mjs': '',
  })
  const { verdict, findings, notChecked, steps } = told(await gate(repo, { downgrade: undefined }))
  expect({ verdict, findings, notChecked, steps }).toEqual({
    verdict: 'error',
    findings: [],
    notChecked: [
      'changes/lib.mjs: It is not taken for a migration, and what it is for is not known: expected SQL, or a program with a number in its name, such as 003_add_email.py.',
    ],
    steps: ['2024-02-01-more ok skipped skipped  '],
  })
})

test('a dry run finds what the runner has noted', async () => {
  await using staging = await testDatabase(
    `CREATE TABLE changes (name text PRIMARY KEY); INSERT INTO changes VALUES ('2024-01-31-users.sql');
     CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL)`,
  )
  await using repo = await repository({
    ...users,
    'changes/2024-02-01-more.sql': 'ALTER TABLE users ADD COLUMN phone text;\n',
    'changes/2024-02-01-more.down.sql': 'ALTER TABLE users DROP COLUMN phone;\n',
  })
  const config = await loadConfig({ repository: repo.path, values: settings, origin: 'the test' })
  const found = await dryRun({
    config,
    rules,
    repository: repo.path,
    url: urlOf(staging.database),
    mode: 'rehearse',
    limits: { lockTimeoutMs: 500, statementTimeoutMs: 10_000 },
    versionTable: 'public.changes',
    signal: new AbortController().signal,
    log: () => undefined,
  })
  expect([found.versions?.current, found.pending.map(({ id }) => id), found.schemaDrift, found.notChecked]).toEqual([
    ['2024-01-31-users.sql'],
    ['2024-02-01-more'],
    [],
    [],
  ])
  expect(found.rehearsal?.migrations.map(({ roundTrip }) => roundTrip?.steps.map(({ outcome }) => outcome))).toEqual([
    ['ok', 'ok', 'ok'],
  ])
})

test('a command has to be there', async () => {
  await using repo = await repository({ 'changes/a.sql': 'SELECT 1;' })
  await repo.commit({ 'changes/b.sql': 'SELECT 1;' })
  await expect(gate(repo, { tool: 'command', upgrade: undefined, downgrade: undefined })).rejects.toThrow(
    "tool: command: give `upgrade:`, the program that runs its migrations, and its arguments; for plain SQL [psql, -v, ON_ERROR_STOP=1, -Xqf, '{file}'].",
  )
})
