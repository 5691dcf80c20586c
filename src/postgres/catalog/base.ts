const kindOf = (relkind: string) => `
  CASE ${relkind}
    WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'composite type'
    WHEN 'S' THEN 'sequence' WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' ELSE 'table'
  END`

/**
 * What the queries of this folder share. Each is a SELECT with the columns `kind, identity, attributes, belongs_to, classid, objid,
 * objsubid, acl, default_acl` over PostgreSQL 12 to 18; columns that not every version has are read by way of `to_jsonb(row)`.
 *
 * With an empty search_path, casts to `regclass`, `regtype`, `regprocedure` print names qualified and quoted.
 * https://www.postgresql.org/docs/current/catalogs.html
 *
 * `$1` (text[]): identities of relations that are left out, with all that belongs to them.
 */
export const base = `
  members AS (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
  ),
  schemas AS (
    SELECT oid, nspname, nspowner, nspacl FROM pg_namespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
      AND oid NOT IN (SELECT objid FROM members WHERE classid = 'pg_namespace'::regclass)
  ),
  hidden AS (
    SELECT objid AS oid FROM members WHERE classid = 'pg_class'::regclass
    UNION ALL
    SELECT oid FROM pg_class WHERE oid::regclass::text = ANY ($1::text[])
  ),
  relations AS MATERIALIZED (
    SELECT
      c.*,
      c.oid::regclass::text AS identity,
      ${kindOf('c.relkind')} AS kind,
      d.refobjid AS owner_table,
      d.refobjsubid AS owner_column
    FROM pg_class c
    JOIN schemas n ON n.oid = c.relnamespace
    LEFT JOIN pg_index i ON i.indexrelid = c.oid
    LEFT JOIN pg_depend d ON c.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.objid = c.oid
      AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c', 'S', 'i', 'I')
      AND NOT EXISTS (SELECT FROM hidden h WHERE h.oid IN (c.oid, i.indrelid, d.refobjid))
  )`

/**
 * The key of a relation for `belongs_to`; null for one that is not in the snapshot. By way of the catalog, which has an index: to search
 * `relations` for each of its own rows takes a minute where there are thousands of tables.
 */
export const relationKey = (oid: string) => `
  CASE WHEN ${oid} IN (SELECT own.oid FROM relations own) THEN
    (SELECT ${kindOf('owner.relkind')} || ' ' || owner.oid::regclass::text FROM pg_class owner WHERE owner.oid = ${oid}) END`

/** An array without its nulls, which stand for owners that an object does not have. */
export const keys = (...each: readonly string[]) => `array_remove(ARRAY[${each.join(', ')}]::text[], NULL)`

/** A condition: the object is not part of an extension. */
export const notMember = (catalog: string, oid: string) =>
  `NOT EXISTS (SELECT FROM members m WHERE m.classid = '${catalog}'::regclass AND m.objid = ${oid})`

/** A collation's qualified name, or null where it is the type's own. (`regcollation` came with PostgreSQL 13.) */
export const collation = (oid: string, usual: string) => `
  (SELECT format('%I.%I', n.nspname, k.collname) FROM pg_collation k JOIN pg_namespace n ON n.oid = k.collnamespace
   WHERE k.oid = ${oid} AND ${oid} <> ${usual})`

/** An access control list as `{"grantee": ["privilege", …]}`. Who granted is left out: it is the owner, nearly always. */
export const grants = (acl: string) => `
  (SELECT coalesce(jsonb_object_agg(grantee, privileges), '{}') FROM (
     SELECT CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE x.grantee::regrole::text END AS grantee,
       jsonb_agg(DISTINCT x.privilege_type || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) AS privileges
     FROM aclexplode(${acl}) x GROUP BY 1
   ) granted)`

/** When a trigger or rule fires: https://www.postgresql.org/docs/current/catalog-pg-trigger.html (tgenabled). */
export const enabled = (column: string) =>
  `CASE ${column} WHEN 'O' THEN 'origin' WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END`
