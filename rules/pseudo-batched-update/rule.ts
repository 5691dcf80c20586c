import type { Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'pseudo-batched-update',
  summary: 'Batches in one transaction lock as many rows as one statement would',
  severity: 'error',

  *check({ migration, isNew, placed }) {
    const all = placed(migration.up)
    const told = new Set<string>()
    for (const { op, statement, transaction } of all) {
      if ((op.kind !== 'update' && op.kind !== 'delete') || !op.bounded || isNew(op.table)) continue
      const inBlock = op.repeated && op.inside === 'do-block'
      // A loop that was read turn by turn left several statements at one place.
      const place = `${op.at.file}:${op.at.line}:${op.at.column}`
      const isUnrolled = () =>
        all.some((each) => each.statement !== statement && each.transaction === transaction && isAt(each.op, op))
      const isLoop = inBlock
        ? !commits(statement.operations)
        : transaction.openedBy !== undefined && (statement.repeated || isUnrolled())
      if (!isLoop || told.has(place)) continue
      told.add(place)

      yield {
        at: op.at,
        direction: 'up',
        message: `This loop goes through ${op.table} in batches, all of them in one transaction: every row stays locked until the last batch is done.`,
        help: inBlock
          ? 'COMMIT after each batch, in a block that runs outside of a transaction.'
          : 'Run the loop outside of the transaction, so that each batch is committed at once: in Alembic, within op.get_context().autocommit_block().',
      }
    }
  },
})

function commits(operations: readonly Operation[]): boolean {
  return operations.some((op) => op.kind === 'transaction-control' && op.action === 'commit')
}

function isAt(a: Operation, b: Operation): boolean {
  return a.kind === b.kind && a.at.file === b.at.file && a.at.line === b.at.line && a.at.column === b.at.column
}
