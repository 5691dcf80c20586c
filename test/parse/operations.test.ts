import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseScript } from '../../src/parse/parse.ts'
import { split } from '../../src/parse/split.ts'
import { script } from '../examples.ts'

/** Statements of every kind, each a script of its own. */
const file = readFileSync(new URL('statements.sql', import.meta.url), 'utf8')
const statements = split(file).map(({ start, end }) => file.slice(start, end))

test('every kind of statement, in every detail', async () => {
  const lines: string[] = []
  for (const sql of statements) {
    lines.push(sql)
    const parsed = await parseScript(script('up', 'a.sql', sql), { defaultSchema: 'public' })
    expect([sql, parsed.unreadable]).toEqual([sql, []])
    for (const { operations } of parsed.statements) {
      for (const { kind, ...rest } of operations) lines.push(`    ${kind} ${JSON.stringify(rest, withoutPlace)}`)
    }
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('snapshots/operations.txt')
})

/** Where each stands is looked at in places.test.ts. */
function withoutPlace(key: string, value: unknown): unknown {
  return key === 'at' ? undefined : value
}

test('a script gives the same, read at once and statement by statement', async () => {
  const single = await parseScript(script('up', 'a.sql', file), { defaultSchema: 'public' })
  // One statement that the grammar refuses makes the reader take each alone.
  const broken = await parseScript(script('up', 'a.sql', `${file}NOT SQL`), { defaultSchema: 'public' })
  expect(broken.statements.slice(0, -1)).toEqual(single.statements)
  expect(broken.statements.at(-1)?.operations[0]?.kind).toBe('unparsed')
})
