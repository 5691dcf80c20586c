import type { Name } from '../../src/model/operation.ts'
import { defineRule, type Transaction } from '../../src/model/rule.ts'

/** Two are common (a column and the key that points to it); with each more, a deadlock and a long wait are more likely. */
const limit = 3

export default defineRule({
  name: 'many-tables-locked',
  summary: 'One transaction shuts everybody out of several tables until its end',
  severity: 'warning',

  *check({ tool, migration, placed, isNew, locks }) {
    const held = new Map<Transaction, Set<Name>>()
    for (const { op, transaction } of placed(migration.up)) {
      const tables = held.get(transaction) ?? new Set()
      held.set(transaction, tables)
      const before = tables.size
      for (const { table, mode } of locks(op)) {
        if (mode === 'ACCESS EXCLUSIVE' && !isNew(table)) tables.add(table)
      }
      if (before >= limit || tables.size < limit) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `From here on this transaction holds ACCESS EXCLUSIVE on ${[...tables].join(', ')} at once, each until the end: whoever uses two of them in another order can deadlock with it.`,
        help:
          tool === 'alembic'
            ? 'Change one table in each revision, with transaction_per_migration=True in env.py.'
            : 'Change each table in a transaction of its own.',
      }
    }
  },
})
