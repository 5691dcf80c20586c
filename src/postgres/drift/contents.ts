import type { DataChange } from '../../model/round-trip.ts'
import type { ColumnContents, TableContents } from '../../model/schema.ts'

/**
 * What tells the rows of two moments apart, for the tables and columns that existed at the first.
 *
 * After `down` the values must be the same. After `up-again` only the number of rows and of values that are not null is compared: two
 * runs of one upgrade rightly differ in what it takes from the clock, from sequences and from `random()`.
 */
export function compareContents(
  before: readonly TableContents[],
  after_: readonly TableContents[],
  after: 'down' | 'up-again',
): DataChange[] {
  const now = new Map(after_.map((table) => [table.table, table]))
  return before.flatMap((table) => changesOf(table, now.get(table.table)).map((change) => ({ after, ...change })))

  function changesOf(table: TableContents, found: TableContents | undefined): Omit<DataChange, 'after'>[] {
    const about = { table: table.table, rowsBefore: table.rows, rowsAfter: found?.rows ?? 0 }
    const rows = rowChange(table.rows, found?.rows ?? 0)
    const whole: Omit<DataChange, 'after'>[] = rows ? [{ ...about, column: undefined, change: rows }] : []
    if (!found) return whole
    const columns = table.columns.flatMap((column): Omit<DataChange, 'after'>[] => {
      const other = found.columns.find((candidate) => candidate.column === column.column)
      const change = columnChange(column, other, rows, after)
      return change ? [{ ...about, column: column.column, change }] : []
    })
    return [...whole, ...columns]
  }
}

function rowChange(before: number, now: number): 'rows-lost' | 'rows-left-behind' | undefined {
  return now < before ? 'rows-lost' : now > before ? 'rows-left-behind' : undefined
}

function columnChange(
  before: ColumnContents,
  now: ColumnContents | undefined,
  rows: DataChange['change'] | undefined,
  after: 'down' | 'up-again',
): 'values-lost' | 'values-changed' | undefined {
  const left = now?.nonNull ?? 0
  if (rows === 'rows-lost') {
    // Fewer rows hold fewer values: only a column that lost all of them says something more.
    return before.nonNull > 0 && left === 0 ? 'values-lost' : undefined
  }
  if (left < before.nonNull) return 'values-lost'
  // With more rows there are other values, and it is not known which.
  if (rows !== undefined || now === undefined) return undefined
  const isSame =
    after === 'down' ? now.checksum === before.checksum && left === before.nonNull : left === before.nonNull
  return isSame ? undefined : 'values-changed'
}
