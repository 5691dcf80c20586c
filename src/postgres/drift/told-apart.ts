import type { Difference } from '../../model/round-trip.ts'
import type { CatalogObject, Schema } from '../../model/schema.ts'
import { compareSchemas } from './schemas.ts'

/**
 * Kinds that one side may leave to others: a schema that has none of a kind does not describe it. Models know no grants, and the migrations
 * of most projects no comments.
 */
const optional = new Set([
  'aggregate',
  'cast',
  'collation',
  'comment',
  'default privileges',
  'event trigger',
  'extension',
  'foreign server',
  'foreign table',
  'foreign-data wrapper',
  'privileges',
  'publication',
  'schema',
  'security label',
  'settings',
  'statistics',
  'subscription',
  'text search configuration',
  'text search dictionary',
  'user mapping',
])

/** The kinds that nobody writes into models. */
const code = ['function', 'procedure', 'trigger', 'rule', 'policy', 'view', 'materialized view', 'sequence', 'domain']

/** Who owns it, where it lies and which version of a library serves it differ from server to server. */
const ofTheServer = ['owner', 'tablespace', 'version', 'populated']

export interface Comparison {
  /** What is to be, and what there is. */
  readonly expected: Schema
  readonly found: Schema
  /** The expected side is made from models: it describes tables, and code only where it has some. */
  readonly isFromModels?: boolean
}

/** How two databases differ in what programs can tell, on whatever servers they are. In the order of kind and object. */
export function toldApart({ expected, found, isFromModels = false }: Comparison): Difference[] {
  // Every database has these two, with a comment and grants.
  const own = expected.filter(({ identity }) => !/(?:^| )(?:public|plpgsql)$/.test(identity))
  const kinds = new Set(own.map(({ kind }) => kind))
  const mayLack = new Set([...optional, ...(isFromModels ? code : [])])
  const isTold = ({ kind }: CatalogObject) => !mayLack.has(kind) || kinds.has(kind)
  return compareSchemas(expected.filter(isTold).map(bare), found.filter(isTold).map(bare), 'down')
    .filter((each) => each.class === 'contract')
    .map(({ after: _, ...difference }) => difference)
}

function bare(object: CatalogObject): CatalogObject {
  const attributes = Object.entries(object.attributes).filter(([name]) => !ofTheServer.includes(name))
  return { ...object, attributes: Object.fromEntries(attributes) }
}

/**
 * Without what PostgreSQL prints otherwise once a dump was restored.
 * @param restored the expected schema after it was printed and read again
 */
export function withoutReprinted(differences: readonly Difference[], restored: Schema): Difference[] {
  const again = new Map(restored.map((object) => [`${object.kind} ${object.identity}`, object.attributes]))
  return differences.filter(({ kind, object, change, found }) => {
    const attributes = again.get(`${kind} ${object}`)
    if (change !== 'changed' || !attributes || !found) return true
    return Object.entries(found).some(([name, value]) => JSON.stringify(attributes[name]) !== JSON.stringify(value))
  })
}
