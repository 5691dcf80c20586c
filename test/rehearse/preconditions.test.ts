import { describe, expect, test } from 'vitest'
import type { ParsedMigration } from '../../src/model/migration.ts'
import type { Precondition } from '../../src/model/precondition.ts'
import type { RoundTrip } from '../../src/model/round-trip.ts'
import { parseMigration } from '../../src/parse/parse.ts'
import { readProject } from '../../src/read/read.ts'
import { type RehearseOptions, rehearse } from '../../src/rehearse/rehearse.ts'
import { python } from '../python.ts'
import { repository } from '../repository.ts'
import { testDatabase, testServer } from '../server.ts'
import { syncEnv } from './alembic-project.ts'

/** The round trip of one new migration on top of one of the base branch. */
async function tried(base: string, up: string, down = 'SELECT 1;', options: Partial<RehearseOptions> = {}) {
  await using work = await repository({ 'migrations/001_base.sql': base })
  const files = { 'migrations/002_new.sql': up, 'migrations/002_new_rollback.sql': down }
  await work.write(files)
  const changed = Object.keys(files).map((path) => ({ path, status: 'added' as const }))
  const project = await readProject({ repository: work.path, tool: undefined, directory: undefined, changed })
  const migrations: ParsedMigration[] = []
  for (const migration of project.migrations)
    migrations.push(await parseMigration(migration, { defaultSchema: 'public' }))
  const { roundTrips, notChecked } = await rehearse({
    repository: work.path,
    project,
    migrations,
    server: await testServer(),
    alembic: undefined,
    timeoutMs: 60_000,
    environment: {},
    signal: new AbortController().signal,
    log: () => undefined,
    ...options,
  })
  return { trip: roundTrips.get('002'), notChecked }
}

function steps(trip: RoundTrip | undefined): string[] | undefined {
  return trip?.steps.map(
    ({ direction, outcome, error }) => `${direction} ${outcome}${error ? ` ${error.sqlstate}: ${error.message}` : ''}`,
  )
}

function told({ kind, table, columns, outcome, sqlstate, needs }: Precondition): string {
  return `${kind} ${table} (${columns}) ${outcome}${sqlstate ? ` ${sqlstate}` : ''}: ${needs}`
}

async function counted(sql: string | undefined, base: string, rows: string): Promise<string | undefined> {
  await using database = await testDatabase(`${base}; ${rows}`)
  await database.query('BEGIN READ ONLY')
  const { rows: found } = await database.query<{ count: string }>(sql ?? '')
  return found[0]?.count
}

const users = `
  CREATE TABLE teams (id bigserial PRIMARY KEY);
  CREATE TABLE users (id serial PRIMARY KEY, email text, name varchar(50), team_id bigint, rate numeric(10,4), size bigint, at timestamp);`

interface Case {
  readonly up: string
  /** Kind, table, columns, what happens, SQLSTATE, and what is needed, a line for each precondition. */
  readonly told: readonly string[]
  /** Rows for the tables of before, and how many of them the queries count. */
  readonly rows: string
  readonly counts: readonly (string | undefined)[]
}

const cases: Readonly<Record<string, Case>> = {
  'SET NOT NULL': {
    up: 'ALTER TABLE users ALTER COLUMN email SET NOT NULL;',
    told: ['not-null public.users (email) fails 23502: no row of public.users has NULL in email'],
    rows: "INSERT INTO users (email) VALUES (NULL), (NULL), ('a')",
    counts: ['2'],
  },
  'ADD UNIQUE': {
    up: 'ALTER TABLE users ADD UNIQUE (email, team_id);',
    told: [
      'unique public.users (email,team_id) fails 23505: no two rows of public.users have the same email and team_id',
    ],
    rows: "INSERT INTO users (email, team_id) VALUES ('a', 1), ('a', 1), ('a', 1), ('a', 2), ('b', 3), ('b', 3), (NULL, 1), (NULL, 1)",
    counts: ['3'],
  },
  'a unique index over an expression, of some rows': {
    up: 'CREATE UNIQUE INDEX once ON users (lower(email)) WHERE team_id > 0;',
    told: [
      'unique public.users (email,team_id) fails 23505: no two rows of public.users have the same (lower(email)) among those where team_id > 0',
    ],
    rows: "INSERT INTO users (email, team_id) VALUES ('a', 1), ('A', 2), ('a', 0), ('b', 1)",
    counts: ['1'],
  },
  'ADD CHECK': {
    up: 'ALTER TABLE users ADD CHECK (length(name) <= 40 -- at most\n);',
    told: ['check public.users (name) fails 23514: every row of public.users fulfils length(name) <= 40 -- at most'],
    rows: "INSERT INTO users (name) VALUES (repeat('x', 41)), (repeat('x', 40)), (NULL)",
    counts: ['1'],
  },
  'ADD FOREIGN KEY': {
    up: 'ALTER TABLE users ADD FOREIGN KEY (team_id) REFERENCES teams;',
    told: ['foreign-key public.users (team_id) fails 23503: every team_id of public.users has its row in public.teams'],
    rows: 'INSERT INTO teams VALUES (1); INSERT INTO users (team_id) VALUES (1), (2), (3), (NULL)',
    counts: ['2'],
  },
  VALIDATE: {
    up: 'ALTER TABLE users ADD CONSTRAINT c CHECK (size > 0) NOT VALID; ALTER TABLE users VALIDATE CONSTRAINT c;',
    told: ['check public.users (size) fails 23514: every row of public.users fulfils size > 0'],
    rows: 'INSERT INTO users (size) VALUES (0), (1), (-1)',
    counts: ['2'],
  },
  'a shorter text': {
    up: 'ALTER TABLE users ALTER COLUMN name TYPE varchar(20);',
    told: ['length public.users (name) fails 22001: no value of public.users.name is longer than 20 characters'],
    rows: "INSERT INTO users (name) VALUES (repeat('x', 21)), (repeat('x', 20)), (repeat('x', 20) || '  ')",
    counts: ['1'],
  },
  'a text that is cut': {
    up: 'ALTER TABLE users ALTER COLUMN name TYPE varchar(20) USING left(name, 20);',
    told: ['length public.users (name) changes: no value of public.users.name is longer than 20 characters'],
    rows: "INSERT INTO users (name) VALUES (repeat('x', 21)), (repeat('x', 20))",
    counts: ['1'],
  },
  'a smaller number': {
    up: 'ALTER TABLE users ALTER COLUMN size TYPE int;',
    told: [
      'range public.users (size) fails 22003: no value of public.users.size is outside of integer (-2147483648 to 2147483647)',
    ],
    rows: 'INSERT INTO users (size) VALUES (2147483648), (2147483647), (-2147483649)',
    counts: ['2'],
  },
  'fewer digits, before and after the point': {
    up: 'ALTER TABLE users ALTER COLUMN rate TYPE numeric(7,2);',
    told: [
      'range public.users (rate) fails 22003: no value of public.users.rate has more than 5 digits before the point',
      'scale public.users (rate) changes: no value of public.users.rate has more than 2 digits after the point',
    ],
    rows: 'INSERT INTO users (rate) VALUES (100000), (99999.995), (99999.99), (1.005)',
    counts: ['2', '2'],
  },
  'a day without its time': {
    up: 'ALTER TABLE users ALTER COLUMN at TYPE date;',
    told: ['scale public.users (at) changes: no value of public.users.at has a time of day'],
    rows: "INSERT INTO users (at) VALUES ('2024-01-01 00:00'), ('2024-01-01 00:01')",
    counts: ['1'],
  },
  'an enum': {
    up: "CREATE TYPE mood AS ENUM ('a', 'b'); ALTER TABLE users ALTER COLUMN email TYPE mood USING email::mood;",
    told: ['enum public.users (email) fails 22P02: every value of public.users.email is a label of mood'],
    rows: "INSERT INTO users (email) VALUES ('a'), ('c'), (NULL)",
    counts: ['1'],
  },
  'a text that is read as a number': {
    up: 'ALTER TABLE users ALTER COLUMN email TYPE int USING email::int;',
    told: ['cast public.users (email) fails 22P02: every value of public.users.email can be read as integer'],
    rows: "INSERT INTO users (email) VALUES ('7'), ('seven'), (''), ('99999999999')",
    counts: ['3'],
  },
  'several at once, each found behind the other': {
    up: 'ALTER TABLE users ALTER COLUMN email SET NOT NULL; ALTER TABLE users ADD UNIQUE (email); ALTER TABLE users ADD CHECK (size > 0);',
    told: [
      'not-null public.users (email) fails 23502: no row of public.users has NULL in email',
      'unique public.users (email) fails 23505: no two rows of public.users have the same email',
      'check public.users (size) fails 23514: every row of public.users fulfils size > 0',
    ],
    rows: "INSERT INTO users (email, size) VALUES (NULL, 1), ('a', 0), ('a', NULL)",
    counts: ['1', '1', '1'],
  },
}

describe('an upgrade is run on rows that are in its way, and without them', () => {
  test.each(Object.entries(cases))('%s', async (_, { up, told: expected, rows, counts }) => {
    const { trip, notChecked } = await tried(users, up)
    expect({ told: trip?.preconditions?.map(told), first: steps(trip)?.[0], notChecked }).toEqual({
      told: expected,
      first: 'up ok',
      notChecked: [],
    })
    const found = await Promise.all((trip?.preconditions ?? []).map(({ count }) => counted(count, users, rows)))
    expect(found).toEqual(counts)
  })

  test('what the migration mends before, and what the schema forbids already, is none', async () => {
    const base = 'CREATE TABLE a (id int PRIMARY KEY, n int CHECK (n > 10), m int NOT NULL, t text)'
    const { trip } = await tried(
      base,
      "UPDATE a SET t = '' WHERE t IS NULL; ALTER TABLE a ALTER t SET NOT NULL; ALTER TABLE a ADD UNIQUE (id, m);",
    )
    expect({ preconditions: trip?.preconditions, first: steps(trip)?.[0] }).toEqual({
      preconditions: [],
      first: 'up ok',
    })
  })

  test('a check or an exclusion that no row could be made for is told as such, and is no finding', async () => {
    const base = 'CREATE TABLE a (id int PRIMARY KEY, n int CHECK (n > 10), t text)'
    const up = `ALTER TABLE a ADD CHECK (n > 9); ALTER TABLE a ADD CHECK (md5(t) <> 'c3fcd3d76192e4007dfb496cca67e13b');
      ALTER TABLE a ADD EXCLUDE (id WITH =) WHERE (n > 1000000);`
    const { trip, notChecked } = await tried(base, up)
    expect({ told: trip?.preconditions?.map(told), first: steps(trip)?.[0], notChecked }).toEqual({
      told: [
        'check public.a (n) untried: every row of public.a fulfils n > 9',
        "check public.a (t) untried: every row of public.a fulfils md5(t) <> 'c3fcd3d76192e4007dfb496cca67e13b'",
        'exclusion public.a (id) untried: no two rows of public.a are in each other’s way in id',
      ],
      first: 'up ok',
      notChecked: [],
    })
  })

  test('nothing is asked of tables and columns that are new', async () => {
    const { trip } = await tried(
      users,
      'CREATE TABLE p (id int, n int); INSERT INTO p VALUES (1, 1); ALTER TABLE p ADD UNIQUE (n); ALTER TABLE users ADD COLUMN c int NOT NULL DEFAULT 1, ADD CHECK (c > 0);',
    )
    expect({ preconditions: trip?.preconditions, first: steps(trip)?.[0] }).toEqual({
      preconditions: [],
      first: 'up ok',
    })
  })

  test('rows that migrations themselves inserted stay: a failure on those is a failing upgrade', async () => {
    const { trip } = await tried(
      "CREATE TABLE codes (id int PRIMARY KEY, code text); INSERT INTO codes VALUES (1, 'a'), (2, 'a');",
      'ALTER TABLE codes ADD UNIQUE (code);',
    )
    expect({ preconditions: trip?.preconditions, first: steps(trip)?.[0] }).toEqual({
      preconditions: [],
      first: 'up failed 23505: could not create unique index "codes_code_key"',
    })
  })

  test('the downgrade is seen on rows that the upgrade takes; rows that point to those that go, go with them', async () => {
    const { trip } = await tried(
      'CREATE TABLE a (id int PRIMARY KEY, t text); CREATE TABLE b (id int PRIMARY KEY, a_id int NOT NULL REFERENCES a);',
      'ALTER TABLE a ADD CONSTRAINT u UNIQUE (t);',
      'ALTER TABLE a DROP CONSTRAINT no_such_constraint;',
    )
    expect({ told: trip?.preconditions?.map(told), steps: steps(trip) }).toEqual({
      told: ['unique public.a (t) fails 23505: no two rows of public.a have the same t'],
      steps: [
        'up ok',
        'down failed 42704: constraint "no_such_constraint" of relation "a" does not exist',
        'up skipped',
      ],
    })
  })

  test('a required column fails on any row, and the round trip shows it', async () => {
    const { trip } = await tried(users, 'ALTER TABLE users ADD COLUMN age int NOT NULL;')
    expect({ told: trip?.preconditions?.map(told), first: steps(trip)?.[0] }).toEqual({
      told: ['no-rows public.users () fails 23502: public.users holds no rows, because age gets no value'],
      first: 'up failed 23502: column "age" of relation "users" contains null values',
    })
  })

  test('what no statement announces is told by the error', async () => {
    const { trip } = await tried(
      users,
      "DO $$ BEGIN EXECUTE format('ALTER TABLE users ADD UNIQUE (%I)', (SELECT attname FROM pg_attribute WHERE attrelid = 'users'::regclass AND attname = 'email')); END $$;",
    )
    expect({ told: trip?.preconditions?.map(told), steps: steps(trip)?.[0] }).toEqual({
      told: [
        'unique public.users () fails 23505: the rows of public.users are none of which PostgreSQL says: could not create unique index "users_email_key"',
      ],
      steps: 'up ok',
    })
  })

  test('names are quoted in the queries', async () => {
    const base = 'CREATE SCHEMA "my app"; CREATE TABLE "my app"."the users" ("E mail" text, "select" int)'
    const { trip } = await tried(base, 'ALTER TABLE "my app"."the users" ADD UNIQUE ("E mail", "select");')
    const [found] = trip?.preconditions ?? []
    expect([found?.table, found?.columns]).toEqual(['"my app"."the users"', ['E mail', 'select']])
    const rows = `INSERT INTO "my app"."the users" VALUES ('a', 1), ('a', 1), ('b', 1)`
    expect(await counted(found?.count, base, rows)).toBe('1')
  })

  test('rows that do not belong to a partition, or to the new one beside the default', async () => {
    const base = `CREATE TABLE events (id int, at date) PARTITION BY RANGE (at); CREATE TABLE rest PARTITION OF events DEFAULT;
      CREATE TABLE old (id int PRIMARY KEY, at date);`
    const { trip, notChecked } = await tried(
      base,
      `ALTER TABLE events ATTACH PARTITION old FOR VALUES FROM (MINVALUE) TO ('2024-01-01');
       CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');`,
    )
    const found = trip?.preconditions ?? []
    expect({ told: found.map(told), first: steps(trip)?.[0], notChecked }).toEqual({
      told: [
        "check public.old (at) fails 23514: every row of public.old belongs to public.events FOR VALUES FROM (MINVALUE) TO ('2024-01-01')",
        "check public.rest (at) fails 23514: no row of public.rest belongs to the new partition public.old FOR VALUES FROM (MINVALUE) TO ('2024-01-01')",
        "check public.rest (at) fails 23514: no row of public.rest belongs to the new partition public.events_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
      ],
      first: 'up ok',
      notChecked: [],
    })
    const rows = `INSERT INTO old VALUES (1, '2023-01-01'), (2, '2024-01-01'), (3, NULL);
      INSERT INTO events VALUES (1, NULL), (2, '2020-01-01'), (3, '2024-12-31'), (4, '2024-12-31'), (5, '2025-01-01')`
    expect(await Promise.all(found.map(({ count }) => counted(count, base, rows)))).toEqual(['2', '1', '2'])
  })

  test('values that a domain refuses', async () => {
    const base = `CREATE DOMAIN percent AS int CONSTRAINT low CHECK (VALUE >= 0); CREATE TABLE rates (id int PRIMARY KEY, a percent, b int);`
    const { trip, notChecked } = await tried(
      base,
      'ALTER DOMAIN percent ADD CONSTRAINT high CHECK (VALUE <= 100); ALTER TABLE rates ALTER COLUMN b TYPE percent;',
    )
    const found = trip?.preconditions ?? []
    expect({ told: found.map(told).sort(), first: steps(trip)?.[0], notChecked }).toEqual({
      told: [
        'check public.rates (a) fails 23514: every a of public.rates fulfils VALUE <= 100',
        'check public.rates (b) fails 23514: every b of public.rates fulfils (VALUE >= 0), as percent asks',
        'check public.rates (b) fails 23514: every b of public.rates fulfils VALUE <= 100, as percent asks',
      ],
      first: 'up ok',
      notChecked: [],
    })
  })

  test('Alembic: each names its column, its kind and its place', async () => {
    const revision = (id: string, parent: string, up: readonly string[]) =>
      [
        `import sqlalchemy as sa\nfrom alembic import op\nrevision = '${id}'\ndown_revision = ${parent}`,
        `def upgrade():\n${up.map((line) => `    ${line}\n`).join('')}`,
        'def downgrade():\n    pass\n',
      ].join('\n')
    await using work = await repository({
      'alembic.ini': '[alembic]\nscript_location = migrations\n',
      'migrations/env.py': syncEnv(),
      'migrations/versions/a1.py': revision('a1', 'None', [
        "op.create_table('teams', sa.Column('id', sa.Integer, primary_key=True), sa.Column('rate', sa.Numeric(10, 4)))",
        "op.create_table('users', sa.Column('id', sa.Integer, primary_key=True), sa.Column('email', sa.Text), sa.Column('name', sa.String(50)), sa.Column('team_id', sa.Integer), sa.Column('age', sa.Integer), sa.Column('size', sa.BigInteger))",
        "op.create_table('days', sa.Column('id', sa.Integer, primary_key=True), sa.Column('mood', sa.Text))",
      ]),
    })
    const added = revision('b2', "'a1'", [
      "op.alter_column('users', 'name', type_=sa.String(20))",
      "op.alter_column('users', 'email', nullable=False)",
      "op.create_unique_constraint('users_email_key', 'users', ['email'])",
      "op.create_check_constraint('users_age_check', 'users', 'age >= 18')",
      "op.create_foreign_key('users_team_fkey', 'users', 'teams', ['team_id'], ['id'])",
      "op.alter_column('users', 'size', type_=sa.Integer)",
      "op.alter_column('teams', 'rate', type_=sa.Numeric(10, 2))",
      "sa.Enum('good', 'bad', name='mood').create(op.get_bind())",
      "op.alter_column('days', 'mood', type_=sa.Enum('good', 'bad', name='mood'), postgresql_using='mood::mood')",
    ])
    await work.write({ 'migrations/versions/b2.py': added })
    const changed = [{ path: 'migrations/versions/b2.py', status: 'added' as const }]
    const project = await readProject({ repository: work.path, tool: 'alembic', directory: undefined, changed })
    const migrations: ParsedMigration[] = []
    for (const migration of project.migrations)
      migrations.push(await parseMigration(migration, { defaultSchema: 'public' }))
    const { roundTrips, notChecked } = await rehearse({
      repository: work.path,
      project,
      migrations,
      server: await testServer(),
      alembic: { command: [(await python()).alembic] },
      timeoutMs: 60_000,
      environment: {},
      signal: new AbortController().signal,
      log: () => undefined,
    })
    const trip = roundTrips.get('b2')
    expect({
      told: trip?.preconditions?.map((each) => `${each.at?.line} ${told(each)}`),
      counts: trip?.preconditions?.map(({ count }) => count !== undefined),
      first: steps(trip)?.[0],
      notChecked,
    }).toEqual({
      told: [
        '6 length public.users (name) fails 22001: no value of public.users.name is longer than 20 characters',
        '7 not-null public.users (email) fails 23502: no row of public.users has NULL in email',
        '8 unique public.users (email) fails 23505: no two rows of public.users have the same email',
        '9 check public.users (age) fails 23514: every row of public.users fulfils age >= 18',
        '10 foreign-key public.users (team_id) fails 23503: every team_id of public.users has its row in public.teams',
        '14 enum public.days (mood) fails 22P02: every value of public.days.mood is a label of mood',
        '12 scale public.teams (rate) changes: no value of public.teams.rate has more than 2 digits after the point',
        '11 range public.users (size) fails 22003: no value of public.users.size is outside of integer (-2147483648 to 2147483647)',
      ],
      counts: [true, true, true, true, true, true, true, true],
      first: 'up ok',
      notChecked: [],
    })
  })
})
