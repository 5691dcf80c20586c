import { tokens } from './lexer.ts'

/** A string as SQL understands it, with the way back to where its characters are written. */
export interface Literal {
  readonly text: string
  /** From an offset in `text` to the offset in the SQL around it. */
  readonly offset: (inside: number) => number
}

/** The first string from `from` on, outside of comments. Undefined where there is none before `end`. */
export function literalFrom(sql: string, from: number, end: number): Literal | undefined {
  for (const token of tokens(sql, from)) {
    if (token.start >= end) return undefined
    if (token.kind === 'literal') return literalAt(sql, token.start, token.end)
  }
  return undefined
}

function literalAt(sql: string, start: number, end: number): Literal | undefined {
  const dollar = /^\$[^$]*\$/.exec(sql.slice(start, end))?.[0]
  if (dollar !== undefined) {
    const first = start + dollar.length
    return { text: sql.slice(first, end - dollar.length), offset: (inside) => first + inside }
  }
  if (sql[start] !== "'") return undefined
  const first = start + 1
  const inner = sql.slice(first, end - 1)
  if (!inner.includes("'")) return { text: inner, offset: (inside) => first + inside }
  return {
    text: inner.replaceAll("''", "'"),
    offset: (inside) => {
      let at = first
      for (let count = 0; count < inside; count++) at += sql.startsWith("''", at) ? 2 : 1
      return at
    },
  }
}
