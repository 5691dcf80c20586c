import type { AddConstraint } from '../../src/model/operation.ts'
import { type Context, defineRule } from '../../src/model/rule.ts'
import { plain, suggested } from '../../src/model/suggestion.ts'

export default defineRule({
  name: 'blocking-primary-key',
  summary: 'ADD PRIMARY KEY without USING INDEX shuts out readers and writers until the index is built',
  severity: 'error',
  aliases: ['squawk:adding-serial-primary-key-field', 'eugene:E7', 'eugene:W14'],
  work: 'index build',

  *check({ tool, migration, placed, isNew, isPartitioned }) {
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
        suggestion: op.with === 'column' || isPartitioned(op.table) ? undefined : twoSteps(tool, op),
      }
    }
  },
})

function twoSteps(tool: Context['tool'], op: AddConstraint): string | undefined {
  const [table, name, ...columns] =
    plain(op.table, op.constraint ?? `${op.table.split('.')[1]}_pkey`, ...op.columns) ?? []
  if (name === undefined || name.length > 63 || op.include.length > 0 || op.deferrable !== 'no') return undefined
  return suggested(tool, [
    { sql: `CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${table} (${columns.join(', ')})`, own: true },
    { sql: `ALTER TABLE ${table} ADD CONSTRAINT ${name} PRIMARY KEY USING INDEX ${name}` },
  ])
}
