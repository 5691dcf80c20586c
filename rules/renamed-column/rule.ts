import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'renamed-column',
  summary: 'Code that runs knows a column by its old name and fails once it is renamed',
  severity: 'error',
  breaks: ['42703', '0A000'],
  aliases: ['squawk:renaming-column'],

  *check({ migration, isNew, isNewColumn }) {
    for (const { operations } of migration.up.statements) {
      for (const op of operations) {
        if (op.kind !== 'rename' || op.object !== 'column' || op.table === undefined) continue
        if (isNew(op.table) || isNewColumn(op.table, op.name)) continue

        yield {
          at: op.at,
          direction: 'up',
          message: `From here on ${op.table}.${op.name} is called ${op.to}: the release that still runs fails, or the new one does where it comes first.`,
          help:
            `Add ${op.to} beside ${op.name} and write both, from the code or by a trigger. Fill ${op.to} in batches, ` +
            `let the code read it, and drop ${op.name} in a later release.`,
        }
      }
    }
  },
})
