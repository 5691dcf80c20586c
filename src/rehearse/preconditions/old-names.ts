import type { AddConstraint, Name, Operation } from '../../model/operation.ts'
import type { Before, OldColumn, OldTable } from './before.ts'

/** Which tables and columns of before an operation means, while a migration goes on: it may rename, drop and add some. */
export interface OldNames {
  /** Undefined: not there before. */
  table(name: Name): OldTable | undefined
  column(table: Name, column: string): { readonly table: OldTable; readonly column: OldColumn } | undefined
  /** True for a column that the migration has added to a table of before. */
  isAdded(table: Name, column: string): boolean
  /** True where something has given the added column values since: a default, an UPDATE. */
  isFilled(table: Name, column: string): boolean
  /** The labels of an enum that the migration has made. */
  labels(type: Name): readonly string[] | undefined
  /** A constraint that the migration has added NOT VALID. */
  unvalidated(table: Name, constraint: string): AddConstraint | undefined
  /** To be called with each operation, in order. */
  after(op: Operation): void
}

/** Follows the names from the schema of before. */
export function followed(before: Before): OldNames {
  /** By the name of now; null for what is new. */
  const tables = new Map<Name, Name | null>()
  const columns = new Map<string, string | null>()
  const filled = new Set<string>()
  const labels = new Map<Name, readonly string[]>()
  const unvalidated = new Map<string, AddConstraint>()
  const oldTable = (name: Name) => {
    const old = tables.get(name)
    return old === null ? undefined : before.table(old ?? name)
  }
  const key = (table: Name, column: string) => `${table}.${column}`
  return {
    table: oldTable,
    column(name, column) {
      const table = oldTable(name)
      const old = columns.get(key(name, column))
      if (!table || old === null) return undefined
      const found = table.columns.find((each) => each.name === (old ?? column))
      return found && { table, column: found }
    },
    isAdded: (table, column) => columns.get(key(table, column)) === null,
    isFilled: (table, column) => filled.has(key(table, column)),
    labels: (type) => labels.get(type),
    unvalidated: (table, constraint) => unvalidated.get(key(table, constraint)),
    after(op) {
      switch (op.kind) {
        case 'create-table':
          if (!(op.ifNotExists && oldTable(op.table))) tables.set(op.table, null)
          break
        case 'add-column': {
          const isThere = op.ifNotExists && oldTable(op.table)?.columns.some(({ name }) => name === op.column.name)
          if (isThere) break
          columns.set(key(op.table, op.column.name), null)
          if (op.column.default !== undefined || op.column.filledBy !== undefined)
            filled.add(key(op.table, op.column.name))
          break
        }
        case 'update':
          for (const column of op.columns) filled.add(key(op.table, column))
          break
        case 'drop-column':
          columns.set(key(op.table, op.column), null)
          break
        case 'add-constraint':
          if (op.notValid && op.constraint !== undefined) unvalidated.set(key(op.table, op.constraint), op)
          break
        case 'create-type':
          if (op.form === 'enum') labels.set(op.type, op.labels)
          break
        case 'add-enum-value':
          labels.set(op.type, [...(labels.get(op.type) ?? before.labels(op.type) ?? []), op.value])
          break
        case 'rename':
          rename(op)
          break
        default:
      }
    },
  }

  function rename(op: Extract<Operation, { kind: 'rename' }>): void {
    if (op.object === 'column' && op.table !== undefined) {
      const old = columns.get(key(op.table, op.name))
      columns.set(key(op.table, op.to), old === undefined ? op.name : old)
      columns.set(key(op.table, op.name), null)
    }
    if (op.object === 'table') {
      const from = op.name as Name
      const to: Name = `${from.slice(0, from.indexOf('.'))}.${op.to}`
      tables.set(to, tables.get(from) === undefined ? from : (tables.get(from) ?? null))
      tables.set(from, null)
      for (const [column, old] of [...columns])
        if (column.startsWith(`${from}.`)) columns.set(key(to, column.slice(from.length + 1)), old)
    }
  }
}
