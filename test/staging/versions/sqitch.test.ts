import { describe, expect, test } from 'vitest'
import { sqitch } from '../../read/programs.ts'
import { type Files, installed, sql, stagingOf, versionTables, without } from './against-tool.ts'

const plan = (...lines: readonly string[]) =>
  `%syntax-version=1.0.0\n%project=shop\n\n${lines.map((line) => `${line}\n`).join('')}`
const line = (name: string) => `${name} 2024-01-01T00:00:00Z Ann <ann@example.test> # ${name}`
const deploy = (name: string): Files => ({
  [`deploy/${name}.sql`]: `BEGIN;\n${sql(name)}\nCOMMIT;\n`,
  [`revert/${name}.sql`]: `DROP TABLE ${name};\n`,
})
const conf = { 'sqitch.conf': '[core]\n\tengine = pg\n' }
const files = { ...conf, ...deploy('a'), ...deploy('b'), 'sqitch.plan': plan(line('a'), line('b')) }
const next = { ...files, ...deploy('c'), 'sqitch.plan': plan(line('a'), line('b'), line('c')) }
const where = { tool: 'sqitch', folder: 'db' } as const
const expected = { table: 'sqitch.changes', applied: ['a', 'b'], current: ['b'], pending: ['c'] }

versionTables({
  ...where,
  program: sqitch,
  up: ['deploy'],
  files,
  next,
  expected,
  drifts: {
    gone: {
      files: { ...without(next, 'deploy/b.sql', 'revert/b.sql'), 'sqitch.plan': plan(line('a'), line('c')) },
      told: { drift: ['unknown b, refused'] },
      tool: ['refuses'],
    },
    edited: {
      files: { ...next, 'deploy/a.sql': `-- more\n${sql('a')}` },
      told: { drift: ['edited a'] },
      tool: ['runs', 'c'],
    },
    late: {
      files: { ...next, ...deploy('late'), 'sqitch.plan': plan(line('a'), line('late'), line('b'), line('c')) },
      told: { drift: ['out-of-order late, refused'], pending: ['late', 'c'] },
      tool: ['refuses'],
    },
  },
})

describe('sqitch', () => {
  const given = installed(sqitch)

  test('a change that was reworked has a row for each time', async ({ skip }) => {
    await using staging = await stagingOf(where, given(skip))
    await staging.applied(files, 'deploy')
    const reworked = {
      ...files,
      'deploy/a@v1.sql': deploy('a')['deploy/a.sql'] ?? '',
      'revert/a@v1.sql': deploy('a')['revert/a.sql'] ?? '',
      'deploy/a.sql': 'ALTER TABLE a ADD name text;\n',
      'revert/a.sql': 'ALTER TABLE a DROP name;\n',
      'sqitch.plan': plan(
        line('a'),
        line('b'),
        '@v1 2024-01-02T00:00:00Z Ann <ann@example.test> # the first',
        line('a [a@v1]'),
      ),
    }
    const before = { ...expected, applied: ['a@v1', 'b'], pending: ['a'], drift: [], notChecked: [] }
    expect(await staging.read(reworked)).toEqual(before)
    await staging.applied(reworked, 'deploy')
    expect(await staging.read(reworked)).toEqual({
      ...before,
      applied: ['a@v1', 'b', 'a'],
      current: ['a'],
      pending: [],
    })
  })

  test('another project has its changes in the same registry; a change that was taken back has no row', async ({
    skip,
  }) => {
    await using staging = await stagingOf(where, given(skip))
    const other = { ...conf, ...deploy('x'), 'sqitch.plan': plan(line('x')).replace('shop', 'other') }
    await staging.applied(files, 'deploy')
    await staging.applied(other, 'deploy')
    await staging.applied(files, 'revert', '-y', '--to', 'a')
    const found = { ...expected, drift: [], notChecked: [] }
    expect(await staging.read(next)).toEqual({ ...found, applied: ['a'], current: ['a'], pending: ['b', 'c'] })
    expect(await staging.read(other)).toEqual({ ...found, applied: ['x'], current: ['x'], pending: [] })
  })

  test('a change that failed leaves none', async ({ skip }) => {
    await using staging = await stagingOf(where, given(skip))
    await staging.applied(files, 'deploy')
    const failing = { ...next, 'deploy/c.sql': `${sql('c')}\nSELECT 1 / 0;\n` }
    expect((await staging.run(failing, 'deploy')).code).not.toBe(0)
    expect(await staging.tables('c')).toEqual(['c'])
    expect(await staging.read(failing)).toEqual({ ...expected, drift: [], notChecked: [] })
  })
})
