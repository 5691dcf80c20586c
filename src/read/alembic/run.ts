import type { SyntaxNode } from '@lezer/common'
import type { Anchor, SqlFragment, Unreadable } from '../../model/migration.ts'
import { locate, position, type Source } from './source.ts'
import { Endless, type Text } from './text.ts'
import type { Scope, Value } from './values.ts'

/** How a block of statements ended. `lost`: whether what follows in this loop or function runs depends on data. */
export type Flow =
  | { readonly kind: 'next' | 'break' | 'continue' }
  | { readonly kind: 'return'; readonly value: Value }
  | { readonly kind: 'raise'; readonly node: SyntaxNode }
  | { readonly kind: 'lost'; readonly of: 'loop' | 'function'; readonly reason: string; readonly node: SyntaxNode }

/** The state of reading one function: what it sent so far and in which mode. */
export interface Run {
  readonly source: Source
  /** False while the module's own statements are read, which send nothing. */
  readonly sends: boolean
  /** Where fragments go: the script, or the operations that a batch holds back. */
  sink: (SqlFragment | Unreadable)[]
  /** Inside `autocommit_block()`. */
  autocommit: boolean
  /** Inside a loop whose end only the data knows. */
  repeated: boolean
  /** Where the statement being executed begins, and the one that was last told to be unreadable: one word for each is enough. */
  statement: number
  unreadableStatement: number
  /** The names of the enum types that `create_table` made, so that a second table does not make them again. */
  readonly enums: Set<string>
  /** Work done, and how deep expressions and calls are nested: reading ends where a file would go on for ever. */
  steps: number
  depth: number
  /** Executes a body of statements; here so that expressions can call functions of the file. */
  readonly execute: (body: SyntaxNode, scope: Scope, run: Run) => Flow
}

/** More than any migration written by people does, and less than a second of work. */
const maximumSteps = 50_000

/** Counts one step of work. Throws `Endless`. */
export function step(run: Run): void {
  run.steps++
  if (run.steps > maximumSteps || run.depth > 1000)
    throw new Endless('its loops, calls or expressions go on for too long to be followed')
}

/** A run that has not begun; `statement` numbers are offsets into the file. */
export function newRun(source: Source, sends: boolean, execute: Run['execute']): Run {
  return {
    source,
    sends,
    sink: [],
    autocommit: false,
    repeated: false,
    statement: -1,
    unreadableStatement: -2,
    enums: new Set(),
    steps: 0,
    depth: 0,
    execute,
  }
}

/** Adds SQL to the script. A string is SQL that Alembic makes from the code at `node`; a text knows its own places. */
export function emit(run: Run, sql: string | Text, node: SyntaxNode): void {
  if (!run.sends) return
  const { value, origins } =
    typeof sql === 'string' ? { value: sql, origins: [{ offset: 0, at: node.from, verbatim: false }] } : sql
  const anchors: Anchor[] = []
  for (const { offset, at, verbatim } of origins) {
    if (offset > 0 && offset >= value.length) break
    anchors.push({ offset, ...position(run.source, at), verbatim })
  }
  run.sink.push({
    kind: 'sql',
    sql: value,
    file: run.source.file,
    anchors,
    ...(run.autocommit ? { autocommit: true } : {}),
    ...(run.repeated ? { repeated: true } : {}),
  })
}

/** Adds a part that could not be turned into SQL, once for each statement of the file. */
export function unreadable(run: Run, reason: string, node: SyntaxNode): void {
  if (!run.sends || run.statement === run.unreadableStatement) return
  run.unreadableStatement = run.statement
  const at = locate(run.source, { from: node.from, to: node.from })
  run.sink.push({ kind: 'unreadable', reason, at })
}
