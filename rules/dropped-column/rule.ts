import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'dropped-column',
  summary: 'Code that still names a dropped column fails, and the values are gone',
  severity: 'warning',
  breaks: ['42703', '0A000'],
  aliases: ['squawk:ban-drop-column'],

  *check({ migration, isNew, isNewColumn }) {
    for (const { operations } of migration.up.statements) {
      for (const op of operations) {
        if (op.kind !== 'drop-column' || isNew(op.table) || isNewColumn(op.table, op.column)) continue

        yield {
          at: op.at,
          direction: 'up',
          message: `From here on every statement that names ${op.table}.${op.column} fails, in the release that still runs as well; its values are gone.`,
          help: `Release code first that names ${op.column} no more, not even through the list of columns that an ORM keeps. Drop it in the release after.`,
        }
      }
    }
  },
})
