import { Cancelled, UserError } from '../model/errors.ts'
import { missingEmbedded } from './binaries.ts'
import { dockerServer } from './docker.ts'
import { embeddedServer } from './embedded.ts'
import { localServer } from './local.ts'
import type { Server, ServerOptions } from './server.ts'
import { givenServer } from './url.ts'

const starts = {
  url: givenServer,
  embedded: embeddedServer,
  local: localServer,
  docker: dockerServer,
} as const

/**
 * Starts, or reaches, a PostgreSQL to rehearse on. `auto`: the given URL, and nothing else where there is one; otherwise the first that
 * works and has the extensions that are asked for, of the embedded server, one that is installed on the machine, and Docker.
 *
 * Throws UserError for what the user can mend, Cancelled when `signal` aborts; nothing is left behind in either case.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { kind, url, major, signal, log } = options
  if (signal.aborted) throw new Cancelled('Cancelled before PostgreSQL was started.')
  if (!Number.isInteger(major) || major < 12 || major > 18) {
    throw new UserError(`PostgreSQL ${major} is not supported: choose a major version from 12 to 18.`)
  }
  if (kind !== 'auto') return await withExtensions(await starts[kind](options), options)
  if (url !== undefined) {
    log('Using the PostgreSQL of the given URL.')
    return await withExtensions(await givenServer(options), options)
  }

  const reasons: string[] = []
  for (const next of ['embedded', 'local', 'docker'] as const) {
    const server = await attempt(next, options).catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error
      reasons.push(`${next}: ${error.message}`)
      return undefined
    })
    if (!server) continue
    const why = reasons.length > 0 ? ` (${reasons.join(' ')})` : ': no URL was given.'
    log(`Using ${article(server.source)} PostgreSQL ${server.version}${why}`)
    return server
  }
  throw new UserError(`No PostgreSQL ${major} can be started here.\n${reasons.join('\n')}`)
}

async function attempt(kind: 'embedded' | 'local' | 'docker', options: ServerOptions): Promise<Server> {
  // Before anything is downloaded.
  const missing = kind === 'embedded' ? missingEmbedded(options.major) : undefined
  if (missing) throw new UserError(`${missing[0]?.toUpperCase()}${missing.slice(1)}.`)
  return await withExtensions(await starts[kind](options), options)
}

/** The server, if it has all of the extensions; otherwise it is stopped. @throws UserError that names those it lacks */
async function withExtensions(server: Server, { extensions = [] }: ServerOptions): Promise<Server> {
  if (extensions.length === 0) return server
  try {
    await using session = await server.connect()
    const { rows } = await session.query<{ name: string }>('SELECT name FROM pg_available_extensions')
    const available = new Set(rows.map(({ name }) => name))
    const lacking = extensions.filter((name) => !available.has(name))
    if (lacking.length === 0) return server
    const what = lacking.length === 1 ? 'extension' : 'extensions'
    throw new UserError(
      `The ${what} ${lacking.join(', ')} cannot be had on ${server.source} PostgreSQL ${server.version}. Use an image that has it (\`database: docker\` and \`docker-image:\`), or give the URL of such a server.`,
    )
  } catch (error) {
    await server[Symbol.asyncDispose]()
    throw error
  }
}

function article(source: string): string {
  return /^[aeiou]/.test(source) ? `an ${source}` : `a ${source}`
}
