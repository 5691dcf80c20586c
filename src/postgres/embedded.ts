import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { UserError } from '../model/errors.ts'
import { makeLinks, serverBinaries } from './binaries.ts'
import { cannotWrite } from './cache.ts'
import { environment } from './cluster.ts'
import { copyTree } from './copy-tree.ts'
import { type Binaries, ownServer } from './own.ts'
import type { Owner } from './owner.ts'
import type { Server, ServerOptions } from './server.ts'

const run = promisify(execFile)

/** A cluster of our own, run by the binaries that npm brings. Throws as `ownServer` does. */
export async function embeddedServer(options: ServerOptions): Promise<Server> {
  const packaged = await serverBinaries(options)
  return await ownServer(options, 'embedded', (folder, owner) => usableBinaries(packaged, folder, owner))
}

/**
 * The package's binaries; or a copy in `folder`, where the server's user may not read them, or the package is incomplete (installed
 * without its script) and not ours to complete.
 */
async function usableBinaries(packaged: string, folder: string, owner: Owner | undefined): Promise<Binaries> {
  const isComplete = await completed(packaged)
  const version = isComplete ? await versionOf(packaged, owner) : undefined
  if (version !== undefined) return { native: packaged, version }

  const native = join(folder, 'native')
  await copyTree(packaged, native, owner)
  if (!isComplete) await makeLinks(folder)
  return { native, version: (await versionOf(native, owner)) ?? 'unknown' }
}

async function completed(native: string): Promise<boolean> {
  try {
    await makeLinks(dirname(native))
    return true
  } catch (error) {
    if (!cannotWrite(error)) throw error
    return false
  }
}

/** `17.10`; undefined where the server's user may not enter a folder above the binaries. */
export async function versionOf(native: string, owner: Owner | undefined): Promise<string | undefined> {
  try {
    const { stdout } = await run(join(native, 'bin', 'postgres'), ['--version'], {
      cwd: '/',
      env: environment,
      ...owner,
    })
    // `postgres (PostgreSQL) 17.10`; distributions add their own words behind it.
    return /\d\S*/.exec(stdout)?.[0]
  } catch (error) {
    if (owner && (error as NodeJS.ErrnoException).code === 'EACCES') return undefined
    throw new UserError(
      `PostgreSQL’s program ${join(native, 'bin', 'postgres')} does not run on this machine: ${(error as Error).message}`,
      { cause: error },
    )
  }
}
