import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { serverOwner } from '../../src/postgres/owner.ts'
import type { Database } from '../../src/postgres/server.ts'
import { connect } from '../../src/postgres/session.ts'
import { freePort } from './free-port.ts'

/** Whether the Debian package of that name, or the like, is installed. */
export const hasPgBouncer = canRun('pgbouncer', '--version')

/** Whether there is such a program on the PATH. */
export function canRun(program: string, ...args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

/** A PgBouncer before one database, which it calls by the same name. Ended when it is disposed. */
export async function pgBouncer(
  database: Database,
  mode: 'session' | 'transaction' | 'statement',
  settings: Readonly<Record<string, string>> = {},
): Promise<Database> {
  const owner = await serverOwner()
  const folder = await mkdtemp('/tmp/pgbouncer-')
  const port = await freePort()
  const { user, password, host, name } = database
  await writeFile(join(folder, 'users.txt'), `"${user}" "${password}"\n`)
  const all = {
    listen_addr: '127.0.0.1',
    listen_port: String(port),
    unix_socket_dir: folder,
    auth_type: 'scram-sha-256',
    auth_file: join(folder, 'users.txt'),
    pool_mode: mode,
    default_pool_size: '1',
    ...settings,
  }
  const lines = Object.entries(all).map(([key, value]) => `${key} = ${value}\n`)
  const target = `${name} = host=${host} port=${database.port} dbname=${name}\n`
  await writeFile(join(folder, 'pgbouncer.ini'), `[databases]\n${target}[pgbouncer]\n${lines.join('')}`)
  for (const file of ['', 'users.txt', 'pgbouncer.ini']) {
    await chmod(join(folder, file), file === '' ? 0o700 : 0o600)
    if (owner) await chown(join(folder, file), owner.uid, owner.gid)
  }
  const child = spawn('pgbouncer', ['--quiet', join(folder, 'pgbouncer.ini')], { cwd: '/', stdio: 'ignore', ...owner })
  const at = { ...database, host: '127.0.0.1', port }
  await listening(at, child)
  return {
    ...at,
    connect: () => connect({ ...at, database: name }),
    async [Symbol.asyncDispose]() {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function listening({ host, port }: Database, child: ChildProcess): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (child.exitCode !== null) throw new Error(`pgbouncer ended with ${child.exitCode}.`)
    const socket = createConnection({ host, port })
    const isThere = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true))
      socket.once('error', () => resolve(false))
    })
    socket.destroy()
    if (isThere) return
    await delay(25)
  }
  throw new Error('pgbouncer does not listen.')
}
