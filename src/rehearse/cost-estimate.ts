import type { Range, TableSize } from '../model/cost.ts'

/**
 * How long work takes in production, by the size of the table and wide bands of throughput: from a good server with the table in memory
 * to a small one that reads it from a network disk. What a throwaway server took on ten rows says nothing of that. Neighbours alone change
 * such times tenfold, so the ends of a range are no promise; which of two statements is slow, they tell.
 */
export interface Estimate extends Range {
  readonly restsOn: string
}

const million = 1_000_000
const sequential = { low: 200 * million, high: 2_000 * million }
/** Reading, writing and the write-ahead log together. */
const rewriting = { low: 50 * million, high: 300 * million }
/** Milliseconds a row. */
const predicate = { low: 0.00005, high: 0.0003 }
const entry = { low: 0.0005, high: 0.005 }
const lookup = { low: 0.0002, high: 0.002 }
const change = { low: 0.01, high: 0.05 }
/** Bytes of a row, where only the number of rows is given. */
const width = { low: 50, high: 400 }

/** Nothing grows with the table. */
export const catalogOnly: Estimate = { lowMs: 0, highMs: 20, restsOn: 'catalog only' }

/** Reads the table once. Undefined for a table whose size nobody gave, here and below. */
export function scan(size: TableSize | undefined): Estimate | undefined {
  if (!size) return undefined
  const heap = bytes(size.heapBytes, size.rows)
  return {
    lowMs: (heap.low / sequential.high) * 1000 + size.rows * predicate.low,
    highMs: (heap.high / sequential.low) * 1000 + size.rows * predicate.high,
    restsOn: `${told(size)} read at 0.2 to 2 GB/s`,
  }
}

/** Reads the table and writes it anew, without its indexes. */
export function rewrite(size: TableSize | undefined): Estimate | undefined {
  if (!size) return undefined
  const heap = bytes(size.heapBytes, size.rows)
  const toast = size.toastBytes ?? 0
  return {
    lowMs: ((3 * (heap.low + toast)) / rewriting.high) * 1000,
    highMs: ((3 * (heap.high + toast)) / rewriting.low) * 1000,
    restsOn: `${told(size)} read, written and logged at 50 to 300 MB/s`,
  }
}

/** Undefined also for GIN, GiST and the like: how long those take depends on what is in them. */
export function indexBuild(
  size: TableSize | undefined,
  { method, concurrently }: { readonly method: string; readonly concurrently: boolean },
): Estimate | undefined {
  const read = scan(size)
  if (!size || !read || !['btree', 'hash', 'brin'].includes(method)) return undefined
  const deep = Math.max(1, Math.log2(size.rows + 1) / 20)
  // CONCURRENTLY reads the table twice, and waits for old transactions, which nobody can foretell.
  const [least, most] = concurrently ? [2, 3] : [1, 1]
  return {
    lowMs: least * (read.lowMs + size.rows * entry.low * deep),
    highMs: most * (read.highMs + size.rows * entry.high * deep),
    restsOn: `${told(size)} sorted at 0.5 to 5 µs a row`,
  }
}

/** Looks up each row of the child in the parent, whose size may be unknown where it is small beside the child. */
export function foreignKey(child: TableSize | undefined, parent: TableSize | undefined): Estimate | undefined {
  const read = scan(child)
  if (!child || !read) return undefined
  const other = scan(parent)
  return {
    lowMs: read.lowMs + (other?.lowMs ?? 0) + child.rows * lookup.low,
    highMs: read.highMs + (other?.highMs ?? 0) + child.rows * lookup.high,
    restsOn: `${told(child)} looked up at 0.2 to 2 µs a row`,
  }
}

/** INSERT, UPDATE and DELETE, between so many rows and so many. */
export function rowWork(fewest: number, most: number): Estimate {
  const rows = fewest === most ? number(most) : `up to ${number(most)}`
  return { lowMs: fewest * change.low, highMs: most * change.high, restsOn: `${rows} rows changed at 10 to 50 µs each` }
}

/** All of them together; undefined where one is not known. */
export function sum(estimates: readonly (Estimate | undefined)[]): Estimate | undefined {
  const known = estimates.filter((each) => each !== undefined)
  if (known.length < estimates.length || known.length === 0) return undefined
  const grown = known.filter((each) => each !== catalogOnly)
  return {
    lowMs: Math.round(known.reduce((total, { lowMs }) => total + lowMs, 0)),
    highMs: Math.round(known.reduce((total, { highMs }) => total + highMs, 0)),
    restsOn: [...new Set((grown.length > 0 ? grown : known).map(({ restsOn }) => restsOn))].join('; '),
  }
}

function bytes(given: number | undefined, rows: number): { readonly low: number; readonly high: number } {
  return given === undefined ? { low: rows * width.low, high: rows * width.high } : { low: given, high: given }
}

function told({ rows, heapBytes }: TableSize): string {
  return heapBytes === undefined
    ? `${number(rows)} rows of 50 to 400 bytes`
    : `${number(rows)} rows in ${volume(heapBytes)}`
}

function number(count: number): string {
  return Math.round(count).toLocaleString('en-US')
}

function volume(size: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, size)) / 3)))
  return `${Math.round((size / 1000 ** step) * 10) / 10} ${units[step]}`
}
