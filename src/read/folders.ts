import type { Script, Tool } from '../model/migration.ts'
import { baseName, type Files, folderOf, inside, isBelow } from './files.ts'
import { byNumber, byText, history, passedOver, readPair, type Step } from './history.ts'
import { type Fit, type Layout, mentions, textOrNothing } from './layout.ts'
import { wholeFile } from './text.ts'

interface Options {
  readonly tool: Tool
  readonly expected: string
  readonly up: string
  /** The folders that the tool takes; the first group is the number. */
  readonly name: RegExp
  readonly nameExpected: string
  readonly hasDowngrades: boolean
  readonly certainty: (
    files: Files,
    directory: string,
    names: readonly string[],
  ) => Promise<Fit['certainty'] | undefined>
  readonly id: (name: string) => string
  readonly order: (a: string, b: string) => number
  /** The file beside the scripts that says how they are run. */
  readonly settings?: string
  readonly transactionOf: (settings: string) => Script['transaction']
  /** It does not run at all while a folder has no upgrade. */
  readonly refusesOtherFolders?: boolean
}

/** Tools that give each migration a folder of its own. */
function foldered(options: Options): Layout {
  const { tool, expected, up, name, nameExpected, hasDowngrades, certainty, id, order, settings } = options
  const scripts = [up, 'down.sql', ...(settings ? [settings] : [])]
  return {
    tool,
    expected,

    async find(files, isAsked) {
      const fits: Fit[] = []
      const found = files.folders.filter((folder) => folder !== '' && files.has(inside(folder, up)))
      for (const directory of new Set(found.map(folderOf))) {
        const folders = found.filter((folder) => folderOf(folder) === directory && name.test(baseName(folder)))
        if (folders.length === 0) continue
        const sure = isAsked ? 'sure' : await certainty(files, directory, folders.map(baseName))
        if (sure) fits.push({ directory, folders: [directory, ...folders], certainty: sure })
      }
      return fits
    },

    owns: (path, directory) =>
      isBelow(path, directory) && folderOf(folderOf(path)) === directory && scripts.includes(baseName(path)),

    nearly(path, files) {
      if (baseName(path) !== up) return undefined
      if (!name.test(baseName(folderOf(path)))) return `for its folder ${nameExpected}`
      // A lock that is there names another database.
      return files.has(inside(folderOf(folderOf(path)), 'migration_lock.toml')) ? undefined : expected
    },

    async read(directory, files) {
      const below = files.folders.filter((folder) => folder !== '' && folderOf(folder) === directory)
      const folders = below.filter((folder) => files.has(inside(folder, up)))
      const taken = folders.filter((folder) => name.test(baseName(folder)))
      const steps = taken
        .sort((a, b) => order(baseName(a), baseName(b)))
        .map((folder): Step => {
          const [downFile, settingsFile] = ['down.sql', settings].map((file) =>
            file && files.has(inside(folder, file)) ? inside(folder, file) : undefined,
          )
          return {
            id: id(baseName(folder)),
            name: baseName(folder),
            file: inside(folder, up),
            others: [downFile, settingsFile].flatMap((path) => path ?? []),
            async read() {
              const said = settingsFile ? await textOrNothing(files, settingsFile) : ''
              const transaction = options.transactionOf(said)
              return await readPair(files, inside(folder, up), downFile, (direction, path, text) =>
                wholeFile(direction, path, text, transaction),
              )
            },
          }
        })
      const misnamed = folders.filter((folder) => !taken.includes(folder)).map((folder) => inside(folder, up))
      const others = options.refusesOtherFolders ? below.filter((folder) => !folders.includes(folder)) : []
      const alone = (options.refusesOtherFolders ? [] : below)
        .map((folder) => inside(folder, 'down.sql'))
        .filter((path) => files.has(path) && !files.has(inside(folderOf(path), up)))
      return await history({
        tool,
        directory,
        folders: [directory, ...taken],
        hasDowngrades,
        steps,
        notChecked: [
          ...others.map((what) => ({ what, why: `${tool} refuses to run: there is no ${up} in this folder.` })),
          ...passedOver(files, misnamed, () => `${tool} expects another name for the folder: ${nameExpected}.`),
          ...passedOver(files, alone, () => `It takes back a migration that is not there: expected ${up} beside it.`),
        ],
        files,
      })
    },
  }
}

/** The digits before the first underscore. */
function stamp(name: string): string {
  return (name.split('_')[0] ?? '').replaceAll('-', '')
}

/** diesel, https://diesel.rs/guides/getting-started and `diesel_migrations`: a script is one query, in a transaction or not. */
export const diesel = foldered({
  tool: 'diesel',
  expected: 'folders such as 2024-01-31-120000_create_users/ with up.sql and down.sql',
  up: 'up.sql',
  name: /^\d[\d-]*_./,
  nameExpected: 'a time and a name, such as 2024-01-31-120000_add_email',
  hasDowngrades: true,
  async certainty(files, directory, names) {
    if (names.some((name) => name === '00000000000000_diesel_initial_setup')) return 'sure'
    const isNamed =
      (await mentions(files, directory, 'Cargo.toml', /^\s*(?:diesel\b.*=|\[.*dependencies\.diesel\])/m)) ||
      files.paths.some((path) => baseName(path) === 'diesel.toml' && isBelow(directory, folderOf(path)))
    if (isNamed) return 'sure'
    return names.every((name) => stamp(name).length === 13) ? undefined : 'likely'
  },
  id: stamp,
  order: (a, b) => byText(stamp(a), stamp(b)),
  settings: 'metadata.toml',
  transactionOf: (settings) => (/^[ \t]*run_in_transaction[ \t]*=[ \t]*false\b/m.test(settings) ? 'query' : 'script'),
})

/** Hasura, https://hasura.io/docs/2.0/migrations-metadata-seeds/manage-migrations/: stamps are milliseconds. */
export const hasura = foldered({
  tool: 'hasura',
  expected: 'folders such as 1706700000000_create_users/ with up.sql and down.sql',
  up: 'up.sql',
  name: /^\d+_./,
  nameExpected: 'a time in milliseconds and a name, such as 1706700000000_add_email',
  hasDowngrades: true,
  async certainty(files, directory, names) {
    const above = files.paths.filter((path) => baseName(path) === 'config.yaml' && isBelow(directory, folderOf(path)))
    for (const path of above)
      if (/^(?:metadata_directory|endpoint|migrations_directory):/m.test(await textOrNothing(files, path)))
        return 'sure'
    return names.every((name) => stamp(name).length === 13) ? 'likely' : undefined
  },
  id: (name) => String(BigInt(stamp(name))),
  order: (a, b) => byNumber(stamp(a), stamp(b)),
  transactionOf: () => 'script',
})

/**
 * Prisma, https://www.prisma.io/docs/orm/prisma-migrate: a file is one query. It never goes back; a down.sql that somebody wrote
 * beside it, as the manual describes, counts.
 */
export const prisma = foldered({
  tool: 'prisma',
  expected: 'folders such as 20240131120000_create_users/ with migration.sql, beside migration_lock.toml',
  up: 'migration.sql',
  name: /./,
  nameExpected: 'a time and a name, such as 20240131120000_add_email',
  hasDowngrades: false,
  async certainty(files, directory, names) {
    const lock = inside(directory, 'migration_lock.toml')
    if (!files.has(lock))
      return names.every((name) => /^\d{4}/.test(name) && !files.has(inside(inside(directory, name), 'snapshot.json')))
        ? 'likely'
        : undefined
    const provider = /^[ \t]*provider[ \t]*=[ \t]*"([^"]*)"/m.exec(await textOrNothing(files, lock))?.[1]
    return provider === undefined || /^(?:postgres(?:ql)?|cockroachdb)$/.test(provider) ? 'sure' : undefined
  },
  id: (name) => name,
  order: (a, b) => a.localeCompare(b, 'en'),
  transactionOf: () => 'query',
  refusesOtherFolders: true,
})
