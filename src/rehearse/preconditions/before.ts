import type { Name } from '../../model/operation.ts'
import type { Attribute, CatalogObject, Schema } from '../../model/schema.ts'

/** A table of before the migration, with its names as PostgreSQL prints them: quoted where SQL needs it. */
export interface OldTable {
  readonly name: string
  /** In `FROM`: the rows that its own constraints are about. */
  readonly from: string
  readonly columns: readonly OldColumn[]
  /** `RANGE (at)`; undefined for a table that is not partitioned. */
  readonly partitionBy: string | undefined
  /** Of its primary key; empty without one. */
  readonly primaryKey: readonly string[]
}

export interface OldColumn {
  /** As PostgreSQL stores it. */
  readonly name: string
  readonly sql: string
  /** As PostgreSQL prints it, a domain as its own name. */
  readonly type: string
  readonly notNull: boolean
  /** GENERATED … STORED or VIRTUAL. */
  readonly isGenerated: boolean
}

interface OldConstraint {
  readonly type: string
  readonly definition: string
  readonly isValidated: boolean
}

/** With what its own constraints ask of a value, not those of a domain beneath. */
export interface Domain {
  /** Without quotes: `public.percent`. */
  readonly name: string
  /** As PostgreSQL prints it. */
  readonly base: string
  /** The same without quotes, to find it by where it is a domain itself. */
  readonly beneath: string
  readonly notNull: boolean
  readonly checks: readonly {
    readonly name: string | undefined
    readonly expression: string
    readonly isValidated: boolean
  }[]
}

/** A partition and its bound: `FOR VALUES IN (1)`, `DEFAULT`. */
export interface PartitionLink {
  readonly table: Name
  readonly parent: Name
  readonly bound: string
}

/** What there is before a migration, by the names that operations use. */
export interface Before {
  table(name: Name): OldTable | undefined
  tables(): readonly OldTable[]
  constraint(table: OldTable, name: string): OldConstraint | undefined
  /** By its name without quotes, as operations have it. */
  domain(name: string): Domain | undefined
  /** Foreign tables among them. */
  partitions(): readonly PartitionLink[]
  labels(type: string): readonly string[] | undefined
}

/** Reads a snapshot of the catalog. Views and foreign tables are no tables here: their rows are elsewhere. A materialized view has rows. */
export function beforeOf(schema: Schema): Before {
  const of = (kind: string) => new Map(schema.filter((each) => each.kind === kind).map((each) => [each.identity, each]))
  const constraints = schema.filter(({ kind }) => kind === 'constraint')
  const columns = new Map<string, CatalogObject[]>()
  for (const each of schema.filter(({ kind }) => kind === 'column'))
    columns.set(parentOf(each), [...(columns.get(parentOf(each)) ?? []), each])
  const keys = new Map(
    constraints
      .filter(({ attributes }) => attributes.type === 'primary key')
      .map((each) => [parentOf(each), text(each.attributes.definition)]),
  )
  const domains = of('domain')
  const byDomain = new Map([...domains.values()].map((each) => [plain(each.identity), domainOf(each, constraints)]))
  const enums = of('enum')
  const tables = new Map<string, OldTable>()
  const populated = [...of('materialized view')].filter(([, { attributes }]) => attributes.populated !== false)
  for (const [identity, { attributes }] of [...of('table'), ...populated]) {
    const own = (columns.get(`table ${identity}`) ?? []).map((column) => columnOf(column, identity, domains))
    tables.set(plain(identity), {
      name: identity,
      from: attributes.partitionBy === undefined ? `ONLY ${identity}` : identity,
      columns: own,
      partitionBy: typeof attributes.partitionBy === 'string' ? attributes.partitionBy : undefined,
      primaryKey: columnsIn(keys.get(`table ${identity}`), own),
    })
  }
  const byName = new Map(constraints.map((each) => [plain(each.identity), each.attributes]))
  return {
    table: (name) => tables.get(name),
    tables: () => [...tables.values()],
    constraint(table, name) {
      const found = byName.get(`${plain(table.name)}.${name}`)
      if (!found) return undefined
      return {
        type: text(found.type),
        definition: text(found.definition),
        isValidated: found.validated !== false,
      }
    },
    domain: (name) => byDomain.get(name),
    partitions: () => schema.flatMap(linkOf),
    labels: (type) => enums.get(type)?.attributes.labels as readonly string[] | undefined,
  }
}

function domainOf({ identity, attributes }: CatalogObject, constraints: Schema): Domain {
  const own = constraints.filter((each) => parentOf(each) === `domain ${identity}`)
  return {
    name: plain(identity),
    base: text(attributes.base),
    beneath: plain(text(attributes.base)),
    notNull: attributes.notNull === true,
    checks: own.flatMap((each) => {
      const expression = checkedIn(text(each.attributes.definition))
      const name = plain(each.identity.slice(identity.length + 1))
      return expression === undefined ? [] : [{ name, expression, isValidated: each.attributes.validated !== false }]
    }),
  }
}

/** The expression of a CHECK as PostgreSQL prints it. */
export function checkedIn(definition: string): string | undefined {
  return /^CHECK \((.*)\)(?: NO INHERIT)?(?: NOT VALID)?$/s.exec(definition)?.[1]
}

/** None of one that is being detached. */
function linkOf({ kind, identity, attributes: { partition, inherits } }: CatalogObject): PartitionLink[] {
  const [parent] = Array.isArray(inherits) ? inherits : []
  if (!/table$/.test(kind) || typeof partition !== 'string' || typeof parent !== 'string') return []
  return parent.endsWith(' (detach pending)')
    ? []
    : [{ table: plain(identity) as Name, parent: plain(parent) as Name, bound: partition }]
}

function columnOf(
  { identity, attributes }: CatalogObject,
  table: string,
  domains: ReadonlyMap<string, CatalogObject>,
): OldColumn {
  const sql = identity.slice(table.length + 1)
  const type = text(attributes.type)
  return {
    name: plain(sql),
    sql,
    type,
    notNull: attributes.notNull === true || domains.get(type)?.attributes.notNull === true,
    isGenerated: attributes.generated !== undefined,
  }
}

function parentOf({ belongsTo }: CatalogObject): string {
  return belongsTo?.[0] ?? ''
}

/** `PRIMARY KEY (id, "At")` → id, At */
function columnsIn(definition: string | undefined, columns: readonly OldColumn[]): string[] {
  const inner = /^PRIMARY KEY \((.*?)\)(?: INCLUDE|$)/.exec(definition ?? '')?.[1]
  return inner === undefined ? [] : namesIn(inner, columns)
}

/** The columns of a list as PostgreSQL prints it, in its order. */
export function namesIn(list: string, columns: readonly OldColumn[]): string[] {
  const parts = list.match(/"(?:[^"]|"")*"|[^,\s]+/g) ?? []
  return parts.flatMap((part) => columns.find(({ sql }) => sql === part)?.name ?? [])
}

/** `public."Closed"` as operations name it: `public.Closed`. */
export function plain(quoted: string): string {
  return quoted.replace(/"((?:[^"]|"")*)"/g, (_, inner: string) => inner.replaceAll('""', '"'))
}

function text(attribute: Attribute | undefined): string {
  return typeof attribute === 'string' ? attribute : ''
}
