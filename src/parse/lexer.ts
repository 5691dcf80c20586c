/** One token of SQL: `word` is an identifier or keyword without quotes; comments and white space are not tokens. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'literal' | 'symbol'
  readonly start: number
  readonly end: number
}

const space = /(?:[ \t\n\r\f\v\uFEFF]+|--[^\n\r]*)+/y
const word = /[A-Za-z_\u0080-\uFFFF][\w$\u0080-\uFFFF]*/y
const escapedString = /[^'\\]*(?:(?:''|\\[\s\S])[^'\\]*)*'?/y
const plainString = /[^']*(?:''[^']*)*'?/y
const quotedName = /[^"]*(?:""[^"]*)*"?/y
const dollarQuote = /\$(?:[A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF]*)?\$/y
const number = /\$?\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?/y

/**
 * The tokens from `from` on, by the lexical rules of PostgreSQL with standard_conforming_strings on
 * (https://www.postgresql.org/docs/current/sql-syntax-lexical.html). Never fails: a string, quoted name or comment
 * without an end goes to the end of the text. libpg-query's own scanner gives nothing for a whole file with one such
 * fault; test/parse/split.test.ts holds this one against the parser.
 */
export function* tokens(sql: string, from = 0): Generator<Token, void, undefined> {
  for (let at = skipSpace(sql, from); at < sql.length; ) {
    const token = tokenAt(sql, at)
    yield token
    at = skipSpace(sql, token.end)
  }
}

/** Where the next token begins: behind white space, line comments, and block comments, which nest. */
export function skipSpace(sql: string, from: number): number {
  for (let at = from; ; at = commentEnd(sql, at) ?? sql.length) {
    at = match(space, sql, at) ?? at
    if (!sql.startsWith('/*', at)) return at
  }
}

/** Where a comment begins that has no end, with nothing but space, comments and semicolons before it. */
export function openComment(sql: string, from: number): number | undefined {
  for (let at = from; at < sql.length; ) {
    at = match(space, sql, at) ?? at
    if (sql.startsWith('/*', at)) {
      const end = commentEnd(sql, at)
      if (end === undefined) return at
      at = end
    } else if (sql[at] === ';') at++
    else return undefined
  }
  return undefined
}

/** The token that begins at `at`, where no space or comment begins. */
export function tokenAt(sql: string, at: number): Token {
  const name = match(word, sql, at)
  const quote = name ?? at
  const prefix = sql.slice(at, quote)
  if (sql[quote] === "'" && /^[ebxn]?$/i.test(prefix)) {
    return {
      kind: 'literal',
      start: at,
      end: match(/^e$/i.test(prefix) ? escapedString : plainString, sql, quote + 1) ?? quote,
    }
  }
  if (/^u$/i.test(prefix) && /^&['"]$/.test(sql.slice(quote, quote + 2))) {
    const isName = sql[quote + 1] === '"'
    const end = match(isName ? quotedName : plainString, sql, quote + 2) ?? quote
    return { kind: isName ? 'quoted' : 'literal', start: at, end }
  }
  if (name !== undefined) return { kind: 'word', start: at, end: name }
  if (sql[at] === '"') return { kind: 'quoted', start: at, end: match(quotedName, sql, at + 1) ?? at }
  const dollar = match(dollarQuote, sql, at)
  if (dollar !== undefined) {
    const close = sql.indexOf(sql.slice(at, dollar), dollar)
    return { kind: 'literal', start: at, end: close < 0 ? sql.length : close + dollar - at }
  }
  const end = match(number, sql, at)
  return end === undefined ? { kind: 'symbol', start: at, end: at + 1 } : { kind: 'literal', start: at, end }
}

function match(pattern: RegExp, sql: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(sql) ? pattern.lastIndex : undefined
}

/** Undefined: it has no end. */
function commentEnd(sql: string, start: number): number | undefined {
  const mark = /\/\*|\*\//g
  mark.lastIndex = start
  let depth = 0
  for (let found = mark.exec(sql); found; found = mark.exec(sql)) {
    depth += found[0] === '/*' ? 1 : -1
    if (depth === 0) return mark.lastIndex
  }
  return undefined
}
