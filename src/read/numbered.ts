import type { Location } from '../model/location.ts'
import type { Direction, Migration, Project, Script } from '../model/migration.ts'
import type { NotChecked } from '../model/result.ts'

/** `001_create_users.sql`: a number, a separator and a name. */
const numbered = /^(\d+)[_-](.+)\.sql$/i
const downSuffix = /[._-](?:rollback|down|undo|revert)$/i
const downFolder = /^(?:rollbacks?|down|undo|revert)$/i
/** `001_create_users.up.sql` belongs to tools that send a file in another way, which are not read yet. */
const upSuffix = /[._-]up$/i

/** Sections of one file that are not to be run together: read as plain SQL, the file would undo what it does. */
const sections = [
  { tool: 'goose', marker: /^--\s*\+goose\b/im },
  { tool: 'dbmate', marker: /^--\s*migrate:(?:up|down)\b/im },
  { tool: 'sql-migrate', marker: /^--\s*\+migrate\b/im },
  { tool: 'tern', marker: /^---- create above/im },
  { tool: 'node-pg-migrate', marker: /^--\s*(?:up|down) migration\b/im },
]

interface NumberedFile {
  readonly path: string
  readonly number: string
  readonly name: string
  readonly direction: Direction
}

/** The folders that hold numbered SQL files, from a list of paths. */
export function numberedFolders(paths: readonly string[]): string[] {
  const folders = paths.filter((path) => describe(path)?.direction === 'up').map(folderOf)
  return [...new Set(folders)].filter((folder) => !downFolder.test(baseName(folder))).sort()
}

/**
 * Reads a folder of plain numbered SQL files, `001_name.sql` with `001_name_rollback.sql` (also `_down`, `.rollback`,
 * `.down`, or the same name in a folder `rollback/` or `down/`). They are run by psql in the order of their numbers: no
 * transaction but the one that a file opens itself.
 * @param options.directory the folder of the files, from the root of the repository
 * @param options.statusOf what the change did to a path
 */
export async function readNumbered(options: {
  directory: string
  paths: readonly string[]
  readText: (path: string) => Promise<string>
  statusOf: (path: string) => Migration['status']
}): Promise<Project> {
  const { directory, paths, readText, statusOf } = options
  const notChecked: NotChecked[] = []
  const inside = paths.filter((path) => folderOf(path) === directory || isDownFolder(directory, folderOf(path)))
  const files = inside.map((path) => ({ path, file: describe(path, folderOf(path) !== directory) }))

  for (const { path, file } of files) {
    if (!file && /\.sql$/i.test(path) && statusOf(path) !== 'base')
      notChecked.push({
        what: path,
        why: 'The name is not that of a numbered migration. Expected a number and a name, such as 003_add_email.sql, and 003_add_email_rollback.sql for the way back.',
      })
  }

  const known = files.flatMap(({ file }) => (file ? [file] : []))
  const ups = known.filter((file) => file.direction === 'up').sort(byNumber)
  const downs = new Map(
    known.filter((file) => file.direction === 'down').map((file) => [`${BigInt(file.number)} ${file.name}`, file]),
  )

  const migrations: Migration[] = []
  let hasGaps = false
  for (const up of ups) {
    const previous = migrations.at(-1)
    if (previous && BigInt(previous.id) === BigInt(up.number))
      notChecked.push({
        what: up.path,
        why: `Two migrations have the number ${up.number} (the other is ${previous.file}), so their order is not defined. Give one of them a number of its own.`,
      })
    const key = `${BigInt(up.number)} ${up.name}`
    const down = downs.get(key)
    downs.delete(key)
    const scripts = await Promise.all([script(up, readText), down ? script(down, readText) : undefined])
    const [upScript, downScript] = scripts
    for (const read of scripts) if (read && 'why' in read) notChecked.push(read)
    if (!upScript || 'why' in upScript || (downScript && 'why' in downScript)) {
      hasGaps = true
      continue
    }
    migrations.push({
      id: up.number,
      name: baseName(up.path).replace(/\.sql$/i, ''),
      file: up.path,
      parents: previous ? [previous.id] : [],
      up: upScript,
      down: downScript,
      status:
        statusOf(up.path) !== 'base' ? statusOf(up.path) : down && statusOf(down.path) !== 'base' ? 'edited' : 'base',
    })
  }
  for (const down of downs.values())
    notChecked.push({
      what: down.path,
      why: `It takes back a migration that is not there: expected ${down.number}_${down.name}.sql beside it.`,
    })
  const folders = [...new Set([directory, ...inside.map(folderOf)])].sort()
  return { tool: 'numbered-sql', directory, folders, migrations, notChecked, hasGaps }
}

async function script(file: NumberedFile, readText: (path: string) => Promise<string>): Promise<Script | NotChecked> {
  let text: string
  try {
    text = await readText(file.path)
  } catch (error) {
    return { what: file.path, why: `Not read: ${error instanceof Error ? error.message : String(error)}.` }
  }
  const foreign = sections.find(({ marker }) => marker.test(text))
  if (foreign)
    return {
      what: file.path,
      why: `It holds the sections of a ${foreign.tool} migration, which is not a layout that is read yet.`,
    }
  const at: Location = { file: file.path, line: 1, column: 1, endLine: 1 }
  const fragment = {
    kind: 'sql',
    sql: text,
    file: file.path,
    anchors: [{ offset: 0, line: 1, column: 1, verbatim: true }],
  } as const
  return { direction: file.direction, file: file.path, at, fragments: [fragment], transaction: 'none' }
}

function describe(path: string, isInDownFolder = false): NumberedFile | undefined {
  const [, number, name] = numbered.exec(baseName(path)) ?? []
  if (number === undefined || name === undefined || upSuffix.test(name)) return undefined
  const isDown = isInDownFolder || downSuffix.test(name)
  return { path, number, name: name.replace(downSuffix, ''), direction: isDown ? 'down' : 'up' }
}

function isDownFolder(directory: string, folder: string): boolean {
  const prefix = directory === '' ? '' : `${directory}/`
  return folder.startsWith(prefix) && downFolder.test(folder.slice(prefix.length))
}

function byNumber(a: NumberedFile, b: NumberedFile): number {
  const difference = BigInt(a.number) - BigInt(b.number)
  return difference < 0n ? -1 : difference > 0n ? 1 : a.path < b.path ? -1 : 1
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
