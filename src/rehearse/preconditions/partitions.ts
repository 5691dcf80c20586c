import type { Location } from '../../model/location.ts'
import type { Name } from '../../model/operation.ts'
import { type Found, oneLine, type PossiblePrecondition, stamped } from './asked.ts'
import { type OldTable, type PartitionLink, plain } from './before.ts'
import { belongs } from './bounds.ts'
import type { OldNames } from './old-names.ts'

/**
 * A table becomes a partition: its rows must belong there. Where the parent has a DEFAULT partition, none of the rows in that may belong to
 * the new one. PostgreSQL looks for both: https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ATTACH-PARTITION
 *
 * @param partition one that is attached, with rows, or one that is made, without
 */
export function becomesPartition(at: Location, partition: PartitionLink, names: OldNames): PossiblePrecondition[] {
  const own = names.table(partition.table)
  return [
    ...(own ? fits(own, partition, names).map((each) => stamped(at, own, each)) : []),
    ...names
      .partitions(partition.parent)
      .filter((each) => isDefault(each.bound) && !isDefault(partition.bound))
      .flatMap((rest) => {
        const table = names.table(rest.table)
        return table ? [stamped(at, table, movesNone(table, rest.table, partition, names))] : []
      }),
  ]
}

/** Of a DEFAULT partition alone: it takes all. */
const nothing = 'true'

function isDefault(bound: string): boolean {
  return /^DEFAULT$/i.test(bound.trim())
}

function fits(table: OldTable, partition: PartitionLink, names: OldNames): Found[] {
  const condition = whole(partition, partition.table, names)
  if (condition === nothing) return []
  const there = isDefault(partition.bound)
    ? `belongs to none of the other partitions of ${partition.parent}`
    : `belongs to ${partition.parent} ${oneLine(partition.bound)}`
  const needs = `every row of ${table.name} ${there}`
  const where = condition === undefined ? undefined : `NOT (${condition})`
  return [found(table, partition, names, { needs, where })]
}

function movesNone(table: OldTable, name: Name, partition: PartitionLink, names: OldNames): Found {
  const where = ofBound(partition, name, names)
  const needs = `no row of ${table.name} belongs to the new partition ${partition.table} ${oneLine(partition.bound)}`
  return found(table, partition, names, { needs, where })
}

function found(
  table: OldTable,
  { parent, bound }: PartitionLink,
  names: OldNames,
  { needs, where }: { readonly needs: string; readonly where: string | undefined },
): Found {
  const words = new Set(names.partitionedBy(parent)?.by.match(/"(?:[^"]|"")*"|[\w$]+/g))
  const columns = table.columns.filter(({ sql }) => words.has(sql)).map(({ name }) => name)
  const into = isPartition(table, names) ? names.table(rootOf(parent, names))?.name : undefined
  return {
    kind: 'check',
    columns,
    needs,
    sqlstates: ['23514'],
    rows: where === undefined ? undefined : { from: table.from, where },
    make: { how: 'search', columns, expression: bound, into },
  }
}

function isPartition(table: OldTable, names: OldNames): boolean {
  return names.linkOf(plain(table.name) as Name) !== undefined
}

function rootOf(table: Name, names: OldNames): Name {
  const above = names.linkOf(table)
  return above ? rootOf(above.parent, names) : table
}

/** What is true for the rows that may be in a partition: its own bound, and those of the partitions above it. */
function whole(partition: PartitionLink, rowsOf: Name, names: OldNames): string | undefined {
  const own = ofBound(partition, rowsOf, names)
  const above = names.linkOf(partition.parent)
  const all = [own, ...(above ? [whole(above, rowsOf, names)] : [])]
  return all.includes(undefined) ? undefined : all.join(' AND ')
}

function ofBound({ table, parent, bound }: PartitionLink, rowsOf: Name, names: OldNames): string | undefined {
  const partitioning = names.partitionedBy(parent)
  if (!partitioning) return undefined
  const columnOf = (written: string) => {
    const name = /^[a-z_][\w$]*$/i.test(written) ? written.toLowerCase() : plain(written)
    return names.column(rowsOf, name)?.column
  }
  if (!isDefault(bound)) return belongs(partitioning, bound, columnOf)
  const others = names.partitions(parent).filter((each) => each.table !== table)
  const taken = others.map((each) => belongs(partitioning, each.bound, columnOf))
  if (taken.includes(undefined)) return undefined
  return taken.length === 0 ? nothing : `NOT (${taken.join(' OR ')})`
}
