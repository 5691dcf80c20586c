import { setTimeout as delay } from 'node:timers/promises'
import { Cancelled } from '../model/errors.ts'
import type { Database } from '../postgres/server.ts'

export interface Limits {
  /** For one step. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** A backend that has been told to end and runs on is not waited for any longer than this. */
const patienceMs = 15_000

/**
 * Runs work that waits for a database. When the time is up, or the run is ended, every connection to the database is terminated,
 * so that whatever the work waits for fails. The time limit of the session is not used: a migration can set it as it likes.
 *
 * @throws Cancelled when `signal` aborts, whatever the work threw; otherwise what the work throws
 */
export async function limited<T>(
  database: Database,
  { timeoutMs, signal }: Limits,
  work: (limit: { readonly timedOut: boolean }) => Promise<T>,
): Promise<T> {
  if (signal.aborted) throw new Cancelled('The run was ended.')
  const limit = { timedOut: false }
  let ended = false
  let abandon: (reason: Error) => void
  const abandoned = new Promise<never>((_, reject) => {
    abandon = reject
  })
  const end = () => {
    if (ended) return
    ended = true
    void database
      .terminateConnections()
      .then(() => delay(patienceMs, undefined, { ref: false }))
      .then(() => abandon(new Error('PostgreSQL was told to end a connection, and did not.')), abandon)
  }
  const timer = setTimeout(() => {
    limit.timedOut = true
    end()
  }, timeoutMs)
  signal.addEventListener('abort', end)
  const cancelled = (cause?: unknown) => new Cancelled('The run was ended.', { cause })
  try {
    const value = await Promise.race([work(limit), abandoned])
    // Work may take the end of its connection for an answer.
    if (signal.aborted) throw cancelled()
    return value
  } catch (error) {
    throw signal.aborted && !(error instanceof Cancelled) ? cancelled(error) : error
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
  }
}

/** How a time limit is told: `60 s`, `1.5 s`. */
export function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`
}
