import { expect, test } from 'vitest'
import { placed } from '../../src/lint/transactions.ts'
import type { ParsedScript, Script } from '../../src/model/migration.ts'
import { parseScript } from '../../src/parse/parse.ts'
import { script } from '../examples.ts'

test('the file says where its transactions begin and end', async () => {
  const sql = 'SELECT 1; BEGIN; SELECT 2; SELECT 3; COMMIT; SELECT 4;'
  expect(told([await parsed(sql, 'none')])).toEqual(['alone: 1', 'file: 2', 'file: 2', 'alone: 1'])
})

test('the tool opens one for each script, and another after what it sends outside of it', async () => {
  const [before, after] = [await parsed('SELECT 1; SELECT 2', 'script'), await parsed('SELECT 3', 'script')]
  expect(told([before, after])).toEqual(['tool: 1'])
  const autocommit: ParsedScript = {
    ...before,
    statements: before.statements.map((each, index) => (index === 0 ? { ...each, autocommit: true } : each)),
  }
  expect(told([autocommit])).toEqual(['alone: 1', 'tool: 1'])
})

test('the tool opens one for all scripts of a run', async () => {
  const scripts = await Promise.all(['SELECT 1; SELECT 2', 'SELECT 3'].map((sql) => parsed(sql, 'run')))
  expect(told(scripts)).toEqual(['tool: 3'])
})

test('a COMMIT of its own ends the transaction of the tool', async () => {
  expect(told([await parsed('SELECT 1; COMMIT; SELECT 2', 'script')])).toEqual(['tool: 1', 'alone: 1'])
})

test('one message with several statements is a transaction', async () => {
  expect(told([await parsed('SELECT 1; SELECT 2', 'query')])).toEqual(['tool: 2', 'tool: 2'])
  expect(told([await parsed('SELECT 1', 'query')])).toEqual(['alone: 1'])
})

function told(scripts: readonly ParsedScript[]): string[] {
  return placed(scripts).map(
    ({ transaction: { openedBy, operations } }) => `${openedBy ?? 'alone'}: ${operations.length}`,
  )
}

function parsed(sql: string, transaction: Script['transaction']): Promise<ParsedScript> {
  return parseScript({ ...script('up', 'migrations/001.sql', sql), transaction }, { defaultSchema: 'public' })
}
