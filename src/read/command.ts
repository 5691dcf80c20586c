import type { Direction, Script } from '../model/migration.ts'
import type { NotChecked } from '../model/result.ts'
import { baseName, type Files, folderOf } from './files.ts'
import { byText, history, passedOver, readPair, type Step, textOf } from './history.ts'
import { conventional, type Layout } from './layout.ts'
import { downFolder, downSuffix } from './numbered.ts'
import { placeOf, wholeFile } from './text.ts'

/** What stands in such a folder besides migrations. */
const besides = /^(?:\.|__)|\.(?:md|rst|txt|mako|pyc|bak|lock)$/i
const sql = /\.sql$/i
const upSuffix = /[._-]up$/i
/** A program: `0001_initial.py`, `20240131_add_email.rb`, `V3_Users.java`, `Version20240131.php`. */
const program = /^[a-z]*_?\d[^/]*\.\w+$/i
/** The way back in the same file: a line of its own, behind two dashes, perhaps with a marker of some tool. */
const downSection = /^[ \t]*--+[ \t]*[@+>=[]*[ \t]*(?:migrat\w*[ \t:]+)?(?:down|rollback|undo|revert)\b[^a-z\n]*$/im

/**
 * A folder of migrations of any tool, home-made or not, that a command of the configuration runs: what is SQL is read, and the others are
 * programs, of which only a rehearsal shows what they send. In the natural order of the names, `2_b` before `10_a`.
 */
export const command: Layout = {
  tool: 'command',
  expected: 'files of SQL, or programs with a number in their name, in the folder that `directory` names',

  async find(files, isAsked, directory) {
    if (!isAsked) return []
    const folders = directory === undefined ? files.folders.filter(isUsual) : [directory]
    return folders
      .filter((folder) => files.inFolder(folder).some((path) => isMigration(baseName(path))))
      .map((folder) => ({ directory: folder, folders: [folder], certainty: 'likely' }))
  },

  owns: (path, directory) =>
    !besides.test(baseName(path)) && (folderOf(path) === directory || isDownFolder(directory, folderOf(path))),

  async read(directory, files, commands) {
    const folders = [directory, ...files.folders.filter((folder) => isDownFolder(directory, folder))]
    const inside = folders.flatMap((folder) => files.inFolder(folder)).filter((path) => !besides.test(baseName(path)))
    const known = inside.filter((path) => isMigration(baseName(path)))
    const isDown = (path: string) => folderOf(path) !== directory || downSuffix.test(stem(path))
    const downs = new Map(known.filter(isDown).map((path) => [partner(path), path]))
    const hasPairs = downs.size > 0
    const hasDowngrades = hasPairs || (commands?.hasDowngrade ?? false)
    const steps = known
      .filter((path) => !isDown(path))
      .sort((a, b) => byNature(stem(a), stem(b)) || byText(a, b))
      .map((path): Step => {
        const down = downs.get(partner(path))
        downs.delete(partner(path))
        const isOwnWay = !down && commands?.hasDowngrade === true && !(hasPairs && sql.test(path))
        return {
          id: idOf(path),
          name: partner(path),
          file: path,
          others: down ? [down] : [],
          async read() {
            const read = await readPair(files, path, down, (direction, file, text) => script(direction, file, text))
            if (!('up' in read) || !isOwnWay) return read
            return { ...read, down: await onlyRun('down', path, files, takenBack) }
          },
        }
      })
    const names = new Set(known)
    return await history({
      tool: 'command',
      directory,
      folders,
      hasDowngrades,
      steps,
      notChecked: [
        ...passedOver(
          files,
          inside.filter((path) => !names.has(path)),
          () =>
            'It is not taken for a migration, and what it is for is not known: expected SQL, or a program with a number in its name, such as 003_add_email.py.',
        ),
        ...[...downs.values()].flatMap((down) =>
          passedOver(files, [down], () => 'It takes back a migration that is not there: none beside it has its name.'),
        ),
      ],
      files,
    })
  },
}

function isUsual(folder: string): boolean {
  return conventional.test(baseName(folder)) || /^migrate$/i.test(baseName(folder))
}

function isMigration(name: string): boolean {
  return !besides.test(name) && (sql.test(name) || program.test(name))
}

function isDownFolder(directory: string, folder: string): boolean {
  return folder !== directory && downFolder.test(baseName(folder)) && folderOf(folder) === directory
}

/** Without its extension. */
function stem(path: string): string {
  return baseName(path).replace(/\.\w+$/, '')
}

/** What the two files of a migration have in common. */
function partner(path: string): string {
  return stem(path).replace(downSuffix, '').replace(upSuffix, '')
}

/** The number, where one stands before the name: `0001` of `0001_initial.py`; of a date with dashes it would be a year, and the name is taken. */
function idOf(path: string): string {
  return /^(\d+)(?:[._-]\D|$)/.exec(partner(path))?.[1] ?? partner(path)
}

function byNature(a: string, b: string): number {
  const parts = (text: string) => text.match(/\d+|\D+/g) ?? []
  const [left, right] = [parts(a), parts(b)]
  for (const [i, part] of left.entries()) {
    const other = right[i]
    if (other === undefined) return 1
    const isNumber = /^\d/.test(part) && /^\d/.test(other)
    const order = isNumber ? Number(BigInt(part) - BigInt(other)) : byText(part, other)
    if (order !== 0) return order
  }
  return left.length - right.length
}

const takenBack = 'what takes it back is known to the `downgrade:` command alone'

function script(direction: Direction, file: string, text: string): Script {
  if (!sql.test(file))
    return programOf(direction, file, text, 'it is not SQL, so what it sends is only known where it is run')
  if (direction === 'up' && holdsWayBack(text))
    return programOf(direction, file, text, 'it holds its way back too, and how the two are divided is not known')
  // How the command wraps it is not known: as psql, and what was really open is seen where it is run.
  return wholeFile(direction, file, text, 'none')
}

/** Where it is all comment, it is a note to people. */
function holdsWayBack(text: string): boolean {
  const found = downSection.exec(text)
  if (!found) return false
  const behind = text.slice(found.index + found[0].length)
  return behind.split('\n').some((each) => each.trim() !== '' && !each.trimStart().startsWith('--'))
}

async function onlyRun(direction: Direction, path: string, files: Files, reason: string): Promise<Script> {
  const text: string | NotChecked = await textOf(files, path)
  return programOf(direction, path, typeof text === 'string' ? text : '', reason)
}

function programOf(direction: Direction, file: string, text: string, reason: string): Script {
  const at = placeOf(file, text, 0)
  return { direction, file, at, fragments: [{ kind: 'unreadable', reason, at, code: text }], transaction: 'none' }
}
