import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Database, Server, Session } from './server.ts'
import { type Connection, connect } from './session.ts'

/** As long as CREATE and DROP DATABASE themselves wait for connections to end. */
const PATIENCE_MS = 5_000

/**
 * A running server, seen from its maintenance database. Every kind of server ends here.
 *
 * `stop` is called once, when the server is disposed. Rejects with ServerError when the server cannot be asked for its version.
 */
export async function serverAt(
  connection: Connection,
  source: string,
  stop: () => Promise<void> = async () => undefined,
): Promise<Server> {
  const { version, number } = await administer(connection, async (session) => {
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
    async createDatabase(template) {
      const name = `migration_gate_${randomBytes(8).toString('hex')}`
      const copy = template === undefined ? '' : ` TEMPLATE ${quoted(template.name)}`
      await administer(connection, (session) => session.query(`CREATE DATABASE ${quoted(name)}${copy}`))
      return scratchDatabase(connection, name)
    },
    [Symbol.asyncDispose]() {
      stopping ??= stop()
      return stopping
    },
  }
}

function scratchDatabase(connection: Connection, name: string): Database {
  const terminateConnections = () =>
    administer(connection, async (session) => {
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
    connect: () => connect({ ...connection, database: name }),
    terminateConnections,
    async [Symbol.asyncDispose]() {
      await terminateConnections()
      await administer(connection, (session) => session.query(`DROP DATABASE IF EXISTS ${quoted(name)}`))
    },
  }
}

async function administer<Answer>(
  connection: Connection,
  work: (session: Session) => Promise<Answer>,
): Promise<Answer> {
  await using session = await connect(connection)
  return await work(session)
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`
}
