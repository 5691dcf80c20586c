import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'unbatched-delete',
  summary: 'A DELETE of many rows in one statement locks each of them until the transaction ends',
  severity: 'warning',
  options: {
    small: { default: 10_000, description: 'A table with so many rows or fewer in production is not reported' },
    large: { default: 1_000_000, description: 'From so many rows in production on it is an error' },
  },

  *check({ migration, isNew, isKey, rows }, { small, large }) {
    for (const { operations } of migration.up.statements) {
      for (const op of operations) {
        if (op.kind !== 'delete' || op.bounded || op.where === undefined) continue
        if (isNew(op.table) || isKey(op.table, op.pinned)) continue
        const size = rows(op.table)
        if (size !== undefined && size <= small) continue

        yield {
          at: op.at,
          direction: 'up',
          severity: size !== undefined && size >= large ? 'error' : undefined,
          message: `This deletes every row of ${op.table} with ${op.where}${size === undefined ? '' : ` (the table has ${size.toLocaleString('en-US')})`} in one statement: each stays locked until the transaction ends, and so do the rows that their foreign keys reach.`,
          help:
            "Outside of the migration's transaction, repeat a batch until it deletes nothing: " +
            'DELETE … WHERE id IN (SELECT id FROM … WHERE … LIMIT 10000), with a COMMIT after each.',
        }
      }
    }
  },
})
