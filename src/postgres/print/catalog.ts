import type { Attribute, CatalogObject, Schema } from '../../model/schema.ts'

/** A snapshot with its ways from one object to another. */
export interface Catalog {
  readonly schema: Schema
  of(...kinds: readonly string[]): readonly CatalogObject[]
  find(key: string): CatalogObject | undefined
  /** The objects that name this one first among those that they belong to. */
  partsOf(owner: CatalogObject, kind: string): readonly CatalogObject[]
  /** In the order that INSERT sees. */
  columnsOf(relation: CatalogObject): readonly CatalogObject[]
}

/** One statement, or several that only make sense together, and the object that they make or complete. */
export interface Making {
  readonly sql: string
  readonly of: CatalogObject
  /** Where `sql` is refused for what the server does not have. */
  readonly orElse?: string
}

export function keyOf({ kind, identity }: CatalogObject): string {
  return `${kind} ${identity}`
}

export function catalogOf(schema: Schema): Catalog {
  const byKey = new Map(schema.map((object) => [keyOf(object), object]))
  const byKind = grouped(schema, ({ kind }) => [kind])
  const byOwner = grouped(schema, ({ kind, belongsTo = [] }) =>
    belongsTo.slice(0, 1).map((owner) => `${kind} of ${owner}`),
  )
  const partsOf = (owner: CatalogObject, kind: string) => byOwner.get(`${kind} of ${keyOf(owner)}`) ?? []
  return {
    schema,
    of: (...kinds) => kinds.flatMap((kind) => byKind.get(kind) ?? []),
    find: (key) => byKey.get(key),
    partsOf,
    columnsOf(relation) {
      const order = partsOf(relation, 'column order')[0]?.attributes.columns
      const names = Array.isArray(order) ? (order as readonly string[]) : undefined
      if (!names) return partsOf(relation, 'column')
      return names.flatMap((name) => byKey.get(`column ${relation.identity}.${name}`) ?? [])
    },
  }
}

function grouped(schema: Schema, keys: (object: CatalogObject) => readonly string[]): Map<string, CatalogObject[]> {
  const found = new Map<string, CatalogObject[]>()
  for (const object of schema)
    for (const key of keys(object)) {
      const group = found.get(key)
      if (group) group.push(object)
      else found.set(key, [object])
    }
  return found
}

/** The last part of a qualified name, quoted as it is there. */
export function lastName({ identity }: CatalogObject): string {
  return /(?:"(?:[^"]|"")*"|[^."]+)$/.exec(identity)?.[0] ?? identity
}

/** `public.users` of `public.users.email`. */
export function ownerName(object: CatalogObject): string {
  return object.identity.slice(0, object.identity.length - lastName(object).length - 1)
}

/** An attribute as text; undefined where it is not there. */
export function text(object: CatalogObject, name: string): string | undefined {
  const value = object.attributes[name]
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined
}

export function list(value: Attribute | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}

export function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}

/** ` WITH (fillfactor='70')` of `['fillfactor=70']`; empty for none. */
export function withOptions(...groups: readonly (readonly [prefix: string, options: readonly string[]])[]): string {
  const all = groups.flatMap(([prefix, options]) => options.map((option) => `${prefix}${assigned(option)}`))
  return all.length > 0 ? ` WITH (${all.join(', ')})` : ''
}

/** `fillfactor='70'` of `fillfactor=70`. */
export function assigned(option: string): string {
  const [name = '', ...value] = option.split('=')
  return `${name}=${literal(value.join('='))}`
}
