import { describe, expect, test } from 'vitest'
import { flyway } from '../../read/programs.ts'
import { installed, sql, stagingOf, versionTables, without } from './against-tool.ts'

const where = { tool: 'flyway', folder: 'sql' } as const
const files = {
  'V1__a.sql': `\uFEFF${sql('a')}\r\n-- ä\n\n`,
  'V3.0__b.sql': sql('b'),
  'R__view_of_a.sql': 'CREATE OR REPLACE VIEW v AS SELECT 1 AS one;\n',
}
const next = { ...files, 'V10__c.sql': sql('c') }
const expected = {
  table: 'public.flyway_schema_history',
  applied: ['1', '3.0', 'R__view_of_a'],
  current: ['3.0'],
  pending: ['10'],
}
const found = { ...expected, drift: [], notChecked: [] }

versionTables({
  ...where,
  program: flyway,
  up: ['migrate'],
  files,
  next,
  expected,
  drifts: {
    gone: {
      files: without(next, 'V3.0__b.sql'),
      told: { drift: ['unknown 3.0, refused'] },
      tool: ['refuses'],
    },
    'gone is a repeatable one': {
      files: without(next, 'R__view_of_a.sql'),
      told: { drift: ['unknown R__view_of_a, refused'] },
      tool: ['refuses'],
    },
    edited: {
      files: { ...next, 'V1__a.sql': `${files['V1__a.sql']}-- more` },
      told: { drift: ['edited 1, refused'] },
      tool: ['refuses'],
    },
    'other ends of lines are no edit': {
      files: { ...next, 'V1__a.sql': `${sql('a')}\n-- ä\r\n\r\n` },
      told: {},
      tool: ['runs', 'c'],
    },
    'an edited repeatable one runs again': {
      files: { ...next, 'R__view_of_a.sql': 'CREATE OR REPLACE VIEW v AS SELECT 1 AS one, 2 AS two;' },
      told: { pending: ['10', 'R__view_of_a'] },
      tool: ['runs', 'c'],
    },
    late: {
      files: { ...next, 'V2__late.sql': sql('late') },
      told: { drift: ['out-of-order 2, refused'], pending: ['2', '10'] },
      tool: ['refuses'],
    },
  },
})

describe('flyway', () => {
  const given = installed(flyway)

  test('one that came late and was let in stands behind, and the highest is the current one', async ({ skip }) => {
    await using staging = await stagingOf(where, given(skip))
    const late = { ...next, 'V2__late.sql': sql('late') }
    await staging.applied(next, 'migrate')
    await staging.applied(late, 'migrate', 'outOfOrder=true')
    expect(await staging.read(late)).toEqual({
      ...found,
      applied: ['1', '3.0', '10', 'R__view_of_a', '2'],
      current: ['10'],
      pending: [],
    })
  })

  test('a failed row stays where it could not be rolled back, until it is repaired', async ({ skip }) => {
    await using staging = await stagingOf(where, given(skip))
    await staging.applied(files, 'migrate')
    const broken = 'CREATE INDEX CONCURRENTLY i ON a (nowhere);'
    const failing = { ...next, 'V10__c.sql': broken, 'V11__d.sql': sql('d') }
    expect((await staging.run(failing, 'migrate')).code).not.toBe(0)
    expect(await staging.read(failing)).toEqual({ ...found, pending: ['10', '11'], drift: ['failed 10, refused'] })
    expect((await staging.run(next, 'migrate')).code).not.toBe(0)
    await staging.applied(next, 'repair')
    expect(await staging.read(next)).toEqual(found)
    await staging.applied(next, 'migrate')
    expect(await staging.read(next)).toEqual({
      ...found,
      applied: ['1', '3.0', 'R__view_of_a', '10'],
      current: ['10'],
      pending: [],
    })
  })

  test('repaired: an edited text is taken over, and what is gone counts as deleted', async ({ skip }) => {
    await using staging = await stagingOf(where, given(skip))
    await staging.applied(files, 'migrate')
    const others = { ...without(next, 'V3.0__b.sql', 'R__view_of_a.sql'), 'V1__a.sql': 'SELECT 1;' }
    expect(await staging.read(others)).toEqual({
      ...found,
      drift: ['edited 1, refused', 'unknown 3.0, refused', 'unknown R__view_of_a, refused'],
    })
    await staging.applied(others, 'repair')
    const repaired = { ...found, applied: ['1'], current: ['1'] }
    expect(await staging.read(others)).toEqual(repaired)
    // Should it come back, it is to be run.
    const back = { ...others, 'V3.0__b.sql': sql('b_again') }
    expect(await staging.read(back)).toEqual({ ...repaired, pending: ['3.0', '10'] })
    await staging.applied(back, 'migrate')
    expect(await staging.tables('b_again')).toEqual(['b_again'])
    expect((await staging.read(back)).pending).toEqual([])
  })

  test('a baseline stands for all up to it', async ({ skip }) => {
    await using staging = await stagingOf(where, given(skip))
    await staging.query(`${sql('a')}${sql('b')}`)
    await staging.applied(next, 'baseline', 'baselineVersion=3')
    const baseline = { ...found, applied: ['3'], current: ['3'], pending: ['10', 'R__view_of_a'] }
    expect(await staging.read(next)).toEqual(baseline)
    await staging.applied(next, 'migrate')
    expect(await staging.read(next)).toEqual({
      ...baseline,
      applied: ['3', '10', 'R__view_of_a'],
      current: ['10'],
      pending: [],
    })
  })

  test('a baseline script is run on an empty database alone', async ({ skip }) => {
    const run = given(skip)
    const withBase = { ...next, 'B3__base.sql': `${sql('a')}${sql('b')}` }
    await using staging = await stagingOf(where, run)
    await staging.applied(files, 'migrate')
    expect(await staging.read(withBase)).toEqual(found)
    const edited = { ...withBase, 'V1__a.sql': sql('a') }
    expect(await staging.read(edited)).toEqual({ ...found, drift: ['edited 1, refused'] })
    expect((await staging.run(edited, 'migrate')).code).not.toBe(0)
    const gone = without(withBase, 'V1__a.sql')
    expect(await staging.read(gone)).toEqual({ ...found, drift: ['unknown 1, refused'] })
    expect((await staging.run(gone, 'migrate')).code).not.toBe(0)
    await staging.applied(withBase, 'migrate')
    expect(await staging.tables('a', 'b', 'c')).toEqual(['a', 'b', 'c'])
    await using fresh = await stagingOf(where, run)
    await fresh.applied(withBase, 'migrate')
    expect(await fresh.read(withBase)).toEqual({
      ...found,
      applied: ['3', '10', 'R__view_of_a'],
      current: ['10'],
      pending: [],
    })
  })

  test('undo is not in the edition that is to be had', async ({ skip }) => {
    await using staging = await stagingOf(where, given(skip))
    await staging.applied(files, 'migrate')
    const { code, output } = await staging.run({ ...files, 'U3.0__b.sql': 'DROP TABLE b;' }, 'undo')
    expect(code).not.toBe(0)
    expect(output).toMatch(/undo.*not supported|Teams|Enterprise/i)
  })
})
