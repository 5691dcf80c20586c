import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'unbatched-update',
  summary: 'An UPDATE of a whole table in one statement locks every row that it changes until the transaction ends',
  severity: 'warning',

  *check({ migration, isNew, isNewColumn, isKey }) {
    for (const { operations } of migration.up.statements) {
      for (const op of operations) {
        if (op.kind !== 'update' || op.bounded || isNew(op.table) || isKey(op.table, op.pinned)) continue
        // Without WHERE it overwrites: another rule says so. A column that is new here is filled.
        if (op.where === undefined && !op.columns.every((column) => isNewColumn(op.table, column))) continue

        const rows = op.where === undefined ? `every row of ${op.table}` : `every row of ${op.table} with ${op.where}`
        yield {
          at: op.at,
          direction: 'up',
          message: `This changes ${rows} in one statement: each stays locked until the transaction ends, and the old versions stay in the table.`,
          help:
            "Outside of the migration's transaction, repeat a batch until it changes nothing: " +
            'UPDATE … WHERE id IN (SELECT id FROM … WHERE … LIMIT 10000), with a COMMIT after each.',
        }
      }
    }
  },
})
