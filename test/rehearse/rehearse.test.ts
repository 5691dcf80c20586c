import { describe, expect, test } from 'vitest'
import { Cancelled } from '../../src/model/errors.ts'
import { testDatabase, testServer } from '../server.ts'
import { clean, rehearseSql, told } from './histories.ts'
import { until } from './processes.ts'

const users = { '001_users': 'CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL, name varchar(50));' }

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

  test('an upgrade that refuses made-up rows by itself is seen without them, and what comes after it with rows again', async () => {
    const check = `DO $$ BEGIN IF EXISTS (SELECT FROM users) THEN RAISE 'not ours'; END IF; END $$;`
    const { roundTrips, notChecked } = await rehearseSql(users, {
      '002_phone': `${check}\nALTER TABLE users ADD COLUMN phone text;`,
      '002_phone_rollback': 'ALTER TABLE users DROP COLUMN phone;',
      '003_fax': 'ALTER TABLE users ADD COLUMN fax text;',
      '003_fax_rollback': 'ALTER TABLE users DROP COLUMN fax;',
    })
    expect({
      notChecked,
      trips: [...roundTrips].map(([id, trip]) => ({
        id,
        steps: told(trip)?.steps,
        refused: trip.refusedRows?.message,
        withoutRows: trip.withoutRows,
      })),
    }).toEqual({
      notChecked: [],
      trips: [
        { id: '002', steps: ['up ok', 'down ok', 'up ok'], refused: 'not ours', withoutRows: ['public.users'] },
        { id: '003', steps: ['up ok', 'down ok', 'up ok'], refused: undefined, withoutRows: [] },
      ],
    })
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
        why: 'Not rehearsed, because the upgrade of 002_bad failed, also on an empty database.',
        at: undefined,
      },
    ])
  })

  test('what comes after an upgrade that fails with rows only is rehearsed on a database that it was applied to without', async () => {
    const { roundTrips, notChecked } = await rehearseSql(users, {
      '002_strict': 'ALTER TABLE users ADD COLUMN phone text NOT NULL;',
      '003_again': 'ALTER TABLE users ADD COLUMN fax text NOT NULL;',
      '004_nick': 'ALTER TABLE users ADD COLUMN nick text;',
      '004_nick_rollback': 'ALTER TABLE users DROP COLUMN nick;',
    })
    expect([...roundTrips].map(([id, trip]) => [id, told(trip)?.steps])).toEqual([
      [
        '002',
        ['up failed 23502: column "phone" of relation "users" contains null values', 'down skipped', 'up skipped'],
      ],
      ['003', ['up failed 23502: column "fax" of relation "users" contains null values', 'down skipped', 'up skipped']],
      ['004', ['up ok', 'down ok', 'up ok']],
    ])
    expect(notChecked).toEqual([])
  })

  test('an extension that the server lacks is no fault of the migration', async () => {
    const { version, source } = await testServer()
    const told = `needs the extension no_such, which the PostgreSQL of this rehearsal (${version}, ${source}) does not have. Rehearse on one that has it: an image (\`database: docker\` and \`docker-image:\`), or the URL of such a server, as a service container is one.`
    const asking = 'CREATE EXTENSION no_such;'
    const changed = await rehearseSql(users, { '002_ask': asking, '003_next': 'SELECT 1;' })
    expect([[...changed.roundTrips.keys()], changed.notChecked]).toEqual([
      [],
      [{ what: 'The rehearsal of 002_ask and 003_next', why: `002_ask ${told}`, at: undefined }],
    ])
    const before = await rehearseSql({ '001_ask': asking }, { '002_next': 'SELECT 1;' })
    expect([[...before.roundTrips.keys()], before.notChecked]).toEqual([
      [],
      [
        {
          what: 'The rehearsal of 002_next',
          why: `001_ask, which is on the base branch, ${told}`,
          at: { file: 'migrations/001_ask.sql', line: 1, column: 1, endLine: 1 },
        },
      ],
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
        why: '001_early, which is on the base branch, fails on an empty database: relation "schema_version" does not exist (42P01). Until the history can be applied from its beginning, nothing after it can be rehearsed: mend it, judge it as well with --all, or begin with a dump of the schema: `baseline:` in .migration-gate.yml.',
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
