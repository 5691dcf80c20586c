import type { Direction, Script } from '../model/migration.ts'
import type { NotChecked } from '../model/result.ts'
import { baseName, type Files, folderOf, inside, isBelow } from './files.ts'
import { byText, history, passedOver, readPair, textOf } from './history.ts'
import { type Fit, type Layout, textOrNothing } from './layout.ts'
import { isBlank } from './statements.ts'
import { fragment, lines, placeOf } from './text.ts'

const name = /^(\d+)(?:-[\w-]*)?\.sql$/
const header = /^--! (?:Previous|Hash):/m

/** graphile-migrate, https://github.com/graphile/migrate: `committed/`, each file in a transaction, never back; `current.sql` is a draft. */
export const graphileMigrate: Layout = {
  tool: 'graphile-migrate',
  expected: 'files such as migrations/committed/000001-create-users.sql, and migrations/current.sql',

  async find(files, isAsked) {
    const fits: Fit[] = []
    for (const folder of files.folders.filter((path) => baseName(path) === 'committed')) {
      const taken = files.inFolder(folder).filter((path) => name.test(baseName(path)))
      const first = taken[0]
      if (first === undefined) continue
      if (isAsked || header.test(await textOrNothing(files, first)))
        fits.push({
          directory: folderOf(folder),
          folders: [folder, inside(folderOf(folder), 'current')],
          certainty: 'sure',
        })
    }
    return fits
  },

  owns: (path, directory) =>
    path === inside(directory, 'current.sql') ||
    (isBelow(path, directory) &&
      folderOf(folderOf(path)) === directory &&
      /\/(?:committed|current)\/[^/]*\.sql$/.test(path)),

  nearly: (path) =>
    /(?:^|\/)committed\/[^/]+\.sql$/i.test(path)
      ? 'a number, such as 000003-add-email.sql, and the headers that committing writes'
      : undefined,

  async read(directory, files) {
    const folder = inside(directory, 'committed')
    const inFolder = files.inFolder(folder).filter((path) => /\.sql$/i.test(path))
    const taken = inFolder.filter((path) => name.test(baseName(path)))
    const numberOf = (path: string) => name.exec(baseName(path))?.[1] ?? ''
    return await history({
      tool: 'graphile-migrate',
      directory,
      folders: [directory, folder],
      hasDowngrades: false,
      steps: taken
        .sort((a, b) => byText(numberOf(a), numberOf(b)))
        .map((file) => ({
          id: `${numberOf(file)}.sql`,
          name: baseName(file).replace(/\.sql$/, ''),
          file,
          read: () => readPair(files, file, undefined, script),
        })),
      notChecked: [
        ...passedOver(
          files,
          inFolder.filter((path) => !taken.includes(path)),
          () =>
            'graphile-migrate does not run it, because of its name: expected a number, such as 000003-add-email.sql.',
        ),
        ...(await drafts(directory, files)),
      ],
      files,
    })
  },
}

function script(direction: Direction, file: string, text: string): Script | NotChecked {
  let body = 0
  for (const line of lines(text)) {
    if (!/^--! [A-Z]\w*(?::.*)?$/.test(line.text)) break
    body = line.next
  }
  if (!header.test(text.slice(0, body)))
    return {
      what: file,
      why: 'graphile-migrate refuses it: expected the headers “--! Previous:” and “--! Hash:” that committing writes.',
    }
  const first = text.slice(body).trimStart().split('\n')[0] ?? ''
  return {
    direction,
    file,
    at: placeOf(file, text, 0),
    fragments: [fragment(file, text, body)],
    transaction: /^--!\s*no-transaction\b/.test(first) ? 'query' : 'script',
  }
}

/** The current migration is run again at each change of it, in development only. */
async function drafts(directory: string, files: Files): Promise<NotChecked[]> {
  const changed = [inside(directory, 'current.sql'), ...files.inFolder(inside(directory, 'current'))].filter(
    (path) => files.has(path) && /\.sql$/i.test(path) && files.statusOf(path) !== 'base',
  )
  const told: NotChecked[] = []
  for (const path of changed) {
    const text = await textOf(files, path)
    if (typeof text !== 'string') told.push(text)
    else if (!isBlank(text))
      told.push({
        what: path,
        why: 'It is graphile-migrate’s current migration, which is not a part of the history yet. It is checked when it is committed (graphile-migrate commit).',
      })
  }
  return told
}
