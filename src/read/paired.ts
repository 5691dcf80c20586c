import type { Direction, Script, Tool } from '../model/migration.ts'
import { baseName, type Files, folderOf } from './files.ts'
import { byNumber, byText, history, passedOver, readPair, type Step } from './history.ts'
import { conventional, type Fit, type Layout, mentions } from './layout.ts'
import { wholeFile } from './text.ts'

/** `1_create_users.up.sql`, and what sqlx calls simple: `1_create_users.sql`. */
const named = /^(\d+)_(.*?)(?:\.(up|down))?\.sql$/s

interface NumberedFile {
  readonly path: string
  readonly number: string
  readonly direction: Direction
  readonly isPaired: boolean
}

function describe(path: string): NumberedFile | undefined {
  const [, number, , direction] = named.exec(baseName(path)) ?? []
  if (number === undefined) return undefined
  return {
    path,
    number: number.replace(/^0+(?=\d)/, ''),
    direction: direction === 'down' ? 'down' : 'up',
    isPaired: direction !== undefined,
  }
}

/** Tools that pair files by number. */
function paired(options: {
  tool: Tool
  expected: string
  nearly?: Layout['nearly']
  /** Whether the tool takes this file. */
  takes: (file: NumberedFile) => boolean
  certainty: (files: Files, folder: string, known: readonly NumberedFile[]) => Promise<Fit['certainty'] | undefined>
  transactionOf: (text: string) => Script['transaction']
}): Layout {
  const { tool, expected, nearly, takes, certainty, transactionOf } = options
  const known = (paths: readonly string[]) =>
    paths.flatMap((path) => {
      const file = describe(path)
      return file ? [file] : []
    })
  return {
    tool,
    expected,

    async find(files, isAsked) {
      const fits: Fit[] = []
      for (const directory of files.folders) {
        const found = known(files.inFolder(directory))
        if (!found.some((file) => file.direction === 'up' && takes(file))) continue
        const sure = isAsked ? 'sure' : await certainty(files, directory, found)
        if (sure) fits.push({ directory, folders: [directory], certainty: sure })
      }
      return fits
    },

    owns: (path, directory) => folderOf(path) === directory && /\.sql$/i.test(path),

    ...(nearly ? { nearly } : {}),

    async read(directory, files) {
      const inFolder = files.inFolder(directory)
      const taken = known(inFolder).filter(takes)
      const ups = taken.filter((file) => file.direction === 'up')
      ups.sort((a, b) => byNumber(a.number, b.number) || byText(a.path, b.path))
      const downs = new Map<string, NumberedFile>()
      const twins: NumberedFile[] = []
      for (const file of taken.filter((each) => each.direction === 'down')) {
        if (downs.has(file.number)) twins.push(file)
        else downs.set(file.number, file)
      }
      const hasDowngrades = tool === 'golang-migrate' || downs.size > 0
      const steps = ups.map((file): Step => {
        const down = downs.get(file.number)
        downs.delete(file.number)
        return {
          id: file.number,
          name: baseName(file.path).replace(/(?:\.up)?\.sql$/, ''),
          file: file.path,
          others: down ? [down.path] : [],
          read: () =>
            readPair(files, file.path, down?.path, (direction, path, text) =>
              wholeFile(direction, path, text, transactionOf(text)),
            ),
        }
      })
      const strangers = inFolder.filter((path) => /\.sql$/i.test(path) && !taken.some((file) => file.path === path))
      return await history({
        tool,
        directory,
        folders: [directory],
        hasDowngrades,
        steps,
        notChecked: [
          ...passedOver(
            files,
            strangers,
            (path) => `${tool} does not run it, because of its name: expected ${better(path)}.`,
          ),
          ...passedOver(
            files,
            [...downs.values()].map(({ path }) => path),
            (path) =>
              `It takes back a migration that is not there: expected ${baseName(path).replace(/down\.sql$/, 'up.sql')} beside it.`,
          ),
          ...passedOver(
            files,
            twins.map(({ path }) => path),
            () => 'It takes back a migration that another file takes back too. Expected one .down.sql for each number.',
          ),
        ],
        files,
      })
    },
  }
}

/** What a file should have been called. */
function better(path: string): string {
  const name = baseName(path).replace(/[._-]?(?:up|down)?\.sql$/i, '')
  const [, number = '003', rest = ''] = /^[vV]?(\d+)[._-]*(.*)$/.exec(name) ?? ['', undefined, name]
  const base = `${number}_${rest || 'add_email'}`
  return `${base}.up.sql, and ${base}.down.sql for the way back`
}

/**
 * golang-migrate, https://github.com/golang-migrate/migrate: each file is one query (`x-multi-statement` is not known here). What it
 * does was tried, test/read/tools.test.ts.
 */
export const golangMigrate = paired({
  tool: 'golang-migrate',
  expected: 'files such as 1_create_users.up.sql with 1_create_users.down.sql',
  nearly: (path) =>
    /\.(?:up|down)\.sql$/i.test(path) && describe(path)?.direction !== 'up' ? better(path) : undefined,
  takes: (file) => file.isPaired,
  certainty: async (files, folder, known) => {
    const ups = known.filter((file) => file.direction === 'up')
    // In a folder of plain files, one that ends with .up.sql is the stranger.
    if (ups.filter((file) => file.isPaired).length * 2 < ups.length) return undefined
    const isNamed = await mentions(files, folder, 'go.mod', /\bgolang-migrate\/migrate\b/)
    return isNamed ? 'named' : 'likely'
  },
  transactionOf: () => 'query',
})

/** sqlx, https://docs.rs/sqlx/latest/sqlx/migrate/trait.MigrationSource.html: a file is one query, in a transaction or not. */
export const sqlx = paired({
  tool: 'sqlx',
  expected:
    'files such as 20240131120000_create_users.up.sql with 20240131120000_create_users.down.sql, or 20240131120000_create_users.sql alone',
  takes: () => true,
  certainty: async (files, folder) => {
    const isConventional = conventional.test(baseName(folder))
    return isConventional &&
      (await mentions(files, folder, 'Cargo.toml', /^\s*(?:sqlx\b.*=|\[.*dependencies\.sqlx\])/m))
      ? 'named'
      : undefined
  },
  transactionOf: (text) => (text.startsWith('-- no-transaction') ? 'query' : 'script'),
})
