import type { Name, Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'
import { plain, type Step, suggested } from '../../src/model/suggestion.ts'
import type { Constraint, Tables } from '../../src/model/tables.ts'

type AddConstraint = Extract<Operation, { kind: 'add-constraint' }>

export default defineRule({
  name: 'blocking-foreign-key',
  summary: 'A foreign key that is checked as it is added blocks writes to both tables meanwhile',
  severity: 'error',
  aliases: ['squawk:adding-foreign-key-constraint', 'squawk:constraint-missing-not-valid', 'eugene:E1'],
  work: 'scan',

  *check({ tool, migration, placed, isNew, isPartitioned, tablesBefore }) {
    const operations = placed(migration.up)
    for (const { op, statement } of operations) {
      if (op.kind !== 'add-constraint' || op.type !== 'foreign-key' || op.notValid || !op.enforced) continue
      if (isNew(op.table) || (op.with === 'column' && !hasDefault(statement.operations, op.columns))) continue

      if (isTakenOver(op, tablesBefore(op))) continue

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
          isPartitioned(op.table) || op.with === 'column' || statement.operations.length > 1
            ? undefined
            : suggested(tool, [
                { sql: `${statement.sql} NOT VALID` },
                ...(op.constraint === undefined ? [] : [validation(op.table, op.constraint)]),
              ]),
      }
    }
  },

  *observe({ works }) {
    for (const { statement, table, object, isHidden, evidence } of works('scan')) {
      if (!isHidden || table !== undefined) continue

      yield {
        at: statement.at,
        direction: 'up',
        message: `The code that this runs checks ${object} against every row, and neither of its tables can be written until it is done.`,
        help: `Add ${object} NOT VALID, and validate it in a transaction of its own.`,
        evidence,
      }
    }
  },
})

function validation(table: Name, constraint: string): Step | undefined {
  const names = plain(table, constraint)
  return names && { sql: `ALTER TABLE ${names[0]} VALIDATE CONSTRAINT ${names[1]}`, own: true }
}

/** Partitions that have it already, valid, are not looked at again: cases.md has the proof. */
function isTakenOver({ table, columns, references }: AddConstraint, tables: Tables): boolean {
  const partitions = tables.isPartitioned(table) ? tables.childrenOf(table) : []
  const isIt = ({ type, validated, ...key }: Constraint) =>
    type === 'foreign key' && validated && key.references?.table === references && `${key.columns}` === `${columns}`
  return partitions.length > 0 && partitions.every((partition) => tables.constraintsOf(partition).some(isIt))
}

/** A column that is added without one is NULL in every row: there is nothing to look up. */
function hasDefault(operations: readonly Operation[], columns: readonly string[]): boolean {
  return operations.some(
    (op) =>
      op.kind === 'add-column' &&
      columns.includes(op.column.name) &&
      (op.column.default !== undefined || op.column.filledBy !== undefined),
  )
}
