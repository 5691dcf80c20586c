/** Where a stretch of a text came from: the file itself (`verbatim`), or code at that offset that made it. */
export interface Origin {
  /** In the text. */
  readonly offset: number
  /** In the version file, or `elsewhere`. */
  readonly at: number
  readonly verbatim: boolean
}

/** The place of what stands in no line of the version file: the place of the statement that uses it is told instead. */
export const elsewhere = -1

/** A string of the Python program that remembers where in the file it was written. */
export interface Text {
  readonly value: string
  /** In order of offset; the first has offset 0. */
  readonly origins: readonly Origin[]
}

/** A text that stands nowhere in the file, made by the code at `at`. */
export function madeAt(value: string, at: number): Text {
  return { value, origins: [{ offset: 0, at, verbatim: false }] }
}

/** More than any statement that people write: what grows beyond it is a loop that does not end. */
const maximum = { length: 4_000_000, origins: 100_000 }

/** Thrown when a file's own loops, calls and strings do not come to an end. */
export class Endless extends Error {
  override readonly name = 'Endless'
}

/** The texts one after the other. */
export function concatenate(parts: readonly Text[]): Text {
  let value = ''
  const origins: Origin[] = []
  for (const part of parts) {
    if (part.value === '' && parts.length > 1) continue
    for (const origin of part.origins) origins.push({ ...origin, offset: origin.offset + value.length })
    value += part.value
  }
  if (value.length > maximum.length || origins.length > maximum.origins)
    throw new Endless('a string grows too long to be followed')
  if (origins.length === 0)
    return { value, origins: parts[0]?.origins ?? [{ offset: 0, at: elsewhere, verbatim: false }] }
  return { value, origins }
}

/** Part of a text, with the places its characters came from. */
export function slice(text: Text, from: number, to = text.value.length): Text {
  const origins: Origin[] = []
  for (const origin of text.origins) {
    if (origin.offset >= to && origin.offset > from) break
    if (origin.offset > from) origins.push({ ...origin, offset: origin.offset - from })
    else {
      const moved = origin.verbatim ? origin.at + (from - origin.offset) : origin.at
      origins[0] = { offset: 0, at: moved, verbatim: origin.verbatim }
    }
  }
  return { value: text.value.slice(from, to), origins }
}

/** The text with each match of `pattern` (global) replaced; what replaces it is generated, the rest keeps its place. */
export function replaceAll(text: Text, pattern: RegExp, replacement: (match: RegExpExecArray) => string): Text {
  const parts: Text[] = []
  let done = 0
  for (const match of text.value.matchAll(pattern)) {
    parts.push(slice(text, done, match.index))
    const here = slice(text, match.index, match.index + 1).origins[0]
    parts.push(madeAt(replacement(match), here?.at ?? elsewhere))
    done = match.index + match[0].length
  }
  if (done === 0 && parts.length === 0) return text
  parts.push(slice(text, done))
  return concatenate(parts)
}

/** The text between separators, each part with its place. */
export function split(text: Text, separator: string): Text[] {
  const parts: Text[] = []
  let from = 0
  for (let at = text.value.indexOf(separator); at >= 0; at = text.value.indexOf(separator, from)) {
    parts.push(slice(text, from, at))
    from = at + separator.length
  }
  parts.push(slice(text, from))
  return parts
}

/** The text without the given characters (white space when undefined) at its start, its end or both. */
export function strip(text: Text, side: 'both' | 'start' | 'end', characters?: string): Text {
  const goes = (char: string | undefined): boolean =>
    char !== undefined && (characters === undefined ? char.trim() === '' : characters.includes(char))
  let from = 0
  let to = text.value.length
  if (side !== 'end') while (from < to && goes(text.value[from])) from++
  if (side !== 'start') while (to > from && goes(text.value[to - 1])) to--
  return slice(text, from, to)
}

/** What Python's `textwrap.dedent` gives: the white space that all lines share is removed. */
export function dedent(text: Text): Text {
  let margin: string | undefined
  for (const line of text.value.split('\n')) {
    if (line.trim() === '') continue
    const indent = line.slice(0, line.length - line.trimStart().length)
    if (margin === undefined) margin = indent
    else {
      let same = 0
      while (same < margin.length && margin[same] === indent[same]) same++
      margin = margin.slice(0, same)
    }
  }
  const lines = split(text, '\n').map((line) =>
    line.value.trim() === '' ? slice(line, line.value.length) : slice(line, (margin ?? '').length),
  )
  return concatenate(
    lines.flatMap((line, index) => (index === 0 ? [line] : [madeAt('\n', line.origins[0]?.at ?? elsewhere), line])),
  )
}
