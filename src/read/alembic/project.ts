import type { Migration, Project } from '../../model/migration.ts'
import type { NotChecked } from '../../model/result.ts'
import { alembicSection, readConfiguration } from './configuration.ts'
import { order } from './graph.ts'
import { readVersionFile, type VersionFile } from './version-file.ts'

/** Gives the text of a file of the repository, by its path from the root. */
export type ReadText = (path: string) => Promise<string>

/**
 * The folders that hold an `alembic.ini` with an `[alembic]` section, in order of path; '' for the root.
 * @param paths the files of the repository, from its root, with forward slashes.
 */
export async function findAlembic(paths: readonly string[], readText: ReadText): Promise<string[]> {
  const found: string[] = []
  for (const path of [...paths].sort()) {
    if (path !== 'alembic.ini' && !path.endsWith('/alembic.ini')) continue
    if (alembicSection(await readText(path)))
      found.push(path.slice(0, Math.max(0, path.length - '/alembic.ini'.length)))
  }
  return found
}

export interface AlembicOptions {
  /** The folder of `alembic.ini`, from the root of the repository; '' for the root. */
  readonly directory: string
  /** The files of the repository, from its root, with forward slashes. */
  readonly paths: readonly string[]
  readonly readText: ReadText
  /** How a version file compares with the base branch. */
  readonly statusOf: (path: string) => Migration['status']
}

/**
 * Reads the history of an Alembic project: the version files that `alembic.ini` points to, in the order in which Alembic can run them.
 * Files that cannot be read, and faults of the history, are in `notChecked`. Settings in `pyproject.toml` are not read.
 * @throws whatever `readText` does.
 */
export async function readAlembicProject({ directory, paths, readText, statusOf }: AlembicOptions): Promise<Project> {
  const ini = directory === '' ? 'alembic.ini' : `${directory}/alembic.ini`
  const configuration = readConfiguration(await readText(ini), directory, paths)
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

  const versions: VersionFile[] = []
  const notChecked: NotChecked[] = []
  const { versionFolders, recursive } = configuration
  const files = [...new Set(versionFolders.flatMap((folder) => versionFiles(folder, recursive, paths)))].sort()
  for (const file of files) {
    const version = readVersionFile(file, await readText(file))
    if ('why' in version) notChecked.push(version)
    else versions.push(version)
  }
  const history = order(versions)
  const migrations = history.migrations.map(({ version, parents }): Migration => {
    return {
      id: version.revision,
      name: baseName(version.file),
      file: version.file,
      parents,
      up: version.up,
      down: version.down,
      status: statusOf(version.file),
    }
  })
  const problems = [...notChecked, ...history.problems]
  return {
    tool: 'alembic',
    directory,
    folders: [...new Set([...versionFolders, ...files.map(folderOf)])].sort(),
    migrations,
    notChecked: problems,
    hasGaps: problems.length > 0,
    hasDowngrades: true,
  }
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

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1, -'.py'.length)
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')))
}
