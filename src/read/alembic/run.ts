import type { SyntaxNode } from '@lezer/common'
import type { Anchor, SqlFragment, Unreadable } from '../../model/migration.ts'
import type { Surroundings } from './modules.ts'
import { locate, position, type Source } from './source.ts'
import { Endless, elsewhere, type Text } from './text.ts'
import type { Scope, Value } from './values.ts'

/** How a block of statements ended. `lost`: whether what follows in this loop or function runs depends on data. */
export type Flow =
  | { readonly kind: 'next' | 'break' | 'continue' }
  | { readonly kind: 'return'; readonly value: Value }
  | { readonly kind: 'raise'; readonly node: SyntaxNode }
  | { readonly kind: 'lost'; readonly of: 'loop' | 'function'; readonly reason: string; readonly node: SyntaxNode }

/** The names of modules, by dotted name. Undefined: its code is being executed, or cannot be. */
interface Imported {
  readonly names: Map<string, Scope | undefined>
  /** How often a module was asked for while its own code was being executed. */
  circles: number
}

/** The state of reading one function: what it sent so far and in which mode. */
export interface Run {
  /** The version file: what is sent and what cannot be read is placed in it. */
  readonly main: Source
  /** The file whose code is being executed: the version file, or a module of the repository that it imports. */
  source: Source
  /** The call in the version file that led into another module. Undefined while its own code is executed. */
  site: { readonly node: SyntaxNode; readonly name: string } | undefined
  readonly modules: Surroundings['modules']
  readonly naming: Surroundings['naming']
  /** The modules that were imported so far. */
  readonly imported: Imported
  /** Modules that other version files imported are taken as they are. */
  sharing: boolean
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
  /** How many statements could not be read so far. */
  unreadableCount: number
  /** The names of the enum types that `create_table` made, so that a second table does not make them again. */
  readonly enums: Set<string>
  /** Work done, and how deep expressions and calls are nested: reading ends where a file would go on for ever. */
  steps: number
  depth: number
  /** How many modules import one another down to the code being executed. */
  nested: number
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
export function newRun(
  source: Source,
  { modules, naming }: Surroundings,
  sends: boolean,
  execute: Run['execute'],
): Run {
  return {
    main: source,
    source,
    site: undefined,
    modules,
    naming,
    imported: { names: new Map(), circles: 0 },
    sharing: true,
    sends,
    sink: [],
    autocommit: false,
    repeated: false,
    statement: -1,
    unreadableStatement: -2,
    unreadableCount: 0,
    enums: new Set(),
    steps: 0,
    depth: 0,
    nested: 0,
    execute,
  }
}

/** Where in the version file a node of the code being executed is. */
function placeOf(run: Run, node: SyntaxNode): number {
  return run.site ? run.site.node.from : node.from
}

/** The origin of a text made by the code at `node`: its offset in the version file, or `elsewhere` in other modules. */
export function originOf(run: Run, node: SyntaxNode): number {
  return run.source === run.main ? node.from : elsewhere
}

/** Notes which statement of the version file is being executed. */
export function begin(run: Run, node: SyntaxNode): void {
  if (run.source === run.main) run.statement = node.from
}

/** Adds SQL to the script. A string is SQL that Alembic makes from the code at `node`; a text knows its own places. */
export function emit(run: Run, sql: string | Text, node: SyntaxNode): void {
  if (!run.sends) return
  const { value, origins } =
    typeof sql === 'string' ? { value: sql, origins: [{ offset: 0, at: elsewhere, verbatim: false }] } : sql
  const anchors: Anchor[] = []
  for (const { offset, at, verbatim } of origins) {
    if (offset > 0 && offset >= value.length) break
    anchors.push({ offset, ...position(run.main, at === elsewhere ? placeOf(run, node) : at), verbatim })
  }
  run.sink.push({
    kind: 'sql',
    sql: value,
    file: run.main.file,
    anchors,
    ...(run.autocommit ? { autocommit: true } : {}),
    ...(run.repeated ? { repeated: true } : {}),
  })
}

/** Adds a part that could not be turned into SQL, once for each statement of the file. */
export function unreadable(run: Run, reason: string, node: SyntaxNode): void {
  if (!run.sends || run.statement === run.unreadableStatement) return
  run.unreadableStatement = run.statement
  const from = placeOf(run, node)
  const at = locate(run.main, { from, to: from })
  const line = run.site && locate(run.source, node).line
  const inside = run.site ? `in \`${run.site.name}()\`, at line ${line} of ${run.source.file}: ` : ''
  run.unreadableCount++
  const part: Unreadable = { kind: 'unreadable', reason: `${inside}${reason}`, at }
  const last = run.sink.at(-1)
  // Statement after statement with the same reason is one part.
  if (last?.kind === 'unreadable' && last.reason === part.reason && last.at.line <= at.line)
    run.sink[run.sink.length - 1] = { ...last, at: { ...last.at, endLine: Math.max(last.at.endLine, at.endLine) } }
  else run.sink.push(part)
}
