import { defineRule } from '../../src/model/rule.ts'
import { suggested } from '../../src/model/suggestion.ts'

export default defineRule({
  name: 'validated-in-same-transaction',
  summary: 'NOT VALID spares nothing where the same transaction validates the constraint',
  severity: 'error',
  work: 'scan',

  *check({ tool, migration, placed, isNew }) {
    for (const { op, statement, transaction } of placed(migration.up)) {
      if (op.kind !== 'validate-constraint' || isNew(op.table)) continue
      const before = transaction.operations.slice(0, transaction.operations.indexOf(op))
      const added = before.findLast(
        (each) => each.kind === 'add-constraint' && each.table === op.table && each.constraint === op.constraint,
      )
      if (added?.kind !== 'add-constraint' || !added.notValid) continue

      const isForeignKey = added.type === 'foreign-key'
      yield {
        at: op.at,
        direction: 'up',
        message: `${op.constraint} is added and validated in one transaction: while every row of ${op.table} is read, it still holds the ${isForeignKey ? 'SHARE ROW EXCLUSIVE' : 'ACCESS EXCLUSIVE'} lock of the first step, and ${isForeignKey ? `nobody can write ${op.table} and ${added.references}` : 'nobody can read or write the table'}.`,
        help:
          tool === 'alembic'
            ? 'Validate it in a later revision, with transaction_per_migration=True in env.py, or inside op.get_context().autocommit_block().'
            : 'Validate it in a transaction of its own: after a COMMIT, or in the next migration.',
        suggestion:
          tool === 'alembic' && statement.operations.length === 1
            ? suggested(tool, [{ sql: statement.sql, own: true }])
            : undefined,
      }
    }
  },
})
