import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { drizzle, drizzleOne, type Run } from '../../read/programs.ts'
import { type Files, installed, sql, stagingOf, versionTables, without } from './against-tool.ts'

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

  test('a journal that cannot be read', async ({ skip }) => {
    await using staging = await stagingOf(where, given(skip))
    await staging.applied(files)
    expect(await staging.read({ ...next, 'meta/_journal.json': '{' })).toEqual({
      ...expected,
      applied: [],
      current: [],
      pending: [],
      drift: [],
      notChecked: [],
    })
  })

  test('a run that fails leaves nothing', async ({ skip }) => {
    await using staging = await stagingOf(where, given(skip))
    await staging.applied(files)
    const failing = { ...next, '0002_c.sql': `${sql('c')}--> statement-breakpoint\nSELECT 1 / 0;` }
    expect((await staging.run(failing)).code).not.toBe(0)
    expect(await staging.tables('c')).toEqual([])
    expect(await staging.read(failing)).toEqual({ ...expected, drift: [], notChecked: [] })
  })
})

const folder = (name: string, text: string): Files => ({
  [`${name}/migration.sql`]: text,
  [`${name}/snapshot.json`]: '{}',
})
const [first, between, second, third] = [
  '20240101000000_a',
  '20240102000000_late',
  '20240103000000_b',
  '20240110000000_c',
] as const
const folders = { ...folder(first, sql('a')), ...folder(second, sql('b')) }
const foldersNext = { ...folders, ...folder(third, sql('c')) }
const expectedOfOne = { ...expected, applied: [first, second], current: [second], pending: [third] }

describe('version 1', () => {
  versionTables({
    ...where,
    program: drizzleOne,
    up: [],
    files: folders,
    next: foldersNext,
    expected: expectedOfOne,
    drifts: {
      gone: {
        files: without(foldersNext, `${second}/migration.sql`, `${second}/snapshot.json`),
        told: { drift: [`unknown ${second}`] },
        tool: ['runs', 'c'],
      },
      edited: {
        files: { ...foldersNext, ...folder(first, `${sql('a')}\n`) },
        told: { drift: [`edited ${first}`] },
        tool: ['runs', 'c'],
      },
      late: {
        files: { ...foldersNext, ...folder(between, sql('late')) },
        told: { drift: [`out-of-order ${between}`], pending: [between, third] },
        tool: ['runs', 'c', 'late'],
      },
    },
  })

  const [before, now] = [installed(drizzle), installed(drizzleOne)]

  test('a table of before, and once version 1 has named its rows', async ({ skip }) => {
    const [old, one] = [before(skip), now(skip)]
    const run: Run = (path, ...given) => (existsSync(join(path, 'meta')) ? old : one)(path, ...given)
    await using staging = await stagingOf(where, run)
    const at = (day: string) => Date.parse(`2024-01-${day}T00:00:00.123Z`)
    await staging.applied({ ...files, ...journal(['0000_a', at('01')], ['0001_b', at('03')]) })
    const found = { ...expectedOfOne, drift: [], notChecked: [] }
    expect(await staging.read(foldersNext)).toEqual(found)
    expect(await staging.read({ ...foldersNext, ...folder(first, '') })).toEqual({
      ...found,
      drift: [`edited ${first}`],
    })
    // Two of one second are told apart by their text.
    const twin = { ...foldersNext, ...folder('20240101000000_0', sql('late')) }
    expect(await staging.read(twin)).toEqual({
      ...found,
      pending: ['20240101000000_0', third],
      drift: ['out-of-order 20240101000000_0'],
    })
    await staging.applied(twin)
    expect(await staging.tables('a', 'b', 'c', 'late')).toEqual(['a', 'b', 'c', 'late'])
    const named = { ...found, applied: ['20240101000000_0', first, second, third], current: [third], pending: [] }
    expect(await staging.read(twin)).toEqual(named)
    const other = { ...twin, ...folder('20240101000000_0', ''), ...folder(first, '') }
    expect(await staging.read(other)).toEqual({ ...named, drift: ['edited 20240101000000_0', `edited ${first}`] })
  })
})
