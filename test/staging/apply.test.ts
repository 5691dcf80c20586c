import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ParsedMigration } from '../../src/model/migration.ts'
import type { Database, Server, Session } from '../../src/postgres/server.ts'
import { applyAndRollBack } from '../../src/staging/apply.ts'
import { openStaging } from '../../src/staging/session.ts'
import { ownServer } from '../server.ts'
import { everything, migration } from './staging.ts'

let server: Server

beforeAll(async () => {
  server = await ownServer()
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const limits = { lockTimeoutMs: 500, statementTimeoutMs: 5_000 }
const versions = { table: 'public.schema_version', exists: true }
const { signal } = new AbortController()

const production = `
  CREATE TABLE users (id bigserial PRIMARY KEY, email text, age int);
  CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id bigint REFERENCES users);
  CREATE SEQUENCE tickets INCREMENT BY 5;
  INSERT INTO users (email, age) SELECT i || '@example.test', i FROM generate_series(1, 50) i;
  INSERT INTO orders (user_id) SELECT i FROM generate_series(1, 20) i;
  SELECT nextval('tickets');
  ANALYZE;`

async function staging(sql = production): Promise<Database & { readonly session: Session; readonly url: string }> {
  const database = await server.createDatabase()
  const session = await database.connect()
  await session.query(sql)
  return { ...database, session, url: urlOf(database, database.user, database.password) }
}

function urlOf({ host, port, name }: Database, user: string, password: string): string {
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`
  // A folder in place of a host is a Unix-domain socket.
  return host.startsWith('/')
    ? `postgres://${login}@/${name}?host=${encodeURIComponent(host)}&port=${port}`
    : `postgres://${login}@${host}:${port}/${name}`
}

async function tried(url: string, ...migrations: readonly ParsedMigration[]) {
  await using guarded = await openStaging({ url, limits })
  return await applyAndRollBack(guarded, { migrations, versions, signal })
}

test('a migration is run, told and taken back, with the sequences that it moves', async () => {
  await using database = await staging()
  const before = await everything(database.session)
  const found = await tried(
    database.url,
    await migration(
      '002',
      `BEGIN;
ALTER TABLE users ADD COLUMN phone text;
INSERT INTO users (email) VALUES ('new'), ('newer');
UPDATE users SET phone = '' WHERE id < 10;
SELECT setval('tickets', 1000);
SELECT setval(pg_get_serial_sequence('users', 'id'), 7000);
INSERT INTO orders (user_id) VALUES (1);
CREATE INDEX CONCURRENTLY users_phone ON users (phone);
CREATE INDEX users_age ON users (age);
CREATE TABLE notes (id serial PRIMARY KEY);
COMMIT;`,
    ),
  )
  expect({
    outcome: found.outcome,
    statements: found.statements.map(({ sql, rows, locks }) => ({
      sql,
      rows,
      locks: locks.map(({ relation, mode }) => `${mode} ${relation}`),
    })),
    leftOut: found.leftOut.map(({ at, why }) => `${at.line}: ${why}`),
    moved: found.movedSequences,
  }).toMatchInlineSnapshot(`
    {
      "leftOut": [
        "1: The script opens or ends a transaction, and there is one around all of it already.",
        "8: PostgreSQL refuses CONCURRENTLY in a transaction.",
        "11: The script opens or ends a transaction, and there is one around all of it already.",
      ],
      "moved": [],
      "outcome": "ok",
      "statements": [
        {
          "locks": [
            "ACCESS EXCLUSIVE public.users",
          ],
          "rows": undefined,
          "sql": "ALTER TABLE users ADD COLUMN phone text",
        },
        {
          "locks": [],
          "rows": 2,
          "sql": "INSERT INTO users (email) VALUES ('new'), ('newer')",
        },
        {
          "locks": [
            "ROW EXCLUSIVE public.users_pkey",
          ],
          "rows": 9,
          "sql": "UPDATE users SET phone = '' WHERE id < 10",
        },
        {
          "locks": [],
          "rows": undefined,
          "sql": "SELECT setval('tickets', 1000)",
        },
        {
          "locks": [],
          "rows": undefined,
          "sql": "SELECT setval(pg_get_serial_sequence('users', 'id'), 7000)",
        },
        {
          "locks": [
            "ROW EXCLUSIVE public.orders",
          ],
          "rows": 1,
          "sql": "INSERT INTO orders (user_id) VALUES (1)",
        },
        {
          "locks": [],
          "rows": undefined,
          "sql": "CREATE INDEX users_age ON users (age)",
        },
        {
          "locks": [],
          "rows": undefined,
          "sql": "CREATE TABLE notes (id serial PRIMARY KEY)",
        },
      ],
    }
  `)
  expect(await everything(database.session)).toEqual(before)
})

test('what would outlive the transaction is not run', async () => {
  await using database = await staging()
  const found = await tried(
    database.url,
    await migration(
      '003',
      `VACUUM users;
ALTER SYSTEM SET work_mem = '1GB';
REINDEX TABLE CONCURRENTLY users;
COPY users TO '/tmp/users';
COPY users TO PROGRAM 'cat';
SET lock_timeout = 0;
SET ROLE postgres;
RESET ALL;
SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE;
SELECT pg_create_physical_replication_slot('mine');
SELECT pg_terminate_backend(1);
SELECT dblink_exec('dbname=postgres', 'DROP TABLE users');
DO $$ BEGIN PERFORM pg_reload_conf(); END $$;
COMMIT;
PREPARE TRANSACTION 'x';
CREATE DATABASE other;
DROP SUBSCRIPTION s;
UPDATE users SET age = 1 LIMIT 5;`,
    ),
  )
  expect([found.outcome, found.statements]).toEqual(['ok', []])
  expect(found.leftOut.map(({ at, why }) => `${at.line}: ${why}`)).toMatchInlineSnapshot(`
    [
      "1: PostgreSQL refuses VACUUM in a transaction.",
      "2: PostgreSQL refuses ALTER SYSTEM in a transaction.",
      "3: PostgreSQL refuses CONCURRENTLY in a transaction.",
      "4: It reaches files or programs of the server.",
      "5: It reaches files or programs of the server.",
      "6: lock_timeout is set by the dry run, and a script may not loosen it.",
      "7: role is set by the dry run, and a script may not loosen it.",
      "8: all is set by the dry run, and a script may not loosen it.",
      "9: It makes another role or another session of this one, which no rollback takes back.",
      "10: It makes or drops a replication slot, which no rollback takes back.",
      "11: It ends the work of others, which no rollback takes back.",
      "12: It reaches other servers over a connection of its own, which no rollback takes back.",
      "13: It acts on the server as a whole, which no rollback takes back.",
      "14: The script opens or ends a transaction, and there is one around all of it already.",
      "15: The script opens or ends a transaction, and there is one around all of it already.",
      "16: It acts on the server as a whole, which no rollback takes back.",
      "17: It reaches another server, which no rollback takes back.",
      "18: It could not be read, so nobody knows what it would do.",
    ]
  `)
})

test('a migration fails as PostgreSQL would have it fail, and nothing is left of what came before', async () => {
  await using database = await staging()
  const before = await everything(database.session)
  const found = await tried(
    database.url,
    await migration('002', `INSERT INTO users (email) VALUES ('twice'), ('twice');`),
    await migration('003', `ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);\nDROP TABLE orders;`),
  )
  expect([
    found.outcome,
    found.error,
    found.statements.map(({ migration, sql }) => [migration, sql.slice(0, 20)]),
  ]).toEqual([
    'failed',
    {
      sqlstate: '23505',
      message: 'could not create unique index "users_email_key"',
      table: 'users',
      column: undefined,
      constraint: 'users_email_key',
      statement: 'ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email)',
      at: expect.objectContaining({ file: '003.sql', line: 1 }),
      timedOut: false,
    },
    [
      ['002', 'INSERT INTO users (e'],
      ['003', 'ALTER TABLE users AD'],
    ],
  ])
  expect(await everything(database.session)).toEqual(before)
})

test('it waits no longer than the limits say, and a script cannot loosen them', async () => {
  await using database = await staging()
  await using holder = await database.connect()
  await holder.query('BEGIN; LOCK TABLE orders')
  const locked = await tried(
    database.url,
    await migration('002', `SELECT set_config('lock_timeout', '0', false);\nALTER TABLE orders ADD COLUMN note text;`),
  )
  expect(locked.error?.sqlstate).toBe('55P03')
  const slow = await migration('003', `DO $$ BEGIN SET LOCAL statement_timeout = 0; END $$;\nSELECT pg_sleep(60);`)
  await using guarded = await openStaging({ url: database.url, limits: { ...limits, statementTimeoutMs: 300 } })
  const ended = await applyAndRollBack(guarded, { migrations: [slow], versions, signal })
  expect([ended.error?.sqlstate, ended.error?.timedOut]).toEqual(['57014', true])
})

test('two at a time, a missing version table and a role that may not: each is told', async () => {
  await using database = await staging()
  const step = await migration('002', 'ALTER TABLE users ADD COLUMN phone text;')
  await using guarded = await openStaging({ url: database.url, limits })
  await expect(
    applyAndRollBack(guarded, {
      migrations: [step],
      versions: { table: 'public.schema_version', exists: false },
      signal,
    }),
  ).rejects.toThrow(
    'The database has no public.schema_version, so nobody knows which migrations it has. Nothing was tried.',
  )
  await using other = await database.connect()
  await other.query('BEGIN; SELECT pg_advisory_xact_lock(7235419043710821163)')
  await expect(applyAndRollBack(guarded, { migrations: [step], versions, signal })).rejects.toThrow(
    'Another dry run is trying migrations on this database at this moment.',
  )
  await other.query('ROLLBACK')

  await database.session.query(
    `CREATE ROLE reader LOGIN PASSWORD 'r'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader; GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO reader`,
  )
  const before = await everything(database.session)
  const refused = await tried(urlOf(database, 'reader', 'r'), step)
  expect([refused.outcome, refused.error?.sqlstate]).toEqual(['failed', '42501'])
  const drawn = await tried(
    urlOf(database, 'reader', 'r'),
    await migration('003', `SELECT nextval('tickets');\nSELECT setval('tickets', 9);`),
  )
  const owner =
    'It may draw from public.tickets, which no rollback takes back, and which only its owner can keep from moving.'
  expect([drawn.statements, drawn.leftOut.map(({ why }) => why), drawn.movedSequences]).toEqual([
    [],
    [owner, owner],
    [],
  ])
  expect((await everything(database.session)).rows).toEqual(before.rows)
})

const program = `
  import { applyAndRollBack } from './src/staging/apply.ts'
  import { openStaging } from './src/staging/session.ts'
  const guarded = await openStaging({ url: process.env.STAGING, limits: { lockTimeoutMs: 500, statementTimeoutMs: 60_000 } })
  const versions = { table: 'public.schema_version', exists: true }
  const migrations = [JSON.parse(process.env.MIGRATION)]
  await applyAndRollBack(guarded, { migrations, versions, signal: new AbortController().signal })`

test('killed in the middle, nothing is left', async () => {
  await using database = await staging()
  const before = await everything(database.session)
  const slow = await migration(
    '002',
    `DROP TABLE orders;\nINSERT INTO users (email) VALUES ('x');\nSELECT pg_sleep(12);`,
  )
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    write: false,
  })
  const child = spawn(process.execPath, ['--input-type=module', '-e', outputFiles[0]?.text ?? ''], {
    env: { ...process.env, STAGING: database.url, MIGRATION: JSON.stringify(slow) },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const isSleeping = async () => {
    const { rows } = await database.session.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep(12)%' AND pid <> pg_backend_pid()`,
    )
    return rows.length > 0
  }
  while (!(await isSleeping())) {
    if (child.exitCode !== null) throw new Error('It ended by itself.')
    await delay(50)
  }
  child.kill('SIGKILL')
  await once(child, 'exit')
  while (await isSleeping()) await delay(100)
  expect(await everything(database.session)).toEqual(before)
})
