import { describe, expect, test } from 'vitest'
import { putRows } from '../../src/rehearse/rows.ts'
import { testDatabase } from '../server.ts'

const none = { exclude: [], timeoutMs: 5_000 }

async function fill(schema: string, options: { exclude: readonly string[]; timeoutMs: number } = none) {
  const session = await testDatabase(schema)
  const rows = await putRows(session, options)
  return { session, rows: Object.fromEntries(rows) }
}

describe('rows', () => {
  test('hold what migrations trip over: NULL, the longest text, duplicates, every label', async () => {
    const { session, rows } = await fill(`
      CREATE TYPE plan AS ENUM ('free', 'paid', 'gone');
      CREATE TABLE users (
        id serial PRIMARY KEY, email text NOT NULL UNIQUE, name varchar(50) NOT NULL, phone varchar(20), age smallint, plan plan,
        balance numeric(6,2) NOT NULL)`)
    await using _ = session
    const { rows: found } = await session.query(`
      SELECT count(*) FILTER (WHERE phone IS NULL) > 0 AS null_phone, max(length(name)) AS longest_name, max(length(phone)) AS longest_phone,
        count(*) > count(DISTINCT name) AS same_names, count(DISTINCT email) = count(*) AS own_emails,
        array_agg(DISTINCT plan ORDER BY plan)::text AS plans, max(balance)::text AS most
      FROM users`)
    expect({ rows, found }).toEqual({
      rows: { 'public.users': 10 },
      found: [
        {
          null_phone: true,
          longest_name: 50,
          longest_phone: 20,
          same_names: true,
          own_emails: true,
          plans: '{free,paid,gone,NULL}',
          most: '9999.99',
        },
      ],
    })
  })

  test('are not written in the future where the default is the present', async () => {
    const { session } = await fill(`
      CREATE TABLE post (id serial PRIMARY KEY, made timestamp NOT NULL DEFAULT (now() AT TIME ZONE 'utc'),
        day date DEFAULT CURRENT_DATE, seen timestamptz DEFAULT now(), until timestamptz DEFAULT now() + interval '1 day', due date)`)
    await using _ = session
    const { rows } = await session.query(`
      SELECT max(made) > '9000-01-01' AS made, max(day) > '9000-01-01' AS day, max(seen) > '9000-01-01' AS seen,
        max(until) > '9000-01-01' AS until, max(due) > '9000-01-01' AS due FROM post`)
    expect(rows).toEqual([{ made: false, day: false, seen: false, until: true, due: true }])
  })

  test('keep to domains, checks over several columns, partitions, exclusions and foreign keys', async () => {
    const { session, rows } = await fill(`
      CREATE EXTENSION btree_gist;
      CREATE TYPE state AS ENUM ('new', 'paid');
      CREATE DOMAIN email AS text CHECK (VALUE ~ '^[^@]+@[^@]+$');
      CREATE TABLE org (id serial PRIMARY KEY, slug varchar(12) NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9-]+$'),
        parent_id int REFERENCES org, plan text NOT NULL CHECK (plan IN ('free', 'pro')));
      CREATE TABLE person (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), org_id int NOT NULL REFERENCES org, mail email NOT NULL,
        age smallint NOT NULL CHECK (age BETWEEN 18 AND 120), UNIQUE (org_id, mail));
      CREATE TABLE sale (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
        state state NOT NULL, paid_at timestamptz, CHECK ((state = 'paid') = (paid_at IS NOT NULL)));
      CREATE TABLE link (a int REFERENCES org, b int REFERENCES org, PRIMARY KEY (a, b), CHECK (a <> b));
      CREATE TABLE stay (room int NOT NULL, during daterange NOT NULL, EXCLUDE USING gist (room WITH =, during WITH &&));
      CREATE TABLE event (id bigint GENERATED ALWAYS AS IDENTITY, region text NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
      CREATE TABLE event_2024 PARTITION OF event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (region);
      CREATE TABLE event_2024_eu PARTITION OF event_2024 FOR VALUES IN ('eu');
      CREATE TABLE "Odd ""one" ("select" int PRIMARY KEY, "Ünï" text NOT NULL);
      CREATE TABLE later (flag bool UNIQUE DEFERRABLE INITIALLY DEFERRED, n int);
      CREATE TABLE nothing ()`)
    await using _ = session
    const enough = Object.entries(rows).map(([table, count]) => [table, count >= 3])
    expect(Object.fromEntries(enough)).toEqual({
      'public.event': true,
      'public.later': true,
      'public.link': true,
      'public.nothing': true,
      'public."Odd ""one"': true,
      'public.org': true,
      'public.person': true,
      'public.sale': true,
      'public.stay': true,
    })
  })

  test('are the same in every run', async () => {
    const schema = `CREATE TABLE a (id serial PRIMARY KEY, t text, r float8 DEFAULT random(), n numeric CHECK (n > 5), d date, x jsonb)`
    const contents = async () => {
      const { session } = await fill(schema)
      await using _ = session
      return (await session.query('SELECT a::text FROM a ORDER BY id')).rows
    }
    const first = await contents()
    expect(first).toHaveLength(10)
    expect(await contents()).toEqual(first)
  })

  test('stay away from rows that are there, bookkeeping and excluded tables', async () => {
    const { session, rows } = await fill(
      `CREATE TABLE country (code text PRIMARY KEY); INSERT INTO country VALUES ('de'), ('fr'), ('it');
       CREATE TABLE schema_version (version varchar(50) PRIMARY KEY); INSERT INTO schema_version VALUES ('1.0.0');
       CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
       CREATE TABLE short (code text PRIMARY KEY); INSERT INTO short VALUES ('de')`,
      { exclude: ['public.alembic_version'], timeoutMs: 5_000 },
    )
    await using _ = session
    const { rows: kept } = await session.query(
      `SELECT (SELECT count(*)::int FROM alembic_version), EXISTS (SELECT FROM short WHERE code = 'de') AS kept`,
    )
    expect({ rows, kept }).toEqual({
      rows: { 'public.country': 3, 'public.schema_version': 1, 'public.short': 10 },
      kept: [{ count: 0, kept: true }],
    })
  })

  test('come again for a column that an earlier migration added', async () => {
    const { session } = await fill('CREATE TABLE a (id serial PRIMARY KEY, t text)')
    await using _ = session
    await session.query('ALTER TABLE a ADD COLUMN phone varchar(20)')
    const again = await putRows(session, none)
    const { rows } = await session.query('SELECT max(length(phone)) AS longest FROM a')
    expect({ again: Object.fromEntries(again), rows }).toEqual({ again: { 'public.a': 14 }, rows: [{ longest: 20 }] })
  })

  test('depend on no search_path, and leave no function, type, table or setting behind', async () => {
    const session = await testDatabase(`
      CREATE SCHEMA trap;
      CREATE FUNCTION trap.count(anyelement) RETURNS bigint LANGUAGE sql AS 'SELECT 999::bigint';
      CREATE FUNCTION trap.literal(text) RETURNS text LANGUAGE sql AS 'SELECT NULL::text';
      CREATE TABLE trap.pg_class (id int); CREATE TABLE a (id serial PRIMARY KEY, t text);
      SET search_path = trap, pg_catalog`)
    await using _ = session
    const objects = `SELECT (SELECT pg_catalog.count(*) FROM pg_catalog.pg_class) + (SELECT pg_catalog.count(*) FROM pg_catalog.pg_proc)
      + (SELECT pg_catalog.count(*) FROM pg_catalog.pg_type) AS objects`
    const before = await session.query(objects)
    const rows = await putRows(session, none)
    const after = await session.query(objects)
    expect({ rows: Object.fromEntries(rows), after: after.rows }).toEqual({
      rows: { 'public.a': 10, 'trap.pg_class': 10 },
      after: before.rows,
    })
  })

  test('end in time where a trigger waits, and reach the other tables', async () => {
    const started = performance.now()
    const { session, rows } = await fill(
      `CREATE TABLE slow (id int); CREATE TABLE quick (id int);
       CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1e6); RETURN NEW; END $$;
       CREATE TRIGGER wait BEFORE INSERT ON slow FOR EACH ROW EXECUTE FUNCTION wait()`,
      { exclude: [], timeoutMs: 300 },
    )
    await using _ = session
    expect(rows).toEqual({ 'public.quick': 10, 'public.slow': 0 })
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  test('a table that cannot have any says so', async () => {
    const { session, rows } = await fill('CREATE TABLE closed (id int CHECK (false))')
    await using _ = session
    expect(rows).toEqual({ 'public.closed': 0 })
  })
})
