/**
 * Text from a pull request (names, paths, SQL, messages that quote them) made inert for where it is shown: it can be read,
 * and it formats, links, mentions and commands nothing. Whatever cannot be seen is written out.
 */

/** Longer than any identifier that PostgreSQL keeps (63 bytes) and than most paths. */
const wordLimit = 160

/** Controls, formats (bidirectional overrides, zero-width characters), line separators and lone surrogates. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/** Each character that cannot be seen, by its picture (`␛`) or its number (`⟨U+202E⟩`). */
export function visible(text: string): string {
  return text.replace(unseen, (character) => {
    const point = character.codePointAt(0) ?? 0
    if (point < 0x20) return String.fromCodePoint(0x2400 + point)
    if (point === 0x7f) return '␡'
    return `⟨U+${point.toString(16).toUpperCase().padStart(4, '0')}⟩`
  })
}

/** One line: a line break or a tab becomes a space, everything unseen is written out, and overlong words are shortened. */
export function line(text: string): string {
  return words(visible(text.trim().replace(/[\r\n\t ]+/g, ' ')))
}

/** Several lines, as in a listing of SQL: line breaks stay, tabs become spaces. */
export function block(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\t/g, '    ').split('\n')
  return lines.map((one) => words(visible(one)).trimEnd()).join('\n')
}

/**
 * The log of a GitHub job: a runner takes a line that begins with `::`, or holds `##[`, for a command, wherever it comes from.
 * A backslash is put into either.
 */
export function withoutCommands(text: string): string {
  return text.replace(/^(\s*)(?=::)/gm, '$1\\').replaceAll('##[', '##\\[')
}

/** At most `limit` characters, with the number of those left out. */
export function shorten(text: string, limit: number): string {
  const characters = [...text]
  if (characters.length <= limit) return text
  const head = Math.ceil((limit * 3) / 4)
  const tail = limit - head
  const left = characters.length - limit
  return `${characters.slice(0, head).join('')}…(${left} more characters)…${characters.slice(-tail).join('')}`
}

function words(text: string): string {
  return text.replace(/\S+/gu, (word) => (word.length > wordLimit ? shorten(word, wordLimit) : word))
}

const zeroWidthSpace = '&#8203;'

/**
 * Prose in Markdown. Characters that Markdown, HTML or GitHub's formulas would take for markup become character references.
 * Mentions, issue numbers, links and emoji codes are found by GitHub *after* those are resolved, so a zero-width space
 * stands in the middle of them.
 */
export function prose(text: string): string {
  return unmarked(line(text))
}

function unmarked(text: string): string {
  return text
    .replace(/[&<>"'`*[\]\\|~!$^]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, reference)
    .replace(/^(#+|[-+=]+|\d+[.)])(?=\s|$)/, (start) => [...start].map(reference).join(''))
    .replace(/@/g, `@${zeroWidthSpace}`)
    .replace(/(?<!&)#(?=\w)/g, `#${zeroWidthSpace}`)
    .replace(/\b(GH-)(?=\d)/gi, `$1${zeroWidthSpace}`)
    .replace(/:(?=\/\/|[a-z0-9_+-]+:)/gi, `:${zeroWidthSpace}`)
    .replace(/\b(www)\.(?=\S)/gi, `$1${zeroWidthSpace}.`)
}

/** Text between HTML tags, or in a double-quoted attribute. */
export function html(text: string): string {
  return escaped(line(text))
}

/** The same for several lines. */
export function htmlBlock(text: string): string {
  return escaped(block(text))
}

/** The same for what must stay whole to be of use, such as a path or an address. */
export function htmlWhole(text: string): string {
  return escaped(visible(text))
}

/** Also inert where the page itself is printed to the log of a job: see `withoutCommands`. */
function escaped(text: string): string {
  return text.replace(/[&<>"']|(?<=^\s*):(?=:)|#(?=#\[)/gm, reference)
}

/** A name in HTML, where Markdown's backticks have no meaning, such as in a `summary`. Nothing is linked inside of `code`. */
export function htmlCode(text: string): string {
  return `<code>${html(text)}</code>`
}

/** A name in Markdown, also in a cell of a table: there a `|` ends the cell even between backticks. */
export function code(text: string): string {
  const inside = line(text)
  if (inside.includes('|') || inside === '') return `<code>${unmarked(inside)}</code>`
  const fence = '`'.repeat(longestRun(inside) + 1)
  const pad = inside.startsWith('`') || inside.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${inside}${pad}${fence}`
}

/** A listing in Markdown. Its fence is longer than any run of backticks in it. */
export function fenced(text: string, language: string): string {
  const inside = block(text)
  const fence = '`'.repeat(Math.max(3, longestRun(inside) + 1))
  return `${fence}${language}\n${inside}\n${fence}`
}

/** A name in a chart of Mermaid's, whose language has no quotes: what could mean something there is a dot. */
export function label(text: string): string {
  const plain = visible(text).replace(/[^\p{L}\p{N}_.$ -]/gu, '·')
  return plain.length > 40 ? `${plain.slice(0, 39)}…` : plain || '·'
}

/** A link target in Markdown or HTML: each segment of a path encoded. */
export function pathInUrl(path: string): string {
  const encode = (segment: string) =>
    encodeURIComponent(segment.toWellFormed()).replace(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    )
  return path.split('/').map(encode).join('/')
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))
}

function reference(character: string): string {
  return `&#${character.codePointAt(0)};`
}
