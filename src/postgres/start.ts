import { Cancelled, UserError } from '../model/errors.ts'
import { missingEmbedded } from './binaries.ts'
import { dockerServer } from './docker.ts'
import { embeddedServer } from './embedded.ts'
import type { Server, ServerOptions } from './server.ts'
import { givenServer } from './url.ts'

/**
 * Starts, or reaches, a PostgreSQL to rehearse on. `auto`: the given URL, else the embedded server, else Docker where no server is
 * published for this machine.
 *
 * Throws UserError for what the user can mend, Cancelled when `signal` aborts; nothing is left behind in either case.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { kind, url, major, signal, log } = options
  if (signal.aborted) throw new Cancelled('Cancelled before PostgreSQL was started.')
  if (!Number.isInteger(major) || major < 14 || major > 18) {
    throw new UserError(`PostgreSQL ${major} is not supported: choose a major version from 14 to 18.`)
  }
  switch (kind) {
    case 'url':
      return await givenServer(url)
    case 'embedded':
      return await embeddedServer(options)
    case 'docker':
      return await dockerServer(options)
    case 'auto': {
      if (url !== undefined) {
        log('Using the PostgreSQL of the given URL.')
        return await givenServer(url)
      }
      const missing = missingEmbedded(major)
      if (missing === undefined) {
        log(`Using an embedded PostgreSQL ${major}: no URL was given.`)
        return await embeddedServer(options)
      }
      log(`Using Docker: ${missing}.`)
      return await dockerServer(options)
    }
  }
}
