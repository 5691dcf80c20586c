import type { AddConstraint, Name, Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'
import type { Index } from '../../src/model/tables.ts'

export default defineRule({
  name: 'foreign-key-without-index',
  summary: 'Without an index on the columns of a foreign key, a delete in the other table reads all of this one',
  severity: 'warning',
  aliases: ['eugene:E15'],

  *check({ tool, migration, later, isNew, isNewColumn, tablesBefore, tablesAfter }) {
    const after = tablesAfter()
    const added = migration.up.statements.flatMap(({ operations }) => operations)
    for (const op of added) {
      for (const { table, columns, references } of keysWithoutIndex(op)) {
        if (columns.length === 0 || !after.has(table)) continue
        const isKnown = after.isComplete || isNew(table) || columns.some((column) => isNewColumn(table, column))
        if (!isKnown || after.indexesOf(table).some((index) => serves(index, columns))) continue
        const isComing = (each: Operation) =>
          each.kind === 'create-index' && each.table === table && leads(each.columns, columns)
        if (later.some(({ operations }) => operations.some(isComing))) continue

        const list = columns.join(', ')
        yield {
          at: op.at,
          direction: 'up',
          message:
            op.kind === 'drop-index'
              ? `Without this index, a DELETE or a change of key in ${references} looks for rows of ${table} by reading all of it, for the foreign key on (${list}).`
              : `No index begins with (${list}): each DELETE and each change of key in ${references} reads all of ${table} for this foreign key, and so does each join along it.`,
          help: `Add an index on ${table} (${list})${isNew(table) ? '' : ', CONCURRENTLY, in a migration of its own that runs outside of a transaction'}.`,
          suggestion: suggestion(table, columns, tool === 'alembic', isNew(table)),
        }
      }
    }

    /** The foreign keys that an operation leaves without an index. */
    function keysWithoutIndex(op: Operation): readonly Pick<Key, 'table' | 'columns' | 'references'>[] {
      if (op.kind === 'add-constraint' && op.type === 'foreign-key')
        return op.references ? [{ ...op, references: op.references }] : []
      if (op.kind !== 'drop-index') return []
      const before = tablesBefore(op)
      const index = before.indexOf(op.index)
      if (!index || isNew(index.table)) return []
      return after
        .constraintsOf(index.table)
        .flatMap(({ type, columns, references }) =>
          type === 'foreign key' && references && serves(index, columns)
            ? [{ table: index.table, columns, references: references.table }]
            : [],
        )
    }
  },
})

type Key = Pick<AddConstraint, 'table' | 'columns'> & { readonly references: Name }

/** Whether the lookup by these columns can use the index: they are its first ones, in any order, for every row that has them. */
function serves(index: Index, columns: readonly string[]): boolean {
  const where = / WHERE (.*)$/.exec(index.definition)?.[1]
  const isWhole = where === undefined || columns.some((column) => where === `(${column} IS NOT NULL)`)
  return isWhole && leads(index.columns, columns)
}

function leads(keys: readonly string[], columns: readonly string[]): boolean {
  const first = keys.slice(0, columns.length)
  return first.length === columns.length && columns.every((column) => first.includes(column))
}

function suggestion(table: Name, columns: readonly string[], isPython: boolean, isNew: boolean): string | undefined {
  const bare = table.slice(table.indexOf('.') + 1)
  const names = [bare, ...columns]
  if (!table.startsWith('public.') || !names.every((name) => /^[a-z_][a-z0-9_]*$/.test(name))) return undefined
  const index = `${bare}_${columns.join('_')}_idx`
  if (Buffer.byteLength(index) > 63) return undefined
  if (!isPython) return `CREATE INDEX ${isNew ? '' : 'CONCURRENTLY '}${index} ON ${bare} (${columns.join(', ')});`
  const call = `op.create_index("${index}", "${bare}", [${columns.map((name) => `"${name}"`).join(', ')}]`
  return isNew ? `${call})` : `with op.get_context().autocommit_block():\n    ${call}, postgresql_concurrently=True)`
}
