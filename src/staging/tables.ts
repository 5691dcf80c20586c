import type { Sizes } from '../model/cost.ts'
import type { TouchedTable } from '../model/dry-run.ts'
import type { Name } from '../model/operation.ts'
import type { NotChecked } from '../model/result.ts'
import { ServerError } from '../postgres/server.ts'
import type { Staging } from './session.ts'

type Known = Pick<TouchedTable, 'name' | 'why' | 'foreignKeys'> & { readonly oid: string }
type Measured = Omit<TouchedTable, 'name' | 'why' | 'foreignKeys'>

/**
 * The tables of staging that are named here, or whose index or view is, and those that a foreign key ties to one of them; names that
 * staging does not have are left out. Only catalogs and statistics are read. A table whose size cannot be asked, because somebody holds
 * ACCESS EXCLUSIVE on it, is told in `notChecked`. Rejects with ServerError.
 */
export async function touchedTables(
  staging: Staging,
  names: readonly Name[],
): Promise<{ readonly tables: readonly TouchedTable[]; readonly notChecked: readonly NotChecked[] }> {
  const { rows } = await staging.read((session) => session.query<Known>(known, [names]))
  const tables: TouchedTable[] = []
  const notChecked: NotChecked[] = []
  for (const { oid, name, why, foreignKeys } of rows) {
    try {
      const measured = await staging.read((session) => session.query<Measured>(measure, [oid]))
      const [found] = measured.rows
      if (found) tables.push({ name, why, foreignKeys, ...found })
    } catch (error) {
      const why = error instanceof ServerError ? reasons[error.sqlstate ?? ''] : undefined
      if (why === undefined) throw error
      notChecked.push({ what: `The size of ${name}`, why })
    }
  }
  return { tables, notChecked }
}

const reasons: { readonly [sqlstate: string]: string } = {
  '55P03': 'Somebody holds a lock on it that shuts out even readers, and did not let go within lock_timeout.',
  '57014': 'The server did not answer within statement_timeout.',
}

/** The sizes of tables by name, as the estimates and the rules take them. */
export function sizesOf(tables: readonly TouchedTable[]): Sizes {
  return new Map(
    tables.map(({ name, rows, heapBytes, toastBytes, indexBytes, writesPerSecond }) => [
      name,
      { rows, heapBytes, toastBytes, indexBytes, writesPerSecond },
    ]),
  )
}

/** Names without quotes, as operations have them. An index stands for its table; a view for what it reads is not followed. */
const known = `
  WITH named AS (
    SELECT coalesce(i.indrelid, c.oid) AS oid
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid
    WHERE n.nspname || '.' || c.relname = ANY ($1) AND c.relkind IN ('r', 'p', 'm', 'i', 'I')
  ), keys AS (
    SELECT k.* FROM pg_constraint k WHERE k.contype = 'f' AND k.conparentid = 0
      AND (k.conrelid IN (SELECT oid FROM named) OR k.confrelid IN (SELECT oid FROM named))
  ), every AS (
    SELECT oid, 'touched' AS why FROM named
    UNION SELECT each, 'neighbour' FROM keys, unnest(ARRAY[conrelid, confrelid]) AS each WHERE each NOT IN (SELECT oid FROM named)
  ), names AS (
    SELECT c.oid, n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  )
  SELECT e.oid::int8::text AS oid, o.name, e.why,
    (SELECT coalesce(json_agg(json_build_object('name', k.conname, 'from', f.name, 'to', t.name, 'isValidated', k.convalidated)
       ORDER BY f.name COLLATE "C", k.conname COLLATE "C"), '[]')
     FROM keys k JOIN names f ON f.oid = k.conrelid JOIN names t ON t.oid = k.confrelid
     WHERE e.oid IN (k.conrelid, k.confrelid)) AS "foreignKeys"
  FROM every e JOIN names o ON o.oid = e.oid ORDER BY o.name COLLATE "C"`

/** A partitioned table is the sum of its partitions. A table that was never analyzed counts as one row for every 200 bytes. */
const measure = `
  WITH parts AS (
    SELECT c.*, pg_relation_size(c.oid) AS heap FROM pg_class c JOIN pg_class root ON root.oid = $1
    WHERE CASE root.relkind WHEN 'p' THEN c.relkind <> 'p' AND c.oid IN (SELECT relid FROM pg_partition_tree(root.oid))
      ELSE c.oid = root.oid END
  )
  SELECT coalesce(sum(CASE WHEN c.reltuples >= 0 AND c.relpages > 0 THEN c.reltuples::int8 ELSE c.heap / 200 END), 0)::float8 AS rows,
    coalesce(sum(c.heap), 0)::float8 AS "heapBytes",
    coalesce(sum(CASE WHEN c.reltoastrelid = 0 THEN 0 ELSE pg_total_relation_size(c.reltoastrelid) END), 0)::float8 AS "toastBytes",
    coalesce(sum(pg_indexes_size(c.oid)), 0)::float8 AS "indexBytes",
    round(coalesce(sum((s.n_tup_ins + s.n_tup_upd + s.n_tup_del) /
      greatest(1, extract(epoch FROM now() - coalesce(d.stats_reset, pg_postmaster_start_time())))), 0)::numeric, 3)::float8 AS "writesPerSecond",
    coalesce(bool_or(c.heap > 0 AND (c.reltuples < 0 OR c.relpages = 0)), false) AS "isGuess",
    (SELECT coalesce(json_agg(json_build_object('name', x.relname, 'definition', pg_get_indexdef(x.oid), 'bytes', pg_relation_size(x.oid),
       'isValid', i.indisvalid) ORDER BY x.relname COLLATE "C"), '[]')
     FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = $1) AS indexes
  FROM parts c LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid LEFT JOIN pg_stat_database d ON d.datname = current_database()`
