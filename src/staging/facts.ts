import type { ServerFacts } from '../model/dry-run.ts'
import type { Staging } from './session.ts'

/** What decides how a migration waits, how long it works and who follows. */
const settings = [
  'lock_timeout',
  'statement_timeout',
  'transaction_timeout',
  'idle_in_transaction_session_timeout',
  'default_transaction_read_only',
  'maintenance_work_mem',
  'max_parallel_maintenance_workers',
  'max_locks_per_transaction',
  'max_wal_size',
  'wal_level',
  'synchronous_standby_names',
] as const

interface Row {
  readonly settings: ServerFacts['settings']
  readonly slots: readonly { name: string; type: 'physical' | 'logical'; isActive: boolean; keptBytes: number | null }[]
  readonly standbys: readonly { name: string; state: string | null; lagBytes: number | null }[]
  readonly behind: { bytes: number | null; seconds: number | null } | null
}

/** Asks the server about itself. Rejects with ServerError. */
export async function serverFacts(staging: Staging): Promise<ServerFacts> {
  const { rows } = await staging.read((session) => session.query<Row>(query, [settings]))
  const [row] = rows
  return {
    version: staging.version,
    major: staging.major,
    isReplica: staging.isReplica,
    ...(row?.behind && { behind: { bytes: row.behind.bytes ?? undefined, seconds: row.behind.seconds ?? undefined } }),
    settings: row?.settings ?? [],
    replication: {
      slots: (row?.slots ?? []).map((slot) => ({ ...slot, keptBytes: slot.keptBytes ?? undefined })),
      standbys: (row?.standbys ?? []).map(({ name, state, lagBytes }) => ({
        name,
        state: state ?? '',
        lagBytes: lagBytes ?? undefined,
      })),
    },
  }
}

/**
 * A replica that has replayed all that it was sent is up to date, however long ago the last change was; what it was not sent yet, it cannot know
 * (https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-RECOVERY-CONTROL). `reset_val` is what the role gets at the start of a session, whatever we set since. */
const query = `
  WITH here AS (
    SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END AS lsn
  )
  SELECT
    (SELECT coalesce(json_agg(json_build_object('name', s.name, 'value', concat(s.reset_val, CASE WHEN s.reset_val ~ '^-?[0-9]+$' THEN s.unit END))
       ORDER BY array_position($1, s.name)), '[]') FROM pg_settings s WHERE s.name = ANY ($1)) AS settings,
    (SELECT coalesce(json_agg(json_build_object('name', r.slot_name, 'type', r.slot_type, 'isActive', r.active,
       'keptBytes', pg_wal_lsn_diff(here.lsn, r.restart_lsn)) ORDER BY r.slot_name), '[]') FROM pg_replication_slots r, here) AS slots,
    (SELECT coalesce(json_agg(json_build_object('name', r.application_name, 'state', r.state,
       'lagBytes', pg_wal_lsn_diff(here.lsn, r.replay_lsn)) ORDER BY r.application_name), '[]') FROM pg_stat_replication r, here) AS standbys,
    (SELECT json_build_object('bytes', pg_wal_lsn_diff(coalesce(pg_last_wal_receive_lsn(), here.lsn), here.lsn),
       'seconds', CASE WHEN pg_last_wal_receive_lsn() <= here.lsn THEN 0
         ELSE round(extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())) END)
     FROM here WHERE pg_is_in_recovery()) AS behind`
