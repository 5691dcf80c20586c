import type { Direction, Script } from '../model/migration.ts'
import { baseName, folderOf } from './files.ts'
import { byText, history, passedOver, readPair, type Step, textOf } from './history.ts'
import { type Fit, type Layout, mentions, mostly, textOrNothing } from './layout.ts'
import { refused } from './sections.ts'
import { fragment, placeOf, wholeFile } from './text.ts'

const sql = /^\d+.*\.sql$/s
const program = /^\d+.*(?<!\.d)\.[cm]?[jt]s$/s
const manifest = /"node-pg-migrate"\s*:/
const up = /^[^\S\n]*--[\s-]*up\s+migration/im
const down = /^[^\S\n]*--[\s-]*down\s+migration/im
const words = /(?:up|down)\s+migration/i

/** The words are looked for first: a pattern that begins with any line takes far longer. */
function isMarked(text: string): boolean {
  return words.test(text) && (up.test(text) || down.test(text))
}

/** node-pg-migrate, https://github.com/salsita/node-pg-migrate: what it does was tried, test/read/tools.test.ts. */
export const nodePgMigrate: Layout = {
  tool: 'node-pg-migrate',
  expected: 'files such as 1706700000000_create-users.sql with the lines “-- Up Migration” and “-- Down Migration”',

  async find(files, isAsked) {
    const fits: Fit[] = []
    for (const directory of files.folders) {
      const inFolder = files.inFolder(directory).filter((path) => isMigration(path))
      const written = inFolder.filter((path) => sql.test(baseName(path)))
      if (inFolder.length === 0) continue
      if (isAsked || (await mostly(files, written, isMarked)))
        fits.push({ directory, folders: [directory], certainty: 'sure' })
      else if (/migrations?$/i.test(directory) && (await mentions(files, directory, 'package.json', manifest)))
        fits.push({ directory, folders: [directory], certainty: 'named' })
    }
    return fits
  },

  owns: (path, directory) => folderOf(path) === directory && (isMigration(path) || /\.sql$/i.test(path)),

  nearly: async (path, files) => {
    if (!/\.sql$/i.test(path) || isMigration(path)) return undefined
    return isMarked(await textOrNothing(files, path))
      ? 'a number and a name, such as 1706700000000_add-email.sql'
      : undefined
  },

  async read(directory, files) {
    const inFolder = files.inFolder(directory)
    const downs = new Set(inFolder.filter((path) => path.endsWith('.down.sql') && sql.test(baseName(path))))
    const steps = inFolder
      .filter((path) => isMigration(path) && !downs.has(path))
      .sort((a, b) => inOrder(baseName(a), baseName(b)))
      .map((path): Step => {
        const pair = path.replace(/\.up\.sql$/, '.down.sql')
        const partner = pair !== path && downs.delete(pair) ? pair : undefined
        const name = baseName(path).replace(/(?:\.up)?\.[^.]+$/, '')
        return {
          id: name,
          name,
          file: path,
          others: partner === undefined ? [] : [partner],
          async read() {
            if (program.test(baseName(path)))
              return [
                {
                  what: path,
                  why: 'It is a migration written in JavaScript or TypeScript, which is not read. Only the SQL migrations of node-pg-migrate are.',
                },
              ]
            if (pair !== path)
              return await readPair(files, path, partner, (direction, file, text) =>
                wholeFile(direction, file, text, 'run'),
              )
            const text = await textOf(files, path)
            if (typeof text !== 'string') return [text]
            const scripts = divide(path, text)
            return 'up' in scripts ? scripts : [scripts]
          },
        }
      })
    const strangers = inFolder.filter((path) => /\.sql$/i.test(path) && !isMigration(path))
    return await history({
      tool: 'node-pg-migrate',
      directory,
      folders: [directory],
      hasDowngrades: true,
      steps,
      notChecked: [
        ...passedOver(
          files,
          strangers,
          () => 'node-pg-migrate expects a number at the beginning of the name, such as 1706700000000_add-email.sql.',
        ),
        ...passedOver(
          files,
          [...downs],
          (path) =>
            `It takes back a migration that is not there: expected ${baseName(path).replace(/down\.sql$/, 'up.sql')} beside it.`,
        ),
      ],
      files,
    })
  },
}

function isMigration(path: string): boolean {
  return sql.test(baseName(path)) || program.test(baseName(path))
}

/** The sections may stand in either order; all pending migrations are one transaction unless the tool is told otherwise. */
function divide(file: string, text: string) {
  const upAt = text.search(up)
  const downAt = text.search(down)
  if (upAt < 0 && downAt >= 0)
    return refused(
      file,
      text,
      downAt,
      'node-pg-migrate runs the whole file as the upgrade, its downgrade too. Expected the line “-- Up Migration” before the upgrade.',
    )
  const script = (direction: Direction, start: number, end: number): Script => ({
    direction,
    file,
    at: placeOf(file, text, start),
    fragments: [fragment(file, text, start, end)],
    transaction: 'run',
  })
  return {
    up: script('up', Math.max(0, upAt), downAt > upAt ? downAt : text.length),
    down: downAt < 0 ? undefined : script('down', downAt, upAt > downAt ? upAt : text.length),
  }
}

/** By the number, in which 17 digits are a date and time, then by the names as a person would sort them. */
function inOrder(a: string, b: string): number {
  const collator = { numeric: true, sensitivity: 'variant', ignorePunctuation: true } as const
  return timeOf(a) - timeOf(b) || a.localeCompare(b, undefined, collator) || byText(a, b)
}

function timeOf(name: string): number {
  const digits = /^\d+/.exec(name)?.[0] ?? ''
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(digits)
  if (!parts) return Number(digits)
  const [, year, month, day, hour, minute, second, millisecond] = parts
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`)
}
