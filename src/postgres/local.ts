import { constants } from 'node:fs'
import { access, realpath } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { UserError } from '../model/errors.ts'
import { versionOf } from './embedded.ts'
import { ownServer } from './own.ts'
import type { Server, ServerOptions } from './server.ts'

/** Where packages of PostgreSQL put `bin`, `<major>` for the version. Debian, Red Hat, Homebrew, Postgres.app, Alpine, Arch. */
const places = [
  '/usr/lib/postgresql/<major>',
  '/usr/pgsql-<major>',
  '/opt/homebrew/opt/postgresql@<major>',
  '/usr/local/opt/postgresql@<major>',
  '/home/linuxbrew/.linuxbrew/opt/postgresql@<major>',
  '/Applications/Postgres.app/Contents/Versions/<major>',
  '/usr/libexec/postgresql<major>',
  '/usr/local/pgsql',
  '/usr',
]

/**
 * A cluster of our own, run by the server programs that are installed on this machine: in the usual folders of packages, or on the
 * PATH. Throws UserError where none of this major version is, and as `ownServer` does.
 */
export async function localServer(options: ServerOptions): Promise<Server> {
  const { major } = options
  const native = await localBinaries(major, process.env.PATH)
  if (!native)
    throw new UserError(
      `No server programs of PostgreSQL ${major} (initdb and postgres) were found: not in the usual folders of packages, not on the PATH.`,
    )
  return await ownServer(options, 'local', async (_folder, owner) => {
    const version = await versionOf(native, owner)
    if (version) return { native, version }
    throw new UserError(`The server programs in ${native} may not be read by the user that PostgreSQL would run as.`)
  })
}

/** The folder that holds `bin/initdb` and `bin/postgres` of this major version; undefined: none does. @param path as in PATH */
export async function localBinaries(major: number, path: string | undefined): Promise<string | undefined> {
  const onPath = (path ?? '').split(delimiter).filter((folder) => folder !== '')
  const candidates = [...places.map((place) => join(place.replace('<major>', String(major)), 'bin')), ...onPath]
  for (const folder of candidates) {
    const program = await executable(join(folder, 'postgres'))
    if (!program || !(await executable(join(dirname(program), 'initdb')))) continue
    const native = dirname(dirname(program))
    // As ourselves: whether the server's own user may run it is asked when it is known.
    const version = await versionOf(native, undefined).catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error
      return undefined
    })
    if (version && Number.parseInt(version, 10) === major) return native
  }
  return undefined
}

/** The file itself, behind links: a program finds its `lib` and `share` from where it is. */
async function executable(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.X_OK)
    return await realpath(path)
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}
