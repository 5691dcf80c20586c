import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { copyTree } from '../../src/postgres/copy-tree.ts'
import { serverOwner } from '../../src/postgres/owner.ts'
import { type Database, type Server, ServerError } from '../../src/postgres/server.ts'
import { type Connection, connect } from '../../src/postgres/session.ts'
import { freePort } from './free-port.ts'

/** A real standby of an embedded server: where it listens. Ended when it is disposed. */
export interface Standby extends AsyncDisposable {
  readonly port: number
  /** Ends it as `pg_ctl stop -m smart` does: when the last client has gone. */
  endSmartly(): void
}

/**
 * Copies the data folder of the running server as a base backup is made, and starts the copy, which follows the server.
 * @param settings of the standby
 */
export async function standbyOf(
  server: Server,
  database: Database,
  settings: Readonly<Record<string, string>> = {},
): Promise<Standby> {
  const owner = await serverOwner()
  const folder = await mkdtemp('/tmp/standby-')
  if (owner) await chown(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  await using session = await database.connect()
  const isOld = server.major < 15
  await session.query(isOld ? `SELECT pg_start_backup('test', true, false)` : `SELECT pg_backup_start('test', true)`)
  const { rows: places } = await session.query<{ folder: string; programs: string }>(
    `SELECT current_setting('data_directory') AS folder, (SELECT setting FROM pg_config WHERE name = 'BINDIR') AS programs`,
  )
  await copyTree(places[0]?.folder ?? '', data, owner)
  const { rows: backups } = await session.query<{ labelfile: string }>(
    isOld ? 'SELECT labelfile FROM pg_stop_backup(false, false)' : 'SELECT labelfile FROM pg_backup_stop(false)',
  )
  await rm(join(data, 'postmaster.pid'), { force: true })
  const { host, user, password } = database
  const primary = `host=${host} port=${database.port} user=${user} password=${password}`
  const own = { 'standby.signal': '', backup_label: backups[0]?.labelfile ?? '' }
  for (const [name, text] of Object.entries(own)) {
    await writeFile(join(data, name), text, { mode: 0o600 })
    if (owner) await chown(join(data, name), owner.uid, owner.gid)
  }
  const port = await freePort()
  const all = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    primary_conninfo: primary,
    max_connections: '50',
    wal_level: 'logical',
    fsync: 'off',
    ...settings,
  }
  await using log = await open(join(folder, 'log'), 'w')
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(join(places[0]?.programs ?? '', 'postgres'), ['-D', data, ...options], {
    cwd: folder,
    env: { LC_ALL: 'C' },
    stdio: ['ignore', log.fd, log.fd],
    ...owner,
  })
  await answering({ host: '127.0.0.1', port, user, password, database: database.name }, settings.hot_standby === 'off')
  return {
    port,
    endSmartly: () => void child.kill('SIGTERM'),
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) {
        const gone = once(child, 'exit')
        child.kill('SIGQUIT')
        await gone
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Waits until it lets in, or, where it is not to let in, says so. */
async function answering(at: Connection, isClosed: boolean): Promise<void> {
  for (let i = 0; i < 300; i++) {
    try {
      await using _session = await connect(at)
      return
    } catch (error) {
      if (!(error instanceof ServerError)) throw error
      if (isClosed && error.sqlstate === '57P03') return
      await delay(100)
    }
  }
  throw new Error('The standby does not answer.')
}
