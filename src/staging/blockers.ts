import type { Blocker } from '../model/dry-run.ts'
import type { Name } from '../model/operation.ts'
import type { NotChecked } from '../model/result.ts'
import type { LockMode } from '../model/round-trip.ts'
import type { Staging } from './session.ts'

/** Transactions as old as this are told even where they hold no lock in the way: CREATE INDEX CONCURRENTLY waits for them. */
const longSeconds = 60

/** https://www.postgresql.org/docs/current/explicit-locking.html#TABLE-LOCK-COMPATIBILITY; ACCESS EXCLUSIVE is in everybody's way. */
const conflicts: { readonly [mode in LockMode]: readonly LockMode[] } = {
  'ACCESS SHARE': [],
  'ROW SHARE': ['EXCLUSIVE'],
  'ROW EXCLUSIVE': ['SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE'],
  'SHARE UPDATE EXCLUSIVE': ['SHARE UPDATE EXCLUSIVE', 'SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE'],
  SHARE: ['ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE'],
  'SHARE ROW EXCLUSIVE': ['ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE'],
  EXCLUSIVE: ['ROW SHARE', 'ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE'],
  'ACCESS EXCLUSIVE': [
    'ACCESS SHARE',
    'ROW SHARE',
    'ROW EXCLUSIVE',
    'SHARE UPDATE EXCLUSIVE',
    'SHARE',
    'SHARE ROW EXCLUSIVE',
    'EXCLUSIVE',
  ],
}

interface Row {
  readonly pid: number | null
  readonly table: Name | null
  readonly mode: string | null
  readonly application: string | null
  readonly state: string | null
  readonly seconds: number | null
  readonly kind: Blocker['kind']
  readonly isHidden: boolean
}

/**
 * Who stands in the way at this moment: whoever holds a lock that conflicts with one that is wanted, and old transactions of this database.
 * @param wanted the locks of the pending migrations. Rejects with ServerError.
 */
export async function blockersOf(
  staging: Staging,
  wanted: readonly { readonly table: Name; readonly mode: LockMode }[],
): Promise<{ readonly blockers: readonly Blocker[]; readonly notChecked: readonly NotChecked[] }> {
  const tables = [...new Set(wanted.map(({ table }) => table))]
  const { rows } = await staging.read((session) => session.query<Row>(query, [tables, longSeconds]))
  const blockers = rows.flatMap((row): Blocker[] => {
    const mode = row.mode === null ? undefined : spelled(row.mode)
    const isInTheWay =
      mode === undefined ||
      wanted.some(
        ({ table, mode: own }) => table === row.table && (mode === 'ACCESS EXCLUSIVE' || conflicts[own].includes(mode)),
      )
    if (!isInTheWay || (row.isHidden && mode === undefined)) return []
    return [
      {
        kind: row.kind,
        pid: row.pid ?? undefined,
        table: row.table ?? undefined,
        mode,
        application: row.application ?? '',
        state: row.state ?? '',
        seconds: Math.round(row.seconds ?? 0),
      },
    ]
  })
  const hidden = rows.some(({ isHidden }) => isHidden)
  return {
    blockers,
    notChecked: hidden
      ? [
          {
            what: 'Transactions of other roles',
            why: 'The role may not see how old they are. Grant it pg_read_all_stats (or pg_monitor).',
          },
        ]
      : [],
  }
}

/** `AccessExclusiveLock` → `ACCESS EXCLUSIVE` */
function spelled(mode: string): LockMode {
  return mode
    .replace(/Lock$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase() as LockMode
}

const query = `
  WITH others AS (
    SELECT a.pid, a.application_name, a.state, a.backend_type,
      extract(epoch FROM clock_timestamp() - a.xact_start)::float8 AS seconds,
      a.state IS NULL AND a.backend_type IS NOT DISTINCT FROM NULL AS hidden
    FROM pg_stat_activity a
    WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
  ), held AS (
    SELECT l.pid, l.mode, n.nspname || '.' || c.relname AS name, l.virtualtransaction
    FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE l.locktype = 'relation' AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND l.pid IS DISTINCT FROM pg_backend_pid() AND n.nspname || '.' || c.relname = ANY ($1)
  )
  SELECT h.pid, h.name AS table, h.mode, o.application_name AS application, coalesce(o.state, o.backend_type) AS state, o.seconds,
    CASE WHEN h.pid IS NULL THEN 'prepared-transaction' WHEN o.backend_type = 'autovacuum worker' THEN 'autovacuum' ELSE 'lock' END AS kind,
    coalesce(o.hidden, false) AS "isHidden"
  FROM held h LEFT JOIN others o ON o.pid = h.pid
  UNION ALL
  SELECT pid, NULL, NULL, application_name, state, seconds, 'long-transaction', hidden FROM others
  WHERE (seconds >= $2 OR hidden) AND pid NOT IN (SELECT pid FROM held WHERE pid IS NOT NULL)
  UNION ALL
  SELECT NULL, NULL, NULL, p.gid, 'prepared', extract(epoch FROM clock_timestamp() - p.prepared)::float8, 'prepared-transaction', false
  FROM pg_prepared_xacts p WHERE p.database = current_database()
    AND extract(epoch FROM clock_timestamp() - p.prepared) >= $2
  ORDER BY seconds DESC NULLS LAST, pid, 2, 3`
