import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import { rules } from '../../rules/index.ts'
import { loadConfig } from '../../src/config.ts'
import type { Tool } from '../../src/model/migration.ts'
import type { Result } from '../../src/model/result.ts'
import { run } from '../../src/run.ts'
import { python as python3 } from '../python.ts'
import { goTool, lacks, mavenLibraries, npmPackages } from '../read/tools.ts'
import { type Repository, repository } from '../repository.ts'
import { asyncEnv, syncEnv } from './alembic-project.ts'

/** Runs the gate on what a repository's branch changes. */
async function gate(repo: Repository, settings: Readonly<Record<string, unknown>> = {}): Promise<Result> {
  const config = await loadConfig({
    repository: repo.path,
    origin: 'the test',
    values: { database: 'url', base: 'main', timeout: 30, ...settings },
    databaseUrl: inject('postgresUrl'),
  })
  const log = () => undefined
  return await run({ config, rules, repository: repo.path, signal: new AbortController().signal, log })
}

/** All but what differs from run to run: durations, numbers of transactions, and what the tool itself sends. */
function told({ verdict, findings, migrations, notChecked }: Result) {
  return {
    verdict,
    findings,
    notChecked,
    migrations: migrations.map(({ id, roundTrip: trip }) => ({
      id,
      steps: trip?.steps.map(({ ms: _, ...step }) => step),
      restored: trip?.restored,
      repeatable: trip?.repeatable,
      drift: trip?.drift,
      data: trip?.data,
      locks: trip?.watched?.locks
        .filter(({ existedBefore, statement }) => existedBefore && statement.at)
        .map(({ relation, mode, statement }) => `${statement.direction} ${statement.at?.line} ${mode} ${relation}`),
      rewrites: trip?.watched?.rewrites.map(({ relation, statement }) => `${statement.at?.line} ${relation}`),
    })),
  }
}

interface Steps {
  readonly up: string
  readonly down: string
}

/** Two on the base branch; of the new ones one is clean, one locks, rewrites and does not come all the way back, and one fails. */
const base: readonly Steps[] = [
  {
    up: 'CREATE TABLE users (id serial PRIMARY KEY, email varchar(50) NOT NULL, name text);',
    down: 'DROP TABLE users;',
  },
  { up: "INSERT INTO users (email, name) VALUES ('a@example.test', 'A');", down: 'DELETE FROM users;' },
]
const added: readonly Steps[] = [
  { up: 'ALTER TABLE users ADD COLUMN phone text;', down: 'ALTER TABLE users DROP COLUMN phone;' },
  {
    up: 'CREATE INDEX users_name_idx ON users (name);\nALTER TABLE users ALTER COLUMN id TYPE bigint;',
    down: 'ALTER TABLE users ALTER COLUMN id TYPE int;',
  },
  { up: 'ALTER TABLE users ADD COLUMN age int;\nSELECT 1 / 0;', down: 'ALTER TABLE users DROP COLUMN age;' },
]

interface Case {
  readonly tool: Tool
  readonly needs: readonly { readonly name: string; readonly ask: string }[]
  /** Installs it. @returns the settings, and the folder to be put on the PATH */
  install(): Promise<{ settings: Readonly<Record<string, unknown>>; path?: string }>
  files(number: number, steps: Steps): Readonly<Record<string, string>>
}

const go = { name: 'go', ask: 'version' }
const cases: readonly Case[] = [
  {
    tool: 'dbmate',
    needs: [],
    async install() {
      return { settings: { upgrade: 'tool' }, path: join(await npmPackages('dbmate@2.36.0'), 'node_modules/.bin') }
    },
    files: (n, { up, down }) => ({
      [`db/migrations/00${n}_step.sql`]: `-- migrate:up\n${up}\n\n-- migrate:down\n${down}\n`,
    }),
  },
  {
    tool: 'goose',
    needs: [go],
    async install() {
      const program = await goTool({
        module: 'github.com/pressly/goose/v3/cmd/goose',
        version: 'v3.27.3',
        tags: 'no_clickhouse,no_libsql,no_mssql,no_mysql,no_sqlite3,no_vertica,no_ydb,no_turso,no_duckdb',
      })
      return { settings: { upgrade: 'tool' }, path: dirname(program) }
    },
    files: (n, { up, down }) => ({
      [`migrations/0000${n}_step.sql`]: `-- +goose Up\n${up}\n-- +goose Down\n${down}\n`,
    }),
  },
  {
    tool: 'golang-migrate',
    needs: [go],
    async install() {
      const program = await goTool({
        module: 'github.com/golang-migrate/migrate/v4/cmd/migrate',
        version: 'v4.19.1',
        tags: 'postgres',
      })
      return { settings: { upgrade: 'tool' }, path: dirname(program) }
    },
    files: (n, { up, down }) => ({
      [`migrations/${n}_step.up.sql`]: `${up}\n`,
      [`migrations/${n}_step.down.sql`]: `${down}\n`,
    }),
  },
  {
    tool: 'node-pg-migrate',
    needs: [],
    async install() {
      const folder = await npmPackages('node-pg-migrate@9.0.0', 'pg@8.23.1')
      return { settings: { upgrade: 'tool' }, path: join(folder, 'node_modules/.bin') }
    },
    files: (n, { up, down }) => ({
      [`migrations/${n}_step.sql`]: `-- Up Migration\n${up}\n-- Down Migration\n${down}\n`,
    }),
  },
  {
    tool: 'tern',
    needs: [go],
    async install() {
      const program = await goTool({ module: 'github.com/jackc/tern/v2', version: 'v2.3.4' })
      return { settings: { upgrade: 'tool' }, path: dirname(program) }
    },
    files: (n, { up, down }) => ({
      [`migrations/00${n}_step.sql`]: `${up}\n---- create above / drop below ----\n${down}\n`,
    }),
  },
  {
    tool: 'flyway',
    needs: [
      { name: 'java', ask: '-version' },
      { name: 'mvn', ask: '-version' },
    ],
    async install() {
      const libraries = await mavenLibraries(
        'org.flywaydb:flyway-database-postgresql:11.20.3',
        'org.postgresql:postgresql:42.7.8',
      )
      const program = join(libraries, 'Migrate.java')
      await writeFile(
        program,
        `import org.flywaydb.core.Flyway;
         public class Migrate {
           public static void main(String[] given) {
             Flyway.configure().dataSource(given[0], given[1], given[2]).locations("filesystem:" + given[3]).load().migrate();
           }
         }`,
      )
      const upgrade = [
        'java',
        '-cp',
        join(libraries, '*'),
        program,
        '{jdbc-url}',
        '{user}',
        '{password}',
        '{directory}',
      ]
      return { settings: { upgrade } }
    },
    files: (n, { up }) => ({ [`db/migration/V${n}__step.sql`]: `${up}\n` }),
  },
]

describe.each(cases)('what our own runner gives: $tool', ({ tool, needs, install, files }) => {
  const all = (steps: readonly Steps[], from: number) =>
    Object.assign({}, ...steps.map((step, i) => files(from + i, step))) as Record<string, string>

  test('for the same files', { timeout: 600_000 }, async ({ skip }) => {
    const missing = await lacks(...needs)
    if (missing !== undefined) skip(missing)
    const { settings, path } = await install()
    await using repo = await repository(all(base, 1))
    await repo.commit(all(added, 3))
    const usual = process.env.PATH
    try {
      if (path) process.env.PATH = `${path}:${usual}`
      const ours = told(await gate(repo, { tool }))
      expect(ours.migrations.map(({ steps }) => steps?.map(({ outcome }) => outcome).join(' '))).toEqual(
        tool === 'flyway'
          ? ['ok skipped skipped', 'ok skipped skipped', 'failed skipped skipped']
          : ['ok ok ok', 'ok ok failed', 'failed skipped skipped'],
      )
      expect(told(await gate(repo, { tool, ...settings }))).toEqual(ours)
    } finally {
      process.env.PATH = usual
    }
  })
})

describe('what our own runner gives: Alembic', () => {
  /** Findings and what was seen, without what is said otherwise of SQL files and of Python: places, names, what to write instead. */
  const same = ({ verdict, findings, migrations, notChecked }: Result) => ({
    verdict,
    notChecked,
    findings: findings
      .map(({ rule, severity, direction, seen, message, evidence }) =>
        [severity, rule, direction, seen, message, ...evidence].join(' | ').replaceAll(/\b(?:002|b)(?:_\w+)?\b/g, '…'),
      )
      .sort(),
    migrations: migrations.map(({ roundTrip: trip }) => ({
      steps: trip?.steps.map(({ outcome, error }) => [outcome, error?.sqlstate]),
      restored: trip?.restored,
      repeatable: trip?.repeatable,
      drift: trip?.drift,
      data: trip?.data,
      preconditions: trip?.preconditions?.map(({ at: _, ...precondition }) => precondition),
      oldCode: trip?.oldCode?.map(({ because: _, ...statement }) => statement),
      blocked: trip?.watched?.blocked.map(({ relation, mode, during }) => [relation, mode, during.length]),
    })),
  })
  const first = ['CREATE TABLE users (id serial PRIMARY KEY, email varchar(50) NOT NULL, name text)']
  const up = [
    'ALTER TABLE users ADD COLUMN phone text',
    'CREATE UNIQUE INDEX users_email_idx ON users (email)',
    'ALTER TABLE users ALTER COLUMN id TYPE bigint',
    'ALTER TABLE users DROP COLUMN name',
  ]
  const down = ['ALTER TABLE users ALTER COLUMN id TYPE int', 'ALTER TABLE users ADD COLUMN name text']

  test.each([
    ['psycopg2', syncEnv()],
    ['psycopg', syncEnv("create_engine('postgresql+psycopg://x/x')")],
    ['asyncpg', asyncEnv('postgresql+asyncpg://x/x')],
  ])('for the same SQL, with %s', { timeout: 300_000 }, async (_, env) => {
    const python = (lines: readonly string[]) => lines.map((sql) => `    op.execute("${sql}")`).join('\n')
    const revision = (id: string, parent: string, run: readonly string[], undo: readonly string[]) =>
      `from alembic import op\nrevision = "${id}"\ndown_revision = ${parent}\n\n\ndef upgrade():\n${python(run)}\n\n\ndef downgrade():\n${python(undo)}\n`
    const sql = (lines: readonly string[]) => `BEGIN;\n${lines.join(';\n')};\nCOMMIT;\n`
    await using files = await repository({ 'm/001_a.sql': sql(first), 'm/001_a_rollback.sql': 'DROP TABLE users;\n' })
    await files.commit({ 'm/002_b.sql': sql(up), 'm/002_b_rollback.sql': sql(down) })
    await using revisions = await repository({
      'alembic.ini': '[alembic]\nscript_location = migrations\n',
      'migrations/env.py': env,
      'migrations/versions/a.py': revision('a', 'None', first, ['DROP TABLE users']),
    })
    await revisions.commit({ 'migrations/versions/b.py': revision('b', '"a"', up, down) })
    const { alembic } = await python3()

    const ours = same(await gate(files, { tool: 'numbered-sql' }))
    expect(ours.findings.map((line) => line.split(' | ')[1])).toEqual(
      expect.arrayContaining([
        'blocking-index',
        'rewriting-type-change',
        'data-dependent-upgrade',
        'incomplete-downgrade',
      ]),
    )
    expect(same(await gate(revisions, { alembic: { command: [alembic] } }))).toEqual(ours)
  })
})

/** A program in the repository that stands for a tool. */
async function script(repo: Repository, name: string, text: string): Promise<string> {
  const path = join(repo.path, name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `#!/bin/sh\n${text}\n`)
  await chmod(path, 0o755)
  return path
}

const one = { 'migrations/001_a.sql': 'CREATE TABLE a (id int);', 'migrations/001_a_rollback.sql': 'DROP TABLE a;' }
const two = { 'migrations/002_b.sql': 'CREATE TABLE b (id int);', 'migrations/002_b_rollback.sql': 'DROP TABLE b;' }

describe('a command that', () => {
  const why = async (text: string, settings: Readonly<Record<string, unknown>> = {}) => {
    await using repo = await repository({})
    await repo.commit({ ...one, ...two })
    const program = await script(repo, 'bin/tool', text)
    const { notChecked, verdict } = await gate(repo, { upgrade: [program, '{version}'], ...settings })
    return { verdict, notChecked: notChecked.slice(-1).map((each) => each.why.replaceAll(repo.path, '…')) }
  }

  test('speaks to no database is refused, whether it ends well or not', async () => {
    expect(await why('true')).toEqual({
      verdict: 'error',
      notChecked: [
        '`…/bin/tool` never spoke to the scratch database, so nothing was rehearsed. Its `upgrade:` command must connect to {url}, or to what DATABASE_URL and PGHOST say, and to nothing else.',
      ],
    })
    expect((await why('echo cannot find settings; exit 3')).notChecked[0]).toContain(
      'never spoke to the scratch database (cannot find settings).',
    )
  })

  test('is not there says so', async () => {
    expect(await why('true', { upgrade: ['no-such-tool', '{version}'] })).toEqual({
      verdict: 'error',
      notChecked: ['`no-such-tool` was not found. Install it before this step, or give its path in the configuration.'],
    })
  })

  test('is not told where to stop is refused', async () => {
    expect((await why('true', { upgrade: ['make', 'migrate'] })).notChecked).toEqual([
      'upgrade: the command names none of {version}, {directory} and {file}, so nothing tells it to apply one migration and not all that are pending. Give it {version}, the migration to stop at, {directory}, a copy of the folder that ends with it, or {file}, where it runs a single file.',
    ])
  })

  test('names what is not known is refused', async () => {
    expect((await why('true', { upgrade: ['tool', '{version}', '--dsn={dsn}'] })).notChecked[0]).toMatch(
      /^upgrade: \{dsn\} is not known; there are \{url\}, /,
    )
  })

  test('is killed says nothing about the migration', async () => {
    const { verdict, notChecked } = await why('kill -9 $$')
    expect({ verdict, notChecked }).toEqual({
      verdict: 'error',
      notChecked: ['`…/bin/tool` was ended by a signal while it ran 001_a, so nothing is known about it.'],
    })
  })

  test('sees no secret, and where the scratch database is', async () => {
    process.env.MY_SECRET_TOKEN = 'x'
    process.env.MY_SETTING = 'y'
    try {
      const { notChecked } = await why(
        'echo "$MY_SECRET_TOKEN,$MY_SETTING,$PGUSER,$PGHOST,${DATABASE_URL%%:*},$1,$PWD"; exit 1',
        { environment: ['MY_SETTING'] },
      )
      expect(notChecked[0]).toContain('(,y,postgres,127.0.0.1,postgres,001,…)')
    } finally {
      delete process.env.MY_SECRET_TOKEN
      delete process.env.MY_SETTING
    }
  })
})

test('a command that ends well and runs nothing is refused', async () => {
  await using repo = await repository(one)
  await repo.commit(two)
  await writeFile(
    join(repo.path, 'tool.mjs'),
    `import pg from '${import.meta.resolve('pg')}'
     const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
     await client.connect()
     await client.query('CREATE TABLE IF NOT EXISTS notes (id int)')
     await client.query('SELECT * FROM notes')
     await client.end()`,
  )
  const upgrade = ['node', 'tool.mjs', '{version}']
  const { verdict, notChecked } = await gate(repo, { upgrade, bookkeeping: ['public.notes'] })
  expect([verdict, notChecked.map(({ why }) => why)]).toEqual([
    'error',
    [
      'It cannot be run: no `downgrade:` command is configured for it.',
      '`node` ended well, and sent nothing of 002_b to the scratch database. Its `upgrade:` command must run the migration that {version} or {directory} names.',
    ],
  ])
})

test('a command that goes on after an error, and ends well, has failed', async () => {
  await using repo = await repository(one)
  await repo.commit({
    'migrations/002_b.sql': 'CREATE TABLE b (id int);\nALTER TABLE nowhere ADD c int;\nCREATE INDEX b_idx ON b (id);',
    'migrations/002_b_rollback.sql': 'DROP TABLE b;',
  })
  const client = import.meta.resolve('pg')
  await writeFile(
    join(repo.path, 'tool.mjs'),
    `import { readFileSync } from 'node:fs'
     import pg from '${client}'
     const file = process.argv[2] === '001' ? '001_a' : '002_b'
     const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
     await client.connect()
     // Such errors of its own are nobody's business.
     await client.query('SELECT FROM notes').catch(() => undefined)
     for (const sql of readFileSync(\`migrations/\${file}.sql\`, 'utf8').split('\\n'))
       await client.query(sql).catch(() => undefined)
     await client.end()`,
  )
  const { verdict, migrations } = await gate(repo, { upgrade: [process.execPath, 'tool.mjs', '{version}'] })
  const [first] = migrations[0]?.roundTrip?.steps ?? []
  expect({ verdict, outcome: first?.outcome, error: first?.error }).toMatchObject({
    verdict: 'block',
    outcome: 'failed',
    error: {
      sqlstate: '42P01',
      message: `relation "nowhere" does not exist, and \`${process.execPath}\` passed over it`,
      at: { file: 'migrations/002_b.sql', line: 2 },
    },
  })
})

test('upgrade: tool needs a tool whose command is known', async () => {
  await using repo = await repository(one)
  await repo.commit(two)
  await expect(gate(repo, { upgrade: 'tool' })).rejects.toThrow(
    'upgrade: there is no usual command for numbered-sql; there are some for dbmate, flyway, golang-migrate, goose, node-pg-migrate, tern. Give a program and its arguments.',
  )
})
