import { describe, expect, test } from 'vitest'
import { rules } from '../../rules/index.ts'
import { observe } from '../../src/lint/lint.ts'
import type { Migration, ParsedMigration } from '../../src/model/migration.ts'
import type { OldQuery } from '../../src/model/old-code.ts'
import { parseMigration } from '../../src/parse/parse.ts'
import { rehearse } from '../../src/rehearse/rehearse.ts'
import { script } from '../examples.ts'
import { testDatabase, testServer } from '../server.ts'

async function migration(id: string, sql: string, status: Migration['status']): Promise<ParsedMigration> {
  const file = `${id}.sql`
  const up = script('up', file, sql)
  return await parseMigration(
    { id, name: id, file, parents: [], up, down: undefined, status },
    { defaultSchema: 'public' },
  )
}

async function rehearsed(before: string, up: string, queries: readonly OldQuery[] = [], next?: string) {
  const migrations = [await migration('001', before, 'base'), await migration('002', up, 'new')]
  if (next !== undefined) migrations.push(await migration('003', next, 'new'))
  const { roundTrips, notChecked } = await rehearse({
    repository: '/nowhere',
    project: { tool: 'numbered-sql', directory: '' },
    migrations,
    server: await testServer(),
    alembic: undefined,
    timeoutMs: 60_000,
    queries,
    environment: {},
    signal: new AbortController().signal,
    log: () => undefined,
  })
  const own = rules.filter(({ name }) => oldCodeRules.has(name))
  const findings = observe({ tool: 'numbered-sql', migrations }, roundTrips, own)
  return { trip: roundTrips.get(next === undefined ? '002' : '003'), notChecked, findings }
}

const oldCodeRules = new Set([
  'ambiguous-overload',
  'arbiter-index-lost',
  'cached-plan-change',
  'lost-grants',
  'old-code-breaks',
  'stale-index-function',
])

/** What old code meets, a line each; then what was not checked. */
async function told(before: string, up: string, queries: readonly OldQuery[] = []): Promise<string[]> {
  const { trip, notChecked } = await rehearsed(before, up, queries)
  return [
    ...(trip?.steps.flatMap(({ error }) => (error ? [`the upgrade fails: ${error.message}`] : [])) ?? []),
    ...(trip?.oldCode ?? []).map(
      ({ verb, object, role, outcome, sqlstate, message, isDirect, because }) =>
        `${verb}${object ? ` ${object}` : ''}${role ? ` as ${role}` : ''} ${outcome} (${sqlstate}): ${message}${isDirect || !object ? '' : ' [indirect]'} <- ${because?.line}`,
    ),
    ...(trip?.lost ?? []).map(
      ({ kind, object, what, because }) => `lost with ${kind} ${object}: ${what.join(', ')} <- ${because?.line}`,
    ),
    ...(trip?.stale ?? []).map(
      ({ function: called, kind, object, because }) => `stale: ${kind} ${object} by ${called} <- ${because?.line}`,
    ),
    ...notChecked.map(({ what, why, at }) => `not checked: ${what}: ${why} <- ${at?.line}`),
  ]
}

const users = `CREATE TABLE users (id serial PRIMARY KEY, email varchar(50) NOT NULL UNIQUE, name text, status text NOT NULL DEFAULT 'new');
CREATE VIEW active AS SELECT id, email FROM users WHERE status <> 'gone';`
const audited = `${users}
CREATE TABLE audit (at timestamptz DEFAULT now(), who text);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO audit (who) VALUES (NEW.email); RETURN NULL; END $$;
CREATE TRIGGER users_note AFTER INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION note();`

describe('a purely additive change', () => {
  test.each([
    ['a new table that points to an old one', 'CREATE TABLE orders (id int PRIMARY KEY, owner int REFERENCES users);'],
    ['a nullable column', 'ALTER TABLE users ADD COLUMN phone text;'],
    ['a column with a default', "ALTER TABLE users ADD COLUMN phone text NOT NULL DEFAULT '';"],
    [
      'indexes and checks',
      'CREATE INDEX ON users (name); CREATE UNIQUE INDEX ON users (id, name); ALTER TABLE users ADD CHECK (length(name) < 0) NOT VALID;',
    ],
    [
      'a new view and a new function',
      "CREATE VIEW names AS SELECT name FROM users; CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';",
    ],
    [
      'a longer varchar',
      'DROP VIEW active; ALTER TABLE users ALTER COLUMN email TYPE varchar(90); CREATE VIEW active AS SELECT id, email FROM users;',
    ],
    [
      'NOT NULL where there is no NULL',
      "UPDATE users SET name = '' WHERE name IS NULL; ALTER TABLE users ALTER COLUMN name SET NOT NULL;",
    ],
    [
      'a value for an enum, a trigger, a view with one column more',
      "ALTER TYPE mood ADD VALUE 'glad'; CREATE TRIGGER again AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION note(); CREATE OR REPLACE VIEW active AS SELECT id, email, name FROM users;",
    ],
  ])('%s breaks nothing', async (_, up) => {
    const before = `${audited} CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE moods (m mood PRIMARY KEY);`
    const { trip, notChecked, findings } = await rehearsed(before, up)
    expect({
      steps: trip?.steps[0]?.error,
      fails: trip?.oldCode?.filter(
        ({ outcome, changed }) => outcome === 'fails' || changed.some(({ how }) => how !== 'added' && how !== 'type'),
      ),
      lost: trip?.lost,
      stale: trip?.stale,
      notChecked,
      findings,
    }).toEqual({ steps: undefined, fails: [], lost: [], stale: [], notChecked: [], findings: [] })
  })
})

describe('what the running release would meet', () => {
  test('a dropped column, on which a function rests, too', async () => {
    const names = `CREATE FUNCTION names() RETURNS SETOF text LANGUAGE sql AS 'SELECT name FROM users';`
    expect(await told(`${audited} ${names}`, 'ALTER TABLE users DROP COLUMN name;')).toEqual([
      'SELECT public.users fails (42703): column "name" does not exist <- 1',
      'SELECT * public.users changes (0A000): no column name any more <- 1',
      'INSERT public.users fails (42703): column "name" of relation "users" does not exist <- 1',
      'INSERT … ON CONFLICT public.users fails (42703): column "name" of relation "users" does not exist <- 1',
      'UPDATE public.users fails (42703): column "name" does not exist <- 1',
      'body public.names() fails (42703): column "name" does not exist [indirect] <- 1',
    ])
  })

  test('a trigger of one table that writes another', async () => {
    const lines = await told(audited, 'CREATE INDEX ON users (name);\nALTER TABLE audit RENAME COLUMN who TO actor;')
    expect(lines.filter((line) => line.includes('public.users'))).toEqual([
      'INSERT public.users fails (42703): column "who" of relation "audit" does not exist [indirect] <- 2',
    ])
  })

  test('a trigger that breaks the next release as well, though that names the dropped column no more', async () => {
    const lower = `CREATE FUNCTION low() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := lower(NEW.name); RETURN NEW; END $$;
CREATE TRIGGER users_low BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION low();`
    const { findings } = await rehearsed(`${users} ${lower}`, 'ALTER TABLE users DROP COLUMN name;')
    expect(findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      'old-code-breaks: A statement on public.users that the running release may send fails after 002: column "name" does not exist.',
      'old-code-breaks: A statement on public.users, which rests on this, fails after 002: record "new" has no field "name".',
    ])
  })

  test('a required column, and a default that is gone', async () => {
    expect(
      await told(
        users,
        'DELETE FROM users;\nALTER TABLE users ADD COLUMN phone text NOT NULL;\nALTER TABLE users ALTER COLUMN status DROP DEFAULT;',
      ),
    ).toEqual([
      'SELECT * public.users changes (0A000): a new column phone (text) <- 2',
      'INSERT public.users fails (23502): null value in column "phone" of relation "users" violates not-null constraint <- 2',
      'INSERT public.users fails (23502): null value in column "status" of relation "users" violates not-null constraint <- 3',
    ])
  })

  test('ON CONFLICT without its index', async () => {
    expect(
      await told(
        users,
        "CREATE UNIQUE INDEX live ON users (email) WHERE status = 'x';\nALTER TABLE users DROP CONSTRAINT users_email_key;",
      ),
    ).toEqual([
      'INSERT … ON CONFLICT public.users fails (42P10): there is no unique or exclusion constraint matching the ON CONFLICT specification <- 2',
    ])
  })

  test('tables and views that are gone, and a schema of another name', async () => {
    const lines = await told(
      `${users} CREATE SCHEMA app; CREATE TABLE app.t (id int);`,
      'ALTER SCHEMA app RENAME TO web;\nDROP TABLE users CASCADE;',
    )
    expect([...new Set(lines.map((line) => line.replace(/^.*?(?=public|app)/, '')))]).toEqual([
      'app.t fails (42P01): relation "app.t" does not exist <- 1',
      'public.active fails (42P01): relation "public.active" does not exist <- 2',
      'public.users fails (42P01): relation "public.users" does not exist <- 2',
    ])
  })

  test('two functions for one call, and none', async () => {
    const fees = `CREATE FUNCTION fee(a int) RETURNS int LANGUAGE sql AS 'SELECT a'; CREATE FUNCTION "Odd ""fee"(a int) RETURNS int LANGUAGE sql AS 'SELECT a';`
    expect(
      await told(
        fees,
        `CREATE OR REPLACE FUNCTION fee(a int, b int DEFAULT 0) RETURNS int LANGUAGE sql AS 'SELECT a';\nDROP FUNCTION "Odd ""fee"(int);`,
      ),
    ).toEqual([
      'call public."Odd ""fee"(integer) fails (42883): function public.Odd "fee(integer) does not exist <- 2',
      'call public."Odd ""fee"(integer) fails (42883): function public.Odd "fee(unknown) does not exist <- 2',
      'call public.fee(integer) fails (42725): function public.fee(integer) is not unique <- 1',
      'call public.fee(integer) fails (42725): function public.fee(unknown) is not unique <- 1',
    ])
  })

  test('a view that is made again without its grants; a privilege that is taken away', async () => {
    const grants =
      'GRANT SELECT ON active TO pg_monitor; GRANT SELECT, INSERT ON users TO pg_monitor; GRANT USAGE ON users_id_seq TO pg_monitor;'
    expect(
      await told(
        `${users} ${grants}`,
        'DROP VIEW active;\nCREATE VIEW active AS SELECT id, email FROM users;\nREVOKE INSERT ON users FROM pg_monitor;',
      ),
    ).toEqual([
      'SELECT public.active as pg_monitor fails (42501): permission denied for view active <- 2',
      'INSERT public.users as pg_monitor fails (42501): permission denied for table users <- 3',
      'lost with view public.active: SELECT for pg_monitor <- 2',
    ])
  })

  test('a table that changes places with a new one', async () => {
    const around =
      'ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON t USING (true); CREATE PUBLICATION all_of_it FOR TABLE t; GRANT SELECT (id) ON t TO pg_monitor;'
    const { trip } = await rehearsed(
      `CREATE TABLE t (id int PRIMARY KEY); ${around}`,
      'CREATE TABLE n (LIKE t INCLUDING ALL);\nDROP TABLE t;\nALTER TABLE n RENAME TO t;',
    )
    expect(trip?.lost).toEqual([
      {
        kind: 'table',
        object: 'public.t',
        what: [
          'SELECT (id) for pg_monitor',
          'row security',
          'the policy own',
          'its place in the publication all_of_it',
        ],
        because: trip?.lost?.[0]?.because,
      },
    ])
  })

  test('row security without a policy', async () => {
    const grants = 'GRANT SELECT, INSERT ON users TO pg_monitor; GRANT USAGE ON users_id_seq TO pg_monitor;'
    expect(await told(`${users} ${grants}`, 'ALTER TABLE users ENABLE ROW LEVEL SECURITY;')).toEqual([
      'INSERT public.users as pg_monitor fails (42501): new row violates row-level security policy for table "users" <- 1',
    ])
  })

  test('what was stored by the old body of a function', async () => {
    const norm = (body: string) =>
      `CREATE OR REPLACE FUNCTION norm(t text) RETURNS text LANGUAGE sql IMMUTABLE AS '${body}';`
    const before = `${norm('SELECT lower(t)')} CREATE TABLE p (e text, n text GENERATED ALWAYS AS (norm(e)) STORED, CONSTRAINT c CHECK (norm(e) <> 'x'));
CREATE INDEX i ON p (norm(e)); CREATE INDEX j ON p (norm(e || '')); CREATE TABLE q (e text) PARTITION BY LIST (norm(e));`
    expect([
      ...(await told(before, norm('SELECT upper(t)') + '\nREINDEX INDEX j;')),
      ...(await told(before, norm('SELECT lower(t)'))),
    ]).toEqual([
      'stale: check public.p.c by public.norm(text) <- 1',
      'stale: generated column public.p.n by public.norm(text) <- 1',
      'stale: index public.i by public.norm(text) <- 1',
      'stale: partition key public.q by public.norm(text) <- 1',
    ])
  })

  test('a label of an enum, generated columns, names that need quotes', async () => {
    const before = `CREATE TYPE mood AS ENUM ('ok', 'sad'); CREATE TABLE p (m mood NOT NULL);
CREATE TABLE q (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "Odd ""name" int NOT NULL UNIQUE);`
    const up = `ALTER TYPE mood RENAME VALUE 'ok' TO 'fine';\nALTER TABLE q DROP COLUMN "Odd ""name";\nALTER TABLE q ADD COLUMN "Odd ""name" int GENERATED ALWAYS AS (1) STORED UNIQUE;`
    expect(await told(before, up)).toEqual([
      'INSERT public.p fails (22P02): invalid input value for enum mood: "ok" <- 1',
      'INSERT public.q fails (428C9): cannot insert a non-DEFAULT value into column "Odd "name" <- 2',
      'INSERT … ON CONFLICT public.q fails (428C9): cannot insert a non-DEFAULT value into column "Odd "name" <- 2',
      'UPDATE public.q fails (428C9): column "Odd "name" can only be updated to DEFAULT <- 2',
    ])
  })

  test('not a sequence moves', async () => {
    const { trip } = await rehearsed(
      users,
      `ALTER TABLE users ALTER COLUMN status SET DEFAULT 'x';
DO $$ BEGIN EXECUTE format('CREATE FUNCTION seen() RETURNS bigint LANGUAGE sql AS ''SELECT %s::bigint''', (SELECT last_value FROM users_id_seq)); END $$;`,
      [],
      "DO $$ BEGIN IF seen() <> (SELECT last_value FROM users_id_seq) THEN RAISE 'moved'; END IF; END $$;",
    )
    expect(trip?.steps[0]).toMatchObject({ outcome: 'ok', error: undefined })
  })
})

describe("the project's own queries", () => {
  const at = (line: number) => ({ file: 'queries/app.sql', line, column: 1, endLine: line })
  const query = (line: number, sql: string): OldQuery => ({ sql, at: at(line) })

  test('are tried before and after; one that fails before is not checked', async () => {
    const queries = [
      query(1, 'SELECT * FROM users WHERE id = $1'),
      query(2, 'SELECT name FROM users'),
      query(3, 'UPDATE users SET name = $2 WHERE id = $1 RETURNING id, name'),
      query(4, 'SELECT count(*) FROM users'),
      query(5, 'SELECT nothing FROM users'),
      query(6, "INSERT INTO users (email) VALUES ($1) ON CONFLICT (email) DO UPDATE SET name = 'x' RETURNING id"),
      query(7, 'DELETE FROM users WHERE length(name) > $1'),
    ]
    expect(
      (
        await told(users, 'ALTER TABLE users DROP COLUMN name;\nALTER TABLE users ADD COLUMN phone text;', queries)
      ).filter((line) => !line.includes('public.')),
    ).toEqual([
      'SELECT changes (0A000): no column name any more; a new column phone (text) <- 1',
      'SELECT fails (42703): column "name" does not exist <- 1',
      'UPDATE fails (42703): column "name" does not exist <- 1',
      'INSERT fails (42703): column "name" of relation "users" does not exist <- 1',
      'DELETE fails (42703): column "name" does not exist <- 1',
      'not checked: The query SELECT nothing FROM users: It fails already before the migration, so that nothing can be told of the time after: column "nothing" does not exist (42703). <- 5',
    ])
  })

  test('are an error of their own, with their place as evidence', async () => {
    const { findings } = await rehearsed(users, 'ALTER TABLE users DROP COLUMN name;', [
      query(7, 'SELECT name\nFROM users WHERE id = $1'),
    ])
    expect(findings.map(({ rule, message, evidence }) => [rule, message, evidence.at(-1)])).toEqual([
      [
        'old-code-breaks',
        'A query of queries/app.sql fails after 002: column "name" does not exist.',
        'queries/app.sql:7: SELECT name FROM users WHERE id = $1: column "name" does not exist (42703)',
      ],
      [
        'old-code-breaks',
        'A statement on public.users that the running release may send fails after 002: column "name" does not exist.',
        'UPDATE public.users: column "name" does not exist (42703)',
      ],
    ])
  })
})

test('what is said to change is what PostgreSQL refuses in a prepared statement', async () => {
  const meets = async (change: string) => {
    await using session = await testDatabase(
      "CREATE TABLE t (id int, name varchar(5), at timestamp); SET TimeZone = 'UTC'; PREPARE p AS SELECT * FROM t; EXECUTE p",
    )
    await session.query(change)
    return await session.query('EXECUTE p').then(
      () => 'works',
      (error: { sqlstate?: string; message: string }) => `${error.sqlstate}: ${error.message}`,
    )
  }
  const refused = '0A000: cached plan must not change result type'
  expect([
    await meets('ALTER TABLE t ADD COLUMN x int'),
    await meets('ALTER TABLE t DROP COLUMN at'),
    await meets('ALTER TABLE t RENAME COLUMN at TO x'),
    await meets('ALTER TABLE t ALTER COLUMN name TYPE varchar(9)'),
    await meets('ALTER TABLE t ALTER COLUMN at TYPE timestamptz'),
    await meets('ALTER TABLE t ALTER COLUMN id SET NOT NULL'),
    await meets('CREATE INDEX ON t (id)'),
  ]).toEqual([refused, refused, refused, refused, refused, 'works', 'works'])
})
