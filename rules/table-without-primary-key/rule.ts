import type { Name, Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'
import type { Tables } from '../../src/model/tables.ts'

export default defineRule({
  name: 'table-without-primary-key',
  summary: 'Rows of a table without a primary key cannot be told apart, or updated over logical replication',
  severity: 'warning',

  *check({ migration, later, isNew, tablesBefore, tablesAfter }) {
    const after = tablesAfter()
    const all = migration.up.statements.flatMap(({ operations }) => operations)
    for (const op of all) {
      const isDropped =
        op.kind === 'drop-constraint' &&
        !isNew(op.table) &&
        tablesBefore(op)
          .constraintsOf(op.table)
          .some(({ name, type }) => name === op.constraint && type === 'primary key')
      const isMade =
        op.kind === 'create-table' &&
        op.relation === 'table' &&
        op.persistence !== 'temporary' &&
        !op.partitionOf &&
        !op.query &&
        !op.like.some(({ table, including }) => including.includes('indexes') && hasKey(tablesBefore(op), table))
      if ((!isDropped && !isMade) || !('table' in op) || op.table === undefined || !after.has(op.table)) continue
      const { table } = op
      if (hasKey(after, table)) continue
      const settles = (each: Operation) =>
        'table' in each &&
        each.table === table &&
        ((each.kind === 'add-constraint' && each.type === 'primary-key') ||
          each.kind === 'drop-table' ||
          (each.kind === 'replica-identity' && each.identity === 'index'))
      if (all.some(settles) || later.some(({ operations }) => operations.some(settles))) continue

      yield {
        at: op.at,
        direction: 'up',
        message: isDropped
          ? `${table} has no primary key from here on: its rows cannot be told apart, and where the table is published, UPDATE and DELETE fail.`
          : `${table} has no primary key: two equal rows cannot be told apart, and where the table is published, UPDATE and DELETE fail.`,
        help: isDropped
          ? 'Build the new key first (CREATE UNIQUE INDEX CONCURRENTLY), and change the two in one transaction: DROP CONSTRAINT, ADD PRIMARY KEY USING INDEX.'
          : 'Give it one: the columns that identify a row, or id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY.',
      }
    }
  },
})

function hasKey(tables: Tables, table: Name): boolean {
  return tables.constraintsOf(table).some(({ type }) => type === 'primary key')
}
