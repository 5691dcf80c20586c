import { describe, expect, test } from 'vitest'
import { prisma } from '../../read/programs.ts'
import { type Files, installed, sql, stagingOf, versionTables, without } from './against-tool.ts'

const where = { tool: 'prisma', folder: 'prisma/migrations' } as const
const migration = (name: string, text: string): Files => ({ [`${name}/migration.sql`]: text })
const [a, late, b, c] = ['20240101000000_a', '20240102000000_late', '20240103000000_b', '20240110000000_c'] as const
const files = {
  'migration_lock.toml': 'provider = "postgresql"\n',
  ...migration(a, sql('a')),
  ...migration(b, sql('b')),
}
const next = { ...files, ...migration(c, sql('c')) }
const expected = { table: 'public._prisma_migrations', applied: [a, b], current: [b], pending: [c] }
const found = { ...expected, drift: [], notChecked: [] }

versionTables({
  ...where,
  program: prisma,
  up: ['migrate', 'deploy'],
  files,
  next,
  expected,
  drifts: {
    gone: { files: without(next, `${b}/migration.sql`), told: { drift: [`unknown ${b}`] }, tool: ['runs', 'c'] },
    edited: {
      files: { ...next, ...migration(a, `${sql('a')}\n`) },
      told: { drift: [`edited ${a}`] },
      tool: ['runs', 'c'],
    },
    late: {
      files: { ...next, ...migration(late, sql('late')) },
      told: { drift: [`out-of-order ${late}`], pending: [late, c] },
      tool: ['runs', 'c', 'late'],
    },
  },
})

describe('prisma migrate resolve', () => {
  const given = installed(prisma)
  const failing = { ...next, ...migration(c, `${sql('c')}\nSELECT 1 / 0;`) }

  async function failed(skip: (why: string) => void) {
    const staging = await stagingOf(where, given(skip))
    await staging.applied(files, 'migrate', 'deploy')
    expect((await staging.run(failing, 'migrate', 'deploy')).code).not.toBe(0)
    expect(await staging.read(failing)).toEqual({ ...found, drift: [`failed ${c}, refused`] })
    // With another text it is still refused.
    expect((await staging.run(next, 'migrate', 'deploy')).output).toMatch('P3009')
    return staging
  }

  const rows = `SELECT migration_name AS name, finished_at IS NOT NULL AS finished, rolled_back_at IS NOT NULL AS back,
    applied_steps_count AS steps FROM _prisma_migrations WHERE migration_name = '${c}' ORDER BY started_at`

  test('rolled back: it is to be run again, and has another row then', async ({ skip }) => {
    await using staging = await failed(skip)
    await staging.applied(failing, 'migrate', 'resolve', '--rolled-back', c)
    expect(await staging.read(next)).toEqual(found)
    await staging.applied(next, 'migrate', 'deploy')
    expect((await staging.query(rows)).rows).toEqual([
      { name: c, finished: false, back: true, steps: 0 },
      { name: c, finished: true, back: false, steps: 1 },
    ])
    expect(await staging.read(next)).toEqual({ ...found, applied: [a, b, c], current: [c], pending: [] })
    expect(await staging.read(failing)).toEqual({
      ...found,
      applied: [a, b, c],
      current: [c],
      pending: [],
      drift: [`edited ${c}`],
    })
  })

  test('applied: the failed row is taken back, and another one says that it is done', async ({ skip }) => {
    await using staging = await failed(skip)
    await staging.applied(next, 'migrate', 'resolve', '--applied', c)
    expect((await staging.query(rows)).rows).toEqual([
      { name: c, finished: false, back: true, steps: 0 },
      { name: c, finished: true, back: false, steps: 0 },
    ])
    expect(await staging.tables('c')).toEqual([])
    expect(await staging.read(next)).toEqual({ ...found, applied: [a, b, c], current: [c], pending: [] })
  })
})
