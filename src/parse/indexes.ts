import type { CreateIndex } from '../model/operation.ts'
import type { IndexStmt } from './pg-query.ts'
import type { Source } from './source.ts'

export function createIndex(statement: IndexStmt, { at, names }: Source): CreateIndex {
  const keys = (statement.indexParams ?? []).flatMap((node) => ('IndexElem' in node ? node.IndexElem : []))
  return {
    kind: 'create-index',
    at,
    table: names.relation(statement.relation),
    index: statement.idxname,
    columns: keys.flatMap((key) => key.name ?? []),
    partial: statement.whereClause !== undefined || keys.some((key) => key.name === undefined),
    concurrently: statement.concurrent ?? false,
    unique: statement.unique ?? false,
    ifNotExists: statement.if_not_exists ?? false,
  }
}
