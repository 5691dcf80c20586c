import type { CatalogObject } from '../../model/schema.ts'
import { type Catalog, lastName, list, literal, type Making, ownerName, text } from './catalog.ts'

/** The kinds by the words of ALTER, COMMENT and GRANT. */
const words: Readonly<Record<string, string>> = {
  schema: 'SCHEMA',
  extension: 'EXTENSION',
  table: 'TABLE',
  view: 'VIEW',
  'materialized view': 'MATERIALIZED VIEW',
  sequence: 'SEQUENCE',
  index: 'INDEX',
  column: 'COLUMN',
  enum: 'TYPE',
  domain: 'DOMAIN',
  'composite type': 'TYPE',
  range: 'TYPE',
  function: 'FUNCTION',
  procedure: 'PROCEDURE',
  aggregate: 'AGGREGATE',
  collation: 'COLLATION',
  statistics: 'STATISTICS',
  publication: 'PUBLICATION',
  'event trigger': 'EVENT TRIGGER',
}

/** What stands on a table and is named with it. */
const parts: Readonly<Record<string, string>> = {
  constraint: 'CONSTRAINT',
  trigger: 'TRIGGER',
  rule: 'RULE',
  policy: 'POLICY',
}

export function schemas(catalog: Catalog): Making[] {
  const all = catalog.of('schema')
  const found: Making[] = []
  for (const of of all) {
    if (of.identity !== 'public') found.push({ sql: `CREATE SCHEMA ${of.identity}`, of })
    // A new database has granted it to everybody.
    else found.push({ sql: 'REVOKE ALL ON SCHEMA public FROM PUBLIC', of })
  }
  return found
}

export function extensions(catalog: Catalog): Making[] {
  return catalog
    .of('extension')
    .filter(({ identity }) => identity !== 'plpgsql')
    .map((of) => {
      const sql = `CREATE EXTENSION IF NOT EXISTS ${of.identity} SCHEMA ${text(of, 'schema')}`
      return { sql: `${sql} VERSION ${literal(text(of, 'version') ?? '')} CASCADE`, orElse: `${sql} CASCADE`, of }
    })
}

/** ALTER … OWNER TO. What belongs to a table, such as the sequence of a column, goes with it. */
export function owners(catalog: Catalog): Making[] {
  return catalog.schema.flatMap((of) => {
    const owner = text(of, 'owner')
    const word = words[of.kind]
    if (!owner || !word || (of.kind === 'sequence' && of.belongsTo !== undefined)) return []
    return [{ sql: `ALTER ${word} ${of.identity} OWNER TO ${owner}`, of }]
  })
}

export function comments(catalog: Catalog): Making[] {
  return catalog.of('comment').flatMap((of) => {
    const object = catalog.find(of.identity)
    const target = object && commented(catalog, object)
    return target ? [{ sql: `COMMENT ON ${target} IS ${literal(text(of, 'comment') ?? '')}`, of }] : []
  })
}

function commented(catalog: Catalog, object: CatalogObject): string | undefined {
  const word = words[object.kind]
  if (word) return `${word} ${object.identity}`
  const part = parts[object.kind]
  if (!part) return undefined
  const owner = ownerName(object)
  return `${part} ${lastName(object)} ON ${catalog.find(`domain ${owner}`) ? 'DOMAIN ' : ''}${owner}`
}

export function privileges(catalog: Catalog): Making[] {
  return catalog.of('privileges').flatMap((of) => {
    const object = catalog.find(of.identity)
    const target = object && granted(object)
    if (!object || !target) return []
    const columns = object.kind === 'column' ? ` (${lastName(object)})` : ''
    const owner = text(object, 'owner')
    const revoke = columns === '' ? [`REVOKE ALL ON ${target} FROM PUBLIC${owner ? `, ${owner}` : ''}`] : []
    return [{ sql: [...revoke, ...grants(of, target, columns)].join('; '), of }]
  })
}

function granted(object: CatalogObject): string | undefined {
  const { kind, identity } = object
  if (kind === 'column') return `TABLE ${ownerName(object)}`
  if (kind === 'view' || kind === 'materialized view') return `TABLE ${identity}`
  if (kind === 'aggregate') return `FUNCTION ${identity}`
  const isGrantable = [
    'table',
    'sequence',
    'schema',
    'function',
    'procedure',
    'enum',
    'domain',
    'composite type',
    'range',
  ].includes(kind)
  return isGrantable ? `${kind === 'domain' ? 'TYPE' : words[kind]} ${identity}` : undefined
}

function grants(of: CatalogObject, target: string, columns: string): string[] {
  return Object.entries(of.attributes).flatMap(([grantee, granted]) =>
    list(granted).map((each) => {
      const [, privilege, option = ''] = /^(.*?)( WITH GRANT OPTION)?$/.exec(each) ?? []
      return `GRANT ${privilege}${columns} ON ${target} TO ${grantee}${option}`
    }),
  )
}

/** What objects that are made from now on will be granted. Last of all: they would act on the copy itself. */
export function defaultPrivileges(catalog: Catalog): Making[] {
  return catalog.of('default privileges').flatMap((of) => {
    const [, role, schema, what] =
      /^("(?:[^"]|"")*"|\S+)(?: IN ("(?:[^"]|"")*"|\S+))? ON (TABLES|SEQUENCES|FUNCTIONS|TYPES|SCHEMAS)$/.exec(
        of.identity,
      ) ?? []
    if (!role || !what) return []
    const begin = `ALTER DEFAULT PRIVILEGES FOR ROLE ${role}${schema ? ` IN SCHEMA ${schema}` : ''}`
    const revoke = schema ? [] : [`${begin} REVOKE ALL ON ${what} FROM PUBLIC, ${role}`]
    const all = grants(of, what, '').map((grant) => `${begin} ${grant}`)
    return [{ sql: [...revoke, ...all].join('; '), of }]
  })
}

/** Every role that the schema names, without quotes. */
export function rolesIn(catalog: Catalog): string[] {
  const found = new Set<string>()
  for (const of of catalog.schema) {
    const owner = text(of, 'owner')
    if (owner) found.add(owner)
    if (of.kind === 'policy') for (const role of list(of.attributes.roles)) found.add(role)
    if (of.kind === 'privileges' || of.kind === 'default privileges')
      for (const role of Object.keys(of.attributes)) found.add(role)
    if (of.kind === 'default privileges') found.add(/^("(?:[^"]|"")*"|\S+)/.exec(of.identity)?.[0] ?? '')
  }
  found.delete('PUBLIC')
  found.delete('')
  return [...found].map((name) => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name)).sort()
}
