import { constants } from 'node:fs'
import { chmod, copyFile, lchown, mkdir, readdir, readlink, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Owner } from './owner.ts'

/** Copies a folder, with modes and links as they are, and gives everything in it to `owner`. `to` must not exist. */
export async function copyTree(from: string, to: string, owner: Owner | undefined): Promise<void> {
  await mkdir(to)
  const entries = await readdir(from, { withFileTypes: true })
  await Promise.all(
    entries.map(async (entry) => {
      const source = join(from, entry.name)
      const target = join(to, entry.name)
      if (entry.isDirectory()) return copyTree(source, target, owner)
      if (entry.isSymbolicLink()) await symlink(await readlink(source), target)
      else await copyFile(source, target, constants.COPYFILE_FICLONE)
      if (owner) await lchown(target, owner.uid, owner.gid)
    }),
  )
  await chmod(to, (await stat(from)).mode & 0o777)
  if (owner) await lchown(to, owner.uid, owner.gid)
}
