import { setTimeout as delay } from 'node:timers/promises'
import { type Database, ServerError } from '../postgres/server.ts'

/** A statement that waits for a lock which another connection of the same command holds. */
export interface OwnLock {
  /** The one that waits. */
  readonly statement: string
  /** The last one of the connection that holds the lock. */
  readonly holder: string
}

/** Between one look and the next. */
const everyMs = 2_500
/** Both have stood still for so long. */
const stillMs = 5_000

/**
 * Runs a command, and looks meanwhile whether it waits for itself: one of its connections for a lock of another one, which is in a
 * transaction and sends nothing. PostgreSQL sees no deadlock in that, so it would last until the time is up, which for a long history are
 * hours. The connections are then ended, so that the command fails.
 */
export async function watchingOwnLocks<T>(
  database: Database,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly ownLock: OwnLock | undefined }> {
  const over = new AbortController()
  const watched = lookUntil(database, over.signal)
  try {
    const result = await work()
    over.abort()
    return { result, ownLock: await watched }
  } finally {
    over.abort()
  }
}

async function lookUntil(database: Database, over: AbortSignal): Promise<OwnLock | undefined> {
  while (await isWaitedFor(over)) {
    const found = await look(database)
    if (!found || over.aborted) continue
    await database.terminateConnections()
    return found
  }
  return undefined
}

/** @returns false: the command has ended meanwhile */
async function isWaitedFor(over: AbortSignal): Promise<boolean> {
  try {
    await delay(everyMs, undefined, { signal: over })
    return true
  } catch (error) {
    if (over.aborted) return false
    throw error
  }
}

async function look(database: Database): Promise<OwnLock | undefined> {
  try {
    await using session = await database.connect()
    const { rows } = await session.query<{ statement: string; holder: string }>(
      `SELECT waiting.query AS statement, holding.query AS holder
       FROM pg_stat_activity waiting
         CROSS JOIN LATERAL unnest(pg_blocking_pids(waiting.pid)) AS blocking (pid)
         JOIN pg_stat_activity holding ON holding.pid = blocking.pid
       WHERE waiting.datname = current_database() AND holding.datname = current_database()
         AND waiting.wait_event_type = 'Lock' AND holding.state LIKE 'idle in transaction%'
         AND least(now() - waiting.query_start, now() - holding.state_change) > make_interval(secs => $1)
       ORDER BY waiting.query_start
       LIMIT 1`,
      [stillMs / 1000],
    )
    return rows[0]
  } catch (error) {
    // The command may be at the end of its time, and all connections with it; the next look, or nobody, will see.
    if (error instanceof ServerError) return undefined
    throw error
  }
}

/** @returns the message of the error that it comes to */
export function told({ statement, holder }: OwnLock): string {
  return `\`${short(statement)}\` waits for a lock that another connection of the migration holds, and would wait for ever: that one is still in its transaction, after \`${short(holder)}\``
}

function short(sql: string): string {
  const line = sql.replace(/\s+/g, ' ').trim()
  return line.length > 200 ? `${line.slice(0, 199)}…` : line
}
