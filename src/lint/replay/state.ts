import type { Name } from '../../model/operation.ts'
import { unknownValue } from '../../model/schema.ts'
import type { Catalog, Entry, Key } from './catalog.ts'
import type { Scope } from './print.ts'
import { identityOf, quoted } from './quoting.ts'

/** What the steps of a replay share. */
export interface State {
  readonly catalog: Catalog
  /** Who owns what is created, as PostgreSQL prints the role. */
  owner: string
  /** The server's major version: from 18 on NOT NULL is a constraint with a name. */
  readonly major: number
  /** Says that something was done that cannot be followed. */
  readonly lost: () => void
}

/** The table of this name, of whatever kind it is. */
export function relationOf(catalog: Catalog, name: Name): Entry | undefined {
  const identity = identityOf(name)
  for (const kind of ['table', 'foreign table', 'materialized view', 'view', 'composite type']) {
    const found = catalog.get(`${kind} ${identity}`)
    if (found) return found
  }
  return undefined
}

export function columnKey(table: Entry, column: string): Key {
  return `column ${table.identity}.${quoted(column)}`
}

/** The columns of a table in their order, without their quotes; undefined where they are not all known. */
export function columnOrder(catalog: Catalog, table: Entry): readonly string[] | undefined {
  const order = catalog.get(`column order ${table.identity}`)?.attributes.columns
  return Array.isArray(order) ? (order as string[]).map(plainName) : undefined
}

/** Adds a column behind the others, where they are known. */
export function appendColumn(catalog: Catalog, table: Entry, column: string): void {
  const order = columnOrder(catalog, table)
  catalog.change(`column order ${table.identity}`, { columns: order ? [...order, column].map(quoted) : unknownValue })
}

export function plainName(shown: string): string {
  return shown.startsWith('"') ? shown.slice(1, -1).replaceAll('""', '"') : shown
}

/** The last part of an object's identity, without its quotes. */
export function lastName({ identity }: Pick<Entry, 'identity'>): string {
  return plainName(/(?:"(?:[^"]|"")*"|[^".]+)$/.exec(identity)?.[0] ?? identity)
}

/** How expressions over the columns of this table are printed. */
export function scopeOf(catalog: Catalog, table: Entry): Scope {
  return {
    typeOf: (column) => {
      const type = catalog.get(columnKey(table, column))?.attributes.type
      return typeof type === 'string' ? type : undefined
    },
    kindOf: kindOf(catalog),
  }
}

export function kindOf(catalog: Catalog): Scope['kindOf'] {
  return (type) => ['enum', 'domain'].find((kind) => catalog.has(kind, type))
}

/** The partitions and inheriting tables right below a table. */
export function children(catalog: Catalog, table: Entry): Entry[] {
  const own = columnKeysOf(catalog, table)
  const tables = new Map<Key, Entry>()
  for (const column of own) {
    for (const member of catalog.members(column)) {
      if (member.kind !== 'column') continue
      const child = ownerOf(catalog, member)
      if (child) tables.set(`${child.kind} ${child.identity}`, child)
    }
  }
  for (const member of catalog.members(`table ${table.identity}`)) {
    if (member.kind === 'table' || member.kind === 'foreign table')
      tables.set(`${member.kind} ${member.identity}`, member)
  }
  return [...tables.values()]
}

function columnKeysOf(catalog: Catalog, table: Entry): Key[] {
  return catalog
    .members(`${table.kind} ${table.identity}`)
    .flatMap(({ kind, identity }) => (kind === 'column' ? `column ${identity}` : []))
}

/** The relation that an object belongs to. */
export function ownerOf(catalog: Catalog, { belongsTo }: Entry): Entry | undefined {
  return belongsTo.map((key) => catalog.get(key)).find((entry) => entry !== undefined && relationLike.has(entry.kind))
}

const relationLike = new Set(['table', 'foreign table', 'view', 'materialized view', 'composite type'])
