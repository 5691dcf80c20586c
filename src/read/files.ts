import { isUtf8 } from 'node:buffer'
import { constants, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
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
  const decode = decoderOf(repository)
  const decodeLater = async (path: string) => decode(path)
  const texts = new Map<string, Promise<string>>()
  const decoded = (path: string) => {
    const text = texts.get(path) ?? decodeLater(path)
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
 * Reads the files of a repository, each without its byte order mark: paths from its root, with forward slashes.
 * @throws UserError saying why: missing, no permission, a link that leaves the repository, not UTF-8
 */
export function readerOf(repository: string): (path: string) => string {
  const decode = decoderOf(repository)
  return (path) => decode(path).replace(mark, '')
}

/** The same, with the mark. */
function decoderOf(repository: string): (path: string) => string {
  const read = rawReaderOf(repository)
  return (path) => {
    try {
      return read(path)
    } catch (error) {
      if (error instanceof UserError) throw error
      const code = (error as NodeJS.ErrnoException).code
      const why =
        code === 'ENOENT' && path.includes('\uFFFD')
          ? 'its name is not UTF-8; give it one that is'
          : code === 'ENOENT'
            ? 'it is not in the work tree (is the repository checked out?)'
            : `it cannot be read (${code ?? error})`
      throw new UserError(why, { cause: error })
    }
  }
}

/**
 * Waits for the disk: a history is thousands of small files, and through Node's threads each takes several times the CPU time
 * (bench/lint.mjs).
 */
function rawReaderOf(repository: string): (path: string) => string {
  const folders = new Map<string, string>()
  const realFolder = (folder: string) => {
    const found = folders.get(folder) ?? realpathSync(join(repository, folder))
    folders.set(folder, found)
    return found
  }
  const isInside = (place: string) => `${place}${sep}`.startsWith(`${realFolder('')}${sep}`)
  return (path) => {
    const folder = realFolder(folderOf(path))
    if (isInside(folder)) {
      const text = unlessLink(join(folder, baseName(path)))
      if (text !== undefined) return text
    }
    const file = realpathSync(join(repository, path))
    if (!isInside(dirname(file))) throw new UserError('it is a link to a place outside of the repository')
    return textIn(file, constants.O_RDONLY)
  }
}

/** What a file holds; undefined for a link, and where the system cannot open a file without following links. */
function unlessLink(file: string): string | undefined {
  if (constants.O_NOFOLLOW === undefined) return undefined
  try {
    return textIn(file, constants.O_RDONLY | constants.O_NOFOLLOW)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOOP') return undefined
    throw error
  }
}

/** Node decodes in one step what it reads, and puts U+FFFD where the bytes are no UTF-8; only then are they looked at. */
function textIn(file: string, flag: number): string {
  // The types allow names of flags only, but a number is taken: https://nodejs.org/api/fs.html#file-system-flags
  const text = readFileSync(file, { encoding: 'utf8', flag })
  if (text.includes('\uFFFD') && !isUtf8(readFileSync(file, { flag }))) throw new UserError('it is not UTF-8 text')
  return text
}
