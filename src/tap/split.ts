/** One statement of a simple query that may hold several. */
export interface Piece {
  readonly sql: string
  /** Where it begins in the whole, in UTF-16 code units. */
  readonly offset: number
  /** The same in characters, in which PostgreSQL counts. */
  readonly characters: number
  /** Its words outside of strings, quotes and comments, in capitals. */
  readonly words: readonly string[]
}

const token =
  /(?<blank>\s+|--[^\r\n]*)|(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(?<dollar>\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)|(?<number>\d[\w.]*)/y

/**
 * Cuts a simple query at its semicolons, as psql does. Undefined where it cannot be told for certain where a statement ends: bodies in
 * BEGIN ATOMIC, and text that ends inside of a string, a comment or parentheses.
 *
 * `backslashes`: they escape in plain strings too (`standard_conforming_strings` is off).
 */
export function split(sql: string, { backslashes }: { backslashes: boolean }): Piece[] | undefined {
  const pieces: Piece[] = []
  let start = -1
  let [counted, characters] = [0, 0]
  let words: string[] = []
  let depth = 0
  const cut = (end: number) => {
    if (start >= 0) {
      characters += [...sql.slice(counted, start)].length
      counted = start
      pieces.push({ sql: sql.slice(start, end), offset: start, characters, words })
    }
    start = -1
    words = []
  }
  for (let at = 0; at < sql.length; ) {
    const character = sql[at]
    token.lastIndex = at
    const { blank, word, dollar, number } = token.exec(sql)?.groups ?? {}
    let end: number
    if (blank !== undefined) end = at + blank.length
    else if (sql.startsWith('/*', at)) end = commentEnd(sql, at)
    else {
      if (character === ';' && depth === 0) {
        cut(at)
        at++
        continue
      }
      if (start < 0) start = at
      if (word !== undefined) {
        if (/^e$/i.test(word) && sql[at + 1] === "'") end = stringEnd(sql, at + 1, true)
        else {
          end = at + word.length
          words.push(word.toUpperCase())
          if (word.toUpperCase() === 'ATOMIC' && words.at(-2) === 'BEGIN') return undefined
        }
      } else if (dollar !== undefined) end = after(sql, dollar, at + dollar.length)
      else if (number !== undefined) end = at + number.length
      else if (character === "'") end = stringEnd(sql, at, backslashes)
      else if (character === '"') end = after(sql, '"', at + 1)
      else {
        if (character === '(') depth++
        if (character === ')') depth--
        end = at + 1
      }
    }
    if (end < 0 || depth < 0) return undefined
    at = end
  }
  if (depth !== 0) return undefined
  cut(sql.length)
  return pieces
}

function after(sql: string, what: string, from: number): number {
  const found = sql.indexOf(what, from)
  return found < 0 ? -1 : found + what.length
}

/** A doubled quote ends one string and begins the next, which comes to the same. */
function stringEnd(sql: string, from: number, backslashes: boolean): number {
  for (let at = from + 1; at < sql.length; at++) {
    if (backslashes && sql[at] === '\\') at++
    else if (sql[at] === "'") {
      if (sql[at + 1] !== "'") return at + 1
      at++
    }
  }
  return -1
}

/** Comments nest. */
function commentEnd(sql: string, from: number): number {
  const mark = /\/\*|\*\//g
  mark.lastIndex = from
  let depth = 0
  for (let found = mark.exec(sql); found; found = mark.exec(sql)) {
    depth += found[0] === '/*' ? 1 : -1
    if (depth === 0) return mark.lastIndex
  }
  return -1
}

const bounds = new Set(['BEGIN', 'START', 'COMMIT', 'END', 'ROLLBACK', 'ABORT', 'SAVEPOINT', 'RELEASE'])
const settings = new Set(['SET', 'RESET', 'SHOW', 'DISCARD', 'LISTEN', 'UNLISTEN', 'NOTIFY', 'DEALLOCATE', 'CLOSE'])
const byThemselves =
  /^(?:(?:CREATE|DROP|ALTER) (?:DATABASE|TABLESPACE|SUBSCRIPTION|SYSTEM)|REINDEX (?:SCHEMA|DATABASE|SYSTEM))\b/

/**
 * How a statement stands to transactions. `bound`: begins or ends one, or a part of one. `session`: only settings, no locks.
 * `own`: makes its own, or is a conversation (COPY), so it goes to the server exactly as it came. `plain`: runs in any.
 */
export function manner({ words }: Piece): 'bound' | 'session' | 'own' | 'plain' {
  const [first = ''] = words
  if (bounds.has(first) || (first === 'PREPARE' && words[1] === 'TRANSACTION')) return 'bound'
  if (settings.has(first)) return 'session'
  if (first === 'VACUUM' || first === 'COPY' || (first === 'CLUSTER' && words.length === 1)) return 'own'
  if (words.includes('CONCURRENTLY') && first !== 'REFRESH') return 'own'
  return byThemselves.test(words.join(' ')) ? 'own' : 'plain'
}

/**
 * Whether several statements in one simple query can be sent one by one without a difference. `implicit`: nothing among them begins or
 * ends a transaction, so PostgreSQL runs them in one, which a BEGIN and a COMMIT around them do too
 * (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT). `explicit`: BEGIN … COMMIT (or
 * ROLLBACK), and nothing outside. Undefined: no.
 */
export function shape(pieces: readonly Piece[]): 'implicit' | 'explicit' | undefined {
  const manners = pieces.map(manner)
  if (manners.includes('own')) return undefined
  if (!manners.includes('bound')) return 'implicit'
  const isParted = pieces.every((piece, i) => {
    const [first = '', ...more] = piece.words
    if (i === 0) return first === 'BEGIN' || first === 'START'
    if (i === pieces.length - 1)
      return ['COMMIT', 'END', 'ROLLBACK', 'ABORT'].includes(first) && !more.includes('CHAIN') && !more.includes('TO')
    return (
      manners[i] !== 'bound' ||
      ['SAVEPOINT', 'RELEASE'].includes(first) ||
      (first === 'ROLLBACK' && more.includes('TO'))
    )
  })
  return isParted ? 'explicit' : undefined
}

/** Whether one of them makes its own transactions, or whether that cannot be told. */
export function isOwn(pieces: readonly Piece[] | undefined): boolean {
  return !pieces || pieces.some((piece) => manner(piece) === 'own')
}
