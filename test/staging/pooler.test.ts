import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database, Server, Session } from '../../src/postgres/server.ts'
import { repository } from '../repository.ts'
import { ownServer } from '../server.ts'
import { bundled, runs } from './bundled.ts'
import { hasPgBouncer, pgBouncer } from './pgbouncer.ts'
import { everything, urlOf } from './staging.ts'

// With the real PgBouncer, in each of its modes. One connection in its pool: what a dry run leaves in it, the next client gets.

const why = hasPgBouncer ? '' : ' (skipped: no pgbouncer is installed here; apt-get install pgbouncer)'

const initial = `CREATE TABLE schema_version (version text PRIMARY KEY, applied_at timestamptz DEFAULT now());
CREATE TABLE users (id serial PRIMARY KEY, email text, name text);
INSERT INTO users (email) VALUES ('a'), ('a'), (NULL);
INSERT INTO schema_version VALUES ('001');`
const files = {
  'migrations/001_users.sql': initial,
  'migrations/002_more.sql': `SELECT pg_advisory_lock(7);
PREPARE kept AS SELECT 1;
SET work_mem = '9MB';
INSERT INTO users (email) VALUES ('b');
ALTER TABLE users ALTER COLUMN name SET NOT NULL;
`,
}

let server: Server
let command: string
beforeAll(async () => {
  if (!hasPgBouncer) return
  server = await ownServer()
  command = await bundled()
}, 120_000)
afterAll(async () => {
  if (!hasPgBouncer) return
  await server[Symbol.asyncDispose]()
  await rm(dirname(command), { recursive: true, force: true })
})

async function staging(): Promise<Database & { readonly session: Session }> {
  const database = await server.createDatabase()
  const session = await database.connect()
  await session.query(initial)
  return { ...database, session }
}

async function dryRun(pool: Database, ...args: readonly string[]) {
  await using repo = await repository(files)
  const tool = ['--tool', 'numbered-sql', '--directory', 'migrations', '--format', 'json', '--quiet']
  const { code, stdout, stderr } = await runs(command, ['dry-run', ...tool, ...args], {
    cwd: repo.path,
    env: { MIGRATION_GATE_STAGING_URL: urlOf(pool), PGOPTIONS: '-c lock_timeout=0' },
  })
  expect(`${stdout}${stderr}`).not.toContain(pool.password)
  return { code, stderr, run: JSON.parse(stdout) }
}

describe.skipIf(!hasPgBouncer).each(['session', 'transaction'] as const)(`in %s mode${why}`, (mode) => {
  test('a plan and a try are as without it, and leave nothing in the session that others get next', async () => {
    await using database = await staging()
    const before = await everything(database.session)
    await using pool = await pgBouncer(database, mode)
    const planned = await dryRun(pool)
    expect([planned.stderr, planned.code, planned.run.notChecked]).toEqual(['', 1, []])
    const counted = planned.run.preconditions.map(({ needs, counted: { found } }: never) => [needs, found])
    expect(counted).toEqual([['no row of public.users has NULL in name', 3]])
    const tried = await dryRun(pool, '--mode', 'apply-and-rollback')
    expect([tried.code, tried.run.tried.outcome, tried.run.tried.error.sqlstate]).toEqual([1, 'failed', '23502'])
    expect(await everything(database.session)).toEqual(before)

    await using next = await pool.connect()
    const { rows } = await next.query(`
      SELECT (SELECT count(*)::int FROM pg_prepared_statements WHERE from_sql) AS prepared,
        (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory') AS locks,
        (SELECT json_agg(name) FROM pg_settings WHERE source = 'session' AND name NOT IN ('application_name', 'client_encoding')) AS settings`)
    expect(rows).toEqual([{ prepared: 0, locks: 0, settings: null }])
  }, 60_000)
})

describe.skipIf(!hasPgBouncer)(`refusals${why}`, () => {
  async function said(pool: Database, change: Partial<Database> = {}) {
    const { code, run } = await dryRun({ ...pool, ...change })
    return [code, run.notChecked.map(({ why }: { why: string }) => why)]
  }

  const pooler = (what: string) => [3, [`A pooler such as PgBouncer stands in between, ${what}`]]
  const full =
    'and has no connection left, or none to the server: try again later, or give the URL of the server itself.'

  test('statement mode, a password, a database, a server that is gone, a pool that is full', async () => {
    await using database = await staging()
    await using statement = await pgBouncer(database, 'statement')
    expect(await said(statement)).toEqual(
      pooler(
        'in statement mode, which knows no transactions: give the URL of the server itself, or of a pool in session or transaction mode.',
      ),
    )
    await using pool = await pgBouncer(database, 'transaction', { query_wait_timeout: '1' })
    expect(await said(pool, { password: 'Geheimnis' })).toEqual(pooler('and refuses the user or the password.'))
    expect(await said(pool, { name: 'nowhere' })).toEqual(
      pooler('and cannot connect to the server for this user and database: see its [databases] and auth_file.'),
    )
    await using gone = await pgBouncer({ ...database, port: 1 }, 'transaction', { query_wait_timeout: '2' })
    expect(await said(gone)).toEqual(pooler(full))
    await using holder = await pool.connect()
    await holder.query('BEGIN')
    expect(await said(pool)).toEqual(pooler(full))
  }, 60_000)
})
