import { readFile, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { UserError } from '../model/errors.ts'

/**
 * The text of a file of the repository, without its byte order mark.
 * @param path from the root of the repository, with forward slashes
 * @throws UserError saying why: missing, no permission, a link that leaves the repository, not UTF-8
 */
export async function readText(repository: string, path: string): Promise<string> {
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
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new UserError('it is not UTF-8 text', { cause })
  }
}
