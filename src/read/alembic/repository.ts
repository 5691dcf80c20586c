import { UserError } from '../../model/errors.ts'
import type { Modules } from './modules.ts'
import { parsePython, type Source } from './source.ts'

/** Gives the text of a file of the repository, by its path from the root. */
export type ReadText = (path: string) => Promise<string>

/** The Python modules of a repository, read when something asks for them. */
export interface RepositoryModules extends Modules {
  /** Reads the modules that were asked for and not there. False: there were none. */
  readonly load: () => Promise<boolean>
}

/** More modules than the migrations of one project import. */
const most = 3000

/**
 * The modules that can be imported with these folders on Python's path, which are asked in order.
 * @param roots folders from the root of the repository; '' for the root itself.
 */
export function repositoryModules(
  paths: readonly string[],
  roots: readonly string[],
  readText: ReadText,
): RepositoryModules {
  const known = new Set(paths.filter((path) => path.endsWith('.py')))
  const sources = new Map<string, Source | undefined>()
  const wanted = new Map<string, { path: string; isPackage: boolean }>()

  const place = (name: string): { path: string; isPackage: boolean } | undefined => {
    const inside = name.replaceAll('.', '/')
    for (const root of roots) {
      const start = root === '' ? inside : `${root}/${inside}`
      if (known.has(`${start}/__init__.py`)) return { path: `${start}/__init__.py`, isPackage: true }
      if (known.has(`${start}.py`)) return { path: `${start}.py`, isPackage: false }
    }
    return undefined
  }

  const find = (name: string): Source | undefined => {
    if (sources.has(name)) return sources.get(name)
    const found = /^[\w-]+(\.[\w-]+)*$/.test(name) ? place(name) : undefined
    if (found && sources.size < most) wanted.set(name, found)
    else sources.set(name, undefined)
    return undefined
  }

  const load = async (): Promise<boolean> => {
    const asked = [...wanted]
    wanted.clear()
    for (const [name, { path, isPackage }] of asked) {
      const text = await readable(readText(path))
      sources.set(name, text === undefined ? undefined : parsePython(path, text, { name, isPackage }))
    }
    return asked.length > 0
  }

  return { find, load, isWaiting: () => wanted.size > 0, shared: new Map() }
}

/** The text. Undefined where the file is there and cannot be read, such as one that is not UTF-8: it is not followed. */
export async function readable(text: Promise<string>): Promise<string | undefined> {
  try {
    return await text
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

/** A folder and those it is in, from the inside out, each with the `src` folder that may stand in it. */
export function withFoldersAbove(directory: string): string[] {
  const folders: string[] = []
  for (let at = directory; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    folders.push(at, at === '' ? 'src' : `${at}/src`)
    if (at === '') return folders
  }
}
