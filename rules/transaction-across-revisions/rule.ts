import type { Name, Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

const strong = ['SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE']

export default defineRule({
  name: 'transaction-across-revisions',
  summary: 'In one transaction around several revisions, each holds the locks of all those before it',
  severity: 'warning',

  *check({ tool, migration, earlier, placed, isNew, locks }) {
    if (migration.up.transaction !== 'run') return
    const own = new Set(migration.up.statements.flatMap(({ operations }) => operations))
    const before = new Set(earlier.flatMap(({ operations }) => operations))
    const lockedBy = (op: Operation): Name[] =>
      locks(op).flatMap(({ table, mode }) => (strong.includes(mode) && !isNew(table) ? table : []))

    for (const { op, transaction } of placed(migration.up)) {
      const held = new Set(
        transaction.operations.filter((each) => before.has(each) && !own.has(each)).flatMap(lockedBy),
      )
      if (held.size === 0) continue
      const others = lockedBy(op).filter((table) => !held.has(table))
      const slow = isSlow(op)
      if (others.length === 0 && slow === undefined) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `The revisions that are pending run in one transaction: ${
          slow === undefined
            ? `this locks ${others.join(', ')} while an earlier one of this change still holds its lock on ${[...held].join(', ')}, and all are held to the end.`
            : `while this ${slow}, an earlier one of this change still holds its lock on ${[...held].join(', ')}.`
        }`,
        help:
          tool === 'alembic'
            ? 'Pass transaction_per_migration=True to context.configure() in env.py, so that each revision is committed by itself.'
            : 'Let the tool commit each migration by itself.',
      }
      return
    }
  },
})

/** Work that reads the rows of a table or builds something from them. Rows that are changed in bulk are another rule's. */
function isSlow(op: Operation): string | undefined {
  switch (op.kind) {
    case 'create-index':
      return 'builds an index'
    case 'validate-constraint':
      return `validates ${op.constraint}`
    case 'refresh-materialized-view':
      return `refreshes ${op.view}`
    case 'add-constraint':
      return op.with === undefined && !op.notValid && op.usingIndex === undefined
        ? 'checks or indexes every row'
        : undefined
    default:
      return undefined
  }
}
