import type { AddConstraint, Name, Operation } from '../../model/operation.ts'
import type { Before, Domain, OldColumn, OldTable, PartitionLink } from './before.ts'
import type { Partitioning } from './bounds.ts'

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
  /** A domain as it is now, by its name without quotes. */
  domain(name: string): Domain | undefined
  /** Undefined for a table that is not partitioned, and for one that is not known. */
  partitionedBy(table: Name): Partitioning | undefined
  /** Of this parent, as they are now. */
  partitions(parent: Name): readonly PartitionLink[]
  /** Where a table is a partition now. */
  linkOf(table: Name): PartitionLink | undefined
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
  const domains = new Map<string, Domain>()
  const partitioned = new Map<Name, string>()
  let links = before.partitions()
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
    domain,
    partitionedBy(table) {
      const old = oldTable(table)
      const by = partitioned.get(table) ?? old?.partitionBy
      return by === undefined ? undefined : { by, table: old?.name }
    },
    partitions: (parent) => links.filter((each) => each.parent === parent),
    linkOf: (table) => links.find((each) => each.table === table),
    after(op) {
      switch (op.kind) {
        case 'create-table':
          if (op.partitionBy && !oldTable(op.table))
            partitioned.set(op.table, `${op.partitionBy.strategy} (${op.partitionBy.keys})`)
          if (op.partitionOf && !oldTable(op.table)) links = [...links, { table: op.table, ...op.partitionOf }]
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
        case 'attach-partition':
          links = [...links, { table: op.partition, parent: op.table, bound: op.bound }]
          break
        case 'detach-partition':
          links = links.filter(({ table }) => table !== op.partition)
          break
        case 'drop-table':
          links = links.filter(({ table }) => table !== op.table)
          break
        case 'alter-domain':
          alterDomain(op)
          break
        case 'create-type':
          if (op.form === 'domain' && op.base !== undefined)
            domains.set(op.type, {
              name: op.type,
              base: op.base,
              beneath: op.baseType ?? op.base,
              notNull: op.notNull,
              checks: op.checks.map(({ constraint, expression }) => ({
                name: constraint,
                expression: expression.sql,
                isValidated: true,
              })),
            })
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

  function domain(name: string): Domain | undefined {
    return domains.get(name) ?? before.domain(name)
  }

  function alterDomain(op: Extract<Operation, { kind: 'alter-domain' }>): void {
    const now = domain(op.type)
    if (!now) return
    const { checks } = now
    const { constraint: name, expression } = op
    switch (op.change) {
      case 'add-constraint': {
        const added = expression && { name, expression: expression.sql, isValidated: !op.notValid }
        domains.set(op.type, { ...now, notNull: now.notNull || !added, checks: added ? [...checks, added] : checks })
        break
      }
      case 'drop-constraint':
        domains.set(op.type, { ...now, checks: checks.filter((each) => each.name !== name) })
        break
      case 'set-not-null':
      case 'drop-not-null':
        domains.set(op.type, { ...now, notNull: op.change === 'set-not-null' })
        break
      default:
    }
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
      const now = (table: Name) => (table === from ? to : table)
      links = links.map((link) => ({ ...link, table: now(link.table), parent: now(link.parent) }))
      const by = partitioned.get(from)
      if (by !== undefined) partitioned.set(to, by)
      for (const [column, old] of [...columns])
        if (column.startsWith(`${from}.`)) columns.set(key(to, column.slice(from.length + 1)), old)
    }
  }
}
