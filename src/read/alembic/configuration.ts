import type { NotChecked } from '../../model/result.ts'

/** What `alembic.ini` says about where the version files are. Paths from the root of the repository, with forward slashes. */
export interface Configuration {
  readonly scriptLocation: string
  readonly versionFolders: readonly string[]
  readonly recursive: boolean
}

/** The options of the `[alembic]` section as written. Undefined: the text has no such section. */
export function alembicSection(text: string): ReadonlyMap<string, string> | undefined {
  // The rules of Python's configparser (https://docs.python.org/3/library/configparser.html#supported-ini-file-structure): a line that
  // is indented goes on with the value before it, and a comment has a line of its own.
  const options = new Map<string, string>()
  let found = false
  let inside = false
  let key: string | undefined
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith(';')) continue
    if (key !== undefined && /^\s/.test(line)) {
      if (inside) options.set(key, `${options.get(key) ?? ''}\n${trimmed}`)
      continue
    }
    if (trimmed.startsWith('[')) {
      inside = trimmed === '[alembic]'
      found ||= inside
      key = undefined
      continue
    }
    const at = trimmed.search(/[=:]/)
    if (at < 0) continue
    key = trimmed.slice(0, at).trim().toLowerCase()
    if (inside) options.set(key, trimmed.slice(at + 1).trim())
  }
  return found ? options : undefined
}

/**
 * Reads the text of an `alembic.ini`.
 * @param directory the folder that holds it, and in which Alembic is run; '' for the root.
 * @param paths the files of the repository, to find a `package:folder` location.
 */
export function readConfiguration(
  text: string,
  directory: string,
  paths: readonly string[],
): Configuration | NotChecked {
  const file = directory === '' ? 'alembic.ini' : `${directory}/alembic.ini`
  const at = { file, line: 1, column: 1, endLine: 1 }
  const section = alembicSection(text)
  if (!section) return { what: file, why: 'It has no [alembic] section.', at }
  const missing: string[] = []
  const option = (name: string): string | undefined => interpolate(section.get(name), section, missing)
  const location = option('script_location')
  const separator = separatorOf(option('path_separator') ?? option('version_path_separator'))
  const written = option('version_locations')
  const recursive = ['true', '1', 'yes', 'on'].includes((option('recursive_version_locations') ?? '').toLowerCase())
  if (missing.length > 0)
    return { what: file, why: `It uses %(${missing[0]})s, which is not set in its [alembic] section.`, at }
  if (location === undefined || location === '') return { what: file, why: 'It sets no script_location.', at }

  const outside: string[] = []
  const place = (path: string): string => {
    const resolved = resolvePath(path, directory, paths)
    if (resolved === undefined) outside.push(path)
    return resolved ?? ''
  }
  const scriptLocation = place(location)
  const folders =
    written === undefined
      ? []
      : written
          .split(separator)
          .map((part) => part.trim())
          .filter((part) => part !== '')
  const versionFolders =
    folders.length > 0 ? folders.map(place) : [scriptLocation === '' ? 'versions' : `${scriptLocation}/versions`]
  if (outside.length > 0) return { what: file, why: `Its folder ${outside[0]} is not in this repository.`, at }
  return { scriptLocation, versionFolders, recursive }
}

/** `%(here)s` is the folder of the file itself; `%(name)s` another option; `%%` a percent sign. */
function interpolate(
  value: string | undefined,
  section: ReadonlyMap<string, string>,
  missing: string[],
  depth = 0,
): string | undefined {
  return value?.replace(/%%|%\(([^)]*)\)s/g, (match, name: string | undefined) => {
    if (name === undefined) return '%'
    if (name.toLowerCase() === 'here') return here
    const other = depth < 10 ? interpolate(section.get(name.toLowerCase()), section, missing, depth + 1) : undefined
    if (other === undefined) missing.push(name)
    return other ?? match
  })
}

/** Stands for the folder of `alembic.ini` until paths are resolved. */
const here = '\u0000'

/** `path_separator`, or `version_path_separator` before Alembic 1.16; without either, Alembic splits at commas and spaces. */
function separatorOf(word: string | undefined): RegExp {
  switch (word) {
    case undefined:
      return /,\s*|\s+/
    case 'space':
      return /\s+/
    case 'newline':
      return /\n/
    case ';':
      return /;/
    default:
      // `os` is a colon where these migrations run in production.
      return /:/
  }
}

/** A path from the root of the repository. Undefined: it leads out of it. */
function resolvePath(path: string, directory: string, paths: readonly string[]): string | undefined {
  const [packageName, inside] = path.split(':', 2)
  if (inside !== undefined && packageName !== undefined && !packageName.includes('/')) {
    const folder = `${packageName.replaceAll('.', '/')}/${inside}`
    const start = directory === '' ? '' : `${directory}/`
    const known =
      paths.find((file) => file.startsWith(`${start}${folder}/`)) ??
      paths.find((file) => `/${file}`.includes(`/${folder}/`))
    return known === undefined ? undefined : known.slice(0, `/${known}`.indexOf(`/${folder}/`) + folder.length)
  }
  if (path.startsWith('/')) return undefined
  const relative = path.replace(here, '.').replaceAll('\\', '/')
  const parts: string[] = directory === '' ? [] : directory.split('/')
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}
