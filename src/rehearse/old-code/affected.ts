import type { CatalogObject, Schema } from '../../model/schema.ts'
import type { Session } from '../../postgres/server.ts'
import { readFixed } from '../../postgres/settings.ts'

/** A table or view of before, as statements of the running release see it. Names are quoted as SQL needs them. */
export interface OldRelation {
  /** With its schema. */
  readonly name: string
  readonly kind: 'table' | 'view' | 'materialized view' | 'foreign table'
  /** The migration changes it itself; false: it rests on something that is changed. */
  readonly isDirect: boolean
  readonly columns: readonly {
    readonly name: string
    /** Without quotes. */
    readonly bare: string
    readonly isGenerated: boolean
    /** GENERATED ALWAYS AS IDENTITY */
    readonly isIdentity: boolean
    readonly hasDefault: boolean
  }[]
  /** What ON CONFLICT can name: each unique key of whole rows that is checked at once. */
  readonly keys: readonly (readonly string[])[]
  readonly takes: { readonly insert: boolean; readonly update: boolean; readonly delete: boolean }
  readonly grants: readonly { readonly role: string; readonly privileges: readonly string[] }[]
}

export interface OldFunction {
  /** As PostgreSQL prints it: `public.fee(integer)`. */
  readonly name: string
  /** Without its arguments. */
  readonly path: string
  readonly kind: 'function' | 'procedure'
  readonly isDirect: boolean
  /** The types of the arguments that a call gives. */
  readonly arguments: readonly string[]
  /** How many of them a call must give. */
  readonly required: number
  readonly isVariadic: boolean
  readonly givesRows: boolean
  /** The statement that makes it, where PostgreSQL reads its body as it is made; null otherwise. */
  readonly definition: string | null
  readonly grants: readonly { readonly role: string; readonly privileges: readonly string[] }[]
}

export interface Affected {
  readonly relations: readonly OldRelation[]
  readonly functions: readonly OldFunction[]
}

/** What a migration did to the schema, by the objects that statements name. */
export interface Changed {
  readonly relations: readonly string[]
  readonly functions: readonly string[]
  readonly types: readonly string[]
}

const relationKinds = new Set(['table', 'view', 'materialized view', 'foreign table'])
const functionKinds = new Set(['function', 'procedure', 'aggregate'])
const typeKinds = new Set(['enum', 'domain', 'range', 'type', 'composite type'])

/** No statement fares otherwise for it. */
const ignored = new Set(['comment', 'security label', 'dropped columns', 'statistics'])
/** A new one makes nothing fail but rows that do not fit; those of a rehearsal are made up. */
const harmlessWhenNew = new Set(['index', 'constraint', 'sequence'])

/** The objects of before that are other ones after, or gone, or have other parts. */
export function changedObjects(before: Schema, after: Schema): Changed {
  const old = new Map(before.map((object) => [keyOf(object), object]))
  const now = new Map(after.map((object) => [keyOf(object), object]))
  const differing = [
    ...before.filter((object) => !isSame(object, now.get(keyOf(object)))),
    ...after.filter((object) => !old.has(keyOf(object)) && !harmlessWhenNew.has(object.kind)),
  ].filter(({ kind }) => !ignored.has(kind))
  const found = { relations: new Set<string>(), functions: new Set<string>(), types: new Set<string>() }
  for (const object of differing) {
    const owners = [keyOf(object), ...(object.belongsTo ?? [])].flatMap((key) => old.get(key) ?? now.get(key) ?? [])
    for (const { kind, identity, belongsTo = [] } of owners) {
      const all = [`${kind} ${identity}`, ...belongsTo].flatMap((key) => old.get(key) ?? now.get(key) ?? [])
      for (const owner of all) {
        if (relationKinds.has(owner.kind)) found.relations.add(owner.identity)
        if (functionKinds.has(owner.kind)) found.functions.add(owner.identity)
        if (typeKinds.has(owner.kind)) found.types.add(owner.identity)
      }
    }
  }
  return { relations: [...found.relations], functions: [...found.functions], types: [...found.types] }
}

function keyOf({ kind, identity }: CatalogObject): string {
  return `${kind} ${identity}`
}

function isSame(object: CatalogObject, other: CatalogObject | undefined): boolean {
  return other !== undefined && JSON.stringify(object.attributes) === JSON.stringify(other.attributes)
}

/**
 * The tables, views and functions of before that the migration may affect: those that it changes, and those that rest on them, as far as
 * PostgreSQL notes it (views, triggers, policies, defaults), or the text of a function names them. What is changed itself stands first.
 *
 * @param session to the state of before the migration
 * @param exclude tables by name, as PostgreSQL prints it: those of the tool itself
 */
export async function affected(session: Session, changed: Changed, exclude: readonly string[]): Promise<Affected> {
  const { relations, functions, types } = changed
  const answer = await readFixed(session, () =>
    session.query<{ json: string }>(query, [relations, functions, types, exclude]),
  )
  return JSON.parse(answer.rows[0]?.json ?? '{"relations":[],"functions":[]}') as Affected
}

const isUser = (schema: string) => `${schema} !~ '^pg_' AND ${schema} <> 'information_schema'`

const notMember = (catalog: string, oid: string) =>
  `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`

/** A role that is a superuser may do all, whatever is granted. */
const grants = (acl: string, owner: string) => `
  (SELECT coalesce(json_agg(json_build_object('role', g.role, 'privileges', g.privileges) ORDER BY g.role COLLATE "C"), '[]') FROM (
    SELECT quote_ident(u.rolname) AS role, json_agg(DISTINCT x.privilege_type) AS privileges
    FROM aclexplode(${acl}) x JOIN pg_roles u ON u.oid = x.grantee AND NOT u.rolsuper
    WHERE x.grantee <> ${owner} GROUP BY u.rolname) g)`

/** A new function beside one of the same name takes calls from it. */
const path = (procedure: string) => `regexp_replace(${procedure}, '\\([^()]*\\)$', '')`

const query = `
WITH RECURSIVE
  rels AS MATERIALIZED (
    SELECT c.oid, c.relname, c.relkind, c.relacl, c.relowner, c.oid::regclass::text AS name,
      c.oid::regclass::text = ANY ($1::text[]) OR EXISTS (
        SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.atttypid >= 16384 AND a.atttypid::regtype::text = ANY ($3::text[])) AS direct
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition AND c.relpersistence <> 't' AND ${isUser('n.nspname')}
      AND ${notMember('pg_class', 'c.oid')} AND c.oid::regclass::text <> ALL ($4::text[])),
  funcs AS MATERIALIZED (
    SELECT p.oid, p.proname, p.prosrc, p.oid::regprocedure::text AS name, ${path('p.oid::regprocedure::text')} IN (SELECT ${path('x')} FROM unnest($2::text[]) x) AS direct
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE p.prokind IN ('f', 'p') AND ${isUser('n.nspname')} AND ${notMember('pg_proc', 'p.oid')}),
  depends AS MATERIALIZED (
    SELECT CASE d.refclassid WHEN 'pg_class'::regclass THEN 'r' WHEN 'pg_proc'::regclass THEN 'f' ELSE 't' END AS kind, d.refobjid AS oid,
      CASE d.classid WHEN 'pg_proc'::regclass THEN 'f' ELSE 'r' END AS to_kind,
      CASE d.classid
        WHEN 'pg_rewrite'::regclass THEN (SELECT w.ev_class FROM pg_rewrite w WHERE w.oid = d.objid)
        WHEN 'pg_policy'::regclass THEN (SELECT p.polrelid FROM pg_policy p WHERE p.oid = d.objid)
        WHEN 'pg_attrdef'::regclass THEN (SELECT a.adrelid FROM pg_attrdef a WHERE a.oid = d.objid)
        WHEN 'pg_constraint'::regclass THEN (SELECT k.conrelid FROM pg_constraint k WHERE k.oid = d.objid AND k.contype = 'c')
        ELSE d.objid END AS to_oid
    FROM pg_depend d
    WHERE d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass)
      AND (d.classid IN ('pg_rewrite'::regclass, 'pg_policy'::regclass, 'pg_attrdef'::regclass, 'pg_constraint'::regclass, 'pg_proc'::regclass)
        OR d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_type'::regclass AND d.objsubid > 0)),
  edges AS MATERIALIZED (
    SELECT kind, oid, to_kind, to_oid FROM depends WHERE to_oid IS NOT NULL
    UNION SELECT 't', t.typelem, 't', t.oid FROM pg_type t WHERE t.typcategory = 'A' AND t.typelem >= 16384
    UNION SELECT 'f', t.tgfoid, 'r', t.tgrelid FROM pg_trigger t WHERE NOT t.tgisinternal
    -- A function whose text holds the name by chance is tried for nothing, and fares as before.
    UNION SELECT 'r', r.oid, 'f', f.oid FROM rels r JOIN funcs f ON strpos(lower(f.prosrc), lower(r.relname)) > 0
    UNION SELECT 'f', g.oid, 'f', f.oid FROM funcs g JOIN funcs f ON f.oid <> g.oid AND strpos(lower(f.prosrc), lower(g.proname)) > 0),
  reached (kind, oid) AS (
    SELECT 'r', r.oid FROM rels r WHERE r.direct
    UNION SELECT 'f', f.oid FROM funcs f WHERE f.direct
    UNION SELECT 't', t.oid FROM pg_type t WHERE t.oid >= 16384 AND t.oid::regtype::text = ANY ($3::text[])
    UNION SELECT e.to_kind, e.to_oid FROM reached x JOIN edges e ON e.kind = x.kind AND e.oid = x.oid),
  relations AS (
    SELECT json_build_object(
      'name', r.name,
      'kind', CASE r.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' ELSE 'table' END,
      'isDirect', r.direct,
      'columns', (
        SELECT coalesce(json_agg(json_build_object('name', quote_ident(a.attname), 'bare', a.attname,
          'isGenerated', a.attgenerated <> '',
          'isIdentity', a.attidentity = 'a', 'hasDefault', a.atthasdef OR a.attidentity <> '') ORDER BY a.attnum), '[]')
        FROM pg_attribute a WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped),
      'keys', (
        SELECT coalesce(json_agg(k.columns ORDER BY k.place), '[]') FROM (
          SELECT json_agg(quote_ident(a.attname) ORDER BY key.place) AS columns, min(c.relname::text COLLATE "C") AS place
          FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
          CROSS JOIN unnest(i.indkey::int2[]) WITH ORDINALITY AS key(attnum, place)
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = key.attnum
          WHERE i.indrelid = r.oid AND i.indisunique AND i.indimmediate AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
            AND key.place <= i.indnkeyatts
          GROUP BY i.indexrelid) k),
      'takes', json_build_object(
        'insert', pg_relation_is_updatable(r.oid, true) & 8 > 0, 'update', pg_relation_is_updatable(r.oid, true) & 4 > 0,
        'delete', pg_relation_is_updatable(r.oid, true) & 16 > 0),
      'grants', ${grants('r.relacl', 'r.relowner')}) AS json,
      ROW_NUMBER() OVER (ORDER BY r.direct DESC, r.name COLLATE "C") AS place
    FROM rels r WHERE ('r', r.oid) IN (SELECT x.kind, x.oid FROM reached x)),
  functions AS (
    SELECT json_build_object(
      'name', f.name,
      'path', format('%I.%I', n.nspname, p.proname),
      'kind', CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END,
      'isDirect', f.direct,
      'arguments', (SELECT coalesce(json_agg(format_type(t.oid, NULL) ORDER BY t.place), '[]')
        FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS t(oid, place)),
      'required', p.pronargs - p.pronargdefaults - CASE WHEN p.provariadic <> 0 THEN 1 ELSE 0 END,
      'isVariadic', p.provariadic <> 0,
      'givesRows', p.proretset OR p.prorettype = 'record'::regtype OR EXISTS (SELECT FROM pg_type y WHERE y.oid = p.prorettype AND y.typtype = 'c'),
      'definition', CASE WHEN l.lanname = 'sql' THEN pg_get_functiondef(p.oid) END,
      'grants', ${grants('p.proacl', 'p.proowner')}) AS json,
      ROW_NUMBER() OVER (ORDER BY f.direct DESC, f.name COLLATE "C") AS place
    FROM funcs f JOIN pg_proc p ON p.oid = f.oid JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
    WHERE ('f', f.oid) IN (SELECT x.kind, x.oid FROM reached x)
      AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype))
SELECT json_build_object(
  'relations', (SELECT coalesce(json_agg(r.json ORDER BY r.place), '[]') FROM relations r),
  'functions', (SELECT coalesce(json_agg(f.json ORDER BY f.place), '[]') FROM functions f))::text AS json`
