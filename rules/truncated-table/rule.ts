import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'truncated-table',
  summary: 'TRUNCATE empties a table at once, and with CASCADE every table that points to it',
  severity: 'error',
  aliases: ['squawk:ban-truncate-cascade'],
  lock: 'AccessExclusiveLock',

  *check({ migration, isNew }) {
    for (const { operations } of migration.up.statements) {
      for (const op of operations) {
        if (op.kind !== 'truncate' || isNew(op.table)) continue

        yield {
          at: op.at,
          direction: 'up',
          message: op.cascade
            ? `This empties ${op.table} and every table with a foreign key to it, named or not; no downgrade brings the rows back.`
            : `This empties ${op.table}; no downgrade brings the rows back.`,
          help: 'Delete the rows that are meant, in batches. Name each table that shall be empty, without CASCADE.',
        }
      }
    }
  },
})
