import { TomlError } from 'smol-toml'
import type { NotChecked } from '../../model/result.ts'
import { iniSettings, tomlSettings } from './settings.ts'

/** What a project's configuration says about where its files are. Paths from the root of the repository, with forward slashes. */
export interface Configuration {
  readonly scriptLocation: string
  readonly versionFolders: readonly string[]
  readonly recursive: boolean
  /** It names the folders itself, and leaves nothing to the default. */
  readonly namesFolders: boolean
  /** What `prepend_sys_path` puts in front of Python's path. */
  readonly prepended: readonly string[]
}

/** The files that configure a project, as far as there are any. An option of the `.ini` wins over one of `pyproject.toml`, as for Alembic. */
export interface ConfigurationFiles {
  readonly ini: { readonly path: string; readonly text: string } | undefined
  readonly toml: { readonly path: string; readonly text: string } | undefined
}

/** Thrown where a setting cannot be used; `message` is a sentence about the file `what`. */
class Unusable extends Error {
  override readonly name = 'Unusable'
}

/** Stands for the folder of a configuration file until paths are resolved. */
const here = '\u0000'

/**
 * Reads a project's configuration.
 * @param directory the folder in which Alembic is run; '' for the root.
 * @param paths the files of the repository, to find a `package:folder` location.
 */
export function readConfiguration(
  files: ConfigurationFiles,
  directory: string,
  paths: readonly string[],
): Configuration | NotChecked {
  const what = files.ini?.path ?? files.toml?.path ?? 'alembic.ini'
  try {
    return configured(files, directory, paths)
  } catch (error) {
    const at = { file: what, line: 1, column: 1, endLine: 1 }
    if (error instanceof Unusable) return { what, why: error.message, at }
    if (error instanceof TomlError && files.toml)
      return {
        what: files.toml.path,
        why: `It could not be read as TOML (line ${error.line}, column ${error.column}).`,
        at: { file: files.toml.path, line: error.line, column: error.column, endLine: error.line },
      }
    throw error
  }
}

function configured({ ini, toml }: ConfigurationFiles, directory: string, paths: readonly string[]): Configuration {
  const section = ini && iniSettings(ini.text)
  const table = toml && tomlSettings(toml.text)
  if (!section && !table) throw new Unusable('It has no [alembic] section.')

  const fromIni = (name: string): string | undefined => section && interpolate(section.get(name), section)
  const fromToml = (name: string): unknown => substituted(table?.get(name), name)
  const list = (name: string, separator: RegExp): string[] => {
    const written = fromIni(name)
    const value = written ? written.split(separator) : fromToml(name)
    if (value === undefined) return []
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
      throw new Unusable(`Its \`${name}\` is not a list of texts.`)
    return value.map((item: string) => item.trim()).filter((item) => item !== '')
  }
  /** The folder that `%(here)s` stands for, in the file that has the option. */
  const homeOf = (name: string): string => folderOf((section?.get(name) ? ini?.path : toml?.path) ?? '')
  const place = (path: string, name: string, base = directory): string => {
    const resolved = resolvePath(path, base, homeOf(name), paths)
    if (resolved === undefined) throw new Unusable(`Its folder ${path.replace(here, '.')} is not in this repository.`)
    return resolved
  }

  const location = fromIni('script_location') ?? fromToml('script_location')
  if (location !== undefined && typeof location !== 'string') throw new Unusable('Its `script_location` is not a text.')
  const home = folderOf(ini?.path ?? toml?.path ?? '')
  // Flask-Migrate leaves the option out: its files are beside the `.ini` (https://flask-migrate.readthedocs.io/en/latest/).
  const isFlask = !location && paths.includes(inFolder(home, 'env.py'))
  if (!location && !isFlask) throw new Unusable('It sets no script_location.')
  const base = location ? baseOf(location, directory, paths) : directory
  const scriptLocation = location ? place(location, 'script_location', base) : home
  if (!paths.some((path) => path.startsWith(inFolder(scriptLocation, ''))))
    throw new Unusable(
      `Its script_location is ${scriptLocation}, and no such folder is there. Expected one with env.py and versions/.`,
    )

  const separator = separatorOf(fromIni('path_separator') ?? fromIni('version_path_separator'))
  const folders = list('version_locations', separator ?? /,\s*|\s+/)
  const recursive = fromIni('recursive_version_locations') ?? fromToml('recursive_version_locations')
  const prepended = list('prepend_sys_path', separatorOf(fromIni('path_separator')) ?? /,\s*|\s+|:/)
  return {
    scriptLocation,
    versionFolders:
      folders.length > 0
        ? folders.map((folder) => place(folder, 'version_locations', base))
        : [inFolder(scriptLocation, 'versions')],
    namesFolders: folders.length > 0,
    recursive: recursive === 'true' || recursive === true,
    // Folders outside of the repository hold none of its modules.
    prepended: prepended.flatMap((path) => resolvePath(path, base, homeOf('prepend_sys_path'), paths) ?? []),
  }
}

/** More names than a configuration puts into one option. Without an end, ten levels of ten names would be ten thousand million. */
const mostNames = 1000

/** `%(here)s` is the folder of the file itself; `%(name)s` another option; `%%` a percent sign. */
function interpolate(value: string | undefined, section: ReadonlyMap<string, string>): string | undefined {
  let names = 0
  const filled = (text: string | undefined, depth: number): string | undefined =>
    text?.replace(/%%|%\(([^)]*)\)s/g, (_, name: string | undefined) => {
      if (name === undefined) return '%'
      if (name.toLowerCase() === 'here') return here
      const other = depth < 10 && names++ < mostNames ? filled(section.get(name.toLowerCase()), depth + 1) : undefined
      if (other === undefined) throw new Unusable(`It uses %(${name})s, which is not set in its [alembic] section.`)
      return other
    })
  return filled(value, 0)
}

/** In TOML only `%(here)s` is known, and `%%` is a percent sign there too. */
function substituted(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => substituted(item, name))
  if (typeof value !== 'string') return value
  return value.replace(/%%|%\(([^)]*)\)s/g, (_, key: string | undefined) => {
    if (key === undefined) return '%'
    if (key !== 'here') throw new Unusable(`Its \`${name}\` uses %(${key})s, which Alembic does not know there.`)
    return here
  })
}

/** `path_separator`, or `version_path_separator` before Alembic 1.16. Undefined: it is not set. */
function separatorOf(word: string | undefined): RegExp | undefined {
  switch (word) {
    case undefined:
      return undefined
    case 'space':
      return / /
    case 'newline':
      return /\n/
    case ';':
      return /;/
    default:
      // `os` is a colon where these migrations run in production.
      return /:/
  }
}

/**
 * The folder that a relative location starts from: where Alembic is run. That is the folder of the configuration or one that it is in; the
 * nearest from which the location leads to files.
 */
function baseOf(location: string, directory: string, paths: readonly string[]): string {
  if (location.includes(here) || location.includes(':')) return directory
  for (let base = directory; ; base = folderOf(base)) {
    const found = resolvePath(location, base, base, paths)
    if (found !== undefined && paths.some((path) => path.startsWith(inFolder(found, '')))) return base
    if (base === '') return directory
  }
}

/** A path from the root of the repository. Undefined: it leads out of it. */
function resolvePath(path: string, base: string, home: string, paths: readonly string[]): string | undefined {
  const [packageName = '', ...inside] = path.split(':')
  if (inside.length > 0 && /^[\w.]+$/.test(packageName)) {
    const folder = [packageName.replaceAll('.', '/'), ...inside].join('/')
    const start = inFolder(base, '')
    const known =
      paths.find((file) => file.startsWith(`${start}${folder}/`)) ??
      paths.find((file) => `/${file}`.includes(`/${folder}/`))
    return known?.slice(0, `/${known}`.indexOf(`/${folder}/`) + folder.length)
  }
  if (path.startsWith('/')) return undefined
  const start = path.startsWith(here) ? home : base
  const parts: string[] = start === '' ? [] : start.split('/')
  for (const part of path.replace(here, '.').replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}

/** The folder of a path; '' for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** A path inside a folder of the repository, whose root is ''. */
export function inFolder(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`
}
