import type { Name } from '../../src/model/operation.ts'
import { type Context, defineRule } from '../../src/model/rule.ts'
import { plain, suggested } from '../../src/model/suggestion.ts'

export default defineRule({
  name: 'unset-sequence',
  summary: 'Rows with numbers of their own leave the sequence behind, which then gives the same numbers again',
  severity: 'warning',

  *check({ tool, migration, earlier }) {
    const numbered = new Map<Name, string[]>()
    const note = (table: Name, name: string) => numbered.set(table, [...(numbered.get(table) ?? []), name])
    const all = [...earlier, ...migration.up.statements].flatMap(({ operations }) => operations)
    const own = new Set(migration.up.statements.flatMap(({ operations }) => operations))
    const isSet = all.some(
      (op) =>
        op.kind === 'set-sequence' ||
        op.kind === 'alter-sequence' ||
        (op.kind === 'alter-column' && op.change === 'set-identity') ||
        op.kind === 'hidden-sql',
    )
    const reported = new Set<Name>()
    for (const op of all) {
      if (op.kind === 'create-table') {
        for (const { name, filledBy } of op.columns) {
          if (filledBy === 'sequence' || filledBy === 'identity') note(op.table, name)
        }
      }
      if (op.kind !== 'insert' || !own.has(op) || isSet || reported.has(op.table)) continue
      const column = numbered.get(op.table)?.find((each) => op.columns.includes(each))
      if (column === undefined || (op.largest?.[column] ?? 1) < 1) continue

      reported.add(op.table)
      yield {
        at: op.at,
        direction: 'up',
        message: `These rows bring their own ${column}, and the sequence of ${op.table}.${column} still begins where it began: the first row that leaves it to the sequence gets a number that is taken.`,
        help: `Leave ${column} out, or move the sequence afterwards.`,
        suggestion: move(tool, op.table, column),
      }
    }
  },
})

function move(tool: Context['tool'], from: Name, name: string): string | undefined {
  const [table, column] = plain(from, name) ?? []
  const sequence = `pg_get_serial_sequence('${table}', '${column}')`
  return table && suggested(tool, [{ sql: `SELECT setval(${sequence}, (SELECT max(${column}) FROM ${table}))` }])
}
