import { UserError } from '../../model/errors.ts'
import type { Fault } from '../../model/lineage.ts'
import type { Migration, Project } from '../../model/migration.ts'
import type { NotChecked } from '../../model/result.ts'
import { type ConfigurationFiles, folderOf, inFolder, readConfiguration } from './configuration.ts'
import { type Environment, plainEnvironment, readEnvironment } from './environment.ts'
import { baseName, order } from './graph.ts'
import { headsOf } from './heads.ts'
import { type ReadText, type RepositoryModules, readable, repositoryModules, withFoldersAbove } from './repository.ts'
import { iniSettings, speaksOfAlembic } from './settings.ts'
import { type ProjectSurroundings, projectSurroundings } from './surroundings.ts'
import { readVersionFile, type VersionFile } from './version-file.ts'

/**
 * The folders that hold an `alembic.ini` with an `[alembic]` section, or a `pyproject.toml` with `[tool.alembic]`, in order of path; ''
 * for the root. An `alembic.ini` that cannot be read may have the section, and a `pyproject.toml` the table where Alembic's template
 * is below it: reading the project tells why.
 * @param paths the files of the repository, from its root, with forward slashes.
 */
export async function findAlembic(paths: readonly string[], readText: ReadText): Promise<string[]> {
  const found = new Set<string>()
  for (const path of paths) {
    const folder = folderOf(path)
    const name = path.slice(path.lastIndexOf('/') + 1)
    if (name !== 'alembic.ini' && name !== 'pyproject.toml') continue
    const text = await readable(readText(path))
    const speaks = name === 'alembic.ini' ? iniSettings : speaksOfAlembic
    if (text === undefined ? name === 'alembic.ini' || hasTemplate(folder, paths) : speaks(text)) found.add(folder)
  }
  return [...found].sort()
}

/** Whether `alembic init` was run in this folder or below it. */
function hasTemplate(folder: string, paths: readonly string[]): boolean {
  return paths.some((path) => path.endsWith('/script.py.mako') && path.startsWith(inFolder(folder, '')))
}

export interface AlembicOptions {
  /** The folder in which Alembic is run, from the root of the repository; '' for the root. */
  readonly directory: string
  /** The `.ini` file where it has another name than `alembic.ini` in that folder, from the root of the repository. */
  readonly configuration?: string
  /** The files of the repository, from its root, with forward slashes. */
  readonly paths: readonly string[]
  readonly readText: ReadText
  /** How a version file compares with the base branch. */
  readonly statusOf: (path: string) => Migration['status']
}

/**
 * Reads the history of an Alembic project: the version files that its configuration points to, in the order in which Alembic can run them.
 * Files that cannot be read, and faults of the history, are in `notChecked`.
 * @throws whatever `readText` does, but for a `UserError`, which becomes a `NotChecked`
 */
export async function readAlembicProject(options: AlembicOptions): Promise<Project> {
  const { directory, paths, readText, statusOf } = options
  const written = await configurationFiles(options)
  const configuration = 'why' in written ? written : readConfiguration(written, directory, paths)
  if ('why' in configuration) {
    return {
      tool: 'alembic',
      directory,
      folders: [],
      migrations: [],
      notChecked: [configuration],
      hasGaps: true,
      hasDowngrades: true,
    }
  }

  const { versionFolders, recursive, scriptLocation, namesFolders, prepended } = configuration
  const possible = [...withFoldersAbove(directory), ...withFoldersAbove(scriptLocation)]
  const modules = repositoryModules(paths, { first: prepended, possible }, readText)
  const environment = await environmentOf(inFolder(scriptLocation, 'env.py'), options, modules, namesFolders)
  const files = [...new Set(versionFolders.flatMap((folder) => versionFiles(folder, recursive, paths)))].sort()
  const isVersion = new Set(files)
  const others = paths.filter((path) => path.endsWith('.py') && !isVersion.has(path))
  const around = projectSurroundings(modules, environment.patterns, others, readText)

  const versions: VersionFile[] = []
  const lost = namesFolders && files.length === 0 ? [withoutFiles(versionFolders, written)] : []
  const notChecked: NotChecked[] = [...environment.problems, ...lost]
  for (const file of files) {
    const version = await versionOf(file, readText, around)
    if ('why' in version) notChecked.push(version)
    else versions.push(version)
  }
  const history = order(versions, (file) => statusOf(file) === 'new')
  const migrations = history.migrations.map(({ version, parents }): Migration => {
    const { up, down } = version
    const { transaction } = environment
    return {
      id: version.revision,
      name: baseName(version.file),
      file: version.file,
      parents,
      up: { ...up, transaction },
      down: down && { ...down, transaction },
      status: statusOf(version.file),
    }
  })
  // What cannot be read may be the revision that is missing.
  const isMissing = notChecked.length === 0
  const faults = history.faults.filter(({ kind }) => kind !== 'missing-parent' || isMissing)
  const problems = [...notChecked, ...history.faults.flatMap((fault) => unchecked(fault, isMissing))]
  const heads = headsOf(versions, statusOf)
  // Where env.py says where the version files are, and is not understood, each Python file in a folder beside it may be one.
  const inside = paths.filter((path) => path.endsWith('.py') && folderOf(path).startsWith(inFolder(scriptLocation, '')))
  const elsewhere = environment.problems.length + lost.length > 0 ? inside.map(folderOf) : []
  return {
    tool: 'alembic',
    directory,
    folders: [...new Set([...versionFolders, ...files.map(folderOf), ...elsewhere])].sort(),
    migrations,
    notChecked: problems,
    lineage: { faults, ...heads, changes: [] },
    hasGaps: problems.length + faults.length > 0,
    hasDowngrades: true,
  }
}

function withoutFiles(folders: readonly string[], written: Awaited<ReturnType<typeof configurationFiles>>): NotChecked {
  const what = ('why' in written ? undefined : (written.ini ?? written.toml)?.path) ?? 'alembic.ini'
  return { what, why: `Its version_locations are ${folders.join(', ')}, and no Python file is there.` }
}

/** What a fault keeps from being checked, besides the rehearsal. */
function unchecked(fault: Fault, isMissing: boolean): NotChecked[] {
  const { at, kind } = fault
  if (kind !== 'missing-parent')
    return [{ what: at.file, why: 'It has no place in the order, so what it does was not checked.', at }]
  if (isMissing) return []
  return [
    { what: at.file, why: `It ${fault.link} revision ${fault.parent}, which no file has that could be read.`, at },
  ]
}

async function configurationFiles(options: AlembicOptions): Promise<ConfigurationFiles | NotChecked> {
  const { directory, configuration, paths, readText } = options
  const read = async (path: string): Promise<ConfigurationFiles['ini'] | NotChecked> => {
    if (!paths.includes(path)) return undefined
    const text = await textOr(path, readText)
    return typeof text === 'string' ? { path, text } : text
  }
  const ini = await read(configuration ?? inFolder(directory, 'alembic.ini'))
  const toml = await read(inFolder(directory, 'pyproject.toml'))
  if (ini && 'why' in ini) return ini
  return toml && 'why' in toml ? toml : { ini, toml }
}

/** The text of a file, or why it is not to be had. */
async function textOr(file: string, readText: ReadText): Promise<string | NotChecked> {
  try {
    return await readText(file)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const at = { file, line: 1, column: 1, endLine: 1 }
    return { what: file, why: `It could not be read: ${error.message}.`, at }
  }
}

/** What is read may ask for more of the repository: it is read again with that, until it asks for no more. */
async function whole<T>({ load }: Pick<ProjectSurroundings, 'load'>, read: () => T): Promise<T> {
  for (;;) {
    const result = read()
    if (!(await load())) return result
  }
}

async function environmentOf(
  file: string,
  { paths, readText }: AlembicOptions,
  modules: RepositoryModules,
  hasFolders: boolean,
): Promise<Environment> {
  if (!paths.includes(file)) return plainEnvironment
  const text = await textOr(file, readText)
  if (typeof text !== 'string') return { ...plainEnvironment, problems: [text] }
  return await whole(modules, () => readEnvironment(file, text, modules, hasFolders))
}

async function versionOf(
  file: string,
  readText: ReadText,
  around: ProjectSurroundings,
): Promise<VersionFile | NotChecked> {
  const text = await textOr(file, readText)
  if (typeof text !== 'string') return text
  return await whole(around, () => readVersionFile(file, text, around))
}

/** The files that Alembic takes for revisions: Python files but for `__init__.py` and the locks of an editor. */
function versionFiles(folder: string, recursive: boolean, paths: readonly string[]): string[] {
  const start = folder === '' ? '' : `${folder}/`
  return paths.filter((path) => {
    if (!path.startsWith(start) || !path.endsWith('.py')) return false
    const rest = path.slice(start.length)
    const name = rest.slice(rest.lastIndexOf('/') + 1)
    if (name.startsWith('__init__') || name.startsWith('.#')) return false
    return recursive ? !rest.split('/').includes('__pycache__') : !rest.includes('/')
  })
}
