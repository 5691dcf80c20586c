import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { UserError } from '../model/errors.ts'

/**
 * The page of one of our rules, as Markdown. It is read from `rules/` beside `dist/`, as the package and the action have it.
 * @throws UserError where it is not there
 */
export async function pageOf(rule: string): Promise<string> {
  try {
    // The same way from here and from dist/gate/. `resolve` finds a file; it does not load it.
    const file = createRequire(import.meta.url).resolve(`../../rules/${rule}/README.md`)
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new UserError(`The page of ${rule} is not part of this installation.`, { cause })
  }
}
