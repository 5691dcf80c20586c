import type { Report } from '../../src/model/finding.ts'
import type { Direction, Statement } from '../../src/model/migration.ts'
import type { SetNotNull } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'not-null-without-backfill',
  summary: 'SET NOT NULL on a column that nothing before it fills fails on the first NULL',
  severity: 'error',
  fails: '23502',

  *check({ scripts, earlier, isNew, isProven }) {
    for (const { direction, statements, unreadable } of scripts) {
      for (const [index, statement] of statements.entries()) {
        for (const op of statement.operations) {
          if (op.kind !== 'set-not-null' || isNew(op.table) || isProven(op)) continue
          const before = [...(direction === 'up' ? earlier : []), ...statements.slice(0, index + 1)]
          if (before.some((each) => mayFill(each, op)) || unreadable.some(({ at }) => at.line < op.at.line)) continue
          yield report(
            op,
            direction,
            direction === 'up'
              ? ', and nothing before it in this change fills the rows in which it is NULL.'
              : ' again, and the downgrade does not fill the rows that were written without a value since the upgrade.',
          )
        }
      }
    }
  },

  *observe({ migration, roundTrip, failed, said }) {
    for (const { direction, error } of roundTrip.steps) {
      if (error?.sqlstate !== '23502') continue
      for (const op of failed(error)) {
        if (op.kind !== 'set-not-null' || (error.column !== undefined && error.column !== op.column)) continue
        yield {
          ...report(op, direction, ' while rows are left in which it is NULL.'),
          evidence: [said(error)],
          sqlstate: error.sqlstate,
        }
      }
    }
    for (const { kind, columns, at, sqlstate, count } of roundTrip.preconditions ?? []) {
      const operations = migration.up.statements.flatMap((statement) => statement.operations)
      for (const op of kind === 'not-null' ? operations : []) {
        if (op.kind !== 'set-not-null' || op.at.line !== at?.line || !columns.includes(op.column)) continue
        yield {
          ...report(op, 'up', ' while rows are left in which it is NULL.'),
          evidence: count === undefined ? [] : [count],
          sqlstate,
        }
      }
    }
  },
})

/** Whether the statement may leave no NULL in the column. Code that cannot be looked into may, if it names the column. */
function mayFill({ sql, operations }: Statement, { table, column }: SetNotNull): boolean {
  return operations.some((op) => {
    switch (op.kind) {
      case 'update':
        return op.table === table && op.columns.includes(column)
      case 'delete':
        return op.table === table && (op.where === undefined || op.where.includes(column))
      case 'add-column':
        return (
          op.table === table &&
          op.column.name === column &&
          (op.column.default !== undefined || op.column.filledBy !== undefined)
        )
      case 'alter-column-type':
        return op.table === table && op.column === column && op.using !== undefined
      case 'query':
      case 'hidden-sql':
      case 'unparsed':
        return sql.includes(column)
      default:
        return false
    }
  })
}

function report({ at, table, column }: SetNotNull, direction: Direction, because: string): Report {
  return {
    at,
    direction,
    message: `${table}.${column} becomes NOT NULL${because}`,
    help: `Fill it first, in batches: UPDATE … SET ${column} = … WHERE ${column} IS NULL AND … . Then SET NOT NULL.`,
  }
}
