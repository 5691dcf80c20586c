import type { Name, ObjectKind, Operation } from './operation.ts'

/** What one operation is about, by its names. Types of columns, and functions that expressions call, are not in it. */
export interface Named {
  /** Tables, views, indexes, sequences: what it makes, changes, fills or takes away, and what it ties to that. */
  readonly relations: readonly Name[]
  /** Relations that it only looks at. */
  readonly reads: readonly Name[]
  /** Functions and types with their schema; indexes beside their table, schemas, roles, extensions, … by their own name alone. */
  readonly others: readonly string[]
  /** Columns, constraints, triggers, policies, labels of an enum, … */
  readonly parts: readonly string[]
}

/** The compiler refuses a kind of operation that has no answer here. Of a PREPARE, what it prepares; of a CREATE FUNCTION, not its body. */
export function named(op: Operation): Named {
  switch (op.kind) {
    case 'create-table': {
      const { table, partitionOf, inherits, like, ofType, query } = op
      return names({
        relations: [table, partitionOf?.parent, ...inherits],
        reads: [...like.map((each) => each.table), ...(query?.reads ?? [])],
        others: [ofType],
      })
    }
    case 'add-column':
      return names({ relations: [op.table], parts: [op.column.name] })
    case 'drop-column':
    case 'set-not-null':
    case 'drop-not-null':
    case 'set-default':
    case 'alter-column-type':
    case 'alter-column':
      return names({ relations: [op.table], parts: [op.column] })
    case 'add-constraint':
      return names({ relations: [op.table, op.references], others: [op.usingIndex], parts: [op.constraint] })
    case 'drop-constraint':
    case 'validate-constraint':
    case 'alter-constraint':
      return names({ relations: [op.table], parts: [op.constraint] })
    case 'drop-table':
    case 'set-logged':
    case 'set-access-method':
    case 'set-tablespace':
    case 'set-options':
    case 'row-security':
    case 'truncate':
    case 'lock-table':
      return names({ relations: [op.table] })
    case 'replica-identity':
    case 'create-index':
    case 'cluster':
      return names({ relations: [op.table], others: [op.index] })
    case 'inherit':
      return names({ relations: [op.table, op.parent] })
    case 'attach-partition':
    case 'detach-partition':
      return names({ relations: [op.table, op.partition] })
    case 'create-trigger':
      return names({ relations: [op.table], others: [op.function], parts: [op.trigger] })
    case 'set-trigger':
      return names({ relations: [op.table], parts: [op.trigger] })
    case 'create-policy':
    case 'alter-policy':
      return names({ relations: [op.table], parts: [op.policy] })
    case 'drop-index':
      return names({ relations: [op.index] })
    case 'attach-index':
      return names({ relations: [op.index, op.partition] })
    case 'reindex':
      return object(op.scope, op.name)
    case 'vacuum':
    case 'analyze':
      return names({ relations: op.tables ?? [] })
    case 'refresh-materialized-view':
      return names({ relations: [op.view] })
    case 'create-view':
      return names({ relations: [op.view], reads: op.reads })
    case 'insert':
    case 'update':
    case 'delete':
    case 'copy':
      return names({ relations: [op.table], reads: op.reads })
    case 'query':
      return names({ reads: op.reads })
    case 'create-type':
    case 'drop-type':
      return names({ others: [op.type] })
    case 'add-enum-value':
      return names({ others: [op.type], parts: [op.value] })
    case 'alter-domain':
      return names({ others: [op.type], parts: [op.constraint] })
    case 'alter-composite-type':
      return names({ others: [op.type], parts: op.columns })
    case 'create-function':
    case 'alter-function':
      return names({ others: [op.function] })
    case 'set-schema': {
      const own = partOrObject(op)
      return { ...own, others: [...own.others, op.schema] }
    }
    case 'drop-object':
    case 'create-object':
    case 'rename':
    case 'change-owner':
    case 'comment':
      return partOrObject(op)
    case 'create-schema':
      return names({ others: [op.schema] })
    case 'create-extension':
      return names({ others: [op.extension, op.schema] })
    case 'create-sequence':
    case 'alter-sequence': {
      const { ownedBy } = op.changes
      return names({ relations: [op.sequence, ownedBy === 'none' ? undefined : ownedBy?.table] })
    }
    case 'set-sequence':
      return names({ relations: [op.sequence, op.of?.table] })
    case 'grant':
    case 'revoke': {
      const all = op.names.map((name) => object(op.object, name))
      return names({
        relations: all.flatMap(({ relations }) => relations),
        others: [...all.flatMap(({ others }) => others), ...op.allInSchemas, ...op.roles],
      })
    }
    case 'grant-role':
    case 'revoke-role':
      return names({ others: [...op.granted, ...op.roles] })
    case 'create-role':
    case 'alter-role':
    case 'drop-role':
      return names({ others: [op.role] })
    case 'prepare': {
      const body = op.body.map(named)
      return {
        relations: body.flatMap(({ relations }) => relations),
        reads: body.flatMap(({ reads }) => reads),
        others: body.flatMap(({ others }) => others),
        parts: body.flatMap(({ parts }) => parts),
      }
    }
    case 'set-constraints':
      return names({ parts: op.constraints ?? [] })
    case 'execute':
    case 'set':
    case 'set-for-later':
    case 'transaction-control':
    case 'do-block':
    case 'hidden-sql':
    case 'truncated-identifier':
    case 'other':
    case 'unparsed':
      return names({})
  }
}

type Some<T> = readonly (T | undefined)[]

function names(given: {
  relations?: Some<Name>
  reads?: readonly Name[]
  others?: Some<string>
  parts?: Some<string>
}): Named {
  const { relations = [], reads = [], others = [], parts = [] } = given
  return { relations: present(relations), reads, others: present(others), parts: present(parts) }
}

function present<T>(values: Some<T>): T[] {
  return values.filter((value) => value !== undefined)
}

const relationKinds: ReadonlySet<ObjectKind> = new Set([
  'table',
  'foreign table',
  'view',
  'materialized view',
  'sequence',
  'index',
])

function object(kind: ObjectKind, name: string | undefined): Named {
  const isRelation = name !== undefined && relationKinds.has(kind) && isQualified(name)
  return isRelation ? names({ relations: [name] }) : names({ others: [name] })
}

function isQualified(name: string): name is Name {
  return name.includes('.')
}

/** Their owner is a type, though it stands where others have their table. */
const ofTypes: ReadonlySet<ObjectKind> = new Set(['enum value', 'domain constraint'])

function partOrObject(op: {
  readonly object: ObjectKind
  readonly name: string
  readonly table: Name | undefined
}): Named {
  if (op.table === undefined) return object(op.object, op.name)
  const owner = ofTypes.has(op.object) ? { others: [op.table] } : { relations: [op.table] }
  return names({ ...owner, parts: [op.name] })
}
