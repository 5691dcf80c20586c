import type { Expression, Name } from '../model/operation.ts'
import type { FuncCall, Node, RangeVar } from './pg-query.ts'
import type { Source } from './source.ts'
import { texts } from './types.ts'
import { volatilityOf } from './volatility.ts'

/** What an expression or a query names. */
interface Named {
  readonly calls: string[]
  readonly columns: string[]
  readonly relations: RangeVar[]
  /** WITH queries, which are no tables. */
  readonly local: Set<string>
  hasUnknownOperator: boolean
}

const ownOperators = new Set(
  '+ - * / % ^ |/ ||/ @ & | # ~ << >> = <> != < > <= >= || ~~ !~~ ~~* !~~* ~* !~ !~* -> ->> #> #>> @> <@ ? ?| ?& && @@ @? -|- &< &> ^@'.split(
    ' ',
  ),
)

/** @param sql the expression as it is written */
export function expression(node: Node | undefined, sql: string): Expression {
  // Most defaults are constants.
  if (node && 'A_Const' in node) return { sql, calls: [], columns: [], volatility: 'immutable' }
  const { calls, columns, hasUnknownOperator } = namesIn(node)
  const each = calls.map(volatilityOf)
  const volatility = each.includes('volatile')
    ? 'volatile'
    : each.includes('unknown') || hasUnknownOperator
      ? 'unknown'
      : each.includes('stable')
        ? 'stable'
        : 'immutable'
  return { sql, calls: [...new Set(calls)], columns: [...new Set(columns)], volatility }
}

/** The tables and functions of a query, or of several parts of one. */
export function readsAndCalls(
  nodes: readonly unknown[],
  { names, withQueries = [] }: Pick<Source, 'names' | 'withQueries'>,
): { reads: Name[]; calls: string[] } {
  const found = empty()
  for (const name of withQueries) found.local.add(name)
  for (const node of nodes) collect(node, found)
  const reads = found.relations.flatMap((relation) =>
    relation.schemaname === undefined && found.local.has(relation.relname ?? '') ? [] : names.relation(relation),
  )
  return { reads: [...new Set(reads)], calls: [...new Set(found.calls)] }
}

/** The function's name, with its schema where that is written and is not PostgreSQL's own. */
export function functionName(call: FuncCall): string {
  const parts = texts(call.funcname)
  return (parts[0] === 'pg_catalog' ? parts.slice(1) : parts).join('.')
}

/** The text of a constant string, also with a cast. */
export function stringOf(node: Node | undefined): string | undefined {
  if (!node) return undefined
  if ('TypeCast' in node) return stringOf(node.TypeCast.arg)
  return 'A_Const' in node ? node.A_Const.sval?.sval : undefined
}

function namesIn(node: unknown): Named {
  const found = empty()
  collect(node, found)
  return found
}

function empty(): Named {
  return { calls: [], columns: [], relations: [], local: new Set(), hasUnknownOperator: false }
}

function collect(value: unknown, found: Named): void {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const each of value) collect(each, found)
    return
  }
  // Trees are plain objects that JSON.parse made: there is nothing inherited.
  for (const key in value) {
    const child = (value as { readonly [key: string]: unknown })[key]
    if (typeof child !== 'object') continue
    switch (key) {
      case 'FuncCall':
        found.calls.push(functionName(child as FuncCall))
        break
      case 'SQLValueFunction':
        found.calls.push(
          String((child as { op?: string }).op)
            .replace(/^SVFOP_|_N$/g, '')
            .toLowerCase(),
        )
        break
      case 'ColumnRef': {
        const column = texts((child as { fields?: Node[] }).fields).at(-1)
        if (column) found.columns.push(column)
        break
      }
      case 'RangeVar':
        found.relations.push(child as RangeVar)
        break
      case 'CommonTableExpr':
        found.local.add((child as { ctename?: string }).ctename ?? '')
        break
      case 'A_Expr': {
        const { kind, name } = child as { kind?: string; name?: Node[] }
        const operator = texts(name).at(-1) ?? ''
        if ((kind === 'AEXPR_OP' || kind?.startsWith('AEXPR_OP_')) && !ownOperators.has(operator)) {
          found.hasUnknownOperator = true
        }
        break
      }
    }
    collect(child, found)
  }
}
