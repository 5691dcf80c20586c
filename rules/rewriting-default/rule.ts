import type { AddColumn } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'rewriting-default',
  summary: 'ADD COLUMN with a default that differs from row to row writes every row anew',
  severity: 'error',
  work: 'rewrite',

  *check({ migration, placed, isNew }) {
    for (const { op, statement } of placed(migration.up)) {
      if (op.kind !== 'add-column' || op.column.default?.volatility !== 'volatile' || isNew(op.table)) continue
      if (op.column.filledBy !== undefined) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `${op.column.default.sql} has to be computed for each row, so adding ${op.table}.${op.column.name} writes the whole table anew, while nobody can read or write it.`,
        help: 'Add the column without the default, then SET DEFAULT for new rows, and fill the old ones in batches.',
        suggestion: statement.operations.length === 1 ? twoSteps(op) : undefined,
      }
    }
  },
})

function twoSteps({ table, column }: AddColumn): string | undefined {
  if ([...table.split('.'), column.name].some((name) => !/^[a-z_][a-z0-9_]*$/.test(name)) || column.notNull)
    return undefined
  return [
    `ALTER TABLE ${table} ADD COLUMN ${column.name} ${column.type};`,
    `ALTER TABLE ${table} ALTER COLUMN ${column.name} SET DEFAULT ${column.default?.sql};`,
  ].join('\n')
}
