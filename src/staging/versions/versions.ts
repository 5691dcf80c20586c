import type { VersionDrift, VersionTable } from '../../model/dry-run.ts'
import type { Tool } from '../../model/migration.ts'
import type { NotChecked } from '../../model/result.ts'
import type { Session } from '../../postgres/server.ts'
import { alembic } from './alembic.ts'
import { drizzle } from './drizzle.ts'
import { flyway } from './flyway.ts'
import { graphileMigrate } from './graphile-migrate.ts'
import type { Applied, Repository, VersionReader, VersionRow } from './reader.ts'
import { dbmate, diesel, goose, nodePgMigrate, prisma, sqlMigrate, sqlx } from './row-each.ts'
import { schemaVersion } from './schema-version.ts'
import { golangMigrate, tern } from './single-number.ts'
import { sqitch } from './sqitch.ts'
import { supabase } from './supabase.ts'

const readers: { readonly [tool in Tool]: VersionReader | undefined } = {
  alembic,
  command: schemaVersion,
  dbmate,
  diesel,
  drizzle,
  flyway,
  goose,
  'golang-migrate': golangMigrate,
  'graphile-migrate': graphileMigrate,
  // Its server keeps the versions in a document of its own.
  hasura: undefined,
  'node-pg-migrate': nodePgMigrate,
  'numbered-sql': schemaVersion,
  prisma,
  sqitch,
  'sql-migrate': sqlMigrate,
  sqlx,
  supabase,
  tern,
}

/** All that the tool keeps for itself where its version table is. @param table and the result as PostgreSQL prints names */
export function tablesOfTool(tool: Tool, table: string): string[] {
  const { tables: [name] = [], besides = [] } = readers[tool] ?? {}
  if (name === undefined || !table.endsWith(`.${name}`)) return [table]
  return [table, ...besides.map((other) => `${table.slice(0, -name.length)}${other}`)]
}

/** What staging's version table says. */
export interface Versions {
  readonly table: VersionTable | undefined
  /** The ids of the migrations that the tool would run next. */
  readonly pending: ReadonlySet<string>
  readonly drift: readonly VersionDrift[]
  readonly notChecked: readonly NotChecked[]
}

/**
 * Compares the tool's version table with the repository. The session is one of `Staging.read`. Rejects with ServerError.
 * @param options.table the table, where it is not the one that the tool takes by itself: `app.versions`
 */
export async function readVersions(
  session: Session,
  options: { tool: Tool; table: string | undefined; repository: Repository; defaultSchema: string },
): Promise<Versions> {
  const { tool, repository, defaultSchema } = options
  const reader = readers[tool]
  const all = repository.migrations.map(({ id }) => id)
  const nothing = { table: undefined, pending: new Set(all), drift: [] }
  if (!reader)
    return {
      ...nothing,
      notChecked: [
        {
          what: 'The version table',
          why: `How ${tool} notes what it applied is not read. Every migration is taken as pending.`,
        },
      ],
    }
  const candidates = await tablesLike(session, reader, options.table)
  const fits = candidates.filter(({ columns }) => reader.columns.every((column) => columns.includes(column)))
  const wanted = reader.schema ?? defaultSchema
  const table = fits.find(({ schema }) => schema === wanted) ?? (fits.length === 1 ? fits[0] : undefined)
  if (!table) return { ...nothing, ...(await withoutTable(session, { tool, reader, options, candidates, fits })) }

  const rows = await rowsOf(session, table, reader)
  const read = await reader.read(rows, repository)
  const late = lateOnes(reader, read, repository)
  return {
    table: { table: table.sql, exists: true, applied: read.applied, current: read.current },
    pending: new Set(all.filter((id) => !read.ids.has(id) && !read.skipped?.has(id))),
    drift: [...read.drift.map((each) => withConsequence(each, reader)), ...late],
    notChecked: [],
  }
}

const refusal = 'The tool refuses to run before that is put in order.'
const consequences = { runs: 'It runs on a schema that already has what came after it.', refuses: refusal }

function withConsequence(drift: VersionDrift, { refuses }: VersionReader): VersionDrift {
  const isRefused = refuses.some((kind) => kind === drift.kind)
  return isRefused ? { ...drift, message: `${drift.message} ${refusal}` } : drift
}

interface Found {
  readonly schema: string
  /** Quoted as PostgreSQL prints it. */
  readonly sql: string
  readonly columns: readonly string[]
}

async function tablesLike(session: Session, reader: VersionReader, given: string | undefined): Promise<Found[]> {
  const [schema, name] = given?.includes('.') ? given.split('.', 2) : [undefined, given]
  const { rows } = await session.query<Found>(
    `SELECT n.nspname AS schema, format('%I.%I', n.nspname, c.relname) AS sql,
       ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND c.relname::text = ANY ($1::text[]) AND ($2::text IS NULL OR n.nspname = $2)
       AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
     ORDER BY array_position($1::text[], c.relname::text), n.nspname`,
    [name === undefined ? reader.tables : [name], schema ?? null],
  )
  return rows
}

async function rowsOf(session: Session, { sql, columns }: Found, { order }: VersionReader): Promise<VersionRow[]> {
  const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
  const list = columns.map((name) => `${quoted(name)}::text AS ${quoted(name)}`)
  const by = order.filter((name) => columns.includes(name)).map((name) => `v.${quoted(name)}`)
  const ordered = by.length === 0 ? '' : ` ORDER BY ${by.join(', ')}`
  const { rows } = await session.query<VersionRow>(`SELECT ${list.join(', ')} FROM ${sql} AS v${ordered}`, [])
  return rows
}

async function withoutTable(
  session: Session,
  found: {
    tool: Tool
    reader: VersionReader
    options: { table: string | undefined; defaultSchema: string }
    candidates: readonly Found[]
    fits: readonly Found[]
  },
): Promise<Pick<Versions, 'table' | 'notChecked'>> {
  const { tool, reader, options, candidates, fits } = found
  const name = options.table ?? `${reader.schema ?? options.defaultSchema}.${reader.tables[0]}`
  const table: VersionTable = { table: name, exists: false, applied: [], current: [] }
  const advice = 'Every migration is taken as pending. Name the table with --version-table.'
  const unread = (why: string) => ({ table, notChecked: [{ what: 'The version table', why: `${why} ${advice}` }] })
  if (fits.length > 1) return unread(`There are several: ${fits.map(({ sql }) => sql).join(', ')}.`)
  if (candidates.length > 0)
    return unread(`${candidates.map(({ sql }) => sql).join(', ')} has not the columns that ${tool} gives it.`)
  const { rows } = await session.query<{ tables: string }>(
    `SELECT count(*) AS tables FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`,
    [],
  )
  if (Number(rows[0]?.tables ?? 0) === 0) return { table, notChecked: [] }
  return unread(`The database has tables, and ${name}, in which ${tool} notes what it applied, is not among them.`)
}

function lateOnes({ late }: VersionReader, { ids, skipped }: Applied, { migrations }: Repository): VersionDrift[] {
  const inOrder = migrations.filter(({ isRepeatable }) => !isRepeatable)
  const last = inOrder.findLastIndex(({ id }) => ids.has(id))
  return inOrder.flatMap(({ id, name }, i): VersionDrift[] => {
    const isSkipped = skipped?.has(id) ?? false
    if (ids.has(id) || !(isSkipped || (late && i < last))) return []
    const seen = `${name} is not applied on staging, and ${isSkipped ? 'what came later' : `${inOrder[last]?.name} behind it`} is.`
    const consequence = isSkipped ? 'The tool passes over it, so that it never runs.' : late && consequences[late]
    return [{ kind: 'out-of-order', version: id, message: `${seen} ${consequence}` }]
  })
}
