import type { AddConstraint } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'blocking-unique',
  summary: 'ADD UNIQUE without USING INDEX shuts out readers and writers until the index is built',
  severity: 'error',
  work: 'index build',

  *check({ migration, placed, isNew, isPartitioned }) {
    for (const { op } of placed(migration.up)) {
      if (op.kind !== 'add-constraint' || op.type !== 'unique') continue
      if (op.usingIndex !== undefined || isNew(op.table)) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `This builds a unique index on ${op.table} (${op.columns.join(', ')}) while nobody can read or write the table.`,
        help: isPartitioned(op.table)
          ? 'A partitioned table takes no UNIQUE USING INDEX: create a unique index ON ONLY it, build one CONCURRENTLY on each partition, and attach them.'
          : 'CREATE UNIQUE INDEX CONCURRENTLY first, outside of a transaction; then ADD CONSTRAINT … UNIQUE USING INDEX, which is done at once.',
        suggestion: isPartitioned(op.table) ? undefined : twoSteps(op),
      }
    }
  },
})

function twoSteps({
  table,
  columns,
  constraint,
  include,
  nullsNotDistinct,
  deferrable,
}: AddConstraint): string | undefined {
  const name = constraint ?? `${table.split('.')[1]}_${columns.join('_')}_key`
  const names = [...table.split('.'), ...columns, name]
  if (
    include.length > 0 ||
    nullsNotDistinct ||
    deferrable !== 'no' ||
    names.some((each) => !/^[a-z_][a-z0-9_]*$/.test(each))
  )
    return undefined
  return [
    `CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${table} (${columns.join(', ')});`,
    `ALTER TABLE ${table} ADD CONSTRAINT ${name} UNIQUE USING INDEX ${name};`,
  ].join('\n')
}
