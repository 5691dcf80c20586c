import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'unlogged-table',
  summary: 'An unlogged table is empty after a crash, and on every replica',
  severity: 'warning',
  isPolicy: true,

  *check({ migration }) {
    for (const op of migration.up.statements.flatMap(({ operations }) => operations)) {
      const isMade = op.kind === 'create-table' && op.persistence === 'unlogged'
      const isChanged = op.kind === 'set-logged' && !op.logged
      if (!isMade && !isChanged) continue
      yield {
        at: op.at,
        direction: 'up',
        message: `${op.table} is not written to the log: after a crash of the server all of its rows are gone, and no replica ever has them.`,
        help: 'Leave UNLOGGED out. For rows that belong to one session, use CREATE TEMPORARY TABLE.',
      }
    }
  },
})
