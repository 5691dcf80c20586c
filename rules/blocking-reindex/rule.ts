import { defineRule } from '../../src/model/rule.ts'
import { suggested } from '../../src/model/suggestion.ts'

export default defineRule({
  name: 'blocking-reindex',
  summary: 'REINDEX without CONCURRENTLY blocks writes to the table, and reads that use the index, until it is built',
  severity: 'error',
  aliases: ['squawk:require-concurrent-reindex'],
  work: 'index build',

  *check({ tool, migration, placed, isNew, tableOf }) {
    for (const { op, statement } of placed(migration.up)) {
      if (op.kind !== 'reindex' || op.concurrently || op.scope === 'system') continue
      const name = op.name as `${string}.${string}` | undefined
      const table = op.scope === 'table' ? name : op.scope === 'index' && name ? tableOf(name) : undefined
      if (table !== undefined && isNew(table)) continue

      const start = /^REINDEX\s+(?:INDEX|TABLE|SCHEMA|DATABASE)\b/i.exec(statement.sql)?.[0]
      yield {
        at: op.at,
        direction: 'up',
        message: `REINDEX holds SHARE on ${table ?? 'each table'} and ACCESS EXCLUSIVE on each index while it is built: writes wait, and so do queries that plan with the index.`,
        help: 'Use REINDEX … CONCURRENTLY, outside of a transaction.',
        suggestion:
          start && suggested(tool, [{ sql: `${start} CONCURRENTLY${statement.sql.slice(start.length)}`, own: true }]),
      }
    }
  },
})
