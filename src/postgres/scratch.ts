import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type Administration, administration } from './administration.ts'
import { type Database, type Server, ServerError, type Session, type Storage } from './server.ts'
import { type Connection, connect } from './session.ts'

/** As long as CREATE and DROP DATABASE themselves wait for connections to end. */
const PATIENCE_MS = 5_000

/** What a server is besides its connection. */
interface Manner {
  readonly source: string
  /** Called once, when the server is disposed. */
  readonly stop?: () => Promise<void>
  readonly storage?: Omit<Storage, 'open'>
  /** Settings of each scratch database, where the server itself was started without them. */
  readonly settings?: Readonly<Record<string, string>> | undefined
}

/**
 * A running server, seen from its maintenance database. Every kind of server ends here. Rejects with ServerError when the server
 * cannot be asked for its version.
 *
 * @param where asked anew for each database: a server that was stopped and started again is reached in another way
 */
export async function serverAt(where: () => Connection, manner: Manner): Promise<Server> {
  const { source, stop, storage, settings = {} } = manner
  const administered = administration(where)
  const { version, number } = await administered.ask(async (session) => {
    const { rows } = await session.query<{ version: string; number: number }>(
      `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number`,
    )
    return rows[0] ?? { version: 'unknown', number: 0 }
  })
  let stopping: Promise<void> | undefined

  return {
    // Distributions add their own words: `17.10 (Debian 17.10-1.pgdg120+1)`.
    version: version.split(' ', 1)[0] ?? version,
    major: Math.floor(number / 10_000),
    source,
    connect: () => connect(where()),
    async createDatabase(template) {
      const name = scratchName()
      const copy = template === undefined ? '' : ` TEMPLATE ${quoted(template.name)}`
      await administered.ask((session) => session.query(`CREATE DATABASE ${quoted(name)}${copy}`))
      const database = scratchDatabase(where(), name, administered)
      if (Object.keys(settings).length === 0) return database
      try {
        await setFor(name, settings, where())
        return database
      } catch (error) {
        await database[Symbol.asyncDispose]()
        throw error
      }
    },
    storage: storage && {
      async save(folder) {
        await administered.rest()
        await storage.save(folder)
      },
      async load(folder) {
        await administered.rest()
        await storage.load(folder)
      },
      open: (name) => scratchDatabase(where(), name, administered),
    },
    [Symbol.asyncDispose]() {
      stopping ??= administered.rest('forGood').finally(stop)
      return stopping
    },
  }
}

/** In a session of its own, because it sets them there too. */
async function setFor(name: string, settings: Readonly<Record<string, string>>, connection: Connection): Promise<void> {
  await using session = await connect(connection)
  for (const [setting, value] of Object.entries(settings)) {
    // By way of the session: a list of values in one literal would be taken for one value.
    await session.query('SELECT set_config($1, $2, false)', [setting, value])
    await session.query(`ALTER DATABASE ${quoted(name)} SET ${settingName(setting)} FROM CURRENT`)
  }
}

function scratchDatabase(connection: Connection, name: string, administered: Administration): Database {
  const terminateConnections = () =>
    administered.ask(async (session) => {
      for (const end = Date.now() + PATIENCE_MS; ; await delay(20)) {
        const { rowCount } = await session.query(
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()',
          [name],
        )
        if (rowCount === 0 || Date.now() > end) return
      }
    })

  return {
    name,
    host: connection.host,
    port: connection.port,
    user: connection.user,
    password: connection.password,
    ssl: connection.ssl,
    options: connection.options,
    connect: () => connect({ ...connection, database: name }),
    terminateConnections,
    async [Symbol.asyncDispose]() {
      try {
        await terminateConnections()
        await administered.ask((session) => session.query(`DROP DATABASE IF EXISTS ${quoted(name)}`))
      } catch (error) {
        // A server that is gone takes its databases with it; one that is only out of reach is tidied by the next run.
        if (!(error instanceof ServerError) || !isGone(error)) throw error
      }
    },
  }
}

/** Nobody answers, or only to say that the server is stopping or starting: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isGone({ sqlstate }: ServerError): boolean {
  return sqlstate === undefined || /^57P0[123]$/.test(sqlstate)
}

/** With the second in which it was made, so that a later run can tell what a killed one left behind. */
function scratchName(): string {
  return `migration_gate_${Math.floor(Date.now() / 1000)}_${randomBytes(6).toString('hex')}`
}

/** Longer than any job of a CI runs. */
const staleAfterSeconds = 24 * 3600

/**
 * Drops what runs that were killed have left on a server that outlives them: databases whose name says that they are ours and older
 * than a day, and that nobody is connected to. One that may not be dropped stays.
 * @returns how many were dropped
 */
export async function dropStale(session: Session): Promise<number> {
  const { rows } = await session.query<{ datname: string }>(
    `SELECT datname FROM pg_database d
     WHERE datname ~ '^migration_gate_[0-9]{9,11}_[0-9a-f]{12}$'
       AND split_part(datname, '_', 3)::bigint < extract(epoch FROM now()) - ${staleAfterSeconds}
       AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)
       AND pg_has_role(datdba, 'MEMBER')`,
  )
  let dropped = 0
  for (const { datname } of rows) {
    try {
      await session.query(`DROP DATABASE IF EXISTS ${quoted(datname)}`)
      dropped++
    } catch (error) {
      // 55006: somebody has connected since, so it is in use.
      if (!(error instanceof ServerError) || error.sqlstate !== '55006') throw error
    }
  }
  return dropped
}

/** `plpgsql.check_asserts` is two names. */
function settingName(setting: string): string {
  return setting.split('.').map(quoted).join('.')
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`
}
