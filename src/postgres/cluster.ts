import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Cancelled, UserError } from '../model/errors.ts'
import { cacheFolder, cannotWrite, isCached, wasFaster } from './cache.ts'
import { copyTree } from './copy-tree.ts'
import type { Guardian } from './guardian.ts'
import type { Owner } from './owner.ts'
import { ServerError } from './server.ts'
import { type Connection, connect } from './session.ts'

const run = promisify(execFile)

const READY_WITHIN_MS = 60_000

/** Where a cluster lives, and what runs it. */
export interface Cluster {
  /** Holds `data`, the socket and the log. Mode 0700, owned by `owner`. */
  readonly folder: string
  readonly native: string
  /** `17.10` */
  readonly version: string
  /** How messages call it: `the embedded PostgreSQL`. */
  readonly called: string
  /** Settings that the user asks for. Those that keep the cluster to itself win over them. */
  readonly settings: Readonly<Record<string, string>>
  readonly owner: Owner | undefined
  readonly signal: AbortSignal
  readonly log: (message: string) => void
}

/** The whole environment of initdb and postgres. */
export const environment = { LC_ALL: 'C', TZ: 'UTC' }

/**
 * The socket stands in a folder that only the server's owner may enter, so it is trusted: over it the superuser gets a password, which
 * everybody needs on the loopback port, where any user of the machine can knock. A prepared data folder therefore holds no secret.
 */
const initdbOptions = [
  '--username=postgres',
  '--encoding=UTF8',
  '--auth-local=trust',
  '--auth-host=scram-sha-256',
  '--no-sync',
  // Small files are quicker to copy than the default of 16 MB.
  '--wal-segsize=1',
]

/** Lost with the folder anyway, so nothing is made to last; nothing happens on its own, so that each run sees the same. */
const usualSettings = {
  max_connections: '50',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  jit: 'off',
  max_wal_size: '1GB',
  // What is kept for the next checkpoint is copied with the folder.
  min_wal_size: '2MB',
  checkpoint_timeout: '1h',
  // So that CREATE PUBLICATION and logical slots work as they do on a server that replicates.
  wal_level: 'logical',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

/** What keeps a cluster to itself, and lets us read what it says. */
const ownSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_permissions: '0700',
  logging_collector: 'off',
  lc_messages: 'C',
}

/** Fills `folder/data`: a copy of the cached one (about 50 ms), or what initdb makes, which is then cached. */
export async function prepareData(cluster: Cluster): Promise<void> {
  const data = join(cluster.folder, 'data')
  const template = join(cacheFolder(), templateName(cluster))
  if (await isCached(template)) {
    await copyTree(template, data, cluster.owner)
    return
  }
  await initdb(cluster, data)
  try {
    await keep(data, template)
  } catch (error) {
    if (!cannotWrite(error)) throw error
    cluster.log(`The cache folder ${cacheFolder()} cannot be written; the next run prepares PostgreSQL again.`)
  }
}

function templateName({ version, called }: Cluster): string {
  const { platform, arch } = process
  const hash = createHash('sha256')
    .update(JSON.stringify([initdbOptions, called, platform, arch]))
    .digest('hex')
    .slice(0, 12)
  return `data-${version}-${hash}-${process.getuid?.() ?? 'user'}`
}

async function initdb({ folder, native, owner, called, signal }: Cluster, data: string): Promise<void> {
  const make = (locale: string) =>
    run(join(native, 'bin', 'initdb'), [...initdbOptions, `--locale=${locale}`, `--pgdata=${data}`], {
      cwd: folder,
      env: environment,
      signal,
      ...owner,
    })
  try {
    await make('C.UTF-8').catch((error: { stderr?: string }) => {
      // macOS before 15 and some Linux distributions do not know C.UTF-8. initdb removes what it began.
      if (!error.stderr?.includes('locale')) throw error
      return make('C')
    })
  } catch (error) {
    if (signal.aborted) throw new Cancelled('Cancelled while PostgreSQL was being prepared.', { cause: error })
    const { stderr, message } = error as { stderr?: string; message: string }
    throw new UserError(`initdb could not prepare ${called}: ${lastLines(stderr || message)}`, { cause: error })
  }
}

/** The final name is given last: a folder that has it is complete. */
async function keep(data: string, template: string): Promise<void> {
  await mkdir(dirname(template), { recursive: true })
  const temporary = `${template}.${randomBytes(6).toString('hex')}`
  try {
    await copyTree(data, temporary, undefined)
    await chmod(temporary, 0o700)
    await rename(temporary, template)
  } catch (error) {
    if (!wasFaster(error)) throw error
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

/** A server that accepts connections. */
export interface RunningCluster {
  readonly connection: Connection
  /** Ends the server and every connection to it. `asItIs`: the data folder is not needed any more. */
  stop(asItIs?: 'asItIs'): Promise<void>
}

/** Starts the server on a free port of 127.0.0.1 and waits until it answers. Nothing runs any more if this throws. */
export async function startCluster(cluster: Cluster, guardian: Guardian): Promise<RunningCluster> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const { child, stop } = await launch(cluster, guardian, port)
    try {
      return { connection: await whenReady(cluster, child, port), stop }
    } catch (error) {
      await stop()
      // Somebody took the port between our asking for a free one and the server's taking it.
      if (attempt === 3 || !(error instanceof Error && error.message.includes('Address already in use'))) throw error
    }
  }
}

async function launch({ folder, native, owner, settings }: Cluster, guardian: Guardian, port: number) {
  const place = { port: String(port), unix_socket_directories: `"${folder.replaceAll('"', '""')}"` }
  const options = { ...usualSettings, ...settings, ...ownSettings, ...place }
  await using log = await open(logFile(folder), 'w', 0o600)
  const child = spawn(
    join(native, 'bin', 'postgres'),
    ['-D', join(folder, 'data'), ...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // A session of its own: Ctrl-C would otherwise end it before us. A log file, because a pipe would block it while we are busy.
    { cwd: folder, env: environment, detached: true, stdio: ['ignore', log.fd, log.fd], ...owner },
  )
  guardian.watch(child.pid ?? 0)
  child.unref()
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  }).then(() => guardian.watch(0))

  const stop = async (asItIs?: 'asItIs') => {
    child.ref()
    // Fast shutdown, immediate shutdown, and the last resort: https://www.postgresql.org/docs/current/server-shutdown.html
    for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
      if (asItIs && signal === 'SIGINT') continue
      if (!isRunning(child)) break
      child.kill(signal)
      await Promise.race([gone, delay(5_000, undefined, { ref: false })])
    }
    await gone
  }
  return { child, stop }
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null
}

async function whenReady({ folder, called, signal }: Cluster, child: ChildProcess, port: number): Promise<Connection> {
  const inside = { host: folder, port, user: 'postgres', password: '', database: 'postgres' }
  const password = randomBytes(24).toString('base64url')
  for (const end = Date.now() + READY_WITHIN_MS; ; await delay(15)) {
    if (signal.aborted) throw new Cancelled('Cancelled while PostgreSQL was starting.')
    if (!isRunning(child))
      throw new UserError(
        `${called[0]?.toUpperCase()}${called.slice(1)} did not start: ${lastLines(await readFile(logFile(folder), 'utf8'))}`,
      )
    try {
      await setPassword(inside, password)
      return { ...inside, host: '127.0.0.1', password }
    } catch (error) {
      // Not there yet: the socket does not exist, or the server says that it is starting up.
      if (!(error instanceof ServerError) || Date.now() > end) throw error
    }
  }
}

async function setPassword(inside: Connection, password: string): Promise<void> {
  await using session = await connect(inside, 5_000)
  await session.query(`ALTER ROLE postgres PASSWORD '${password}'`)
}

function logFile(folder: string): string {
  return join(folder, 'log')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.')
  return address.port
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-5).join('\n') || 'it said nothing'
}
