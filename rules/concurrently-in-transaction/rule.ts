import type { Report } from '../../src/model/finding.ts'
import type { Direction } from '../../src/model/migration.ts'
import type { Operation } from '../../src/model/operation.ts'
import { type Context, defineRule, type Transaction } from '../../src/model/rule.ts'
import { suggested } from '../../src/model/suggestion.ts'

export default defineRule({
  name: 'concurrently-in-transaction',
  summary: 'CONCURRENTLY fails inside of a transaction',
  severity: 'error',
  aliases: ['squawk:ban-concurrent-index-creation-in-transaction'],
  fails: '25001',

  *check({ tool, scripts, placed }) {
    for (const script of scripts) {
      for (const { op, statement, transaction } of placed(script)) {
        const what = concurrent(op)
        const openedBy =
          op.inside === 'do-block' || statement.operations[0]?.kind === 'do-block' ? 'block' : transaction.openedBy
        if (!what || !openedBy) continue
        const suggestion =
          tool === 'alembic' && openedBy === 'tool' ? suggested(tool, [{ sql: statement.sql, own: true }]) : undefined
        yield { ...report(op, what, openedBy, script.direction, tool), suggestion }
      }
    }
  },

  *observe({ tool, roundTrip, failed, said }) {
    for (const { direction, error } of roundTrip.steps) {
      if (error?.sqlstate !== '25001') continue
      for (const op of failed(error)) {
        const what = concurrent(op)
        if (what)
          yield { ...report(op, what, 'tool', direction, tool), evidence: [said(error)], sqlstate: error.sqlstate }
      }
    }
  },
})

/** REFRESH MATERIALIZED VIEW CONCURRENTLY is not among them: it runs in a transaction. */
function concurrent(op: Operation): string | undefined {
  switch (op.kind) {
    case 'create-index':
      return op.concurrently ? 'CREATE INDEX CONCURRENTLY' : undefined
    case 'drop-index':
      return op.concurrently ? 'DROP INDEX CONCURRENTLY' : undefined
    case 'reindex':
      return op.concurrently ? 'REINDEX CONCURRENTLY' : undefined
    case 'detach-partition':
      return op.concurrently ? 'DETACH PARTITION CONCURRENTLY' : undefined
    default:
      return undefined
  }
}

function report(
  { at }: Operation,
  what: string,
  openedBy: NonNullable<Transaction['openedBy']> | 'block',
  direction: Direction,
  tool: Context['tool'],
): Report {
  const where = { tool: 'in the transaction that the tool opens', file: 'after BEGIN', block: 'in a DO block' }[
    openedBy
  ]
  return {
    at,
    direction,
    message: `${what} stands ${where}, and PostgreSQL refuses it in any transaction.`,
    help:
      tool === 'alembic'
        ? 'Put it inside of: with op.get_context().autocommit_block():'
        : openedBy === 'tool'
          ? 'Put it in a migration of its own that the tool runs without a transaction.'
          : 'Put it before BEGIN, after COMMIT, or in a file of its own.',
  }
}
