import type { Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'not-valid-check-blocks-updates',
  summary: 'A NOT VALID check that stands before its backfill refuses every update of an old row',
  severity: 'warning',

  *check({ migration, later, isNew, placed }) {
    const all = placed(migration.up)
    for (const [index, { op, transaction }] of all.entries()) {
      if (op.kind !== 'add-constraint' || !op.notValid || isNew(op.table)) continue
      const columns = op.type === 'check' ? (op.expression?.columns ?? []) : op.type === 'not-null' ? op.columns : []
      // In one transaction nobody sees it, unless something in between is sent outside of it, and commits what came before.
      const isSent = transaction.openedBy === 'tool' && migration.up.transaction === 'run'
      const isFilled = (column: string) => {
        const fills = (each: Operation) =>
          each.kind === 'update' && each.table === op.table && each.columns.includes(column)
        return (
          all.slice(index + 1).some((each) => each.transaction !== transaction && fills(each.op)) ||
          later.some(({ operations, autocommit }) => (!isSent || autocommit) && operations.some(fills))
        )
      }
      const column = columns.find(isFilled)
      if (column === undefined) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `From here until ${column} is filled, every UPDATE of an old row of ${op.table} fails (23514), whatever column it changes: NOT VALID spares old rows only as long as nobody writes them.`,
        help: `Let new rows come right first, by a default or by the code; then fill ${column} in batches; then add the constraint NOT VALID, and validate it.`,
      }
    }
  },
})
