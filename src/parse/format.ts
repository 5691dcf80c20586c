import { keywords } from '../model/keywords.ts'

/** A name as quote_ident gives it. */
export function quotedName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !keywords.has(name) ? name : `"${name.replaceAll('"', '""')}"`
}

/** A string as quote_literal gives it. */
export function quotedText(text: string): string {
  const quoted = `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`
  return text.includes('\\') ? `E${quoted}` : quoted
}

const specifier = /%(?:%|(?:(\d+)\$)?(-*)(?:\*(?:(\d+)\$)?|(\d+))?([sIL])|)/g

/** Nobody means a wider one; PostgreSQL would take it. */
const widest = 10_000

/**
 * What PostgreSQL's format() gives: https://www.postgresql.org/docs/current/functions-string.html#FUNCTIONS-STRING-FORMAT, with positions and
 * widths. Undefined where it would refuse.
 *
 * @param values as their types print them; null for NULL
 */
export function formatted(pattern: string, values: readonly (string | null)[]): string | undefined {
  let next = 0
  let isRefused = false
  const take = (position: string | undefined): string | null => {
    const at = position === undefined ? next : Number(position) - 1
    next = at + 1
    const value = values[at]
    if (value === undefined) isRefused = true
    return value ?? null
  }
  const text = pattern.replace(
    specifier,
    (whole: string, position?: string, minus = '', widthPosition?: string, digits?: string, kind?: string) => {
      if (whole === '%%') return '%'
      if (kind === undefined) isRefused = true
      const isIndirect = whole.includes('*')
      const given = isIndirect ? (take(widthPosition) ?? '0') : (digits ?? '0')
      const width = /^\s*[-+]?\d+\s*$/.test(given) ? Number(given) : Number.NaN
      if (!(Math.abs(width) <= widest)) isRefused = true
      const value = take(position)
      if (value === null && kind === 'I') isRefused = true
      return isRefused ? '' : padded(conversion(kind, value), width, minus !== '')
    },
  )
  return isRefused ? undefined : text
}

function conversion(kind: string | undefined, value: string | null): string {
  if (kind === 'L') return value === null ? 'NULL' : quotedText(value)
  return kind === 'I' ? quotedName(value ?? '') : (value ?? '')
}

/** A negative width means the left side too. */
function padded(text: string, width: number, isLeft: boolean): string {
  const blank = ' '.repeat(Math.max(0, Math.abs(width) - [...text].length))
  return isLeft || width < 0 ? text + blank : blank + text
}
