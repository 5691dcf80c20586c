import { readFile, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { ChangedFile } from '../model/change.ts'
import { UserError } from '../model/errors.ts'
import type { Migration } from '../model/migration.ts'

/** The files of a repository as a reader sees them. Paths go from the root, with forward slashes. */
export interface Files {
  /** In order of their text. */
  readonly paths: readonly string[]
  has(path: string): boolean
  /** The folders that hold files, in order of their text. */
  readonly folders: readonly string[]
  /** The files directly in a folder, in order of their text; '' is the root. */
  inFolder(folder: string): readonly string[]
  /** The text without its byte order mark. Throws UserError, saying why, for what cannot be read. */
  readText(path: string): Promise<string>
  /** Whether a byte order mark was left out of that text. False for what cannot be read. */
  hasByteOrderMark(path: string): Promise<boolean>
  /** What the change did to a file. */
  statusOf(path: string): Migration['status']
}

/**
 * @param repository absolute path of the root
 * @param paths its files
 * @param changed what differs from the base branch; undefined: everything counts as new
 */
export function filesOf(
  repository: string,
  paths: readonly string[],
  changed: readonly ChangedFile[] | undefined,
): Files {
  const sorted = [...paths].sort()
  const folders = new Map<string, string[]>()
  for (const path of sorted) {
    const folder = folders.get(folderOf(path))
    if (folder) folder.push(path)
    else folders.set(folderOf(path), [path])
  }
  const known = new Set(sorted)
  const statuses = new Map(changed?.map((file) => [file.path, file.status]))
  const texts = new Map<string, Promise<string>>()
  const decoded = (path: string) => {
    const text = texts.get(path) ?? decode(repository, path)
    texts.set(path, text)
    return text
  }
  return {
    paths: sorted,
    folders: [...folders.keys()].sort(),
    has: (path) => known.has(path),
    inFolder: (folder) => folders.get(folder) ?? [],
    readText: async (path) => (await decoded(path)).replace(mark, ''),
    hasByteOrderMark: (path) =>
      decoded(path).then(
        (text) => mark.test(text),
        () => false,
      ),
    statusOf(path) {
      if (!changed) return 'new'
      const found = statuses.get(path)
      return found === 'added' ? 'new' : found === undefined ? 'base' : 'edited'
    },
  }
}

/** `migrations` for `migrations/001_a.sql`; '' for a file in the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** `001_a.sql` for `migrations/001_a.sql`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** `folder/name`, or the name alone in the root. */
export function inside(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

/** Whether a path is in the folder or below it. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`)
}

const mark = /^\uFEFF/

/**
 * The text of a file of the repository, without its byte order mark.
 * @param path from the root of the repository, with forward slashes
 * @throws UserError saying why: missing, no permission, a link that leaves the repository, not UTF-8
 */
export async function readText(repository: string, path: string): Promise<string> {
  return (await decode(repository, path)).replace(mark, '')
}

/** The same, with the mark. */
async function decode(repository: string, path: string): Promise<string> {
  let bytes: Buffer
  try {
    const [root, file] = await Promise.all([realpath(repository), realpath(join(repository, path))])
    if (!file.startsWith(root + sep)) throw new UserError('it is a link to a place outside of the repository')
    bytes = await readFile(file)
  } catch (error) {
    if (error instanceof UserError) throw error
    const code = (error as NodeJS.ErrnoException).code
    const why =
      code === 'ENOENT'
        ? 'it is not in the work tree (is the repository checked out?)'
        : `it cannot be read (${code ?? error})`
    throw new UserError(why, { cause: error })
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new UserError('it is not UTF-8 text', { cause })
  }
}
