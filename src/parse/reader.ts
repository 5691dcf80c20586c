import type { Location } from '../model/location.ts'
import type { Operation } from '../model/operation.ts'
import { mayHoldLongNames, truncatedIdentifiers } from './identifiers.ts'
import { skipSpace } from './lexer.ts'
import { operations } from './operations.ts'
import type { Node } from './pg-query.ts'
import type { Place } from './place.ts'
import { offsetsIn, type Source, type Span } from './source.ts'
import { lastTokenEnd, type Piece, split } from './split.ts'
import type { Names } from './types.ts'

/** What is used of libpg-query. */
export type Parser = Pick<typeof import('./pg-query.ts'), 'hasSqlDetails' | 'parsePlPgSQLSync' | 'parseSync'>

/** A statement's tree, and the text that the parser was given, in which it counts bytes. */
interface Tree {
  readonly nodes: readonly Node[]
  readonly offset: Source['offset']
}

/** The pieces of a text, and what each does: its operations, or why it is not read. `at`: where the piece stands in the file. */
interface Statements {
  readonly pieces: readonly Piece[]
  readonly read: (index: number, at: Location) => Operation[] | string
}

/** Rows may follow, which are no SQL. */
const mayBeCopy = /\bFROM\s+STDIN\b/i

/** Code within code within code: deeper than this it is not looked into. */
const maxDepth = 5

/** Turns SQL into operations, with the parser and the names as the script has set them so far. */
export class Reader {
  readonly #parser: Parser
  readonly #names: Names
  #depth = 0

  constructor(parser: Parser, names: Names) {
    this.#parser = parser
    this.#names = names
  }

  /**
   * The pieces of one text, and the answers for them: what a piece does, or why it cannot be read here though it may be right. Asked in
   * the order of the text, because names depend on what was before. Parses the whole text at once where PostgreSQL's grammar takes all
   * of it, which also tells where its statements are.
   */
  statements(sql: string, place: Place): Statements {
    const whole = this.#whole(sql)
    const pieces = whole?.pieces ?? split(sql)
    const text = { sql, place, hasLongNames: mayHoldLongNames(sql) }
    return {
      pieces,
      read: (index, at) => {
        const piece = pieces[index]
        if (!piece) return []
        const tree = whole?.trees[index]
        return this.#guarded(text, piece, at, () => tree ?? this.#alone(sql, piece))
      },
    }
  }

  #whole(sql: string): { pieces: Piece[]; trees: Tree[] } | undefined {
    if (sql.includes('\0') || mayBeCopy.test(sql)) return undefined
    // The parser takes a byte order mark for a name.
    const start = sql.startsWith('\uFEFF') ? 1 : 0
    const text = sql.slice(start)
    // The parser refuses an empty text.
    const raw = text === '' ? [] : this.#parsed(text)
    if (!raw) return undefined
    const offset = offsetsIn(text, start)
    const pieces = raw.map(({ stmt_location: from = 0, stmt_len: length }): Piece => {
      const begin = skipSpace(sql, offset(from))
      return { kind: 'sql', start: begin, end: lastTokenEnd(sql, begin, length ? offset(from + length) : sql.length) }
    })
    return { pieces, trees: raw.map(({ stmt }) => ({ nodes: stmt ? [stmt] : [], offset })) }
  }

  #parsed(text: string) {
    try {
      return this.#parser.parseSync(text).stmts ?? []
    } catch (error) {
      // The statement that is at fault is found when each is parsed alone.
      if (error instanceof RangeError || this.#parser.hasSqlDetails(error)) return undefined
      throw error
    }
  }

  #alone(sql: string, { start, end }: Span): Tree {
    const text = sql.slice(start, end)
    const nodes = (this.#parser.parseSync(text).stmts ?? []).flatMap(({ stmt }) => stmt ?? [])
    return { nodes, offset: offsetsIn(text, start) }
  }

  #guarded(
    { sql, place, hasLongNames }: { sql: string; place: Place; hasLongNames: boolean },
    span: Span,
    at: Location,
    tree: () => Tree,
  ): Operation[] | string {
    const refused = (message: string, offset: number): Operation[] => [
      {
        kind: 'unparsed',
        at: place(span.start + offset, span.start + offset + 1),
        message,
        near: /^.* at or near "([\s\S]*)"$/.exec(message)?.[1],
      },
    ]
    const text = sql.slice(span.start, span.end)
    // The parser would take a NUL for the end of the text; PostgreSQL refuses it.
    const nul = text.indexOf('\0')
    if (nul >= 0) return refused('invalid byte sequence for encoding "UTF8": 0x00', nul)
    try {
      const { nodes, offset } = tree()
      const source = this.#source(sql, span, at, place, offset)
      const [only] = nodes
      const found =
        nodes.length === 1 && only ? operations(only, source) : nodes.flatMap((node) => operations(node, source))
      return hasLongNames ? [...truncatedIdentifiers(source), ...found] : found
    } catch (error) {
      if (error instanceof RangeError) return 'the statement nests too deeply to be read'
      if (!this.#parser.hasSqlDetails(error)) throw error
      const offset = offsetOfCharacter(text, error.sqlDetails?.cursorPosition ?? 0)
      const variable = /^:(?:[A-Za-z_]\w*|'[^']*'|"[^"]*"|\{\?\w+\})/.exec(text.slice(offset))?.[0]
      if (variable) return `${variable} stands for a value that is not known here`
      return refused(error.message, offset)
    }
  }

  #source(sql: string, span: Span, at: Location, place: Place, offset: Source['offset']): Source {
    return {
      sql,
      span,
      at,
      place,
      offset,
      names: this.#names,
      operations,
      read: (text, inner, names) => this.#inner(text, inner, names),
      readExpression: (text) => this.#expression(text),
      readCode: (text) => this.#code(text),
    }
  }

  /** The statements of code. What cannot be read there hides what it does. */
  #inner(sql: string, place: Place, names: Names): Operation[] {
    const hidden = (at: Location, text: string): Operation => ({ kind: 'hidden-sql', at, text, why: 'unreadable' })
    if (this.#depth >= maxDepth) return [hidden(place(0, sql.length), sql)]
    const inside = new Reader(this.#parser, names)
    inside.#depth = this.#depth + 1
    const { pieces, read } = inside.statements(sql, place)
    return pieces.flatMap(({ kind, start, end }, index) => {
      const at = place(start, end)
      const found = kind === 'sql' ? read(index, at) : ''
      return typeof found === 'string' ? [hidden(at, sql.slice(start, end))] : found
    })
  }

  #expression(text: string): Node | undefined {
    const [statement] = this.#parsed(`SELECT ${text}`) ?? []
    const select = statement?.stmt
    const target = select && 'SelectStmt' in select ? select.SelectStmt.targetList?.[0] : undefined
    return target && 'ResTarget' in target ? target.ResTarget.val : undefined
  }

  #code(statement: string): { tree: unknown } | { message: string } {
    try {
      return { tree: this.#parser.parsePlPgSQLSync(statement) }
    } catch (error) {
      // The library throws a plain Error with PostgreSQL's message.
      if (error instanceof Error) return { message: error.message }
      throw error
    }
  }
}

/** The parser counts characters (code points) from 0; JavaScript counts UTF-16 code units. */
function offsetOfCharacter(sql: string, character: number): number {
  let offset = 0
  for (let count = 0; count < character && offset < sql.length; count++) {
    offset += (sql.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1
  }
  return Math.min(offset, Math.max(0, sql.length - 1))
}
