import type { Report } from '../../src/model/finding.ts'
import type { Direction } from '../../src/model/migration.ts'
import type { Name, Operation } from '../../src/model/operation.ts'
import { type Context, defineRule, type Placed } from '../../src/model/rule.ts'

export default defineRule({
  name: 'enum-value-used-too-early',
  summary: 'A new value of an enum cannot be used before the transaction that adds it is committed',
  severity: 'error',
  fails: '55P04',

  *check({ scripts, placed, typeAt }) {
    for (const script of scripts) {
      const reported = new Set<Placed['statement']>()
      for (const { op, statement, transaction } of placed(script)) {
        if (transaction.openedBy === undefined || reported.has(statement)) continue
        const before = transaction.operations.slice(0, transaction.operations.indexOf(op))
        const made = before.flatMap((each) => (each.kind === 'create-type' ? each.type : []))
        const added = before
          .filter((each) => each.kind === 'add-enum-value')
          .find(({ type, value }) => !made.includes(type) && uses(op, statement.sql, type, value, typeAt))
        if (!added) continue

        reported.add(statement)
        yield report(op.at, script.direction, `'${added.value}' of ${added.type}`)
      }
    }
  },

  *observe({ roundTrip, said }) {
    for (const { direction, error } of roundTrip.steps) {
      if (error?.sqlstate !== '55P04' || !error.at) continue
      yield {
        ...report(error.at, direction, 'The new value'),
        evidence: [said(error)],
        sqlstate: error.sqlstate,
      }
    }
  },
})

/** Whether the value stands there as one of this type: cast to it, or written to a column of it. */
function uses(op: Operation, sql: string, type: Name, value: string, typeAt: Context['typeAt']): boolean {
  const literal = `'${value.replaceAll("'", "''")}'`
  if (op.kind === 'add-enum-value' || !sql.includes(literal)) return false
  const bare = type.slice(type.indexOf('.') + 1)
  const cast = sql
    .split(literal)
    .slice(1)
    .some((rest) => new RegExp(`^\\s*::\\s*"?(?:\\w+"?\\."?)?${escaped(bare)}\\b`).test(rest))
  if (cast) return true
  const isOfType = (table: Name, column: string) => typeAt(op, table, column)?.userType === type
  switch (op.kind) {
    case 'insert':
      return op.columns.some((column) => isOfType(op.table, column))
    case 'update':
      return [...op.columns, ...op.pinned].some((column) => isOfType(op.table, column))
    case 'delete':
      return op.pinned.some((column) => isOfType(op.table, column))
    case 'set-default':
      return op.default?.sql.includes(literal) === true && isOfType(op.table, op.column)
    case 'add-column':
      return op.column.userType === type && op.column.default?.sql.includes(literal) === true
    default:
      return false
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function report(at: Report['at'], direction: Direction, value: string): Report {
  return {
    at,
    direction,
    message: `${value} is used here in the transaction that adds it, which PostgreSQL refuses.`,
    help: 'Add the value in a migration of its own, and use it in the next one, when the first is committed.',
  }
}
