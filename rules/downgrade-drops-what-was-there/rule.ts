import type { Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'downgrade-drops-what-was-there',
  summary: 'What IF NOT EXISTS found there already, the downgrade drops',
  severity: 'error',

  *check({ migration: { up, down }, isNew, typeAt }) {
    const found = up.statements
      .flatMap(({ operations }) => operations)
      .flatMap((op) => {
        const isThere =
          op.kind === 'create-table'
            ? op.ifNotExists && op.columns.some(({ name }) => typeAt(op, op.table, name)) && !isNew(op.table)
            : op.kind === 'add-column' && op.ifNotExists && typeAt(op, op.table, op.column.name) !== undefined
        return isThere ? op : []
      })
    for (const op of (down?.statements ?? []).flatMap(({ operations }) => operations)) {
      const name = found.map((created) => droppedBy(op, created)).find((each) => each !== undefined)
      if (name === undefined) continue

      yield {
        at: op.at,
        direction: 'down',
        message: `${name} was there before the upgrade, whose IF NOT EXISTS does nothing; this drops it, with what was in it.`,
        help: 'Create without IF NOT EXISTS, so that the upgrade fails where it is there already; or leave it alone in the downgrade.',
      }
    }
  },
})

/** The name of what was created, if the operation drops it. */
function droppedBy(op: Operation, created: Operation): string | undefined {
  if (created.kind === 'create-table') {
    return op.kind === 'drop-table' && op.table === created.table ? `The table ${op.table}` : undefined
  }
  if (created.kind !== 'add-column' || op.kind !== 'drop-column') return undefined
  const isSame = op.table === created.table && op.column === created.column.name
  return isSame ? `The column ${op.table}.${op.column}` : undefined
}
