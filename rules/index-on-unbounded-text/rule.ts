import type { Name, Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

/** Names that promise long values. A text column that is called otherwise is rarely longer than a line. */
const long =
  /(?:^|_)(?:body|content|contents|text|fulltext|html|markdown|description|comment|comments|message|messages|note|notes|summary|abstract|biography|bio|transcript|payload|raw|blob|data|document|json|xml|response|request|stacktrace|log)$/i

const unbounded = new Set(['text', 'character varying', 'bytea', 'xml'])

export default defineRule({
  name: 'index-on-unbounded-text',
  summary: 'One value that is too long for the index makes the build fail, or later the INSERT',
  severity: 'info',

  *check({ migration, before, tablesBefore, tablesAfter }) {
    const after = tablesAfter()
    const isBounded = (table: Name, column: string) =>
      [...before, migration].some(({ up }) =>
        up.statements.some(({ operations }) => operations.some((each) => bounds(each, table, column))),
      )
    for (const { operations } of migration.up.statements) {
      for (const op of operations) {
        const indexed = keysOf(op)
        if (!indexed) continue
        const tables = after.has(indexed.table) ? after : tablesBefore(op)
        for (const name of indexed.columns) {
          const type = tables.columnOf(indexed.table, name)?.type
          if (type === undefined || !unbounded.has(type) || (type !== 'bytea' && !long.test(name))) continue
          if (isBounded(indexed.table, name)) continue

          yield {
            at: op.at,
            direction: 'up',
            message: `${name} has no bound, and a btree takes no key of more than about 2700 bytes: one longer value makes this fail, and from then on the INSERT of one (54000).`,
            help: `Index what is looked for: md5(${name}) or left(${name}, 100) for equality, a GIN index for words or parts of words; or bound the column by a CHECK on its length.`,
          }
        }
      }
    }
  },
})

function keysOf(op: Operation): { readonly table: Name; readonly columns: readonly string[] } | undefined {
  if (op.kind === 'create-index') return op.method === 'btree' ? op : undefined
  return op.kind === 'add-constraint' && (op.type === 'unique' || op.type === 'primary-key') ? op : undefined
}

function bounds(op: Operation, table: Name, column: string): boolean {
  if (op.kind !== 'add-constraint' || op.type !== 'check' || op.table !== table) return false
  const { columns = [], calls = [] } = op.expression ?? {}
  return columns.includes(column) && calls.some((name) => name.endsWith('length'))
}
