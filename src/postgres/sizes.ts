import type { Sizes, TableSize } from '../model/cost.ts'
import { UserError } from '../model/errors.ts'
import type { Name } from '../model/operation.ts'
import { ServerError, type Session } from './server.ts'
import { connect } from './session.ts'
import { fromUrl } from './url.ts'

/** Longer than PostgreSQL needs to ask its own statistics; a table is never read. */
const patienceMs = 15_000

/**
 * Asks a database, by its URL, for the sizes of its tables.
 * @throws UserError; no message holds the URL, the host or the password
 */
export async function askSizes(url: string): Promise<{ readonly version: string; readonly sizes: Sizes }> {
  try {
    await using session = await connect(fromUrl(url))
    const { rows } = await session.query<{ server_version: string }>('SHOW server_version')
    return { version: rows[0]?.server_version.split(' ')[0] ?? '', sizes: await readSizes(session) }
  } catch (error) {
    if (!(error instanceof ServerError)) throw error
    throw new UserError(`Cannot ask the database for the sizes of its tables: ${error.message}.`, { cause: error })
  }
}

/**
 * What PostgreSQL's statistics say of every table: an estimate of its rows as of the last VACUUM or ANALYZE, the sizes of its files, and
 * how often it is written. Reads the catalogs only, in a transaction that cannot write, waits for no lock longer than a second, and is
 * safe on production. A partitioned table is the sum of its partitions; a table that was never analyzed counts as one row for every
 * `200` bytes.
 *
 * Rejects with ServerError.
 */
async function readSizes(session: Session): Promise<Sizes> {
  await session.query(
    `BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; SET LOCAL statement_timeout = ${patienceMs}; SET LOCAL lock_timeout = 1000; SET LOCAL search_path = pg_catalog`,
  )
  try {
    const { rows } = await session.query<{ json: string }>(query)
    const found = JSON.parse(rows[0]?.json ?? '[]') as readonly ({ name: Name } & TableSize)[]
    return new Map(found.map(({ name, ...size }) => [name, size]))
  } finally {
    await session.query('ROLLBACK')
  }
}

/** Names as PostgreSQL stores them, without quotes. https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-DBSIZE */
const query = `
  WITH own AS (
    SELECT c.oid, n.nspname || '.' || c.relname AS name, c.relkind,
      CASE WHEN c.reltuples >= 0 AND c.relpages > 0 THEN c.reltuples::int8 ELSE pg_relation_size(c.oid) / 200 END AS rows,
      pg_relation_size(c.oid) AS heap,
      CASE WHEN c.reltoastrelid = 0 THEN 0 ELSE pg_total_relation_size(c.reltoastrelid) END AS toast,
      pg_indexes_size(c.oid) AS indexes,
      s.n_tup_ins + s.n_tup_upd + s.n_tup_del AS writes,
      greatest(1, extract(epoch FROM now() - d.stats_reset)) AS seconds
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid
      LEFT JOIN pg_stat_database d ON d.datname = current_database()
    WHERE c.relkind IN ('r', 'm', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relpersistence <> 't'
  ), whole AS (
    SELECT root.name, part.*
    FROM own root CROSS JOIN LATERAL (
      SELECT sum(o.rows) AS rows, sum(o.heap) AS heap, sum(o.toast) AS toast, sum(o.indexes) AS indexes,
        sum(o.writes / o.seconds) AS writes
      FROM own o WHERE CASE root.relkind WHEN 'p' THEN o.relkind <> 'p' AND o.oid IN (SELECT relid FROM pg_partition_tree(root.oid))
        ELSE o.oid = root.oid END
    ) part
  )
  SELECT coalesce(json_agg(json_build_object('name', name, 'rows', coalesce(rows, 0), 'heapBytes', coalesce(heap, 0),
    'toastBytes', coalesce(toast, 0), 'indexBytes', coalesce(indexes, 0), 'writesPerSecond', round(coalesce(writes, 0)::numeric, 3))
    ORDER BY name COLLATE "C"), '[]')::text AS json FROM whole`
