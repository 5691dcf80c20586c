import { UserError } from '../model/errors.ts'
import type { Schema } from '../model/schema.ts'
import { ServerError, type Session } from '../postgres/server.ts'
import { connect } from '../postgres/session.ts'
import { snapshot } from '../postgres/snapshot.ts'
import { fromUrl } from '../postgres/url.ts'
import { givingWay } from './give-way.ts'
import { refusal, Unavailable } from './refusal.ts'

/** Milliseconds. */
export interface Limits {
  /** How long a statement of ours may wait for a lock. */
  readonly lockTimeoutMs: number
  /** How long one statement of ours may run. */
  readonly statementTimeoutMs: number
}

interface TransactionOptions {
  /** Schemas to look names up in, as PostgreSQL stores them, after pg_catalog. Default: none. */
  readonly searchPath?: readonly string[]
  /** Instead of `Limits.statementTimeoutMs`. */
  readonly statementTimeoutMs?: number
  /** For a question that may take long: it is given up, with GaveWay, when somebody waits for it. Not through a pooler. */
  readonly givesWay?: boolean
}

/** A connection to a database that is not ours, and that nothing of ours may change. Closed when it is disposed. */
export interface Staging extends AsyncDisposable {
  /** `17.5` */
  readonly version: string
  readonly major: number
  /** A replica: it can be read, and nothing can be tried on it. */
  readonly isReplica: boolean
  readonly limits: Limits
  /**
   * Runs `work` in a transaction that cannot write, and rolls it back. One for each question: its locks (ACCESS SHARE) end with it, so that
   * nothing on staging waits for us longer than for one statement. Rejects with ServerError as `work` does, and with Unavailable where the
   * limits cannot be set.
   */
  read<T>(work: (session: Session) => Promise<T>, options?: TransactionOptions): Promise<T>
  /**
   * What staging holds except its rows. Reads the catalogs only, within the same limits.
   * @param exclude identities of tables, such as the version table. Rejects with ServerError.
   */
  snapshot(exclude: readonly string[]): Promise<Schema>
  /**
   * As `read`, in a transaction that can write; rolled back whatever happens. Only for what the user asked for by name. A transaction that
   * `work` ended itself (COMMIT, ROLLBACK) cannot be taken back: whoever sends statements refuses those before, and this throws Unavailable
   * when it finds the transaction gone.
   */
  tryOut<T>(work: (session: Session) => Promise<T>, options?: TransactionOptions): Promise<T>
}

const oldest = 12
/** A client that is gone, however it went, keeps no transaction open for longer. */
export const idleMs = 10_000
const connectMs = 15_000

/**
 * Opens a guarded connection. Of the URL only host, port, user, password, database and TLS are taken: `options`, `statement_timeout`,
 * `lock_timeout`, `application_name` and the like in it would win over ours. The limits are then set inside of each transaction (`SET LOCAL`
 * also holds where a pooler gives each transaction another connection), and read back there before anything else is asked.
 *
 * Rejects with Unavailable; no message holds the URL, the host, the user or the password.
 */
export async function openStaging({
  url,
  limits,
}: {
  readonly url: string
  readonly limits: Limits
}): Promise<Staging> {
  const session = await open(url)
  let watch: Wanted = new Map()
  let isDirect = false
  let second: Promise<Session | undefined> | undefined
  const watching = () => {
    second ??= watcherAt(url, limits)
    return second
  }
  const close = async () => {
    await session[Symbol.asyncDispose]()
    await (await second)?.[Symbol.asyncDispose]()
  }
  const transaction = async <T>(
    access: 'READ ONLY' | 'READ WRITE',
    work: (session: Session) => Promise<T>,
    { searchPath = [], statementTimeoutMs = limits.statementTimeoutMs, givesWay = false }: TransactionOptions = {},
  ): Promise<T> => {
    const wanted = new Map([...settings({ ...limits, statementTimeoutMs }, searchPath, access), ...watch])
    await session.query(`BEGIN ISOLATION LEVEL READ COMMITTED ${access}`)
    try {
      await guard(session, wanted)
      const watcher = givesWay && isDirect ? await watching() : undefined
      const { pid } = session
      const result = watcher
        ? await givingWay({ watcher, pid, limitMs: limits.lockTimeoutMs }, () => work(session))
        : await work(session)
      if (access === 'READ WRITE') await stillOurs(session)
      return result
    } finally {
      await session.query('ROLLBACK')
    }
  }
  const read: Staging['read'] = (work, options) => transaction('READ ONLY', work, options)
  try {
    // Before anything else, because an older server does not know all that is set and asked below.
    const { rows } = await session.query<{ number: number; version: string; replica: boolean; pid: number }>(
      `SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version, pg_is_in_recovery() AS replica,
         pg_backend_pid() AS pid`,
    )
    const about = rows[0] ?? { number: 0, version: '', replica: false, pid: 0 }
    const major = Math.floor(about.number / 10_000)
    if (major < oldest)
      throw new Unavailable(
        `The database runs PostgreSQL ${about.version.split(' ')[0]}; the dry run needs ${oldest} or newer.`,
      )
    watch = await watchOf(session)
    // A pooler makes up a number of its own.
    isDirect = about.pid === session.pid
    // Sees that the limits hold.
    await read(async () => undefined)
    return {
      version: about.version.split(' ')[0] ?? '',
      major,
      isReplica: about.replica,
      limits,
      read,
      snapshot: (exclude) => snapshot(session, { exclude, patience: limits }),
      tryOut: (work, options) => transaction('READ WRITE', work, options),
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    await session[Symbol.asyncDispose]()
    throw error instanceof ServerError ? refusal(error) : error
  }
}

/** Undefined where there is no connection left for it: then statement_timeout alone is the limit. */
async function watcherAt(url: string, { statementTimeoutMs }: Limits): Promise<Session | undefined> {
  try {
    const session = await connect(fromUrl(url), connectMs)
    await session.query(`SET default_transaction_read_only = on; SET statement_timeout = ${statementTimeoutMs}`)
    return session
  } catch (error) {
    if (!(error instanceof ServerError)) throw error
    return undefined
  }
}

async function open(url: string): Promise<Session> {
  try {
    return await connect(fromUrl(url), connectMs)
  } catch (error) {
    if (error instanceof ServerError) throw refusal(error)
    // Its message is a sentence of ours, without the URL.
    if (error instanceof UserError) throw new Unavailable(error.message)
    throw error
  }
}

/** By the names that SHOW knows, with the values as SHOW prints them. */
type Wanted = ReadonlyMap<string, string>

function settings(limits: Limits, searchPath: readonly string[], access: 'READ ONLY' | 'READ WRITE'): Wanted {
  return new Map([
    ['lock_timeout', String(limits.lockTimeoutMs)],
    ['statement_timeout', String(limits.statementTimeoutMs)],
    ['idle_in_transaction_session_timeout', String(idleMs)],
    ['search_path', ['pg_catalog', ...searchPath].map((name) => `"${name.replaceAll('"', '""')}"`).join(', ')],
    ['transaction_read_only', access === 'READ ONLY' ? 'on' : 'off'],
    // A policy that hides rows from this role makes a question fail. With fewer rows its answer would be wrong.
    ...(access === 'READ ONLY' ? [['row_security', 'off'] as const] : []),
    [mark, 'open'],
  ])
}

/** A setting of our own, which lives as long as the transaction. */
const mark = 'migration_gate.transaction'

/** Sets what is wanted for this transaction, and reads it back: a pooler or a proxy may have swallowed it. */
async function guard(session: Session, wanted: Wanted): Promise<void> {
  const asked = [...wanted].filter(([name]) => name !== 'transaction_read_only')
  const values = asked.flat()
  const calls = asked.map((_, index) => `set_config($${2 * index + 1}, $${2 * index + 2}, true)`)
  await session.query(`SELECT ${calls.join(', ')}`, values)
  const { rows } = await session.query<{ name: string; value: string | null }>(
    `SELECT name, CASE WHEN unit = 'ms' THEN setting ELSE current_setting(name) END AS value FROM pg_settings WHERE name = ANY ($1)
     UNION ALL SELECT $2, current_setting($2, true)`,
    [[...wanted.keys()], mark],
  )
  const found = new Map(rows.map(({ name, value }) => [name, value]))
  for (const [name, value] of wanted) {
    if (found.get(name) !== value)
      throw new Unavailable(
        `The limits of the dry run do not hold: ${name} was set to ${value} and the server says ${found.get(name) ?? 'nothing'}. A pooler or a proxy may stand in between; give the URL of the server itself.`,
      )
  }
}

async function stillOurs(session: Session): Promise<void> {
  const { rows } = await session.query<{ value: string | null }>(`SELECT current_setting($1, true) AS value`, [mark])
  if (rows[0]?.value !== 'open')
    throw new Unavailable('The transaction that was to be rolled back was ended by a statement in it.')
}

/**
 * A query of ours that still runs when this process is killed ends within a second, where the server's system can see that; for one
 * transaction at a time, because a pooler hands the session on with what is set in it.
 */
async function watchOf(session: Session): Promise<Wanted> {
  await session.query('BEGIN READ ONLY')
  try {
    await session.query(`SET LOCAL client_connection_check_interval = '1s'`)
    return new Map([['client_connection_check_interval', '1000']])
  } catch (error) {
    // Older than 14 (unknown), or a system that cannot: statement_timeout ends it there.
    if (!(error instanceof ServerError) || error.sqlstate === undefined) throw error
    return new Map()
  } finally {
    await session.query('ROLLBACK')
  }
}
