import type { AddConstraint, ColumnDefinition, CreateTable, LikeOption, Name, Operation } from '../model/operation.ts'
import { columnDefinition, inlineConstraints } from './columns.ts'
import { addConstraint } from './constraints.ts'
import { readsAndCalls } from './expressions.ts'
import { storageOptions } from './options.ts'
import type { CreateStmt, CreateTableAsStmt, Node, RangeVar } from './pg-query.ts'
import { parenthesized, type Source, textOf } from './source.ts'
import { texts } from './types.ts'
import { outputsOf } from './views.ts'

/** The table, followed by the constraints that come with it. */
export function createTable(
  statement: CreateStmt,
  source: Source,
  relation: CreateTable['relation'] = 'table',
): Operation[] {
  const { names } = source
  const table = names.created(statement.relation)
  const columns: ColumnDefinition[] = []
  const constraints: AddConstraint[] = []
  const like: CreateTable['like'][number][] = []
  const primaryKey = new Set<string>()
  const notNull = new Set<string>()
  for (const element of statement.tableElts ?? []) {
    if ('ColumnDef' in element) {
      // A column of CREATE TABLE … OF or PARTITION OF only adds to a definition that stands elsewhere.
      if (element.ColumnDef.typeName) columns.push(columnDefinition(element.ColumnDef, source))
      constraints.push(...inlineConstraints(table, element.ColumnDef, source))
    } else if ('Constraint' in element) {
      const constraint = addConstraint(table, element.Constraint, source)
      if (constraint) constraints.push({ ...constraint, with: 'table' })
      const keys = texts(element.Constraint.keys)
      if (element.Constraint.contype === 'CONSTR_PRIMARY') for (const key of keys) primaryKey.add(key)
      if (element.Constraint.contype === 'CONSTR_NOTNULL') for (const key of keys) notNull.add(key)
    } else if ('TableLikeClause' in element) {
      const { relation: of, options = 0 } = element.TableLikeClause
      like.push({ table: names.relation(of), including: likeOptions.filter((_, bit) => (options & (1 << bit)) !== 0) })
    }
  }
  const parents = (statement.inhRelations ?? []).flatMap((node) =>
    'RangeVar' in node ? names.relation(node.RangeVar) : [],
  )
  return [
    {
      ...empty(table, statement.relation, source),
      relation,
      columns: columns.map((column) => ({
        ...column,
        primaryKey: column.primaryKey || primaryKey.has(column.name),
        notNull: column.notNull || primaryKey.has(column.name) || notNull.has(column.name),
      })),
      ifNotExists: statement.if_not_exists ?? false,
      partitionBy: partitionBy(statement, source),
      partitionOf: statement.partbound && {
        parent: parents[0] ?? table,
        bound: boundOf(statement.partbound, source),
      },
      inherits: statement.partbound ? [] : parents,
      like,
      ofType: statement.ofTypename && names.qualify(texts(statement.ofTypename.names)),
      options: storageOptions(statement.options),
      tablespace: statement.tablespacename,
      accessMethod: statement.accessMethod,
    },
    ...constraints,
  ]
}

export function createTableAs(
  { query, into, objtype, if_not_exists: ifNotExists = false }: CreateTableAsStmt,
  source: Source,
): CreateTable {
  const table = source.names.created(into?.rel)
  return {
    ...empty(table, into?.rel, source),
    relation: objtype === 'OBJECT_MATVIEW' ? 'materialized view' : 'table',
    ifNotExists,
    query: {
      ...readsAndCalls([query], source),
      withData: !into?.skipData,
      outputs: outputsOf(query, texts(into?.colNames), source),
    },
    options: storageOptions(into?.options),
    tablespace: into?.tableSpaceName,
    accessMethod: into?.accessMethod,
  }
}

/** SELECT … INTO. */
export function selectInto(into: RangeVar, query: Node, source: Source): CreateTable {
  const table = source.names.created(into)
  return {
    ...empty(table, into, source),
    query: { ...readsAndCalls([query], source), withData: true, outputs: outputsOf(query, [], source) },
  }
}

function empty(table: Name, relation: RangeVar | undefined, { at }: Source): CreateTable {
  const persistence = { u: 'unlogged', t: 'temporary' } as const
  return {
    kind: 'create-table',
    at,
    table,
    relation: 'table',
    persistence: persistence[relation?.relpersistence as 'u' | 't'] ?? 'permanent',
    columns: [],
    ifNotExists: false,
    partitionBy: undefined,
    partitionOf: undefined,
    inherits: [],
    like: [],
    ofType: undefined,
    query: undefined,
    options: [],
    tablespace: undefined,
    accessMethod: undefined,
  }
}

// TableLikeOption, one bit each: src/include/nodes/parsenodes.h
const likeOptions: readonly LikeOption[] = [
  'comments',
  'compression',
  'constraints',
  'defaults',
  'generated',
  'identity',
  'indexes',
  'statistics',
  'storage',
]

const strategies = {
  PARTITION_STRATEGY_RANGE: 'range',
  PARTITION_STRATEGY_LIST: 'list',
  PARTITION_STRATEGY_HASH: 'hash',
} as const

function partitionBy({ partspec }: CreateStmt, { sql, offset }: Source): CreateTable['partitionBy'] {
  if (!partspec) return undefined
  const keys = parenthesized(sql, offset(partspec.location))
  return { strategy: strategies[partspec.strategy ?? 'PARTITION_STRATEGY_RANGE'], keys: keys ? textOf(sql, keys) : '' }
}

/** As it is written, but for spaces: `FOR VALUES FROM (1) TO (9)`, `DEFAULT`. */
export function boundOf(
  bound: { is_default?: boolean; strategy?: string; location?: number },
  { sql, offset }: Source,
): string {
  if (bound.is_default) return 'DEFAULT'
  const first = parenthesized(sql, offset(bound.location))
  const lower = first ? textOf(sql, first) : ''
  if (bound.strategy === 'l') return `FOR VALUES IN (${lower})`
  if (bound.strategy === 'h') return `FOR VALUES WITH (${lower})`
  const second = first && parenthesized(sql, first.end + 1)
  return `FOR VALUES FROM (${lower}) TO (${second ? textOf(sql, second) : ''})`
}

/** The name of a relation below a node, if it is one. */
export function rangeOf(node: Node | undefined): RangeVar | undefined {
  return node && 'RangeVar' in node ? node.RangeVar : undefined
}
