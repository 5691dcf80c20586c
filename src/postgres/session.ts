import { setTimeout as delay } from 'node:timers/promises'
import type { ConnectionOptions } from 'node:tls'
import { Client, DatabaseError, type QueryConfig, type Submittable } from 'pg'
import { describe } from './describe.ts'
import { ServerError, type Session } from './server.ts'

/** How a server is reached. Never logged: it holds the password. */
export interface Connection {
  /** A host name, an address, or the folder of a Unix-domain socket. */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
  readonly ssl?: boolean | ConnectionOptions | undefined
  /** Settings of the session from its beginning: `-c lc_messages=C`. */
  readonly options?: string | undefined
}

/** One that can also send rows. */
export interface CopySession extends Session {
  /** @param sql `COPY … FROM stdin` @param rows as COPY reads them. Rejects with ServerError. */
  copyIn(sql: string, rows: string): Promise<void>
}

/**
 * Opens a connection. Rejects with ServerError; its message names neither host nor password.
 *
 * `limit`: milliseconds until a server that does not answer is given up.
 */
export async function connect(connection: Connection, limit = 15_000): Promise<CopySession> {
  const client = new Client({
    host: connection.host,
    port: connection.port,
    user: connection.user,
    password: connection.password,
    database: connection.database,
    ssl: connection.ssl ?? false,
    ...(connection.options !== undefined && { options: connection.options }),
    application_name: 'migration-gate',
    connectionTimeoutMillis: limit,
  })
  // PGOPTIONS: the client takes it from the environment, and a pooler refuses it.
  const { connectionParameters } = client as unknown as { connectionParameters: { options: string | undefined } }
  connectionParameters.options = connection.options
  // A connection that the server ends between two queries is told as an event, which would end this process if nobody listened.
  let broken: Error | undefined
  client.on('error', (error: Error) => {
    broken = error
  })
  try {
    await client.connect()
  } catch (error) {
    // A failed attempt may leave its socket open. Not awaited: where there was none, its end is never told.
    client.end().catch(() => undefined)
    throw serverError(error)
  }
  const { processID } = client as unknown as { processID: number }

  return {
    pid: processID,
    async query<Row>(sql: string, values?: readonly unknown[]) {
      if (broken !== undefined) throw serverError(broken)
      try {
        const answer: unknown =
          values === undefined ? await client.query(sql) : await client.query(extended(sql, values))
        // Several statements in one simple query are answered by a list.
        const last = (Array.isArray(answer) ? answer.at(-1) : answer) as { rows: Row[]; rowCount: number | null }
        return { rows: last.rows, rowCount: last.rowCount ?? 0 }
      } catch (error) {
        throw serverError(error)
      }
    },
    async describe(sql) {
      if (broken !== undefined) throw serverError(broken)
      try {
        return await describe(client, sql)
      } catch (error) {
        throw serverError(error)
      }
    },
    async copyIn(sql, rows) {
      if (broken !== undefined) throw serverError(broken)
      try {
        await new Promise<void>((resolve, reject) => {
          const copy = new CopyIn(sql, rows, (error) => (error ? reject(error) : resolve()))
          client.query(copy as unknown as Submittable)
        })
      } catch (error) {
        throw serverError(error)
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.race([client.end(), delay(2_000, undefined, { ref: false })])
    },
  }
}

/** `pg` sends a simple query where there are no values, unless it is told otherwise: https://node-postgres.com/apis/client */
function extended(text: string, values: readonly unknown[]): QueryConfig {
  const config: QueryConfig & { readonly queryMode: string } = { text, values: [...values], queryMode: 'extended' }
  return config
}

/** What `pg` does with a query of somebody's own, https://node-postgres.com/apis/client; its own ones refuse to copy. */
interface Wire {
  query(sql: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
}

class CopyIn {
  readonly #sql: string
  readonly #rows: string
  #done: (error?: Error) => void

  constructor(sql: string, rows: string, done: (error?: Error) => void) {
    this.#sql = sql
    this.#rows = rows
    this.#done = done
  }

  submit(wire: Wire): void {
    wire.query(this.#sql)
  }

  handleCopyInResponse(wire: Wire): void {
    wire.sendCopyFromChunk(Buffer.from(this.#rows))
    wire.endCopyFrom()
  }

  handleCommandComplete(): void {}

  handleError(error: Error): void {
    this.#done(error)
    this.#done = () => undefined
  }

  handleReadyForQuery(): void {
    this.#done()
  }
}

/** What went wrong, without DETAIL and CONTEXT (rows) and without where the server is (a host, a URL). */
function serverError(error: unknown): ServerError {
  if (error instanceof ServerError) return error
  if (error instanceof DatabaseError) {
    const { code, position, table, column, constraint } = error
    return new ServerError(error.message, {
      ...(code !== undefined && { sqlstate: code }),
      ...(position !== undefined && { position: Number(position) }),
      ...(table !== undefined && { table }),
      ...(column !== undefined && { column }),
      ...(constraint !== undefined && { constraint }),
    })
  }
  return new ServerError(connectionTrouble(error), {})
}

function connectionTrouble(error: unknown): string {
  // Node tries every address of a host; the reasons are then inside.
  const first = error instanceof AggregateError ? error.errors[0] : error
  const code = (first as NodeJS.ErrnoException | undefined)?.code
  switch (code) {
    case 'ECONNREFUSED':
      return 'connection refused: no server listens there (ECONNREFUSED)'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the name of the host is not known (${code})`
    case undefined:
      return first instanceof Error ? first.message : 'the connection failed'
    default:
      return `the connection failed (${code})`
  }
}
