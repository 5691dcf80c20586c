import { enabled, keys, notMember, relationKey } from './base.ts'

const identity = (row: string) => `
  CASE WHEN ${row}.conrelid <> 0 THEN ${row}.conrelid::regclass::text ELSE ${row}.contypid::regtype::text END || '.' || quote_ident(${row}.conname)`

/** Of tables and domains. NOT NULL has rows of its own from PostgreSQL 18. Constraint triggers are triggers. */
const constraints = `
  SELECT 'constraint', ${identity('c')},
    jsonb_strip_nulls(jsonb_build_object(
      'type', CASE c.contype WHEN 'c' THEN 'check' WHEN 'f' THEN 'foreign key' WHEN 'n' THEN 'not null' WHEN 'p' THEN 'primary key'
        WHEN 'u' THEN 'unique' WHEN 'x' THEN 'exclude' END,
      'definition', pg_get_constraintdef(c.oid),
      'validated', c.convalidated,
      'enforced', to_jsonb(c)->'conenforced',
      'local', CASE WHEN c.coninhcount > 0 THEN c.conislocal END,
      'inherited', nullif(c.coninhcount, 0),
      -- ALTER TABLE … DISABLE TRIGGER ALL switches off foreign keys too.
      'triggers', (SELECT jsonb_agg(x.line ORDER BY x.line COLLATE "C") FROM (
        SELECT DISTINCT t.tgrelid::regclass::text || ' ' || ${enabled('t.tgenabled')} AS line FROM pg_trigger t
        WHERE t.tgconstraint = c.oid AND t.tgisinternal AND t.tgenabled <> 'O') x)
    )),
    ${keys(
      relationKey('c.conrelid'),
      `CASE WHEN c.contypid <> 0 THEN 'domain ' || c.contypid::regtype::text END`,
      `(SELECT 'constraint ' || ${identity('p')} FROM pg_constraint p WHERE p.oid = c.conparentid)`,
      `CASE WHEN c.contype = 'n' AND c.conrelid <> 0 THEN (SELECT 'column ' || c.conrelid::regclass::text || '.' || quote_ident(a.attname)
        FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attnum = c.conkey[1]) END`,
    )},
    'pg_constraint'::regclass::oid, c.oid, 0, NULL::aclitem[], NULL::aclitem[]
  FROM pg_constraint c
  JOIN schemas n ON n.oid = c.connamespace
  WHERE c.contype <> 't' AND ${notMember('pg_constraint', 'c.oid')} AND ${notMember('pg_type', 'c.contypid')}
    AND (c.conrelid = 0 OR c.conrelid IN (SELECT r.oid FROM relations r))`

export const constraintQueries = [constraints]
