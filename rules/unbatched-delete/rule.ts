import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'unbatched-delete',
  summary: 'A DELETE of many rows in one statement locks each of them until the transaction ends',
  severity: 'warning',

  *check({ migration, isNew, isKey }) {
    for (const { operations } of migration.up.statements) {
      for (const op of operations) {
        if (op.kind !== 'delete' || op.bounded || op.where === undefined) continue
        if (isNew(op.table) || isKey(op.table, op.pinned)) continue

        yield {
          at: op.at,
          direction: 'up',
          message: `This deletes every row of ${op.table} with ${op.where} in one statement: each stays locked until the transaction ends, and so do the rows that their foreign keys reach.`,
          help:
            "Outside of the migration's transaction, repeat a batch until it deletes nothing: " +
            'DELETE … WHERE id IN (SELECT id FROM … WHERE … LIMIT 10000), with a COMMIT after each.',
        }
      }
    }
  },
})
