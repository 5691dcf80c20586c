import type { Operation } from '../model/operation.ts'
import { alterTable } from './alter-table.ts'
import { createIndex } from './indexes.ts'
import type { DropStmt, Node, SelectStmt, TransactionStmt, VariableSetStmt } from './pg-query.ts'
import { insert, insideWith, merge, remove, update } from './rows.ts'
import type { Source } from './source.ts'
import { createTable } from './tables.ts'
import { text, texts } from './types.ts'

/** What a statement does, in the order in which it does it. At least one operation. */
export function operations(node: Node, source: Source): Operation[] {
  const { at, names } = source
  if ('CreateStmt' in node) return createTable(node.CreateStmt, source)
  if ('CreateForeignTableStmt' in node) return createTable(node.CreateForeignTableStmt.base ?? {}, source)
  if ('CreateTableAsStmt' in node) {
    const { into, if_not_exists: ifNotExists = false } = node.CreateTableAsStmt
    return [{ kind: 'create-table', at, table: names.created(into?.rel), columns: [], ifNotExists }]
  }
  if ('AlterTableStmt' in node) return alterTable(node.AlterTableStmt, source)
  if ('IndexStmt' in node) return [createIndex(node.IndexStmt, source)]
  if ('DropStmt' in node) return drop(node.DropStmt, source)
  if ('CreateEnumStmt' in node)
    return [{ kind: 'create-type', at, type: names.qualify(texts(node.CreateEnumStmt.typeName)) }]
  if ('CreateRangeStmt' in node)
    return [{ kind: 'create-type', at, type: names.qualify(texts(node.CreateRangeStmt.typeName)) }]
  if ('CreateDomainStmt' in node) {
    return [{ kind: 'create-type', at, type: names.qualify(texts(node.CreateDomainStmt.domainname)) }]
  }
  if ('CompositeTypeStmt' in node)
    return [{ kind: 'create-type', at, type: names.relation(node.CompositeTypeStmt.typevar) }]
  if ('DefineStmt' in node && node.DefineStmt.kind === 'OBJECT_TYPE') {
    return [{ kind: 'create-type', at, type: names.qualify(texts(node.DefineStmt.defnames)) }]
  }
  if ('InsertStmt' in node) return insert(node.InsertStmt, source)
  if ('UpdateStmt' in node) return update(node.UpdateStmt, source)
  if ('DeleteStmt' in node) return remove(node.DeleteStmt, source)
  if ('MergeStmt' in node) return merge(node.MergeStmt, source)
  if ('SelectStmt' in node) return select(node.SelectStmt, source)
  if ('TransactionStmt' in node) return [transaction(node.TransactionStmt, source)]
  if ('CreateSchemaStmt' in node) {
    const { schemaname, schemaElts = [] } = node.CreateSchemaStmt
    const within = { ...source, names: schemaname === undefined ? names : names.within(schemaname) }
    return [other(node, source), ...schemaElts.flatMap((element) => operations(element, within))]
  }
  if ('VariableSetStmt' in node) setSearchPath(node.VariableSetStmt, source)
  return [other(node, source)]
}

function other(node: Node, { at }: Source): Operation {
  return { kind: 'other', at, statement: Object.keys(node)[0] ?? 'nothing' }
}

function drop(statement: DropStmt, { at, names }: Source): Operation[] {
  const concurrently = statement.concurrent ?? false
  return (statement.objects ?? []).map((object): Operation => {
    const parts =
      'List' in object ? texts(object.List.items) : 'TypeName' in object ? texts(object.TypeName.names) : [text(object)]
    switch (statement.removeType) {
      case 'OBJECT_TABLE':
      case 'OBJECT_FOREIGN_TABLE':
        return { kind: 'drop-table', at, table: names.qualify(parts) }
      case 'OBJECT_INDEX':
        return { kind: 'drop-index', at, index: names.qualify(parts), concurrently }
      case 'OBJECT_TYPE':
      case 'OBJECT_DOMAIN':
        return { kind: 'drop-type', at, type: names.qualify(parts) }
      default:
        return { kind: 'other', at, statement: 'DropStmt' }
    }
  })
}

function select(statement: SelectStmt, source: Source): Operation[] {
  const within = insideWith(statement.withClause, source)
  const into = statement.intoClause?.rel
  if (into) {
    within.push({
      kind: 'create-table',
      at: source.at,
      table: source.names.created(into),
      columns: [],
      ifNotExists: false,
    })
  }
  return within.length > 0 ? within : [{ kind: 'other', at: source.at, statement: 'SelectStmt' }]
}

function transaction({ kind }: TransactionStmt, { at }: Source): Operation {
  switch (kind) {
    case 'TRANS_STMT_BEGIN':
    case 'TRANS_STMT_START':
      return { kind: 'transaction-control', at, action: 'begin' }
    case 'TRANS_STMT_COMMIT':
      return { kind: 'transaction-control', at, action: 'commit' }
    case 'TRANS_STMT_ROLLBACK':
      return { kind: 'transaction-control', at, action: 'rollback' }
    default:
      return { kind: 'other', at, statement: 'TransactionStmt' }
  }
}

function setSearchPath({ name, kind, args = [] }: VariableSetStmt, { names }: Source): void {
  if (name !== 'search_path') return
  const schemas = args.map((node) => ('A_Const' in node ? node.A_Const.sval?.sval : undefined))
  const first = schemas.find((schema) => schema !== undefined && schema !== '' && schema !== '$user')
  names.searchPath(kind === 'VAR_SET_VALUE' ? first : undefined)
}
