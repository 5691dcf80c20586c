import { setFlagsFromString } from 'node:v8'
import type {
  Migration,
  ParsedMigration,
  ParsedScript,
  Script,
  SqlFragment,
  Statement,
  Unreadable,
} from '../model/migration.ts'
import { placesIn } from './place.ts'
import { isOutputOnly } from './psql.ts'
import { type Parser, Reader } from './reader.ts'
import type { Piece } from './split.ts'
import { split } from './split.ts'
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
  for (const fragment of fragments) {
    if (fragment.kind === 'unreadable') unreadable.push(fragment)
    else readFragment(fragment, reader, statements, unreadable)
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
  // V8 compiles WebAssembly twice: at once, and again, optimized, what runs often. Of a parser that reads one history, the second
  // costs more CPU time than it saves (bench/lint.mjs).
  setFlagsFromString('--liftoff-only')
  const { hasSqlDetails, loadModule, parsePlPgSQLSync, parseSync } = await import('./pg-query.ts')
  await loadModule()
  return { hasSqlDetails, parsePlPgSQLSync, parseSync }
}

function readFragment(fragment: SqlFragment, reader: Reader, statements: Statement[], unreadable: Unreadable[]): void {
  const { sql, autocommit = false, repeated = false } = fragment
  const place = placesIn(fragment)
  const pieces = split(sql)
  const read = reader.statements(sql, pieces, place)
  for (const [index, piece] of pieces.entries()) {
    const at = place(piece.start, piece.end)
    const text = sql.slice(piece.start, piece.end)
    const cannotRead = (reason: string) => unreadable.push({ kind: 'unreadable', reason, at })
    if (piece.kind !== 'sql') notSql(piece, text, cannotRead)
    else {
      const operations = read(index, at)
      if (typeof operations === 'string') cannotRead(operations)
      else statements.push({ sql: text, at, operations, autocommit, repeated })
    }
  }
}

/** A meta-command that only changes what psql prints is nothing to report. */
function notSql(piece: Piece, text: string, cannotRead: (reason: string) => void): void {
  if (piece.kind === 'copy') cannotRead('COPY … FROM stdin and its rows are not read; the rest of the file is')
  else if (!isOutputOnly(text)) {
    const command = /^\\[^\s]*/.exec(text)?.[0] ?? '\\'
    cannotRead(`${command} is a command of psql, which is not read; the rest of the file is`)
  }
}
