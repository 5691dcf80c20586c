import type { Operation, SetNotNull } from '../model/operation.ts'
import type { Tables } from '../model/tables.ts'

/**
 * Whether a validated CHECK says of a column that it is not null after these operations: then SET NOT NULL reads no row.
 * https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL
 */
export function isProvenNotNull(operations: Iterable<Operation>, { table, column }: Omit<SetNotNull, 'at'>): boolean {
  const proofs = new Map<string, { readonly valid: boolean }>()
  for (const op of operations) {
    if (op.kind === 'drop-table' && op.table === table) proofs.clear()
    if (!('table' in op) || op.table !== table) continue
    if (
      op.kind === 'add-constraint' &&
      (op.provesNotNull.includes(column) || isNotNull(op, column)) &&
      !op.conditional
    ) {
      const name = op.constraint ?? `${table.slice(table.indexOf('.') + 1)}_${column}_check`
      proofs.set(name, { valid: !op.notValid && op.enforced })
    }
    if (op.kind === 'validate-constraint' && proofs.has(op.constraint)) proofs.set(op.constraint, { valid: true })
    if (op.kind === 'drop-constraint') proofs.delete(op.constraint)
  }
  return [...proofs.values()].some(({ valid }) => valid)
}

/** Whether the column is NOT NULL there already, so that there is nothing to do. */
export function isNotNullIn(tables: Tables, { table, column }: Omit<SetNotNull, 'at'>): boolean {
  return tables.isComplete && tables.columnOf(table, column)?.notNull === true
}

function isNotNull(op: Extract<Operation, { kind: 'add-constraint' }>, column: string): boolean {
  return op.type === 'not-null' && op.notValid && op.columns.includes(column)
}
