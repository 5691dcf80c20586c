import type { AddConstraint } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'blocking-primary-key',
  summary: 'ADD PRIMARY KEY without USING INDEX shuts out readers and writers until the index is built',
  severity: 'error',
  work: 'index build',

  *check({ migration, placed, isNew, isPartitioned }) {
    for (const { op } of placed(migration.up)) {
      if (op.kind !== 'add-constraint' || op.type !== 'primary-key') continue
      if (op.usingIndex !== undefined || isNew(op.table)) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `This builds the primary key's index on ${op.table} (${op.columns.join(', ')}), and looks for NULLs where the columns may hold any, while nobody can read or write the table.`,
        help: isPartitioned(op.table)
          ? 'A partitioned table takes no PRIMARY KEY USING INDEX; add it where its partitions are small, or to a new table.'
          : 'Make the columns NOT NULL, CREATE UNIQUE INDEX CONCURRENTLY outside of a transaction, then ADD PRIMARY KEY USING INDEX, which is done at once.',
        suggestion: op.with === 'column' || isPartitioned(op.table) ? undefined : twoSteps(op),
      }
    }
  },
})

function twoSteps({ table, columns, constraint, include, deferrable }: AddConstraint): string | undefined {
  const name = constraint ?? `${table.split('.')[1]}_pkey`
  const names = [...table.split('.'), ...columns, name]
  if (include.length > 0 || deferrable !== 'no' || names.some((each) => !/^[a-z_][a-z0-9_]*$/.test(each)))
    return undefined
  return [
    `CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${table} (${columns.join(', ')});`,
    `ALTER TABLE ${table} ADD CONSTRAINT ${name} PRIMARY KEY USING INDEX ${name};`,
  ].join('\n')
}
