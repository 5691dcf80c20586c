import type { Location } from '../model/location.ts'
import type { Operation } from '../model/operation.ts'
import { tokens } from './lexer.ts'
import type { Node } from './pg-query.ts'
import type { Place } from './place.ts'
import type { Names } from './types.ts'

/** One statement while it is turned into operations. */
export interface Source {
  /** The text in which the statement stands, with what is before and after it. */
  readonly sql: string
  /** The statement in it, without the semicolon. */
  readonly span: Span
  readonly at: Location
  /** Where a stretch of `sql` stands in the file. */
  readonly place: Place
  readonly names: Names
  /** The WITH queries around this part of the statement, which are no tables. */
  readonly withQueries?: readonly string[]
  /** The UTF-16 offset in `sql` of a place that the parser tells in bytes. */
  readonly offset: (byte: number | undefined) => number
  /** What another node of the same text does. */
  readonly operations: (node: Node, source: Source) => Operation[]
  /** What the statements of another text do, such as the body of a function. `place`: where a stretch of that text stands. */
  readonly read: (sql: string, place: Place, names: Names) => Operation[]
  /** The tree of an expression; undefined for what is none. */
  readonly readExpression: (sql: string) => Node | undefined
  /** The tree of the PL/pgSQL in a statement, or why there is none. */
  readonly readCode: (statement: string) => { readonly tree: unknown } | { readonly message: string }
}

/** A stretch of text, in UTF-16 offsets. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** From bytes of UTF-8, in which the parser counts, to UTF-16 code units, of a text that begins at `start` of a longer one. */
export function offsetsIn(text: string, start: number): (byte: number | undefined) => number {
  let table: Uint32Array | undefined
  const isPlain = /^[\0-\x7F]*$/.test(text)
  return (byte = 0) => {
    // -1 is the parser's "not known".
    if (byte < 0) return start
    if (isPlain) return start + byte
    table ??= unitsByByte(text)
    return start + (table[Math.min(byte, table.length - 1)] ?? 0)
  }
}

function unitsByByte(text: string): Uint32Array {
  const table = new Uint32Array(Buffer.byteLength(text) + 1)
  let byte = 0
  for (let unit = 0; unit < text.length; ) {
    const point = text.codePointAt(unit) ?? 0
    const bytes = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
    table.fill(unit, byte, byte + bytes)
    byte += bytes
    unit += point > 0xffff ? 2 : 1
  }
  table[byte] = text.length
  return table
}

/**
 * The text that follows the first of the `after` words outside of parentheses, up to one of the `until` words or
 * symbols there, or the parenthesis that closes around it, or the end of the span. Undefined where there is no such word.
 */
export function clause(sql: string, span: Span, after: string, until: readonly string[]): string | undefined {
  const found = clauseSpan(sql, span, after, until)
  return found && sql.slice(found.start, found.end).trim()
}

/** The stretch of `clause`. */
export function clauseSpan(sql: string, span: Span, after: string, until: readonly string[]): Span | undefined {
  let depth = 0
  let start: number | undefined
  let end: number | undefined
  for (const token of tokens(sql, span.start)) {
    if (token.start >= span.end) break
    const text = token.kind === 'word' ? sql.slice(token.start, token.end).toUpperCase() : sql[token.start]
    if ((text === ')' || text === ']') && --depth < 0) break
    if (depth === 0 && text !== undefined && token.kind !== 'quoted') {
      if (start !== undefined && until.includes(text)) break
      if (start === undefined && text === after) {
        start = token.end
        continue
      }
    }
    if (text === '(' || text === '[') depth++
    end = token.end
  }
  return start === undefined || end === undefined || end < start ? undefined : { start, end }
}

/** What stands between the first parenthesis from `from` on and the one that closes it. */
export function parenthesized(sql: string, from: number): Span | undefined {
  let depth = 0
  let start: number | undefined
  for (const token of tokens(sql, from)) {
    const symbol = token.kind === 'symbol' ? sql[token.start] : undefined
    if (symbol === '(' && depth++ === 0) start = token.end
    if (symbol === ')' && --depth === 0 && start !== undefined) return { start, end: token.start }
    if (depth < 0) return undefined
  }
  return undefined
}

/** Cuts a span at the commas that stand outside of parentheses. */
export function parts(sql: string, span: Span): Span[] {
  const found: { start: number; end: number }[] = []
  let depth = 0
  let current: { start: number; end: number } | undefined
  for (const token of tokens(sql, span.start)) {
    if (token.start >= span.end) break
    const symbol = token.kind === 'symbol' ? sql[token.start] : undefined
    if (symbol === '(' || symbol === '[') depth++
    if (symbol === ')' || symbol === ']') depth--
    if (symbol === ',' && depth === 0) {
      current = undefined
      continue
    }
    if (current) current.end = token.end
    else {
      current = { start: token.start, end: token.end }
      found.push(current)
    }
  }
  return found
}

/** The text of a span, without the white space around it. */
export function textOf(sql: string, { start, end }: Span): string {
  return sql.slice(start, end).trim()
}
