import type { Operation } from '../model/operation.ts'
import { readsAndCalls } from './expressions.ts'
import { isOn, option } from './options.ts'
import type { CopyStmt, Node, RangeVar } from './pg-query.ts'
import type { Source } from './source.ts'
import { rangeOf } from './tables.ts'

/** Statements that work on tables as a whole. Undefined for every other. */
export function maintenanceOperations(node: Node, source: Source): Operation[] | undefined {
  const { at, names } = source
  const tables = (nodes: readonly Node[] | undefined) => (nodes ?? []).map((each) => names.relation(rangeOf(each)))
  if ('TruncateStmt' in node) {
    const { relations, behavior, restart_seqs: restartIdentity = false } = node.TruncateStmt
    const cascade = behavior === 'DROP_CASCADE'
    return tables(relations).map((table) => ({ kind: 'truncate', at, table, cascade, restartIdentity }))
  }
  if ('LockStmt' in node) {
    const { relations, mode, nowait = false } = node.LockStmt
    const words = lockModes[mode ?? 0] ?? 'ACCESS EXCLUSIVE'
    return tables(relations).map((table) => ({ kind: 'lock-table', at, table, mode: words, nowait }))
  }
  if ('ReindexStmt' in node) {
    const { kind, relation, name, params } = node.ReindexStmt
    const scope = reindexScopes[kind ?? ''] ?? 'table'
    return [
      {
        kind: 'reindex',
        at,
        scope,
        name: relation ? names.relation(relation) : name,
        concurrently: isOn(option(params, 'concurrently')),
      },
    ]
  }
  if ('ClusterStmt' in node) {
    const { relation, indexname: index } = node.ClusterStmt
    return [{ kind: 'cluster', at, table: relation && names.relation(relation), index }]
  }
  if ('VacuumStmt' in node) {
    const { rels, is_vacuumcmd: isVacuum, options } = node.VacuumStmt
    const named = rels?.map((each) => names.relation(vacuumed(each)))
    return [
      isVacuum
        ? { kind: 'vacuum', at, tables: named, full: isOn(option(options, 'full')) }
        : { kind: 'analyze', at, tables: named },
    ]
  }
  if ('RefreshMatViewStmt' in node) {
    const { relation, concurrent: concurrently = false, skipData } = node.RefreshMatViewStmt
    const view = names.relation(relation)
    return [{ kind: 'refresh-materialized-view', at, view, concurrently, withData: !skipData }]
  }
  return 'CopyStmt' in node ? [copy(node.CopyStmt, source)] : undefined
}

function copy(statement: CopyStmt, source: Source): Operation {
  const { at, names } = source
  const { relation, query, is_from: isFrom, is_program: isProgram, filename: target } = statement
  return {
    kind: 'copy',
    at,
    table: relation && names.relation(relation),
    direction: isFrom ? 'from' : 'to',
    place: isProgram ? 'program' : target === undefined ? 'client' : 'file',
    target,
    ...readsAndCalls([query], source),
  }
}

function vacuumed(node: Node): RangeVar | undefined {
  return 'VacuumRelation' in node ? node.VacuumRelation.relation : undefined
}

// LOCKMODE: src/include/storage/lockdefs.h
const lockModes: readonly string[] = [
  '',
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
]

const reindexScopes: { readonly [kind: string]: 'index' | 'table' | 'schema' | 'database' | 'system' | undefined } = {
  REINDEX_OBJECT_INDEX: 'index',
  REINDEX_OBJECT_TABLE: 'table',
  REINDEX_OBJECT_SCHEMA: 'schema',
  REINDEX_OBJECT_DATABASE: 'database',
  REINDEX_OBJECT_SYSTEM: 'system',
}
