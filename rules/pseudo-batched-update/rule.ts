import type { Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'pseudo-batched-update',
  summary: 'Batches in one transaction lock as many rows as one statement would',
  severity: 'error',

  *check({ migration, isNew, placed }) {
    for (const { op, statement, transaction } of placed(migration.up)) {
      if ((op.kind !== 'update' && op.kind !== 'delete') || !op.bounded || isNew(op.table)) continue
      const inBlock = op.repeated && op.inside === 'do-block'
      const isLoop = inBlock ? !commits(statement.operations) : statement.repeated && transaction.openedBy !== undefined
      if (!isLoop) continue

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
