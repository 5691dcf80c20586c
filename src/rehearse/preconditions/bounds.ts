import { literal } from '../tables.ts'
import { operand } from './in-the-way.ts'

/** A column of the table whose rows are looked at. */
interface KeyColumn {
  readonly sql: string
  readonly type: string
}

/** A partitioned table, as far as the bounds of its partitions tell what belongs into them. */
export interface Partitioning {
  /** As PostgreSQL stores it, or as a migration writes it: `RANGE (at, lower(name))`. */
  readonly by: string
  /** As PostgreSQL prints it; undefined where there is no such table yet. */
  readonly table: string | undefined
}

/**
 * A condition that is true for the rows that belong into a partition, and false, never NULL, for all others; undefined: it cannot be said in SQL.
 * PostgreSQL judges: values are cast to the type of the column and compared there.
 *
 * @param bound as PostgreSQL prints it or as it is written: `FOR VALUES IN (1, 2)`, not DEFAULT
 * @param columnOf the column of a name as SQL writes it
 */
export function belongs(
  { by, table }: Partitioning,
  bound: string,
  columnOf: (name: string) => KeyColumn | undefined,
): string | undefined {
  const [, strategy = '', list = ''] = /^(RANGE|LIST|HASH)\s*\(([\s\S]*)\)$/i.exec(by.trim()) ?? []
  const written = split(list)
  const [first, second] = groups(bound).map(split)
  if (!first) return undefined
  if (strategy.toUpperCase() === 'HASH') {
    // What an operator class has to say, that function knows.
    const hashed = written.map((each) => (isExpression(each) ? each : columnOf(each.replace(/\s[\s\S]*$/, ''))?.sql))
    const known = hashed.filter((sql) => sql !== undefined)
    return table === undefined || known.length < hashed.length ? undefined : ofHash(table, first, known)
  }
  const keys = written.map((each) => keyOf(each, columnOf))
  const known = keys.filter((key) => key !== undefined)
  if (known.length < keys.length) return undefined
  return strategy.toUpperCase() === 'LIST' ? ofList(known, first) : second && ofRange(known, first, second)
}

interface Key {
  readonly sql: string
  /** Undefined: an expression, with a type that is not known here. */
  readonly type: string | undefined
}

/** `at`, `lower(name) COLLATE "C"`; undefined where an operator class decides what is equal or less. */
function keyOf(written: string, columnOf: (name: string) => KeyColumn | undefined): Key | undefined {
  const [, key = '', collation = ''] = /^([\s\S]*?)(\s+COLLATE\s+(?:"(?:[^"]|"")*"|[\w$.])+)?$/i.exec(written) ?? []
  const column = columnOf(key)
  if (column) return { sql: `${column.sql}${collation}`, type: column.type }
  return isExpression(key) ? { sql: `${key}${collation}`, type: undefined } : undefined
}

/** `lower(name)`, `(a + b)`: with nothing behind it. */
function isExpression(key: string): boolean {
  return /^[\w$."]*\([\s\S]*\)$/.test(key) && groups(key).length === 1
}

function ofList(keys: readonly Key[], values: readonly string[]): string | undefined {
  const [key, ...others] = keys
  if (!key || others.length > 0) return undefined
  const isNull = (value: string) => /^NULL\b/i.test(value)
  const given = values.filter((value) => !isNull(value)).map((value) => constant(value, key))
  if (given.includes(undefined)) return undefined
  const among = given.length === 0 ? 'false' : `${key.sql} IN (${given.join(', ')})`
  return values.some(isNull) ? `(${key.sql} IS NULL OR ${among})` : `(${key.sql} IS NOT NULL AND ${among})`
}

/** https://www.postgresql.org/docs/current/sql-createtable.html: the lower bound is inside, the upper is not; rows compare from the left. */
function ofRange(keys: readonly Key[], lower: readonly string[], upper: readonly string[]): string | undefined {
  if (lower.length !== keys.length || upper.length !== keys.length) return undefined
  const from = compared(keys, lower, { least: '>=', most: '>', other: '>=', nothing: 'MINVALUE' })
  const to = compared(keys, upper, { least: '<', most: '<=', other: '<', nothing: 'MAXVALUE' })
  if (from === undefined || to === undefined) return undefined
  return `(${[...keys.map(({ sql }) => `${sql} IS NOT NULL`), from, to].join(' AND ')})`
}

/** What stands behind the first MINVALUE or MAXVALUE does not matter. */
function compared(
  keys: readonly Key[],
  values: readonly string[],
  how: { readonly least: string; readonly most: string; readonly other: string; readonly nothing: string },
): string | undefined {
  const end = values.findIndex((value) => /^(?:MIN|MAX)VALUE$/i.test(value))
  const last = end === -1 ? undefined : values[end]?.toUpperCase()
  if (end === 0) return last === how.nothing ? 'true' : 'false'
  const number = end === -1 ? values.length : end
  const given = values.slice(0, number).map((value, index) => constant(value, keys[index]))
  if (given.includes(undefined)) return undefined
  const operator = last === 'MINVALUE' ? how.least : last === 'MAXVALUE' ? how.most : how.other
  const left = keys.slice(0, number).map(({ sql }) => sql)
  return `ROW(${left.join(', ')}) ${operator} ROW(${given.join(', ')})`
}

/** With the type of its column; beside an expression only a constant that takes its type from there. */
function constant(value: string, key: Key | undefined): string | undefined {
  if (key?.type !== undefined) return `CAST(${operand(value)} AS ${key.type})`
  return /^(?:'(?:[^'\\]|'')*'|-?\d+|true|false)$/i.test(value) ? value : undefined
}

function ofHash(table: string, parts: readonly string[], keys: readonly string[]): string | undefined {
  const number = (name: string) =>
    parts.flatMap((part) => new RegExp(`^${name}\\s+(\\d+)$`, 'i').exec(part)?.[1] ?? [])[0]
  const modulus = number('modulus')
  const remainder = number('remainder')
  if (modulus === undefined || remainder === undefined) return undefined
  return `pg_catalog.satisfies_hash_partition(${literal(table)}::pg_catalog.regclass, ${modulus}, ${remainder}, ${keys.join(', ')})`
}

const token =
  /(?<![\w$])E'(?:[^'\\]|''|\\[\s\S])*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$(?:[A-Za-z_]\w*)?\$)[\s\S]*?\1|--[^\n]*|\/\*[\s\S]*?\*\/|[\s\S]/gi

/** The parts of a list between its commas, trimmed; none of an empty one. */
function split(list: string): string[] {
  const parts = ['']
  let depth = 0
  for (const [text] of list.matchAll(token)) {
    if (text === '(' || text === '[') depth++
    if (text === ')' || text === ']') depth--
    if (text === ',' && depth === 0) parts.push('')
    else parts.push(`${parts.pop()}${text}`)
  }
  return list.trim() === '' ? [] : parts.map((part) => part.trim())
}

/** What stands in the outermost parentheses, one after the other. */
function groups(text: string): string[] {
  const found: string[] = []
  let depth = 0
  for (const [each] of text.matchAll(token)) {
    if (each === ')') depth--
    if (depth > 0) found.push(`${found.pop()}${each}`)
    if (each === '(' && depth++ === 0) found.push('')
  }
  return found
}
