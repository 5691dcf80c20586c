import type { ChangedFile } from '../model/change.ts'
import { UserError } from '../model/errors.ts'
import type { Migration, Project, Tool } from '../model/migration.ts'
import { findAlembic, readAlembicProject } from './alembic/project.ts'
import { listFiles } from './changed-files.ts'
import { readText } from './files.ts'
import { numberedFolders, readNumbered } from './numbered.ts'

/** Folder names that say by themselves that migrations are in them. */
const conventional = /^(?:.*[_-])?migrations?$/i

/**
 * Finds the history of migrations in a repository and reads it.
 * @param options.repository absolute path of the root
 * @param options.tool what the configuration says; undefined: detected
 * @param options.directory where to look, from the root; undefined: everywhere
 * @param options.changed what differs from the base branch; undefined: everything counts as new
 * @throws UserError where no history is found, or more than one: the message says how to choose
 */
export async function readProject(options: {
  repository: string
  tool: Tool | undefined
  directory: string | undefined
  changed: readonly ChangedFile[] | undefined
}): Promise<Project> {
  const { repository, directory } = options
  const paths = (await listFiles(repository)).filter((path) => !directory || path.startsWith(`${directory}/`))
  const read = (path: string) => readText(repository, path)
  const status = new Map(options.changed?.map((file) => [file.path, file.status]))
  const statusOf = (path: string): Migration['status'] => {
    if (!options.changed) return 'new'
    const found = status.get(path)
    return found === 'added' ? 'new' : found === undefined ? 'base' : 'edited'
  }

  const place = choose(await candidates(paths, read, options.tool), options)
  const reader = place.tool === 'alembic' ? readAlembicProject : readNumbered
  const project = await reader({ directory: place.directory, paths, readText: read, statusOf })
  const isThere = new Set(paths)
  const gone = (options.changed ?? []).filter((file) => isMigrationPath(project, file.path) && !isThere.has(file.path))
  const notChecked = [...project.notChecked, ...gone.map((file) => ({ what: file.path, why: whyGone(file) }))]
  return { ...project, notChecked, hasGaps: project.hasGaps || gone.some((file) => file.status !== 'deleted') }
}

function whyGone({ status }: ChangedFile): string {
  return status === 'deleted'
    ? 'It is on the base branch and deleted here. A database that has applied it keeps what it did, so what this change means there was not checked. Keep the file, and take back what it did in a new migration.'
    : 'The pull request changes it, and it is not in the work tree: another commit is checked out than the pull request’s.'
}

/** Whether a change touches the history: a file of its folders, or one that ends like a migration of its tool. */
export function touches(project: Project, changed: readonly ChangedFile[]): boolean {
  return changed.some((file) => isMigrationPath(project, file.path))
}

interface Place {
  readonly tool: Tool
  readonly directory: string
}

async function candidates(
  paths: readonly string[],
  read: (path: string) => Promise<string>,
  tool: Tool | undefined,
): Promise<Place[]> {
  const alembic = tool === 'numbered-sql' ? [] : await findAlembic(paths, read)
  const folders = tool === 'alembic' ? [] : numberedFolders(paths)
  const named = folders.filter((folder) => conventional.test(folder.slice(folder.lastIndexOf('/') + 1)))
  // A folder of numbered SQL that is not called migrations is taken only where nothing else is found.
  const numbered = named.length > 0 || alembic.length > 0 ? named : folders
  return [
    ...alembic.map((directory): Place => ({ tool: 'alembic', directory })),
    ...numbered.map((directory): Place => ({ tool: 'numbered-sql', directory })),
  ]
}

function choose(places: readonly Place[], options: { tool: Tool | undefined; directory: string | undefined }): Place {
  const [only, ...others] = places
  if (only && others.length === 0) return only
  const exact = places.filter((place) => place.directory === options.directory)
  if (exact.length === 1 && exact[0]) return exact[0]
  const where = options.directory ? `in ${options.directory}/` : 'in this repository'
  if (!only)
    throw new UserError(
      options.tool === 'alembic'
        ? `No Alembic project was found ${where}: expected an alembic.ini with a section [alembic].`
        : `No migrations were found ${where}. Expected an alembic.ini with a section [alembic], or a folder of numbered SQL files such as migrations/001_create_users.sql with migrations/001_create_users_rollback.sql. Name the place with --directory.`,
    )
  const list = places.map((place) => `  --tool ${place.tool} --directory ${place.directory || '.'}`)
  throw new UserError(`More than one history of migrations was found ${where}. Choose one:\n${list.join('\n')}`)
}

function isMigrationPath(project: Project, path: string): boolean {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
  const extension = project.tool === 'alembic' ? '.py' : '.sql'
  return project.folders.includes(folder) && path.toLowerCase().endsWith(extension)
}
