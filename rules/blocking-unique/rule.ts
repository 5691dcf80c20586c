import type { AddConstraint } from '../../src/model/operation.ts'
import { type Context, defineRule } from '../../src/model/rule.ts'
import { plain, suggested } from '../../src/model/suggestion.ts'

export default defineRule({
  name: 'blocking-unique',
  summary: 'ADD UNIQUE without USING INDEX shuts out readers and writers until the index is built',
  severity: 'error',
  aliases: ['squawk:disallowed-unique-constraint', 'eugene:E7'],
  work: 'index build',

  *check({ tool, migration, placed, isNew, isPartitioned }) {
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
        suggestion: op.with === 'column' || isPartitioned(op.table) ? undefined : twoSteps(tool, op),
      }
    }
  },
})

function twoSteps(tool: Context['tool'], op: AddConstraint): string | undefined {
  const [table, name, ...columns] =
    plain(op.table, op.constraint ?? `${op.table.split('.')[1]}_${op.columns.join('_')}_key`, ...op.columns) ?? []
  if (name === undefined || name.length > 63 || op.include.length > 0 || op.nullsNotDistinct || op.deferrable !== 'no')
    return undefined
  return suggested(tool, [
    { sql: `CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${table} (${columns.join(', ')})`, own: true },
    { sql: `ALTER TABLE ${table} ADD CONSTRAINT ${name} UNIQUE USING INDEX ${name}` },
  ])
}
