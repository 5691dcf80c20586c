import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'blocking-exclusion',
  summary: 'An EXCLUDE constraint on an existing table shuts out readers and writers until its index is built',
  severity: 'warning',
  aliases: ['eugene:E8'],
  work: 'index build',

  *check({ migration, placed, isNew }) {
    for (const { op } of placed(migration.up)) {
      if (op.kind !== 'add-constraint' || op.type !== 'exclusion' || isNew(op.table)) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `Adding ${op.constraint ?? 'this EXCLUDE constraint'} builds an index on ${op.table} and compares its rows, while nobody can read or write the table.`,
        help: 'PostgreSQL knows no NOT VALID and no USING INDEX for EXCLUDE: do it in a maintenance window, or create a new table with it and move the rows there.',
      }
    }
  },
})
