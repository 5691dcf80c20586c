import type { AddConstraint } from '../../model/operation.ts'
import { unknownValue } from '../../model/schema.ts'
import type { Entry, Key } from './catalog.ts'
import { withoutNothing } from './columns.ts'
import { addIndex, type IndexShape, printedShape } from './indexes.ts'
import { columnsPart, constraintName } from './names.ts'
import { printedCondition } from './print.ts'
import { identityOf, quoted, unquoted } from './quoting.ts'
import { children, columnKey, lastName, relationOf, type State, scopeOf } from './state.ts'

/** How a constraint came to a partition or an inheriting table. */
interface Inherited {
  readonly parent: Key | undefined
}

export function addConstraint(state: State, table: Entry, op: AddConstraint): void {
  if (op.type === 'not-null') {
    addNotNull(state, table, op)
    return
  }
  if (op.type === 'check') {
    addCheck(state, table, op)
    return
  }
  if (op.type === 'foreign-key') {
    addForeignKey(state, table, op)
    return
  }
  if (op.usingIndex !== undefined) {
    useIndex(state, table, op, op.usingIndex)
    return
  }
  addKey(state, table, op)
}

/** PRIMARY KEY, UNIQUE and EXCLUDE: a constraint and its index, of the same name. */
export function addKey(
  state: State,
  table: Entry,
  op: AddConstraint,
  inherited?: Inherited & { index: Entry | undefined },
): void {
  const { catalog } = state
  const shape = keyShape(op)
  const label = op.type === 'primary-key' ? 'pkey' : op.type === 'unique' ? 'key' : 'excl'
  if (op.type === 'primary-key') for (const column of op.columns) setNotNull(state, table, column)
  const index = addIndex(state, shape, {
    table,
    name: inherited ? undefined : op.constraint,
    label,
    parent: inherited?.index,
    // The constraint's own name is not known before the index has one.
    constraint: 'constraint ',
  })
  const name = lastName({ identity: index })
  const constraint = setConstraint(state, table, op, name, keyDefinition(op), shape.columns, inherited)
  const entry = catalog.get(`index ${index}`)
  if (entry)
    catalog.set({ ...entry, belongsTo: [...entry.belongsTo.filter((key) => key !== 'constraint '), constraint] })
  const own = catalog.get(`index ${index}`)
  if (table.attributes.partitionBy === undefined) return
  for (const partition of children(catalog, table)) addKey(state, partition, op, { parent: constraint, index: own })
}

function keyShape(op: AddConstraint): IndexShape {
  const columns = op.excludes ? op.excludes.elements.map(({ column }) => column) : op.columns
  return {
    unique: op.type !== 'exclusion',
    definition: printedShape({
      method: op.excludes?.method ?? 'btree',
      keys: columns.map((column) => (column === undefined ? unknownValue : quoted(column))),
      include: op.include,
      nullsNotDistinct: op.nullsNotDistinct,
      options: [],
      where: op.excludes?.partial ? ` WHERE ${unknownValue}` : undefined,
    }),
    columns: [...columns.flatMap((column) => column ?? []), ...op.include],
    names: [...columns.map((column) => column ?? unknownValue), ...op.include],
    immediate: op.deferrable === 'no',
  }
}

function keyDefinition(op: AddConstraint): string {
  if (op.excludes) {
    const elements = op.excludes.elements.map(
      ({ column, operator }) => `${column === undefined ? unknownValue : quoted(column)} WITH ${operator}`,
    )
    const where = op.excludes.partial ? ` WHERE ${unknownValue}` : ''
    return `EXCLUDE USING ${op.excludes.method} (${elements.join(', ')})${where}`
  }
  const word = op.type === 'primary-key' ? 'PRIMARY KEY' : `UNIQUE${op.nullsNotDistinct ? ' NULLS NOT DISTINCT' : ''}`
  const include = op.include.length > 0 ? ` INCLUDE (${op.include.map(quoted).join(', ')})` : ''
  return `${word} (${op.columns.map(quoted).join(', ')})${include}`
}

/** `ADD CONSTRAINT … USING INDEX`: the index gets the constraint's name. */
function useIndex(state: State, table: Entry, op: AddConstraint, name: string): void {
  const { catalog } = state
  const schema = unquoted(table.identity)[0] ?? ''
  const index = catalog.get(`index ${identityOf(`${schema}.${name}`)}`)
  if (!index) {
    state.lost()
    return
  }
  const constraint = op.constraint ?? name
  const definition = String(index.attributes.definition)
  const shape = /USING btree \((.*?)\)(?: INCLUDE \((.*)\))?( NULLS NOT DISTINCT)?/.exec(definition)
  const columns = (shape?.[1] ?? '').split(', ').map((each) => (each.startsWith('"') ? each.slice(1, -1) : each))
  const word = op.type === 'primary-key' ? 'PRIMARY KEY' : `UNIQUE${shape?.[3] ?? ''}`
  const include = shape?.[2] === undefined ? '' : ` INCLUDE (${shape[2]})`
  if (op.type === 'primary-key') for (const column of columns) setNotNull(state, table, column)
  const key = setConstraint(
    state,
    table,
    op,
    constraint,
    `${word} (${shape?.[1] ?? unknownValue})${include}`,
    index.columns ?? [],
  )
  catalog.delete(`index ${index.identity}`)
  catalog.set({
    ...index,
    identity: identityOf(`${schema}.${constraint}`),
    belongsTo: [`${table.kind} ${table.identity}`, key],
    attributes: {
      ...index.attributes,
      definition: definition.replace(/INDEX (?:"(?:[^"]|"")*"|\S+) ON/, () => `INDEX ${quoted(constraint)} ON`),
      immediate: op.deferrable === 'no',
    },
  })
}

function addCheck(
  state: State,
  table: Entry,
  op: AddConstraint,
  inherited?: Inherited & { name: string; definition: string },
): void {
  const { catalog } = state
  const [schema = '', tableName = ''] = unquoted(table.identity)
  const columns = [...new Set(op.expression?.columns ?? [])]
  const second = columns.length === 1 ? (columns[0] ?? '') : ''
  const name =
    inherited?.name ?? op.constraint ?? constraintName(catalog, schema, { first: tableName, second, label: 'check' })
  const condition = printedCondition(op.expression?.sql ?? '', scopeOf(catalog, table))
  const definition = inherited?.definition ?? `CHECK (${condition})${op.noInherit ? ' NO INHERIT' : ''}`
  if (inherited && catalog.has('constraint', `${table.identity}.${quoted(name)}`)) {
    merge()
    return
  }
  setConstraint(state, table, op, name, definition, columns, inherited)
  if (op.noInherit) return
  for (const child of children(catalog, table)) addCheck(state, child, op, { parent: undefined, name, definition })

  /** A child that has the constraint already inherits it, too. */
  function merge(): void {
    const entry = catalog.get(`constraint ${table.identity}.${quoted(name)}`)
    const count = typeof entry?.attributes.inherited === 'number' ? entry.attributes.inherited : 0
    const local = table.attributes.partition !== undefined ? false : (entry?.attributes.local ?? true)
    catalog.change(`constraint ${table.identity}.${quoted(name)}`, { inherited: count + 1, local })
  }
}

/** What a new child takes over from its parent's checks. */
export function inheritCheck(state: State, table: Entry, parent: Entry): void {
  const definition = String(parent.attributes.definition)
  if (/ NO INHERIT(?: NOT VALID)?$/.test(definition)) return
  const name = lastName(parent)
  const identity = `${table.identity}.${quoted(name)}`
  const own = state.catalog.get(`constraint ${identity}`)
  if (own) {
    const count = typeof own.attributes.inherited === 'number' ? own.attributes.inherited : 0
    const isPartition = table.attributes.partition !== undefined
    const local = isPartition ? false : (own.attributes.local ?? true)
    state.catalog.change(`constraint ${identity}`, { inherited: count + 1, local })
    return
  }
  state.catalog.set({
    ...parent,
    identity,
    belongsTo: [`${table.kind} ${table.identity}`],
    attributes: {
      ...parent.attributes,
      definition: definition.replace(/ NOT VALID$/, ''),
      validated: true,
      local: false,
      inherited: 1,
    },
  })
}

function addForeignKey(state: State, table: Entry, op: AddConstraint, inherited?: Inherited): void {
  const { catalog } = state
  const [schema = '', tableName = ''] = unquoted(table.identity)
  const target = op.references && relationOf(catalog, op.references)
  const columns = target
    ? op.referencedColumns.length > 0
      ? op.referencedColumns
      : primaryKey(state, target)
    : undefined
  const made = { first: tableName, second: columnsPart(op.columns), label: 'fkey' }
  const name = op.constraint ?? constraintName(catalog, schema, made)
  const references = `${op.references ? identityOf(op.references) : ''}(${columns?.map(quoted).join(', ') ?? unknownValue})`
  const full = op.match === 'full' ? ' MATCH FULL' : ''
  const actions = [
    op.onUpdate === 'no action' ? '' : ` ON UPDATE ${op.onUpdate.toUpperCase()}`,
    op.onDelete === 'no action'
      ? ''
      : ` ON DELETE ${op.onDelete.toUpperCase()}${op.onDeleteColumns.length > 0 ? ` (${op.onDeleteColumns.map(quoted).join(', ')})` : ''}`,
  ].join('')
  const definition = `FOREIGN KEY (${op.columns.map(quoted).join(', ')}) REFERENCES ${references}${full}${actions}`
  const key = setConstraint(state, table, op, name, definition, op.columns, inherited)
  const entry = catalog.get(key)
  if (entry && target) catalog.set({ ...entry, needs: needsOf(state, target, columns ?? []) })
  if (table.attributes.partitionBy === undefined) return
  for (const partition of children(catalog, table)) {
    addForeignKey(state, partition, { ...op, constraint: name }, { parent: key })
  }
}

/** The key that a foreign key points to, so that it falls with it. */
function needsOf({ catalog }: State, target: Entry, columns: readonly string[]): Key[] {
  const wanted = `(${columns.map(quoted).join(', ')})`
  const keys = catalog
    .members(`${target.kind} ${target.identity}`)
    .filter(
      ({ kind, attributes }) =>
        kind === 'constraint' &&
        (attributes.type === 'primary key' || attributes.type === 'unique') &&
        String(attributes.definition).includes(wanted),
    )
  return [`${target.kind} ${target.identity}`, ...keys.slice(0, 1).map(({ identity }) => `constraint ${identity}`)]
}

function primaryKey({ catalog }: State, table: Entry): string[] | undefined {
  const key = catalog
    .members(`${table.kind} ${table.identity}`)
    .find(({ kind, attributes }) => kind === 'constraint' && attributes.type === 'primary key')
  const inside = /^PRIMARY KEY \((.*?)\)/.exec(String(key?.attributes.definition))?.[1]
  return inside?.split(', ').map((each) => (each.startsWith('"') ? each.slice(1, -1) : each))
}

const words = {
  'primary-key': 'primary key',
  unique: 'unique',
  'foreign-key': 'foreign key',
  check: 'check',
  exclusion: 'exclude',
  'not-null': 'not null',
} as const

function setConstraint(
  { catalog, major }: State,
  table: Entry,
  op: AddConstraint,
  name: string,
  definition: string,
  columns: readonly string[],
  inherited?: Inherited,
): Key {
  const identity = `${table.identity}.${quoted(name)}`
  const deferrable =
    op.deferrable === 'no' ? '' : ` DEFERRABLE${op.deferrable === 'deferred' ? ' INITIALLY DEFERRED' : ''}`
  const notValid = op.notValid ? (op.enforced ? ' NOT VALID' : ' NOT ENFORCED') : ''
  catalog.set({
    kind: 'constraint',
    identity,
    belongsTo: [`${table.kind} ${table.identity}`, ...(inherited?.parent ? [inherited.parent] : [])],
    columns,
    attributes: withoutNothing({
      type: words[op.type],
      definition: `${definition}${deferrable}${notValid}`,
      validated: !op.notValid,
      enforced: major >= 18 ? op.enforced : undefined,
      local: inherited ? false : undefined,
      inherited: inherited ? 1 : undefined,
    }),
  })
  return `constraint ${identity}`
}

/** Also on the tables below. */
export function setNotNull(state: State, table: Entry, column: string): void {
  const { catalog } = state
  const key = columnKey(table, column)
  if (!catalog.get(key)) return
  catalog.change(key, { notNull: true })
  for (const child of children(catalog, table)) {
    if (catalog.get(columnKey(child, column))?.belongsTo.includes(key)) setNotNull(state, child, column)
  }
}

function addNotNull(state: State, table: Entry, op: AddConstraint): void {
  for (const column of op.columns) {
    if (op.notValid) state.lost()
    else setNotNull(state, table, column)
  }
}
