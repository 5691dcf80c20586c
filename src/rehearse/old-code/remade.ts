import type { Lost, Stale } from '../../model/old-code.ts'
import type { Attribute, CatalogObject, Schema } from '../../model/schema.ts'
import type { Session } from '../../postgres/server.ts'
import { readFixed } from '../../postgres/settings.ts'

/** What a database holds, by numbers that a copy of it keeps. */
export interface Numbers {
  /** The oid of each relation and function by its name as PostgreSQL prints it. */
  readonly oids: { readonly [name: string]: string }
  /** Functions by their oid: a checksum of the body. */
  readonly bodies: { readonly [oid: string]: string }
  /** What PostgreSQL stores by what a function gives. `file`: another one once it was made anew; empty where that cannot be told. */
  readonly stored: readonly (Pick<Stale, 'function' | 'kind' | 'object'> & {
    readonly functionOid: string
    readonly file: string
  })[]
}

export async function readNumbers(session: Session): Promise<Numbers> {
  const { rows } = await readFixed(session, () => session.query<{ json: string }>(query))
  return JSON.parse(rows[0]?.json ?? '{"oids":{},"bodies":{},"stored":[]}') as Numbers
}

const query = `
WITH own AS (SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'),
  dependents AS (
    SELECT p.oid::regprocedure::text AS function, p.oid AS number, d.classid, d.objid, d.objsubid
    FROM pg_depend d JOIN pg_proc p ON d.refclassid = 'pg_proc'::regclass AND p.oid = d.refobjid
    WHERE p.pronamespace IN (SELECT oid FROM own)),
  stored AS (
    SELECT function, number, 'index' AS kind, i.indexrelid::regclass::text AS object, c.relfilenode::text AS file
    FROM dependents d JOIN pg_index i ON d.classid = 'pg_class'::regclass AND i.indexrelid = d.objid JOIN pg_class c ON c.oid = i.indexrelid
    UNION
    SELECT function, number, 'generated column', t.oid::regclass::text || '.' || quote_ident(a.attname), t.relfilenode::text
    FROM dependents d JOIN pg_attrdef f ON d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid
    JOIN pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum AND a.attgenerated = 's' JOIN pg_class t ON t.oid = a.attrelid
    UNION
    SELECT function, number, 'check', k.conrelid::regclass::text || '.' || quote_ident(k.conname), k.oid::text
    FROM dependents d JOIN pg_constraint k ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid AND k.contype = 'c' AND k.convalidated
      AND k.conrelid <> 0
    UNION
    SELECT function, number, 'partition key', t.partrelid::regclass::text, ''
    FROM dependents d JOIN pg_partitioned_table t ON d.classid = 'pg_class'::regclass AND t.partrelid = d.objid)
SELECT json_build_object(
  'oids', (SELECT coalesce(json_object_agg(x.name, x.number), '{}') FROM (
    SELECT c.oid::regclass::text AS name, c.oid::text AS number FROM pg_class c WHERE c.relnamespace IN (SELECT oid FROM own) AND c.relkind NOT IN ('i', 'I', 't')
    UNION ALL SELECT p.oid::regprocedure::text, p.oid::text FROM pg_proc p WHERE p.pronamespace IN (SELECT oid FROM own)) x),
  'bodies', (SELECT coalesce(json_object_agg(p.oid::text, md5(p.prosrc || coalesce(to_jsonb(p)->>'prosqlbody', ''))), '{}')
    FROM pg_proc p WHERE p.pronamespace IN (SELECT oid FROM own)),
  'stored', (SELECT coalesce(json_agg(json_build_object('function', s.function, 'functionOid', s.number::text, 'kind', s.kind, 'object', s.object,
    'file', s.file) ORDER BY s.kind, s.object COLLATE "C", s.function COLLATE "C"), '[]') FROM stored s))::text AS json`

/** What PostgreSQL stored by the old body of a function and still uses: nothing tells it that the body gives other values now. */
export function staleObjects(before: Numbers, after: Numbers): Omit<Stale, 'because'>[] {
  return after.stored
    .filter(({ functionOid, kind, object, file }) => {
      const old = before.bodies[functionOid]
      if (old === undefined || old === after.bodies[functionOid]) return false
      return before.stored.some(
        (each) =>
          each.kind === kind && each.object === object && each.functionOid === functionOid && each.file === file,
      )
    })
    .map(({ function: called, kind, object }) => ({ function: called, kind, object }))
}

type State = { readonly schema: Schema; readonly numbers: Numbers }

/** What belonged to an object that was dropped and made again under its name, and does not belong to the new one. */
export function lostWith(before: State, after: State): Omit<Lost, 'because'>[] {
  const live = new Set(Object.values(after.numbers.oids))
  const now = new Map(after.schema.map((object) => [object.identity, object]))
  const lost: Omit<Lost, 'because'>[] = []
  for (const object of before.schema) {
    const oid = before.numbers.oids[object.identity]
    const other = now.get(object.identity)
    const newOid = after.numbers.oids[object.identity]
    if (!remakable.has(object.kind) || !other || !oid || !newOid || oid === newOid) continue
    // Renamed, and something else has taken its name: what belonged to it is where it was, but for those who only know the name.
    const lives = live.has(oid)
    const what = [
      ...owner(object, now),
      ...missingPrivileges(object, before.schema, after.schema),
      ...(lives ? [] : missingParts(object, before.schema, after.schema)),
    ]
    if (what.length > 0) lost.push({ kind: object.kind, object: object.identity, what })
  }
  return lost
}

const remakable = new Set(['table', 'view', 'materialized view', 'foreign table', 'sequence', 'function', 'procedure'])

function owner(object: CatalogObject, now: ReadonlyMap<string, CatalogObject>): string[] {
  const [old, other] = [object.attributes.owner, now.get(object.identity)?.attributes.owner]
  return old === other || typeof old !== 'string' ? [] : [`its owner ${old}`]
}

/** Of the object itself, and of its columns. */
function missingPrivileges({ kind, identity }: CatalogObject, before: Schema, after: Schema): string[] {
  const granted = (schema: Schema) => {
    const found = new Set<string>()
    for (const each of schema) {
      if (each.kind !== 'privileges') continue
      const [, about = ''] =
        /^(?:table|view|materialized view|foreign table|sequence|function|procedure) (.*)$/.exec(each.identity) ?? []
      const [, column] = each.identity.startsWith(`column ${identity}.`)
        ? [0, each.identity.slice(`column ${identity}.`.length)]
        : []
      if (about !== identity && column === undefined) continue
      for (const [grantee, privileges] of Object.entries(each.attributes))
        for (const privilege of list(privileges))
          found.add(`${privilege}${column === undefined ? '' : ` (${column})`} for ${grantee}`)
    }
    return found
  }
  const owners = new Set(
    [before, after]
      .flatMap((schema) => schema.filter((each) => each.kind === kind && each.identity === identity))
      .map(({ attributes }) => String(attributes.owner)),
  )
  const left = granted(after)
  return [...granted(before)].filter(
    (each) => !left.has(each) && ![...owners].some((name) => each.endsWith(` for ${name}`)),
  )
}

function list(value: Attribute | undefined): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

function missingParts({ kind, identity, attributes }: CatalogObject, before: Schema, after: Schema): string[] {
  const now = new Set(after.map((object) => `${object.kind} ${object.identity}`))
  const other = after.find((object) => object.identity === identity && object.kind === kind)
  const parts = before
    .filter(
      (each) =>
        parted.has(each.kind) &&
        each.belongsTo?.includes(`${kind} ${identity}`) &&
        !now.has(`${each.kind} ${each.identity}`),
    )
    .map((each) => `the ${each.kind} ${each.identity.slice(identity.length + 1)}`)
  const security =
    typeof attributes.rowSecurity === 'string' && other?.attributes.rowSecurity === undefined ? ['row security'] : []
  return [...security, ...parts, ...missingPublications(identity, before, after)]
}

const parted = new Set(['policy', 'trigger', 'rule'])

function missingPublications(identity: string, before: Schema, after: Schema): string[] {
  const publishing = (schema: Schema) =>
    schema
      .filter(
        (each) =>
          each.kind === 'publication' &&
          list(each.attributes.tables).some((line) => line === identity || line.startsWith(`${identity} `)),
      )
      .map((each) => each.identity)
  const left = new Set(publishing(after))
  return publishing(before)
    .filter((name) => !left.has(name))
    .map((name) => `its place in the publication ${name}`)
}
