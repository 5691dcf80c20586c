import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { Cancelled, UserError } from '../model/errors.ts'
import { makeLinks, serverBinaries } from './binaries.ts'
import { cannotWrite } from './cache.ts'
import { environment, prepareData, type RunningCluster, startCluster } from './cluster.ts'
import { copyTree } from './copy-tree.ts'
import { guard } from './guardian.ts'
import { isOpenToAll, type Owner, serverOwner } from './owner.ts'
import { serverAt } from './scratch.ts'
import type { Server, ServerOptions } from './server.ts'

const run = promisify(execFile)

/**
 * A fresh cluster in a temporary folder, served on 127.0.0.1 only. Stopped and removed when it is disposed, when starting fails or is
 * cancelled, and also when this process is killed.
 *
 * Throws UserError where no server can run here, Cancelled when `signal` aborts.
 */
export async function embeddedServer(options: ServerOptions): Promise<Server> {
  const { signal, log } = options
  const packaged = await serverBinaries(options)
  const owner = await serverOwner()
  const base = await folderForTemporary(owner)
  const folder = join(base, `migration-gate-${randomBytes(6).toString('base64url')}`)
  // First the guardian, then what it guards: there is no moment at which a killed process leaves the folder behind.
  const guardian = guard(folder)
  let cluster: RunningCluster | undefined
  const stop = async () => {
    await cluster?.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
    await guardian.dismiss()
  }

  try {
    await mkdir(folder, { mode: 0o700 })
    if (owner) await chown(folder, owner.uid, owner.gid)
    const place = { folder, owner, signal, log, ...(await usableBinaries(packaged, folder, owner)) }
    if (signal.aborted) throw new Cancelled('Cancelled while PostgreSQL was being prepared.')
    await prepareData(place)
    cluster = await startCluster(place, guardian)
    return await serverAt(cluster.connection, 'embedded', stop)
  } catch (error) {
    await stop()
    throw error
  }
}

/** The path of a Unix-domain socket has room for about a hundred bytes, and the server's user must be able to reach it. */
async function folderForTemporary(owner: Owner | undefined): Promise<string> {
  const usual = tmpdir()
  const fits = Buffer.byteLength(usual) <= 60 && (owner === undefined || (await isOpenToAll(usual)))
  return fits ? usual : '/tmp'
}

interface Binaries {
  readonly native: string
  readonly version: string
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
async function versionOf(native: string, owner: Owner | undefined): Promise<string | undefined> {
  try {
    const { stdout } = await run(join(native, 'bin', 'postgres'), ['--version'], {
      cwd: '/',
      env: environment,
      ...owner,
    })
    // `postgres (PostgreSQL) 17.10`
    return stdout.trim().split(' ').at(-1)
  } catch (error) {
    if (owner && (error as NodeJS.ErrnoException).code === 'EACCES') return undefined
    throw new UserError(`The embedded PostgreSQL does not run on this machine: ${(error as Error).message}`, {
      cause: error,
    })
  }
}
