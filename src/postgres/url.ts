import { parse } from 'pg-connection-string'
import { UserError } from '../model/errors.ts'
import { dropStale, serverAt } from './scratch.ts'
import { type Server, ServerError, type ServerOptions } from './server.ts'
import { type Connection, connect } from './session.ts'

const ADVICE = 'Give one as postgres://user:password@host:5432/database.'

/**
 * A server that somebody else runs, such as a service container. Only databases named `migration_gate_…` are created and dropped there.
 *
 * Throws UserError; no message holds the URL, the host or the password.
 */
export async function givenServer({
  url,
  settings,
  log,
}: Pick<ServerOptions, 'url' | 'settings' | 'log'>): Promise<Server> {
  const given = url === undefined ? fromEnvironment(process.env) : fromUrl(url)
  try {
    await using session = await connect(given)
    const { rows } = await session.query<{ may: boolean; all: boolean }>(
      'SELECT rolcreatedb OR rolsuper AS may, rolsuper AS all FROM pg_roles WHERE rolname = current_user',
    )
    const [rights] = rows
    if (rights?.may !== true) {
      throw new UserError('The user of the given PostgreSQL may not create databases. Give one that has CREATEDB.')
    }
    // What PostgreSQL says is read here and there. Only a superuser may choose its language.
    const connection = rights.all ? { ...given, options: '-c lc_messages=C' } : given
    const dropped = await dropStale(session)
    if (dropped > 0)
      log(`Dropped ${dropped} scratch ${dropped === 1 ? 'database' : 'databases'} that killed runs had left behind.`)
    return await serverAt(() => connection, { source: 'the given URL', settings })
  } catch (error) {
    if (!(error instanceof ServerError)) throw error
    throw new UserError(`Cannot use the given PostgreSQL: ${error.message}`, { cause: error })
  }
}

/**
 * Only where the server is, who we are, and TLS: settings such as `options` or `lock_timeout` would change what the rehearsal shows.
 * A driver in the scheme, as SQLAlchemy writes it (`postgresql+asyncpg://`), is left out.
 */
export function fromUrl(url: string): Connection {
  const [, rest] = /^postgres(?:ql)?(?:\+[a-z0-9]+)?:(\/\/.*)$/is.exec(url.trim()) ?? []
  if (rest === undefined) throw new UserError(`The URL of the PostgreSQL to use cannot be read. ${ADVICE}`)
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(`postgresql:${rest}`, { useLibpqCompat: !/[?&]uselibpqcompat=/.test(rest) })
  } catch {
    // Not kept as the cause: its message may hold a part of the URL.
    throw new UserError(`The URL of the PostgreSQL to use cannot be read. ${ADVICE}`)
  }
  const mode = (parsed as { sslmode?: string }).sslmode
  // libpq tries `allow` and `prefer` without TLS too; this client knows only one way for a connection.
  const plain = mode === undefined ? parsed.ssl === undefined : ['disable', 'allow', 'prefer'].includes(mode)
  const user = parsed.user || 'postgres'
  return {
    host: parsed.host || 'localhost',
    port: Number(parsed.port || 5432),
    user,
    password: parsed.password ?? '',
    database: parsed.database || 'postgres',
    ssl: plain ? false : (parsed.ssl as Connection['ssl']),
  }
}

/** https://www.postgresql.org/docs/current/libpq-envars.html, the five that say where the server is. */
function fromEnvironment(environment: NodeJS.ProcessEnv): Connection {
  const { PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE } = environment
  if (!PGHOST) throw new UserError(`No URL of a PostgreSQL was given, and PGHOST is not set. ${ADVICE}`)
  return {
    host: PGHOST,
    port: Number(PGPORT || 5432),
    user: PGUSER || 'postgres',
    password: PGPASSWORD ?? '',
    database: PGDATABASE || 'postgres',
    ssl: false,
  }
}
