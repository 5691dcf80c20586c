import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'dropped-not-null',
  summary: 'Without NOT NULL, code that reads the column meets NULL for the first time',
  severity: 'info',
  aliases: ['squawk:ban-drop-not-null'],

  *check({ migration, isNew, isNewColumn }) {
    for (const { operations } of migration.up.statements) {
      for (const op of operations) {
        if (op.kind !== 'drop-not-null' || isNew(op.table) || isNewColumn(op.table, op.column)) continue

        yield {
          at: op.at,
          direction: 'up',
          message: `From here on ${op.table}.${op.column} may be NULL, and the release that still runs reads it as if it never were.`,
          help: `Release code first that can read NULL there. The downgrade has to fill ${op.column} before it forbids NULL again.`,
        }
      }
    }
  },
})
