import type { Name, Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'blocking-trigger',
  summary: 'Changing the triggers of a table waits for its writers, and makes all others wait behind it',
  severity: 'info',
  lock: 'ShareRowExclusiveLock',

  *check({ migration, placed, isNew }) {
    for (const { op, transaction } of placed(migration.up)) {
      const done = changes(op)
      if (!done || isNew(done.table)) continue

      const shutOut = done.mode === 'ACCESS EXCLUSIVE' ? 'read or write' : 'write'
      yield {
        at: op.at,
        direction: 'up',
        message: `This takes ${done.mode} on ${done.table}: while it waits for those who ${done.mode === 'ACCESS EXCLUSIVE' ? 'use' : 'write'} the table${transaction.openedBy ? ', and until the transaction ends' : ''}, nobody else can ${shutOut} it.`,
        help: 'It is done at once when it gets the lock: set a lock_timeout, try again when it is over, and let nothing slow follow in the transaction.',
      }
    }
  },
})

function changes(op: Operation): { readonly table: Name; readonly mode: string } | undefined {
  if (op.kind === 'create-trigger' && op.timing !== 'instead of')
    return { table: op.table, mode: 'SHARE ROW EXCLUSIVE' }
  if (op.kind === 'set-trigger') return { table: op.table, mode: 'SHARE ROW EXCLUSIVE' }
  if (op.kind !== 'drop-object' || op.object !== 'trigger' || op.table === undefined) return undefined
  return { table: op.table, mode: 'ACCESS EXCLUSIVE' }
}
