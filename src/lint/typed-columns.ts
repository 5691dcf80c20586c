import type { Operation } from '../model/operation.ts'
import type { TypedColumn } from '../model/rule.ts'

/** The columns that an operation gives a type, with that type. A cast column of `CREATE TABLE … AS` is not told. */
export function typedColumns(op: Operation): readonly TypedColumn[] {
  switch (op.kind) {
    case 'create-table':
      return op.columns.map((column) => ({ table: op.table, ...column }))
    case 'add-column':
      return [{ table: op.table, ...op.column }]
    case 'alter-column-type':
      return [{ table: op.table, name: op.column, type: op.type, userType: op.userType, filledBy: undefined }]
    default:
      return []
  }
}
