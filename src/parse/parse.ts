import type { Location } from '../model/location.ts'
import type {
  Migration,
  ParsedMigration,
  ParsedScript,
  Script,
  SqlFragment,
  Statement,
  Unreadable,
} from '../model/migration.ts'
import type { Operation } from '../model/operation.ts'
import { operations } from './operations.ts'
import { type Place, placesIn } from './place.ts'
import type { Piece } from './split.ts'
import { split } from './split.ts'
import { Names } from './types.ts'

export interface ParseOptions {
  /** The schema of names without one, as long as a script does not set search_path. */
  readonly defaultSchema: string
}

type Parser = typeof import('./pg-query.ts')

/** Parses both scripts of a migration. Text that PostgreSQL's grammar refuses becomes an `unparsed` operation; nothing is thrown for it. */
export async function parseMigration(migration: Migration, options: ParseOptions): Promise<ParsedMigration> {
  const { up, down, ...rest } = migration
  return {
    ...rest,
    up: await parseScript(up, options),
    down: down && (await parseScript(down, options)),
  }
}

/** Parses one script, statement by statement, so that a broken one does not hide the others. */
export async function parseScript(script: Script, options: ParseOptions): Promise<ParsedScript> {
  // The parser's WebAssembly takes a while to load; a run without migrations does not need it.
  const parser = await import('./pg-query.ts')
  await parser.loadModule()
  const { fragments, ...rest } = script
  const statements: Statement[] = []
  const unreadable: Unreadable[] = []
  const names = new Names(options.defaultSchema)
  for (const fragment of fragments) {
    if (fragment.kind === 'unreadable') {
      unreadable.push(fragment)
      continue
    }
    const place = placesIn(fragment)
    for (const piece of split(fragment.sql)) {
      const read = readPiece(piece, { parser, fragment, place, names })
      if (read === undefined) continue
      if ('reason' in read) unreadable.push(read)
      else statements.push(read)
    }
  }
  return { ...rest, statements, unreadable }
}

interface Reading {
  readonly parser: Parser
  readonly fragment: SqlFragment
  readonly place: Place
  readonly names: Names
}

/** Undefined for a meta-command that only changes what psql prints. */
function readPiece(piece: Piece, { parser, fragment, place, names }: Reading): Statement | Unreadable | undefined {
  const at = place(piece.start, piece.end)
  const sql = fragment.sql.slice(piece.start, piece.end)
  const cannotRead = (reason: string): Unreadable => ({ kind: 'unreadable', reason, at })
  if (piece.kind === 'psql') {
    const command = /^\\[^\s]*/.exec(sql)?.[0] ?? '\\'
    return isOutputOnly(sql)
      ? undefined
      : cannotRead(`${command} is a command of psql, which is not read; the rest of the file is`)
  }
  if (piece.kind === 'copy') return cannotRead('COPY … FROM stdin and its rows are not read; the rest of the file is')

  const placeInside: Place = (start, end) => place(piece.start + start, piece.start + end)
  const read = readStatement(parser, sql, at, placeInside, names)
  if (typeof read === 'string') return cannotRead(read)
  return { sql, at, operations: read, autocommit: fragment.autocommit ?? false, repeated: fragment.repeated ?? false }
}

/** What the statement does, or why it cannot be read here though it may be right. */
function readStatement(parser: Parser, sql: string, at: Location, place: Place, names: Names): Operation[] | string {
  const refused = (message: string, offset: number): Operation[] => [
    {
      kind: 'unparsed',
      at: place(offset, offset + 1),
      message,
      near: /^.* at or near "([\s\S]*)"$/.exec(message)?.[1],
    },
  ]
  // The parser would take a NUL for the end of the text; PostgreSQL refuses it.
  const nul = sql.indexOf('\0')
  if (nul >= 0) return refused('invalid byte sequence for encoding "UTF8": 0x00', nul)
  try {
    const nodes = (parser.parseSync(sql).stmts ?? []).flatMap(({ stmt }) => stmt ?? [])
    return nodes.flatMap((node) => operations(node, { sql, at, place, names }))
  } catch (error) {
    if (error instanceof RangeError) return 'the statement nests too deeply to be read'
    if (!parser.hasSqlDetails(error)) throw error
    const offset = offsetOfCharacter(sql, error.sqlDetails?.cursorPosition ?? 0)
    const variable = /^:(?:[A-Za-z_]\w*|'[^']*'|"[^"]*"|\{\?\w+\})/.exec(sql.slice(offset))?.[0]
    if (variable) return `${variable} stands for a value that is not known here`
    return refused(error.message, offset)
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

/** Meta-commands that do not change which SQL psql sends: https://www.postgresql.org/docs/current/app-psql.html */
function isOutputOnly(line: string): boolean {
  return (
    /^\\(?:a|C|echo|encoding|f|H|pset|qecho|restrict|t|T|timing|unrestrict|warn|x)(?:\s|$)/.test(line) ||
    /^\\set\s+(?:AUTOCOMMIT\s+on|ECHO|ECHO_HIDDEN|HISTCONTROL|HISTSIZE|ON_ERROR_STOP|QUIET|SHOW_CONTEXT|VERBOSITY)(?:\s|$)/.test(
      line,
    )
  )
}
