import { expression } from './expressions.ts'
import { symbol } from './library.ts'
import type { Writing } from './literals.ts'
import { tableReference } from './references.ts'
import { type Arguments, argument, option, Undecided, type Value } from './values.ts'

/** What stands between two commas after FROM: a table, or tables that are joined. */
export interface FromItem {
  readonly sql: string
  readonly tables: readonly string[]
}

/** A table, `sa.join(a, b, condition)` or `a.join(b, condition)`. Undefined: the value is something else. Throws `Undecided`. */
export function fromItem(value: Value, writing: Writing): FromItem | undefined {
  const table = tableReference(value)
  if (table) return { sql: table.sql, tables: [table.sql] }
  if (value.kind !== 'call') return undefined
  const { callee, given } = value
  const [first, ...others] = given.positional
  const called = callee.kind === 'attribute' ? callee.name : symbol(callee)?.name
  if (called !== 'join' && called !== 'outerjoin') return undefined
  const left = callee.kind === 'attribute' ? callee.of : first
  const rest = callee.kind === 'attribute' ? given : { ...given, positional: others }
  const item = left && fromItem(left, writing)
  return item && joined(item, called, rest, writing)
}

/** An item joined with what the arguments of `.join(target, condition)` say. Throws `Undecided`. */
export function joined(left: FromItem, called: string, given: Arguments, writing: Writing): FromItem {
  const [target] = given.positional
  const table = target && tableReference(target)
  if (!table) throw new Undecided('the tables of a query are not read')
  const condition = argument(given, 1, 'onclause')
  if (!condition || condition.kind === 'none') throw new Undecided('a join without a condition is not read')
  const outer = called === 'outerjoin' || option(given, 'isouter', 2) === true
  const words = option(given, 'full', 3) === true ? 'FULL OUTER JOIN' : outer ? 'LEFT OUTER JOIN' : 'JOIN'
  const on = expression(condition, writing)
  return { sql: `${left.sql} ${words} ${table.sql} ON ${on}`, tables: [...left.tables, table.sql] }
}
