import { collation, notMember } from './base.ts'

/** Composite types are relations; the types of rows, arrays and multiranges come with what they are made from. */
const types = `
  SELECT CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range' ELSE 'type' END, t.oid::regtype::text,
    jsonb_strip_nulls(jsonb_build_object(
      'owner', t.typowner::regrole::text,
      'labels', CASE WHEN t.typtype = 'e' THEN
        (SELECT coalesce(jsonb_agg(e.enumlabel ORDER BY e.enumsortorder), '[]') FROM pg_enum e WHERE e.enumtypid = t.oid) END,
      'base', CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END,
      'notNull', CASE WHEN t.typtype = 'd' THEN t.typnotnull END,
      'default', t.typdefault,
      'collation', (SELECT ${collation('t.typcollation', 'b.typcollation')} FROM pg_type b WHERE b.oid = t.typbasetype),
      'input', CASE WHEN t.typtype = 'b' THEN t.typinput::regproc::text END,
      'output', CASE WHEN t.typtype = 'b' THEN t.typoutput::regproc::text END,
      'length', CASE WHEN t.typtype = 'b' THEN t.typlen END,
      'defined', CASE WHEN t.typtype = 'p' THEN t.typisdefined END
    ) || coalesce((
      SELECT jsonb_build_object(
        'subtype', r.rngsubtype::regtype::text,
        'collation', ${collation('r.rngcollation', 's.typcollation')},
        'canonical', nullif(r.rngcanonical, 0)::regproc::text,
        'difference', nullif(r.rngsubdiff, 0)::regproc::text,
        'multirange', nullif((to_jsonb(r)->>'rngmultitypid')::oid, 0)::regtype::text)
      FROM pg_range r JOIN pg_type s ON s.oid = r.rngsubtype WHERE r.rngtypid = t.oid), '{}')),
    '{}'::text[], 'pg_type'::regclass::oid, t.oid, 0, t.typacl, acldefault('T', t.typowner)
  FROM pg_type t
  JOIN schemas n ON n.oid = t.typnamespace
  WHERE t.typtype IN ('e', 'd', 'r', 'b', 'p') AND ${notMember('pg_type', 't.oid')}
    AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)`

export const typeQueries = [types]
