import { defineRule } from '../../src/model/rule.ts'
import { suggested } from '../../src/model/suggestion.ts'

export default defineRule({
  name: 'blocking-index-drop',
  summary: 'DROP INDEX without CONCURRENTLY waits for every reader and makes all others wait behind it',
  severity: 'warning',
  aliases: ['squawk:require-concurrent-index-deletion'],
  lock: 'AccessExclusiveLock',

  *check({ tool, migration, placed, isNew, isPartitioned, tableOf }) {
    const operations = placed(migration.up)
    for (const { op, transaction } of operations) {
      if (op.kind !== 'drop-index' || op.concurrently) continue
      const table = tableOf(op.index)
      const made = operations.some(
        (each) => each.op.kind === 'create-index' && `${each.op.table.split('.')[0]}.${each.op.index}` === op.index,
      )
      if (made || (table !== undefined && (isNew(table) || isPartitioned(table)))) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `Dropping ${op.index} takes ACCESS EXCLUSIVE on ${table ?? 'its table'}: it waits for whatever reads there, and everybody else waits behind it${transaction.openedBy ? ', until the transaction ends' : ''}.`,
        help:
          tool === 'alembic'
            ? 'Pass postgresql_concurrently=True, inside op.get_context().autocommit_block().'
            : 'Use DROP INDEX CONCURRENTLY, one index in each statement, outside of a transaction.',
        suggestion: op.cascade ? undefined : suggested(tool, [{ sql: concurrently(op.index, op.ifExists), own: true }]),
      }
    }
  },
})

/** CONCURRENTLY drops one index at a time: https://www.postgresql.org/docs/current/sql-dropindex.html */
function concurrently(index: string, ifExists: boolean): string {
  const name = index
    .replace(/^public\./, '')
    .split('.')
    .map((part) => (/^[a-z_][a-z0-9_]*$/.test(part) ? part : `"${part.replaceAll('"', '""')}"`))
    .join('.')
  return `DROP INDEX CONCURRENTLY ${ifExists ? 'IF EXISTS ' : ''}${name}`
}
