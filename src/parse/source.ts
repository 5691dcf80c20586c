import type { Location } from '../model/location.ts'
import { tokens } from './lexer.ts'
import type { Place } from './place.ts'
import type { Names } from './types.ts'

/** One statement while it is turned into operations. */
export interface Source {
  readonly sql: string
  readonly at: Location
  /** Where a stretch of `sql` stands in the file. */
  readonly place: Place
  readonly names: Names
}

/** A stretch of a statement, in UTF-16 offsets of its text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** The parser counts bytes of UTF-8; JavaScript counts UTF-16 code units. */
export function offsetOfByte(sql: string, byte: number): number {
  const ascii = /^[\0-\x7F]*$/.exec(sql.slice(0, byte))
  return ascii ? byte : Buffer.from(sql).subarray(0, byte).toString().length
}

/**
 * The text that follows the first of the `after` words outside of parentheses, up to one of the `until` words or
 * symbols there, or the parenthesis that closes around it, or the end of the span. Undefined where there is no such word.
 */
export function clause(sql: string, span: Span, after: string, until: readonly string[]): string | undefined {
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
  return start === undefined || end === undefined || end < start ? undefined : sql.slice(start, end).trim()
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
