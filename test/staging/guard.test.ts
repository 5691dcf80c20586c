import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database, Server, Session } from '../../src/postgres/server.ts'
import { snapshot } from '../../src/postgres/snapshot.ts'
import { openStaging } from '../../src/staging/session.ts'
import { repository } from '../repository.ts'
import { ownServer } from '../server.ts'
import { bundled, runs } from './bundled.ts'
import { fakeServer } from './fake-server.ts'
import { planOf, urlOf } from './staging.ts'

// A server of its own: transaction numbers and roles are the whole server's.
let server: Server
let command: string
beforeAll(async () => {
  server = await ownServer()
  command = await bundled()
}, 120_000)
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await rm(dirname(command), { recursive: true, force: true })
})

const limits = { lockTimeoutMs: 700, statementTimeoutMs: 9000 }

const before = `
  CREATE TABLE schema_version (version text PRIMARY KEY, applied_at timestamptz DEFAULT now());
  CREATE TABLE users (id serial PRIMARY KEY, email text, name text);
  CREATE FUNCTION slow(text) RETURNS boolean STABLE LANGUAGE sql AS 'SELECT pg_sleep(20) IS NOT NULL';
  CREATE FUNCTION writes(text) RETURNS boolean VOLATILE LANGUAGE sql AS 'INSERT INTO users (email) VALUES (1); SELECT true';
  CREATE FUNCTION ends(int) RETURNS boolean STABLE LANGUAGE sql AS 'SELECT pg_terminate_backend($1)';
  INSERT INTO users (email) VALUES ('a@example.test'), ('a@example.test'), (NULL);
  INSERT INTO schema_version VALUES ('001');`
const files = {
  '001_users.sql': before,
  '002_unique.sql': `ALTER TABLE users ADD UNIQUE (email);
ALTER TABLE users ADD CHECK (nextval('users_id_seq') > 0);
ALTER TABLE users ADD CHECK (writes(email));
ALTER TABLE users ADD CHECK (pg_terminate_backend(id));
ALTER TABLE users ADD CHECK (ends(id));
ALTER TABLE users ALTER COLUMN name SET NOT NULL;
`,
}

async function staging(sql = before): Promise<Database & { session: Session }> {
  const database = await server.createDatabase()
  {
    await using maker = await database.connect()
    await maker.query(sql)
    await maker.query('VACUUM (ANALYZE)')
  }
  const session = await database.connect()
  // Its counters arrive when the session that wrote has ended.
  const written = async () => {
    const { rows } = await session.query<{ rows: string }>(
      'SELECT coalesce(sum(n_tup_ins), 0) AS rows FROM pg_stat_user_tables',
    )
    return Number(rows[0]?.rows)
  }
  while ((await written()) < 4) await delay(50)
  return {
    ...database,
    session,
    async [Symbol.asyncDispose]() {
      await session[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

/** Whatever a writer would leave behind: schema, rows, sequences, transaction numbers, counters of writes. */
async function state(session: Session) {
  await session.query('SELECT pg_stat_clear_snapshot()')
  const { rows } = await session.query<Record<string, unknown>>(`
    SELECT txid_snapshot_xmax(txid_current_snapshot())::text AS "nextTransaction",
      (SELECT last_value::text || is_called FROM users_id_seq) AS sequence,
      (SELECT json_agg(u ORDER BY id) FROM users u) AS users,
      (SELECT json_agg(v ORDER BY version) FROM schema_version v) AS versions,
      (SELECT json_agg(json_build_array(relname, n_tup_ins, n_tup_upd, n_tup_del) ORDER BY relname) FROM pg_stat_user_tables) AS writes,
      (SELECT json_agg(json_build_array(relname, relpages, reltuples) ORDER BY oid) FROM pg_class WHERE relkind = 'r' AND oid > 16383) AS statistics`)
  return { ...rows[0], schema: await snapshot(session, { exclude: [] }) }
}

describe('nothing changes', () => {
  test('by a plan, whatever the migrations would call', async () => {
    await using on = await staging()
    const first = await state(on.session)
    const run = await planOf(files, urlOf(on))
    expect(run.preconditions.map(({ needs, counted }) => [needs, counted])).toEqual([
      ['no two rows of public.users have the same email', { how: 'exact', found: 1 }],
      [
        "every row of public.users fulfils nextval('users_id_seq') > 0",
        { how: 'not-counted', why: 'it calls nextval, which may do more than read' },
      ],
      [
        'every row of public.users fulfils writes(email)',
        { how: 'not-counted', why: 'it calls writes, which may do more than read' },
      ],
      [
        'every row of public.users fulfils pg_terminate_backend(id)',
        { how: 'not-counted', why: 'it calls pg_terminate_backend, which may do more than read' },
      ],
      [
        'every row of public.users fulfils ends(id)',
        { how: 'not-counted', why: 'it calls code that may do more than read (function public.ends)' },
      ],
      ['no row of public.users has NULL in name', { how: 'exact', found: 3 }],
    ])
    expect(await state(on.session)).toEqual(first)
  })

  test.each(['SIGKILL', 'SIGTERM'] as const)(
    'when the command is ended in the middle of a count by %s',
    async (signal) => {
      await using on = await staging()
      const first = await state(on.session)
      await using repo = await repository({
        'migrations/001_users.sql': before,
        'migrations/002_check.sql': 'ALTER TABLE users ADD CHECK (slow(email));',
      })
      const running = `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`
      const busy = async () =>
        (await on.session.query<{ count: number }>(`${running} AND query LIKE '%slow%'`)).rows[0]?.count
      const { code, stdout, stderr } = await runs(
        command,
        ['dry-run', '--tool', 'numbered-sql', '--directory', 'migrations'],
        {
          cwd: repo.path,
          env: { MIGRATION_GATE_STAGING_URL: urlOf(on) },
          async meanwhile(kill) {
            for (let i = 0; i < 300 && (await busy()) !== 1; i++) await delay(100)
            expect(await busy()).toBe(1)
            kill(signal)
          },
        },
      )
      expect({ code, stdout }, stderr).toEqual({ code: signal === 'SIGKILL' ? null : 3, stdout: '' })
      // client_connection_check_interval: the server notices by itself, long before the function has slept enough.
      for (let i = 0; i < 50 && (await busy()) !== 0; i++) await delay(200)
      expect(await busy()).toBe(0)
      expect(await state(on.session)).toEqual(first)
    },
    60_000,
  )
})

describe('the limits', () => {
  test('hold whatever the URL and the role say', async () => {
    await using on = await staging()
    await on.session.query(`CREATE ROLE lax LOGIN PASSWORD 'lax' SUPERUSER; ALTER ROLE lax SET statement_timeout = 0;
      ALTER ROLE lax SET lock_timeout = 0; ALTER ROLE lax SET search_path = 'elsewhere';
      ALTER DATABASE "${on.name}" SET lock_timeout = 0; ALTER ROLE lax IN DATABASE "${on.name}" SET idle_in_transaction_session_timeout = 0;
      ALTER ROLE lax SET default_transaction_isolation = 'serializable'; ALTER ROLE lax SET role = 'postgres'`)
    const url = `postgres://lax:lax@${on.host}:${on.port}/${on.name}?sslmode=disable&statement_timeout=0&lock_timeout=0&application_name=evil&options=-c%20statement_timeout%3D0%20-c%20default_transaction_read_only%3Doff&idle_in_transaction_session_timeout=0`
    await using guarded = await openStaging({ url, limits })
    const settings = await guarded.read(async (session) => {
      const { rows } = await session.query(
        `SELECT name, setting FROM pg_settings WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout',
           'transaction_read_only', 'application_name', 'search_path') ORDER BY name`,
      )
      return rows.map(({ name, setting }) => `${name} ${setting}`)
    })
    expect(settings).toEqual([
      'application_name migration-gate',
      'idle_in_transaction_session_timeout 10000',
      'lock_timeout 700',
      'search_path "pg_catalog"',
      'statement_timeout 9000',
      'transaction_read_only on',
    ])
    const sqlstate = (sql: string) =>
      guarded
        .read((session) => session.query(sql))
        .then(
          () => 'ok',
          (error: { sqlstate?: string }) => error.sqlstate,
        )
    expect(await sqlstate('CREATE TABLE public.mine ()')).toBe('25006')
    expect(await sqlstate(`SELECT nextval('public.users_id_seq')`)).toBe('25006')
    expect(await sqlstate('SET TRANSACTION READ WRITE')).toBe('25001')
    await on.session.query('BEGIN; LOCK TABLE users')
    expect(await sqlstate('SELECT * FROM public.users')).toBe('55P03')
    await on.session.query('ROLLBACK')
  })

  test('a table that is locked is told, not waited for', async () => {
    await using on = await staging()
    await using other = await on.connect()
    await other.query('BEGIN; LOCK TABLE users')
    const run = await planOf(files, urlOf(on), { lockTimeoutMs: 200 })
    expect(run.notChecked).toContainEqual({
      what: 'The size of public.users',
      why: 'Somebody holds a lock on it that shuts out even readers, and did not let go within lock_timeout.',
    })
  })
})

test('a count gives way to an ALTER TABLE, behind which all others would wait', async () => {
  await using on = await staging()
  await using other = await on.connect()
  const planning = planOf(
    { '001_users.sql': before, '002_check.sql': 'ALTER TABLE users ADD CHECK (slow(email));' },
    urlOf(on),
    { lockTimeoutMs: 1000, statementTimeoutMs: 15_000 },
  )
  const counting = `SELECT FROM pg_stat_activity WHERE query LIKE 'SELECT count(%slow%' AND state = 'active' AND pid <> pg_backend_pid()`
  while ((await other.query(counting)).rows.length === 0) await delay(50)
  // More than the count has left would fail here.
  await other.query(`SET lock_timeout = '1s'; ALTER TABLE users ADD COLUMN another int`)
  const { preconditions, notChecked } = await planning
  const why = 'somebody waited for the table, and the count gave way'
  expect([preconditions.map(({ counted }) => counted), notChecked.map((each) => each.why)]).toEqual([
    [{ how: 'not-counted', why }],
    [`It was not counted: ${why}.`],
  ])
}, 30_000)

describe('a refusal is one sentence without a secret, and exit code 3', () => {
  async function told(url: string) {
    await using repo = await repository({ 'migrations/001_users.sql': before })
    const args = ['dry-run', '--tool', 'numbered-sql', '--directory', 'migrations', '--quiet']
    const { code, stdout, stderr } = await runs(command, args, {
      cwd: repo.path,
      env: { MIGRATION_GATE_STAGING_URL: url },
    })
    expect(`${stdout}${stderr}`).not.toMatch(/Geheim|127\.0\.0\.1|nowhere|somebody/)
    return { code, said: stdout.split('\n')[1]?.trim(), stderr }
  }
  const failed = (said: string) => ({ code: 3, said, stderr: '' })

  test('a URL that is none', async () => {
    expect(await told('mysql://somebody:Geheimnis@nowhere/app')).toEqual(
      failed(
        'The URL of the PostgreSQL to use cannot be read. Give one as postgres://user:password@host:5432/database.',
      ),
    )
  })

  test('the password, the database, the host, the port', async () => {
    await using on = await staging()
    await on.session.query(`CREATE ROLE somebody LOGIN PASSWORD 'right'`)
    const at = (user: string, rest = `127.0.0.1:${on.port}/${on.name}`) => `postgres://${user}@${rest}?sslmode=disable`
    expect(await told(at('somebody:Geheimnis'))).toEqual(failed('The server refuses the user or the password. (28P01)'))
    expect(await told(at('somebody:right', `127.0.0.1:${on.port}/nowhere`))).toEqual(
      failed('There is no database of that name on the server. (3D000)'),
    )
    expect(await told(at('somebody:right', 'nowhere.invalid/app'))).toEqual(
      failed('The name of the host is not known (ENOTFOUND).'),
    )
    expect(await told(at('somebody:right', '127.0.0.1:1/app'))).toEqual(
      failed('No server listens at that host and port (ECONNREFUSED).'),
    )
  }, 60_000)

  test('a role that may read everything is enough; one that may not is told what it lacks', async () => {
    await using on = await staging()
    await on.session.query(`
      CREATE ROLE reader LOGIN PASSWORD 'reader' IN ROLE pg_monitor; ALTER ROLE reader SET default_transaction_read_only = on;
      GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader; CREATE ROLE stranger LOGIN PASSWORD 'stranger' IN ROLE pg_monitor`)
    const url = (role: string) => urlOf({ ...on, user: role, password: role })
    const first = { '001_users.sql': before, '002_unique.sql': 'ALTER TABLE users ADD UNIQUE (email);' }
    const run = await planOf(first, url('reader'))
    expect([run.notChecked, run.preconditions.map(({ counted }) => counted)]).toEqual([
      [],
      [{ how: 'exact', found: 1 }],
    ])
    expect(await told(url('stranger'))).toEqual(
      failed(
        'The version table could not be read. The user lacks a privilege: it needs CONNECT on the database, USAGE on the schemas and SELECT on the tables, and BYPASSRLS where policies hide rows from it. (42501)',
      ),
    )
    await on.session.query('GRANT SELECT ON schema_version TO stranger')
    const partly = await planOf(first, url('stranger'))
    await on.session.query(
      `ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY few ON users USING (id > 1); GRANT SELECT ON users TO stranger`,
    )
    // Among the rows that it may see there would be no two that are the same.
    expect((await planOf(first, url('stranger'))).notChecked).toEqual(partly.notChecked)
    expect(partly.notChecked).toEqual([
      {
        what: 'Whether no two rows of public.users have the same email',
        why: 'It was not counted: the role may not read the table (GRANT SELECT), or a policy hides rows from it (BYPASSRLS).',
      },
    ])
  }, 60_000)

  test('an older server, poolers, one that never answers', async () => {
    await using old = await fakeServer({ version: 90624, said: '9.6.24' })
    await using pooler = await fakeServer({ refuses: ['08P01', 'unsupported startup parameter: options'] })
    await using full = await fakeServer({ refuses: ['08P01', 'query_wait_timeout'] })
    await using swallows = await fakeServer({ version: 170_005, said: '17.5' })
    await using silent = await fakeServer('silent')
    const url = ({ port }: { port: number }) => `postgres://somebody:Geheimnis@127.0.0.1:${port}/app?sslmode=disable`
    expect(await told(url(old))).toEqual(failed('The database runs PostgreSQL 9.6.24; the dry run needs 12 or newer.'))
    expect(await told(url(pooler))).toEqual(
      failed(
        'A pooler such as PgBouncer stands in between, and refuses settings at the start of a connection: give the URL of the server itself.',
      ),
    )
    expect(await told(url(full))).toEqual(
      failed(
        'A pooler such as PgBouncer stands in between, and has no connection left, or none to the server: try again later, or give the URL of the server itself.',
      ),
    )
    expect(await told(url(swallows))).toEqual(
      failed(
        'The limits of the dry run do not hold: lock_timeout was set to 2000 and the server says nothing. A pooler or a proxy may stand in between; give the URL of the server itself.',
      ),
    )
    expect(await told(url(silent))).toEqual(
      failed(
        'The server cannot be reached: nothing answers at that host and port. Is it inside a network that this machine is not in?',
      ),
    )
  }, 90_000)
})
