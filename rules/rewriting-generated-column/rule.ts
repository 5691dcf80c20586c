import type { AddColumn } from '../../src/model/operation.ts'
import { type Context, defineRule } from '../../src/model/rule.ts'
import { plain, suggested } from '../../src/model/suggestion.ts'

export default defineRule({
  name: 'rewriting-generated-column',
  summary: 'Adding a column that PostgreSQL fills itself (serial, IDENTITY, STORED) writes every row anew',
  severity: 'error',
  aliases: ['squawk:adding-field-with-default', 'squawk:adding-serial-primary-key-field', 'eugene:E10', 'eugene:E11'],
  work: 'rewrite',

  *check({ tool, migration, placed, isNew }) {
    for (const { op, statement } of placed(migration.up)) {
      if (op.kind !== 'add-column' || isNew(op.table)) continue
      const { name, filledBy, generated } = op.column
      if (filledBy === undefined || generated?.kind === 'virtual') continue

      yield {
        at: op.at,
        direction: 'up',
        message: `PostgreSQL fills ${op.table}.${name} in every row as it is added, and writes the whole table anew, while nobody can read or write it.`,
        help:
          filledBy === 'expression'
            ? 'Add a plain column, let a trigger fill new rows, and fill the old ones in batches. From PostgreSQL 18 on, a VIRTUAL column is added at once.'
            : 'Add a plain column, SET DEFAULT nextval(…) of a new sequence for new rows, and fill the old ones in batches.',
        suggestion: statement.operations.length === 1 && filledBy !== 'expression' ? threeSteps(tool, op) : undefined,
      }
    }
  },
})

/** `serial` is no type, and what it stands for is NOT NULL: that comes when the old rows are filled. */
function threeSteps(tool: Context['tool'], op: AddColumn): string | undefined {
  const [table, column] = plain(op.table, op.column.name) ?? []
  if (table === undefined) return undefined
  const sequence = `${table}_${column}_seq`
  if (sequence.length > 63 || op.column.primaryKey) return undefined
  return suggested(tool, [
    { sql: `ALTER TABLE ${table} ADD COLUMN ${column} ${op.column.type}` },
    { sql: `CREATE SEQUENCE ${sequence} OWNED BY ${table}.${column}` },
    { sql: `ALTER TABLE ${table} ALTER COLUMN ${column} SET DEFAULT nextval('${sequence}')` },
  ])
}
