import type { ParsedMigration } from '../../src/model/migration.ts'
import type { Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

type DropColumn = Extract<Operation, { kind: 'drop-column' }>

export default defineRule({
  name: 'dropped-column',
  summary: 'Code that still names a dropped column fails, and the values are gone',
  severity: 'warning',
  breaks: ['42703', '0A000'],
  aliases: ['squawk:ban-drop-column'],

  *check({ migration, before, isNew, isNewColumn }) {
    for (const { operations } of migration.up.statements) {
      for (const op of operations) {
        if (op.kind !== 'drop-column' || isNew(op.table) || isNewColumn(op.table, op.column)) continue
        if (op.ifExists && isGone(op, [...before, migration])) continue

        yield {
          at: op.at,
          direction: 'up',
          message: `From here on every statement that names ${op.table}.${op.column} fails, in the release that still runs as well; its values are gone.`,
          help: `Release code first that names ${op.column} no more, not even through the list of columns that an ORM keeps. Drop it in the release after.`,
        }
      }
    }
  },
})

/** The last that was done with it before was to drop it: IF EXISTS then does nothing. */
function isGone(drop: DropColumn, migrations: readonly ParsedMigration[]): boolean {
  const all = migrations.flatMap(({ up }) => up.statements).flatMap(({ operations }) => operations)
  const last = all.slice(0, all.indexOf(drop)).findLast((op) => mayMake(op, drop) || isSame(op, drop))
  return last !== undefined && isSame(last, drop)
}

function isSame(op: Operation, { table, column }: DropColumn): boolean {
  return op.kind === 'drop-column' && op.table === table && op.column === column
}

function mayMake(op: Operation, { table, column }: DropColumn): boolean {
  if (op.kind === 'add-column') return op.table === table && op.column.name === column
  return (op.kind === 'create-table' && op.table === table) || op.kind === 'rename' || op.kind === 'hidden-sql'
}
