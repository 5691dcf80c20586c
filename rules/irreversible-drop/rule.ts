import type { ParsedScript } from '../../src/model/migration.ts'
import type { Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'irreversible-drop',
  summary: 'The downgrade brings back a dropped table or column, but not what was in it',
  severity: 'warning',

  *check({ migration: { up, down }, earlier, isNewColumn }) {
    if (!down) return
    const back = operationsOf(down)
    const before: Operation[] = earlier.flatMap(({ operations }) => operations)
    for (const op of operationsOf(up)) {
      const isOfThisChange =
        op.kind === 'drop-table' && before.some((each) => each.kind === 'create-table' && each.table === op.table)
      before.push(op)
      const what =
        op.kind === 'drop-table' && !isOfThisChange && isRecreated(op.table, back)
          ? { name: op.table, holds: 'rows' }
          : op.kind === 'drop-column' && !isNewColumn(op.table, op.column) && isAddedBack(op.table, op.column, back)
            ? { name: `${op.table}.${op.column}`, holds: 'values' }
            : undefined
      if (!what) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `The downgrade makes ${what.name} again, but the ${what.holds} that are dropped here do not come back.`,
        help: `Keep the ${what.holds} in a table of their own until no way back is needed, and let the downgrade restore them from it.`,
      }
    }
  },
})

function operationsOf(script: ParsedScript): Operation[] {
  return script.statements.flatMap(({ operations }) => operations)
}

/** Made again, and nothing that could put rows into it. */
function isRecreated(table: string, back: readonly Operation[]): boolean {
  const isMade = back.some((op) => op.kind === 'create-table' && op.table === table && op.query === undefined)
  return (
    isMade && !back.some((op) => isUnknown(op) || ((op.kind === 'insert' || op.kind === 'copy') && op.table === table))
  )
}

/** Added again, not computed by PostgreSQL, and nothing that could fill it. */
function isAddedBack(table: string, column: string, back: readonly Operation[]): boolean {
  const isMade = back.some(
    (op) =>
      op.kind === 'add-column' &&
      op.table === table &&
      op.column.name === column &&
      op.column.filledBy !== 'expression',
  )
  return (
    isMade &&
    !back.some((op) => isUnknown(op) || (op.kind === 'update' && op.table === table && op.columns.includes(column)))
  )
}

function isUnknown(op: Operation): boolean {
  return op.kind === 'hidden-sql' || op.kind === 'unparsed' || (op.kind === 'query' && op.calls.length > 0)
}
