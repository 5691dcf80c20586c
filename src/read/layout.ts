import type { Project, Tool } from '../model/migration.ts'
import { baseName, type Files, folderOf, inside, isBelow } from './files.ts'
import { textOf } from './history.ts'

/** From the best to the poorest. */
export const certainties = ['sure', 'named', 'likely', 'possible'] as const

/** A place whose files fit a layout. */
export interface Fit {
  /** The folder of the history, from the root of the repository. */
  readonly directory: string
  /** The folders whose files are spoken for: no other layout is guessed there. */
  readonly folders: readonly string[]
  /**
   * `sure`: the files themselves say it: a marker, a file that only this tool has. `named`: a manifest of the program names the tool.
   * `likely`: the names of the files are of this shape, and this is the tool that most often goes with it. `possible`: taken only
   * where the repository has nothing better.
   */
  readonly certainty: (typeof certainties)[number]
}

/** What the configuration says about running migrations of no known layout. */
export interface OwnCommands {
  /** There is a command that takes a migration back, too. */
  readonly hasDowngrade: boolean
}

/** How one tool lays its migrations out on disk. */
export interface Layout {
  readonly tool: Tool
  /** What the files look like, as part of a sentence: `files such as 1_a.up.sql with 1_a.down.sql`. */
  readonly expected: string
  /** The places that fit. `isAsked`: the user named the tool, so a shape that several tools share is enough. `directory`: the folder, where it was named too. */
  find(files: Files, isAsked: boolean, directory?: string): Promise<Fit[]>
  /**
   * Whether a path, which may be deleted by now, is a part of the history in `directory`. `folders`: those of the project, once it is
   * read; without them, whether it could be.
   */
  owns(path: string, directory: string, folders?: readonly string[]): boolean
  /** For a file whose name is nearly right for this tool, so that the tool does not run it: what was expected. */
  nearly?(path: string, files: Files): string | undefined | Promise<string | undefined>
  read(directory: string, files: Files, commands?: OwnCommands): Promise<Project>
}

/** Folder names that say by themselves that migrations are in them. */
export const conventional = /^(?:.*[_-])?migrations?$/i

/** The folders with a file for which `test` holds, a Fit for each. */
export function foldersWith(
  files: Files,
  test: (name: string) => boolean,
  certainty: (folder: string) => Fit['certainty'] | undefined,
): Fit[] {
  return files.folders.flatMap((directory): Fit[] => {
    if (!files.inFolder(directory).some((path) => test(baseName(path)))) return []
    const found = certainty(directory)
    return found ? [{ directory, folders: [directory], certainty: found }] : []
  })
}

/** The files in which a program names its libraries. */
const manifests = ['Cargo.toml', 'go.mod', 'package.json']

/**
 * Whether the program that these migrations belong to names the tool in its manifest: `Cargo.toml` with `sqlx` in it. Looked for
 * in the folder and above, as far as the first folder with a manifest of another language only; then in what is beside the folder.
 */
export async function mentions(files: Files, folder: string, name: string, pattern: RegExp): Promise<boolean> {
  const says = async (path: string) => pattern.test(await textOrNothing(files, path))
  for (let at = folder; ; at = folderOf(at)) {
    if (files.has(inside(at, name))) {
      if (await says(inside(at, name))) return true
    } else if (manifests.some((other) => files.has(inside(at, other)))) return false
    if (at === '') break
  }
  for (const path of files.paths)
    if (baseName(path) === name && isBelow(path, folderOf(folder)) && (await says(path))) return true
  return false
}

/** The text of a file that only helps to find the tool; '' where it cannot be read, as a migration that is told later. */
export async function textOrNothing(files: Files, path: string): Promise<string> {
  const text = await textOf(files, path)
  return typeof text === 'string' ? text : ''
}

/** Whether at least half of these files, and one at all, were written for the tool; the others are not read once that is known. */
export async function mostly(
  files: Files,
  paths: readonly string[],
  isMarked: (text: string) => boolean,
): Promise<boolean> {
  let marked = 0
  let others = 0
  for (const path of paths) {
    if (isMarked(await textOrNothing(files, path))) marked++
    else if (++others * 2 > paths.length) return false
  }
  return marked > 0
}
