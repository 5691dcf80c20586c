import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'blocking-partition-attach',
  summary: 'A table that is attached without a matching CHECK is locked while all of its rows are read',
  severity: 'warning',
  work: 'scan',

  *check({ migration, placed, isNew, isChecked }) {
    for (const { op } of placed(migration.up)) {
      if (op.kind !== 'attach-partition' || isNew(op.partition) || isChecked(op)) continue
      // The bound of a DEFAULT partition is what the others leave, which no CHECK of a migration is likely to say.
      if (/^DEFAULT$/i.test(op.bound.trim())) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `Attaching ${op.partition} reads every row of it to see that they fit, while nobody can read or write it.`,
        help: 'First add a CHECK that says what the bound says, and that the key is not null, to the partition: NOT VALID, and validated in a transaction of its own. Then nothing is read, and the CHECK can go.',
      }
    }
  },
})
