import type { Name, Operation } from '../model/operation.ts'
import type { TableLock } from '../model/rule.ts'

/**
 * The locks stronger than ROW EXCLUSIVE that an operation takes on the tables it names; test/lint/locks.test.ts compares them with a
 * server's. An operation that comes with another of its statement has that one's lock.
 */
export function locksOf(op: Operation): readonly TableLock[] {
  switch (op.kind) {
    case 'add-column':
    case 'drop-column':
    case 'drop-table':
    case 'set-not-null':
    case 'drop-not-null':
    case 'set-default':
    case 'alter-column-type':
    case 'drop-constraint':
    case 'alter-constraint':
    case 'set-logged':
    case 'set-access-method':
    case 'replica-identity':
    case 'row-security':
    case 'inherit':
    case 'truncate':
    case 'create-policy':
    case 'alter-policy':
      return exclusive(op.table)
    case 'alter-column':
      return op.change === 'statistics' || op.change === 'options'
        ? [{ table: op.table, mode: 'SHARE UPDATE EXCLUSIVE' }]
        : exclusive(op.table)
    case 'set-tablespace':
      return op.object === 'table' ? exclusive(op.table) : []
    case 'add-constraint':
      if (op.with === 'column') return []
      if (op.type !== 'foreign-key') return exclusive(op.table)
      return [op.table, ...(op.references ? [op.references] : [])].map((table) => ({
        table,
        mode: 'SHARE ROW EXCLUSIVE',
      }))
    case 'validate-constraint':
      return [{ table: op.table, mode: 'SHARE UPDATE EXCLUSIVE' }]
    case 'create-index':
      return [{ table: op.table, mode: op.concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE' }]
    case 'create-trigger':
    case 'set-trigger':
      return [{ table: op.table, mode: 'SHARE ROW EXCLUSIVE' }]
    case 'attach-partition':
      return [{ table: op.table, mode: 'SHARE UPDATE EXCLUSIVE' }, ...exclusive(op.partition)]
    case 'detach-partition':
      return op.concurrently || op.finalize ? [] : exclusive(op.table, op.partition)
    case 'lock-table':
      return [{ table: op.table, mode: op.mode as TableLock['mode'] }]
    case 'cluster':
      return op.table ? exclusive(op.table) : []
    case 'vacuum':
      return op.full ? exclusive(...(op.tables ?? [])) : []
    case 'rename':
      if (op.object === 'table') return exclusive(op.name as Name)
      return op.object === 'column' && op.table ? exclusive(op.table) : []
    case 'set-schema':
    case 'change-owner':
      return op.object === 'table' ? exclusive(op.name as Name) : []
    default:
      return []
  }
}

function exclusive(...tables: readonly Name[]): TableLock[] {
  return tables.map((table) => ({ table, mode: 'ACCESS EXCLUSIVE' }))
}
