import type { SyntaxNode } from '@lezer/common'
import type { Location } from '../../model/location.ts'
import type { Direction, Script } from '../../model/migration.ts'
import type { NotChecked } from '../../model/result.ts'
import { call } from './calls.ts'
import { noSurroundings, resolve, type Surroundings } from './modules.ts'
import { newRun, type Run, unreadable } from './run.ts'
import { childrenOf, excerpt, firstError, locate, parsePython, type Source, textOf } from './source.ts'
import { execute } from './statements.ts'
import { stringValue } from './strings.ts'
import { Endless } from './text.ts'
import { isSequence, type Scope, Shared, unknown, type Value, whyNot } from './values.ts'

/** A file of Alembic's versions folder. */
export interface VersionFile {
  readonly file: string
  readonly revision: string
  /** Where it names its parents; the top of the file where it names none. */
  readonly at: Location
  /** The revisions that come before it: none for the first, several for a merge. */
  readonly downRevisions: readonly string[]
  /** Revisions or branch labels of other branches that it needs. */
  readonly dependsOn: readonly string[]
  readonly branchLabels: readonly string[]
  /** The first line of the file's docstring; '' without one. */
  readonly message: string
  readonly up: Script
  /** Undefined: there is no `downgrade` function. */
  readonly down: Script | undefined
}

/**
 * Reads a version file: its place in the history, and the SQL that its `upgrade` and `downgrade` would send to PostgreSQL through
 * Alembic, without Python. What cannot be decided without running it is an `unreadable` fragment of the script.
 * @param file path from the root of the repository, for locations.
 * @param around what it may import from the repository, and how the project names things.
 * @returns a `NotChecked` for a text that is not Python, or that has no `revision`.
 */
export function readVersionFile(
  file: string,
  text: string,
  around: Surroundings = noSurroundings,
): VersionFile | NotChecked {
  const source = parsePython(file, text)
  const error = firstError(source)
  if (error) {
    const at = locate(source, error)
    return { what: file, why: `It could not be read as Python (line ${at.line}, column ${at.column}).`, at }
  }
  try {
    return versionOf(source, { around, sharing: true })
  } catch (problem) {
    if (!(problem instanceof Shared)) throw problem
    return versionOf(source, { around, sharing: false })
  }
}

interface With {
  readonly around: Surroundings
  readonly sharing: boolean
}

function versionOf(source: Source, with_: With): VersionFile | NotChecked {
  const { file } = source
  const top = { file, line: 1, column: 1, endLine: 1 }
  try {
    const names = moduleNames(source, with_)
    const revision = names.get('revision')
    if (revision?.kind !== 'string') {
      return {
        what: file,
        why: `It has no \`revision\` that can be read, so it has no place in Alembic's history.`,
        at: top,
      }
    }
    const identifiers = (name: string): readonly string[] => revisions(names.get(name), name)
    return {
      file,
      revision: revision.text.value,
      at: placeOfParents(source),
      downRevisions: identifiers('down_revision'),
      dependsOn: identifiers('depends_on'),
      branchLabels: identifiers('branch_labels'),
      message: message(source),
      up: script(source, 'up', with_, names) ?? withoutUpgrade(source),
      down: script(source, 'down', with_, moduleNames(source, with_)),
    }
  } catch (problem) {
    const why = problem instanceof UnreadableHistory ? problem.message : tooMuch(problem)
    return { what: file, why: `Its place in Alembic's history could not be read: ${why}.`, at: top }
  }
}

/** Why reading was given up; other errors are thrown on. */
function tooMuch(problem: unknown): string {
  if (problem instanceof Endless) return problem.message
  // The only way to run out of stack here is code that nests deeper than people write.
  if (problem instanceof RangeError) return 'its code is nested too deeply to be followed'
  throw problem
}

/** The names that are defined once the module is imported. */
function moduleNames(source: Source, with_: With): Scope['names'] {
  const scope: Scope = { names: new Map(), parent: undefined, globals: new Set() }
  execute(source.tree.topNode, scope, { ...newRun(source, with_.around, false, execute), sharing: with_.sharing })
  return scope.names
}

class UnreadableHistory extends Error {
  override readonly name = 'UnreadableHistory'
}

/** `down_revision` and its like: `None`, one name, or several. */
function revisions(value: Value | undefined, name: string): readonly string[] {
  if (value === undefined || value.kind === 'none') return []
  if (value.kind === 'string') return [value.text.value]
  if (isSequence(value)) return value.items.flatMap((item) => revisions(item, name))
  throw new UnreadableHistory(whyNot(value, `\`${name}\``))
}

function message(source: Source): string {
  const [first] = childrenOf(source.tree.topNode)
  const literal = first?.name === 'ExpressionStatement' ? first.firstChild : undefined
  const text = literal?.name === 'String' ? stringValue(source, literal)?.value : undefined
  return (text ?? '').trim().split('\n')[0]?.trim() ?? ''
}

const functionNames: { readonly [direction in Direction]: string } = { up: 'upgrade', down: 'downgrade' }

/**
 * What `upgrade()` or `downgrade()` sends. Undefined: the file has no such function.
 * @param names those of the module before anything of it was called: the function may change its lists.
 */
function script(source: Source, direction: Direction, with_: With, names: Scope['names']): Script | undefined {
  const name = functionNames[direction]
  const given = names.get(name)
  if (!given) return undefined
  const run = { ...newRun(source, with_.around, true, execute), sharing: with_.sharing }
  const value = resolve(given, run)
  const isOwn = value.kind === 'function' && value.source === source
  const node = isOwn ? value.node : definition(source, name)
  try {
    if (isOwn) enter(value, run)
    else if (value.kind === 'function') call(value, { positional: [], named: new Map() }, node, run)
    else
      unreadable(
        run,
        `\`${name}\` is ${value.kind === 'imported' ? `imported from \`${value.path}\`` : 'not a plain function'}, so what it does is not read`,
        node,
      )
  } catch (problem) {
    run.statement = -1
    unreadable(run, tooMuch(problem), node)
  }
  const at = locate(source, isOwn ? { from: node.from, to: node.from } : node)
  return { direction, file: source.file, at, fragments: run.sink, transaction: 'run' }
}

function enter(value: Extract<Value, { kind: 'function' }>, run: Run): void {
  const parts = childrenOf(value.node)
  const scope: Scope = { names: new Map(), parent: value.scope, globals: new Set() }
  const list = parts.find((part) => part.name === 'ParamList')
  for (const parameter of list ? childrenOf(list) : []) {
    if (parameter.name !== 'VariableName') continue
    const name = textOf(run.source, parameter)
    scope.names.set(name, unknown(`the argument \`${name}\` is known only when the migration runs`))
  }
  const body = parts.find((part) => part.name === 'Body')
  const flow = body ? execute(body, scope, run) : undefined
  if (flow?.kind !== 'raise') return
  run.statement = flow.node.from
  unreadable(run, `it refuses to run: \`${excerpt(run.source, flow.node)}\``, flow.node)
  const refusal = said.exec(textOf(run.source, flow.node))?.[2] ?? ''
  run.sink.push(...run.sink.splice(-1).map((part) => (part.kind === 'unreadable' ? { ...part, refusal } : part)))
}

/** The text of an exception. */
const said = /^raise\s+[\w.]+\(\s*[a-zA-Z]?(['"])([\s\S]*?)\1/

function placeOfParents(source: Source): Location {
  const node = definition(source, 'down_revision')
  return locate(source, { from: node.from, to: node.from })
}

/** The statement that gives a name its value, for a name that is not a plain function. */
function definition(source: Source, name: string): SyntaxNode {
  const statements = childrenOf(source.tree.topNode)
  return statements.find((statement) => textOf(source, statement).split(/\W+/).includes(name)) ?? source.tree.topNode
}

/** Alembic fails on a file without `upgrade()`. */
function withoutUpgrade(source: Source): Script {
  const at = { file: source.file, line: 1, column: 1, endLine: 1 }
  const reason = 'there is no `upgrade()` function'
  return { direction: 'up', file: source.file, at, fragments: [{ kind: 'unreadable', reason, at }], transaction: 'run' }
}
