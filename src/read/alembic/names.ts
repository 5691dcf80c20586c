import { createHash } from 'node:crypto'
import { finalName, isCallOf } from './library.ts'
import { argument, knownString, Undecided, type Value } from './values.ts'

/**
 * Words that PostgreSQL does not take as a column or table name without quotes
 * (https://www.postgresql.org/docs/current/sql-keywords-appendix.html, "reserved", with those that may be function or type names).
 */
const reserved = new Set(
  (
    'all analyse analyze and any array as asc asymmetric authorization between binary both case cast check collate collation column ' +
    'concurrently constraint create cross current_catalog current_date current_role current_schema current_time ' +
    'current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from full ' +
    'grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit localtime ' +
    'localtimestamp natural not notnull null off offset on only or order outer overlaps placing primary references returning ' +
    'right select session_user similar some symmetric system_user table tablesample then to trailing true union unique user ' +
    'using variadic verbose when where window with new old of'
  ).split(' '),
)

/** An identifier as PostgreSQL needs it to be written: quoted where it would be read as another name or as a keyword. */
export function quoted(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) && !reserved.has(name) ? name : `"${name.replaceAll('"', '""')}"`
}

/** `schema.name`, quoted. */
export function qualified(name: string, schema: string | undefined): string {
  return schema === undefined ? quoted(name) : `${quoted(schema)}.${quoted(name)}`
}

/** PostgreSQL keeps 63 bytes of a name; SQLAlchemy counts characters. */
export const longest = 63

/** A name that SQLAlchemy makes up or is told to take as final, shortened as it does: the rest and four digits of an MD5 sum. */
export function shortened(name: string): string {
  if (name.length <= longest) return name
  const sum = createHash('md5').update(name).digest('hex')
  return `${name.slice(0, longest - 8)}_${sum.slice(-4)}`
}

/** The name of an index or constraint that is there already; undefined for `None`. Throws `Undecided`. */
export function objectName(value: Value | undefined): string | undefined {
  if (value === undefined || value.kind === 'none') return undefined
  const final = finalName(value)
  if (final) return shortened(knownString(final, 'the name'))
  const name = identifier(value, 'the name')
  if (name.length > longest)
    throw new Undecided(`the name \`${name}\` is longer than ${longest} characters, which SQLAlchemy refuses`)
  return name
}

/** What SQLAlchemy calls the label of a column: its schema, table and name. */
export function labelOf(table: string, schema: string | undefined, column: string): string {
  return `${schema === undefined ? '' : `${schema.replaceAll('.', '_')}_`}${table}_${column}`
}

/** A name of a table, column, schema or type. Throws `Undecided`. */
export function identifier(value: Value | undefined, what: string): string {
  if (isCallOf(value, 'quoted_name')) return knownString(argument(value.given, 0, 'value'), what)
  const final = finalName(value)
  if (final) return knownString(final, what)
  if (value?.kind === 'enum member' && value.value.kind === 'string') return value.value.text.value
  const name = knownString(value, what)
  if (name === '') throw new Undecided(`${what} is empty`)
  return name
}

/** A schema's name, or undefined for `None`. Throws `Undecided`. */
export function schemaName(value: Value | undefined): string | undefined {
  return value === undefined || value.kind === 'none' ? undefined : identifier(value, 'the schema')
}
