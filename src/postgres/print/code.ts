import type { CatalogObject } from '../../model/schema.ts'
import {
  assigned,
  type Catalog,
  lastName,
  list,
  literal,
  type Making,
  ownerName,
  text,
  withOptions,
} from './catalog.ts'

export function types(catalog: Catalog): Making[] {
  return catalog.of('type', 'enum', 'domain', 'composite type', 'range').flatMap((type) => {
    const sql = createType(catalog, type)
    return sql ? [{ sql, of: type }] : []
  })
}

function createType(catalog: Catalog, type: CatalogObject): string | undefined {
  const { kind, identity, attributes } = type
  switch (kind) {
    case 'enum':
      return `CREATE TYPE ${identity} AS ENUM (${list(attributes.labels).map(literal).join(', ')})`
    case 'domain':
      return `CREATE DOMAIN ${identity} AS ${text(type, 'base')}${clause(type, 'collation', 'COLLATE')}${clause(type, 'default', 'DEFAULT')}${
        attributes.notNull === true && !hasNotNull(catalog, type) ? ' NOT NULL' : ''
      }`
    case 'composite type':
      return `CREATE TYPE ${identity} AS (${catalog
        .columnsOf(type)
        .map((column) => `${lastName(column)} ${text(column, 'type')}${clause(column, 'collation', 'COLLATE')}`)
        .join(', ')})`
    case 'range':
      return `CREATE TYPE ${identity} AS RANGE (${[
        `subtype = ${text(type, 'subtype')}`,
        ...options(type, { collation: 'collation', difference: 'subtype_diff', multirange: 'multirange_type_name' }),
      ].join(', ')})`
    default:
      // Its functions stand in a library of the server.
      return attributes.defined === false ? `CREATE TYPE ${identity}` : undefined
  }
}

/** From PostgreSQL 17 it is a constraint with a name. */
function hasNotNull(catalog: Catalog, domain: CatalogObject): boolean {
  return catalog.partsOf(domain, 'constraint').some(({ attributes: { type } }) => type === 'not null')
}

function clause(object: CatalogObject, name: string, words: string): string {
  const value = text(object, name)
  return value === undefined ? '' : ` ${words} ${value}`
}

function options(object: CatalogObject, names: Readonly<Record<string, string>>): string[] {
  return Object.entries(names).flatMap(([name, word]) => {
    const value = text(object, name)
    return value === undefined ? [] : [`${word} = ${value}`]
  })
}

export function collations(catalog: Catalog): Making[] {
  const providers: Readonly<Record<string, string>> = { c: 'libc', i: 'icu', b: 'builtin' }
  return catalog.of('collation').map((collation) => {
    const locale = text(collation, 'colllocale') ?? text(collation, 'colliculocale')
    const parts = [
      `provider = ${providers[text(collation, 'collprovider') ?? ''] ?? 'libc'}`,
      ...(locale === undefined ? [] : [`locale = ${literal(locale)}`]),
      ...(text(collation, 'collcollate') === undefined
        ? []
        : [`lc_collate = ${literal(text(collation, 'collcollate') ?? '')}`]),
      ...(text(collation, 'collctype') === undefined
        ? []
        : [`lc_ctype = ${literal(text(collation, 'collctype') ?? '')}`]),
      ...(collation.attributes.collisdeterministic === false ? ['deterministic = false'] : []),
    ]
    return { sql: `CREATE COLLATION ${collation.identity} (${parts.join(', ')})`, of: collation }
  })
}

export function functions(catalog: Catalog): Making[] {
  const plain = catalog.of('function', 'procedure').map((of) => ({ sql: text(of, 'definition') ?? '', of }))
  const aggregates = catalog
    .of('aggregate')
    .flatMap((of) => (text(of, 'kind') === 'n' ? [{ sql: aggregate(of), of }] : []))
  const casts = catalog.of('cast').map((of) => ({ sql: cast(of), of }))
  return [...plain, ...aggregates, ...casts]
}

function aggregate(of: CatalogObject): string {
  const initial = text(of, 'initial')
  const moving = text(of, 'movingInitial')
  const parallel: Readonly<Record<string, string>> = { s: 'SAFE', r: 'RESTRICTED' }
  const parts = [
    ...options(of, {
      transition: 'SFUNC',
      state: 'STYPE',
      final: 'FINALFUNC',
      combine: 'COMBINEFUNC',
      serial: 'SERIALFUNC',
      deserial: 'DESERIALFUNC',
    }),
    ...(initial === undefined ? [] : [`INITCOND = ${literal(initial)}`]),
    ...(text(of, 'movingTransition') && text(of, 'movingTransition') !== '-'
      ? [
          ...options(of, {
            movingTransition: 'MSFUNC',
            movingInverse: 'MINVFUNC',
            state: 'MSTYPE',
            movingFinal: 'MFINALFUNC',
          }),
          ...(moving === undefined ? [] : [`MINITCOND = ${literal(moving)}`]),
        ]
      : []),
    ...(parallel[text(of, 'parallel') ?? ''] ? [`PARALLEL = ${parallel[text(of, 'parallel') ?? '']}`] : []),
  ]
  return `CREATE AGGREGATE ${of.identity.replace(/\(\)$/, '(*)')} (${parts.join(', ')})`
}

function cast(of: CatalogObject): string {
  const how = text(of, 'function')
    ? `WITH FUNCTION ${text(of, 'function')}`
    : text(of, 'method') === 'i'
      ? 'WITH INOUT'
      : 'WITHOUT FUNCTION'
  const context = { assignment: ' AS ASSIGNMENT', implicit: ' AS IMPLICIT' }[text(of, 'context') ?? ''] ?? ''
  return `CREATE CAST (${of.identity}) ${how}${context}`
}

export function views(catalog: Catalog): Making[] {
  const plain = catalog.of('view').map((of) => ({
    sql: `CREATE VIEW ${of.identity}${withOptions(['', list(of.attributes.options)])} AS ${text(of, 'definition')}`,
    of,
  }))
  const materialized = catalog.of('materialized view').map((of) => {
    const method = text(of, 'accessMethod')
    const using = method && method !== 'heap' ? ` USING ${method}` : ''
    const select = (text(of, 'definition') ?? '').replace(/;\s*$/, '')
    const filled = of.attributes.populated === true ? '' : ' WITH NO DATA'
    return {
      sql: `CREATE MATERIALIZED VIEW ${of.identity}${using}${withOptions(['', list(of.attributes.options)])} AS ${select}${filled}`,
      of,
    }
  })
  return [...plain, ...materialized]
}

/** Triggers, rules, policies and extended statistics. */
export function reactions(catalog: Catalog): Making[] {
  const found: Making[] = []
  for (const of of catalog.of('trigger')) {
    // A partition has those of its table.
    if (of.belongsTo?.some((owner) => owner.startsWith('trigger '))) continue
    found.push({ sql: text(of, 'definition') ?? '', of }, ...enabling(of, 'TRIGGER'))
  }
  for (const of of catalog.of('rule')) found.push({ sql: text(of, 'definition') ?? '', of }, ...enabling(of, 'RULE'))
  for (const of of catalog.of('policy')) found.push({ sql: policy(of), of })
  for (const of of catalog.of('statistics')) {
    found.push({ sql: text(of, 'definition') ?? '', of })
    if (text(of, 'target'))
      found.push({ sql: `ALTER STATISTICS ${of.identity} SET STATISTICS ${text(of, 'target')}`, of })
  }
  return found
}

function enabling(of: CatalogObject, word: 'TRIGGER' | 'RULE'): Making[] {
  const how = { disabled: 'DISABLE', replica: 'ENABLE REPLICA', always: 'ENABLE ALWAYS' }[text(of, 'enabled') ?? '']
  return how ? [{ sql: `ALTER TABLE ${ownerName(of)} ${how} ${word} ${lastName(of)}`, of }] : []
}

function policy(of: CatalogObject): string {
  const [using, check] = [text(of, 'using'), text(of, 'check')]
  return [
    `CREATE POLICY ${lastName(of)} ON ${ownerName(of)}${of.attributes.permissive === false ? ' AS RESTRICTIVE' : ''}`,
    ` FOR ${text(of, 'command')?.toUpperCase()} TO ${list(of.attributes.roles).join(', ')}`,
    using === undefined ? '' : ` USING (${using})`,
    check === undefined ? '' : ` WITH CHECK (${check})`,
  ].join('')
}

/** They act on what is made after them, so they come last. */
export function late(catalog: Catalog): Making[] {
  const publications = catalog.of('publication').map((of) => ({ sql: publication(of), of }))
  const events = catalog.of('event trigger').flatMap((of) => {
    const tags = list(of.attributes.tags)
    const when = tags.length > 0 ? ` WHEN TAG IN (${tags.map(literal).join(', ')})` : ''
    const how = { disabled: 'DISABLE', replica: 'ENABLE REPLICA', always: 'ENABLE ALWAYS' }[text(of, 'enabled') ?? '']
    return [
      {
        sql: `CREATE EVENT TRIGGER ${of.identity} ON ${text(of, 'event')}${when} EXECUTE FUNCTION ${text(of, 'function')}()`,
        of,
      },
      ...(how ? [{ sql: `ALTER EVENT TRIGGER ${of.identity} ${how}`, of }] : []),
    ]
  })
  return [...publications, ...events]
}

function publication(of: CatalogObject): string {
  const { attributes } = of
  const published = ['insert', 'update', 'delete', 'truncate'].filter((what) => attributes[`pub${what}`] === true)
  const tables = list(attributes.tables)
  const scope =
    attributes.puballtables === true ? ' FOR ALL TABLES' : tables.length > 0 ? ` FOR TABLE ${tables.join(', ')}` : ''
  const root = attributes.pubviaroot === true ? ', publish_via_partition_root=true' : ''
  return `CREATE PUBLICATION ${of.identity}${scope} WITH (${assigned(`publish=${published.join(', ')}`)}${root})`
}
