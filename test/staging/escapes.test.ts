import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database, Server, Session } from '../../src/postgres/server.ts'
import { applyAndRollBack } from '../../src/staging/apply.ts'
import { openStaging } from '../../src/staging/session.ts'
import { ownServer } from '../server.ts'
import { everything, migration, urlOf } from './staging.ts'

// What a script can do that no rollback takes back: each is not run, and told; or it runs, and nothing is left of it.

let server: Server
let database: Database
let session: Session
beforeAll(async () => {
  server = await ownServer()
  database = await server.createDatabase()
  session = await database.connect()
  const port = String(database.port)
  await session.query(`
    CREATE ROLE migrator LOGIN PASSWORD 'm'; GRANT CREATE, USAGE ON SCHEMA public TO migrator;
    CREATE ROLE other; CREATE SCHEMA remote; CREATE EXTENSION dblink SCHEMA remote; CREATE EXTENSION file_fdw;
    CREATE SERVER files FOREIGN DATA WRAPPER file_fdw; CREATE FOREIGN TABLE ran (line text) SERVER files OPTIONS (program 'touch /nowhere/ran');
    ALTER FOREIGN TABLE ran OWNER TO migrator; GRANT USAGE ON SCHEMA remote TO migrator;
    SET ROLE migrator;
    CREATE TABLE public.schema_version (version text);
    CREATE TABLE public.users (id bigserial PRIMARY KEY, email text);
    CREATE TABLE public.audit (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, what text);
    CREATE TABLE public.team (id int PRIMARY KEY, boss int, FOREIGN KEY (boss) REFERENCES public.team (id) DEFERRABLE INITIALLY DEFERRED);
    CREATE SEQUENCE public.tickets;
    CREATE FUNCTION public.noted() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO public.audit (what) VALUES (NEW.email); RETURN NEW; END $$;
    CREATE TRIGGER noted AFTER INSERT ON public.users FOR EACH ROW EXECUTE FUNCTION public.noted();
    CREATE FUNCTION public.draw() RETURNS bigint LANGUAGE sql AS $$ SELECT nextval('public.tickets') $$;
    CREATE PROCEDURE public.in_two_steps() LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO public.users (email) VALUES ('kept'); COMMIT; END $$;
    CREATE FUNCTION public.elsewhere() RETURNS text LANGUAGE sql AS
      $$ SELECT remote.dblink_exec('host=127.0.0.1 port=${port} user=migrator password=m dbname=${database.name}', 'CREATE TABLE public.escaped ()') $$;
    CREATE FUNCTION public.twice_removed() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN public.elsewhere(); END $$;
    INSERT INTO public.users (email) SELECT 'u' || i FROM generate_series(1, 10) i;
    SELECT nextval('public.tickets');
    RESET ROLE;`)
}, 60_000)
afterAll(async () => {
  await session[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

async function tried(sql: string, role?: { user: string; password: string }) {
  const url = urlOf({ ...database, ...role })
  await using staging = await openStaging({ url, limits: { lockTimeoutMs: 300, statementTimeoutMs: 5000 } })
  const { signal } = new AbortController()
  const versions = { table: 'public.schema_version', exists: true }
  const before = await everything(session)
  const found = await applyAndRollBack(staging, { migrations: [await migration('002', sql)], versions, signal })
  expect(await everything(session)).toEqual(before)
  expect(found.movedSequences).toEqual([])
  return {
    ran: found.statements.length,
    error: found.error && `${found.error.sqlstate} ${found.error.message}`,
    told: found.leftOut.map(({ why }) => why),
  }
}

const migrator = { user: 'migrator', password: 'm' }

describe('runs, and nothing is left of it', () => {
  test.each([
    ['numbers that a trigger draws', `INSERT INTO users (email) VALUES ('a')`],
    ['numbers that a function draws', `SELECT draw()`],
    ['numbers that a view draws', `CREATE VIEW v AS SELECT draw() AS n FROM users;\nSELECT * FROM v;`],
    ['numbers that a default draws', `ALTER TABLE users ADD COLUMN n bigint DEFAULT nextval('tickets')`],
    ['numbers of a sequence with a new name', `ALTER SEQUENCE tickets RENAME TO billets;\nSELECT nextval('billets');`],
    [
      'rows of a table with a new name',
      `ALTER TABLE users RENAME TO people;\nINSERT INTO people (email) VALUES ('p');`,
    ],
    [
      'numbers behind a savepoint',
      `SAVEPOINT a;\nINSERT INTO audit (what) VALUES ('b');\nROLLBACK TO a;\nINSERT INTO audit (what) VALUES ('c');`,
    ],
    [
      'numbers that its own function draws',
      `CREATE FUNCTION mine() RETURNS bigint LANGUAGE sql AS $$ SELECT nextval('tickets') $$;\nSELECT mine();`,
    ],
    ['numbers that a prepared statement draws', `PREPARE p AS INSERT INTO audit (what) VALUES ('x');\nEXECUTE p;`],
    ['a table whose rows are elsewhere', 'ALTER FOREIGN TABLE ran RENAME TO run'],
    ['setval', `SELECT setval('tickets', 500)`],
    ['a name in two parts', `DO $$ BEGIN EXECUTE 'SELECT set' || 'val(''tick' || 'ets'', 999)'; END $$`],
    ['NOTIFY, LISTEN', `NOTIFY hello, 'x';\nSELECT pg_notify('hello', 'y');\nLISTEN hello;`],
    ['temporary objects', `CREATE TEMP TABLE t (id serial);\nINSERT INTO t DEFAULT VALUES;`],
    ['a cursor that outlives its transaction', 'DECLARE c CURSOR WITH HOLD FOR SELECT 1'],
    ['an advisory lock of the session', 'SELECT pg_advisory_lock(77)'],
    ['a large object', 'SELECT lo_create(4242)'],
    ['settings of a role', `ALTER ROLE migrator SET work_mem = '1MB'`],
  ])('%s', async (_, sql) => {
    expect(await tried(sql, migrator)).toEqual({ ran: sql.split(/;\n/).length, error: undefined, told: [] })
  })
})

describe('is not run, and told', () => {
  const outside = 'which no rollback takes back.'
  const own = 'The script opens or ends a transaction, and there is one around all of it already.'
  const refused = 'PostgreSQL refuses in a transaction what it does, such as to end one.'
  const files = 'It reaches files or programs of the server.'
  test.each([
    ['CALL in_two_steps()', refused],
    ['DO $$ BEGIN CALL in_two_steps(); END $$', refused],
    [`DO $$ BEGIN INSERT INTO users (email) VALUES ('x'); COMMIT; END $$`, own],
    [`DO $$ BEGIN EXECUTE 'COM' || 'MIT'; END $$`, own],
    [`PREPARE TRANSACTION 'x'`, own],
    [`COMMIT PREPARED 'x'`, `It ends a transaction, ${outside}`],
    [`COPY users TO PROGRAM 'cat'`, files],
    [`COPY users FROM '/etc/passwd'`, files],
    [`DO $$ BEGIN EXECUTE 'CO' || 'PY users TO PROG' || 'RAM ''cat'''; END $$`, files],
    [
      'SELECT elsewhere()',
      `It reaches other servers over a connection of its own (in function public.elsewhere), ${outside}`,
    ],
    [
      'SELECT twice_removed()',
      `It reaches other servers over a connection of its own (in function public.elsewhere), ${outside}`,
    ],
    [`SELECT remote.dblink_exec('x', 'y')`, `It reaches other servers over a connection of its own, ${outside}`],
    [
      'INSERT INTO users (email) SELECT line FROM ran',
      'It may reach table public.ran, whose rows are elsewhere, and what that moves there no rollback takes back.',
    ],
    [
      `DO $$ BEGIN EXECUTE format('SELECT nextval(%L)', lower('TICKETS')); END $$`,
      `It puts SQL together while it runs, and dblink is installed: what that does outside of a transaction, no rollback takes back. Use the role of the migrations.`,
    ],
    ['CREATE DATABASE other', `It acts on the server as a whole, ${outside}`],
    [`ALTER DATABASE postgres SET work_mem = '1MB'`, `It acts on the server as a whole, ${outside}`],
    [`ALTER SYSTEM SET work_mem = '1MB'`, 'PostgreSQL refuses ALTER SYSTEM in a transaction.'],
    ['SELECT pg_terminate_backend(1)', `It ends the work of others, ${outside}`],
    [`SELECT lo_import('/etc/hostname')`, `It reaches files of the server, ${outside}`],
    [`SELECT pg_read_file('/etc/hostname')`, `It acts on the server as a whole, ${outside}`],
    ['SET SESSION AUTHORIZATION other', 'session_authorization is set by the dry run, and a script may not loosen it.'],
    ['SET LOCAL ROLE other', 'role is set by the dry run, and a script may not loosen it.'],
    ['CHECKPOINT', `It acts on the server as a whole, ${outside}`],
    [`LOAD 'auto_explain'`, `It loads code of the server into the session, ${outside}`],
    ['SELECT pg_stat_statements_reset()', `It acts on the server as a whole, ${outside}`],
  ])('%s', async (sql, told) => {
    expect(await tried(sql, migrator)).toEqual({ ran: 0, error: undefined, told: [told] })
    expect(await tried(sql)).toEqual({
      ran: 0,
      error: undefined,
      told: [told.replace('dblink is installed', 'this role is a superuser')],
    })
  })
})

test('a sequence that somebody holds, or that is somebody else’s: the statement is not run', async () => {
  await using other = await database.connect()
  await other.query(`BEGIN; SELECT nextval('tickets')`)
  const why = 'It may draw from public.tickets, which no rollback takes back'
  expect(await tried(`SELECT nextval('tickets');\nINSERT INTO users (email) VALUES ('b');`, migrator)).toEqual({
    ran: 1,
    error: undefined,
    told: [`${why}: somebody holds it in an open transaction, and did not let go within lock_timeout.`],
  })
  await other.query('ROLLBACK; ALTER SEQUENCE tickets OWNER TO other; GRANT USAGE ON SEQUENCE tickets TO migrator')
  expect(await tried(`SELECT nextval('tickets')`, migrator)).toEqual({
    ran: 0,
    error: undefined,
    told: [`${why}, and which only its owner can keep from moving.`],
  })
  await other.query('ALTER SEQUENCE tickets OWNER TO migrator')
}, 20_000)

test('a constraint that is looked at on COMMIT fails as it would there', async () => {
  expect(await tried('INSERT INTO team VALUES (1, 2);\nINSERT INTO team VALUES (2, 1);', migrator)).toEqual({
    ran: 2,
    error: undefined,
    told: [],
  })
  expect(await tried('INSERT INTO team VALUES (1, 2);', migrator)).toEqual({
    ran: 1,
    error: '23503 insert or update on table "team" violates foreign key constraint "team_boss_fkey"',
    told: [],
  })
})

test('an error tells no value of a row', async () => {
  expect((await tried('ALTER TABLE users ALTER COLUMN email TYPE int USING email::int', migrator)).error).toBe(
    '22P02 invalid input syntax for type integer: "…"',
  )
})

test('an update makes nobody wait for a number', async () => {
  await using other = await database.connect()
  await using staging = await openStaging({
    url: urlOf(database),
    limits: { lockTimeoutMs: 300, statementTimeoutMs: 5000 },
  })
  const sql = `UPDATE audit SET what = 'x' WHERE id = 1;\nSELECT pg_sleep(1);`
  const trying = applyAndRollBack(staging, {
    migrations: [await migration('002', sql)],
    versions: { table: 'public.schema_version', exists: true },
    signal: new AbortController().signal,
  })
  const isAsleep = `SELECT FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'`
  while ((await other.query(isAsleep)).rows.length === 0) await delay(20)
  await other.query(`SET lock_timeout = '300ms'; BEGIN; SELECT nextval('audit_id_seq'); ROLLBACK`)
  expect((await trying).outcome).toBe('ok')
})
