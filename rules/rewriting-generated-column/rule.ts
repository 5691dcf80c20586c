import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'rewriting-generated-column',
  summary: 'Adding a column that PostgreSQL fills itself (serial, IDENTITY, STORED) writes every row anew',
  severity: 'error',
  work: 'rewrite',

  *check({ migration, placed, isNew }) {
    for (const { op } of placed(migration.up)) {
      if (op.kind !== 'add-column' || isNew(op.table)) continue
      const { name, filledBy, generated } = op.column
      if (filledBy === undefined || generated?.kind === 'virtual') continue

      yield {
        at: op.at,
        direction: 'up',
        message: `PostgreSQL fills ${op.table}.${name} in every row as it is added, and writes the whole table anew, while nobody can read or write it.`,
        help:
          filledBy === 'expression'
            ? 'Add a plain column, let a trigger fill new rows, and fill the old ones in batches. From PostgreSQL 18 on, a VIRTUAL column is added at once.'
            : 'Add a plain column, SET DEFAULT nextval(…) of a new sequence for new rows, and fill the old ones in batches.',
      }
    }
  },
})
