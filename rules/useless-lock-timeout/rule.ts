import type { Operation } from '../../src/model/operation.ts'
import { type Context, defineRule } from '../../src/model/rule.ts'
import { suggested } from '../../src/model/suggestion.ts'

export default defineRule({
  name: 'useless-lock-timeout',
  summary: 'A lock_timeout that is 0, or that is SET LOCAL outside of a transaction, bounds no wait',
  severity: 'warning',

  *check({ tool, migration, placed, locks }) {
    const operations = placed(migration.up)
    for (const [index, { op, transaction }] of operations.entries()) {
      if (op.kind !== 'set' || op.setting !== 'lock_timeout' || op.value === undefined || op.inside) continue

      const isNone = /^0+\s*[a-z]*$/i.test(op.value.trim())
      if (op.scope === 'local' && transaction.openedBy === undefined) {
        yield {
          at: op.at,
          direction: 'up',
          message:
            'SET LOCAL outside of a transaction does nothing: PostgreSQL warns, and the statements that follow wait without a limit.',
          help: 'Use SET lock_timeout, or put BEGIN before it.',
          suggestion: isNone
            ? undefined
            : suggested(tool, [{ sql: `SET lock_timeout = '${op.value.replaceAll("'", "''")}'` }]),
        }
      } else if (isNone) {
        const after = operations.slice(index + 1).map((each) => each.op)
        const end = after.findIndex((each) => each.kind === 'set' && each.setting === 'lock_timeout')
        if (isForBuilds(after.slice(0, end === -1 ? after.length : end), locks)) continue

        yield {
          at: op.at,
          direction: 'up',
          message: 'A lock_timeout of 0 is none: the statements that follow wait without a limit.',
          help: 'Set a limit, such as 2s. RESET lock_timeout gives back the one of role and configuration.',
        }
      }
    }
  },
})

/** A build beside the writers may wait: whoever ends it gets an invalid index. */
function isForBuilds(operations: readonly Operation[], locks: Context['locks']): boolean {
  const builds = (op: Operation) => (op.kind === 'create-index' || op.kind === 'reindex') && op.concurrently
  const isMild = (op: Operation) => locks(op).every(({ mode }) => mode === 'SHARE UPDATE EXCLUSIVE')
  return operations.some(builds) && operations.every(isMild)
}
