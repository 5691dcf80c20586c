import type { Name, Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'rewriting-storage-change',
  summary: 'A table that changes its place or form is copied while everybody is shut out',
  severity: 'error',
  aliases: ['squawk:prefer-repack', 'eugene:E10'],
  lock: 'AccessExclusiveLock',

  *check({ migration, placed, isNew }) {
    for (const { op } of placed(migration.up)) {
      const done = copies(op)
      if (!done || (done.table !== undefined && isNew(done.table))) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `${done.what} copies ${done.table ?? 'every table'} under ACCESS EXCLUSIVE: nobody can read or write there until it is done.`,
        help: 'Do it in a maintenance window, or online with pg_repack.',
      }
    }
  },
})

function copies(op: Operation): { readonly what: string; readonly table: Name | undefined } | undefined {
  switch (op.kind) {
    case 'set-logged':
      return { what: op.logged ? 'SET LOGGED' : 'SET UNLOGGED', table: op.table }
    case 'set-access-method':
      return { what: 'SET ACCESS METHOD', table: op.table }
    case 'set-tablespace':
      return op.object === 'table' ? { what: 'SET TABLESPACE', table: op.table } : undefined
    case 'cluster':
      return { what: 'CLUSTER', table: op.table }
    case 'vacuum':
      return op.full ? { what: 'VACUUM FULL', table: op.tables?.[0] } : undefined
    default:
      return undefined
  }
}
