import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'explicit-lock',
  summary: 'LOCK TABLE keeps others out until the transaction ends, whatever follows in it',
  severity: 'warning',

  *check({ migration, placed, isNew }) {
    for (const { op } of placed(migration.up)) {
      if (op.kind !== 'lock-table' || isNew(op.table)) continue
      const shutOut = shutsOut(op.mode)
      if (!shutOut) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `${op.mode} on ${op.table}: nobody can ${shutOut} it until the transaction ends.`,
        help: 'Leave it to the statements to take the locks that they need, or set a lock_timeout and keep what follows short.',
      }
    }
  },
})

/** https://www.postgresql.org/docs/current/explicit-locking.html#TABLE-LOCK-COMPATIBILITY */
function shutsOut(mode: string): string | undefined {
  if (mode === 'ACCESS EXCLUSIVE') return 'read or write'
  return ['SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE'].includes(mode) ? 'write' : undefined
}
