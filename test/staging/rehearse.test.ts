import pico from 'picocolors'
import { describe, expect, test, vi } from 'vitest'
import { rules } from '../../rules/index.ts'
import { loadConfig } from '../../src/config.ts'
import { dryRun, dryRunExitCode } from '../../src/dry-run.ts'
import type { DryRunMode } from '../../src/model/dry-run.ts'
import { snapshot } from '../../src/postgres/snapshot.ts'
import { dryRunMarkdown } from '../../src/report/dry-run-markdown.ts'
import { dryRunTerminal } from '../../src/report/dry-run-terminal.ts'
import { repository } from '../repository.ts'
import { ownServer, testDatabase } from '../server.ts'
import { urlOf } from './staging.ts'

type Files = Readonly<Record<string, string>>

async function run(
  files: Files,
  url: string,
  mode: DryRunMode,
  { databaseUrl, ...values }: { database?: string; databaseUrl?: string; tool?: string } = {},
) {
  await using repo = await repository(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`migrations/${name}`, text])),
  )
  const config = await loadConfig({
    repository: repo.path,
    values: { tool: 'numbered-sql', directory: 'migrations', ...values },
    origin: 'the test',
    databaseUrl,
  })
  const found = await dryRun({
    config,
    rules,
    repository: repo.path,
    url,
    mode,
    limits: { lockTimeoutMs: 500, statementTimeoutMs: 10_000 },
    versionTable: undefined,
    signal: new AbortController().signal,
    log: () => undefined,
  })
  return { ...found, exitCode: dryRunExitCode(found, 'error') }
}

const initial = `
CREATE TABLE schema_version (version varchar(50) PRIMARY KEY, applied_at timestamptz DEFAULT now(), description text);
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text, status varchar(10) CHECK (status IN ('a', 'b')));
INSERT INTO schema_version (version) VALUES ('1.0.0');`
const files: Files = {
  '001_initial.sql': `-- Version: 1.0.0\n${initial}`,
  '001_initial_rollback.sql': 'DROP TABLE users; DROP TABLE schema_version;',
  '002_phone.sql': `-- Version: 1.1.0
ALTER TABLE users ADD COLUMN phone text;
CREATE INDEX users_by_hand ON users (phone);
INSERT INTO schema_version (version) VALUES ('1.1.0');`,
  '002_phone_rollback.sql': `DELETE FROM schema_version WHERE version = '1.1.0'; ALTER TABLE users DROP COLUMN phone;`,
}

test('on a copy of staging, a migration meets what staging has and the repository does not', async () => {
  // As a database that was restored: PostgreSQL prints its check in another way.
  const restored = initial.replace(
    `status IN ('a', 'b')`,
    `(status)::text = ANY (ARRAY[('a'::varchar)::text, ('b'::varchar)::text])`,
  )
  await using staging = await testDatabase(
    `${restored} CREATE INDEX users_by_hand ON users (email); INSERT INTO users (email) SELECT i::text FROM generate_series(1, 100) i; ANALYZE`,
  )
  const before = await snapshot(staging, { exclude: [] })
  const found = await run(files, urlOf(staging.database), 'rehearse')
  expect(found.schemaDrift?.map(({ kind, object, change }) => `${kind} ${object} ${change}`)).toEqual([
    'index public.users_by_hand left-behind',
  ])
  expect(found.notChecked).toEqual([])
  expect(found.findings.filter(({ seen }) => seen === 'server').map(({ rule, evidence }) => [rule, evidence])).toEqual([
    ['failing-upgrade', ['PostgreSQL: relation "users_by_hand" already exists (42P07)']],
  ])
  expect([found.verdict, found.exitCode]).toEqual(['block', 1])
  expect(await snapshot(staging, { exclude: [] })).toEqual(before)
})

test('where staging is what its migrations build, the whole round trip runs on the copy', async () => {
  await using staging = await testDatabase(initial)
  const found = await run(files, urlOf(staging.database), 'rehearse')
  expect(found.schemaDrift).toEqual([])
  expect(
    found.rehearsal?.migrations.map(({ id, roundTrip }) => [id, roundTrip?.steps.map(({ outcome }) => outcome)]),
  ).toEqual([['002', ['ok', 'ok', 'ok']]])
  expect(found.notChecked).toEqual([])
})

test('a role that may only read suffices, also with roles, grants and settings of staging', async () => {
  await using server = await ownServer()
  await using database = await server.createDatabase()
  await using session = await database.connect()
  await session.query(`
    CREATE ROLE app; CREATE ROLE "Odd One"; CREATE ROLE reader LOGIN PASSWORD 'r'; GRANT pg_read_all_stats TO reader;
    CREATE SCHEMA hidden; CREATE TABLE hidden.secrets (id int); CREATE SCHEMA app AUTHORIZATION app;
    ${initial}
    ALTER TABLE users OWNER TO app; GRANT SELECT ON users TO "Odd One" WITH GRANT OPTION;
    CREATE POLICY own ON users TO "Odd One" USING (true);
    GRANT SELECT ON schema_version TO reader;
    DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = ''8MB''', current_database()); END $$`)
  const found = await run(files, urlOf({ ...database, user: 'reader', password: 'r' }), 'rehearse')
  expect(found.notChecked).toEqual([])
  expect(found.schemaDrift?.map(({ kind, object, change }) => `${kind} ${object} ${change}`)).toEqual([
    'policy public.users.own left-behind',
    'table hidden.secrets left-behind',
  ])
  expect(found.rehearsal?.migrations[0]?.roundTrip?.steps.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok'])
})

test('what was counted as in the way makes the upgrade fail when it is tried', async () => {
  await using staging = await testDatabase(
    `${initial} INSERT INTO users (email) VALUES ('same'), ('same'), (NULL); ANALYZE`,
  )
  const unique: Files = {
    ...files,
    '002_phone.sql': `-- Version: 1.1.0
BEGIN;
ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);
INSERT INTO schema_version (version) VALUES ('1.1.0');
COMMIT;`,
  }
  const found = await run(unique, urlOf(staging.database), 'apply-and-rollback')
  expect(found.preconditions.map(({ needs, sqlstate, counted, at }) => [needs, sqlstate, counted, at?.line])).toEqual([
    ['no two rows of public.users have the same email', '23505', { how: 'exact', found: 1 }, 3],
  ])
  expect([found.tried?.outcome, found.tried?.error?.sqlstate, found.tried?.error?.at?.line]).toEqual([
    'failed',
    '23505',
    3,
  ])
  expect([found.verdict, found.exitCode]).toEqual(['block', 1])
  const parts = dryRunMarkdown(found, { version: '1' }).split('\n\n')
  const at = parts.indexOf('### Tried on staging')
  expect(
    [parts[0], parts[1], ...parts.slice(at, at + 6)].join('\n\n').replace(/\d+ ms/g, '? ms'),
  ).toMatchInlineSnapshot(`
    "## ❌ Dry run: 1 migration pending, not to be applied as it is

    Tried on staging, it fails: could not create unique index &#34;users_email_key&#34;.

    ### Tried on staging

    1 statement run on staging and rolled back; it fails at migrations/002_phone.sql:&#8203;3: could not create unique index &#34;users_email_key&#34; (23505).

    Not run:

    - \`migrations/002_phone.sql:2\` \`BEGIN\`: The script opens or ends a transaction, and there is one around all of it already.

    <details><summary>What ran</summary>

    | Place | Statement | |
    | --- | --- | --- |
    | \`migrations/002_phone.sql:3\` | \`ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email)\` | ? ms |"
  `)
  const terminal = dryRunTerminal(found, pico.createColors(false)).split('\n\n')
  expect(terminal.find((part) => part.startsWith('Tried'))?.replace(/\d+ ms/g, '? ms')).toMatchInlineSnapshot(`
    "Tried on staging
      1 statement run on staging and rolled back; it fails at migrations/002_phone.sql:3: could not create unique index "users_email_key" (23505).
      migrations/002_phone.sql:3: ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email)  ? ms
      not run: migrations/002_phone.sql:2: BEGIN  The script opens or ends a transaction, and there is one around all of it already."
  `)
})

test('in every mode staging is afterwards what it was, to its last row, sequence and counter', async () => {
  await using server = await ownServer()
  await using database = await server.createDatabase()
  await using session = await database.connect()
  await session.query(`
    ${initial}
    INSERT INTO users (email) SELECT i::text FROM generate_series(1, 50) i; ANALYZE`)
  // Counters are told a moment later, unless one asks (PostgreSQL 15) or waits.
  if (server.major >= 15) await session.query('SELECT pg_stat_force_next_flush()')
  else await session.query('SELECT pg_sleep(1)')
  const look = async () => {
    const { rows: contents } = await session.query(`SELECT ctid, xmin, * FROM users ORDER BY id`)
    const { rows: sequences } = await session.query(`SELECT sequencename, last_value FROM pg_sequences`)
    const { rows: files } = await session.query(
      `SELECT relname, relfilenode, xmin, reltuples FROM pg_class WHERE oid >= 16384 ORDER BY 1`,
    )
    return { schema: await snapshot(session, { exclude: [] }), contents, sequences, files }
  }
  const moved = async () => {
    const { rows } = await session.query<{ written: number; lsn: string; xid: string }>(
      `SELECT sum(n_tup_ins + n_tup_upd + n_tup_del)::int AS written, pg_current_wal_insert_lsn()::text AS lsn,
        txid_snapshot_xmax(txid_current_snapshot())::text AS xid FROM pg_stat_user_tables`,
    )
    return rows[0]
  }
  const { rows: writers } = await session.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE backend_type = 'background writer'`,
  )
  const writer = writers[0]?.pid ?? 0
  // By itself it notes in the log, every 15 seconds, which transactions run.
  process.kill(writer, 'SIGSTOP')
  const before = await look()
  try {
    await session.query('CHECKPOINT')
    const counters = await moved()
    for (const mode of ['plan', 'rehearse'] as const) await run(files, urlOf(database), mode)
    expect(await look()).toEqual(before)
    // Reading takes no transaction number and writes no log.
    expect(await moved()).toEqual(counters)
  } finally {
    process.kill(writer, 'SIGCONT')
  }
  const tried = await run(files, urlOf(database), 'apply-and-rollback')
  expect([tried.tried?.outcome, tried.tried?.movedSequences]).toEqual(['ok', []])
  expect(await look()).toEqual(before)
})

test('where nobody knows what is applied, nothing is tried on staging, and that is told', async () => {
  await using staging = await testDatabase('')
  const hasura: Files = { '1700000000000_users/up.sql': 'CREATE TABLE users (id int PRIMARY KEY);' }
  const found = await run(hasura, urlOf(staging.database), 'apply-and-rollback', { tool: 'hasura' })
  expect([found.tried, found.notChecked.map(({ why }) => why), found.exitCode]).toEqual([
    undefined,
    [
      'How hasura notes what it applied is not read. Every migration is taken as pending.',
      'The database has no version table that could be read, so nobody knows which migrations it has. Nothing was tried.',
    ],
    3,
  ])
})

describe('without a server to rehearse on, what was read is told, and what was not compared', () => {
  const files: Files = {
    '001_initial.sql': `-- Version: 1.0.0\n${initial}`,
    '002_unique.sql': `-- Version: 1.1.0\nSET lock_timeout = '2s';\nALTER TABLE users ADD CHECK (email <> '');`,
  }
  const what = { plan: 'How staging differs from its migrations', rehearse: 'The rehearsal on a copy of staging' }
  test.each(['plan', 'rehearse'] as const)('%s', async (mode) => {
    await using staging = await testDatabase(`${initial} INSERT INTO users (email) VALUES (''), ('b'); ANALYZE`)
    const url = urlOf(staging.database)
    vi.stubEnv('DOCKER_HOST', 'unix:///nowhere/docker.sock')
    try {
      const none = await run(files, url, mode, { database: 'docker' })
      expect([none.preconditions.map(({ counted }) => counted), none.notChecked]).toEqual([
        [{ how: 'exact', found: 1 }],
        [
          {
            what: what[mode],
            why: expect.stringContaining('No PostgreSQL was started: No Docker engine answers'),
          },
        ],
      ])
      expect([none.verdict, none.exitCode]).toEqual(['block', { plan: 1, rehearse: 3 }[mode]])
      expect(dryRunMarkdown(none, { version: '1' }).split('\n')[0]).toBe(
        `## ❌ Dry run: 1 migration pending, not to be applied as it is${{ plan: '', rehearse: '; rehearse was not done' }[mode]}`,
      )
      // It would make and drop databases beside the one that nothing may change.
      const same = await run(files, url, mode, { database: 'url', databaseUrl: url })
      expect(same.notChecked).toEqual([
        {
          what: what[mode],
          why: 'The server to rehearse on is the one of staging, where nothing is made. Give another one.',
        },
      ])
    } finally {
      vi.unstubAllEnvs()
    }
  })
})
