import { setTimeout as delay } from 'node:timers/promises'
import { ServerError, type Session } from '../postgres/server.ts'

/** Somebody waited for a lock of ours, and a question was given up for it. */
export class GaveWay extends Error {
  override readonly name = 'GaveWay'
}

/**
 * Runs `work`, one statement in the session of the process `pid`, and ends it when somebody waits for its locks for about half of `limitMs`: behind
 * an ALTER TABLE that waits for a reader stand all other readers and writers.
 *
 * @param watcher another session of the same role. Rejects with GaveWay, and as `work` does.
 */
export async function givingWay<T>(
  { watcher, pid, limitMs }: { readonly watcher: Session; readonly pid: number; readonly limitMs: number },
  work: () => Promise<T>,
): Promise<T> {
  const over = new AbortController()
  const watching = watch(watcher, pid, limitMs / 4, over.signal).catch((error: unknown) => {
    // Without a connection nobody watches, and statement_timeout alone is the limit.
    if (error instanceof ServerError) return false
    throw error
  })
  try {
    return await work()
  } catch (error) {
    over.abort()
    if (error instanceof ServerError && error.sqlstate === '57014' && (await watching)) throw new GaveWay()
    throw error
  } finally {
    over.abort()
    await watching
  }
}

/** @returns whether it ended the statement */
async function watch(watcher: Session, pid: number, everyMs: number, over: AbortSignal): Promise<boolean> {
  let wasWaiting = false
  for (;;) {
    // Rejects when it is over, and so does not keep the process.
    const isOver = await delay(everyMs, false, { signal: over, ref: false }).catch(() => true)
    if (isOver) return false
    const { rows } = await watcher.query<{ waits: boolean }>(waiting, [pid])
    const isWaiting = rows[0]?.waits === true
    if (isWaiting && wasWaiting && !over.aborted) {
      await watcher.query('SELECT pg_catalog.pg_cancel_backend($1)', [pid])
      return true
    }
    wasWaiting = isWaiting
  }
}

const waiting = `
  SELECT EXISTS (SELECT FROM pg_catalog.pg_locks l
    WHERE NOT l.granted AND l.pid <> $1 AND $1 = ANY (pg_catalog.pg_blocking_pids(l.pid))) AS waits`
