import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'blocking-check',
  summary: 'A CHECK that is verified as it is added shuts out readers and writers until every row is read',
  severity: 'error',
  work: 'scan',

  *check({ migration, placed, isNew }) {
    for (const { op, statement } of placed(migration.up)) {
      if (op.kind !== 'add-constraint' || op.type !== 'check' || op.notValid || !op.enforced || isNew(op.table))
        continue

      const isAlone = op.with === undefined && statement.operations.length === 1
      const validate = `VALIDATE CONSTRAINT ${op.constraint ?? 'its name'}`
      yield {
        at: op.at,
        direction: 'up',
        message: `Adding ${op.constraint ?? 'this CHECK'} reads every row of ${op.table}, while nobody can read or write it.`,
        help:
          op.with === 'column'
            ? `Add the column without it, then the CHECK as NOT VALID, and ${validate} in a transaction of its own.`
            : `Add it NOT VALID, and ${validate} in a transaction of its own, which lets reads and writes go on.`,
        suggestion: isAlone && !/--|\/\*/.test(statement.sql) ? `${statement.sql} NOT VALID;` : undefined,
      }
    }
  },
})
