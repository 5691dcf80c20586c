import { lstat, readdir, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { UserError } from '../model/errors.ts'

/** Where downloaded servers and prepared data folders are kept between runs. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const { MIGRATION_GATE_CACHE, XDG_CACHE_HOME } = environment
  if (MIGRATION_GATE_CACHE) return MIGRATION_GATE_CACHE
  // A relative XDG_CACHE_HOME is to be ignored: https://specifications.freedesktop.org/basedir-spec/latest/
  const base = XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), '.cache')
  return join(base, 'migration-gate')
}

/**
 * Whether the folder is in the cache. What lies in it is run, so a folder that another user could have put there is a UserError.
 * Folders get their final name only when they are complete.
 */
export async function isCached(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch((error: NodeJS.ErrnoException) => {
    if (isMissing(error)) return undefined
    throw error
  })
  if (found === undefined) return false
  const ours = process.getuid === undefined || found.uid === process.getuid() || found.uid === 0
  if (ours && found.isDirectory() && (found.mode & 0o022) === 0) return true
  throw new UserError(
    `${folder} belongs to another user or can be written by others, so it is not used. ` +
      'Remove it, or name another cache folder in MIGRATION_GATE_CACHE.',
  )
}

/** Also where the home is no folder, such as `/dev/null`. */
function isMissing({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR'
}

/** Renaming a complete folder into the cache failed because a parallel run was faster. */
export function wasFaster(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOTEMPTY' || code === 'EEXIST'
}

/** The cache cannot be written: a read-only home, a full disk, somebody else's folder. */
export function cannotWrite(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EDQUOT'].includes(
    (error as NodeJS.ErrnoException).code ?? '',
  )
}

/** The names of what is kept between runs: another list says that there is something new, or something gone. */
export async function listCache(): Promise<readonly string[]> {
  const folder = cacheFolder()
  const names = await Promise.all(
    ['', 'baselines'].map((within) =>
      readdir(join(folder, within)).catch((error: NodeJS.ErrnoException) => {
        if (isMissing(error)) return []
        throw error
      }),
    ),
  )
  return names.flat().sort()
}

/**
 * Removes what is kept between runs, and nothing else that lies in the folder.
 * @returns the folder, and the names of what was removed from it
 */
export async function clearCache(): Promise<{ folder: string; removed: readonly string[] }> {
  const folder = cacheFolder()
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (isMissing(error)) return []
    throw error
  })
  const removed = names.filter((name) => /^(postgres-\d|data-\d|\.installing-|(?:baselines|parsed)$)/.test(name)).sort()
  for (const name of removed) await rm(join(folder, name), { recursive: true, force: true })
  return { folder, removed }
}
