import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** What became of a file. `kept`: another one was there. */
export interface Written {
  readonly path: string
  readonly outcome: 'written' | 'replaced' | 'unchanged' | 'kept'
}

/**
 * Writes files that are not there yet.
 * @param repository absolute path of the root
 * @param files text by path from the root
 * @param replace also those that are there with another text
 */
export async function writeFiles(
  repository: string,
  files: Readonly<Record<string, string>>,
  replace: boolean,
): Promise<Written[]> {
  const written: Written[] = []
  for (const [path, text] of Object.entries(files))
    written.push({ path, outcome: await writeOne(join(repository, path), text, replace) })
  return written
}

async function writeOne(path: string, text: string, replace: boolean): Promise<Written['outcome']> {
  await mkdir(dirname(path), { recursive: true })
  if (await isNew(path, text)) return 'written'
  if ((await readFile(path, 'utf8')) === text) return 'unchanged'
  if (!replace) return 'kept'
  // A link is replaced, not followed.
  await rm(path)
  await writeFile(path, text, { flag: 'wx' })
  return 'replaced'
}

async function isNew(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
