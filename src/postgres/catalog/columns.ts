import { collation, keys } from './base.ts'

const withColumns = `r.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND a.attnum > 0`

const columns = `
  SELECT 'column', r.identity || '.' || quote_ident(a.attname),
    jsonb_strip_nulls(jsonb_build_object(
      'type', format_type(a.atttypid, a.atttypmod),
      'notNull', a.attnotnull,
      'default', pg_get_expr(d.adbin, d.adrelid),
      'collation', ${collation('a.attcollation', 't.typcollation')},
      'identity', CASE to_jsonb(a)->>'attidentity' WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END,
      'generated', CASE to_jsonb(a)->>'attgenerated' WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END,
      'storage', CASE nullif(a.attstorage, t.typstorage) WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' WHEN 'x' THEN 'extended' END,
      'compression', nullif(to_jsonb(a)->>'attcompression', ''),
      -- "Not set" is -1 up to PostgreSQL 16, and null from 17.
      'statistics', nullif((to_jsonb(a)->>'attstattarget')::int, -1),
      'options', to_jsonb(a.attoptions),
      'serverOptions', to_jsonb(a.attfdwoptions),
      'local', CASE WHEN r.relispartition OR a.attinhcount > 0 THEN a.attislocal END,
      'inherited', nullif(a.attinhcount, 0)
    )),
    ARRAY[r.kind || ' ' || r.identity] || ARRAY(
      SELECT 'column ' || i.inhparent::regclass::text || '.' || quote_ident(a.attname)
      FROM pg_inherits i WHERE i.inhrelid = r.oid AND a.attinhcount > 0 ORDER BY i.inhseqno),
    'pg_class'::regclass::oid, r.oid, a.attnum::int, a.attacl, acldefault('c', r.relowner)
  FROM relations r
  JOIN pg_attribute a ON a.attrelid = r.oid
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE ${withColumns} AND NOT a.attisdropped`

/** A fact of its own: it differs after DROP COLUMN and ADD COLUMN, and matters to INSERT without a column list and to COPY. */
const order = `
  SELECT 'column order', r.identity, jsonb_build_object('columns', jsonb_agg(quote_ident(a.attname) ORDER BY a.attnum)),
    ${keys(`r.kind || ' ' || r.identity`)}, 0::oid, 0::oid, 0, NULL::aclitem[], NULL::aclitem[]
  FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid
  WHERE ${withColumns} AND r.relkind NOT IN ('v', 'm') AND NOT a.attisdropped GROUP BY r.kind, r.identity`

/** Dropped columns keep their place in the table: https://www.postgresql.org/docs/current/limits.html */
const dropped = `
  SELECT 'dropped columns', r.identity, jsonb_build_object('count', count(*) FILTER (WHERE a.attisdropped)),
    ${keys(`r.kind || ' ' || r.identity`)}, 0::oid, 0::oid, 0, NULL::aclitem[], NULL::aclitem[]
  FROM relations r LEFT JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0
  WHERE r.relkind IN ('r', 'p') GROUP BY r.kind, r.identity`

export const columnQueries = [columns, order, dropped]
