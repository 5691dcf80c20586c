import type { CatalogObject } from '../../model/schema.ts'
import { assigned, type Catalog, keyOf, lastName, list, type Making, ownerName, text, withOptions } from './catalog.ts'

/** CREATE TABLE with what can only stand there; partitions stand alone until they are attached, so that all names are kept. */
export function tables(catalog: Catalog): Making[] {
  return catalog.of('table').map((table) => ({ sql: createTable(catalog, table), of: table }))
}

function createTable(catalog: Catalog, table: CatalogObject): string {
  const { attributes, identity } = table
  const isPartition = text(table, 'partition') !== undefined
  const parents = isPartition ? [] : list(attributes.inherits)
  const own = catalog.columnsOf(table).filter(({ attributes: { local } }) => isPartition || local !== false)
  const checks = catalog
    .partsOf(table, 'constraint')
    .filter((constraint) => isInline(constraint) && (isPartition || constraint.attributes.local !== false))
    .map((constraint) => `CONSTRAINT ${lastName(constraint)} ${text(constraint, 'definition')}`)
  const parts = [...own.map((each) => column(catalog, table, each)), ...checks]
  const method = text(table, 'accessMethod')
  return [
    `CREATE ${text(table, 'persistence') === 'unlogged' ? 'UNLOGGED ' : ''}TABLE ${identity} (${parts.join(', ')})`,
    parents.length > 0 ? ` INHERITS (${parents.join(', ')})` : '',
    text(table, 'partitionBy') ? ` PARTITION BY ${text(table, 'partitionBy')}` : '',
    method && method !== 'heap' ? ` USING ${method}` : '',
    withOptions(['', list(attributes.options)], ['toast.', list(attributes.toastOptions)]),
  ].join('')
}

/** A check that is not valid, or not enforced, cannot be so from the start. */
function isInline({ attributes: { type, validated, enforced } }: CatalogObject): boolean {
  return type === 'check' && validated !== false && enforced !== false
}

function column(catalog: Catalog, table: CatalogObject, of: CatalogObject): string {
  const collation = text(of, 'collation')
  const generated = text(of, 'generated')
  const notNull = notNullOf(catalog, table, of)
  return [
    `${lastName(of)} ${text(of, 'type')}`,
    collation ? ` COLLATE ${collation}` : '',
    generated ? ` GENERATED ALWAYS AS (${text(of, 'default')}) ${generated.toUpperCase()}` : '',
    identity(catalog, of),
    notNull,
  ].join('')
}

/** The partitions of a table share its identity, and have no sequence of their own. */
function identity(catalog: Catalog, of: CatalogObject): string {
  const kind = text(of, 'identity')
  const [sequence] = catalog.partsOf(of, 'sequence')
  if (!kind || !sequence) return ''
  return ` GENERATED ${kind.toUpperCase()} AS IDENTITY (SEQUENCE NAME ${sequence.identity} ${sequenceOptions(sequence)})`
}

/** From PostgreSQL 18 it has a name. */
function notNullOf(catalog: Catalog, table: CatalogObject, of: CatalogObject): string {
  if (of.attributes.notNull !== true) return ''
  const known = catalog
    .partsOf(table, 'constraint')
    .find(({ attributes, belongsTo = [] }) => attributes.type === 'not null' && belongsTo.includes(keyOf(of)))
  if (!known) return ' NOT NULL'
  if (known.attributes.validated === false) return ''
  return ` CONSTRAINT ${lastName(known)} NOT NULL${/ NO INHERIT$/.test(text(known, 'definition') ?? '') ? ' NO INHERIT' : ''}`
}

function sequenceOptions(sequence: CatalogObject): string {
  const option = (name: string) => text(sequence, name)
  return [
    `START WITH ${option('start')} INCREMENT BY ${option('increment')} MINVALUE ${option('min')} MAXVALUE ${option('max')}`,
    ` CACHE ${option('cache')}${sequence.attributes.cycle === true ? ' CYCLE' : ''}`,
  ].join('')
}

/** The sequences that no identity column brings with it. */
export function sequences(catalog: Catalog): Making[] {
  return catalog.of('sequence').flatMap((sequence) => {
    if (isIdentity(catalog, sequence)) return []
    const unlogged = text(sequence, 'persistence') === 'unlogged' ? 'UNLOGGED ' : ''
    const type = text(sequence, 'type')
    return {
      sql: `CREATE ${unlogged}SEQUENCE ${sequence.identity} AS ${type} ${sequenceOptions(sequence)}`,
      of: sequence,
    }
  })
}

function isIdentity(catalog: Catalog, sequence: CatalogObject): boolean {
  const [owner] = sequence.belongsTo ?? []
  return owner !== undefined && catalog.find(owner)?.attributes.identity !== undefined
}

/** What a table gets once it is there: its place in a hierarchy, defaults, and how its columns are stored. */
export function tableParts(catalog: Catalog): Making[] {
  const found: Making[] = []
  for (const sequence of catalog.of('sequence')) {
    const owner = text(sequence, 'ownedBy')
    if (owner && !isIdentity(catalog, sequence))
      found.push({ sql: `ALTER SEQUENCE ${sequence.identity} OWNED BY ${owner}`, of: sequence })
  }
  for (const relation of catalog.of('table', 'view'))
    for (const each of catalog.columnsOf(relation)) found.push(...columnParts(relation, each))
  for (const table of catalog.of('table')) found.push(...hierarchy(table))
  return found
}

function columnParts(relation: CatalogObject, of: CatalogObject): Making[] {
  const found: Making[] = []
  const alter = (change: string) =>
    found.push({ sql: `ALTER TABLE ONLY ${relation.identity} ALTER COLUMN ${lastName(of)} ${change}`, of })
  const [value, storage, compression] = [text(of, 'default'), text(of, 'storage'), text(of, 'compression')]
  const options = list(of.attributes.options)
  if (value !== undefined && !text(of, 'generated')) alter(`SET DEFAULT ${value}`)
  if (storage) alter(`SET STORAGE ${storage.toUpperCase()}`)
  if (compression) alter(`SET COMPRESSION ${{ p: 'pglz', l: 'lz4' }[compression] ?? compression}`)
  if (text(of, 'statistics')) alter(`SET STATISTICS ${text(of, 'statistics')}`)
  if (options.length > 0) alter(`SET (${options.map(assigned).join(', ')})`)
  return found
}

function hierarchy(table: CatalogObject): Making[] {
  const bound = text(table, 'partition')
  const [parent] = list(table.attributes.inherits)
  return bound && parent
    ? [{ sql: `ALTER TABLE ONLY ${parent} ATTACH PARTITION ${table.identity} ${bound}`, of: table }]
    : []
}

/** Primary keys first: foreign keys need them. */
export function constraints(catalog: Catalog): Making[] {
  const rank = ({ attributes: { type } }: CatalogObject) =>
    ['primary key', 'unique', 'exclude', 'check', 'not null'].indexOf(String(type))
  const all = catalog.of('constraint').filter((constraint) => !isMadeWithOthers(catalog, constraint))
  return [...all]
    .sort((a, b) => ((rank(a) + 6) % 6) - ((rank(b) + 6) % 6))
    .map((constraint) => {
      const owner = ownerName(constraint)
      const isDomain = catalog.find(`domain ${owner}`) !== undefined
      const table = catalog.find(`table ${owner}`)
      // PostgreSQL refuses ONLY for a foreign key of a partitioned table.
      const isWhole = constraint.attributes.type === 'foreign key' && table?.attributes.partitionBy !== undefined
      const target = isDomain ? `DOMAIN ${owner}` : `TABLE ${isWhole ? '' : 'ONLY '}${owner}`
      const sql = `ALTER ${target} ADD CONSTRAINT ${lastName(constraint)} ${text(constraint, 'definition')}`
      return { sql, of: constraint }
    })
}

function isMadeWithOthers(catalog: Catalog, constraint: CatalogObject): boolean {
  const { attributes, belongsTo = [] } = constraint
  const isOfDomain = belongsTo[0]?.startsWith('domain ') ?? false
  if (isOfDomain) return false
  const isOfParent = belongsTo.some((owner) => owner.startsWith('constraint '))
  const isKey = ['primary key', 'unique', 'exclude'].includes(String(attributes.type))
  if (isOfParent || attributes.local === false) return !isKey
  if (attributes.type === 'not null') return attributes.validated !== false
  return isInline(constraint) && catalog.find(`table ${ownerName(constraint)}`) !== undefined
}

export function indexes(catalog: Catalog): Making[] {
  const made = catalog
    .of('index')
    .filter(({ belongsTo = [] }) => !belongsTo.some((owner) => owner.startsWith('constraint ')))
    .map((index) => ({ sql: text(index, 'definition') ?? '', of: index }))
  const attached = catalog.of('index').flatMap((index) => {
    const whole = text(index, 'partOf')
    return whole ? [{ sql: `ALTER INDEX ${whole} ATTACH PARTITION ${index.identity}`, of: index }] : []
  })
  return [...made, ...attached]
}

/** How a table is read and replicated, which needs its indexes. */
export function tableSettings(catalog: Catalog): Making[] {
  const found: Making[] = []
  for (const table of catalog.of('table')) {
    const alter = (change: string) => found.push({ sql: `ALTER TABLE ONLY ${table.identity} ${change}`, of: table })
    const security = text(table, 'rowSecurity')
    if (security === 'enabled' || security === 'forced') alter('ENABLE ROW LEVEL SECURITY')
    if (security === 'forced' || security === 'disabled, forced') alter('FORCE ROW LEVEL SECURITY')
    const replica = text(table, 'replicaIdentity')
    if (replica === 'full' || replica === 'nothing') alter(`REPLICA IDENTITY ${replica.toUpperCase()}`)
    for (const index of catalog.partsOf(table, 'index')) {
      if (index.attributes.replicaIdentity === true) alter(`REPLICA IDENTITY USING INDEX ${lastName(index)}`)
      if (index.attributes.clustered === true) alter(`CLUSTER ON ${lastName(index)}`)
    }
  }
  // What CREATE INDEX CONCURRENTLY left behind. There is no statement that makes an index invalid.
  for (const index of catalog.of('index'))
    if (index.attributes.valid === false && !/ ON ONLY /.test(text(index, 'definition') ?? ''))
      found.push({
        sql: `UPDATE pg_catalog.pg_index SET indisvalid = false WHERE indexrelid = '${index.identity.replaceAll("'", "''")}'::pg_catalog.regclass`,
        of: index,
      })
  return found
}
