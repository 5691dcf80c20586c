import type { Name, Operation } from '../model/operation.ts'
import type { ColumnType } from '../model/rule.ts'

/**
 * The type that a column has when these operations are done, as far as they tell. SQL that cannot be read may have changed any of
 * them: what was known before it is known no longer.
 */
export function typeAfter(operations: Iterable<Operation>, table: Name, column: string): ColumnType | undefined {
  const tables = new Map<Name, Map<string, ColumnType>>()
  for (const op of operations) follow(tables, op)
  return tables.get(table)?.get(column)
}

function follow(tables: Map<Name, Map<string, ColumnType>>, op: Operation): void {
  switch (op.kind) {
    case 'create-table': {
      if (op.ifNotExists && tables.has(op.table)) return
      const copied = [
        ...op.like.map((each) => each.table),
        ...op.inherits,
        ...(op.partitionOf ? [op.partitionOf.parent] : []),
      ]
      tables.set(
        op.table,
        new Map([
          ...copied.flatMap((table) => [...(tables.get(table) ?? [])]),
          ...op.columns.map(({ name, type, userType }) => [name, { type, userType }] as const),
        ]),
      )
      return
    }
    case 'drop-table':
      tables.delete(op.table)
      return
    case 'add-column': {
      const { name, type, userType } = op.column
      const columns = tables.get(op.table)
      if (columns && !(op.ifNotExists && columns.has(name))) columns.set(name, { type, userType })
      return
    }
    case 'drop-column':
      tables.get(op.table)?.delete(op.column)
      return
    case 'alter-column-type':
      if (op.conditional) tables.get(op.table)?.delete(op.column)
      else tables.get(op.table)?.set(op.column, { type: op.type, userType: op.userType })
      return
    case 'rename':
      if (op.object === 'column' && op.table) move(tables.get(op.table) ?? new Map(), op.name, op.to)
      else if (op.object === 'table') move(tables, op.name as Name, `${schemaOf(op.name)}.${op.to}`)
      return
    case 'set-schema':
      if (op.object === 'table')
        move(tables, op.name as Name, `${op.schema}.${op.name.slice(schemaOf(op.name).length + 1)}`)
      return
    case 'hidden-sql':
      tables.clear()
      return
    default:
  }
}

function schemaOf(name: string): string {
  return name.slice(0, name.indexOf('.'))
}

function move<K, V>(map: Map<K, V>, from: K, to: K): void {
  const value = map.get(from)
  map.delete(from)
  if (value !== undefined) map.set(to, value)
}
