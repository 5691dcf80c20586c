import type { Name, Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'slow-work-under-lock',
  summary: 'Rows are changed in bulk while the same transaction shuts everybody out of a table',
  severity: 'error',
  aliases: ['eugene:E4'],

  *check({ migration, placed, isNew, isKey, locks }) {
    for (const { op, transaction } of placed(migration.up)) {
      const rows = bulk(op, isNew, isKey)
      if (rows === undefined) continue
      const before = transaction.operations.slice(0, transaction.operations.indexOf(op))
      const held = new Set(
        before.flatMap((each) =>
          locks(each).flatMap(({ table, mode }) => (mode === 'ACCESS EXCLUSIVE' && !isNew(table) ? table : [])),
        ),
      )
      if (held.size === 0) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `While this ${rows}, the transaction holds ACCESS EXCLUSIVE on ${[...held].join(', ')}: nobody can read or write there until it is all done.`,
        help: 'Change the rows in a transaction of their own, in batches, and let the one that changes the table end first.',
      }
    }
  },

  *observe({ works }) {
    for (const kind of ['rewrite', 'scan', 'index build'] as const) {
      for (const { statement, table, mode, isHidden, evidence } of works(kind)) {
        if (!isHidden || table === undefined || mode !== 'ACCESS EXCLUSIVE') continue
        // Writing every row anew includes all the rest.
        const isPart =
          kind !== 'rewrite' && works('rewrite').some((each) => each.statement === statement && each.table === table)
        if (isPart) continue

        yield {
          at: statement.at,
          direction: 'up',
          message: `The code that this runs ${done[kind]} ${table}, while nobody can read or write there.`,
          help: 'Write the statement itself into the migration: then it can be seen what it does, and what it should be instead.',
          evidence,
        }
      }
    }
  },
})

const done = {
  rewrite: 'writes every row anew of',
  scan: 'reads every row of',
  'index build': 'builds an index from every row of',
}

/** What the statement does to as many rows as the table holds. */
function bulk(
  op: Operation,
  isNew: (table: Name) => boolean,
  isKey: (table: Name, columns: readonly string[]) => boolean,
): string | undefined {
  if (op.kind === 'update' || op.kind === 'delete') {
    if (op.bounded || isNew(op.table) || isKey(op.table, op.pinned)) return undefined
    return `${op.kind === 'update' ? 'changes' : 'deletes'} rows of ${op.table}`
  }
  if (op.kind !== 'insert' || op.source !== 'query') return undefined
  const sources = op.reads.filter((table) => !isNew(table) && !/^(?:pg_catalog|information_schema)\./.test(table))
  return sources.length === 0 ? undefined : `copies rows of ${sources.join(', ')}`
}
