import type { SqlFragment, Unreadable } from '../model/migration.ts'
import { fragment, unreadable } from './text.ts'

/** One statement of a stretch of SQL, with the semicolon that ends it and the space and comments before it. */
export interface Stretch {
  readonly start: number
  readonly end: number
  /** The text ends inside a string, a quoted name, a comment, parentheses or the body of a function. */
  readonly isOpen: boolean
}

const token =
  /--[^\n\r]*|\/\*|[eE]'[^'\\]*(?:(?:''|\\[\s\S])[^'\\]*)*('?)|'[^']*(?:''[^']*)*('?)|"[^"]*(?:""[^"]*)*("?)|\$([A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF]*)?\$|[A-Za-z_\u0080-\uFFFF][\w$\u0080-\uFFFF]*|[();]/g

/**
 * Cuts SQL at its semicolons, by the lexical rules of PostgreSQL (https://www.postgresql.org/docs/current/sql-syntax-lexical.html).
 * Good enough to say which statement a place belongs to, where a tool has to fill something in before PostgreSQL sees it.
 */
export function statements(sql: string, from = 0, to = sql.length): Stretch[] {
  const text = sql.slice(0, to)
  const found: Stretch[] = []
  let start = from
  let parentheses = 0
  let body = 0
  let isOpen = false
  let previous = ''
  token.lastIndex = from
  for (let match = token.exec(text); match && !isOpen; match = token.exec(text)) {
    const [lexeme, escaped, plain, quoted] = match
    const word = lexeme.toUpperCase()
    if (lexeme === '/*') isOpen = !skipComment(text, match.index)
    else if (lexeme.startsWith('$') && lexeme.endsWith('$')) isOpen = !skipTo(text, lexeme)
    else if (escaped === '' || plain === '' || quoted === '') isOpen = true
    else if (lexeme === '(') parentheses++
    else if (lexeme === ')') parentheses = Math.max(0, parentheses - 1)
    else if (word === 'ATOMIC' && previous === 'BEGIN') body = 1
    else if (word === 'CASE' && body > 0) body++
    else if (word === 'END' && body > 0) body--
    else if (lexeme === ';' && parentheses === 0 && body === 0) {
      found.push({ start, end: token.lastIndex, isOpen: false })
      start = token.lastIndex
    }
    if (!lexeme.startsWith('--')) previous = word
  }
  if (start < to) found.push({ start, end: to, isOpen: isOpen || parentheses > 0 || body > 0 })
  return found
}

/**
 * A stretch of a file in which some statements cannot be read, because the tool fills something in: those become `unreadable`, and
 * the SQL between them fragments.
 * @param hole for one statement: where in the file's text the first such place is, and why it cannot be read
 */
export function withHoles(
  file: string,
  text: string,
  start: number,
  end: number,
  hole: (from: number, to: number) => { at: number; reason: string } | undefined,
): (SqlFragment | Unreadable)[] {
  const parts: (SqlFragment | Unreadable)[] = []
  let from = start
  for (const statement of statements(text, start, end)) {
    const found = hole(statement.start, statement.end)
    if (!found) continue
    if (from < statement.start) parts.push(fragment(file, text, from, statement.start))
    parts.push(unreadable(file, text, found.at, found.reason))
    from = statement.end
  }
  if (from < end || parts.length === 0) parts.push(fragment(file, text, from, end))
  return parts
}

/** Where the first word is, behind space and comments; the end of the text where there is none. */
export function firstWord(sql: string, from: number): number {
  return from + (/^(?:\s+|--[^\n\r]*|\/\*[\s\S]*?\*\/)*/.exec(sql.slice(from))?.[0].length ?? 0)
}

/** Whether nothing but space and comments is there. */
export function isBlank(sql: string): boolean {
  return firstWord(sql, 0) === sql.length
}

/** Moves behind a comment, which may hold others. False where it has no end. */
function skipComment(text: string, start: number): boolean {
  const mark = /\/\*|\*\//g
  mark.lastIndex = start
  let depth = 0
  for (let match = mark.exec(text); match; match = mark.exec(text)) {
    depth += match[0] === '/*' ? 1 : -1
    if (depth > 0) continue
    token.lastIndex = mark.lastIndex
    return true
  }
  return false
}

function skipTo(text: string, quote: string): boolean {
  const close = text.indexOf(quote, token.lastIndex)
  if (close < 0) return false
  token.lastIndex = close + quote.length
  return true
}
