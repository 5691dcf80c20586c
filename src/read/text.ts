import type { Location } from '../model/location.ts'
import type { Direction, Script, SqlFragment, Unreadable } from '../model/migration.ts'

/** One line of a text, without its line feed and a carriage return before it. */
export interface Line {
  readonly text: string
  /** Offset of its first character. */
  readonly start: number
  /** Offset of the next line. */
  readonly next: number
}

/** The lines from `start` to `end`, divided at line feeds, as git, GitHub and the tools written in Go divide them. */
export function* lines(text: string, start = 0, end = text.length): Generator<Line, void, undefined> {
  for (let at = start; at < end; ) {
    const feed = text.indexOf('\n', at)
    const next = feed < 0 || feed >= end ? end : feed + 1
    yield { text: text.slice(at, next).replace(/\r?\n$/, ''), start: at, next }
    at = next
  }
}

/** Where an offset of a file's text stands. */
export function placeOf(file: string, text: string, offset: number): Location {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return { file, line, column: offset - before.lastIndexOf('\n'), endLine: line }
}

/** A stretch of a file, as it is. */
export function fragment(file: string, text: string, start = 0, end = text.length): SqlFragment {
  const { line, column } = placeOf(file, text, start)
  return { kind: 'sql', sql: text.slice(start, end), file, anchors: [{ offset: 0, line, column, verbatim: true }] }
}

/** @param reason one sentence without a full stop */
export function unreadable(file: string, text: string, offset: number, reason: string): Unreadable {
  return { kind: 'unreadable', reason, at: placeOf(file, text, offset) }
}

/** A script that is the whole file. */
export function wholeFile(
  direction: Direction,
  file: string,
  text: string,
  transaction: Script['transaction'],
): Script {
  return { direction, file, at: placeOf(file, text, 0), fragments: [fragment(file, text)], transaction }
}
