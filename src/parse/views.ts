import type { Name, Operation, OutputColumn, Outputs } from '../model/operation.ts'
import { readsAndCalls } from './expressions.ts'
import { storageOptions } from './options.ts'
import type { Node, SelectStmt, ViewStmt } from './pg-query.ts'
import type { Source } from './source.ts'
import { texts } from './types.ts'

export function createView(statement: ViewStmt, source: Source): Operation {
  const { view, aliases, query, replace = false, options } = statement
  const reading = readsAndCalls([query], source)
  return {
    kind: 'create-view',
    at: source.at,
    view: source.names.created(view),
    replace,
    temporary: view?.relpersistence === 't',
    options: storageOptions(options),
    outputs: outputsOf(query, texts(aliases), source),
    ...reading,
  }
}

/** @param given the names that the statement gives to the first columns */
export function outputsOf(query: Node | undefined, given: readonly string[], source: Source): Outputs {
  const found = query && 'SelectStmt' in query ? columnsOf(query.SelectStmt, source) : undefined
  if (given.length === 0) return found
  const isOpen = found?.some(({ name }) => name === '*') ?? true
  // Fewer names than columns may be given; the rest keep the query's.
  if (isOpen) return given.map((name) => ({ name, source: undefined }))
  return found?.map((column, index) => ({ ...column, name: given[index] ?? column.name }))
}

/** By the rules of FigureColname in src/backend/parser/parse_target.c, as far as they need no catalog. */
function columnsOf(select: SelectStmt, source: Source): Outputs {
  if (select.op !== 'SETOP_NONE' && select.larg) {
    // What the other side adds may change the types.
    return columnsOf(select.larg, source)?.map(({ name }) => ({ name, source: undefined }))
  }
  if (!select.targetList) return undefined
  const only = onlyTable(select, source)
  const columns: OutputColumn[] = []
  for (const target of select.targetList) {
    if (!('ResTarget' in target)) return undefined
    const { name, val } = target.ResTarget
    const shown = name ?? nameOf(val)
    if (shown === undefined || (shown === '*' && !only)) return undefined
    const column = val && 'ColumnRef' in val ? nameOf(val) : undefined
    columns.push({ name: shown, source: only && column !== undefined ? { table: only, column } : undefined })
  }
  return columns.some(({ name, source }) => name === '*' && !source) ? undefined : columns
}

/** The table of a query that has one. */
function onlyTable({ fromClause = [], withClause }: SelectStmt, { names }: Source): Name | undefined {
  const [first] = fromClause
  const range = first && 'RangeVar' in first && fromClause.length === 1 ? first.RangeVar : undefined
  return range && !withClause && !range.alias?.colnames ? names.relation(range) : undefined
}

function nameOf(node: Node | undefined): string | undefined {
  if (!node) return undefined
  if ('ColumnRef' in node) {
    const last = node.ColumnRef.fields?.at(-1)
    return last && 'A_Star' in last ? '*' : last && 'String' in last ? last.String.sval : undefined
  }
  if ('FuncCall' in node) return texts(node.FuncCall.funcname).at(-1)
  if ('TypeCast' in node) {
    const inner = nameOf(node.TypeCast.arg)
    return inner === undefined || inner === '?column?' ? texts(node.TypeCast.typeName?.names).at(-1) : inner
  }
  if ('CoalesceExpr' in node) return 'coalesce'
  return 'A_Const' in node || 'A_Expr' in node || 'BoolExpr' in node ? '?column?' : undefined
}
