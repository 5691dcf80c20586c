import type { Operation } from '../model/operation.ts'
import { alterTable } from './alter-table.ts'
import { changeOperations } from './changes.ts'
import { definitionOperations } from './definitions.ts'
import { createIndex } from './indexes.ts'
import { maintenanceOperations } from './maintenance.ts'
import type { Node } from './pg-query.ts'
import { privilegeOperations } from './privileges.ts'
import { createFunction, createTrigger, doBlock } from './routines.ts'
import { insert, merge, remove, update } from './rows.ts'
import { call, select, setVariable, transaction } from './session.ts'
import type { Source } from './source.ts'
import { createTable, createTableAs } from './tables.ts'
import { createView } from './views.ts'

/** What a statement does, in the order in which it does it. At least one operation. */
export function operations(node: Node, source: Source): Operation[] {
  const { at } = source
  // The frequent ones first.
  if ('AlterTableStmt' in node) return alterTable(node.AlterTableStmt, source)
  if ('CreateStmt' in node) return createTable(node.CreateStmt, source)
  if ('IndexStmt' in node) return [createIndex(node.IndexStmt, source)]
  if ('InsertStmt' in node) return insert(node.InsertStmt, source)
  if ('UpdateStmt' in node) return update(node.UpdateStmt, source)
  if ('DeleteStmt' in node) return remove(node.DeleteStmt, source)
  if ('SelectStmt' in node) return select(node.SelectStmt, source)
  if ('TransactionStmt' in node) return [transaction(node.TransactionStmt, source)]
  if ('VariableSetStmt' in node) return [setVariable(node.VariableSetStmt, source)]
  if ('DoStmt' in node) return doBlock(node.DoStmt, source)
  if ('CreateFunctionStmt' in node) return [createFunction(node.CreateFunctionStmt, source)]
  if ('CreateTrigStmt' in node) return [createTrigger(node.CreateTrigStmt, source)]
  if ('ViewStmt' in node) return [createView(node.ViewStmt, source)]
  if ('CreateTableAsStmt' in node) return [createTableAs(node.CreateTableAsStmt, source)]
  if ('CreateForeignTableStmt' in node) {
    return createTable(node.CreateForeignTableStmt.base ?? {}, source, 'foreign table')
  }
  if ('MergeStmt' in node) return merge(node.MergeStmt, source)
  if ('CallStmt' in node) return [call(node.CallStmt.funccall, source)]
  if ('CreateSchemaStmt' in node) return createSchema(node, source)
  return (
    changeOperations(node, source) ??
    definitionOperations(node, source) ??
    maintenanceOperations(node, source) ??
    privilegeOperations(node, source) ??
    settingOperations(node, source) ?? [{ kind: 'other', at, statement: Object.keys(node)[0] ?? 'nothing' }]
  )
}

function createSchema({ CreateSchemaStmt: statement }: Extract<Node, { CreateSchemaStmt: unknown }>, source: Source) {
  const { schemaname, schemaElts = [], if_not_exists: ifNotExists = false, authrole } = statement
  // CREATE SCHEMA AUTHORIZATION bob makes the schema bob.
  const schema = schemaname ?? authrole?.rolename ?? ''
  const within = { ...source, names: source.names.within(schema) }
  const created: Operation = { kind: 'create-schema', at: source.at, schema, ifNotExists }
  return [created, ...schemaElts.flatMap((element) => operations(element, within))]
}

function settingOperations(node: Node, source: Source): Operation[] | undefined {
  const { at } = source
  if ('AlterSystemStmt' in node) {
    return [{ kind: 'set-for-later', at, on: 'system', setting: node.AlterSystemStmt.setstmt?.name ?? 'all' }]
  }
  if ('AlterDatabaseSetStmt' in node) {
    return [{ kind: 'set-for-later', at, on: 'database', setting: node.AlterDatabaseSetStmt.setstmt?.name ?? 'all' }]
  }
  if ('AlterRoleSetStmt' in node) {
    return [{ kind: 'set-for-later', at, on: 'role', setting: node.AlterRoleSetStmt.setstmt?.name ?? 'all' }]
  }
  if ('ConstraintsSetStmt' in node) {
    const { constraints, deferred = false } = node.ConstraintsSetStmt
    const names = constraints?.map((each) => ('RangeVar' in each ? (each.RangeVar.relname ?? '') : ''))
    return [{ kind: 'set-constraints', at, constraints: names, deferred }]
  }
  if ('PrepareStmt' in node) {
    const { name = '', query } = node.PrepareStmt
    return [{ kind: 'prepare', at, name, body: query ? operations(query, source) : [] }]
  }
  if ('ExecuteStmt' in node) return [{ kind: 'execute', at, name: node.ExecuteStmt.name ?? '' }]
  return undefined
}
