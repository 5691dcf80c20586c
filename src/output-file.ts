import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { UserError } from './model/errors.ts'

/**
 * Writes a file that the user named, and the folders that it is in.
 * @param file from `cwd`
 * @throws UserError where it cannot be written
 */
export async function writeOutput(cwd: string, file: string, text: string): Promise<void> {
  const path = resolve(cwd, file)
  await toldWhereNot(file, async () => {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  })
}

/** Runs what writes `file`. @throws UserError for what the file system says to it */
export async function toldWhereNot<T>(file: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
    if (code === undefined) throw cause
    throw new UserError(`${file}: cannot be written (${reasons[code] ?? code}).`, { cause })
  }
}

const reasons: { readonly [code: string]: string } = {
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'a part of its path is a file',
}
