import type { Operation } from '../../model/operation.ts'
import { type Attribute, unknownValue } from '../../model/schema.ts'
import { type Entry, keyOf } from './catalog.ts'
import { addColumn, defaultIn, printedCollation, printedType } from './columns.ts'
import { inheritCheck, setNotNull } from './constraints.ts'
import { dropColumn, dropConstraint, usesColumn } from './drop.ts'
import { relationName } from './names.ts'
import { becomePartition, printedBound } from './partitions.ts'
import { identityOf, quoted, unquoted } from './quoting.ts'
import { createSequence } from './sequences.ts'
import { children, columnKey, columnOrder, relationOf, type State } from './state.ts'

type Altering = Extract<Operation, { table: unknown; kind: string }>

/** One change of a table that is there. Returns false for an operation that is none. */
export function alterTable(state: State, table: Entry, op: Altering): boolean {
  const { catalog } = state
  const key = keyOf(table)
  switch (op.kind) {
    case 'add-column':
      if (!catalog.get(columnKey(table, op.column.name))) {
        addColumn(state, table, op.column)
        for (const child of children(catalog, table)) inheritAdded(state, child, table, op.column.name)
      }
      return true
    case 'drop-column':
      dropColumn(state, table, op.column)
      return true
    case 'set-not-null':
      setNotNull(state, table, op.column)
      return true
    case 'drop-not-null':
      withChildren(state, table, op.column, (column) => ({ ...column, notNull: false }))
      return true
    case 'set-default':
      withChildren(state, table, op.column, (column) => {
        const value = op.default && defaultIn(state, op.default.sql, String(column.type))
        return { ...column, default: value }
      })
      return true
    case 'alter-column-type':
      changeType(state, table, op)
      return true
    case 'alter-column':
      alterColumn(state, table, op)
      return true
    case 'drop-constraint':
      dropConstraint(state, table, op.constraint)
      return true
    case 'validate-constraint':
      validate(state, table, op.constraint)
      return true
    case 'alter-constraint':
      changeConstraint(state, table, op)
      return true
    case 'set-logged': {
      const persistence = op.logged ? 'permanent' : 'unlogged'
      catalog.change(key, { persistence })
      for (const each of catalog.members(key))
        if (each.kind === 'sequence' && state.major >= 15) catalog.change(keyOf(each), { persistence })
      return true
    }
    case 'set-access-method':
      catalog.change(key, { accessMethod: op.method === 'default' ? unknownValue : op.method })
      return true
    case 'set-tablespace':
      catalog.change(key, { tablespace: op.tablespace === 'pg_default' ? undefined : op.tablespace })
      return true
    case 'set-options':
      setOptions(state, table, op)
      return true
    case 'replica-identity':
      replicaIdentity(state, table, op)
      return true
    case 'row-security': {
      const before = String(table.attributes.rowSecurity ?? '')
      const isOn = op.change === 'enable' || (op.change !== 'disable' && /^(?:enabled|forced)$/.test(before))
      const isForced = op.change === 'force' || (op.change !== 'no-force' && before.includes('forced'))
      const both = isOn ? 'forced' : 'disabled, forced'
      catalog.change(key, { rowSecurity: isForced ? both : isOn ? 'enabled' : undefined })
      return true
    }
    case 'attach-partition': {
      const partition = relationOf(catalog, op.partition)
      if (partition) attach(state, table, partition, op.bound)
      else state.lost()
      return true
    }
    case 'detach-partition': {
      const partition = relationOf(catalog, op.partition)
      if (partition) detach(state, table, partition)
      return true
    }
    case 'set-trigger':
      setTriggers(state, table, op)
      return true
    case 'inherit':
      state.lost()
      return true
    default:
      return false
  }
}

type Attributes = { readonly [name: string]: Attribute | undefined }

/** Changes a column, and with it the same column of the tables below. */
function withChildren(
  state: State,
  table: Entry,
  column: string,
  change: (before: Entry['attributes']) => Attributes,
): void {
  const { catalog } = state
  const key = columnKey(table, column)
  const entry = catalog.get(key)
  if (!entry) return
  catalog.change(key, change(entry.attributes))
  for (const child of children(catalog, table)) {
    if (catalog.get(columnKey(child, column))?.belongsTo.includes(key)) withChildren(state, child, column, change)
  }
}

function inheritAdded(state: State, child: Entry, parent: Entry, column: string): void {
  const { catalog } = state
  const of = catalog.get(columnKey(parent, column))
  if (!of) return
  const key = columnKey(child, column)
  const own = catalog.get(key)
  if (own) {
    const count = typeof own.attributes.inherited === 'number' ? own.attributes.inherited : 0
    catalog.set({ ...own, belongsTo: [...own.belongsTo, keyOf(of)] })
    catalog.change(key, { inherited: count + 1, local: true })
  } else {
    const { local: _, identity: __, ...attributes } = of.attributes
    catalog.set({
      kind: 'column',
      identity: key.slice('column '.length),
      belongsTo: [keyOf(child), keyOf(of)],
      attributes: { ...attributes, local: false, inherited: 1 },
    })
    const order = columnOrder(catalog, child)
    catalog.change(`column order ${child.identity}`, {
      columns: order ? [...order, column].map(quoted) : unknownValue,
    })
  }
  for (const grandchild of children(catalog, child)) inheritAdded(state, grandchild, child, column)
}

function changeType(state: State, table: Entry, op: Extract<Operation, { kind: 'alter-column-type' }>): void {
  const { catalog } = state
  const type = printedType(catalog, op.type, op.userType)
  withChildren(state, table, op.column, (before) => ({
    ...before,
    type,
    default:
      before.default === undefined ? undefined : convertedDefault(String(before.default), String(before.type), type),
    collation: op.collation === undefined ? undefined : printedCollation(op.collation),
    storage: undefined,
    compression: before.compression === undefined ? undefined : unknownValue,
  }))
  const below = [table, ...descendants(state, table)]
  for (const each of below.flatMap((of) => catalog.members(keyOf(of)))) {
    if (!usesColumn(each, op.column)) continue
    const definition = String(each.attributes.definition)
    if (each.kind === 'constraint' && each.attributes.type === 'check') {
      catalog.change(keyOf(each), { definition: definition.replace(/^CHECK \(.*\)/, `CHECK (${unknownValue})`) })
    }
    // Plain keys are printed as before; whether an expression or a condition is, depends on its parts.
    if (each.kind === 'index') catalog.change(keyOf(each), { definition: withoutExpressions(definition) })
  }
  for (const each of catalog.members(columnKey(table, op.column))) {
    // The sequence of a serial column keeps its type.
    if (each.kind === 'sequence' && catalog.get(columnKey(table, op.column))?.attributes.identity !== undefined) {
      catalog.change(keyOf(each), { type: unknownValue, max: unknownValue, min: unknownValue })
    }
  }
}

/** The stored expression is wrapped in a cast that is not printed, where one is needed at all. */
function convertedDefault(value: string, from: string, to: string): string {
  const number = /^(?:smallint|integer|bigint|numeric(?:\(.*\))?)$/
  if (/^\d+$/.test(value) && number.test(from) && number.test(to)) return value
  const text = /^(?:text|character varying(?:\(\d+\))?)$/
  if (text.test(from) && text.test(to) && value !== unknownValue) return value
  return from === to || value.startsWith('nextval(') ? value : unknownValue
}

function withoutExpressions(definition: string): string {
  const shown = definition.replace(/ WHERE .*$/, ` WHERE ${unknownValue}`)
  return shown.replace(
    /USING (\w+) \((.*?)\)(?= INCLUDE| NULLS NOT| WITH| WHERE|$)/,
    (all, method: string, keys: string) => (keys.includes('(') ? `USING ${method} (${unknownValue})` : all),
  )
}

function descendants(state: State, table: Entry): Entry[] {
  return children(state.catalog, table).flatMap((child) => [child, ...descendants(state, child)])
}

const storages: { readonly [word: string]: string | undefined } = {
  plain: 'plain',
  external: 'external',
  main: 'main',
  extended: 'extended',
}

function alterColumn(state: State, table: Entry, op: Extract<Operation, { kind: 'alter-column' }>): void {
  const { catalog } = state
  const key = columnKey(table, op.column)
  const entry = catalog.get(key)
  if (!entry) return
  switch (op.change) {
    case 'add-identity': {
      const [schema = '', name = ''] = unquoted(table.identity)
      const sequence = relationName(catalog, schema, { first: name, second: op.column, label: 'seq' })
      withChildren(state, table, op.column, (before) => ({ ...before, identity: op.value }))
      createSequence(
        state,
        identityOf(`${schema}.${sequence}`),
        // The options of its sequence are not told.
        { type: String(entry.attributes.type) },
        { table, column: op.column },
      )
      return
    }
    case 'set-identity':
      if (op.value !== undefined) catalog.change(key, { identity: op.value })
      else state.lost()
      return
    case 'drop-identity':
      withChildren(state, table, op.column, (before) => ({ ...before, identity: undefined }))
      for (const each of catalog.members(key)) if (each.kind === 'sequence') catalog.delete(keyOf(each))
      return
    case 'set-expression':
      withChildren(state, table, op.column, (before) => ({ ...before, default: unknownValue }))
      return
    case 'drop-expression':
      withChildren(state, table, op.column, (before) => ({ ...before, generated: undefined, default: undefined }))
      return
    case 'statistics':
      catalog.change(key, { statistics: op.value === '-1' || op.value === undefined ? undefined : Number(op.value) })
      return
    case 'storage':
      // Told only where it is not the type's own, which is not known here.
      catalog.change(key, { storage: storages[op.value ?? ''] ? unknownValue : undefined })
      return
    case 'compression':
      catalog.change(key, { compression: op.value === 'default' ? undefined : unknownValue })
      return
    case 'options':
      catalog.change(key, { options: unknownValue })
  }
}

function validate(state: State, table: Entry, name: string): void {
  const { catalog } = state
  const key = `constraint ${table.identity}.${quoted(name)}`
  const entry = catalog.get(key)
  if (!entry) return
  catalog.change(key, { validated: true, definition: String(entry.attributes.definition).replace(/ NOT VALID$/, '') })
  for (const child of children(catalog, table)) validate(state, child, name)
}

function changeConstraint(state: State, table: Entry, op: Extract<Operation, { kind: 'alter-constraint' }>): void {
  const key = `constraint ${table.identity}.${quoted(op.constraint)}`
  const entry = state.catalog.get(key)
  if (!entry) return
  if (op.enforced !== undefined)
    state.catalog.change(key, { definition: unknownValue, enforced: unknownValue, validated: unknownValue })
  if (op.deferrable === undefined) return
  const words = { no: '', immediate: ' DEFERRABLE', deferred: ' DEFERRABLE INITIALLY DEFERRED' }
  const definition = String(entry.attributes.definition)
  const bare = definition.replace(/(?: DEFERRABLE(?: INITIALLY DEFERRED)?)?( NOT VALID)?$/, `${words[op.deferrable]}$1`)
  state.catalog.change(key, { definition: bare })
}

function setOptions({ catalog }: State, table: Entry, op: Extract<Operation, { kind: 'set-options' }>): void {
  for (const [attribute, isToast] of [
    ['options', false],
    ['toastOptions', true],
  ] as const) {
    const changes = op.options.filter((option) => option.startsWith('toast.') === isToast)
    if (changes.length === 0) continue
    const names = changes.map((option) => option.replace(/^toast\./, '').split('=')[0])
    const before = table.attributes[attribute]
    const kept = Array.isArray(before) ? before.filter((each) => !names.includes(String(each).split('=')[0])) : []
    const all = op.reset ? kept : [...kept, ...changes.map((option) => option.replace(/^toast\./, ''))]
    catalog.change(keyOf(table), { [attribute]: all.length > 0 ? all : undefined })
  }
}

function replicaIdentity({ catalog }: State, table: Entry, op: Extract<Operation, { kind: 'replica-identity' }>): void {
  catalog.change(keyOf(table), { replicaIdentity: op.identity === 'default' ? undefined : op.identity })
  const schema = unquoted(table.identity)[0] ?? ''
  const chosen = op.index === undefined ? undefined : identityOf(`${schema}.${op.index}`)
  for (const each of catalog.members(keyOf(table))) {
    if (each.kind === 'index') catalog.change(keyOf(each), { replicaIdentity: each.identity === chosen })
  }
}

function attach(state: State, parent: Entry, partition: Entry, bound: string): void {
  const { catalog } = state
  const table: Entry = {
    ...partition,
    belongsTo: [keyOf(parent)],
    attributes: {
      ...partition.attributes,
      partition: printedBound(state, parent, bound),
      inherits: [parent.identity],
    },
  }
  catalog.set(table)
  for (const column of columnOrder(catalog, parent) ?? []) {
    const own = catalog.get(columnKey(table, column))
    if (!own) continue
    catalog.set({ ...own, belongsTo: [keyOf(table), columnKey(parent, column)] })
    // A partition's column is not local any more from PostgreSQL 10 on: MergeAttributesIntoExisting.
    catalog.change(keyOf(own), {
      local: false,
      inherited: 1,
      identity: own.attributes.identity === undefined ? undefined : unknownValue,
    })
  }
  for (const each of catalog.members(keyOf(parent))) {
    if (each.kind === 'constraint' && each.attributes.type === 'check') inheritCheck(state, table, each)
  }
  becomePartition(state, table, parent)
}

function detach({ catalog, lost }: State, parent: Entry, partition: Entry): void {
  const { partition: _, inherits: __, ...attributes } = partition.attributes
  catalog.set({ ...partition, belongsTo: [], attributes })
  for (const each of catalog.members(keyOf(partition))) {
    const belongsTo = each.belongsTo.filter((key) => key === keyOf(partition) || ownOf(key))
    const { inherited: ___, local: ____, partOf: _____, ...rest } = each.attributes
    // The trigger that came from the parent goes with it.
    if (each.kind === 'trigger' && each.belongsTo.some((key) => key.startsWith('trigger '))) catalog.delete(keyOf(each))
    else catalog.set({ ...each, belongsTo, attributes: rest })
  }
  // Columns that the parent has too are kept, but whether each counts as local is the server's affair.
  if (
    catalog
      .members(keyOf(parent))
      .some(({ kind, attributes: { type } }) => kind === 'constraint' && type === 'foreign key')
  )
    lost()

  function ownOf(key: string): boolean {
    return catalog.members(keyOf(partition)).some((each) => keyOf(each) === key)
  }
}

function setTriggers({ catalog }: State, table: Entry, op: Extract<Operation, { kind: 'set-trigger' }>): void {
  const isMany = op.trigger === 'ALL' || op.trigger === 'USER'
  for (const each of catalog.members(keyOf(table))) {
    const isMeant = isMany || each.identity === `${table.identity}.${quoted(op.trigger)}`
    if (each.kind === 'trigger' && isMeant) catalog.change(keyOf(each), { enabled: op.state })
    // The triggers of foreign keys are switched off with all others.
    if (each.kind === 'constraint' && each.attributes.type === 'foreign key' && op.trigger === 'ALL') {
      catalog.change(keyOf(each), { triggers: unknownValue })
    }
  }
}
