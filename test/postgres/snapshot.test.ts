import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contents } from '../../src/postgres/contents.ts'
import { snapshot } from '../../src/postgres/snapshot.ts'
import { testDatabase } from '../server.ts'

/** One object of every kind. */
const everything = readFileSync(new URL('everything.sql', import.meta.url), 'utf8')

test('two databases made by the same SQL give the same snapshot', async () => {
  await using first = await testDatabase(everything)
  // Other object identifiers, and another state of the session.
  await using second = await testDatabase('CREATE TABLE passing (); DROP TABLE passing;' + everything)
  await second.query(
    `SET search_path = app; SET DateStyle = 'German'; SET TimeZone = 'Asia/Kolkata'; SET quote_all_identifiers = on`,
  )
  const schema = await snapshot(first, { exclude: [] })
  expect(await snapshot(second, { exclude: [] })).toEqual(schema)
  const { rows } = await second.query(
    `SELECT current_setting('search_path') AS path, current_setting('TimeZone') AS zone`,
  )
  expect(rows).toEqual([{ path: 'app', zone: 'Asia/Kolkata' }])

  const keys = schema.map(({ kind, identity }) => `${kind} ${identity}`)
  expect(new Set(keys).size).toBe(keys.length)
  expect([...new Set(schema.map(({ kind }) => kind))]).toEqual([
    'access method',
    'aggregate',
    'cast',
    'collation',
    'column',
    'column order',
    'comment',
    'composite type',
    'constraint',
    'conversion',
    'default privileges',
    'domain',
    'dropped columns',
    'enum',
    'event trigger',
    'extension',
    'foreign server',
    'foreign table',
    'foreign-data wrapper',
    'function',
    'index',
    'materialized view',
    'operator',
    'operator class',
    'operator family',
    'policy',
    'privileges',
    'procedure',
    'publication',
    'range',
    'rule',
    'schema',
    'sequence',
    'settings',
    'statistics',
    'table',
    'text search configuration',
    'text search dictionary',
    'text search parser',
    'text search template',
    'transform',
    'trigger',
    'type',
    'user mapping',
    'view',
  ])
  // Each owner is an object of the snapshot, or a partition's or index's owner would never be found.
  expect(schema.flatMap(({ belongsTo = [] }) => belongsTo).filter((owner) => !keys.includes(owner))).toEqual([])
  // The password of a user mapping is nowhere in it.
  expect(JSON.stringify(schema)).not.toContain('hunter2')
})

test('a subscription is told without its connection', async () => {
  await using session = await testDatabase()
  await session.query(
    `CREATE SUBSCRIPTION sub CONNECTION 'password=hunter2' PUBLICATION pub WITH (connect = false, slot_name = NONE)`,
  )
  try {
    const found = (await snapshot(session, { exclude: [] })).filter(({ kind }) => kind === 'subscription')
    expect(found).toEqual([
      {
        kind: 'subscription',
        identity: 'sub',
        attributes: { owner: 'postgres', enabled: false, publications: ['pub'] },
      },
    ])
  } finally {
    await session.query('DROP SUBSCRIPTION sub')
  }
})

test('a table is left out with all that belongs to it', async () => {
  await using session = await testDatabase()
  const before = await snapshot(session, { exclude: ['public.versions'] })
  await session.query(`CREATE TABLE versions (id serial PRIMARY KEY, a text UNIQUE); COMMENT ON COLUMN versions.a IS 'x';
    GRANT SELECT ON versions TO PUBLIC; INSERT INTO versions VALUES (1, 'x')`)
  expect(await snapshot(session, { exclude: ['public.versions'] })).toEqual(before)
  expect(await contents(session, { exclude: ['public.versions'] })).toEqual([])
})

test('a user who owns nothing but the schema sees the same', async () => {
  await using session = await testDatabase('CREATE TABLE t (id int PRIMARY KEY)')
  const schema = await snapshot(session, { exclude: [] })
  const role = session.database.name
  await session.query(`CREATE ROLE ${role}; SET ROLE ${role}`)
  try {
    expect(await snapshot(session, { exclude: [] })).toEqual(schema)
  } finally {
    await session.query(`RESET ROLE; DROP ROLE ${role}`)
  }
})

test('rows are counted and summed up whatever their order', async () => {
  await using session = await testDatabase(
    `CREATE TABLE t (a text, "B c" float8, g int GENERATED ALWAYS AS (1) STORED); INSERT INTO t VALUES ('x', 0.1), ('y', NULL)`,
  )
  const found = await contents(session, { exclude: [] })
  await session.query(`TRUNCATE t; INSERT INTO t VALUES ('y', NULL), ('x', 0.1)`)
  expect(await contents(session, { exclude: [] })).toEqual(found)
  expect(found).toEqual([
    {
      table: 'public.t',
      rows: 2,
      columns: [
        { column: 'a', nonNull: 2, checksum: expect.stringMatching(/^-?\d+$/) },
        { column: '"B c"', nonNull: 1, checksum: expect.stringMatching(/^-?\d+$/) },
        { column: 'g', nonNull: 2, checksum: expect.stringMatching(/^-?\d+$/) },
      ],
    },
  ])
})

test('a table of 1600 columns is summed up too', async () => {
  const columns = Array.from({ length: 1600 }, (_, index) => `c${index} int`)
  await using session = await testDatabase(
    `CREATE TABLE wide (${columns.join(', ')}); INSERT INTO wide (c1599) VALUES (1)`,
  )
  const [wide] = await contents(session, { exclude: [] })
  expect(wide?.columns.filter(({ nonNull }) => nonNull > 0).map(({ column }) => column)).toEqual(['c1599'])
})
