import type { AddConstraint, CreateTable } from '../../model/operation.ts'
import { unknownValue } from '../../model/schema.ts'
import type { Entry } from './catalog.ts'
import { addKey } from './constraints.ts'
import { attachOrAdd, type IndexShape } from './indexes.ts'
import { quoted } from './quoting.ts'
import { lastName, ownerOf, plainName, type State } from './state.ts'

/** What a partition takes over from its parent, whether it is made as one or attached. */
export function becomePartition(state: State, table: Entry, parent: Entry): void {
  const { catalog } = state
  for (const each of catalog.members(`${parent.kind} ${parent.identity}`)) {
    if (each.kind === 'constraint') inheritKey(state, table, each)
    if (each.kind === 'index' && !each.belongsTo.some((key) => key.startsWith('constraint '))) {
      const shape = shapeOfEntry(each)
      if (shape) attachOrAdd(state, shape, table, each)
      else state.lost()
    }
    if (each.kind === 'trigger' && state.major >= 15) inheritTrigger(state, table, each)
  }
}

function inheritKey(state: State, table: Entry, parent: Entry): void {
  const { type } = parent.attributes
  const definition = String(parent.attributes.definition)
  const inherited = { parent: `constraint ${parent.identity}` }
  if (type === 'foreign key') {
    const existing = state.catalog
      .members(`${table.kind} ${table.identity}`)
      .find((each) => each.kind === 'constraint' && each.attributes.definition === parent.attributes.definition)
    if (existing) {
      const belongsTo = [`${table.kind} ${table.identity}`, `constraint ${parent.identity}`]
      state.catalog.set({ ...existing, belongsTo })
      state.catalog.change(`constraint ${existing.identity}`, { local: false, inherited: 1 })
      return
    }
    // The same definition, whose parts need not be known.
    state.catalog.set({
      ...parent,
      identity: `${table.identity}.${quoted(lastName(parent))}`,
      belongsTo: [`${table.kind} ${table.identity}`, `constraint ${parent.identity}`],
      attributes: { ...parent.attributes, local: false, inherited: 1 },
    })
    return
  }
  if (type !== 'primary key' && type !== 'unique') {
    if (type === 'exclude') state.lost()
    return
  }
  const index = state.catalog
    .all()
    .find((each) => each.kind === 'index' && each.belongsTo.includes(`constraint ${parent.identity}`))
  const keys = /^(?:PRIMARY KEY|UNIQUE(?: NULLS NOT DISTINCT)?) \((.*?)\)/.exec(definition)?.[1]
  if (keys === undefined || !index) {
    state.lost()
    return
  }
  const columns = keys.split(', ').map(plainName)
  const own = state.catalog
    .members(`${table.kind} ${table.identity}`)
    .find((each) => each.kind === 'constraint' && each.attributes.definition === definition)
  if (own) {
    adopt(state, table, own, parent, index)
    return
  }
  addKey(
    state,
    table,
    { ...emptyKey, type: type === 'unique' ? 'unique' : 'primary-key', table: 'public.x', columns },
    { ...inherited, index },
  )
}

/** A key that the table had before it was attached. */
function adopt({ catalog }: State, table: Entry, own: Entry, parent: Entry, parentIndex: Entry): void {
  catalog.set({ ...own, belongsTo: [`${table.kind} ${table.identity}`, `constraint ${parent.identity}`] })
  catalog.change(`constraint ${own.identity}`, { local: false, inherited: 1 })
  const index = catalog
    .members(`${table.kind} ${table.identity}`)
    .find((each) => each.kind === 'index' && each.belongsTo.includes(`constraint ${own.identity}`))
  if (!index) return
  catalog.set({
    ...index,
    belongsTo: [`${table.kind} ${table.identity}`, `index ${parentIndex.identity}`, `constraint ${own.identity}`],
    attributes: { ...index.attributes, partOf: parentIndex.identity },
  })
}

/** A key's constraint with nothing special about it. */
const emptyKey: Omit<AddConstraint, 'table'> = {
  kind: 'add-constraint',
  at: { file: '', line: 1, column: 1, endLine: 1 },
  constraint: undefined,
  type: 'unique',
  with: undefined,
  columns: [],
  references: undefined,
  referencedColumns: [],
  onDelete: 'no action',
  onDeleteColumns: [],
  onUpdate: 'no action',
  match: 'simple',
  expression: undefined,
  excludes: undefined,
  provesNotNull: [],
  notValid: false,
  enforced: true,
  noInherit: false,
  deferrable: 'no',
  usingIndex: undefined,
  include: [],
  nullsNotDistinct: false,
}

function shapeOfEntry({ attributes, columns = [] }: Entry): IndexShape | undefined {
  const definition = String(attributes.definition)
  const from = definition.indexOf(' USING ')
  if (from < 0) return undefined
  const keys = /USING \w+ \((.*?)\)(?: |$)/.exec(definition)?.[1]?.split(', ') ?? []
  const include = / INCLUDE \((.*?)\)/.exec(definition)?.[1]?.split(', ') ?? []
  const names = [...keys.map((key) => (/[( ]/.test(key) ? keyName(key) : plainName(key))), ...include.map(plainName)]
  return {
    unique: definition.startsWith('CREATE UNIQUE '),
    definition: definition.slice(from + 1),
    columns,
    names,
    immediate: attributes.immediate === true,
  }
}

function keyName(key: string): string {
  return /^(\w+)\(/.exec(key)?.[1] ?? /^("?)(\w+)\1(?: DESC| NULLS|$)/.exec(key)?.[2] ?? 'expr'
}

function inheritTrigger({ catalog }: State, table: Entry, parent: Entry): void {
  const definition = String(parent.attributes.definition)
  if (!definition.includes('FOR EACH ROW') && definition !== unknownValue) return
  const owner = ownerOf(catalog, parent)
  catalog.set({
    ...parent,
    identity: `${table.identity}.${quoted(lastName(parent))}`,
    belongsTo: [`${table.kind} ${table.identity}`, `trigger ${parent.identity}`],
    attributes: {
      ...parent.attributes,
      definition: definition.replace(` ON ${owner?.identity} `, ` ON ${table.identity} `),
    },
  })
}

/** `RANGE (at)` */
export function printedPartitionKey({ strategy, keys }: NonNullable<CreateTable['partitionBy']>): string {
  const names = keys.split(',').map((key) => key.trim())
  const isPlain = names.every((key) => /^(?:"(?:[^"]|"")+"|[A-Za-z_]\w*)$/.test(key))
  const shown = names.map((key) => quoted(key.startsWith('"') ? plainName(key) : key.toLowerCase()))
  return `${strategy.toUpperCase()} (${isPlain ? shown.join(', ') : unknownValue})`
}

/** A partition's bound as pg_get_expr prints it: numbers, and strings of types that are printed as they are written. */
export function printedBound({ catalog }: State, parent: Entry, bound: string): string {
  if (bound === 'DEFAULT') return bound
  const hash = /^FOR VALUES WITH \(\s*modulus\s+(\d+)\s*,\s*remainder\s+(\d+)\s*\)$/i.exec(bound)
  if (hash) return `FOR VALUES WITH (modulus ${hash[1]}, remainder ${hash[2]})`
  const keys = /\((.*)\)$/.exec(String(parent.attributes.partitionBy))?.[1]?.split(', ') ?? []
  const types = keys.map((key) => catalog.get(`column ${parent.identity}.${key}`)?.attributes.type)
  const isList = bound.startsWith('FOR VALUES IN')
  let isKnown = true
  const values = (text: string) =>
    text.split(',').map((each, index) => {
      const value = each.trim()
      const type = types[isList ? 0 : index]
      if (/^(?:minvalue|maxvalue|null)$/i.test(value)) return value.toUpperCase()
      const isNumber = /^-?\d+$/.test(value) && /^(?:smallint|integer|bigint)$/.test(String(type))
      // Only what fits the grammar's own number is printed without quotes: get_const_expr in ruleutils.c.
      if (isNumber) return value.startsWith('-') || type !== 'integer' ? `'${value}'` : value
      const isText = type === 'text' || String(type).startsWith('character varying')
      if (/^'[^'\\]*'$/.test(value) && (isText || (type === 'date' && /^'\d{4}-\d\d-\d\d'$/.test(value)))) return value
      isKnown = false
      return ''
    })
  const list = /^FOR VALUES IN \((.*)\)$/.exec(bound)
  const range = /^FOR VALUES FROM \((.*)\) TO \((.*)\)$/.exec(bound)
  const shown = list
    ? `FOR VALUES IN (${values(list[1] ?? '').join(', ')})`
    : `FOR VALUES FROM (${values(range?.[1] ?? '').join(', ')}) TO (${values(range?.[2] ?? '').join(', ')})`
  return isKnown ? shown : unknownValue
}
