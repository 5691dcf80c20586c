/**
 * Python that `@lezer/python` does not accept, written so that it does: with the same length, so that every place stays the same. Names
 * and values are read from the file as written; what is left out here (a target after `as`, the pattern after `case`) is not known then,
 * which is the honest way for what the reader does not follow. `test/read/alembic/grammar.test.ts` has each of these, run by Python too.
 */
export function acceptable(text: string): string {
  const code = withoutText(text)
  const copy = [...text.split('')]
  const put = (from: number, to: number, with_: string): void => {
    for (let at = from; at < to; at++) copy[at] = with_[at - from] ?? ' '
  }
  // `1.` without a digit after the point.
  for (const match of code.matchAll(/(?<![\w.])\d[\d_]*\.(?![\w.])/g)) put(endOf(match) - 1, endOf(match), ' ')
  // `yield` without a value; a function with one is not followed.
  for (const match of code.matchAll(/\byield(?=[ \t\uE000]*(?:[)\]},;]|$))/gm)) put(match.index, endOf(match), 'None')
  // The starred name of `for a, *b in …`, under which nothing is found afterwards.
  for (const match of code.matchAll(/\bfor\b[^\n:]*?\bin\b/g))
    for (const star of match[0].matchAll(/\*\s*\w+/g))
      put(match.index + star.index, match.index + endOf(star), '_'.repeat(star[0].length))
  for (const match of code.matchAll(/^[ \t]*case[ \t]+(?=[^\s=:.,)\]])/gm)) {
    const end = closing(code, endOf(match), ':')
    if (end !== undefined) put(endOf(match), end, '_')
  }
  for (const match of code.matchAll(/^[ \t]*(?:async[ \t]+)?with\b/gm)) openWith(code, endOf(match), put)
  return copy.join('')
}

type Put = (from: number, to: number, with_: string) => void

/** `with (a as b, c as d):` without its parentheses and on one line, and `as` without targets that are not names. */
function openWith(code: string, start: number, put: Put): void {
  const end = closing(code, start, ':')
  if (end === undefined) return
  const header = code.slice(start, end)
  for (const match of header.matchAll(/\bas\s+(?=\(|\w+\s*[.[])/g)) {
    const from = start + endOf(match)
    const last = code[from] === '(' ? closing(code, from + 1, ')') : start + endOfTarget(header, endOf(match)) - 1
    if (last !== undefined) put(start + match.index, last + 1, '')
  }
  const open = start + (header.length - header.trimStart().length)
  const close = code[open] === '(' ? closing(code, open + 1, ')') : undefined
  if (close === undefined || code.slice(close + 1, end).trim() !== '') return
  const inside = code.slice(open + 1, close)
  if (!/\bas\b/.test(inside)) return
  put(open, open + 1, ' ')
  put(close, close + 1, ' ')
  const comma = /,\s*$/.exec(inside)
  if (comma) put(open + 1 + comma.index, open + 2 + comma.index, ' ')
  let depth = 0
  for (const [at, char] of [...inside.split('')].entries()) {
    if ('([{'.includes(char)) depth++
    if (')]}'.includes(char)) depth--
    if (depth === 0 && (char === '\n' || char === comment)) put(open + 1 + at, open + 2 + at, ' ')
  }
}

/** The end of `self.a["b"]`. */
function endOfTarget(header: string, from: number): number {
  let at = from
  while (at < header.length && /[\w.]/.test(header[at] ?? '')) at++
  if (header[at] !== '[') return at
  return (closing(header, at + 1, ']') ?? at) + 1
}

/** Where `mark` stands outside of the brackets that open after `from`. Undefined: the line ends before. */
function closing(code: string, from: number, mark: string): number | undefined {
  let depth = 0
  for (let at = from; at < code.length; at++) {
    const char = code[at] ?? ''
    if (depth === 0 && char === mark) return at
    if ('([{'.includes(char)) depth++
    else if (')]}'.includes(char)) depth--
    else if (depth === 0 && char === '\n' && mark === ':' && code[at - 1] !== '\\') return undefined
    if (depth < 0) return undefined
  }
  return undefined
}

function endOf(match: RegExpMatchArray): number {
  return (match.index ?? 0) + match[0].length
}

/** Stands for each character of a comment. */
const comment = '\uE000'

/** The code with the characters of strings and comments replaced, so that nothing in them is taken for code. */
function withoutText(text: string): string {
  const pattern =
    /("""|''')(?:\\[\s\S]|(?!\1)[\s\S])*(?:\1|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|#[^\n]*/g
  return text.replace(pattern, (part) => {
    if (part.startsWith('#')) return comment.repeat(part.length)
    return part.replace(/[^\n]/g, '"')
  })
}
