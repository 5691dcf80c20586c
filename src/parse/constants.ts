import { functionName } from './expressions.ts'
import { type Literal, literalFrom } from './literals.ts'
import { constantOf } from './options.ts'
import type { Node } from './pg-query.ts'
import { quoted, texts } from './types.ts'

/**
 * The text that an expression always gives: a string, strings joined with `||`, `format` with constants. Undefined where it depends on
 * anything else.
 *
 * @param sql the expression as it is written
 */
export function constantText(node: Node, sql: string): Literal | undefined {
  const text = constant(node)
  if (text === undefined) return undefined
  const written = literalFrom(sql, 0, sql.length)
  return written?.text === text ? written : { text, offset: () => 0 }
}

function constant(node: Node | undefined): string | undefined {
  if (!node) return undefined
  if ('A_Const' in node || 'TypeCast' in node) return constantOf(node)
  if ('A_Expr' in node && node.A_Expr.kind === 'AEXPR_OP' && texts(node.A_Expr.name).at(-1) === '||') {
    const left = constant(node.A_Expr.lexpr)
    const right = constant(node.A_Expr.rexpr)
    return left === undefined || right === undefined ? undefined : left + right
  }
  if (!('FuncCall' in node)) return undefined
  const values = (node.FuncCall.args ?? []).map(constant)
  if (values.some((value) => value === undefined)) return undefined
  const [first = '', ...rest] = values as string[]
  switch (functionName(node.FuncCall)) {
    case 'format':
      return formatted(first, rest)
    case 'quote_ident':
      return quoted(first)
    case 'quote_literal':
      return literal(first)
    case 'concat':
      return [first, ...rest].join('')
    default:
      return undefined
  }
}

/** https://www.postgresql.org/docs/current/functions-string.html#FUNCTIONS-STRING-FORMAT, without widths and positions. */
function formatted(pattern: string, values: readonly string[]): string | undefined {
  let next = 0
  let isKnown = true
  const text = pattern.replace(/%(%|[sIL]|[^%sIL]|$)/g, (_, kind: string) => {
    if (kind === '%') return '%'
    const value = values[next++]
    if (value === undefined || !['s', 'I', 'L'].includes(kind)) {
      isKnown = false
      return ''
    }
    return kind === 's' ? value : kind === 'I' ? quoted(value) : literal(value)
  })
  return isKnown ? text : undefined
}

function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}
