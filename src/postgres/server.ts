import type { ConnectionOptions } from 'node:tls'

/** A failed statement, as PostgreSQL told it. Holds no row data: DETAIL and CONTEXT are left out on purpose. */
export class ServerError extends Error {
  override readonly name = 'ServerError'
  /** Five characters of https://www.postgresql.org/docs/current/errcodes-appendix.html; undefined: the connection itself failed. */
  readonly sqlstate: string | undefined
  /** Where in the statement, in characters (code points) from 1. */
  readonly position: number | undefined
  readonly table: string | undefined
  readonly column: string | undefined
  readonly constraint: string | undefined

  constructor(
    message: string,
    fields: { sqlstate?: string; position?: number; table?: string; column?: string; constraint?: string },
    cause?: unknown,
  ) {
    super(message, { cause })
    this.sqlstate = fields.sqlstate
    this.position = fields.position
    this.table = fields.table
    this.column = fields.column
    this.constraint = fields.constraint
  }
}

/** One connection. Closed when it is disposed. */
export interface Session extends AsyncDisposable {
  /** PostgreSQL's process for this connection. */
  readonly pid: number
  /**
   * Without `values`: one simple query, which may hold several statements (the rows are the last one's). With `values`, also with none of
   * them: the extended protocol, in which PostgreSQL refuses more than one statement. Rejects with ServerError.
   */
  query<Row = Record<string, unknown>>(
    sql: string,
    values?: readonly unknown[],
  ): Promise<{ rows: Row[]; rowCount: number }>
  /** The columns that a statement would give; it is analysed and not run. Rejects with ServerError. */
  describe(sql: string): Promise<readonly ResultColumn[]>
}

/** A column of a result: the numbers are `pg_type.oid` and `pg_attribute.atttypmod`. */
export interface ResultColumn {
  readonly name: string
  readonly type: number
  readonly modifier: number
}

/** A scratch database. Dropped when it is disposed. */
export interface Database extends AsyncDisposable {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  /** How the server wants TLS; undefined and false: not at all. */
  readonly ssl?: boolean | ConnectionOptions | undefined
  /** Settings that each session is to begin with. */
  readonly options?: string | undefined
  connect(): Promise<Session>
  /** Ends every other connection to this database, whatever it is doing. */
  terminateConnections(): Promise<void>
}

/** A PostgreSQL to rehearse on. Stopped, and its folder removed, when it is disposed. */
export interface Server extends AsyncDisposable {
  /** `17.10` */
  readonly version: string
  readonly major: number
  /** For the report: `embedded`, `the given URL`, `docker postgres:17`. */
  readonly source: string
  /** To its maintenance database, for what belongs to the server as a whole. Rejects with ServerError. */
  connect(): Promise<Session>
  /** An empty database, or a copy of `template` (to which nobody may be connected). */
  createDatabase(template?: Database): Promise<Database>
  /** The data folder of a cluster that is ours alone; undefined: somebody else's server, or one that keeps its folder to itself. */
  readonly storage?: Storage | undefined
}

/** Every Database and Session of before is void after `save` and `load`: the server is stopped and started again. */
export interface Storage {
  /** Writes the data folder, cleanly shut down, to `folder`, which must not exist. */
  save(folder: string): Promise<void>
  /** Goes on with a copy of the data folder that `save` wrote. */
  load(folder: string): Promise<void>
  /** A database that is there. Dropped when it is disposed. */
  open(name: string): Database
}

export interface ServerOptions {
  readonly kind: 'auto' | 'embedded' | 'local' | 'docker' | 'url'
  /** With `url`: a server on which a scratch database may be created and dropped. */
  readonly url?: string | undefined
  /** The major version to start, 12 to 18. A given URL has its own. */
  readonly major: number
  /** With `docker`: the image; default `postgres:<major>`. */
  readonly image?: string | undefined
  /** That must be available on the server, by name. With `auto`, a server that lacks one gives way to the next. */
  readonly extensions?: readonly string[] | undefined
  /** Settings of the server, by name. On a given URL they are those of each scratch database. */
  readonly settings?: Readonly<Record<string, string>> | undefined
  readonly signal: AbortSignal
  /** Progress, a sentence a call. */
  readonly log: (message: string) => void
}
