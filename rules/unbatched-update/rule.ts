import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'unbatched-update',
  summary: 'An UPDATE of a whole table in one statement locks every row that it changes until the transaction ends',
  severity: 'warning',
  options: {
    small: { default: 10_000, description: 'A table with so many rows or fewer in production is not reported' },
    large: { default: 1_000_000, description: 'From so many rows in production on it is an error' },
  },

  *check({ migration, isNew, isNewColumn, isKey, rows }, { small, large }) {
    for (const { operations } of migration.up.statements) {
      for (const op of operations) {
        if (op.kind !== 'update' || op.bounded || isNew(op.table) || isKey(op.table, op.pinned)) continue
        // Without WHERE it overwrites: another rule says so. A column that is new here is filled.
        if (op.where === undefined && !op.columns.every((column) => isNewColumn(op.table, column))) continue

        const size = rows(op.table)
        if (size !== undefined && size <= small) continue
        const changed =
          op.where === undefined ? `every row of ${op.table}` : `every row of ${op.table} with ${op.where}`
        yield {
          at: op.at,
          direction: 'up',
          severity: size !== undefined && size >= large ? 'error' : undefined,
          message: `This changes ${changed}${size === undefined ? '' : ` (the table has ${size.toLocaleString('en-US')})`} in one statement: each stays locked until the transaction ends, and the old versions stay in the table.`,
          help:
            "Outside of the migration's transaction, repeat a batch until it changes nothing: " +
            'UPDATE … WHERE id IN (SELECT id FROM … WHERE … LIMIT 10000), with a COMMIT after each.',
        }
      }
    }
  },
})
