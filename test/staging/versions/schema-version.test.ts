import { describe, expect, test } from 'vitest'
import { sql, stagingOf } from './against-tool.ts'

// A table of the team's own: here the migrations themselves make it, and write their rows.

const where = { tool: 'numbered-sql', folder: 'migrations' } as const
const insert = (version: string, day: string) =>
  `INSERT INTO schema_version (version, applied_at, description) VALUES ('${version}', '2024-01-${day}', 'It''s ${version}');`
const table =
  'CREATE TABLE schema_version (version varchar(50) PRIMARY KEY, applied_at timestamptz DEFAULT now(), description text);'
const first = `BEGIN;\n${table}\n${sql('a')}\n${insert('1.0.0', '01')}\nCOMMIT;`
const second = `-- Version: 1.1.0\n${sql('b')}`
const third = `${sql('c')}\n${insert('1.10.0', '20')}`
const files = { '001_initial_schema.sql': first, '002_add_phone.sql': second, '003_more.sql': third }
const found = { table: 'public.schema_version', notChecked: [] }

test('semantic versions, by the row that a migration inserts or the head that names it', async () => {
  await using staging = await stagingOf(where)
  for (const text of [first, second, insert('1.1.0', '10')]) await staging.query(text)
  const two = { ...found, applied: ['1.0.0', '1.1.0'], current: ['1.1.0'], pending: ['003'], drift: [] }
  expect(await staging.read(files)).toEqual(two)
  await staging.query(third)
  expect(await staging.read(files)).toEqual({
    ...two,
    applied: ['1.0.0', '1.1.0', '1.10.0'],
    current: ['1.10.0'],
    pending: [],
  })
})

test('a version of another branch; the newest by time is not the highest', async () => {
  await using staging = await stagingOf(where)
  for (const text of [first, third, insert('1.9.0', '30')]) await staging.query(text)
  expect(await staging.read(files)).toEqual({
    ...found,
    applied: ['1.0.0', '1.10.0', '1.9.0'],
    current: ['1.9.0'],
    pending: ['002'],
    drift: ['unknown 1.9.0', 'out-of-order 1.9.0', 'out-of-order 002'],
  })
})

describe('no such table', () => {
  const nothing = { ...found, applied: [], current: [], pending: ['001', '002', '003'], drift: [] }

  test('nothing is applied on a new database', async () => {
    await using staging = await stagingOf(where)
    expect(await staging.read(files)).toEqual(nothing)
  })

  test('on another one that is not believed', async () => {
    await using staging = await stagingOf(where)
    await staging.query('CREATE TABLE a ()')
    expect(await staging.read(files)).toEqual({
      ...nothing,
      notChecked: [
        {
          what: 'The version table',
          why: 'The database has tables, and public.schema_version, in which numbered-sql notes what it applied, is not among them. Every migration is taken as pending. Name the table with --version-table.',
        },
      ],
    })
  })
})

test('rows that hold the date of a migration, where one alone has it, or its name', async () => {
  await using staging = await stagingOf(where)
  await staging.query(table)
  for (const [version, day] of [
    ['2024-01-30', '01'],
    ['2024-01-31', '02'],
    ['2024-01-31-2-c', '03'],
  ] as const)
    await staging.query(insert(version, day))
  const dates = {
    '1_first.sql': sql('f'),
    '2024-01-30_a.sql': sql('a'),
    '2024-01-31-1-b.sql': sql('b'),
    '2024-01-31-2-c.sql': sql('c'),
  }
  expect(await staging.read(dates)).toEqual({
    ...found,
    applied: ['2024-01-30', '2024-01-31', '2024-01-31-2-c'],
    current: ['2024-01-31-2-c'],
    pending: ['1', '2024-01-31-1-b'],
    drift: ['unknown 2024-01-31', 'out-of-order 1', 'out-of-order 2024-01-31-1-b'],
  })
})
