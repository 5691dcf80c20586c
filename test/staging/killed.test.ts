import { execFile } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DryRunMode } from '../../src/model/dry-run.ts'
import type { Database, Server, Session } from '../../src/postgres/server.ts'
import { startServer } from '../../src/postgres/start.ts'
import { command } from '../command.ts'
import { repository } from '../repository.ts'
import { everything, urlOf } from './staging.ts'

// The built command, ended in the middle of each mode: staging is what it was, and nothing that was started stays.

/** PostgreSQL 15: its pg_dump is the one that Debian has. */
const major = 15
const run = promisify(execFile)
const pgDump = `/usr/lib/postgresql/${major}/bin/pg_dump`

const initial = `CREATE TABLE schema_version (version text PRIMARY KEY, applied_at timestamptz DEFAULT now());
CREATE TABLE users (id serial PRIMARY KEY, email text, name text);
CREATE FUNCTION slow(text) RETURNS boolean STABLE LANGUAGE sql AS 'SELECT pg_sleep(20) IS NOT NULL';
INSERT INTO schema_version VALUES ('001');`

let server: Server
let database: Database
let session: Session
let writer: number
beforeAll(async () => {
  server = await startServer({ kind: 'embedded', major, signal: new AbortController().signal, log: () => undefined })
  database = await server.createDatabase()
  session = await database.connect()
  {
    await using maker = await database.connect()
    await maker.query(`${initial} INSERT INTO users (email) SELECT i::text FROM generate_series(1, 500) i; ANALYZE`)
    await maker.query('SELECT pg_stat_force_next_flush()')
  }
  await session.query('CHECKPOINT')
  // By itself it notes in the log, every 15 seconds, which transactions run.
  const { rows } = await session.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE backend_type = 'background writer'`,
  )
  writer = rows[0]?.pid ?? 0
  process.kill(writer, 'SIGSTOP')
}, 120_000)
afterAll(async () => {
  process.kill(writer, 'SIGCONT')
  await session[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

/** The dump as text, where there is a pg_dump that fits. */
async function dump(): Promise<string> {
  const { host, port, user, password, name } = database
  try {
    const { stdout } = await run(pgDump, [], {
      env: { PGHOST: host, PGPORT: String(port), PGUSER: user, PGPASSWORD: password, PGDATABASE: name },
    })
    // Of the newest minor versions: a word of their own each time.
    return stdout.replace(/^\\(un)?restrict .*$/gm, '')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'no pg_dump here'
    throw error
  }
}

/** What a reader leaves as it is, and an aborted transaction does not. */
async function counters() {
  await session.query('SELECT pg_stat_clear_snapshot()')
  const { rows } = await session.query(`
    SELECT txid_snapshot_xmax(txid_current_snapshot())::text AS "nextTransaction", pg_current_wal_insert_lsn()::text AS log,
      (SELECT json_agg(json_build_array(relname, n_tup_ins, n_tup_upd, n_tup_del, n_dead_tup) ORDER BY relname) FROM pg_stat_user_tables) AS writes`)
  return rows[0]
}

const others = `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`
async function count(where = ''): Promise<number> {
  const { rows } = await session.query<{ count: number }>(`${others} ${where}`)
  return rows[0]?.count ?? 0
}

/** A mode, the pending migration, and what says that it is in the middle. */
const modes: readonly [DryRunMode, string, (said: string) => Promise<boolean>][] = [
  [
    'plan',
    'ALTER TABLE users ADD CHECK (slow(email));',
    async () => (await count(`AND query LIKE 'SELECT count(%slow%' AND state = 'active'`)) === 1,
  ],
  // On the copy. The connection to staging is there, and idle.
  [
    'rehearse',
    'ALTER TABLE users ADD COLUMN phone text;\nSELECT pg_sleep(15);',
    async (said) => said.includes('Copying the schema of staging') && (await isAsleepElsewhere()),
  ],
  [
    'apply-and-rollback',
    `INSERT INTO users (email) VALUES ('new');\nUPDATE users SET name = 'x';\nALTER TABLE users DROP COLUMN name;\nSELECT pg_sleep(15);`,
    async () => (await count(`AND query LIKE '%pg_sleep(15)%' AND state = 'active'`)) === 1,
  ],
]

/** The throwaway server's own process says in its title what it does. */
async function isAsleepElsewhere(): Promise<boolean> {
  const { stdout } = await run('ps', ['-eo', 'args'])
  return stdout.split('\n').some((line) => /postgres: postgres migration_gate_\S+ .* SELECT/.test(line))
}

describe.each(modes)('%s', (mode, sql, isInTheMiddle) => {
  test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
    'ended by %s',
    async (signal) => {
      await using repo = await repository({ 'migrations/001_users.sql': initial, 'migrations/002_next.sql': sql })
      const before = { all: await everything(session), dump: await dump() }
      const counted = await counters()
      let asked = 0
      const ended = await command(['dry-run', '--tool', 'numbered-sql', '--directory', 'migrations', '--mode', mode], {
        cwd: repo.path,
        env: { MIGRATION_GATE_STAGING_URL: urlOf(database) },
        async meanwhile(child, said) {
          for (let i = 0; i < 600 && child.exitCode === null && !(await isInTheMiddle(said())); i++) await delay(100)
          asked = await count()
          child.kill(signal)
        },
      })
      expect({ code: ended.code, wasConnected: asked > 0, stdout: ended.stdout }, ended.stderr).toEqual({
        code: signal === 'SIGKILL' ? null : 3,
        wasConnected: true,
        stdout: '',
      })
      for (let i = 0; i < 100 && (await count()) > 0; i++) await delay(100)
      expect(await count()).toBe(0)
      expect(ended.leftProcesses).toEqual([])
      if (signal !== 'SIGKILL') expect(ended.leftFolders).toEqual([])
      expect({ all: await everything(session), dump: await dump() }).toEqual(before)
      if (mode !== 'apply-and-rollback') expect(await counters()).toEqual(counted)
    },
    90_000,
  )
})
