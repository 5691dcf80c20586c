import { defineRule } from 'migration-gate'

export default defineRule({
  name: 'table-without-comment',
  summary: 'A new table without a comment tells nobody what it holds',
  severity: 'warning',
  options: {
    'at-least': { default: 10, description: 'How many letters a comment must have' },
  },

  *check({ migration }, { 'at-least': least }) {
    const operations = migration.up.statements.flatMap((statement) => statement.operations)
    for (const op of operations) {
      if (op.kind !== 'create-table') continue
      const comments = operations.filter((each) => each.kind === 'comment' && each.name === op.table)
      if (comments.some((each) => each.kind === 'comment' && (each.comment ?? '').length >= least)) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `Nothing says what a row of ${op.table} is.`,
        help: 'Say it in the same migration, with COMMENT ON TABLE.',
      }
    }
  },
})
