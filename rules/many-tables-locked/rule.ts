import type { Location } from '../../src/model/location.ts'
import { plainName } from '../../src/model/locks.ts'
import type { Tool } from '../../src/model/migration.ts'
import type { Name, Operation } from '../../src/model/operation.ts'
import { defineRule, type Transaction } from '../../src/model/rule.ts'

export default defineRule({
  name: 'many-tables-locked',
  summary: 'One transaction shuts everybody out of several tables until its end',
  severity: 'warning',
  options: {
    // Two are common (a column and the key that points to it); with each more, a deadlock and a long wait are more likely.
    tables: { default: 3, description: 'How many tables one transaction must hold before the rule speaks' },
  },

  *check({ tool, migration, placed, isNew, locks }, { tables: limit }) {
    const held = new Map<Transaction, Set<Name>>()
    for (const { op, transaction } of placed(migration.up)) {
      const tables = held.get(transaction) ?? new Set()
      held.set(transaction, tables)
      const before = tables.size
      for (const { table, mode } of locks(op)) {
        if (mode === 'ACCESS EXCLUSIVE' && !isNew(table)) tables.add(table)
      }
      if (before >= limit || tables.size < limit) continue

      yield report(op.at, tool, tables)
    }
  },

  *observe({ tool, roundTrip, isNew, operationsOf, tablesBefore }, { tables: limit }) {
    // A partitioned table and its partitions are one.
    const whole = (table: Name, op: Operation | undefined): Name => {
      const parent = op && tablesBefore(op).parentOf(table)
      return parent === undefined ? table : whole(parent, op)
    }
    const held = new Map<number, Map<Name, string>>()
    for (const { statement, relation, kind, mode, existedBefore } of roundTrip.watched?.locks ?? []) {
      if (statement.direction !== 'up' || statement.attempt !== 1 || mode !== 'ACCESS EXCLUSIVE') continue
      const table = whole(plainName(relation), operationsOf(statement)[0])
      if (kind !== 'table' || !existedBefore || isNew(table)) continue
      const tables = held.get(statement.transaction) ?? new Map()
      held.set(statement.transaction, tables)
      const before = tables.size
      tables.set(table, relation)
      if (before >= limit || tables.size < limit) continue

      yield report(statement.at, tool, tables.keys(), [
        `PostgreSQL held ACCESS EXCLUSIVE on ${[...tables.values()].join(', ')} in one transaction.`,
      ])
    }
  },
})

function report(at: Location | undefined, tool: Tool, tables: Iterable<Name>, evidence: readonly string[] = []) {
  return {
    at,
    direction: 'up',
    message: `From here on this transaction holds ACCESS EXCLUSIVE on ${[...tables].join(', ')} at once, each until the end: whoever uses two of them in another order can deadlock with it.`,
    help:
      tool === 'alembic'
        ? 'Change one table in each revision, with transaction_per_migration=True in env.py.'
        : 'Change each table in a transaction of its own.',
    evidence,
  } as const
}
