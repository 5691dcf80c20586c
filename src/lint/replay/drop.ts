import { unknownValue } from '../../model/schema.ts'
import { type Entry, keyOf } from './catalog.ts'
import { quoted } from './quoting.ts'
import { children, columnKey, columnOrder, lastName, ownerOf, type State } from './state.ts'

/** Drops an object with all that comes and goes with it; with CASCADE also what else depends on it. */
export function drop(state: State, entry: Entry): void {
  const { catalog } = state
  const key = keyOf(entry)
  if (!catalog.get(key)) return
  catalog.delete(key)
  for (const member of catalog.members(key)) if (!isOnlyPartlyFrom(member, key)) drop(state, member)
  for (const kind of ['comment', 'privileges', 'security label']) catalog.delete(`${kind} ${key}`)
  // A constraint falls with its index, and the index with it.
  const constraint =
    entry.kind === 'index' ? entry.belongsTo.find((owner) => owner.startsWith('constraint ')) : undefined
  const falls = constraint === undefined ? undefined : catalog.get(constraint)
  if (falls) drop(state, falls)
  for (const each of dependents(state, entry)) {
    const owner = each.kind === 'column' ? ownerOf(catalog, each) : undefined
    if (owner) dropColumn(state, owner, lastName(each))
    else drop(state, each)
  }
  if (entry.kind === 'sequence') dropDefaults(state, entry)
}

/** A column of an inheriting table stays where it is its own, too. */
function isOnlyPartlyFrom({ kind, belongsTo, attributes }: Entry, key: string): boolean {
  return kind === 'column' && belongsTo[0] !== key && attributes.local === true
}

function dropDefaults({ catalog }: State, { identity }: Entry): void {
  for (const each of catalog.all()) {
    if (each.kind === 'column' && each.attributes.default === `nextval('${identity}'::regclass)`) {
      catalog.change(keyOf(each), { default: undefined })
    }
  }
}

/** What names the object without belonging to it: views over a table, foreign keys to it, columns of a type, routines that take one. */
function dependents({ catalog }: State, { kind, identity }: Entry): Entry[] {
  const needing = catalog.dependents(`${kind} ${identity}`)
  if (!types.has(kind)) return needing
  const isIt = (type: unknown) => type === identity || type === `${identity}[]`
  const using = catalog.all().filter((entry) => {
    if (entry.kind === 'column') return isIt(entry.attributes.type)
    if (entry.kind !== 'function' && entry.kind !== 'procedure') return false
    return (/\((.*)\)$/.exec(entry.identity)?.[1] ?? '').split(',').some(isIt)
  })
  return [...needing, ...using]
}

const types = new Set(['enum', 'domain', 'composite type', 'range', 'type'])

export function dropColumn(state: State, table: Entry, column: string): void {
  const { catalog } = state
  const entry = catalog.get(columnKey(table, column))
  if (!entry) return
  const below = children(catalog, table).filter((child) => {
    const own = catalog.get(columnKey(child, column))
    return own?.belongsTo.includes(keyOf(entry)) && own.attributes.local !== true
  })
  for (const each of catalog.members(keyOf(table))) {
    const uses = each.kind === 'index' || each.kind === 'constraint' || each.kind === 'statistics'
    if (uses && usesColumn(each, column)) drop(state, each)
  }
  for (const child of below) dropColumn(state, child, column)
  drop(state, entry)
  const order = columnOrder(catalog, table)
  catalog.change(`column order ${table.identity}`, {
    columns: order ? order.filter((name) => name !== column).map(quoted) : unknownValue,
  })
  const count = catalog.get(`dropped columns ${table.identity}`)?.attributes.count
  if (typeof count === 'number') catalog.change(`dropped columns ${table.identity}`, { count: count + 1 })
}

/** By what the operation said, or by the names in its definition. */
export function usesColumn({ columns, attributes }: Entry, column: string): boolean {
  return columns
    ? columns.includes(column)
    : String(attributes.definition)
        .split(/[^\w"]+/)
        .includes(quoted(column))
}

export function dropConstraint(state: State, table: Entry, name: string): void {
  const { catalog } = state
  const entry = catalog.get(`constraint ${table.identity}.${quoted(name)}`)
  if (!entry) return
  for (const child of children(catalog, table)) {
    const key = `constraint ${child.identity}.${quoted(lastName(entry))}`
    const own = catalog.get(key)
    const count = own?.attributes.inherited
    if (own?.attributes.type !== 'check' || typeof count !== 'number') continue
    if (own.attributes.local !== true && count === 1) dropConstraint(state, child, name)
    else if (count > 1) catalog.change(key, { inherited: count - 1 })
    else catalog.change(key, { inherited: undefined, local: undefined })
  }
  drop(state, entry)
}
