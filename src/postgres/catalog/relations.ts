import { keys, relationKey } from './base.ts'

/** Tables, views, materialized views, foreign tables, composite types. */
const relations = `
  SELECT r.kind, r.identity,
    jsonb_strip_nulls(jsonb_build_object(
      'owner', r.relowner::regrole::text,
      'persistence', CASE r.relpersistence WHEN 'u' THEN 'unlogged' WHEN 't' THEN 'temporary' ELSE 'permanent' END,
      'rowSecurity', CASE WHEN r.relforcerowsecurity AND r.relrowsecurity THEN 'forced' WHEN r.relforcerowsecurity THEN 'disabled, forced'
        WHEN r.relrowsecurity THEN 'enabled' END,
      'replicaIdentity', CASE r.relreplident WHEN 'f' THEN 'full' WHEN 'i' THEN 'index' WHEN 'n' THEN
        CASE WHEN r.relkind IN ('r', 'p', 'm') THEN 'nothing' END END,
      'options', to_jsonb(r.reloptions),
      'toastOptions', (SELECT to_jsonb(t.reloptions) FROM pg_class t WHERE t.oid = r.reltoastrelid),
      'tablespace', (SELECT t.spcname FROM pg_tablespace t WHERE t.oid = r.reltablespace),
      'accessMethod', (SELECT a.amname FROM pg_am a WHERE a.oid = r.relam AND r.relkind IN ('r', 'm', 'p')),
      'ofType', nullif(r.reloftype, 0)::regtype::text,
      'partitionBy', CASE WHEN r.relkind = 'p' THEN pg_get_partkeydef(r.oid) END,
      'partition', pg_get_expr(r.relpartbound, r.oid),
      'inherits', (SELECT jsonb_agg(i.inhparent::regclass::text || CASE WHEN to_jsonb(i)->>'inhdetachpending' = 'true' THEN ' (detach pending)' ELSE '' END
        ORDER BY i.inhseqno) FROM pg_inherits i WHERE i.inhrelid = r.oid),
      'definition', CASE WHEN r.relkind IN ('v', 'm') THEN pg_get_viewdef(r.oid) END,
      'populated', CASE WHEN r.relkind = 'm' THEN r.relispopulated END,
      'server', (SELECT s.srvname FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = r.oid),
      'serverOptions', (SELECT to_jsonb(f.ftoptions) FROM pg_foreign_table f WHERE f.ftrelid = r.oid)
    )),
    ${keys(`(SELECT ${relationKey('i.inhparent')} FROM pg_inherits i WHERE i.inhrelid = r.oid AND r.relispartition)`)},
    'pg_class'::regclass::oid, r.oid, 0,
    CASE WHEN r.relkind = 'c' THEN (SELECT t.typacl FROM pg_type t WHERE t.oid = r.reltype) ELSE r.relacl END,
    acldefault(CASE WHEN r.relkind = 'c' THEN 'T' ELSE 'r' END::"char", r.relowner)
  FROM relations r WHERE r.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')`

const sequences = `
  SELECT r.kind, r.identity,
    jsonb_strip_nulls(jsonb_build_object(
      'owner', r.relowner::regrole::text,
      'persistence', CASE r.relpersistence WHEN 'u' THEN 'unlogged' ELSE 'permanent' END,
      'type', s.seqtypid::regtype::text,
      -- As text: JavaScript's numbers end at 2^53.
      'start', s.seqstart::text, 'increment', s.seqincrement::text, 'min', s.seqmin::text, 'max', s.seqmax::text, 'cache', s.seqcache::text,
      'cycle', s.seqcycle,
      'ownedBy', a.attrelid::regclass::text || '.' || quote_ident(a.attname)
    )),
    ${keys(`'column ' || a.attrelid::regclass::text || '.' || quote_ident(a.attname)`, relationKey('r.owner_table'))},
    'pg_class'::regclass::oid, r.oid, 0, r.relacl, acldefault('s', r.relowner)
  FROM relations r
  JOIN pg_sequence s ON s.seqrelid = r.oid
  LEFT JOIN pg_attribute a ON a.attrelid = r.owner_table AND a.attnum = r.owner_column`

const indexes = `
  SELECT r.kind, r.identity,
    jsonb_strip_nulls(jsonb_build_object(
      'definition', pg_get_indexdef(r.oid),
      'valid', i.indisvalid, 'ready', i.indisready, 'clustered', i.indisclustered, 'replicaIdentity', i.indisreplident,
      'immediate', i.indimmediate,
      'tablespace', (SELECT t.spcname FROM pg_tablespace t WHERE t.oid = r.reltablespace),
      'partOf', p.inhparent::regclass::text,
      'statistics', (SELECT jsonb_object_agg(a.attnum, to_jsonb(a)->'attstattarget') FROM pg_attribute a
        WHERE a.attrelid = r.oid AND coalesce((to_jsonb(a)->>'attstattarget')::int, -1) <> -1)
    )),
    ${keys(
      relationKey('i.indrelid'),
      relationKey('p.inhparent'),
      `'constraint ' || k.conrelid::regclass::text || '.' || quote_ident(k.conname)`,
    )},
    'pg_class'::regclass::oid, r.oid, 0, NULL::aclitem[], NULL::aclitem[]
  FROM relations r
  JOIN pg_index i ON i.indexrelid = r.oid
  LEFT JOIN pg_inherits p ON p.inhrelid = r.oid
  LEFT JOIN pg_constraint k ON k.conindid = r.oid AND k.contype IN ('p', 'u', 'x')`

export const relationQueries = [relations, sequences, indexes]
