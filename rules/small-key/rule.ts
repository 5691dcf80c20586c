import type { Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

const largest: Readonly<Record<string, string>> = { smallint: '32,767', integer: '2,147,483,647' }

export default defineRule({
  name: 'small-key',
  summary: 'A key of four bytes is used up one day, and widening it rewrites the table',
  severity: 'warning',
  aliases: ['squawk:prefer-bigint-over-int', 'squawk:prefer-bigint-over-smallint'],
  isPolicy: true,

  *check({ migration, typedColumns }) {
    const operations = migration.up.statements.flatMap((statement) => statement.operations)
    for (const op of operations) {
      for (const { table, name, type, filledBy, primaryKey } of typedColumns(op)) {
        const limit = largest[type]
        const isCounted = filledBy === 'sequence' || filledBy === 'identity'
        if (limit === undefined || !(isCounted || isOnlyKey(operations, op, name, primaryKey ?? false))) continue
        yield {
          at: op.at,
          direction: 'up',
          message: `${table}.${name} is ${type}: after ${limit} numbers, rolled back inserts included, every INSERT fails (22003).`,
          help: 'Use bigint, here and in the columns that point to it.',
        }
      }
    }
  },
})

/** A key of several columns is rarely counted up. */
function isOnlyKey(operations: readonly Operation[], op: Operation, name: string, primaryKey: boolean): boolean {
  if (op.kind !== 'create-table') return primaryKey
  return (
    operations.some(
      (each) =>
        each.kind === 'add-constraint' &&
        each.type === 'primary-key' &&
        each.table === op.table &&
        each.columns.join() === name,
    ) ||
    (primaryKey && op.columns.filter((column) => column.primaryKey).length === 1)
  )
}
