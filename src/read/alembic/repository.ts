import { UserError } from '../../model/errors.ts'
import { inFolder } from './configuration.ts'
import type { Modules } from './modules.ts'
import { firstError, parsePython, type Source } from './source.ts'

/** Gives the text of a file of the repository, by its path from the root. */
export type ReadText = (path: string) => Promise<string>

/** The Python modules of a repository, read when something asks for them. */
export interface RepositoryModules extends Modules {
  /** Reads the modules that were asked for and not there. False: there were none. */
  readonly load: () => Promise<boolean>
}

/** More modules than the migrations of one project import. */
const most = 3000

/** Folders of the repository from which Python may import; '' for its root. */
export interface Roots {
  /** Those that are known to be in front of Python's path, in order. */
  readonly first: readonly string[]
  /** Those that may be on it: a package is taken from there only where one alone has it. */
  readonly possible: readonly string[]
}

/** The modules of a repository that Python finds from these folders. */
export function repositoryModules(paths: readonly string[], roots: Roots, readText: ReadText): RepositoryModules {
  const files = new Set(paths.filter((path) => path.endsWith('.py')))
  const folders = new Set([...files].flatMap(foldersOf))
  const sources = new Map<string, Source | undefined>()
  const wanted = new Map<string, { path: string; isPackage: boolean }>()

  /** The folder that a package is in. Undefined: none has it, or several that may be meant. */
  const rootOf = (top: string): string | undefined => {
    const at = (root: string): string => inFolder(root, top)
    const isModule = (root: string): boolean => files.has(`${at(root)}/__init__.py`) || files.has(`${at(root)}.py`)
    // A folder without `__init__.py` is a package only where no other place has a whole one.
    for (const has of [isModule, (root: string) => folders.has(at(root))]) {
      const certain = roots.first.find(has)
      if (certain !== undefined) return certain
      const possible = [...new Set(roots.possible)].filter(has)
      if (possible.length > 0) return possible.length === 1 ? possible[0] : undefined
    }
    return undefined
  }

  const place = (name: string): { path: string; isPackage: boolean } | undefined => {
    const root = rootOf(name.split('.')[0] ?? '')
    if (root === undefined) return undefined
    const start = inFolder(root, name.replaceAll('.', '/'))
    if (files.has(`${start}/__init__.py`)) return { path: `${start}/__init__.py`, isPackage: true }
    return files.has(`${start}.py`) ? { path: `${start}.py`, isPackage: false } : undefined
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
      const source = text === undefined ? undefined : parsePython(path, text, { name, isPackage })
      sources.set(name, source && !firstError(source) ? source : undefined)
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

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

/** A folder and those it is in, from the inside out, each with the `src` folder that may stand in it. */
export function withFoldersAbove(directory: string): string[] {
  const folders: string[] = []
  for (let at = directory; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    folders.push(at, at === '' ? 'src' : `${at}/src`)
    if (at === '') return folders
  }
}
