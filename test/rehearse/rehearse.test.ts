import { describe, expect, test } from 'vitest'
import { Cancelled } from '../../src/model/errors.ts'
import type { ParsedMigration } from '../../src/model/migration.ts'
import type { RoundTrip } from '../../src/model/round-trip.ts'
import { parseMigration } from '../../src/parse/parse.ts'
import { readProject } from '../../src/read/read.ts'
import { type Rehearsal, type RehearseOptions, rehearse } from '../../src/rehearse/rehearse.ts'
import { python } from '../python.ts'
import { repository } from '../repository.ts'
import { testDatabase, testServer } from '../server.ts'
import { alembicProject, type Revision } from './alembic-project.ts'
import { until } from './processes.ts'

type Files = Readonly<Record<string, string>>

/** Rehearses numbered SQL files: those of `base` are on the base branch, the others are new. */
async function rehearseSql(base: Files, added: Files, options: Partial<RehearseOptions> = {}): Promise<Rehearsal> {
  const inFolder = (files: Files) =>
    Object.fromEntries(Object.entries(files).map(([name, sql]) => [`migrations/${name}.sql`, sql]))
  await using work = await repository(inFolder(base))
  await work.write(inFolder(added))
  const changed = Object.keys(inFolder(added)).map((path) => ({ path, status: 'added' as const }))
  const project = await readProject({ repository: work.path, tool: undefined, directory: undefined, changed })
  const migrations: ParsedMigration[] = []
  for (const migration of project.migrations)
    migrations.push(await parseMigration(migration, { defaultSchema: 'public' }))
  return await rehearse({
    ...(await common()),
    repository: work.path,
    project,
    migrations,
    alembic: undefined,
    ...options,
  })
}

async function rehearseAlembic(
  revisions: Readonly<Record<string, Revision>>,
  options: Partial<RehearseOptions> = {},
): Promise<Rehearsal> {
  await using work = await alembicProject({ revisions })
  return await rehearse({
    ...(await common()),
    repository: work.path,
    project: { tool: 'alembic', directory: '' },
    migrations: work.migrations,
    alembic: { command: [(await python()).alembic] },
    ...options,
  })
}

async function common() {
  return {
    server: await testServer(),
    timeoutMs: 60_000,
    environment: {},
    signal: new AbortController().signal,
    log: () => undefined,
  }
}

/** A round trip in a few lines. */
function told(trip: RoundTrip | undefined) {
  if (!trip) return undefined
  return {
    steps: trip.steps.map(
      ({ direction, outcome, error }) =>
        `${direction} ${outcome}${error ? ` ${error.sqlstate}: ${error.message}` : ''}`,
    ),
    restored: trip.restored,
    repeatable: trip.repeatable,
    drift: trip.drift.map(
      ({ after, kind, object, class: kindOf, change }) => `${after}: ${kind} ${object} ${change} (${kindOf})`,
    ),
    data: trip.data.map(
      ({ after, table, column, change }) => `${after}: ${table}${column ? `.${column}` : ''} ${change}`,
    ),
  }
}

const users = { '001_users': 'CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL, name varchar(50));' }
const clean = { steps: ['up ok', 'down ok', 'up ok'], restored: true, repeatable: true, data: [] as string[] }

describe('SQL', () => {
  test('a clean migration gives back what was there, and is repeatable', async () => {
    const { roundTrips, notChecked } = await rehearseSql(users, {
      '002_phone':
        'ALTER TABLE users ADD COLUMN phone varchar(20), ADD COLUMN at timestamptz NOT NULL DEFAULT clock_timestamp();\nCREATE INDEX users_phone ON users (phone);',
      '002_phone_rollback': 'ALTER TABLE users DROP COLUMN phone, DROP COLUMN at;',
    })
    const trip = roundTrips.get('002')
    expect({
      told: { ...told(trip), drift: trip?.drift.filter((each) => each.class !== 'physical') },
      notChecked,
      withoutRows: trip?.withoutRows,
    }).toEqual({
      told: { ...clean, drift: [] },
      notChecked: [],
      withoutRows: [],
    })
  })

  test('an enum type that the downgrade leaves behind makes the second upgrade fail', async () => {
    const { roundTrips } = await rehearseSql(users, {
      '002_mood': "CREATE TYPE mood AS ENUM ('ok', 'sad'); ALTER TABLE users ADD COLUMN mood mood;",
      '002_mood_rollback': 'ALTER TABLE users DROP COLUMN mood;',
    })
    const trip = roundTrips.get('002')
    expect({
      ...told(trip),
      drift: trip?.drift
        .filter((each) => each.class === 'contract')
        .map(({ kind, object, change }) => `${kind} ${object} ${change}`),
    }).toEqual({
      steps: ['up ok', 'down ok', 'up failed 42710: type "mood" already exists'],
      restored: false,
      repeatable: false,
      drift: ['enum public.mood left-behind'],
      data: [],
    })
  })

  test('a downgrade that drops the wrong index', async () => {
    const { roundTrips } = await rehearseSql(
      { '001_users': `${users['001_users']} CREATE INDEX users_name ON users (name);` },
      { '002_index': 'CREATE INDEX users_email ON users (email);', '002_index_rollback': 'DROP INDEX users_name;' },
    )
    expect(told(roundTrips.get('002'))).toEqual({
      steps: ['up ok', 'down ok', 'up failed 42P07: relation "users_email" already exists'],
      restored: false,
      repeatable: false,
      drift: [
        'down: index public.users_email left-behind (contract)',
        'down: index public.users_name missing (contract)',
      ],
      data: [],
    })
  })

  test('varchar(50) to 20 and back: the same schema, other rows', async () => {
    const { roundTrips } = await rehearseSql(users, {
      '002_narrow': 'ALTER TABLE users ALTER COLUMN name TYPE varchar(20) USING left(name, 20);',
      '002_narrow_rollback': 'ALTER TABLE users ALTER COLUMN name TYPE varchar(50);',
    })
    expect(told(roundTrips.get('002'))).toEqual({
      steps: ['up ok', 'down ok', 'up ok'],
      restored: false,
      repeatable: true,
      drift: [],
      data: ['down: public.users.name values-changed'],
    })
  })

  test('what fails on some rows only goes on without them; NOT NULL without a default fails on any row', async () => {
    const narrow = await rehearseSql(users, {
      '002_narrow': 'ALTER TABLE users ALTER COLUMN name TYPE varchar(20);',
      '002_narrow_rollback': 'SELECT 1;',
    })
    const required = await rehearseSql(users, {
      '002_age': 'ALTER TABLE users ADD COLUMN age int NOT NULL;',
      '002_age_rollback': 'ALTER TABLE users DROP COLUMN age;',
    })
    const backfill = await rehearseSql(users, {
      '002_name': 'ALTER TABLE users ALTER COLUMN name SET NOT NULL;',
      '002_name_rollback': 'ALTER TABLE users ALTER COLUMN name DROP NOT NULL;',
    })
    expect([narrow, required, backfill].map(({ roundTrips }) => told(roundTrips.get('002'))?.steps)).toEqual([
      ['up ok', 'down ok', 'up ok'],
      ['up failed 23502: column "age" of relation "users" contains null values', 'down skipped', 'up skipped'],
      ['up ok', 'down ok', 'up ok'],
    ])
  })

  test('a rollback that forgets its version row', async () => {
    const version = 'CREATE TABLE schema_version (version varchar(50) PRIMARY KEY, description text);'
    const { roundTrips } = await rehearseSql(
      { '001_users': `${version} ${users['001_users']} INSERT INTO schema_version VALUES ('1.0.0', 'users');` },
      {
        '002_phone':
          "BEGIN; ALTER TABLE users ADD COLUMN phone text; INSERT INTO schema_version VALUES ('1.1.0', 'phone'); COMMIT;",
        '002_phone_rollback': 'BEGIN; ALTER TABLE users DROP COLUMN IF EXISTS phone; COMMIT;',
      },
    )
    const { drift, ...rest } = told(roundTrips.get('002')) ?? { drift: [] }
    expect({ ...rest, contract: drift.filter((each) => each.includes('contract')) }).toEqual({
      steps: [
        'up ok',
        'down ok',
        'up failed 23505: duplicate key value violates unique constraint "schema_version_pkey"',
      ],
      restored: false,
      repeatable: false,
      contract: [],
      data: ['down: public.schema_version rows-left-behind'],
    })
  })

  test('each migration starts from the state after the upgrade of the one before, whatever its downgrade does', async () => {
    const { roundTrips, notChecked } = await rehearseSql(users, {
      '002_phone': "ALTER TABLE users ADD COLUMN phone text; UPDATE users SET phone = 'p' || id;",
      '002_phone_rollback': 'ALTER TABLE users DROP COLUMN phone; ALTER TABLE users DROP COLUMN no_such_column;',
      '003_required': 'ALTER TABLE users ALTER COLUMN phone SET NOT NULL;',
      '003_required_rollback': 'ALTER TABLE users ALTER COLUMN phone DROP NOT NULL;',
      '004_one_way': 'ALTER TABLE users DROP COLUMN phone;',
      '005_comment': "COMMENT ON TABLE users IS 'people';",
      '005_comment_rollback': 'COMMENT ON TABLE users IS NULL;',
    })
    expect([...roundTrips].map(([id, trip]) => [id, told(trip)?.steps, trip.restored, trip.repeatable])).toEqual([
      [
        '002',
        ['up ok', 'down failed 42703: column "no_such_column" of relation "users" does not exist', 'up skipped'],
        null,
        null,
      ],
      ['003', ['up ok', 'down ok', 'up ok'], true, true],
      ['004', ['up ok', 'down skipped', 'up skipped'], null, null],
      ['005', ['up ok', 'down ok', 'up ok'], true, true],
    ])
    expect(notChecked).toEqual([])
  })

  test('what comes after an upgrade that fails is not checked, and says so', async () => {
    const { roundTrips, notChecked } = await rehearseSql(users, {
      '002_bad': 'SELECT nothing;',
      '003_a': 'SELECT 1;',
      '004_b': 'SELECT 1;',
    })
    expect([...roundTrips.keys()]).toEqual(['002'])
    expect(notChecked).toEqual([
      {
        what: 'The rehearsal of 003_a and 004_b',
        why: 'Not rehearsed, because the upgrade of 002_bad failed.',
        at: undefined,
      },
    ])
  })

  test('a history that cannot be applied is not a finding of the change', async () => {
    const { roundTrips, notChecked } = await rehearseSql(
      { '001_early': "SELECT 1;\nINSERT INTO schema_version VALUES ('1.0.0');" },
      { '002_a': 'SELECT 1;' },
    )
    expect([...roundTrips.keys()]).toEqual([])
    expect(notChecked).toEqual([
      {
        what: 'The rehearsal of 002_a',
        why: '001_early, which is on the base branch, fails on an empty database: relation "schema_version" does not exist (42P01). Until the history can be applied from its beginning, nothing after it can be rehearsed: mend it, or judge it as well with --all.',
        at: { file: 'migrations/001_early.sql', line: 2, column: 1, endLine: 2 },
      },
    ])
  })

  test('a script that only psql can run is not run', async () => {
    const { roundTrips, notChecked } = await rehearseSql(users, {
      '002_a': 'SELECT 1;',
      '002_a_rollback': '\\i other.sql\n',
      '003_b': 'SELECT 1;\n\\i other.sql\n',
    })
    expect(told(roundTrips.get('002'))?.steps).toEqual(['up ok', 'down skipped', 'up skipped'])
    expect(notChecked.map(({ what, at }) => [what, at?.file, at?.line])).toEqual([
      ['The downgrade of 002_a', 'migrations/002_a_rollback.sql', 1],
      ['The rehearsal of 003_b', 'migrations/003_b.sql', 2],
    ])
  })

  test('a touched table that no row fits is named', async () => {
    const { roundTrips } = await rehearseSql(
      { '001_closed': 'CREATE TABLE "Closed" (id int CHECK (false)); CREATE TABLE other (id int CHECK (false));' },
      {
        '002_a': 'ALTER TABLE "Closed" ADD COLUMN n int NOT NULL;',
        '002_a_rollback': 'ALTER TABLE "Closed" DROP COLUMN n;',
      },
    )
    expect(roundTrips.get('002')?.withoutRows).toEqual(['public."Closed"'])
  })

  test('nothing changed: nothing is done', async () => {
    expect(await rehearseSql(users, {})).toEqual({ roundTrips: new Map(), notChecked: [] })
  })

  test('a migration that never ends is ended, and no database is left', async () => {
    const { server, left } = await watchedServer()
    const endless = { '002_endless': 'SELECT pg_sleep(1e6);' }
    const { roundTrips } = await rehearseSql(users, endless, { server, timeoutMs: 1_000 })
    expect(told(roundTrips.get('002'))?.steps).toEqual([
      'up failed undefined: did not finish within 1 s',
      'down skipped',
      'up skipped',
    ])
    expect(await left()).toEqual({ databases: [], connections: 0 })
  })

  test('the end of the run ends it in the middle, and no database or connection is left', async () => {
    const { server, left } = await watchedServer()
    const controller = new AbortController()
    const running = rehearseSql(
      users,
      { '002_a': 'CREATE TABLE a (id int);', '002_a_rollback': 'SELECT pg_sleep(1e6);', '003_b': 'SELECT 1;' },
      { server, signal: controller.signal },
    )
    // The database, its twin without synthetic rows, the state of before, and the copy for 003 that is made before the downgrade.
    // Of the connections one is the migration’s, the other asks what it locks.
    await until(async () => (await left()).databases.length >= 4 && (await left()).connections === 2)
    controller.abort()
    await expect(running).rejects.toBeInstanceOf(Cancelled)
    expect(await left()).toEqual({ databases: [], connections: 0 })
  })
})

/** A server that tells which of the databases made through it are still there, and how many connections to them. */
async function watchedServer() {
  const server = await testServer()
  const names: string[] = []
  const createDatabase: typeof server.createDatabase = async (template) => {
    const database = await server.createDatabase(template)
    names.push(database.name)
    return database
  }
  const left = async () => {
    await using observer = await testDatabase()
    const { rows: databases } = await observer.query('SELECT datname FROM pg_database WHERE datname = ANY ($1)', [
      names,
    ])
    const { rowCount } = await observer.query('SELECT FROM pg_stat_activity WHERE datname = ANY ($1)', [names])
    return { databases, connections: rowCount }
  }
  return { server: { ...server, createDatabase }, left }
}

describe('Alembic', () => {
  const base: Revision = {
    up: ["op.create_table('users', sa.Column('id', sa.Integer, primary_key=True), sa.Column('name', sa.String(50)))"],
    down: ["op.drop_table('users')"],
    status: 'base',
  }

  test('a clean revision on a base, and an enum type that drop_table leaves behind', async () => {
    const { roundTrips, notChecked } = await rehearseAlembic({
      a: base,
      b: {
        parents: ['a'],
        up: ["op.add_column('users', sa.Column('phone', sa.String(20)))"],
        down: ["op.drop_column('users', 'phone')"],
      },
      c: {
        parents: ['b'],
        up: [
          "op.create_table('t', sa.Column('id', sa.Integer, primary_key=True), sa.Column('s', sa.Enum('x', 'y', name='state')))",
        ],
        down: ["op.drop_table('t')"],
      },
    })
    const contract = (trip: RoundTrip | undefined) =>
      trip?.drift
        .filter((each) => each.class === 'contract')
        .map(({ kind, object, change }) => `${kind} ${object} ${change}`)
    expect([...roundTrips].map(([id, trip]) => ({ id, ...told(trip), drift: contract(trip) }))).toEqual([
      { id: 'b', ...clean, drift: [] },
      {
        id: 'c',
        steps: ['up ok', 'down ok', 'up failed 42710: type "state" already exists'],
        restored: false,
        repeatable: false,
        drift: ['enum public.state left-behind'],
        data: [],
      },
    ])
    expect(notChecked).toEqual([])
  })

  test('a merge revision and the branches under it', async () => {
    const { roundTrips, notChecked } = await rehearseAlembic({
      a: base,
      b1: {
        parents: ['a'],
        up: ["op.add_column('users', sa.Column('x', sa.Integer))"],
        down: ["op.drop_column('users', 'x')"],
      },
      b2: {
        parents: ['a'],
        up: ["op.add_column('users', sa.Column('y', sa.Integer))"],
        down: ["op.drop_column('users', 'y')"],
        status: 'base',
      },
      c: { parents: ['b1', 'b2'], up: [], down: [] },
    })
    expect([...roundTrips].map(([id, trip]) => [id, told(trip)?.steps, trip.restored, trip.repeatable])).toEqual([
      ['b1', ['up ok', 'down ok', 'up ok'], true, true],
      ['c', ['up ok', 'down ok', 'up ok'], true, true],
    ])
    expect(notChecked).toEqual([])
  })

  test('a downgrade that raises, and an upgrade that fails on some rows, which goes on without them', async () => {
    const { roundTrips, notChecked } = await rehearseAlembic({
      a: base,
      b: {
        parents: ['a'],
        up: ["op.add_column('users', sa.Column('phone', sa.String(20)))"],
        down: ["raise NotImplementedError('one way')"],
      },
      c: {
        parents: ['b'],
        up: ["op.alter_column('users', 'phone', nullable=False)"],
        down: ["op.alter_column('users', 'phone', nullable=True)"],
      },
      d: { parents: ['c'], up: [], down: [] },
    })
    expect([...roundTrips].map(([id, trip]) => [id, told(trip)?.steps])).toEqual([
      ['b', ['up ok', 'down failed undefined: NotImplementedError: one way', 'up skipped']],
      ['c', ['up ok', 'down ok', 'up ok']],
      ['d', ['up ok', 'down ok', 'up ok']],
    ])
    expect(roundTrips.get('c')?.preconditions?.map(({ kind, columns }) => [kind, columns])).toEqual([
      ['not-null', ['phone']],
    ])
    expect(notChecked).toEqual([])
  })

  test('a base that fails names its revision', async () => {
    const { notChecked } = await rehearseAlembic({
      a: base,
      b: { parents: ['a'], up: ["op.execute('SELECT 1/0')"], down: [], status: 'base' },
      c: { parents: ['b'], up: [], down: [] },
    })
    expect(notChecked).toEqual([
      {
        what: 'The rehearsal of c',
        why: 'b, which is on the base branch, fails on an empty database: division by zero (22012). Until the history can be applied from its beginning, nothing after it can be rehearsed: mend it, or judge it as well with --all.',
        at: { file: 'migrations/versions/b.py', line: 7, column: 1, endLine: 7 },
      },
    ])
  })

  test('no alembic', async () => {
    const { roundTrips, notChecked } = await rehearseAlembic(
      { a: base, b: { parents: ['a'], up: [], down: [] } },
      { alembic: undefined },
    )
    expect({ size: roundTrips.size, notChecked }).toEqual({
      size: 0,
      notChecked: [
        {
          what: 'The rehearsal of b',
          why: expect.stringMatching(/^No alembic was found: .*`alembic: command:`/),
          at: undefined,
        },
      ],
    })
  })
})
