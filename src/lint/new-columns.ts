import type { ParsedMigration } from '../model/migration.ts'
import type { Name, Operation } from '../model/operation.ts'

/** Which changed migration adds a column that was not there, by `table column`. IF NOT EXISTS proves nothing. */
export function columnsAdded(
  migrations: readonly ParsedMigration[],
  ups: readonly Operation[][],
): ReadonlyMap<string, number> {
  const known = new Set<string>()
  const added = new Map<string, number>()
  for (const [index, operations] of ups.entries()) {
    for (const op of operations) {
      if (op.kind === 'create-table') for (const { name } of op.columns) known.add(columnKey(op.table, name))
      if (!('column' in op) || op.column === undefined || !('table' in op)) continue
      const key = columnKey(op.table, typeof op.column === 'string' ? op.column : op.column.name)
      const isAdded = op.kind === 'add-column' && !op.ifNotExists && !op.conditional && !known.has(key)
      if (isAdded && migrations[index]?.status !== 'base') added.set(key, index)
      known.add(key)
    }
  }
  return added
}

export function columnKey(table: Name, column: string): string {
  return `${table} ${column}`
}
