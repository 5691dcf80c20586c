import type { Name } from '../../model/operation.ts'
import { unknownValue } from '../../model/schema.ts'
import type { Column, Constraint, Index, Tables, UserType } from '../../model/tables.ts'
import { type Catalog, type Entry, keyOf } from './catalog.ts'
import { identityOf, nameOf, quoted } from './quoting.ts'
import { children, columnKey, columnOrder, lastName, ownerOf, plainName, relationOf } from './state.ts'

/** Answers from a catalog as it was at one moment. */
export function tablesAt(history: Catalog, moment: number, isComplete: boolean): Tables {
  const catalog = history.at(moment)
  const relation = (table: Name) => relationOf(catalog, table)
  const members = (table: Name, kind: string): Entry[] => {
    const entry = relation(table)
    return entry ? catalog.members(keyOf(entry)).filter((each) => each.kind === kind) : []
  }
  const tables: Tables = {
    isComplete,
    has: (table) => relation(table) !== undefined,
    columnsOf(table) {
      const entry = relation(table)
      const order = entry && columnOrder(catalog, entry)
      const columns = order
        ? order.flatMap((name) => catalog.get(columnKey(entry, name)) ?? [])
        : members(table, 'column').filter(({ identity }) => !identity.endsWith(unknownValue))
      return columns.map(columnOf)
    },
    columnOf(table, column) {
      const entry = relation(table)
      const found = entry && catalog.get(columnKey(entry, column))
      return found && columnOf(found)
    },
    constraintsOf: (table) => members(table, 'constraint').flatMap((entry) => constraintOf(table, entry)),
    indexesOf: (table) => members(table, 'index').map((entry) => indexOf(table, entry)),
    indexOf(name) {
      const entry = catalog.get(`index ${identityOf(name)}`)
      const owner = entry && ownerOf(catalog, entry)
      return owner && indexOf(nameOf(owner.identity), entry)
    },
    foreignKeysTo(table) {
      const entry = relation(table)
      return (entry ? catalog.dependents(keyOf(entry)) : []).flatMap((each) => {
        const owner = each.kind === 'constraint' ? ownerOf(catalog, each) : undefined
        return owner ? constraintOf(nameOf(owner.identity), each) : []
      })
    },
    isPartitioned: (table) => relation(table)?.attributes.partitionBy !== undefined,
    parentOf(table) {
      const entry = relation(table)
      const parent = entry?.attributes.partition === undefined ? undefined : ownerOf(catalog, entry)
      return parent && nameOf(parent.identity)
    },
    childrenOf(table) {
      const entry = relation(table)
      return entry ? children(catalog, entry).map(({ identity }) => nameOf(identity)) : []
    },
    viewsOn(table) {
      const entry = relation(table)
      const needing = entry ? catalog.dependents(keyOf(entry)) : []
      return needing.filter(({ kind }) => kind.endsWith('view')).map(({ identity }) => nameOf(identity))
    },
    triggersOf: (table) => members(table, 'trigger').map(lastName),
    typeOf: (type) => typeOf(catalog, identityOf(type)),
    functionsNamed(name) {
      const own = identityOf(name)
      return catalog.routines(own).map(({ identity }) => {
        const list = identity.slice(own.length + 1, -1)
        return list === '' ? [] : list.split(',')
      })
    },
    isProvenNotNull: (table, column) =>
      tables
        .constraintsOf(table)
        .some(({ type, validated, definition }) => type === 'check' && validated && proves(definition, column)),
  }
  return tables
}

function columnOf(entry: Entry): Column {
  const { type, notNull, default: value, identity, generated, collation } = entry.attributes
  return {
    name: lastName(entry),
    type: String(type),
    notNull: notNull === true,
    default: value === undefined ? undefined : String(value),
    identity: identity as Column['identity'],
    generated: generated as Column['generated'],
    collation: collation === undefined ? undefined : String(collation),
  }
}

function constraintOf(table: Name, entry: Entry): Constraint | [] {
  const { type, validated } = entry.attributes
  if (entry.identity.endsWith(unknownValue)) return []
  const definition = String(entry.attributes.definition)
  const target = /REFERENCES ((?:"(?:[^"]|"")*"|[^\s"(])+)\((unknown\(\)|.*?)\)/.exec(definition)
  const keys = /^(?:PRIMARY KEY|UNIQUE(?: NULLS NOT DISTINCT)?|FOREIGN KEY) \((.*?)\)/.exec(definition)?.[1]
  return {
    name: lastName(entry),
    table,
    type: type as Constraint['type'],
    definition,
    columns: keys === undefined ? (entry.columns ?? []) : names(keys),
    references: target?.[1] === undefined ? undefined : { table: nameOf(target[1]), columns: names(target[2] ?? '') },
    validated: validated === true,
  }
}

function indexOf(table: Name, entry: Entry): Index {
  const definition = String(entry.attributes.definition)
  const shape = / USING (\w+) \((.*?)\)(?= INCLUDE | NULLS NOT | WITH \(| WHERE |$)/.exec(definition)
  const keys = (shape?.[2] ?? unknownValue).split(', ').map((key) => /^("(?:[^"]|"")+"|\w+)(?: |$)/.exec(key)?.[1])
  const expression = keys.indexOf(undefined)
  const constraint = entry.belongsTo.find((key) => key.startsWith('constraint '))
  return {
    name: nameOf(entry.identity),
    table,
    definition,
    method: shape?.[1] ?? unknownValue,
    unique: definition.startsWith('CREATE UNIQUE '),
    columns: keys.slice(0, expression < 0 ? keys.length : expression).map((key) => plainName(key ?? '')),
    partial: expression >= 0 || definition.includes(' WHERE '),
    valid: entry.attributes.valid === true,
    constraint: constraint === undefined ? undefined : lastName({ identity: constraint }),
  }
}

function typeOf(catalog: Catalog, identity: string): UserType | undefined {
  const kinds = ['enum', 'domain', 'composite type', 'range', 'type'] as const
  const kind = kinds.find((each) => catalog.has(each, identity))
  const entry = kind && catalog.get(`${kind} ${identity}`)
  if (!kind || !entry) return undefined
  const { labels, base, notNull } = entry.attributes
  return {
    kind,
    labels: Array.isArray(labels) ? labels.map(String) : [],
    base: base === undefined ? undefined : String(base),
    isConstrained: notNull === true || catalog.members(keyOf(entry)).some((each) => each.kind === 'constraint'),
  }
}

function names(list: string): string[] {
  return list === '' || list.includes(unknownValue) ? [] : list.split(', ').map(plainName)
}

/** One of the conditions that AND joins is that the column is not null. */
function proves(definition: string, column: string): boolean {
  const inside = /^CHECK \((.*)\)(?: NO INHERIT)?$/.exec(definition)?.[1] ?? ''
  const test = `(${quoted(column)} IS NOT NULL)`
  return (
    inside === test ||
    (!/ OR |CASE/.test(inside) &&
      inside.startsWith('(') &&
      inside.split(' AND ').some((part) => part === test || part === `(${test}` || part === `${test})`))
  )
}
