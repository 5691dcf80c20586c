import type { SetNotNull } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'blocking-not-null',
  summary: 'SET NOT NULL without a validated CHECK shuts out readers and writers until every row is read',
  severity: 'error',
  work: 'scan',

  *check({ migration, placed, isNew, isProven }) {
    for (const { op } of placed(migration.up)) {
      if (op.kind !== 'set-not-null' || isNew(op.table) || isProven(op)) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `SET NOT NULL on ${op.table}.${op.column} reads every row, while nobody can read or write the table.`,
        help: 'Add a CHECK (… IS NOT NULL) NOT VALID and validate it in a transaction of its own. Then SET NOT NULL reads nothing, and the CHECK can go.',
        suggestion: fourSteps(op),
      }
    }
  },
})

function fourSteps({ table, column }: SetNotNull): string | undefined {
  if ([...table.split('.'), column].some((name) => !/^[a-z_][a-z0-9_]*$/.test(name))) return undefined
  const name = `${table.split('.')[1]}_${column}_not_null`
  return [
    `ALTER TABLE ${table} ADD CONSTRAINT ${name} CHECK (${column} IS NOT NULL) NOT VALID;`,
    `ALTER TABLE ${table} VALIDATE CONSTRAINT ${name}; -- in a transaction of its own`,
    `ALTER TABLE ${table} ALTER COLUMN ${column} SET NOT NULL;`,
    `ALTER TABLE ${table} DROP CONSTRAINT ${name};`,
  ].join('\n')
}
