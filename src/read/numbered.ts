import type { Direction } from '../model/migration.ts'
import type { NotChecked } from '../model/result.ts'
import { baseName, folderOf } from './files.ts'
import { history, passedOver, readPair, type Step } from './history.ts'
import { conventional, foldersWith, type Layout } from './layout.ts'
import { inOrderOfNames, startOf } from './numbered-name.ts'
import { wholeFile } from './text.ts'

export const downSuffix = /[._-](?:rollback|down|undo|revert)$/i
export const downFolder = /^(?:rollbacks?|down|undo|revert)$/i
/** `001_create_users.up.sql` belongs to tools that send a file in another way. */
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
  readonly start: NonNullable<ReturnType<typeof startOf>>
  /** Behind the number, without what says that it is a way back; '' for `001_rollback.sql`. */
  readonly name: string
  readonly direction: Direction
}

/**
 * Plain numbered SQL files, `001_name.sql` with `001_name_rollback.sql` (also `001_rollback.sql`, `_down`, `.rollback`, `.down`, or the
 * same name in a folder `rollback/` or `down/`); the name may be left out, `001.sql`. The number may be a version, `v1.2.3__name.sql`,
 * or a date, `2024-01-31_0900_name.sql`. They are run by psql in that order: no transaction but the one that a file opens itself.
 */
export const numberedSql: Layout = {
  tool: 'numbered-sql',
  expected: 'files such as 001_create_users.sql with 001_create_users_rollback.sql',

  async find(files, isAsked) {
    const isUp = (name: string) => describe(name)?.direction === 'up'
    return foldersWith(files, isUp, (folder) => {
      if (downFolder.test(baseName(folder))) return undefined
      const names = files.inFolder(folder).map(baseName)
      // A number alone may be anything, such as a year.
      const tells = (name: string) => !/^\d+\.sql$/i.test(name) || name.startsWith('0')
      if (!isAsked && !conventional.test(baseName(folder)) && !names.filter(isUp).some(tells)) return undefined
      const plain = names.filter(isUp).length
      const paired = names.filter((name) => /^\d+_.*\.up\.sql$/s.test(name)).length
      if (!isAsked && paired >= plain) return undefined
      return conventional.test(baseName(folder)) ? 'likely' : 'possible'
    })
  },

  owns: (path, directory) =>
    /\.sql$/i.test(path) && (folderOf(path) === directory || isDownFolder(directory, folderOf(path))),

  nearly: (path) =>
    /\.sql$/i.test(path) && conventional.test(baseName(folderOf(path))) && !describe(path)
      ? 'a number and a name, such as 001_create_users.sql, with 001_create_users_rollback.sql for the way back'
      : undefined,

  async read(directory, files) {
    const folders = [directory, ...files.folders.filter((folder) => isDownFolder(directory, folder))]
    const inside = folders.flatMap((folder) => files.inFolder(folder))
    const known = inside.flatMap((path) => describe(path, folderOf(path) !== directory) ?? [])
    const { ordered: ups, open } = inOrderOfNames(known.filter((file) => file.direction === 'up'))
    const downs = new Map<string, NumberedFile[]>()
    for (const file of known.filter(({ direction }) => direction === 'down'))
      downs.set(pairKey(file), [...(downs.get(pairKey(file)) ?? []), file])
    const twins: string[] = []
    const steps = ups.map(({ file, key, number, date }): Step => {
      const isAlone = ups.filter((other) => other.key === key).length === 1
      const ways = [pairKey(file), ...(isAlone && file.name !== '' ? [pairKey({ ...file, name: '' })] : [])]
      const [down, ...others] = ways.flatMap((way) => downs.get(way) ?? [])
      for (const way of ways) downs.delete(way)
      twins.push(...others.map(({ path }) => path))
      const name = baseName(file.path).replace(/\.sql$/i, '')
      return {
        id: number ?? name,
        number: key,
        ...(date === undefined ? {} : { date }),
        name,
        file: file.path,
        others: down ? [down.path] : [],
        read: () => readPair(files, file.path, down?.path, script),
      }
    })
    const names = new Set(known.map(({ path }) => path))
    const strangers = inside.filter((path) => /\.sql$/i.test(path) && !names.has(path))
    return await history({
      tool: 'numbered-sql',
      directory,
      folders,
      hasDowngrades: true,
      steps,
      hasGaps: open.length > 0,
      notChecked: [
        ...open,
        ...passedOver(
          files,
          twins,
          () => 'It takes back a migration that another file takes back too. Expected one way back for each migration.',
        ),
        ...passedOver(
          files,
          strangers,
          () =>
            'The name is not that of a numbered migration. Expected a number and a name, such as 003_add_email.sql, and 003_add_email_rollback.sql for the way back.',
        ),
        ...[...downs.values()]
          .flat()
          .flatMap((down) =>
            passedOver(
              files,
              [down.path],
              () =>
                `It takes back a migration that is not there: expected ${down.start.written}_${down.name || 'name'}.sql beside it.`,
            ),
          ),
      ],
      files,
    })
  },
}

function script(direction: Direction, file: string, text: string) {
  const foreign = sections.find(({ marker }) => marker.test(text))
  if (!foreign) return wholeFile(direction, file, text, 'none')
  return {
    what: file,
    why: `It holds the sections of a ${foreign.tool} migration, and most files beside it do not. Run by psql it would undo what it does.`,
  } satisfies NotChecked
}

/** What the two files of a migration have in common. */
function pairKey({ start, name }: NumberedFile): string {
  return `${start.parts.join('.')} ${name}`
}

function describe(path: string, isInDownFolder = false): NumberedFile | undefined {
  const [, stem] = /^(.+)\.sql$/is.exec(baseName(path)) ?? []
  const start = stem === undefined ? undefined : startOf(stem)
  if (!start || upSuffix.test(start.rest) || (/^[-_]$/.test(start.rest) && start.kind !== 'date')) return undefined
  const isDown = isInDownFolder || downSuffix.test(start.rest)
  const name = start.rest.replace(downSuffix, '').replace(/^[-_. ]+/, '')
  return { path, start, name, direction: isDown ? 'down' : 'up' }
}

function isDownFolder(directory: string, folder: string): boolean {
  const prefix = directory === '' ? '' : `${directory}/`
  return folder.startsWith(prefix) && downFolder.test(folder.slice(prefix.length))
}
