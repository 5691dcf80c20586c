import { randomBytes } from 'node:crypto'
import { chown, mkdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Cancelled } from '../model/errors.ts'
import { type Cluster, prepareData, startCluster } from './cluster.ts'
import { copyTree } from './copy-tree.ts'
import { guard } from './guardian.ts'
import { isOpenToAll, type Owner, serverOwner } from './owner.ts'
import { serverAt } from './scratch.ts'
import type { Server, ServerOptions, Storage } from './server.ts'

/** Programs of a server: `native` holds `bin`, `lib` and `share`. */
export interface Binaries {
  readonly native: string
  /** `17.10` */
  readonly version: string
}

/**
 * A fresh cluster in a temporary folder, served on 127.0.0.1 only. Stopped and removed when it is disposed, when starting fails or is
 * cancelled, and also when this process is killed.
 *
 * Throws UserError where no server can run here, Cancelled when `signal` aborts.
 *
 * @param source for the report: `embedded`
 * @param binaries finds the programs; may put a copy into `folder`, for `owner`
 */
export async function ownServer(
  { signal, log, settings = {} }: ServerOptions,
  source: string,
  binaries: (folder: string, owner: Owner | undefined) => Promise<Binaries>,
): Promise<Server> {
  const owner = await serverOwner()
  const base = await folderForTemporary(owner)
  const folder = join(base, `migration-gate-${randomBytes(6).toString('base64url')}`)
  // First the guardian, then what it guards: there is no moment at which a killed process leaves the folder behind.
  const guardian = guard(folder)
  let running: Awaited<ReturnType<typeof startCluster>> | undefined
  const stop = async () => {
    await running?.stop('asItIs')
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
    await guardian.dismiss()
  }

  try {
    await mkdir(folder, { mode: 0o700 })
    if (owner) await chown(folder, owner.uid, owner.gid)
    const called = `the ${source} PostgreSQL`
    const cluster: Cluster = { folder, owner, signal, log, settings, called, ...(await binaries(folder, owner)) }
    if (signal.aborted) throw new Cancelled('Cancelled while PostgreSQL was being prepared.')
    await prepareData(cluster)
    running = await startCluster(cluster, guardian)
    const where = () => {
      if (!running) throw new Error('The server is not running.')
      return running.connection
    }
    const stopped = async (asItIs?: 'asItIs') => {
      const last = running
      running = undefined
      await last?.stop(asItIs)
    }
    const start = async () => {
      running = await startCluster(cluster, guardian)
    }
    return await serverAt(where, { source, stop, storage: storageOf(cluster, stopped, start) })
  } catch (error) {
    await stop()
    throw error
  }
}

function storageOf(
  { folder, owner }: Cluster,
  stop: (asItIs?: 'asItIs') => Promise<void>,
  start: () => Promise<void>,
): Omit<Storage, 'open'> {
  const data = join(folder, 'data')
  return {
    async save(to) {
      await stop()
      await copyTree(data, to, undefined)
      await start()
    },
    async load(from) {
      const next = join(folder, 'next')
      await Promise.all([
        copyTree(from, next, owner),
        stop('asItIs').then(() => rm(data, { recursive: true, force: true })),
      ])
      await rename(next, data)
      await start()
    },
  }
}

/** The path of a Unix-domain socket has room for about a hundred bytes, and the server's user must be able to reach it. */
async function folderForTemporary(owner: Owner | undefined): Promise<string> {
  const usual = tmpdir()
  const fits = Buffer.byteLength(usual) <= 60 && (owner === undefined || (await isOpenToAll(usual)))
  return fits ? usual : '/tmp'
}
