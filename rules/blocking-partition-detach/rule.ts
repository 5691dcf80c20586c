import { defineRule } from '../../src/model/rule.ts'
import { suggested } from '../../src/model/suggestion.ts'

export default defineRule({
  name: 'blocking-partition-detach',
  summary: 'DETACH PARTITION without CONCURRENTLY shuts out readers and writers of the whole partitioned table',
  severity: 'warning',
  aliases: ['squawk:require-concurrent-partition-detach'],
  lock: 'AccessExclusiveLock',

  *check({ tool, migration, placed, isNew }) {
    for (const { op, statement } of placed(migration.up)) {
      if (op.kind !== 'detach-partition' || op.concurrently || op.finalize || isNew(op.table)) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `Detaching ${op.partition} takes ACCESS EXCLUSIVE on ${op.table}: it waits for every query on any partition, and all others wait behind it.`,
        help: 'Use DETACH PARTITION … CONCURRENTLY, outside of a transaction. It cannot be used where there is a DEFAULT partition.',
        suggestion:
          statement.operations.length === 1
            ? suggested(tool, [{ sql: `${statement.sql} CONCURRENTLY`, own: true }])
            : undefined,
      }
    }
  },
})
