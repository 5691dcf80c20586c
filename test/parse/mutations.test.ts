import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ParsedScript } from '../../src/model/migration.ts'
import type { Operation } from '../../src/model/operation.ts'
import { tokens } from '../../src/parse/lexer.ts'
import { parseScript } from '../../src/parse/parse.ts'
import { split } from '../../src/parse/split.ts'
import { examplesIn, script } from '../examples.ts'
import { type Random, rounds, withinASecond } from '../rounds.ts'

const mutations = 1000

const files = [
  ...readdirSync('examples', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.sql'))
    .map((file) => readFileSync(`examples/${file}`, 'utf8')),
  ...readdirSync('rules', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && file.includes('/'))
    .flatMap((page) => examplesIn(`rules/${page}`))
    .map(({ before, up, down = '' }) => `${before}\n${up}\n${down}`),
  readFileSync(new URL('statements.sql', import.meta.url), 'utf8'),
  readFileSync(new URL('../postgres/everything.sql', import.meta.url), 'utf8'),
]

type Mutation = (sql: string, random: Random) => string

const odd = [
  "'",
  '"',
  '$$',
  '/*',
  '*/',
  '--',
  ';',
  '(',
  ')',
  '\\',
  '\0',
  '\uFEFF',
  '\r',
  'ü',
  '🦄',
  '\uD800',
  ':x',
  '$1',
  "E'\\",
  'BEGIN ATOMIC',
  '\\.',
]

function splice(sql: string, start: number, end: number, text: string): string {
  return sql.slice(0, start) + text + sql.slice(end)
}

function tokenIn(sql: string, random: Random): { start: number; end: number } {
  const all = [...tokens(sql)]
  return all[random(all.length)] ?? { start: 0, end: 0 }
}

const kinds: readonly Mutation[] = [
  // Bytes.
  (sql, random) => {
    const at = random(sql.length)
    return splice(sql, at, at + 1, String.fromCharCode(random(256)))
  },
  (sql, random) => {
    const at = random(sql.length)
    return splice(sql, at, at + 1 + random(20), '')
  },
  (sql, random) => {
    const at = random(sql.length)
    return splice(sql, at, at, odd[random(odd.length)] ?? '')
  },
  (sql, random) => sql.slice(0, random(sql.length)),
  // Lines.
  (sql, random) => {
    const lines = sql.split('\n')
    lines.splice(random(lines.length), 1)
    return lines.join('\n')
  },
  (sql, random) => {
    const lines = sql.split('\n')
    const [line = ''] = lines.splice(random(lines.length), 1)
    lines.splice(random(lines.length), 0, line, line)
    return lines.join(random(2) ? '\n' : '\r\n')
  },
  // Tokens.
  (sql, random) => {
    const { start, end } = tokenIn(sql, random)
    return splice(sql, start, end, '')
  },
  (sql, random) => {
    const { start, end } = tokenIn(sql, random)
    const other = tokenIn(sql, random)
    return splice(sql, start, end, ` ${sql.slice(other.start, other.end)} `)
  },
  (sql, random) => {
    const { start, end } = tokenIn(sql, random)
    return splice(sql, start, end, `${sql.slice(start, end)} ${sql.slice(start, end)} `.repeat(1 + random(200)))
  },
]

test(`${mutations} mutations crash nothing, hang nothing and lose no statement`, async () => {
  const read = (sql: string) => parseScript(script('up', 'a.sql', sql), { defaultSchema: 'public' })
  // The parser is loaded once, which takes a while.
  await read('SELECT 1')
  await rounds({ seed: 20_260_101, count: mutations }, async (random) => {
    let sql = files[random(files.length)] ?? ''
    for (let times = 1 + random(3); times > 0 && sql !== ''; times--) {
      sql = (kinds[random(kinds.length)] as Mutation)(sql, random)
    }
    const parsed = await withinASecond(sql, () => read(sql))
    expect(wrongPlaces(sql, parsed)).toEqual([])
  })
})

/** Every statement is there, whole, at its own place, and what it does stands inside of it. */
function wrongPlaces(sql: string, { statements, unreadable }: ParsedScript): unknown[] {
  const lines = [0]
  for (let at = sql.indexOf('\n'); at >= 0; at = sql.indexOf('\n', at + 1)) lines.push(at + 1)
  const pieces = split(sql).filter(({ kind }) => kind === 'sql')
  const wrong: unknown[] = []
  for (const { at, sql: text, operations } of statements) {
    const start = (lines[at.line - 1] ?? Number.NaN) + at.column - 1
    const piece = pieces.find((each) => each.start === start)
    if (!piece || sql.slice(piece.start, piece.end) !== text) wrong.push({ sql, at, text })
    const outside = operations.flatMap(withBody).filter((op) => op.at.line < at.line || op.at.endLine > at.endLine)
    if (operations.length === 0 || outside.length > 0) wrong.push({ sql, at, text, outside })
  }
  const unread = unreadable.filter(({ reason }) => !/psql|COPY/.test(reason))
  if (statements.length + unread.length !== pieces.length) wrong.push({ sql, lost: pieces.length - statements.length })
  return wrong
}

function withBody(op: Operation): Operation[] {
  return op.kind === 'create-function' || op.kind === 'prepare' ? [op, ...op.body.flatMap(withBody)] : [op]
}
