import { expression, grouped, sqlText } from './expressions.ts'
import { isCallOf, type LibraryCall, symbol } from './library.ts'
import { ddl, stringLiteral } from './literals.ts'
import { identifier, quoted } from './names.ts'
import { isConstraintOrDefault, type SqlType, typeOf } from './types.ts'
import { argument, option, Undecided, type Value, whyNot } from './values.ts'

/** `sa.Column(…)`, taken apart. */
export interface Column {
  readonly name: string
  readonly type: SqlType
  readonly primaryKey: boolean
  /** As written; undefined where SQLAlchemy decides: a key is NOT NULL. */
  readonly nullable: boolean | undefined
  readonly unique: boolean
  readonly index: boolean
  /** The SQL after DEFAULT. */
  readonly serverDefault: string | undefined
  /** GENERATED … AS IDENTITY. */
  readonly identity: string | undefined
  /** GENERATED ALWAYS AS (…) STORED. */
  readonly computed: string | undefined
  /** Undefined: none. */
  readonly comment: string | undefined
  readonly autoincrement: boolean | 'auto' | 'ignore_fk'
  /** A default that Python fills in: such a key does not count itself up. */
  readonly hasDefault: boolean
  readonly foreignKeys: readonly Extract<Value, { kind: 'call' }>[]
  readonly checks: readonly Extract<Value, { kind: 'call' }>[]
}

/** Takes `sa.Column(…)` apart. Throws `Undecided`. */
export function columnOf(value: Value, tableSchema?: string): Column {
  if (!isCallOf(value, 'Column')) throw new Undecided(whyNot(value, 'a column'))
  const { given } = value
  const positional = [...given.positional]
  const nameValue = argument(given, undefined, 'name') ?? positional.shift()
  const [candidate] = positional
  const typeValue =
    argument(given, undefined, 'type_') ??
    (candidate && !isConstraintOrDefault(candidate) ? positional.shift() : undefined)
  const attached = positional.filter((item) => item.kind !== 'none')
  const identityOrComputed = [...attached, argument(given, undefined, 'server_default')]
  const identity = identityOrComputed.find((item) => isCallOf(item, 'Identity'))
  const computed = identityOrComputed.find((item) => isCallOf(item, 'Computed'))
  const known = ['ForeignKey', 'CheckConstraint', 'Identity', 'Computed', 'FetchedValue', 'Sequence']
  for (const item of attached) if (!isCallOf(item, ...known)) throw new Undecided(whyNot(item, 'a part of a column'))
  const comment = argument(given, undefined, 'comment')
  const auto = argument(given, undefined, 'autoincrement')
  return {
    name: identifier(nameValue, 'the name of a column'),
    type: typeOf(typeValue, tableSchema),
    primaryKey: option(given, 'primary_key') ?? false,
    nullable: option(given, 'nullable'),
    unique: option(given, 'unique') ?? false,
    index: option(given, 'index') ?? false,
    serverDefault: serverDefault(argument(given, undefined, 'server_default')),
    identity: identity && identityClause(identity),
    computed: computed && computedClause(computed),
    comment: comment && comment.kind !== 'none' ? commentText(comment) : undefined,
    autoincrement:
      auto?.kind === 'string'
        ? auto.text.value === 'ignore_fk'
          ? 'ignore_fk'
          : 'auto'
        : (option(given, 'autoincrement') ?? 'auto'),
    hasDefault:
      (argument(given, undefined, 'default')?.kind ?? 'none') !== 'none' ||
      attached.some((item) => isCallOf(item, 'Sequence') && !option(item.given, 'optional')),
    foreignKeys: attached.filter((item) => isCallOf(item, 'ForeignKey')),
    checks: attached.filter((item) => isCallOf(item, 'CheckConstraint')),
  }
}

/** A comment as a string constant. Throws `Undecided`. */
export function commentText(value: Value): string {
  if (value.kind !== 'string') throw new Undecided(whyNot(value, 'the comment'))
  return stringLiteral(value.text.value)
}

/** The SQL of a `server_default`; undefined for none. Throws `Undecided`. */
export function serverDefault(value: Value | undefined): string | undefined {
  if (value === undefined || value.kind === 'none' || isCallOf(value, 'FetchedValue', 'Identity', 'Computed'))
    return undefined
  if (value.kind === 'imported' && symbol(value)?.name === 'FetchedValue') return undefined
  if (value.kind === 'string') return stringLiteral(value.text.value)
  if (value.kind === 'enum member' && value.value.kind === 'string') return stringLiteral(value.value.text.value)
  if (value.kind !== 'call' && value.kind !== 'computed') throw new Undecided(whyNot(value, 'the server default'))
  return expression(value, ddl)
}

/** GENERATED … AS IDENTITY with its options, in SQLAlchemy's order. Throws `Undecided`. */
export function identityClause(value: Extract<Value, { kind: 'call' }>): string {
  const { given } = value
  const options = sequenceOptions(value, 2)
  const kind = option(given, 'always', 0) ? 'ALWAYS' : 'BY DEFAULT'
  return `GENERATED ${kind} AS IDENTITY${options ? ` (${options})` : ''}`
}

/** What changes one identity into another, option by option in the order of their names. Throws `Undecided`. */
export function identityChange(value: LibraryCall, existing: LibraryCall): string {
  const [after, before] = [identityOptions(value, 2), identityOptions(existing, 2)]
  const changes = Object.keys(after)
    .sort()
    .flatMap((name) => {
      const option = after[name]
      return option === undefined || option === before[name] ? [] : [`SET ${option}`]
    })
  const always = option(value.given, 'always', 0) ?? false
  if (always !== (option(existing.given, 'always', 0) ?? false))
    changes.unshift(`SET GENERATED ${always ? 'ALWAYS' : 'BY DEFAULT'}`)
  if (changes.length === 0)
    throw new Undecided('the identity stays as it is, of which Alembic makes no whole statement')
  return changes.join(' ')
}

/** The options of an identity or a sequence; `from` is the place of `start` among the arguments. Throws `Undecided`. */
export function sequenceOptions(value: Extract<Value, { kind: 'call' }>, from: number): string {
  const options = identityOptions(value, from)
  return ['increment', 'start', 'minvalue', 'maxvalue', 'nominvalue', 'nomaxvalue', 'cache', 'cycle']
    .flatMap((name) => options[name] ?? [])
    .join(' ')
}

function identityOptions(
  { given }: Extract<Value, { kind: 'call' }>,
  from: number,
): { readonly [name: string]: string | undefined } {
  const number = (name: string, index: number, words: string): string | undefined => {
    const item = argument(given, index, name)
    if (item === undefined || item.kind === 'none') return undefined
    if (item.kind !== 'number') throw new Undecided(whyNot(item, `\`${name}\``))
    return `${words} ${item.text}`
  }
  const without = (name: string, index: number, words: string): string | undefined =>
    option(given, name, index) === undefined ? undefined : words
  const cycle = option(given, 'cycle', from + 6)
  return {
    start: number('start', from, 'START WITH'),
    increment: number('increment', from + 1, 'INCREMENT BY'),
    minvalue: number('minvalue', from + 2, 'MINVALUE'),
    maxvalue: number('maxvalue', from + 3, 'MAXVALUE'),
    nominvalue: without('nominvalue', from + 4, 'NO MINVALUE'),
    nomaxvalue: without('nomaxvalue', from + 5, 'NO MAXVALUE'),
    cycle: cycle === undefined ? undefined : cycle ? 'CYCLE' : 'NO CYCLE',
    cache: number('cache', from + 7, 'CACHE'),
  }
}

function computedClause(value: Extract<Value, { kind: 'call' }>): string {
  if (option(value.given, 'persisted', 1) === false)
    throw new Undecided('SQLAlchemy refuses a computed column that is not stored')
  return `GENERATED ALWAYS AS (${conditionSql(argument(value.given, 0, 'sqltext'))}) STORED`
}

/** SQL given as a string, as `sa.text(…)` or as an expression. Throws `Undecided`. */
export function conditionSql(value: Value | undefined): string {
  if (!value) throw new Undecided('an expression is missing')
  return sqlText(value, ddl)?.value ?? expression(value, ddl)
}

/** One element of an index: a column's name, or an expression in the parentheses that PostgreSQL wants. Throws `Undecided`. */
export function indexElement(value: Value): { sql: string; column: string | undefined } {
  if (value.kind === 'string') return { sql: quoted(value.text.value), column: value.text.value }
  if (isCallOf(value, 'Column', 'column')) {
    const name = identifier(value.given.positional[0], 'the name of a column')
    return { sql: quoted(name), column: name }
  }
  return { sql: grouped(value, ddl), column: undefined }
}

/** The column that SQLAlchemy makes SERIAL: a single key of a counting type without a default or foreign key. */
export function autoincrementColumn(keys: readonly Column[]): Column | undefined {
  if (keys.length !== 1) return keys.find((column) => column.autoincrement === true)
  const [only] = keys
  if (!only || only.autoincrement === false) return undefined
  if (only.autoincrement === true) return only
  if (!only.type.serial || only.hasDefault || only.serverDefault !== undefined || only.computed) return undefined
  return only.foreignKeys.length > 0 && only.autoincrement !== 'ignore_fk' ? undefined : only
}

/** A column as CREATE TABLE and ADD COLUMN have it. `isKey`: it is in the primary key; `counts`: it is SERIAL. */
export function columnSql(column: Column, isKey: boolean, counts: boolean): string {
  const serial = counts && !column.identity && !column.hasDefault ? column.type.serial : undefined
  const parts = [quoted(column.name), serial ?? column.type.sql]
  if (!serial && column.serverDefault !== undefined) parts.push(`DEFAULT ${column.serverDefault}`)
  if (column.computed) parts.push(column.computed)
  if (column.identity) parts.push(column.identity)
  if (column.identity) {
    if (column.nullable) parts.push('NULL')
  } else if (!(column.nullable ?? !isKey)) parts.push('NOT NULL')
  return parts.join(' ')
}
