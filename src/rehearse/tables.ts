import type { Session } from '../postgres/server.ts'

/** What a column takes, seen through domains to the type beneath. */
export interface ColumnType {
  /** The catalog's name: `int4`, `varchar`, `citext`. */
  readonly name: string
  /** `pg_type.typtype` of the type beneath: b base, c composite, e enum, m multirange, r range. */
  readonly kind: string
  /** https://www.postgresql.org/docs/current/catalog-pg-attribute.html atttypmod: the length or precision, -1 for none. */
  readonly modifier: number
  /** The labels of an enum, in order. */
  readonly labels: readonly string[]
  /** What an array holds. */
  readonly element: ColumnType | undefined
  /** The number of fields of a composite type. */
  readonly fields: number
  /** The names of the domains that were seen through. */
  readonly domains: readonly string[]
}

export interface Column {
  readonly name: string
  readonly type: ColumnType
  readonly nullable: boolean
  readonly hasDefault: boolean
  /** The default is the present moment: a value of the future would be nobody's. */
  readonly isStamped: boolean
  /** PostgreSQL fills it: identity, `serial`, GENERATED … STORED. */
  readonly filled: boolean
  /** Literals that stand in the CHECK constraints and partition bounds which read this column. */
  readonly hints: readonly string[]
}

/** A constraint or unique index, by the name that an error gives, with the columns that it reads. */
interface Constraint {
  readonly name: string
  readonly columns: readonly string[]
  /** `u`: unique, primary key or exclusion: the values of two rows must differ. `c`: check. */
  readonly kind: 'u' | 'c'
}

export interface Reference {
  readonly name: string
  readonly columns: readonly string[]
  /** The parent's quoted, qualified name. */
  readonly parent: string
  readonly parentColumns: readonly string[]
}

/** A table that can be given rows. */
export interface Table {
  /** Schema-qualified and quoted as PostgreSQL prints it: `public.users`. */
  readonly name: string
  /** The last part of it, as PostgreSQL stores it. */
  readonly relation: string
  readonly partitioned: boolean
  /** By the name (without its schema) of each partitioned table in the tree, the columns that choose the partition. */
  readonly partitionKeys: ReadonlyMap<string, readonly string[]>
  readonly columns: readonly Column[]
  readonly constraints: readonly Constraint[]
  readonly references: readonly Reference[]
}

interface RawType {
  readonly name: string
  readonly kind: string
  readonly base: string
  readonly modifier: number
  readonly element: string
  readonly category: string
  readonly required: boolean
  readonly labels: readonly string[] | null
  readonly fields: number | null
  readonly checks: string | null
}

interface RawTable extends Omit<Table, 'columns' | 'constraints' | 'references' | 'partitionKeys'> {
  readonly columns: readonly (Omit<Column, 'type' | 'hints'> & { type: string; modifier: number })[]
  readonly constraints: readonly (Constraint & { definition: string | null })[] | null
  readonly references: readonly Reference[] | null
  readonly partitionKeys: { readonly [table: string]: readonly string[] | null } | null
  readonly bounds: string | null
}

/**
 * The tables that hold rows of their own, parents before children as far as foreign keys allow. Left out: system tables, those
 * of extensions, partitions (their root takes the rows) and foreign tables (their rows are in another database).
 */
export async function readTables(session: Session): Promise<Table[]> {
  const types = new Map(Object.entries(await readJson<Record<string, RawType>>(session, typesQuery)))
  const tables = await readJson<readonly RawTable[]>(session, tablesQuery)
  return inOrder(tables.map((table) => complete(table, types)))
}

function complete(table: RawTable, types: ReadonlyMap<string, RawType>): Table {
  const constraints = table.constraints ?? []
  const partitionKeys = new Map(
    Object.entries(table.partitionKeys ?? {}).map(([name, columns]) => [name, columns ?? []]),
  )
  const choosing = [...partitionKeys.values()].flat()
  const hints = (column: string, domains: readonly string[]) => [
    ...constraints.filter(({ columns }) => columns.includes(column)).flatMap(({ definition }) => literals(definition)),
    ...domains.flatMap((name) => literals([...types.values()].find((type) => type.name === name)?.checks ?? null)),
    ...(choosing.includes(column) ? literals(table.bounds) : []),
  ]
  return {
    name: table.name,
    relation: table.relation,
    partitioned: table.partitioned,
    partitionKeys,
    columns: table.columns.map(({ type: oid, modifier, ...column }) => {
      const { type, required } = resolve(oid, modifier, types)
      return {
        ...column,
        type,
        nullable: column.nullable && !required,
        hints: [...new Set(hints(column.name, type.domains))],
      }
    }),
    constraints: constraints.map(({ name, columns, kind }) => ({ name, columns, kind })),
    references: table.references ?? [],
  }
}

function resolve(
  oid: string,
  modifier: number,
  types: ReadonlyMap<string, RawType>,
): { type: ColumnType; required: boolean } {
  const raw = types.get(oid)
  if (!raw) throw new Error(`pg_type has no row ${oid}, which a column names.`)
  if (raw.kind === 'd') {
    const { type, required } = resolve(raw.base, modifier === -1 ? raw.modifier : modifier, types)
    return { type: { ...type, domains: [raw.name, ...type.domains] }, required: required || raw.required }
  }
  const isArray = raw.category === 'A' && raw.element !== '0'
  const type: ColumnType = {
    name: raw.name,
    kind: raw.kind,
    modifier,
    labels: raw.labels ?? [],
    element: isArray ? resolve(raw.element, modifier, types).type : undefined,
    fields: raw.fields ?? 0,
    domains: [],
  }
  return { type, required: false }
}

/** The constants in an expression as PostgreSQL prints it: quoted strings, and numbers with their neighbours. */
export function literals(expression: string | null): string[] {
  if (!expression) return []
  const found: string[] = []
  for (const [text, quoted] of expression.matchAll(/'((?:[^']|'')*)'|(?<![\w.])\d+(?:\.\d+)?(?![\w.])/g)) {
    if (quoted !== undefined) found.push(quoted.replaceAll("''", "'"))
    else if (Number.isSafeInteger(Number(text))) found.push(text, String(Number(text) + 1), String(Number(text) - 1))
    else found.push(text)
  }
  return found
}

/** Parents first. A circle of references is entered where the fewest parents are missing. */
function inOrder(tables: readonly Table[]): Table[] {
  const ordered: Table[] = []
  const waiting = new Map(tables.map((table) => [table.name, table]))
  const missing = (table: Table) =>
    new Set(
      table.references.filter(({ parent }) => parent !== table.name && waiting.has(parent)).map(({ parent }) => parent),
    ).size
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter((table) => missing(table) === 0)
    const next =
      ready.length > 0
        ? ready
        : [[...waiting.values()].reduce((best, table) => (missing(table) < missing(best) ? table : best))]
    for (const table of next.flat()) {
      ordered.push(table)
      waiting.delete(table.name)
    }
  }
  return ordered
}

async function readJson<T>(session: Session, query: string): Promise<T> {
  const { rows } = await session.query<{ json: string }>(query)
  const [row] = rows
  if (!row) throw new Error('A catalog query gave no row.')
  return JSON.parse(row.json) as T
}

/** Needs standard_conforming_strings, https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** User tables; every name is qualified, so that the session's search_path does not matter. */
const userTables = `
  SELECT c.oid, c.relname, c.relkind, n.nspname
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
    AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
    AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_depend d
      WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e')`

const typesQuery = `
  WITH RECURSIVE tables AS (${userTables}), used(oid) AS (
    SELECT a.atttypid FROM tables t JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION
    SELECT inner_oid FROM used JOIN pg_catalog.pg_type y ON y.oid = used.oid
      CROSS JOIN LATERAL (VALUES (y.typbasetype), (y.typelem)) AS v(inner_oid)
    WHERE inner_oid <> 0
  )
  SELECT found.types::text AS json FROM (
    SELECT COALESCE(pg_catalog.json_object_agg(y.oid::text, pg_catalog.json_build_object(
      'name', y.typname, 'kind', y.typtype, 'base', y.typbasetype::text, 'modifier', y.typtypmod, 'element', y.typelem::text,
      'category', y.typcategory, 'required', y.typnotnull,
      'labels', (SELECT pg_catalog.json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e WHERE e.enumtypid = y.oid),
      'fields', (SELECT pg_catalog.count(*) FROM pg_catalog.pg_attribute a
                 WHERE y.typrelid <> 0 AND a.attrelid = y.typrelid AND a.attnum > 0 AND NOT a.attisdropped),
      'checks', (SELECT pg_catalog.string_agg(pg_catalog.pg_get_constraintdef(k.oid), ' ') FROM pg_catalog.pg_constraint k
                 WHERE k.contypid = y.oid AND k.contype = 'c')
    )), '{}') AS types FROM used JOIN pg_catalog.pg_type y ON y.oid = used.oid
  ) AS found`

const columnNames = (relation: string, numbers: string) => `
  (SELECT pg_catalog.json_agg(each.attname ORDER BY key.place) FROM pg_catalog.unnest(${numbers}) WITH ORDINALITY AS key(attnum, place)
   JOIN pg_catalog.pg_attribute each ON each.attrelid = ${relation} AND each.attnum = key.attnum)`

const qualified = (relation: string) => `
  (SELECT pg_catalog.quote_ident(home.nspname) || '.' || pg_catalog.quote_ident(relation.relname)
   FROM pg_catalog.pg_class relation JOIN pg_catalog.pg_namespace home ON home.oid = relation.relnamespace
   WHERE relation.oid = ${relation})`

/** A default that asks the clock, perhaps for a zone or as another type, and does not count on from there. */
const clock =
  '^[^+-]*\\m(now|(clock|statement|transaction)_timestamp|timeofday|CURRENT_TIMESTAMP|CURRENT_DATE|LOCALTIMESTAMP)\\M[^+-]*$'

const tablesQuery = `
  WITH t AS (${userTables})
  SELECT COALESCE(pg_catalog.json_agg(pg_catalog.json_build_object(
    'name', ${qualified('t.oid')},
    'relation', t.relname,
    'partitioned', t.relkind = 'p',
    'partitionKeys', (
      SELECT pg_catalog.json_object_agg(c.relname, ${columnNames('p.partrelid', 'p.partattrs::pg_catalog.int2[]')})
      FROM pg_catalog.pg_partition_tree(t.oid) tree JOIN pg_catalog.pg_class c ON c.oid = tree.relid
      JOIN pg_catalog.pg_partitioned_table p ON p.partrelid = tree.relid),
    'bounds', (
      SELECT pg_catalog.string_agg(pg_catalog.pg_get_expr(c.relpartbound, c.oid), ' ' ORDER BY c.relname COLLATE "C")
      FROM pg_catalog.pg_partition_tree(t.oid) tree JOIN pg_catalog.pg_class c ON c.oid = tree.relid WHERE c.relispartition),
    'columns', (
      SELECT COALESCE(pg_catalog.json_agg(pg_catalog.json_build_object(
        'name', a.attname, 'type', a.atttypid::text, 'modifier', a.atttypmod, 'nullable', NOT a.attnotnull,
        'hasDefault', a.atthasdef,
        'isStamped', COALESCE(pg_catalog.pg_get_expr(d.adbin, d.adrelid) ~ '${clock}', false),
        'filled', a.attidentity <> '' OR a.attgenerated <> ''
          OR COALESCE(pg_catalog.pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%', false)
      ) ORDER BY a.attnum), '[]')
      FROM pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped),
    'constraints', (
      SELECT pg_catalog.json_agg(pg_catalog.json_build_object('name', name, 'columns', COALESCE(columns, '[]'), 'kind', kind,
        'definition', definition) ORDER BY name COLLATE "C") FROM (
        SELECT k.conname AS name, ${columnNames('k.conrelid', 'k.conkey')} AS columns, 'c' AS kind,
          pg_catalog.pg_get_constraintdef(k.oid) AS definition
        FROM pg_catalog.pg_constraint k WHERE k.conrelid = t.oid AND k.contype = 'c'
        UNION ALL
        SELECT c.relname, (
          SELECT pg_catalog.json_agg(a.attname ORDER BY a.attnum) FROM pg_catalog.pg_attribute a
          WHERE a.attrelid = t.oid AND a.attnum > 0 AND (a.attnum = ANY (i.indkey) OR EXISTS (
            SELECT FROM pg_catalog.pg_depend d
            WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
              AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = t.oid AND d.refobjsubid = a.attnum))
        ), 'u', NULL
        FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
        WHERE i.indrelid = t.oid AND (i.indisunique OR i.indisexclusion)
      ) AS found),
    'references', (
      SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
        'name', k.conname, 'columns', ${columnNames('k.conrelid', 'k.conkey')},
        'parent', ${qualified('k.confrelid')}, 'parentColumns', ${columnNames('k.confrelid', 'k.confkey')}
      ) ORDER BY pg_catalog.cardinality(k.conkey) DESC, k.conname COLLATE "C")
      FROM pg_catalog.pg_constraint k WHERE k.conrelid = t.oid AND k.contype = 'f' AND k.conparentid = 0)
  ) ORDER BY t.nspname COLLATE "C", t.relname COLLATE "C"), '[]')::text AS json
  FROM t`
