import type { SetNotNull } from '../../src/model/operation.ts'
import { type Context, defineRule } from '../../src/model/rule.ts'
import { plain, suggested } from '../../src/model/suggestion.ts'

export default defineRule({
  name: 'blocking-not-null',
  summary: 'SET NOT NULL without a validated CHECK shuts out readers and writers until every row is read',
  severity: 'error',
  aliases: ['squawk:adding-not-nullable-field', 'eugene:E2'],
  work: 'scan',

  *check({ tool, migration, placed, isNew, isProven }) {
    for (const { op } of placed(migration.up)) {
      if (op.kind !== 'set-not-null' || isNew(op.table) || isProven(op)) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `SET NOT NULL on ${op.table}.${op.column} reads every row, while nobody can read or write the table.`,
        help: 'Add a CHECK (… IS NOT NULL) NOT VALID and validate it in a transaction of its own. Then SET NOT NULL reads nothing, and the CHECK can go.',
        suggestion: fourSteps(tool, op),
      }
    }
  },
})

function fourSteps(tool: Context['tool'], op: SetNotNull): string | undefined {
  const [table, column] = plain(op.table, op.column) ?? []
  if (table === undefined) return undefined
  const name = `${table.split('.').at(-1)}_${column}_not_null`
  if (name.length > 63) return undefined
  return suggested(tool, [
    { sql: `ALTER TABLE ${table} ADD CONSTRAINT ${name} CHECK (${column} IS NOT NULL) NOT VALID` },
    { sql: `ALTER TABLE ${table} VALIDATE CONSTRAINT ${name}`, own: true },
    { sql: `ALTER TABLE ${table} ALTER COLUMN ${column} SET NOT NULL` },
    { sql: `ALTER TABLE ${table} DROP CONSTRAINT ${name}` },
  ])
}
