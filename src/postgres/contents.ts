import type { TableContents } from '../model/schema.ts'
import type { Session } from './server.ts'
import { readFixed } from './settings.ts'

/**
 * One query a table, written by the server, which quotes the names. A partition's rows are counted with its parent's, those of an
 * inheriting table only with its own. Arrays, because a target list ends at 1664 entries and a table may have 1600 columns.
 *
 * The cast is compared byte by byte (COLLATE "C"): under a nondeterministic collation, equal strings may have different letters.
 */
const tables = `
  SELECT c.oid::regclass::text AS table,
    coalesce(array_agg(quote_ident(a.attname) ORDER BY a.attnum) FILTER (WHERE a.attnum IS NOT NULL), '{}') AS columns,
    format('SELECT count(*)::text AS rows, ARRAY[%s]::text[] AS "nonNull", ARRAY[%s]::text[] AS checksums FROM %s %I.%I',
      string_agg(format('count(%s)', quote_ident(a.attname)), ', ' ORDER BY a.attnum) FILTER (WHERE a.attnum IS NOT NULL),
      string_agg(format('coalesce(sum(hashtextextended(%s::text COLLATE "C", 0)::numeric), 0)', quote_ident(a.attname)), ', ' ORDER BY a.attnum) FILTER (WHERE a.attnum IS NOT NULL),
      CASE c.relkind WHEN 'p' THEN '' ELSE 'ONLY' END, n.nspname, c.relname) AS query
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    AND c.oid::regclass::text <> ALL ($1::text[])
  GROUP BY c.oid, c.relkind, n.nspname, c.relname
  ORDER BY c.oid::regclass::text COLLATE "C"`

/**
 * The rows of every table, reduced to counts and checksums. Two tables with the same rows in another order give the same value, on any
 * major version. Foreign tables, materialized views and the tables of extensions are left out. Names are quoted as PostgreSQL prints them.
 *
 * `exclude`: identities of tables (`public.alembic_version`) to leave out.
 *
 * The session must not be in a transaction. Rejects with ServerError.
 */
export async function contents(
  session: Session,
  options: { readonly exclude: readonly string[] },
): Promise<readonly TableContents[]> {
  return await readFixed(session, async () => {
    const { rows } = await session.query<{ table: string; columns: string[]; query: string }>(tables, [options.exclude])
    const found: TableContents[] = []
    for (const { table, columns, query } of rows) found.push(await contentsOf(session, table, columns, query))
    return found
  })
}

async function contentsOf(
  session: Session,
  table: string,
  columns: readonly string[],
  query: string,
): Promise<TableContents> {
  const { rows } = await session.query<{ rows: string; nonNull: string[]; checksums: string[] }>(query)
  const [answer = { rows: '0', nonNull: [], checksums: [] }] = rows
  return {
    table,
    rows: Number(answer.rows),
    columns: columns.map((column, index) => ({
      column,
      nonNull: Number(answer.nonNull[index]),
      checksum: answer.checksums[index] ?? '0',
    })),
  }
}
