import { defineRule } from '../../src/model/rule.ts'
import { suggested } from '../../src/model/suggestion.ts'

export default defineRule({
  name: 'blocking-refresh',
  summary: 'REFRESH MATERIALIZED VIEW without CONCURRENTLY shuts out its readers until the query is done',
  severity: 'warning',
  lock: 'AccessExclusiveLock',

  *check({ tool, migration, placed, isNew }) {
    for (const { op, statement } of placed(migration.up)) {
      if (op.kind !== 'refresh-materialized-view' || op.concurrently || !op.withData || isNew(op.view)) continue

      const start = /^REFRESH\s+MATERIALIZED\s+VIEW\b/i.exec(statement.sql)?.[0]
      yield {
        at: op.at,
        direction: 'up',
        message: `Nobody can read ${op.view} while it is refreshed.`,
        help: 'Use REFRESH MATERIALIZED VIEW CONCURRENTLY. It needs a unique index over all rows of the view, and is allowed in a transaction.',
        suggestion: start && suggested(tool, [{ sql: `${start} CONCURRENTLY${statement.sql.slice(start.length)}` }]),
      }
    }
  },
})
