import type { Location } from '../model/location.ts'
import type { Anchor, SqlFragment } from '../model/migration.ts'

/** Answers where an offset of a fragment stands in the user's file. */
export type Place = (start: number, end: number) => Location

/** Prepares the answers for one fragment. `end` is exclusive; a generated stretch stands at the one place of its code. */
export function placesIn({ sql, file, anchors }: SqlFragment): Place {
  const newlines: number[] = []
  for (let at = sql.indexOf('\n'); at >= 0; at = sql.indexOf('\n', at + 1)) newlines.push(at)

  const point = (offset: number): { line: number; column: number } => {
    const anchor = anchors[Math.max(0, countUpTo(anchors, offset, (each: Anchor) => each.offset) - 1)]
    if (!anchor) return { line: 1, column: 1 }
    if (!anchor.verbatim) return { line: anchor.line, column: anchor.column }
    const before = countUpTo(newlines, offset - 1, (each) => each)
    const lines = before - countUpTo(newlines, anchor.offset - 1, (each) => each)
    if (lines === 0) return { line: anchor.line, column: anchor.column + offset - anchor.offset }
    return { line: anchor.line + lines, column: offset - (newlines[before - 1] ?? 0) }
  }

  return (start, end) => {
    const { line, column } = point(start)
    return { file, line, column, endLine: Math.max(line, point(Math.max(start, end - 1)).line) }
  }
}

/** How many of the ordered values are at most `limit`. */
function countUpTo<T>(ordered: readonly T[], limit: number, value: (each: T) => number): number {
  let low = 0
  let high = ordered.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (value(ordered[middle] as T) <= limit) low = middle + 1
    else high = middle
  }
  return low
}
