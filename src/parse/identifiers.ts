import type { TruncatedIdentifier } from '../model/operation.ts'
import { tokens } from './lexer.ts'
import type { Source } from './source.ts'

/** NAMEDATALEN - 1: https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS */
const maxBytes = 63

const isAscii = /^[\0-\x7F]*$/
/** What no name without quotes holds, and a name with quotes seldom. */
const delimiters = new Set(' \t\n\r\f\v"\'.,;:()[]+*/<>=|&%-')
const quotedRun = /"[^"]{64}/
/** The same where a character may take three bytes. */
const quotedRunBeyondAscii = /"[^"]{22}/

/** Nearly no text holds such a name; looking at each token of all of them would cost as much as the parser does. */
export function mayHoldLongNames(sql: string): boolean {
  const plain = isAscii.test(sql)
  if (hasRun(sql, plain ? maxBytes + 1 : 22)) return true
  return sql.includes('"') && (plain ? quotedRun : quotedRunBeyondAscii).test(sql)
}

/** Whether so many characters stand together without a delimiter: then one of every `length` characters is among them. */
function hasRun(sql: string, length: number): boolean {
  for (let at = length - 1; at < sql.length; at += length) {
    let start = at
    while (start > at - length && !delimiters.has(sql[start] ?? '')) start--
    let end = at
    while (end - start <= length && end < sql.length && !delimiters.has(sql[end] ?? '')) end++
    if (end - start > length) return true
  }
  return false
}

/** The names in a statement that PostgreSQL cuts, each once. */
export function truncatedIdentifiers({ sql, span, place }: Source): TruncatedIdentifier[] {
  const found = new Map<string, TruncatedIdentifier>()
  for (const token of tokens(sql, span.start)) {
    if (token.start >= span.end) break
    if (token.kind !== 'word' && token.kind !== 'quoted') continue
    const text = sql.slice(token.start, token.end)
    const written = token.kind === 'quoted' ? text.slice(1, -1).replaceAll('""', '"') : folded(text)
    if (Buffer.byteLength(written) <= maxBytes || found.has(written)) continue
    const at = place(token.start, token.end)
    found.set(written, { kind: 'truncated-identifier', at, written, stored: cut(written) })
  }
  return [...found.values()]
}

function folded(word: string): string {
  return word.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

/** No character is cut through. */
function cut(name: string): string {
  let bytes = 0
  let stored = ''
  for (const character of name) {
    bytes += Buffer.byteLength(character)
    if (bytes > maxBytes) break
    stored += character
  }
  return stored
}
