import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'unfiltered-update',
  summary: 'An UPDATE or DELETE without WHERE reaches every row, meant or not',
  severity: 'warning',

  *check({ migration, isNew, isNewColumn }) {
    for (const { operations } of migration.up.statements) {
      for (const op of operations) {
        if ((op.kind !== 'update' && op.kind !== 'delete') || op.where !== undefined || isNew(op.table)) continue
        // Filling a column that is new here loses nothing: unbatched-update says what it costs.
        if (op.kind === 'update' && op.columns.every((column) => isNewColumn(op.table, column))) continue

        const { message, help } =
          op.kind === 'delete'
            ? {
                message: `This deletes every row of ${op.table}, and locks each until the transaction ends.`,
                help: 'Say which rows, WHERE …, and delete many of them in batches.',
              }
            : {
                message: `This overwrites ${op.columns.join(', ')} in every row of ${op.table}, also where a value is there that was meant to stay; and locks each until the transaction ends.`,
                help: `Say which rows, WHERE ${op.columns[0] ?? '…'} IS NULL for instance, and change many of them in batches.`,
              }
        yield { at: op.at, direction: 'up', message, help }
      }
    }
  },
})
