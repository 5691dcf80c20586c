import type { Operation } from '../../model/operation.ts'
import { type Attribute, unknownValue } from '../../model/schema.ts'
import { type Catalog, type Entry, keyOf } from './catalog.ts'
import { relationKinds } from './names.ts'
import { identityOf, literal, partsOf, quoted, unquoted } from './quoting.ts'
import { children, columnKey, relationOf, type State } from './state.ts'

type Rename = Extract<Operation, { kind: 'rename' }>

export function rename(state: State, op: Rename): void {
  const { catalog } = state
  const table = op.table && relationOf(catalog, op.table)
  switch (op.object) {
    case 'column':
      if (table) renameColumn(state, table, op.name, op.to)
      return
    case 'constraint': {
      const entry = table && catalog.get(`constraint ${table.identity}.${quoted(op.name)}`)
      if (table && entry) renameConstraint(state, table, entry, op.to)
      return
    }
    case 'trigger':
    case 'policy':
    case 'rule': {
      const from = table && `${table.identity}.${quoted(op.name)}`
      if (from === undefined) return
      rekey(state, new Map([[`${op.object} ${from}`, `${op.object} ${table?.identity}.${quoted(op.to)}`]]))
      const entry = catalog.get(`${op.object} ${table?.identity}.${quoted(op.to)}`)
      const definition = entry?.attributes.definition
      if (entry && typeof definition === 'string') {
        catalog.change(keyOf(entry), {
          definition: definition.replace(` ${quoted(op.name)} `, () => ` ${quoted(op.to)} `),
        })
      }
      return
    }
    case 'domain constraint': {
      const domain = op.table && identityOf(op.table)
      rekey(state, new Map([[`constraint ${domain}.${quoted(op.name)}`, `constraint ${domain}.${quoted(op.to)}`]]))
      return
    }
    case 'enum value':
      if (op.table) renameLabel(state, identityOf(op.table), op.name, op.to)
      return
    case 'schema':
      rewrite(state, new RegExp(`${before}${escaped(quoted(op.name))}(?=\\.)`, 'g'), quoted(op.to))
      rekey(state, new Map([[`schema ${quoted(op.name)}`, `schema ${quoted(op.to)}`]]))
      return
    case 'role':
      state.lost()
      return
    default:
      if (op.name.includes('.')) move(state, op, partsOf(op.name as `${string}.${string}`)[0], op.to)
  }
}

/** ALTER … SET SCHEMA. */
export function setSchema(state: State, op: Extract<Operation, { kind: 'set-schema' }>): void {
  if (op.object === 'extension' || !op.name.includes('.')) {
    state.lost()
    return
  }
  const name = partsOf(op.name as `${string}.${string}`)[1]
  const entry = found(state, op)
  move(state, op, op.schema, name)
  if (!entry) return
  // The indexes and the sequences of a table go along.
  const moved = state.catalog.get(`${entry.kind} ${identityOf(`${op.schema}.${name}`)}`)
  for (const each of moved ? state.catalog.members(keyOf(moved)) : []) {
    if (each.kind !== 'index' && each.kind !== 'sequence') continue
    renameTo(state, each.kind, each.identity, identityOf(`${op.schema}.${unquoted(each.identity)[1]}`))
  }
}

function move(state: State, op: Pick<Rename, 'name' | 'object' | 'arguments'>, schema: string, to: string): void {
  const entry = found(state, op)
  if (!entry) return
  const isRoutine = routines.has(entry.kind)
  const list = isRoutine ? entry.identity.slice(entry.identity.indexOf('(')) : ''
  const target = identityOf(`${schema}.${to}`)
  if (isRoutine) {
    rekey(state, new Map([[keyOf(entry), `${entry.kind} ${target}${list}`]]))
    state.catalog.change(`${entry.kind} ${target}${list}`, { definition: unknownValue })
    return
  }
  const constraint = entry.kind === 'index' ? entry.belongsTo.find((key) => key.startsWith('constraint ')) : undefined
  renameTo(state, entry.kind, entry.identity, target)
  if (constraint !== undefined) {
    const [first = '', second = ''] = unquoted(constraint.slice('constraint '.length))
    rekey(state, new Map([[constraint, `constraint ${identityOf(`${first}.${second}`)}.${quoted(to)}`]]))
  }
}

const routines = new Set(['function', 'procedure', 'aggregate'])

/** The object that a statement names, of one of the kinds that its word may mean. */
function found({ catalog }: State, op: Pick<Rename, 'name' | 'object' | 'arguments'>): Entry | undefined {
  if (routines.has(op.object) || op.object === 'routine') return routineOf(catalog, op)
  const identity = identityOf(op.name as `${string}.${string}`)
  // ALTER TABLE may name a view, an index or a sequence as well.
  const kinds =
    op.object === 'type' ? ['enum', 'composite type', 'range', 'type', 'domain'] : [op.object, ...relationKinds]
  return kinds.map((kind) => catalog.get(`${kind} ${identity}`)).find((entry) => entry !== undefined)
}

/** A function by its name, and by its arguments where they are written. */
export function routineOf(
  catalog: Catalog,
  { name, arguments: types }: { readonly name: string; readonly arguments: readonly string[] | undefined },
): Entry | undefined {
  const identity = identityOf(name as `${string}.${string}`)
  const same = catalog.routines(identity)
  const listed = types?.map((type) => type.replace(/\(.*\)/, ''))
  const exact = same.filter((entry) => {
    const list = entry.identity.slice(identity.length + 1, -1)
    const own = list === '' ? [] : list.split(',')
    return (
      listed === undefined || (own.length === listed.length && own.every((type, index) => isType(type, listed[index])))
    )
  })
  return exact.length === 1 ? exact[0] : undefined
}

function isType(own: string, written: string | undefined): boolean {
  return written !== undefined && (own === written || own.endsWith(`.${written}`))
}

/** Gives an object of a schema another identity, wherever it is named. */
function renameTo(state: State, kind: string, from: string, to: string): void {
  if (from === to) return
  const quotedFrom = quoted(unquoted(from)[1] ?? '')
  const quotedTo = quoted(unquoted(to)[1] ?? '')
  rewrite(state, new RegExp(`${before}(?<!FUNCTION )${escaped(from)}${after}`, 'g'), to)
  if (kind !== 'index') return
  const entry = state.catalog.get(`index ${to}`)
  const definition = String(entry?.attributes.definition)
  state.catalog.change(`index ${to}`, {
    definition: definition.replace(` INDEX ${quotedFrom} ON `, () => ` INDEX ${quotedTo} ON `),
  })
}

const before = '(?<![\\w."$])'
const after = '(?![\\w"$])'

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** Replaces a name in every identity, owner and attribute. Routines and what belongs to them have names of their own. */
function rewrite({ catalog }: State, pattern: RegExp, to: string): void {
  const text = (value: string) => (routines.has(value.split(' ')[0] ?? '') ? value : value.replace(pattern, () => to))
  for (const entry of catalog.all()) {
    const identity = routines.has(entry.kind)
      ? inArguments(entry.identity, (list) => list.replace(pattern, () => to))
      : text(entry.identity)
    const changed: Entry = {
      ...entry,
      identity,
      belongsTo: entry.belongsTo.map(text),
      attributes: deep(entry.attributes, (value) => value.replace(pattern, () => to)) as Entry['attributes'],
      ...(entry.needs ? { needs: entry.needs.map(text) } : {}),
    }
    if (JSON.stringify(changed) === JSON.stringify(entry)) continue
    if (identity !== entry.identity) catalog.delete(keyOf(entry))
    catalog.set(changed)
  }
}

function inArguments(identity: string, change: (list: string) => string): string {
  const open = identity.indexOf('(')
  return identity.slice(0, open) + change(identity.slice(open))
}

function deep(value: Attribute, change: (text: string) => string): Attribute {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((each) => deep(each, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, deep(each, change)]))
}

/** Gives objects other keys, wherever something belongs to them. */
function rekey({ catalog }: State, keys: ReadonlyMap<string, string>): void {
  const text = (value: string) => keys.get(value) ?? value
  for (const entry of catalog.all()) {
    const key = text(keyOf(entry))
    // Comments and privileges are identified by what they are on.
    const identity = key === keyOf(entry) ? text(entry.identity) : key.slice(entry.kind.length + 1)
    const belongsTo = entry.belongsTo.map(text)
    const needs = entry.needs?.map(text)
    const isSame =
      identity === entry.identity &&
      String(belongsTo) === String(entry.belongsTo) &&
      String(needs) === String(entry.needs)
    if (isSame) continue
    if (identity !== entry.identity) catalog.delete(keyOf(entry))
    catalog.set({ ...entry, identity, belongsTo, ...(needs ? { needs } : {}) })
  }
}

function renameConstraint(state: State, table: Entry, entry: Entry, to: string): void {
  const index = state.catalog
    .members(keyOf(table))
    .find((each) => each.kind === 'index' && each.belongsTo.includes(keyOf(entry)))
  if (index) {
    const schema = unquoted(index.identity)[0]
    renameTo(state, 'index', index.identity, identityOf(`${schema}.${to}`))
  }
  rekey(state, new Map([[keyOf(entry), `constraint ${table.identity}.${quoted(to)}`]]))
  if (entry.attributes.type !== 'check') return
  const name = entry.identity.slice(table.identity.length + 1)
  for (const child of children(state.catalog, table)) {
    const own = state.catalog.get(`constraint ${child.identity}.${name}`)
    if (own) renameConstraint(state, child, own, to)
  }
}

function renameColumn(state: State, table: Entry, from: string, to: string): void {
  const { catalog } = state
  const entry = catalog.get(columnKey(table, from))
  if (!entry) return
  const below = children(catalog, table).filter((child) =>
    catalog.get(columnKey(child, from))?.belongsTo.includes(keyOf(entry)),
  )
  const order = catalog.get(`column order ${table.identity}`)?.attributes.columns
  if (Array.isArray(order)) {
    const columns = order.map((column) => (column === quoted(from) ? quoted(to) : column))
    catalog.change(`column order ${table.identity}`, { columns })
  }
  const own = word(quoted(from))
  for (const each of catalog.members(keyOf(table))) {
    const { definition } = each.attributes
    const columns = each.columns?.map((column) => (column === from ? to : column))
    const named = each.kind === 'constraint' || each.kind === 'index'
    const inside = each.kind === 'index' ? / USING .*$/s : /\(.*$/s
    const shown =
      typeof definition === 'string' && named
        ? definition.replace(inside, (part) => ownPart(part, (text) => text.replace(own, () => quoted(to))))
        : definition
    if (named)
      catalog.set({
        ...each,
        ...(columns ? { columns } : {}),
        attributes: { ...each.attributes, ...(shown === undefined ? {} : { definition: shown }) },
      })
    // What else names the column is not taken apart.
    else if (typeof definition === 'string' && own.test(definition))
      catalog.change(keyOf(each), { definition: unknownValue })
    if (each.kind === 'column' && each.attributes.generated !== undefined)
      catalog.change(keyOf(each), { default: unknownValue })
  }
  const partitionBy = table.attributes.partitionBy
  if (typeof partitionBy === 'string')
    catalog.change(keyOf(table), { partitionBy: partitionBy.replace(own, () => quoted(to)) })
  for (const each of catalog.all()) {
    const { definition } = each.attributes
    if (each.kind !== 'constraint' || typeof definition !== 'string') continue
    const target = `REFERENCES ${table.identity}(`
    const start = definition.indexOf(target)
    if (start < 0) continue
    const open = start + target.length
    const close = definition.indexOf(')', open)
    const list = definition.slice(open, close).replace(own, () => quoted(to))
    catalog.change(keyOf(each), { definition: definition.slice(0, open) + list + definition.slice(close) })
  }
  rekey(state, new Map([[keyOf(entry), columnKey(table, to)]]))
  for (const each of catalog.members(columnKey(table, to))) {
    if (each.kind === 'sequence') catalog.change(keyOf(each), { ownedBy: `${table.identity}.${quoted(to)}` })
  }
  for (const child of below) renameColumn(state, child, from, to)
}

/** A name as a word of its own, which no parenthesis makes a function. */
function word(name: string): RegExp {
  return new RegExp(`(?<![\\w."$'])${escaped(name)}(?![\\w"$'(.])`, 'g')
}

/** Leaves strings and what a foreign key points to as they are. */
function ownPart(definition: string, change: (text: string) => string): string {
  const [own = '', ...rest] = definition.split(/( REFERENCES )/)
  const changed = own
    .split(/('(?:[^']|'')*')/)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('')
  return changed + rest.join('')
}

function renameLabel(state: State, identity: string, from: string, to: string): void {
  const entry = state.catalog.get(`enum ${identity}`)
  const labels = entry?.attributes.labels
  if (!Array.isArray(labels)) return
  state.catalog.change(`enum ${identity}`, { labels: labels.map((label) => (label === from ? to : label)) })
  // Defaults are stored as the value, and printed with its name.
  const [old, now] = [from, to].map(literal)
  for (const each of state.catalog.all()) {
    const value = each.attributes.default
    if (each.kind === 'column' && value === `${old}::${identity}`) {
      state.catalog.change(keyOf(each), { default: now === undefined ? unknownValue : `${now}::${identity}` })
    } else if (typeof value === 'string' && value.includes(`::${identity}`) && value.includes(String(old))) {
      state.catalog.change(keyOf(each), { default: unknownValue })
    }
  }
}
