import type { Operation } from '../../src/model/operation.ts'
import { type ColumnType, defineRule } from '../../src/model/rule.ts'

type Change = Extract<Operation, { kind: 'alter-column-type' }>

export default defineRule({
  name: 'rewriting-type-change',
  summary: 'A change of type that writes every row anew shuts out readers and writers until it is done',
  severity: 'error',
  breaks: ['0A000'],
  aliases: ['squawk:changing-column-type', 'eugene:E5', 'eugene:E10'],
  work: 'rewrite',

  *check({ migration, placed, isNew, typeBefore }) {
    for (const { op } of placed(migration.up)) {
      if (op.kind !== 'alter-column-type' || isNew(op.table)) continue
      const before = typeBefore(op)
      if (!rewrites(op, before)) continue

      const from = before ? ` from ${before.type}` : ''
      yield {
        at: op.at,
        direction: 'up',
        message: `Changing ${op.table}.${op.column}${from} to ${op.type} writes every row and every index of ${op.table} anew, while nobody can read or write it.`,
        help: `Add a new column of type ${op.type}, let a trigger or the application write both, fill it in batches, and switch over in a later release.`,
      }
    }
  },
})

/** https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES; the page's examples show each of these. */
function rewrites(op: Change, before: ColumnType | undefined): boolean {
  if (op.using !== undefined && !isPlainCast(op.using, op.column)) return true
  if (op.userType !== undefined || before?.userType !== undefined) return false
  if (before === undefined) return alwaysConverted.test(op.type)
  const [from, to] = [parts(before.type), parts(op.type)]
  if (before.type === op.type) return false
  if (from.isArray || to.isArray) return from.name !== to.name && !(isText(from.name) && isText(to.name))
  switch (to.name) {
    case 'text':
    case 'character varying':
      if (!isText(from.name)) return true
      return to.length !== undefined && (from.length === undefined || from.length > to.length)
    case 'numeric':
      if (from.name !== 'numeric') return true
      if (to.length === undefined) return false
      return from.length === undefined || from.length > to.length || from.scale !== to.scale
    case 'bit varying':
      if (from.name !== 'bit varying') return true
      return to.length !== undefined && (from.length === undefined || from.length > to.length)
    case 'inet':
      return from.name !== 'cidr'
    case 'timestamp without time zone':
    case 'timestamp with time zone':
      // Between the two it depends on the session's TimeZone, which cannot be read in the file.
      if (!from.name.startsWith('timestamp')) return true
      return to.length !== undefined && (from.length ?? 6) > to.length
    case 'time without time zone':
    case 'time with time zone':
    case 'interval':
      if (from.name !== to.name) return true
      return to.length !== undefined && (from.length ?? 6) > to.length
    default:
      return from.name !== to.name || to.name === 'character' || to.name === 'bit'
  }
}

// Types to which another is never converted without touching the rows, and of which few have domains.
const alwaysConverted = /^(?:smallint|integer|bigint|real|double precision|uuid|jsonb|boolean|date|bytea)$/

/** `email::varchar(50)` says no more than the change of type itself. */
function isPlainCast(using: string, column: string): boolean {
  const plain = using.replace(/[\s()"]/g, '').toLowerCase()
  const name = column.toLowerCase()
  return plain === name || (plain.startsWith(`${name}::`) && !plain.slice(name.length + 2).includes('::'))
}

function isText(name: string): boolean {
  return name === 'text' || name === 'character varying'
}

function parts(type: string) {
  const numbers = /\((\d+)(?:,(\d+))?\)/.exec(type)
  const name = type
    .replace(/\(.*?\)/, '')
    .replace(/\[\]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text))
  return {
    name,
    isArray: type.endsWith('[]'),
    length: number(numbers?.[1]),
    scale: number(numbers?.[2]) ?? 0,
  }
}
