import type {
  Migration,
  ParsedMigration,
  ParsedScript,
  Script,
  SqlFragment,
  Statement,
  Unreadable,
} from '../model/migration.ts'
import { tokens } from './lexer.ts'
import { placesIn } from './place.ts'
import { isOutputOnly } from './psql.ts'
import { type Parser, Reader } from './reader.ts'
import type { Piece } from './split.ts'
import { Names } from './types.ts'

export interface ParseOptions {
  /** The schema of names without one, as long as a script does not set search_path. */
  readonly defaultSchema: string
}

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
  const reader = new Reader(await loadedParser(), new Names(options.defaultSchema))
  const { fragments, ...rest } = script
  const statements: Statement[] = []
  const unreadable: Unreadable[] = []
  const strings: Strings = { areEscaped: false }
  for (const fragment of fragments) {
    if (fragment.kind === 'unreadable') unreadable.push(fragment)
    else readFragment(fragment, reader, strings, statements, unreadable)
  }
  return { ...rest, statements, unreadable }
}

let loading: Promise<Parser> | undefined

/** The parser's WebAssembly takes a while to load; a run without migrations does not need it. */
function loadedParser(): Promise<Parser> {
  loading ??= load()
  return loading
}

async function load(): Promise<Parser> {
  const { hasSqlDetails, loadModule, parsePlPgSQLSync, parseSync } = await import('./pg-query.ts')
  await loadModule()
  return { hasSqlDetails, parsePlPgSQLSync, parseSync }
}

/** Whether a backslash means something in every string: the script has turned standard_conforming_strings off. */
interface Strings {
  areEscaped: boolean
}

function readFragment(
  fragment: SqlFragment,
  reader: Reader,
  strings: Strings,
  statements: Statement[],
  unreadable: Unreadable[],
): void {
  const { sql, autocommit = false, repeated = false, inBatch } = fragment
  const place = placesIn(fragment)
  const { pieces, read } = reader.statements(sql, place)
  for (const [index, piece] of pieces.entries()) {
    const at = place(piece.start, piece.end)
    const text = sql.slice(piece.start, piece.end)
    const cannotRead = (reason: string) => unreadable.push({ kind: 'unreadable', reason, at })
    if (piece.kind !== 'sql') notSql(piece, text, cannotRead)
    else if (strings.areEscaped && hasBackslash(text)) {
      const reason =
        'standard_conforming_strings is off, so where a string with a backslash ends is not read; nor is what follows'
      unreadable.push({ kind: 'unreadable', reason, at: place(piece.start, sql.length) })
      return
    } else {
      const operations = read(index, at)
      if (typeof operations === 'string') cannotRead(operations)
      else {
        statements.push({ sql: text, at, operations, autocommit, repeated, ...(inBatch && { inBatch }) })
        for (const op of operations)
          if (op.kind === 'set' && op.setting === 'standard_conforming_strings')
            strings.areEscaped = /^(?:off|false|no|0|f|n)$/i.test(op.value ?? '')
      }
    }
  }
}

/** Whether a plain string holds one; those that begin with E are read the same way always. */
function hasBackslash(sql: string): boolean {
  if (!sql.includes('\\')) return false
  for (const { kind, start, end } of tokens(sql))
    if (kind === 'literal' && /^[nN]?'/.test(sql.slice(start, start + 2)) && sql.slice(start, end).includes('\\'))
      return true
  return false
}

/** A meta-command that only changes what psql prints is nothing to report. */
function notSql(piece: Piece, text: string, cannotRead: (reason: string) => void): void {
  if (piece.kind === 'copy') cannotRead('COPY … FROM stdin and its rows are not read; the rest of the file is')
  else if (!isOutputOnly(text)) {
    const command = /^\\[^\s]*/.exec(text)?.[0] ?? '\\'
    cannotRead(`${command} is a command of psql, which is not read; the rest of the file is`)
  }
}
