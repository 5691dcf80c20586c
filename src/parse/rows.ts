import type { Operation } from '../model/operation.ts'
import { readsAndCalls } from './expressions.ts'
import type { DeleteStmt, InsertStmt, MergeStmt, Node, UpdateStmt, WithClause } from './pg-query.ts'
import { clause, type Source } from './source.ts'
import { texts } from './types.ts'

export function insert(statement: InsertStmt, source: Source): Operation[] {
  const { relation, cols, selectStmt, withClause, onConflictClause } = statement
  const conflict = onConflictClause?.action
  return [
    ...insideWith(withClause, source),
    {
      kind: 'insert',
      at: source.at,
      table: source.names.relation(relation),
      columns: assigned(cols),
      source: sourceOf(selectStmt),
      ...largestIn(assigned(cols), selectStmt),
      onConflict:
        conflict === 'ONCONFLICT_NOTHING' ? 'nothing' : conflict === 'ONCONFLICT_UPDATE' ? 'update' : undefined,
      ...readsAndCalls([withClause, selectStmt, onConflictClause], source),
    },
  ]
}

function sourceOf(select: Node | undefined): 'values' | 'query' | 'defaults' {
  if (!select) return 'defaults'
  return 'SelectStmt' in select && select.SelectStmt.valuesLists ? 'values' : 'query'
}

/** Nothing where no column has such a number. */
function largestIn(
  columns: readonly string[],
  select: Node | undefined,
): { readonly largest?: Record<string, number> } {
  const rows = select && 'SelectStmt' in select ? (select.SelectStmt.valuesLists ?? []) : []
  if (rows.length === 0) return {}
  const found = columns.flatMap((column, index): [string, number][] => {
    const numbers = rows.map((row) => ('List' in row ? wholeNumber(row.List.items?.[index]) : undefined))
    const known = numbers.flatMap((number) => number ?? [])
    return known.length === rows.length ? [[column, known.reduce((a, b) => Math.max(a, b))]] : []
  })
  return found.length > 0 ? { largest: Object.fromEntries(found) } : {}
}

/** `5` and `-5`; undefined for all else. */
function wholeNumber(node: Node | undefined): number | undefined {
  if (!node) return undefined
  if ('A_Const' in node) {
    const { isnull, ival } = node.A_Const
    return ival && !isnull ? (ival.ival ?? 0) : undefined
  }
  if (!('A_Expr' in node) || node.A_Expr.lexpr || texts(node.A_Expr.name).join('.') !== '-') return undefined
  const number = wholeNumber(node.A_Expr.rexpr)
  return number === undefined ? undefined : -number
}

export function update(statement: UpdateStmt, source: Source): Operation[] {
  const { relation, targetList, whereClause, fromClause = [], withClause } = statement
  return [
    ...insideWith(withClause, source),
    {
      kind: 'update',
      at: source.at,
      table: source.names.relation(relation),
      columns: assigned(targetList),
      where: whereText(statement, source),
      pinned: pinned(whereClause),
      bounded: isBounded(whereClause, fromClause, withClause),
      ...readsAndCalls([withClause, targetList, fromClause, whereClause], source),
    },
  ]
}

export function remove(statement: DeleteStmt, source: Source): Operation[] {
  const { relation, whereClause, usingClause = [], withClause } = statement
  return [
    ...insideWith(withClause, source),
    {
      kind: 'delete',
      at: source.at,
      table: source.names.relation(relation),
      where: whereText(statement, source),
      pinned: pinned(whereClause),
      bounded: isBounded(whereClause, usingClause, withClause),
      ...readsAndCalls([withClause, usingClause, whereClause], source),
    },
  ]
}

/** Each action of a MERGE, with its ON condition as the rows that it may reach. */
export function merge(statement: MergeStmt, source: Source): Operation[] {
  const { at, sql, span } = source
  const table = source.names.relation(statement.relation)
  const where = clause(sql, span, 'ON', ['WHEN'])
  const { withClause, sourceRelation, joinCondition, mergeWhenClauses } = statement
  const query = readsAndCalls([withClause, sourceRelation, joinCondition, mergeWhenClauses], source)
  const actions = (mergeWhenClauses ?? []).flatMap((node): Operation[] => {
    if (!('MergeWhenClause' in node)) return []
    const { commandType, targetList } = node.MergeWhenClause
    if (commandType === 'CMD_INSERT') {
      const columns = assigned(targetList)
      return [{ kind: 'insert', at, table, columns, source: 'query', onConflict: undefined, ...query }]
    }
    const reach = { at, table, where, pinned: [], bounded: false, ...query }
    if (commandType === 'CMD_UPDATE') return [{ kind: 'update', ...reach, columns: assigned(targetList) }]
    return commandType === 'CMD_DELETE' ? [{ kind: 'delete', ...reach }] : []
  })
  const all = [...insideWith(withClause, source), ...actions]
  return all.length > 0 ? all : [{ kind: 'other', at, statement: 'MergeStmt' }]
}

/** What the WITH queries of a statement change. */
export function insideWith(clauseOfWith: WithClause | undefined, source: Source): Operation[] {
  if (!clauseOfWith) return []
  const own = (clauseOfWith.ctes ?? []).flatMap((node) =>
    'CommonTableExpr' in node ? (node.CommonTableExpr.ctename ?? []) : [],
  )
  const within = { ...source, withQueries: [...(source.withQueries ?? []), ...own] }
  return queriesOf(clauseOfWith).flatMap((query) => {
    if ('InsertStmt' in query) return insert(query.InsertStmt, within)
    if ('UpdateStmt' in query) return update(query.UpdateStmt, within)
    if ('DeleteStmt' in query) return remove(query.DeleteStmt, within)
    if ('MergeStmt' in query) return merge(query.MergeStmt, within)
    return []
  })
}

function queriesOf(clauseOfWith: WithClause | undefined): Node[] {
  return (clauseOfWith?.ctes ?? []).flatMap((node) =>
    'CommonTableExpr' in node ? (node.CommonTableExpr.ctequery ?? []) : [],
  )
}

function assigned(targets: readonly Node[] = []): string[] {
  return targets.flatMap((node) => ('ResTarget' in node ? (node.ResTarget.name ?? []) : []))
}

function whereText({ relation, whereClause }: UpdateStmt | DeleteStmt, source: Source): string | undefined {
  if (!whereClause) return undefined
  // From the table's name on: a WITH query before it may hold a WHERE of its own, and so may one around it after.
  const span = { start: source.offset(relation?.location), end: source.span.end }
  return clause(source.sql, span, 'WHERE', ['RETURNING'])
}

/** The conditions that all must hold. */
function conjuncts(condition: Node | undefined): Node[] {
  if (!condition) return []
  if ('BoolExpr' in condition && condition.BoolExpr.boolop === 'AND_EXPR') {
    return (condition.BoolExpr.args ?? []).flatMap(conjuncts)
  }
  return [condition]
}

function columnOf(node: Node | undefined): string | undefined {
  return node && 'ColumnRef' in node ? texts(node.ColumnRef.fields).at(-1) : undefined
}

function isConstant(node: Node | undefined): boolean {
  if (!node) return false
  if ('TypeCast' in node) return isConstant(node.TypeCast.arg)
  if ('List' in node) return (node.List.items ?? []).every(isConstant)
  if ('A_ArrayExpr' in node) return (node.A_ArrayExpr.elements ?? []).every(isConstant)
  return 'A_Const' in node || 'ParamRef' in node
}

function pinned(where: Node | undefined): string[] {
  const columns = conjuncts(where).flatMap((condition) => {
    if (!('A_Expr' in condition)) return []
    const { kind, name, lexpr, rexpr } = condition.A_Expr
    if (texts(name).at(-1) !== '=' || (kind !== 'AEXPR_OP' && kind !== 'AEXPR_IN' && kind !== 'AEXPR_OP_ANY')) return []
    if (isConstant(rexpr)) return columnOf(lexpr) ?? []
    return kind === 'AEXPR_OP' && isConstant(lexpr) ? (columnOf(rexpr) ?? []) : []
  })
  return [...new Set(columns)]
}

/** A number of rows (a query with LIMIT names them), or a range of one column closed on both sides, or one cursor's row. */
function isBounded(where: Node | undefined, from: readonly Node[], withClause: WithClause | undefined): boolean {
  const lower = new Set<string>()
  const upper = new Set<string>()
  for (const condition of conjuncts(where)) {
    if ('CurrentOfExpr' in condition) return true
    if (
      'SubLink' in condition &&
      condition.SubLink.subLinkType === 'ANY_SUBLINK' &&
      isLimited(condition.SubLink.subselect)
    ) {
      return true
    }
    if (!('A_Expr' in condition)) continue
    const { kind, name, lexpr, rexpr } = condition.A_Expr
    if (kind === 'AEXPR_BETWEEN') return true
    if (kind === 'AEXPR_OP_ANY' && rexpr && 'SubLink' in rexpr && isLimited(rexpr.SubLink.subselect)) return true
    if (kind !== 'AEXPR_OP') continue
    if (rexpr && 'SubLink' in rexpr && isLimited(rexpr.SubLink.subselect)) return true
    const operator = texts(name).at(-1)
    const left = columnOf(lexpr)
    const right = columnOf(rexpr)
    if (operator === '>' || operator === '>=') {
      if (left !== undefined) lower.add(left)
      if (right !== undefined) upper.add(right)
    }
    if (operator === '<' || operator === '<=') {
      if (left !== undefined) upper.add(left)
      if (right !== undefined) lower.add(right)
    }
  }
  if ([...lower].some((column) => upper.has(column))) return true
  const joined = from.flatMap((node) => ('RangeSubselect' in node ? (node.RangeSubselect.subquery ?? []) : []))
  return [...joined, ...queriesOf(withClause)].some(isLimited)
}

function isLimited(query: Node | undefined): boolean {
  return query !== undefined && 'SelectStmt' in query && query.SelectStmt.limitCount !== undefined
}
