import type { CreateIndex, IndexKey } from '../model/operation.ts'
import { expression } from './expressions.ts'
import { storageOptions } from './options.ts'
import type { IndexElem, IndexStmt, Node } from './pg-query.ts'
import { clauseSpan, parenthesized, parts, type Source, type Span, textOf } from './source.ts'
import { texts } from './types.ts'

export function createIndex(statement: IndexStmt, source: Source): CreateIndex {
  const { at, names, sql, span, offset } = source
  const elements = elementsOf(statement.indexParams)
  const list = parenthesized(sql, offset(statement.relation?.location))
  const spans = list && elements.some(({ expr }) => expr) ? parts(sql, list) : []
  const keys = elements.map((element, index) => keyOf(element, spans[index], sql))
  // No parenthesis follows the keys but those of INCLUDE and WITH, so WHERE is found behind the list.
  const where =
    statement.whereClause && clauseSpan(sql, { start: (list?.end ?? span.start - 1) + 1, end: span.end }, 'WHERE', [])
  const hasExpression = elements.some(({ name }) => name === undefined)
  return {
    kind: 'create-index',
    at,
    table: names.relation(statement.relation),
    index: statement.idxname,
    keys,
    columns: elements.flatMap(({ name }) => name ?? []),
    include: elementsOf(statement.indexIncludingParams).flatMap(({ name }) => name ?? []),
    where: statement.whereClause && expression(statement.whereClause, where ? textOf(sql, where) : ''),
    partial: statement.whereClause !== undefined || hasExpression,
    method: statement.accessMethod ?? 'btree',
    concurrently: statement.concurrent ?? false,
    only: statement.relation?.inh !== true,
    unique: statement.unique ?? false,
    nullsNotDistinct: statement.nulls_not_distinct ?? false,
    ifNotExists: statement.if_not_exists ?? false,
    options: storageOptions(statement.options),
    tablespace: statement.tableSpace,
  }
}

function elementsOf(nodes: readonly Node[] | undefined): IndexElem[] {
  return (nodes ?? []).flatMap((node) => ('IndexElem' in node ? node.IndexElem : []))
}

function keyOf(element: IndexElem, span: Span | undefined, sql: string): IndexKey {
  const { name, expr, collation, opclass, ordering, nulls_ordering: nulls } = element
  return {
    column: name,
    expression: expr && expression(expr, span ? expressionText(sql, span) : ''),
    collation: collation && texts(collation).join('.'),
    operatorClass: opclass && texts(opclass).join('.'),
    descending: ordering === 'SORTBY_DESC',
    nulls: nulls === 'SORTBY_NULLS_FIRST' ? 'first' : nulls === 'SORTBY_NULLS_LAST' ? 'last' : undefined,
  }
}

/** Without the parentheses around it, and without what follows it: a function call, or anything in parentheses. */
function expressionText(sql: string, { start, end }: Span): string {
  const inner = parenthesized(sql, start)
  if (!inner || inner.end > end) return textOf(sql, { start, end })
  return sql[start] === '(' ? textOf(sql, inner) : sql.slice(start, inner.end + 1)
}
