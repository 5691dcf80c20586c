import type { AddConstraint, CreateTable } from '../../model/operation.ts'
import { type Attribute, unknownValue } from '../../model/schema.ts'
import type { Entry } from './catalog.ts'
import { addColumn, withoutNothing } from './columns.ts'
import { addConstraint, inheritCheck } from './constraints.ts'
import { likeTable, queryColumns } from './copied-columns.ts'
import { becomePartition, printedBound, printedPartitionKey } from './partitions.ts'
import { identityOf } from './quoting.ts'
import { appendColumn, columnKey, columnOrder, relationOf, type State } from './state.ts'

/** The table with its columns and constraints, as one statement makes them. */
export function createTable(state: State, op: CreateTable, constraints: readonly AddConstraint[]): void {
  const { catalog } = state
  if (relationOf(catalog, op.table)) return
  const identity = identityOf(op.table)
  const parents = [...(op.partitionOf ? [op.partitionOf.parent] : []), ...op.inherits]
  const found = parents.flatMap((parent) => relationOf(catalog, parent) ?? [])
  if (found.length < parents.length) state.lost()
  const [parent] = found
  const isPartition = op.partitionOf !== undefined
  const table: Entry = {
    kind: op.relation,
    identity,
    belongsTo: isPartition && parent ? [`${parent.kind} ${parent.identity}`] : [],
    attributes: withoutNothing<Attribute>({
      owner: state.owner,
      persistence: op.persistence,
      options: op.options.length > 0 ? plainOptions(op.options, false) : undefined,
      toastOptions: op.options.length > 0 ? plainOptions(op.options, true) : undefined,
      tablespace: op.tablespace,
      accessMethod: accessMethod(op),
      ofType: op.ofType && identityOf(op.ofType),
      partitionBy: op.partitionBy && printedPartitionKey(op.partitionBy),
      partition:
        op.partitionOf && (isPartition && parent ? printedBound(state, parent, op.partitionOf.bound) : unknownValue),
      inherits: found.length > 0 ? found.map((each) => each.identity) : undefined,
      definition: op.relation === 'materialized view' ? unknownValue : undefined,
      populated: op.relation === 'materialized view' ? (op.query?.withData ?? true) : undefined,
      server: op.relation === 'foreign table' ? unknownValue : undefined,
      serverOptions: op.relation === 'foreign table' ? unknownValue : undefined,
    }),
    ...(op.query && op.relation === 'materialized view'
      ? { needs: op.query.reads.flatMap((name) => keyOfRelation(state, name)) }
      : {}),
  }
  catalog.set(table)
  const isView = op.relation === 'materialized view'
  if (!isView) catalog.set(part('column order', { columns: [] }))
  if (op.relation === 'table') catalog.set(part('dropped columns', { count: 0 }))
  if (state.major >= 18 && !isView) {
    // NOT NULL is a constraint with a name from there on; which one is not followed.
    catalog.set({
      ...part('constraint', { type: 'not null', [unknownValue]: unknownValue }),
      identity: `${identity}.${unknownValue}`,
    })
  }

  for (const each of found) inheritColumns(state, table, each)
  for (const each of op.like) likeTable(state, table, each)
  for (const column of op.columns) addOrMerge(column.name, () => addColumn(state, table, column))
  if (op.query) queryColumns(state, table, op.query.outputs)
  if (op.ofType) queryColumns(state, table, undefined)

  // Names are made up in this order: DefineRelation and transformCreateStmt.
  for (const each of constraints.filter(({ type }) => type === 'check' || type === 'not-null'))
    addConstraint(state, table, each)
  for (const each of found) inheritChecks(state, table, each)
  for (const each of keysInOrder(constraints)) addConstraint(state, table, each)
  for (const each of constraints.filter(({ type }) => type === 'foreign-key')) addConstraint(state, table, each)
  if (isPartition && parent) becomePartition(state, table, parent)

  function part(kind: string, attributes: Entry['attributes']): Entry {
    return { kind, identity, belongsTo: [`${table.kind} ${identity}`], attributes }
  }

  /** A column that a parent has too is both inherited and its own. */
  function addOrMerge(column: string, add: () => void): void {
    const inherited = catalog.get(columnKey(table, column))
    if (!inherited) add()
    else catalog.change(columnKey(table, column), { local: true, default: unknownValue, notNull: unknownValue })
  }
}

function keyOfRelation({ catalog }: State, name: CreateTable['table']): string[] {
  const found = relationOf(catalog, name)
  return found ? [`${found.kind} ${found.identity}`] : []
}

function accessMethod(op: CreateTable): string | undefined {
  if (op.relation === 'foreign table') return undefined
  return op.accessMethod ?? (op.partitionBy ? undefined : 'heap')
}

function plainOptions(options: readonly string[], isToast: boolean): readonly string[] | undefined {
  const own = options.filter((option) => option.startsWith('toast.') === isToast)
  return own.length > 0 ? own.map((option) => option.replace(/^toast\./, '')) : undefined
}

/** A primary key first; of two keys over the same columns only one is made. */
function keysInOrder(constraints: readonly AddConstraint[]): AddConstraint[] {
  const keys = constraints.filter(({ type }) => type === 'primary-key' || type === 'unique' || type === 'exclusion')
  const sorted = [
    ...keys.filter(({ type }) => type === 'primary-key'),
    ...keys.filter(({ type }) => type !== 'primary-key'),
  ]
  const kept: AddConstraint[] = []
  for (const key of sorted) {
    const same = kept.findIndex((each) => isSameKey(each, key))
    const prior = kept[same]
    if (prior) kept[same] = { ...prior, constraint: prior.constraint ?? key.constraint }
    else kept.push(key)
  }
  return kept
}

function isSameKey(a: AddConstraint, b: AddConstraint): boolean {
  const shape = ({ columns, include, nullsNotDistinct, deferrable, type }: AddConstraint) =>
    JSON.stringify([columns, include, nullsNotDistinct, deferrable, type === 'exclusion'])
  return a.type !== 'exclusion' && shape(a) === shape(b)
}

function inheritColumns({ catalog }: State, table: Entry, parent: Entry): void {
  const order = columnOrder(catalog, parent)
  for (const name of order ?? []) {
    const column = catalog.get(columnKey(parent, name))
    if (!column) continue
    const key = columnKey(table, name)
    const before = catalog.get(key)
    if (before) {
      const count = typeof before.attributes.inherited === 'number' ? before.attributes.inherited : 0
      catalog.set({ ...before, belongsTo: [...before.belongsTo, `column ${column.identity}`] })
      catalog.change(key, {
        inherited: count + 1,
        notNull: before.attributes.notNull === true || (column.attributes.notNull ?? false),
      })
      continue
    }
    const { identity: _, local: __, ...attributes } = column.attributes
    catalog.set({
      kind: 'column',
      identity: key.slice('column '.length),
      belongsTo: [`${table.kind} ${table.identity}`, `column ${column.identity}`],
      attributes: { ...attributes, ...identityAttribute(column, table), local: false, inherited: 1 },
    })
    appendColumn(catalog, table, name)
  }
  if (!order) catalog.change(`column order ${table.identity}`, { columns: unknownValue })
}

/** Partitions share their parent's identity from PostgreSQL 17 on; inheriting tables never do. */
function identityAttribute({ attributes }: Entry, table: Entry): Entry['attributes'] {
  const isPartition = table.attributes.partition !== undefined
  return attributes.identity === undefined || !isPartition ? {} : { identity: unknownValue }
}

function inheritChecks(state: State, table: Entry, parent: Entry): void {
  for (const each of state.catalog.members(`${parent.kind} ${parent.identity}`)) {
    if (each.kind === 'constraint' && each.attributes.type === 'check') inheritCheck(state, table, each)
  }
}
