import { functionName } from './expressions.ts'
import { formatted, quotedName, quotedText } from './format.ts'
import { type Literal, literalFrom } from './literals.ts'
import type { FuncCall, Node, TypeName } from './pg-query.ts'
import { texts } from './types.ts'

/**
 * The text that an expression always gives: a string, strings joined with `||`, `format` with constants. Undefined where it depends on
 * anything else, where it is NULL, and where PostgreSQL would refuse it. test/parse/constants.test.ts holds it against a server.
 *
 * @param sql the expression as it is written
 */
export function constantText(node: Node, sql: string): Literal | undefined {
  const value = constant(node)
  if (value === undefined || value.text === null) return undefined
  const { text } = value
  const written = literalFrom(sql, 0, sql.length)
  return written?.text === text ? written : { text, offset: () => 0 }
}

/** A value as its type prints it; null for NULL. */
interface Value {
  readonly text: string | null
  readonly type: 'text' | 'number' | 'boolean'
}

const asText = (text: string | null): Value => ({ text, type: 'text' })

function constant(node: Node | undefined): Value | undefined {
  if (!node) return undefined
  if ('A_Const' in node) {
    const { isnull, ival, fval, boolval, sval } = node.A_Const
    if (isnull) return asText(null)
    if (sval) return asText(sval.sval ?? '')
    if (boolval) return { text: boolval.boolval ? 't' : 'f', type: 'boolean' }
    if (ival) return { text: String(ival.ival ?? 0), type: 'number' }
    // Others, such as 1e3, are printed in another way than they are written.
    const number = fval?.fval
    return number !== undefined && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(number)
      ? { text: number, type: 'number' }
      : undefined
  }
  if ('TypeCast' in node) return cast(constant(node.TypeCast.arg), node.TypeCast.typeName)
  if ('A_Expr' in node) {
    const { kind, name, lexpr, rexpr } = node.A_Expr
    return kind === 'AEXPR_OP' &&
      texts(name)
        .join('.')
        .replace(/^pg_catalog\./, '') === '||'
      ? joined(constant(lexpr), constant(rexpr))
      : undefined
  }
  return 'FuncCall' in node ? called(node.FuncCall) : undefined
}

/** Only to types that leave the text as it is. A name that is looked up is the same object, however it is printed. */
function cast(value: Value | undefined, type: TypeName | undefined): Value | undefined {
  if (!value || (type?.typmods ?? []).length > 0 || (type?.arrayBounds ?? []).length > 0) return undefined
  const name = texts(type?.names)
    .join('.')
    .replace(/^pg_catalog\./, '')
  if (name === 'text' || name === 'varchar') return asText(written(value))
  if (value.text === null || value.type !== 'text') return undefined
  if (name === 'name') return Buffer.byteLength(value.text) < 64 ? value : undefined
  const isPlain = quotedName(value.text) === value.text
  return /^reg(?:class|role|namespace)$/.test(name) && isPlain ? value : undefined
}

/** As a cast to text gives it; a boolean is printed by a letter otherwise. */
function written({ text, type }: Value): string | null {
  if (type !== 'boolean') return text
  return text === 't' ? 'true' : 'false'
}

function joined(left: Value | undefined, right: Value | undefined): Value | undefined {
  if (!left || !right || (left.type !== 'text' && right.type !== 'text')) return undefined
  const [before, behind] = [written(left), written(right)]
  return asText(before === null || behind === null ? null : before + behind)
}

function called(call: FuncCall): Value | undefined {
  const { args = [], func_variadic, agg_order, agg_filter, agg_distinct, agg_within_group, over } = call
  if (func_variadic || agg_order || agg_filter || agg_distinct || agg_within_group || over) return undefined
  const values = args.flatMap((node) => constant(node) ?? [])
  const [first, ...rest] = values
  if (!first || values.length < args.length) return undefined
  const { text } = first
  const isOne = rest.length === 0
  switch (functionName(call)) {
    case 'format': {
      if (first.type !== 'text') return undefined
      const result =
        text === null
          ? null
          : formatted(
              text,
              rest.map((each) => each.text),
            )
      return result === undefined ? undefined : asText(result)
    }
    case 'quote_ident':
      return isOne && first.type === 'text' ? asText(text === null ? null : quotedName(text)) : undefined
    case 'quote_literal':
      return isOne ? asText(text === null ? null : quotedText(written(first) ?? '')) : undefined
    case 'quote_nullable':
      return isOne ? asText(text === null ? 'NULL' : quotedText(written(first) ?? '')) : undefined
    case 'concat':
      return asText(values.map((each) => each.text ?? '').join(''))
    default:
      return undefined
  }
}
