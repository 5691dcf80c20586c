import { describe, expect, test } from 'vitest'
import { drizzle } from '../../read/programs.ts'
import { type Files, installed, sql, stagingOf, versionTables } from './against-tool.ts'

type Entry = readonly [tag: string, when: number]

const journal = (...entries: readonly Entry[]): Files => ({
  'meta/_journal.json': JSON.stringify({
    version: '7',
    dialect: 'postgresql',
    entries: entries.map(([tag, when], idx) => ({ idx, version: '7', when, tag, breakpoints: true })),
  }),
})
const a: Entry = ['0000_a', 1000]
const b: Entry = ['0001_b', 3000]
const c: Entry = ['0002_c', 9000]
const where = { tool: 'drizzle', folder: 'drizzle' } as const
const files = { '0000_a.sql': sql('a'), '0001_b.sql': sql('b'), ...journal(a, b) }
const next = { ...files, '0002_c.sql': sql('c'), ...journal(a, b, c) }
const expected = {
  table: 'drizzle.__drizzle_migrations',
  applied: ['0000_a', '0001_b'],
  current: ['0001_b'],
  pending: ['0002_c'],
}

versionTables({
  ...where,
  program: drizzle,
  up: [],
  files,
  next,
  expected,
  drifts: {
    gone: {
      files: { '0000_a.sql': sql('a'), '0002_c.sql': sql('c'), ...journal(a, c) },
      told: {
        applied: ['0000_a', 'the one of 1970-01-01T00:00:03.000Z'],
        current: ['the one of 1970-01-01T00:00:03.000Z'],
        drift: ['unknown the one of 1970-01-01T00:00:03.000Z'],
      },
      tool: ['runs', 'c'],
    },
    edited: {
      files: { ...next, '0000_a.sql': `${sql('a')}\n` },
      told: { drift: ['edited 0000_a'] },
      tool: ['runs', 'c'],
    },
    'late by its time': {
      files: { ...next, '0003_late.sql': sql('late'), ...journal(a, ['0003_late', 2000], b, c) },
      told: { drift: ['out-of-order 0003_late'] },
      tool: ['runs', 'c'],
    },
    'late by its time, behind the others': {
      files: { ...files, '0003_late.sql': sql('late'), ...journal(a, b, ['0003_late', 2000]) },
      told: { drift: ['out-of-order 0003_late'], pending: [] },
      tool: ['runs'],
    },
  },
})

describe('drizzle', () => {
  const given = installed(drizzle)

  test('a run that fails leaves nothing', async ({ skip }) => {
    await using staging = await stagingOf(where, given(skip))
    await staging.applied(files)
    const failing = { ...next, '0002_c.sql': `${sql('c')}--> statement-breakpoint\nSELECT 1 / 0;` }
    expect((await staging.run(failing)).code).not.toBe(0)
    expect(await staging.tables('c')).toEqual([])
    expect(await staging.read(failing)).toEqual({ ...expected, drift: [], notChecked: [] })
  })
})
