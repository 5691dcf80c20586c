import type { AddColumn } from '../../src/model/operation.ts'
import { type Context, defineRule } from '../../src/model/rule.ts'
import { plain, suggested } from '../../src/model/suggestion.ts'

export default defineRule({
  name: 'rewriting-default',
  summary: 'ADD COLUMN with a default that differs from row to row writes every row anew',
  severity: 'error',
  aliases: ['squawk:adding-field-with-default', 'eugene:E10'],
  work: 'rewrite',

  *check({ tool, migration, placed, isNew }) {
    for (const { op, statement } of placed(migration.up)) {
      if (op.kind !== 'add-column' || op.column.default?.volatility !== 'volatile' || isNew(op.table)) continue
      if (op.column.filledBy !== undefined) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `${op.column.default.sql} has to be computed for each row, so adding ${op.table}.${op.column.name} writes the whole table anew, while nobody can read or write it.`,
        help: 'Add the column without the default, then SET DEFAULT for new rows, and fill the old ones in batches.',
        suggestion: statement.operations.length === 1 ? twoSteps(tool, op) : undefined,
      }
    }
  },
})

function twoSteps(tool: Context['tool'], op: AddColumn): string | undefined {
  const [table, column] = plain(op.table, op.column.name) ?? []
  if (column === undefined || op.column.notNull) return undefined
  return suggested(tool, [
    { sql: `ALTER TABLE ${table} ADD COLUMN ${column} ${op.column.type}` },
    { sql: `ALTER TABLE ${table} ALTER COLUMN ${column} SET DEFAULT ${op.column.default?.sql}` },
  ])
}
