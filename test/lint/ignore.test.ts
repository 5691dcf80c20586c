import { expect, test } from 'vitest'
import { rules } from '../../rules/index.ts'
import { withoutIgnored } from '../../src/lint/ignore.ts'
import { lint } from '../../src/lint/lint.ts'
import { parseMigration } from '../../src/parse/parse.ts'
import { script } from '../examples.ts'

async function found(sql: string): Promise<string[]> {
  const file = 'm/001.sql'
  const migration = await parseMigration(
    { id: '1', name: '1', file, parents: [], up: script('up', file, sql), down: undefined, status: 'new' },
    { defaultSchema: 'public' },
  )
  const findings = lint({ tool: 'numbered-sql', migrations: [migration] }, rules)
  return withoutIgnored(findings, new Map([[file, sql]])).map(({ at, rule }) => `${at.line} ${rule}`)
}

const index = 'CREATE INDEX i ON t (a);'

test('a comment at the end of the line, or before it, ignores what it names there', async () => {
  expect(await found(`SELECT 1;\n${index}\n${index}`)).toEqual([
    '1 missing-downgrade',
    '2 blocking-index',
    '3 blocking-index',
  ])
  expect(await found(`SELECT 1;\n${index} -- migration-gate: ignore blocking-index: twelve rows\n${index}`)).toEqual([
    '1 missing-downgrade',
    '3 blocking-index',
  ])
  expect(
    await found(`SELECT 1;\n--migration-gate:ignore blocking-index , other: twelve\n\n-- Why.\n${index}\n${index}`),
  ).toEqual(['1 missing-downgrade', '6 blocking-index'])
  expect(
    await found(`SELECT 1;\nCREATE INDEX i\n  ON t (a); -- migration-gate: ignore blocking-index: twelve rows`),
  ).toEqual(['1 missing-downgrade'])
})

test('above all code, it speaks of the whole file', async () => {
  expect(await found(`-- Adds an index.\n-- migration-gate: ignore missing-downgrade: forward only\n${index}`)).toEqual(
    ['3 blocking-index'],
  )
  expect(await found(`SELECT 1;\n-- migration-gate: ignore missing-downgrade: forward only\n${index}`)).toEqual([
    '1 missing-downgrade',
    '3 blocking-index',
  ])
})

test('without a reason, or for another rule, it ignores nothing', async () => {
  for (const text of ['ignore blocking-index', 'ignore blocking-index:', 'ignore blocking: why', 'ignore: why']) {
    expect(await found(`SELECT 1;\n${index} -- migration-gate: ${text}`)).toEqual([
      '1 missing-downgrade',
      '2 blocking-index',
    ])
  }
})
