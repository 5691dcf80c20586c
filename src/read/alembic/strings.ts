import type { SyntaxNode } from '@lezer/common'
import { childrenOf, type Source } from './source.ts'
import { concatenate, madeAt, type Origin, type Text } from './text.ts'

const escapes: { readonly [letter: string]: string } = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

interface Quotes {
  readonly raw: boolean
  readonly bytes: boolean
  /** The offsets of the first character inside the quotes and of the closing quote. */
  readonly from: number
  readonly to: number
}

function quotesOf(source: Source, node: SyntaxNode): Quotes {
  let from = node.from
  let prefix = ''
  while (from < node.to && source.text[from] !== '"' && source.text[from] !== "'") prefix += source.text[from++]
  const quote = source.text[from] ?? ''
  const width = source.text.startsWith(quote.repeat(3), from) && node.to - from >= 6 ? 3 : 1
  const lower = prefix.toLowerCase()
  return { raw: lower.includes('r'), bytes: lower.includes('b'), from: from + width, to: node.to - width }
}

/**
 * The value of the part of a string literal between two offsets, as Python reads it: escapes decoded
 * (https://docs.python.org/3/reference/lexical_analysis.html#string-and-bytes-literals), `{{` as `{` in a format string.
 * Undefined where a character is named (`\N{…}`), whose table Python has and we do not.
 */
function decode(source: Source, from: number, to: number, raw: boolean, format: boolean): Text | undefined {
  let value = ''
  const origins: Origin[] = [{ offset: 0, at: from, verbatim: true }]
  const resume = (at: number): void => {
    if (at < to) origins.push({ offset: value.length, at, verbatim: true })
  }
  const made = (text: string, at: number, next: number): number => {
    if (text !== '') origins.push({ offset: value.length, at, verbatim: false })
    value += text
    resume(next)
    return next
  }
  let at = from
  while (at < to) {
    const char = source.text[at] ?? ''
    if (char === '\\' && !raw) {
      const next = source.text[at + 1] ?? ''
      const digits = (pattern: RegExp, start: number): string => {
        pattern.lastIndex = start
        return pattern.exec(source.text)?.[0] ?? ''
      }
      const code = (text: string, radix: number, width: number): string | undefined => {
        const point = Number.parseInt(text, radix)
        return text.length < width || point > 0x10ffff ? undefined : String.fromCodePoint(point)
      }
      if (next === '\n') at = made('', at, at + 2)
      else if (next === 'N') return undefined
      else if (next === 'x' || next === 'u' || next === 'U') {
        const width = next === 'x' ? 2 : next === 'u' ? 4 : 8
        const hex = digits(/[0-9a-fA-F]*/y, at + 2).slice(0, width)
        const decoded = code(hex, 16, width)
        if (decoded === undefined) return undefined
        at = made(decoded, at, at + 2 + width)
      } else if (next >= '0' && next <= '7') {
        const octal = digits(/[0-7]*/y, at + 1).slice(0, 3)
        at = made(code(octal, 8, 1) ?? '', at, at + 1 + octal.length)
      } else if (escapes[next] !== undefined) at = made(escapes[next], at, at + 2)
      else {
        value += char
        at++
      }
    } else if (format && (char === '{' || char === '}') && source.text[at + 1] === char) {
      value += char
      at += 2
      resume(at)
    } else {
      value += char
      at++
    }
  }
  const distinct = origins.filter((origin, index) => origins[index + 1]?.offset !== origin.offset)
  return { value, origins: distinct.length > 0 ? distinct : [{ offset: 0, at: from, verbatim: true }] }
}

/** The value of a `String` node. Undefined for bytes, and for characters given by name. */
export function stringValue(source: Source, node: SyntaxNode): Text | undefined {
  const quotes = quotesOf(source, node)
  if (quotes.bytes) return undefined
  return decode(source, quotes.from, Math.max(quotes.from, quotes.to), quotes.raw, false)
}

/**
 * The value of a `FormatString` node; `replacement` gives the text of each `{…}`. Undefined as soon as one part is.
 * What a `{…}` gives is generated at its place, wherever its value was written.
 */
export function formatStringValue(
  source: Source,
  node: SyntaxNode,
  replacement: (node: SyntaxNode) => string | undefined,
): Text | undefined {
  const quotes = quotesOf(source, node)
  const parts: Text[] = []
  let from = quotes.from
  let known = true
  const literal = (to: number): boolean => {
    const part = decode(source, from, to, quotes.raw, true)
    if (part) parts.push(part)
    return part !== undefined
  }
  for (const child of childrenOf(node)) {
    if (child.name !== 'FormatReplacement') continue
    const value = replacement(child)
    known &&= literal(child.from) && value !== undefined
    parts.push(madeAt(value ?? '', child.from))
    from = child.to
  }
  known &&= literal(Math.max(from, quotes.to))
  return known ? concatenate(parts) : undefined
}
