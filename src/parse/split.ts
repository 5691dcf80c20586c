import { openComment, skipSpace, tokenAt, tokens } from './lexer.ts'

/** A stretch of a script, in UTF-16 offsets. `sql` goes from the first token of a statement to its last, without the semicolon. */
export interface Piece {
  readonly kind: 'sql' | 'psql' | 'copy'
  readonly start: number
  readonly end: number
}

/**
 * Cuts a script into statements as PostgreSQL and psql do: at each semicolon that is not inside a string, a comment,
 * the body of `BEGIN ATOMIC … END` or the parentheses of CREATE RULE. A parenthesis that is not closed does not hide the
 * statements after it. psql's meta-commands (https://www.postgresql.org/docs/current/app-psql.html) and the rows after
 * `COPY … FROM stdin` are pieces of their own.
 */
export function split(sql: string): Piece[] {
  const pieces: Piece[] = []
  let statement = new Draft()
  const end = () => {
    const piece = statement.piece()
    if (piece) pieces.push(piece)
    statement = new Draft()
    return piece
  }
  let at = skipSpace(sql, 0)
  while (at < sql.length) {
    if (sql.startsWith('\\;', at)) {
      end()
      at = skipSpace(sql, at + 2)
      continue
    }
    if (sql.startsWith('\\\\', at) && statement.isEmpty) {
      at = skipSpace(sql, at + 2)
      continue
    }
    if (sql[at] === '\\' && (statement.isEmpty || sendsTheStatement.test(sql.slice(at, at + 20)))) {
      end()
      const commandEnd = endOfCommand(sql, at)
      if (commandEnd > at + 1) pieces.push({ kind: 'psql', start: at, end: commandEnd })
      // Two backslashes end the commands of a line, and SQL goes on behind them.
      at = skipSpace(sql, sql.startsWith('\\\\', commandEnd) ? commandEnd + 2 : commandEnd)
      continue
    }
    const token = tokenAt(sql, at)
    at = token.end
    if (sql[token.start] === ';' && statement.isComplete) {
      const piece = end()
      if (piece && isCopyFromStdin(sql.slice(piece.start, piece.end))) {
        at = endOfRows(sql, token.end)
        pieces[pieces.length - 1] = { kind: 'copy', start: piece.start, end: at }
      }
    } else {
      statement.add(
        token.kind === 'word' ? sql.slice(token.start, token.end).toUpperCase() : (sql[token.start] ?? ''),
        token,
      )
    }
    at = skipSpace(sql, at)
  }
  // PostgreSQL refuses what a comment without an end is a part of.
  const open = openComment(sql, Math.max(statement.end, pieces.at(-1)?.end ?? 0))
  if (open !== undefined) statement.add('', { start: open, end: sql.length })
  end()
  return pieces
}

/** Where the last token ends of a statement that begins at `start`, with nothing but space and comments behind it up to `limit`. */
export function lastTokenEnd(sql: string, start: number, limit: number): number {
  const statement = sql.slice(start, limit).trimEnd()
  const end = start + statement.length
  const line = statement.slice(Math.max(0, statement.lastIndexOf('\n'), statement.lastIndexOf('\r')))
  // Only a comment on the same line, or one that ends here, is not a part of the statement.
  if (!line.includes('--') && !line.endsWith('*/')) return end
  let last = start
  for (const token of tokens(sql, start)) {
    if (token.start >= end) break
    last = token.end
  }
  return last
}

/** psql's `\g`, `\gexec`, `\gset`, `\gx`, `\crosstabview` and `\watch` end a statement as a semicolon does. */
const sendsTheStatement = /^\\(?:g(?:desc|exec|set|x)?\b|crosstabview\b|watch\b)/

/** A statement of which not all tokens are known yet. */
class Draft {
  #start = -1
  #end = -1
  readonly #head: string[] = []
  #parentheses = 0
  #body = 0
  #last = ''

  get isEmpty(): boolean {
    return this.#start < 0
  }

  get end(): number {
    return this.#end
  }

  /** Whether a semicolon here ends it. */
  get isComplete(): boolean {
    return this.#body === 0 && (this.#parentheses === 0 || !this.#head.includes('RULE'))
  }

  add(text: string, at: { start: number; end: number }): void {
    if (this.#start < 0) this.#start = at.start
    this.#end = at.end
    // Enough for CREATE OR REPLACE RULE.
    if (this.#head.length < 4) this.#head.push(text)
    if (text === '(') this.#parentheses++
    if (text === ')') this.#parentheses--
    if (text === 'ATOMIC' && this.#last === 'BEGIN' && this.#head[0] === 'CREATE') this.#body = 1
    else if (text === 'CASE' && this.#body > 0) this.#body++
    else if (text === 'END' && this.#body > 0) this.#body--
    this.#last = text
  }

  piece(): Piece | undefined {
    return this.#start < 0 ? undefined : { kind: 'sql', start: this.#start, end: this.#end }
  }
}

function isCopyFromStdin(sql: string): boolean {
  return /^COPY\b[\s\S]*\bFROM\s+STDIN\b/i.test(sql)
}

/** The end of the data that follow `COPY … FROM stdin;`: behind the line `\.`, or the end of the text. */
function endOfRows(sql: string, from: number): number {
  const mark = /^\\\.[ \t\r]*$/gm
  mark.lastIndex = endOfLine(sql, from)
  return mark.exec(sql) ? mark.lastIndex : sql.length
}

const command = /\\[^\s\\]*(?:'(?:[^'\\\n]|\\.)*'?|"[^"\n]*"?|`[^`\n]*`?|[^\\'"`\n])*/y

/** The end of a meta-command: of the line, or before the next command on it. Some take the whole line for themselves. */
function endOfCommand(sql: string, from: number): number {
  if (/^\\(?:!|copy\b|help\b|h\b)/.test(sql.slice(from, from + 8))) return endOfLine(sql, from)
  command.lastIndex = from
  return command.test(sql) ? command.lastIndex : endOfLine(sql, from)
}

function endOfLine(sql: string, from: number): number {
  const found = sql.indexOf('\n', from)
  return found < 0 ? sql.length : found
}
