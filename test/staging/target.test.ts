import { join } from 'node:path'
import pico from 'picocolors'
import { describe, expect, test, vi } from 'vitest'
import { rules } from '../../rules/index.ts'
import { cli } from '../../src/cli.ts'
import { loadConfig } from '../../src/config.ts'
import { dryRun, dryRunExitCode } from '../../src/dry-run.ts'
import { targetOf } from '../../src/dry-run-target.ts'
import type { DryRun, DryRunMode } from '../../src/model/dry-run.ts'
import type { Tool } from '../../src/model/migration.ts'
import { readProject } from '../../src/read/read.ts'
import { dryRunMarkdown } from '../../src/report/dry-run-markdown.ts'
import { dryRunTerminal } from '../../src/report/dry-run-terminal.ts'
import { python } from '../python.ts'
import { lacks, mavenLibraries, ran } from '../read/tools.ts'
import { repository } from '../repository.ts'
import { testDatabase } from '../server.ts'
import { urlOf } from './staging.ts'

type Files = Readonly<Record<string, string>>

interface How {
  readonly tool?: Tool
  readonly mode?: DryRunMode
  readonly to?: string
  readonly settings?: Readonly<Record<string, unknown>>
}

async function run(files: Files, url: string, { tool = 'numbered-sql', mode = 'plan', to, settings = {} }: How) {
  await using repo = await repository(files)
  const config = await loadConfig({ repository: repo.path, values: { tool, ...settings }, origin: 'the test' })
  const found = await dryRun({
    config,
    rules,
    repository: repo.path,
    url,
    mode,
    limits: { lockTimeoutMs: 500, statementTimeoutMs: 10_000 },
    versionTable: undefined,
    to,
    signal: new AbortController().signal,
    log: () => undefined,
  })
  return { ...found, exitCode: dryRunExitCode(found, 'error') }
}

const initial = `CREATE TABLE schema_version (version varchar(50) PRIMARY KEY, applied_at timestamptz DEFAULT now());
CREATE TABLE users (id bigint PRIMARY KEY, email text);
INSERT INTO schema_version (version) VALUES ('1.0.0');`
const step = (version: string, sql: string) => `${sql}\nINSERT INTO schema_version (version) VALUES ('${version}');\n`
const undo = (version: string, sql: string) => `DELETE FROM schema_version WHERE version = '${version}';\n${sql}\n`
/** The third blocks writers, and fails. */
const files: Files = {
  'db/001_initial.sql': initial,
  'db/001_initial_rollback.sql': 'DROP TABLE users; DROP TABLE schema_version;',
  'db/002_phone.sql': step('1.1.0', 'ALTER TABLE users ADD COLUMN phone text;'),
  'db/002_phone_rollback.sql': undo('1.1.0', 'ALTER TABLE users DROP COLUMN phone;'),
  'db/003_index.sql': step('1.2.0', 'CREATE UNIQUE INDEX users_email ON users (email); SELECT 1 / 0;'),
  'db/003_index_rollback.sql': undo('1.2.0', 'DROP INDEX users_email;'),
  'db/004_age.sql': step('1.3.0', 'ALTER TABLE users ADD COLUMN age int;'),
  'db/004_age_rollback.sql': undo('1.3.0', 'ALTER TABLE users DROP COLUMN age;'),
}
const rows = `INSERT INTO users VALUES (1, 'same'), (2, 'same');`

const facts = ({ pending, target, findings, preconditions, notChecked, exitCode }: DryRun & { exitCode: number }) => ({
  pending: pending.map(({ id }) => id),
  leftOut: target?.leftOut.map(({ id }) => id),
  ofOthers: [...findings, ...preconditions].filter(({ migration }) => migration !== '002').length,
  notChecked,
  exitCode,
})
const upTo002 = { pending: ['002'], leftOut: ['003', '004'], ofOthers: 0, notChecked: [] }

describe('up to the second of four', () => {
  test.each(['1.1.0', '002', '2', '002_phone', '002_phone.sql', 'db/002_phone.sql', 'v1.1.0'])(
    'a plan looks at no more, by the name %s',
    async (to) => {
      await using staging = await testDatabase(initial + rows)
      const settings = { 'round-trip': 'off' }
      const found = await run(files, urlOf(staging.database), { to, settings })
      expect(facts(found)).toEqual({ ...upTo002, exitCode: 0 })
    },
  )

  test('and the report says what was left out', async () => {
    await using staging = await testDatabase(initial + rows)
    const found = await run(files, urlOf(staging.database), { to: '002' })
    expect(facts(found)).toEqual({ ...upTo002, exitCode: 0 })
    expect(found.schemaDrift).toEqual([])
    expect(dryRunMarkdown(found, { version: '1' }).split('\n\n').slice(0, 3)).toEqual([
      '## ⚠️ Dry run: 1 migration pending, 1 thing to do before',
      'Something in the settings or the replication wants a look.',
      'Up to 002_phone. Not looked at: 003_index, 004_age.',
    ])
    expect(dryRunTerminal(found, pico.createColors(false))).toContain(
      '\n  Up to 002_phone. Not looked at: 003_index, 004_age.\n',
    )
  })

  test('a rehearsal on a copy runs no more', async () => {
    await using staging = await testDatabase(initial + rows)
    const found = await run(files, urlOf(staging.database), { to: '002', mode: 'rehearse' })
    expect(facts(found)).toEqual({ ...upTo002, exitCode: 0 })
    expect(
      found.rehearsal?.migrations.map(({ id, roundTrip }) => [id, roundTrip?.steps.map(({ outcome }) => outcome)]),
    ).toEqual([['002', ['ok', 'ok', 'ok']]])
  })

  test('files that are named by their dates run in that order, are rehearsed, and are named by a date', async () => {
    const dated: Files = {
      'db/2024-01-31-initial.sql': initial.replace(/INSERT.*/, ''),
      'db/2024-01-31-initial_rollback.sql': 'DROP TABLE users; DROP TABLE schema_version;',
      'db/2024-02-01T09-00-00_phone.sql': 'ALTER TABLE users ADD COLUMN phone text;',
      'db/rollback/2024-02-01T09-00-00_phone.sql': 'ALTER TABLE users DROP COLUMN phone;',
      'db/2024-02-01_1130_digits.sql': 'ALTER TABLE users ADD CHECK (phone <> $$$$);',
      'db/2024-02-01_1130_digits_rollback.sql': 'ALTER TABLE users DROP CONSTRAINT users_phone_check;',
      'db/2024-10-01-late.sql': 'SELECT 1 / 0;',
    }
    await using staging = await testDatabase(`${initial.replace('1.0.0', '2024-01-31')}`)
    const found = await run(dated, urlOf(staging.database), { to: '2024-02-01_1130', mode: 'rehearse' })
    const [first, second] = ['2024-02-01T09-00-00_phone', '2024-02-01_1130_digits']
    expect([found.pending.map(({ id }) => id), found.target?.leftOut.map(({ id }) => id), found.notChecked]).toEqual([
      [first, second],
      ['2024-10-01-late'],
      [],
    ])
    expect(
      found.rehearsal?.migrations.map(({ id, roundTrip }) => [id, roundTrip?.steps.map(({ outcome }) => outcome)]),
    ).toEqual([
      [first, ['ok', 'ok', 'ok']],
      [second, ['ok', 'ok', 'ok']],
    ])
    await expect(run(dated, urlOf(staging.database), { to: '2024-02-01' })).rejects.toThrow(
      `to: 2024-02-01 is more than one migration. Name one of ${first}, ${second}.`,
    )
    await expect(run(dated, urlOf(staging.database), { to: '2024' })).rejects.toThrow('have no 2024')
  })

  test('no more is tried on staging', async () => {
    await using staging = await testDatabase(initial + rows)
    const url = urlOf(staging.database)
    const found = await run(files, url, { to: '002', mode: 'apply-and-rollback' })
    expect(facts(found)).toEqual({ ...upTo002, exitCode: 0 })
    expect([found.tried?.outcome, found.tried?.statements.map(({ sql }) => sql.slice(0, 20))]).toEqual([
      'ok',
      ['ALTER TABLE users AD', 'INSERT INTO schema_v'],
    ])
    const whole = await run(files, url, { mode: 'apply-and-rollback' })
    expect([whole.tried?.outcome, whole.target, whole.exitCode]).toEqual(['failed', undefined, 1])
  })

  test('a tool of its own is shown a folder that ends there', async () => {
    await using staging = await testDatabase(initial)
    const here = process.cwd()
    const found = await run(
      {
        ...files,
        'run.mjs': `import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
const { Client } = createRequire('${join(here, 'package.json')}')('pg')
const [folder, back] = process.argv.slice(2)
const client = new Client({ connectionString: process.env.DATABASE_URL })
await client.connect()
const all = readdirSync(folder).filter((name) => /^\\d+_[a-z]+\\.sql$/.test(name)).sort()
if (back) await client.query(readFileSync(folder + '/' + all.at(-1).replace('.sql', '_rollback.sql'), 'utf8'))
else {
  const has = await client.query("SELECT to_regclass('schema_version') AS there")
  const done = has.rows[0].there ? (await client.query('SELECT count(*)::int AS n FROM schema_version')).rows[0].n : 0
  for (const name of all.slice(done)) await client.query(readFileSync(folder + '/' + name, 'utf8'))
}
await client.end()
`,
      },
      urlOf(staging.database),
      {
        to: '002',
        mode: 'rehearse',
        settings: {
          upgrade: [process.execPath, 'run.mjs', '{directory}'],
          downgrade: [process.execPath, 'run.mjs', '{directory}', 'back'],
        },
      },
    )
    expect(facts(found)).toEqual({ ...upTo002, exitCode: 0 })
    expect(found.rehearsal?.migrations.map(({ roundTrip }) => roundTrip?.steps.map(({ outcome }) => outcome))).toEqual([
      ['ok', 'ok', 'ok'],
    ])
  })

  test('staging that has more is where it is to be', async () => {
    await using staging = await testDatabase(
      `${initial} ALTER TABLE users ADD COLUMN phone text;
       INSERT INTO schema_version (version) VALUES ('1.1.0'), ('1.2.0'); CREATE UNIQUE INDEX users_email ON users (email);`,
    )
    const passing = { ...files, 'db/003_index.sql': (files['db/003_index.sql'] ?? '').replace(' SELECT 1 / 0;', '') }
    const found = await run(passing, urlOf(staging.database), { to: '1.1.0' })
    expect([found.verdict, found.pending, found.versionDrift, found.schemaDrift]).toEqual(['pass', [], [], []])
    expect(found.target).toEqual({
      id: '002',
      name: '002_phone',
      leftOut: [{ id: '004', name: '004_age', file: 'db/004_age.sql' }],
    })
    expect(dryRunMarkdown(found, { version: '1' })).toMatch(
      /^## ✅ Dry run: nothing is pending\n\nStaging has 002_phone already\.\n\nUp to 002_phone\. Not looked at: 004_age\.\n/,
    )
  })
})

describe('with Alembic', () => {
  const revision = (id: string, parent: string | undefined, more = '') =>
    `from alembic import op\nrevision = '${id}'\ndown_revision = ${parent === undefined ? 'None' : `'${parent}'`}\n${more}def upgrade():\n    op.execute("CREATE TABLE t_${id} (id bigint PRIMARY KEY)")\ndef downgrade():\n    op.execute("DROP TABLE t_${id}")\n`
  const project: Files = {
    'alembic.ini': '[alembic]\nscript_location = m\n',
    'm/env.py': `import sys
from alembic import context
from sqlalchemy import create_engine
if context.is_offline_mode():
    context.configure(dialect_name='postgresql')
    context.run_migrations()
    sys.exit()
with create_engine('postgresql+psycopg://x/x').connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
`,
    'm/versions/1.py': revision('1111aaaa', undefined),
    'm/versions/2.py': revision('2222bbbb', '1111aaaa'),
    'm/versions/3.py': revision('3333cccc', '1111aaaa'),
    'm/versions/4.py': revision('4444dddd', '3333cccc', "depends_on = '2222bbbb'\n"),
    'm/versions/5.py': revision('3333eeee', '4444dddd'),
  }

  test.each([
    ['2222bbbb', ['2222bbbb'], ['3333cccc', '4444dddd', '3333eeee']],
    ['4444', ['2222bbbb', '3333cccc', '4444dddd'], ['3333eeee']],
    ['m/versions/3.py', ['3333cccc'], ['2222bbbb', '4444dddd', '3333eeee']],
    ['heads', ['2222bbbb', '3333cccc', '4444dddd', '3333eeee'], undefined],
  ])('up to %s: what it rests on, and no other branch', async (to, pending, leftOut) => {
    await using staging = await testDatabase(
      `CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY); INSERT INTO alembic_version VALUES ('1111aaaa'); CREATE TABLE t_1111aaaa (id bigint PRIMARY KEY)`,
    )
    const { alembic } = await python()
    const how: How = { tool: 'alembic', mode: 'rehearse', to, settings: { alembic: { command: [alembic] } } }
    const found = await run(project, urlOf(staging.database), how)
    expect(found.notChecked).toEqual([])
    expect(found.pending.map(({ id }) => id)).toEqual(pending)
    expect(found.target?.leftOut.map(({ id }) => id)).toEqual(leftOut)
    expect(found.rehearsal?.migrations.map(({ id, roundTrip }) => [id, roundTrip?.restored])).toEqual(
      pending.map((id) => [id, true]),
    )
  })

  test.each(['2222bbbb', '4444', '3333cccc'])('Alembic itself runs the same for upgrade %s', async (to) => {
    await using repo = await repository(project)
    const { alembic } = await python()
    const { code, output } = await ran(alembic, ['upgrade', `1111aaaa:${to}`, '--sql'], { cwd: repo.path })
    expect(code, output).toBe(0)
    const read = await readProject({ repository: repo.path, tool: 'alembic', directory: undefined, changed: [] })
    const target = await targetOf(to, read, async () => undefined)
    expect(new Set([...output.matchAll(/CREATE TABLE t_(\w+)/g)].map(([, id]) => id)).add('1111aaaa')).toEqual(
      target?.included,
    )
  })

  test('+2 is two from where staging is, as for Alembic itself', async () => {
    const { 'm/versions/2.py': _, ...forked } = project
    const straight = { ...forked, 'm/versions/4.py': revision('4444dddd', '3333cccc') }
    await using repo = await repository(straight)
    const { alembic } = await python()
    const { code, output } = await ran(alembic, ['upgrade', '1111aaaa:+2', '--sql'], { cwd: repo.path })
    expect(code, output).toBe(0)
    const ahead = [...output.matchAll(/CREATE TABLE t_(\w+)/g)].map(([, id]) => id)
    const at = (id: string) =>
      testDatabase(
        `CREATE TABLE alembic_version (version_num varchar(32)); INSERT INTO alembic_version VALUES ('${id}')`,
      )
    await using staging = await at('1111aaaa')
    const settings = { 'round-trip': 'off' }
    const found = await run(straight, urlOf(staging.database), { tool: 'alembic', to: '+2', settings })
    expect([found.pending.map(({ id }) => id), found.target?.id]).toEqual([ahead, '4444dddd'])
    expect(found.target?.leftOut.map(({ id }) => id)).toEqual(['3333eeee'])

    await using later = await at('4444dddd')
    await expect(run(straight, urlOf(later.database), { tool: 'alembic', to: '+2', settings })).rejects.toThrow(
      'to: +2 is more than what is pending on staging, which is 1.',
    )
    await expect(run(project, urlOf(staging.database), { tool: 'alembic', to: '+1', settings })).rejects.toThrow(
      'to: +1 is more than one migration. Name one of 2222bbbb (2), 3333cccc (3).',
    )
  })

  test.each([
    ['3333', 'to: 3333 is more than one migration. Name one of 3333cccc (3), 3333eeee (5).'],
    ['head', 'to: head is more than one migration. Name one of 2222bbbb (2), 3333eeee (5).'],
    ['2222bbbc', 'to: the alembic migrations in the root have no 2222bbbc. Near it are 2222bbbb (2).'],
    [
      'release-7',
      'to: the alembic migrations in the root have no release-7. The last ones are 3333cccc (3), 4444dddd (4), 3333eeee (5).',
    ],
  ])('%s is refused before staging is asked', async (to, message) => {
    await expect(run(project, 'postgres://nobody:x@127.0.0.1:1/none', { tool: 'alembic', to })).rejects.toThrow(message)
  })
})

test('Flyway itself stops at the same version, and runs what has none', { timeout: 300_000 }, async ({ skip }) => {
  const missing = await lacks({ name: 'java', ask: '-version' }, { name: 'mvn', ask: '-version' })
  if (missing !== undefined) skip(missing)
  const libraries = await mavenLibraries(
    'org.flywaydb:flyway-database-postgresql:11.20.3',
    'org.postgresql:postgresql:42.7.8',
  )
  await using repo = await repository({
    'To.java': `import org.flywaydb.core.Flyway;
      public class To {
        public static void main(String[] given) {
          Flyway.configure().dataSource(given[0], given[1], given[2]).locations("filesystem:" + given[3]).target(given[4]).load().migrate();
        }
      }`,
    'sql/V1__a.sql': 'SELECT 1',
    'sql/V1_2__b.sql': 'SELECT 1',
    'sql/V1.10__c.sql': 'SELECT 1',
    'sql/R__views.sql': 'SELECT 1',
  })
  await using database = await testDatabase()
  const { user, password, host, port, name } = database.database
  const { code, output } = await ran('java', [
    '-cp',
    join(libraries, '*'),
    join(repo.path, 'To.java'),
    `jdbc:postgresql://${host}:${port}/${name}`,
    user,
    password,
    join(repo.path, 'sql'),
    '1.2',
  ])
  expect(code, output).toBe(0)
  const { rows } = await database.query<{ id: string }>(
    `SELECT coalesce(version, 'R__' || description) AS id FROM flyway_schema_history ORDER BY installed_rank`,
  )
  const project = await readProject({ repository: repo.path, tool: 'flyway', directory: undefined, changed: [] })
  const target = await targetOf('1.2', project, async () => undefined)
  expect(rows.map(({ id }) => id)).toEqual([...(target?.included ?? [])])
})

test('the command takes it as --to', async () => {
  await using repo = await repository(files)
  await using staging = await testDatabase(initial)
  const said = vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
  const complained = vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
  const before = process.exitCode
  try {
    const dry = ['node', 'migration-gate', 'dry-run', '--cwd', repo.path, '--database-url', urlOf(staging.database)]
    await cli([...dry, '--format', 'json', '--tool', 'numbered-sql', '--to', '1.1.0'])
    expect([process.exitCode, JSON.parse(String(said.mock.calls[0]?.[0])).target.leftOut.length]).toEqual([0, 2])
    await cli([...dry, '--to', '1.1.1'])
    expect([process.exitCode, complained.mock.calls.at(-1)?.[0]]).toEqual([
      2,
      'migration-gate: to: the numbered-sql migrations in db have no 1.1.1. Near it are 1.1.0 (002_phone).\n',
    ])
  } finally {
    process.exitCode = before
    said.mockRestore()
    complained.mockRestore()
  }
})

describe.each<[tool: Tool, files: Files, [to: string, included: readonly string[] | string][]]>([
  [
    'flyway',
    {
      'sql/V1__a.sql': 'SELECT 1',
      'sql/V1_2__b.sql': 'SELECT 1',
      'sql/V1.10__c.sql': 'SELECT 1',
      'sql/R__views.sql': 'SELECT 1',
    },
    [
      ['1.2', ['1', '1.2', 'R__views']],
      ['V1_2', ['1', '1.2', 'R__views']],
      ['1.2.0', ['1', '1.2', 'R__views']],
      ['V1_2__b.sql', ['1', '1.2', 'R__views']],
      ['latest', 'all'],
      ['1.3', 'to: the flyway migrations in sql have no 1.3. Near it are 1.2 (V1_2__b).'],
    ],
  ],
  [
    'prisma',
    {
      'prisma/migrations/20240101000000_init/migration.sql': 'SELECT 1',
      'prisma/migrations/20240202000000_add/migration.sql': 'SELECT 1',
      'prisma/migrations/migration_lock.toml': 'provider = "postgresql"',
    },
    [
      ['20240101000000_init', ['20240101000000_init']],
      ['20240101000000', ['20240101000000_init']],
      ['prisma/migrations/20240101000000_init', ['20240101000000_init']],
      [
        'migration.sql',
        'to: migration.sql is more than one migration. Name one of 20240101000000_init, 20240202000000_add.',
      ],
    ],
  ],
  [
    'node-pg-migrate',
    { 'migrations/1700000000000_a.sql': '-- Up Migration\nSELECT 1', 'migrations/1700000000001_b.sql': 'SELECT 1' },
    [
      ['1700000000000_a', ['1700000000000_a']],
      ['1700000000000', ['1700000000000_a']],
      [
        '_c',
        'to: the node-pg-migrate migrations in migrations have no _c. The last ones are 1700000000000_a, 1700000000001_b.',
      ],
    ],
  ],
])('the words of %s', (tool, written, cases) => {
  test.each(cases)('%s', async (to, expected) => {
    await using repo = await repository(written)
    const project = await readProject({ repository: repo.path, tool, directory: undefined, changed: [] })
    const found = targetOf(to, project, async () => undefined)
    if (typeof expected === 'string' && expected !== 'all') await expect(found).rejects.toThrow(expected)
    else expect((await found)?.included).toEqual(expected === 'all' ? undefined : new Set(expected))
  })
})
