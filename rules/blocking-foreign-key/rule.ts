import type { Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'blocking-foreign-key',
  summary: 'A foreign key that is checked as it is added blocks writes to both tables meanwhile',
  severity: 'error',
  work: 'scan',

  *check({ tool, migration, placed, isNew, isPartitioned }) {
    const operations = placed(migration.up)
    for (const { op, statement } of operations) {
      if (op.kind !== 'add-constraint' || op.type !== 'foreign-key' || op.notValid || !op.enforced) continue
      if (isNew(op.table) || (op.with === 'column' && !hasDefault(statement.operations, op.columns))) continue

      const name = op.constraint ?? `${op.table.split('.')[1]}_${op.columns.join('_')}_fkey`
      yield {
        at: op.at,
        direction: 'up',
        message: `Adding ${name} looks up every row of ${op.table} in ${op.references ?? 'the other table'}, and neither can be written until it is done.`,
        help: isPartitioned(op.table)
          ? 'Before PostgreSQL 18 a partitioned table takes no NOT VALID foreign key: add it NOT VALID to each partition, validate it there, and then add it to the whole.'
          : tool === 'alembic'
            ? `Pass postgresql_not_valid=True, and run ALTER TABLE … VALIDATE CONSTRAINT ${name} in a later revision that has a transaction of its own.`
            : `Add it NOT VALID, and VALIDATE CONSTRAINT ${name} in a transaction of its own, which lets reads and writes go on.`,
        suggestion:
          tool === 'alembic' ||
          isPartitioned(op.table) ||
          op.with === 'column' ||
          statement.operations.length > 1 ||
          /--.*$/.test(statement.sql)
            ? undefined
            : `${statement.sql} NOT VALID;`,
      }
    }
  },
})

/** A column that is added without one is NULL in every row: there is nothing to look up. */
function hasDefault(operations: readonly Operation[], columns: readonly string[]): boolean {
  return operations.some(
    (op) =>
      op.kind === 'add-column' &&
      columns.includes(op.column.name) &&
      (op.column.default !== undefined || op.column.filledBy !== undefined),
  )
}
