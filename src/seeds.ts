import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UserError } from './model/errors.ts'
import type { Seeds } from './rehearse/seeds.ts'

/** The SQL of the file that `seeds:` names. @throws UserError for a file that cannot be read */
export async function seedsOf(repository: string, file: string | undefined): Promise<Seeds | undefined> {
  if (file === undefined) return undefined
  try {
    return { file, sql: await readFile(resolve(repository, file), 'utf8') }
  } catch (error) {
    throw new UserError(`seeds: ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)}).`, {
      cause: error,
    })
  }
}
