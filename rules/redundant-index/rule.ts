import type { Name } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'
import type { Index, Tables } from '../../src/model/tables.ts'

export default defineRule({
  name: 'redundant-index',
  summary: 'An index whose columns begin another one is written at every change and read by nobody',
  severity: 'warning',
  isPolicy: true,

  *check({ migration, tablesBefore, tablesAfter }) {
    const after = tablesAfter()
    for (const op of migration.up.statements.flatMap(({ operations }) => operations)) {
      if (op.kind !== 'create-index' || op.method !== 'btree' || op.partial || op.columns.length === 0) continue
      const others = there(op.table, tablesBefore(op), after)
      const keys = [...op.columns, ...op.include]
      const larger = op.unique
        ? undefined
        : others.find((index) => begins(index.columns, op.columns) && op.include.length === 0)
      const smaller = others.find(
        (index) => !index.unique && index.constraint === undefined && begins(op.columns, index.columns),
      )
      if (!larger && !smaller) continue

      yield {
        at: op.at,
        direction: 'up',
        message: larger
          ? `${larger.name} begins with (${op.columns.join(', ')}) already, and serves whatever this index would.`
          : `This index begins with all columns of ${smaller?.name}, which is needed no more.`,
        help: larger ? 'Leave it out.' : `Drop ${smaller?.name} once this one is there (${keys.join(', ')}).`,
      }
    }
  },
})

/** The whole btrees that were there before and stay. */
function there(table: Name, before: Tables, after: Tables): readonly Index[] {
  const left = new Set(after.indexesOf(table).map(({ name }) => name))
  return before
    .indexesOf(table)
    .filter(({ name, method, partial, valid }) => left.has(name) && method === 'btree' && !partial && valid)
}

function begins(keys: readonly string[], first: readonly string[]): boolean {
  return first.length > 0 && first.every((column, index) => keys[index] === column)
}
