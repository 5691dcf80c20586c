import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { UserError } from '../model/errors.ts'

/** The user that a server runs as. */
export interface Owner {
  readonly uid: number
  readonly gid: number
}

/**
 * Undefined: this process's own user. PostgreSQL refuses root, so root lends its server to `postgres`, or else to `nobody`
 * (https://www.postgresql.org/docs/current/postgres-user.html).
 */
export async function serverOwner(): Promise<Owner | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = ownerIn(await readFile('/etc/passwd', 'utf8'))
  if (owner) return owner
  throw new UserError(
    'PostgreSQL does not run as root, and neither postgres nor nobody is a user of this machine. Run the gate as an ordinary user.',
  )
}

/** `passwd`: the text of `/etc/passwd`. */
export function ownerIn(passwd: string): Owner | undefined {
  for (const wanted of ['postgres', 'nobody']) {
    const line = passwd.split('\n').find((entry) => entry.startsWith(wanted + ':'))
    const [, , uid, gid] = line?.split(':') ?? []
    const owner = { uid: Number(uid), gid: Number(gid) }
    if (owner.uid > 0 && owner.gid > 0) return owner
  }
  return undefined
}

/** Whether every user may pass through the folder and all folders above it. */
export async function isOpenToAll(folder: string): Promise<boolean> {
  for (let path = folder; ; path = dirname(path)) {
    if (((await stat(path)).mode & 0o001) === 0) return false
    if (path === dirname(path)) return true
  }
}
