import type { Name } from '../../model/operation.ts'

// Words that are quoted as names, because they may mean something else: all but the unreserved of PostgreSQL 17,
// https://www.postgresql.org/docs/17/sql-keywords-appendix.html; test/lint/replay-quoting.test.ts compares them with a server.
const keywords = new Set(
  `all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast char
  character check coalesce collate collation column concurrently constraint create cross current_catalog current_date
  current_role current_schema current_time current_timestamp current_user dec decimal default deferrable desc distinct do else
  end except exists extract false fetch float for foreign freeze from full grant greatest group grouping having ilike in
  initially inner inout int integer intersect interval into is isnull join json json_array json_arrayagg json_exists
  json_object json_objectagg json_query json_scalar json_serialize json_table json_value lateral leading least left like limit
  localtime localtimestamp merge_action national natural nchar none normalize not notnull null nullif numeric offset on only
  or order out outer overlaps overlay placing position precision primary real references returning right row select
  session_user setof similar smallint some substring symmetric system_user table tablesample then time timestamp to trailing
  treat trim true union unique user using values varchar variadic verbose when where window with xmlattributes xmlconcat
  xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable`.split(/\s+/),
)

/** A name as quote_ident prints it. */
export function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !keywords.has(name) ? name : `"${name.replaceAll('"', '""')}"`
}

/** A string constant as PostgreSQL prints it; undefined for one that it would print with escapes. */
export function literal(text: string): string | undefined {
  return text.includes('\\') ? undefined : `'${text.replaceAll("'", "''")}'`
}

/** Schema and name of a qualified name. Only the second may hold a dot. */
export function partsOf(name: Name): [schema: string, name: string] {
  const dot = name.indexOf('.')
  return [name.slice(0, dot), name.slice(dot + 1)]
}

/** `public.users` as the schema has it: `public."Users"`. */
export function identityOf(name: Name): string {
  return partsOf(name).map(quoted).join('.')
}

/** The parts of a qualified identity, without their quotes. */
export function unquoted(identity: string): string[] {
  const parts = identity.match(/"(?:[^"]|"")*"|[^."]+/g) ?? []
  return parts.map((part) => (part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part))
}

/** The name that an identity stands for. */
export function nameOf(identity: string): Name {
  const [schema = '', ...rest] = unquoted(identity)
  return `${schema}.${rest.join('.')}`
}
