import { describe, expect, test } from 'vitest'
import { read } from './projects.ts'

/** The migrations in their order, each with its id where that is not its name, and its way back. */
async function order(...names: readonly string[]) {
  const tree = Object.fromEntries(names.map((name) => [`migrations/${name}`, 'A']))
  const { tool, migrations, notChecked, faults = [], hasGaps } = await read(tree)
  expect(tool).toBe('numbered-sql in migrations')
  const told = migrations.map((text) => {
    const [, id, name] = /^(.*?) \((.*)\) base after /s.exec(text) ?? []
    const [, down] = /\n {2}down migrations\/(.*?):1 /.exec(text) ?? []
    return `${id === name ? '' : `${id}: `}${name}${down === undefined ? '' : ` <- ${down}`}`
  })
  return { order: told, faults, notChecked, hasGaps }
}

const fine = { faults: [], notChecked: [], hasGaps: false }

describe('the order that the names mean', () => {
  test.each([
    [
      'days',
      ['2024-01-31-add-users.sql', '2023-12-01-b.sql', '2024-01-04-c.sql', '2024-10-01-d.sql'],
      ['2023-12-01-b', '2024-01-04-c', '2024-01-31-add-users', '2024-10-01-d'],
    ],
    [
      'times of a day, however they are written',
      ['2024_01_31_1130_z.sql', '2024-01-31T09-00-30_x.sql', '2024_01_31_0900_y.sql', '2024-01-31 100000 w.sql'],
      ['2024_01_31_0900_y', '2024-01-31T09-00-30_x', '2024-01-31 100000 w', '2024_01_31_1130_z'],
    ],
    [
      'counters of a day; the first one has none',
      ['20240131-10_c.sql', '20240131-2_b.sql', '20240131_a.sql', '20240130-3_z.sql'],
      ['20240130-3_z', '20240131: 20240131_a', '20240131-2_b', '20240131-10_c'],
    ],
    [
      'letters',
      ['2024-01-31b-b.sql', '2024-01-31a-a.sql', '2024-01-31.sql'],
      ['2024-01-31', '2024-01-31a-a', '2024-01-31b-b'],
    ],
    [
      'a time and a counter',
      ['2024-01-31_0900_2_b.sql', '2024-01-31_0900_1_c.sql', '2024-01-31_0859_a.sql'],
      ['2024-01-31_0859_a', '2024-01-31_0900_1_c', '2024-01-31_0900_2_b'],
    ],
    [
      'versions part by part, between numbers',
      ['v1.10.0__b.sql', 'v1.2.3__x.sql', '2_c.sql', '1.2_a.sql', 'v3-d.sql'],
      ['1.2: 1.2_a', '1.2.3: v1.2.3__x', '1.10.0: v1.10.0__b', '2: 2_c', '3: v3-d'],
    ],
    [
      'numbers, and dates later on; digits alone are dates too',
      ['2024-01-31-c.sql', '010_b.sql', '9_a.sql', '20240201_d.sql'],
      ['9: 9_a', '010: 010_b', '2024-01-31-c', '20240201: 20240201_d'],
    ],
    [
      'stamps with times beside dates',
      ['2024-02-02-c.sql', '20240131120000_a.sql', '202402010900_b.sql'],
      ['20240131120000: 20240131120000_a', '202402010900: 202402010900_b', '2024-02-02-c'],
    ],
    [
      'a month or a counter of a year',
      ['2024-10-c.sql', '2024-9-b.sql', '2023-11-a.sql'],
      ['2023-11-a', '2024-9-b', '2024-10-c'],
    ],
    [
      'plain numbers stay as they are: four digits that are no year, a day that no calendar has, long stamps',
      ['2024_2_tables.sql', '2023_x.sql', '20241399-1_c.sql', '20240101000000_d.sql', '1706700000000_e.sql'],
      [
        '2023: 2023_x',
        '2024: 2024_2_tables',
        '20241399: 20241399-1_c',
        '1706700000000: 1706700000000_e',
        '20240101000000: 20240101000000_d',
      ],
    ],
  ])('%s', async (_, names, expected) => {
    expect(await order(...names)).toEqual({ ...fine, order: expected })
  })
})

test('the ways back, in each spelling', async () => {
  const found = await order(
    '2024-01-01-a.sql',
    '2024-01-01-a_rollback.sql',
    '2024-01-02_0900_b.sql',
    '2024-01-02_0900_b.down.sql',
    '2024-01-03T09-00-00_c.sql',
    'rollback/2024-01-03T09-00-00_c.sql',
    '20240104-1_d.sql',
    '20240104-1_d_down.sql',
    '2024-01-05-e.sql',
    '2024-01-05_rollback.sql',
    '2024-01-06.sql',
    '2024-01-06.undo.sql',
  )
  expect(found).toEqual({
    ...fine,
    order: [
      '2024-01-01-a <- 2024-01-01-a_rollback.sql',
      '2024-01-02_0900_b <- 2024-01-02_0900_b.down.sql',
      '2024-01-03T09-00-00_c <- rollback/2024-01-03T09-00-00_c.sql',
      '20240104-1_d <- 20240104-1_d_down.sql',
      '2024-01-05-e <- 2024-01-05_rollback.sql',
      '2024-01-06 <- 2024-01-06.undo.sql',
    ],
  })
  expect(await order('v1.2.3__x.sql', 'v1.2.3__x.revert.sql', '001_a.sql', '001_rollback.sql')).toEqual({
    ...fine,
    order: ['001: 001_a <- 001_rollback.sql', '1.2.3: v1.2.3__x <- v1.2.3__x.revert.sql'],
  })
})

test('a way back by number alone is not given to one of two; a second one is told', async () => {
  const added = {
    'm/001_a_rollback.sql': '',
    'm/rollback/001_a.sql': '',
    'm/2024-01-31-b.sql': '',
    'm/2024-01-31-c.sql': '',
    'm/2024-01-31_rollback.sql': '',
  }
  const { migrations, notChecked } = await read({ 'm/001_a.sql': 'A' }, added)
  expect(migrations[0]).toContain('down m/001_a_rollback.sql')
  expect(notChecked).toEqual([
    'm/rollback/001_a.sql: It takes back a migration that another file takes back too. Expected one way back for each migration.',
    'm/2024-01-31_rollback.sql: It takes back a migration that is not there: expected 2024-01-31_name.sql beside it.',
  ])
})

describe('what the names leave open', () => {
  test('two of one day, and no counter; a time beside a counter', async () => {
    const found = await order('2024-01-31-a.sql', '2024-01-31-b.sql', '2024-02-01_0900_c.sql', '2024-02-01-2_d.sql')
    expect(found.faults).toEqual([
      'migrations/2024-01-31-b.sql has the date 2024-01-31 of migrations/2024-01-31-a.sql',
      'migrations/2024-02-01_0900_c.sql has the date 2024-02-01 of migrations/2024-02-01-2_d.sql',
    ])
    expect(found.order).toHaveLength(4)
  })

  test('1.2 is 1.2.0', async () => {
    expect((await order('v1.2_a.sql', 'v1.2.0_b.sql')).faults).toEqual([
      'migrations/v1.2.0_b.sql has the number of migrations/v1.2_a.sql',
    ])
  })

  test.each([
    ['31-01-2024-a.sql', '31-01-2024'],
    ['01_02_24_a.sql', '01_02_24'],
  ])('%s: day, month or year first', async (name, written) => {
    expect(await order(name, '001_b.sql')).toEqual({
      order: ['001: 001_b'],
      faults: [],
      notChecked: [
        `migrations/${name}: Its place in the order is not known: ${written} may be a date with the day, the month or the year first, or a number of several parts. Begin the name with the whole date, year first, such as 2024-01-31-add_email.sql, or with a number, such as 003_add_email.sql.`,
      ],
      hasGaps: true,
    })
  })

  test.each([
    ['1706700000_a.sql', '1706700000', '2024-01-31-b.sql', 'dates'],
    ['v1.2.3_a.sql', '1.2.3', '2024-01-31-b.sql', 'dates'],
    ['2024-02-a.sql', '2024-02', '2024-01-31-b.sql', 'dates'],
    ['1.2.3_a.sql', '1.2.3', '2024-02-b.sql', 'years'],
  ])('%s among others', async (name, written, other, others) => {
    expect(await order(name, other)).toEqual({
      order: [other.replace('.sql', '')],
      faults: [],
      notChecked: [
        `migrations/${name}: Its place in the order is not known: its name begins with ${written}, and those of other files beside it with ${others}. Name it as they are, or let a command run them in its own order (tool: command, with upgrade: in the configuration).`,
      ],
      hasGaps: true,
    })
  })
})
