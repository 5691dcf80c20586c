import type { SyntaxNode } from '@lezer/common'
import type { SqlFragment, Unreadable } from '../../model/migration.ts'
import type { Source } from './source.ts'
import { slice, type Text } from './text.ts'

/** What a call was given. `named` holds `**` where a `**mapping` could not be taken apart, `positional` ends in an unknown for `*list`. */
export interface Arguments {
  readonly positional: readonly Value[]
  readonly named: ReadonlyMap<string, Value>
}

/** The names of one function or of the module, and where names that are not there are looked for. */
export interface Scope {
  readonly names: Map<string, Value>
  readonly parent: Scope | undefined
  /** Names that `global` hands to the module. */
  readonly globals: Set<string>
}

/** The operations of one `batch_alter_table` block, kept until the block ends as Alembic keeps them. */
export interface Batch {
  readonly table: Value
  readonly schema: Value | undefined
  readonly held: (SqlFragment | Unreadable)[]
}

/** Objects through which a migration reaches the database. */
type LiveObject =
  | 'connection'
  | 'session'
  | 'inspector'
  | 'migration context'
  | 'dialect'
  | 'autocommit block'
  | 'savepoint'

/** A class of the repository. */
export interface ClassValue {
  readonly kind: 'class'
  readonly name: string
  readonly bases: readonly Value[]
  readonly members: ReadonlyMap<string, Value>
  /** What a method of it gives; nothing is sent meanwhile. Undefined: it has none of that name. */
  readonly method: (name: string, positional: Value[]) => Value | undefined
  /** Its file tells SQLAlchemy how to write it, with `@compiles`. */
  readonly isCompiled: boolean
}

/** A value of the Python program, as far as it is known without running it. */
export type Value =
  | { readonly kind: 'none' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** `text` is the number as Python would print it. */
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | { readonly kind: 'string'; readonly text: Text }
  | { readonly kind: 'list' | 'tuple' | 'set'; readonly items: Value[] }
  | { readonly kind: 'dict'; readonly entries: [Value, Value][] }
  /** Something imported, by its full dotted name: `sqlalchemy.Column`. */
  | { readonly kind: 'imported'; readonly path: string }
  /** What a library's function or class was called with: `sa.Column("id", sa.Integer())`. */
  | { readonly kind: 'call'; readonly callee: Value; readonly given: Arguments }
  | { readonly kind: 'attribute'; readonly of: Value; readonly name: string }
  | { readonly kind: 'computed'; readonly operator: string; readonly operands: readonly Value[] }
  /** `source` is the file that its `node` stands in. */
  | {
      readonly kind: 'function'
      readonly node: SyntaxNode
      readonly name: string
      readonly scope: Scope
      readonly source: Source
    }
  | ClassValue
  | { readonly kind: 'enum member'; readonly name: string; readonly value: Value }
  | { readonly kind: 'method'; readonly of: Value; readonly name: string }
  | { readonly kind: 'live'; readonly what: LiveObject }
  | { readonly kind: 'batch'; readonly batch: Batch }
  /** `reaches`: a call of it may send statements. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly reaches: boolean }

/** Thrown where SQL cannot be made from a value; becomes an `unreadable` part at the statement. `message` is its reason. */
export class Undecided extends Error {
  override readonly name = 'Undecided'
}

export const none: Value = { kind: 'none' }

export function booleanValue(value: boolean): Value {
  return { kind: 'boolean', value }
}

export function numberValue(value: number): Value {
  return { kind: 'number', value, text: String(value) }
}

export function stringOf(text: Text): Value {
  return { kind: 'string', text }
}

export function unknown(reason: string, reaches = false): Value {
  return { kind: 'unknown', reason, reaches }
}

/** Looks a name up as Python does. Undefined: neither a local nor a module name. */
export function lookUp(scope: Scope, name: string): Value | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const value = at.names.get(name)
    if (value) return value
  }
  return undefined
}

export function assign(scope: Scope, name: string, value: Value): void {
  let target = scope
  if (scope.globals.has(name)) while (target.parent) target = target.parent
  if (Object.isFrozen(target)) throw new Shared('a module that others use is changed')
  target.names.set(name, value)
}

/** Whether Python takes the value for true. Undefined: not known. */
export function truth(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'none':
      return false
    case 'boolean':
      return value.value
    case 'number':
      return value.value !== 0
    case 'string':
      return value.text.value !== ''
    case 'list':
    case 'tuple':
    case 'set':
      return value.items.length > 0
    case 'dict':
      return value.entries.length > 0
    case 'function':
    case 'class':
    case 'live':
    case 'batch':
      return true
    default:
      return undefined
  }
}

/** Whether Python finds two values equal. Undefined: not known. */
export function equal(left: Value, right: Value): boolean | undefined {
  if (left.kind === 'enum member' && right.kind === 'enum member') return left.name === right.name
  const a = plain(left)
  const b = plain(right)
  if (a !== undefined && b !== undefined) return a === b
  if (isSequence(left) && isSequence(right)) {
    if (left.kind !== right.kind || left.items.length !== right.items.length)
      return left.kind === 'set' ? undefined : false
    let all: boolean | undefined = true
    for (const [index, item] of left.items.entries()) {
      const same = equal(item, right.items[index] ?? none)
      if (same === false) return false
      if (same === undefined) all = undefined
    }
    return all
  }
  const known = (value: Value): boolean => plain(value) !== undefined || isSequence(value) || value.kind === 'dict'
  return known(left) && known(right) && left.kind !== right.kind ? false : undefined
}

export function isSequence(value: Value): value is Extract<Value, { items: Value[] }> {
  return value.kind === 'list' || value.kind === 'tuple' || value.kind === 'set'
}

function plain(value: Value): string | number | boolean | null | undefined {
  switch (value.kind) {
    case 'none':
      return null
    case 'boolean':
      return Number(value.value)
    case 'number':
      return value.value
    case 'string':
      return value.text.value
    default:
      return undefined
  }
}

/** What Python's `str(value)` gives. Undefined: not known. */
export function printed(value: Value): string | undefined {
  return value.kind === 'string' ? value.text.value : represented(value)
}

/** What Python's `repr(value)` gives. Undefined: not known. */
export function represented(value: Value): string | undefined {
  switch (value.kind) {
    case 'none':
      return 'None'
    case 'boolean':
      return value.value ? 'True' : 'False'
    case 'number':
      return value.text
    case 'string': {
      const text = value.text.value
      if (text.includes('\\') || [...text].some((char) => char < ' ' || char > '~')) return undefined
      return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`
    }
    case 'list':
    case 'tuple': {
      const items = value.items.map(represented)
      if (items.includes(undefined)) return undefined
      if (value.kind === 'list') return `[${items.join(', ')}]`
      return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`
    }
    default:
      return undefined
  }
}

/** The enum's members where the value is a class of Python's `enum`, in order. */
export function enumMembers(value: Value): Extract<Value, { kind: 'enum member' }>[] | undefined {
  if (value.kind !== 'class' || !isEnumClass(value)) return undefined
  return [...value.members.values()].filter((member) => member.kind === 'enum member')
}

export function isEnumClass(value: { readonly bases: readonly Value[] }): boolean {
  return value.bases.some((base) =>
    base.kind === 'imported' ? /^enum\.(Str|Int)?Enum$/.test(base.path) : base.kind === 'class' && isEnumClass(base),
  )
}

/** The argument at a place or by name. Throws `Undecided` where an argument of unknown name may be it. */
export function argument(given: Arguments, index: number | undefined, name: string): Value | undefined {
  const value = given.named.get(name) ?? (index === undefined ? undefined : given.positional[index])
  if (value === undefined && given.named.has('**'))
    throw new Undecided('arguments given with `**` are known only when the migration runs')
  return value
}

/** A Python sequence of arguments. Throws `Undecided` for anything else. */
export function items(value: Value | undefined, what: string): readonly Value[] {
  if (value && isSequence(value)) return value.items
  throw new Undecided(whyNot(value, what))
}

/** A string that is known. Throws `Undecided`. */
export function knownString(value: Value | undefined, what: string): string {
  if (value?.kind === 'string') return value.text.value
  throw new Undecided(whyNot(value, what))
}

/** A boolean option, `undefined` for `None` and for an option that was not given. Throws `Undecided`. */
export function option(given: Arguments, name: string, index?: number): boolean | undefined {
  const value = argument(given, index, name)
  if (value === undefined || value.kind === 'none') return undefined
  const known = truth(value)
  if (known === undefined) throw new Undecided(whyNot(value, `\`${name}\``))
  return known
}

/** The dotted name of another package that a value goes back to. */
function importedRoot(value: Value): string | undefined {
  if (value.kind === 'imported')
    return /^(sqlalchemy|sqlmodel|alembic|builtins)\b/.test(value.path) || !value.path.includes('.')
      ? undefined
      : value.path
  if (value.kind === 'attribute') return importedRoot(value.of)
  return value.kind === 'call' ? importedRoot(value.callee) : undefined
}

/** Why a value cannot be used, in a sentence without a full stop. */
export function whyNot(value: Value | undefined, what: string): string {
  if (value?.kind === 'unknown') return value.reason
  const root = value && importedRoot(value)
  if (root)
    return `\`${root.slice(root.lastIndexOf('.') + 1)}\` comes from \`${root.slice(0, root.lastIndexOf('.'))}\`, which is not read`
  return `${what} is known only when the migration runs`
}

/** Thrown where code would change a module that other version files were read with too: it has to be read with one of its own. */
export class Shared extends Error {
  override readonly name = 'Shared'
}

/** A list or dictionary of the program that its code may change. Throws `Shared`. */
export function own<T>(items: T[]): T[] {
  if (Object.isFrozen(items)) throw new Shared('a module that others use is changed')
  return items
}

/** Sets one entry of a dictionary, in the place of one with the same key. */
export function setEntry(entries: [Value, Value][], key: Value, value: Value): void {
  const entry = own(entries).find(([known]) => equal(known, key))
  if (entry) entry[1] = value
  else entries.push([key, value])
}

/** What a loop over the value goes through. Undefined: not known. */
export function iterated(value: Value): readonly Value[] | undefined {
  if (isSequence(value)) return value.items
  if (value.kind === 'dict') return value.entries.map(([key]) => key)
  if (value.kind === 'string') {
    return [...value.text.value].map((_, index) => stringOf(slice(value.text, index, index + 1)))
  }
  return enumMembers(value)
}
