import type { Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'disabled-protection',
  summary: 'Triggers or row security are switched off and not on again',
  severity: 'warning',

  *check({ migration, isNew }) {
    const operations = migration.up.statements.flatMap((statement) => statement.operations)
    for (const [index, op] of operations.entries()) {
      const off = switchedOff(op)
      if (off === undefined || ('table' in op && op.table !== undefined && isNew(op.table))) continue
      if (operations.slice(index + 1).some((each) => isUndone(op, each))) continue

      yield { at: op.at, direction: 'up', ...off }
    }
  },
})

function switchedOff(op: Operation): { readonly message: string; readonly help: string } | undefined {
  if (op.kind === 'set-trigger' && op.state === 'disabled') {
    const which =
      op.trigger === 'ALL' ? 'every trigger' : op.trigger === 'USER' ? 'every trigger of your own' : op.trigger
    const keys = op.trigger === 'ALL' ? ', foreign keys included' : ''
    return {
      message: `From here on ${which} on ${op.table} is switched off${keys}, for everybody, and this migration does not switch it on again.`,
      help: `Switch it on again where the work is done: ALTER TABLE … ENABLE TRIGGER ${op.trigger}. Or drop it, if it is not needed.`,
    }
  }
  if (op.kind === 'row-security' && (op.change === 'disable' || op.change === 'no-force')) {
    return {
      message: `From here on ${op.change === 'disable' ? 'whoever may read' : 'the owner of'} ${op.table} sees every row of it: its policies no longer count.`,
      help: 'Leave it on, and give the role that has to see everything BYPASSRLS, or a policy of its own.',
    }
  }
  return undefined
}

function isUndone(op: Operation, later: Operation): boolean {
  if (op.kind === 'set-trigger') {
    if (later.kind === 'drop-table') return later.table === op.table
    if (later.kind === 'drop-object')
      return later.object === 'trigger' && later.table === op.table && later.name === op.trigger
    return (
      later.kind === 'set-trigger' &&
      later.table === op.table &&
      later.state !== 'disabled' &&
      (later.trigger === op.trigger || later.trigger === 'ALL')
    )
  }
  if (op.kind !== 'row-security' || !('table' in later) || later.table !== op.table) return false
  return later.kind === 'row-security' && later.change === (op.change === 'disable' ? 'enable' : 'force')
}
