import type { Direction, Script } from '../model/migration.ts'
import type { NotChecked } from '../model/result.ts'
import type { Journal } from './drizzle-journal.ts'
import { baseName, type Files, folderOf, inside, isBelow } from './files.ts'
import { history, passedOver, readPair, type Step, textOf } from './history.ts'
import type { Fit, Layout } from './layout.ts'
import { fragment, placeOf } from './text.ts'

const journalFile = 'meta/_journal.json'
const breakpoint = '--> statement-breakpoint'

/**
 * Drizzle, https://orm.drizzle.team/docs/migrations: what is pending runs in one transaction, in the order of `meta/_journal.json`;
 * in version 1, a folder for each migration, in the order of their names. It never goes back.
 */
export const drizzle: Layout = {
  tool: 'drizzle',
  expected: 'files such as 0000_create_users.sql, listed in meta/_journal.json',

  async find(files, isAsked) {
    const fits: Fit[] = []
    for (const path of files.paths) {
      if (!path.endsWith(`/${journalFile}`) && path !== journalFile) continue
      const directory = folderOf(folderOf(path))
      const journal = await readJournal(files, path)
      if (isAsked || 'why' in journal || /^(?:pg|postgresql)$/.test(journal.dialect ?? 'pg'))
        fits.push({ directory, folders: [directory], certainty: 'sure' })
    }
    for (const directory of new Set(snapshots(files).map((folder) => folderOf(folder))))
      fits.push({ directory, folders: [directory], certainty: 'sure' })
    return fits
  },

  owns: (path, directory) =>
    (folderOf(path) === directory && /\.sql$/i.test(path)) ||
    path === inside(directory, journalFile) ||
    (isBelow(path, directory) && folderOf(folderOf(path)) === directory && baseName(path) === 'migration.sql'),

  nearly: (path) => (/(?:^|\/)meta\/\d+_snapshot\.json$/.test(path) ? '_journal.json beside it' : undefined),

  async read(directory, files) {
    const path = inside(directory, journalFile)
    const journal = files.has(path) ? await readJournal(files, path) : undefined
    const isBroken = journal !== undefined && 'why' in journal
    const entries = isBroken
      ? []
      : (journal?.entries.map(({ tag }) => [tag, `${tag}.sql`] as const) ?? foldersIn(directory, files))
    const steps = entries.map(([id, name]) => step(files, id, inside(directory, name)))
    const listed = new Set(steps.map(({ file }) => file))
    const strangers = files.inFolder(directory).filter((file) => /\.sql$/i.test(file) && !listed.has(file))
    return await history({
      tool: 'drizzle',
      directory,
      folders: [directory, ...steps.map(({ file }) => folderOf(file))],
      hasDowngrades: false,
      hasGaps: isBroken,
      steps,
      notChecked: [
        ...(isBroken ? [journal] : []),
        ...(journal && !isBroken ? outOfTime(directory, journal, files) : []),
        ...passedOver(files, strangers, () => `Drizzle does not run it: expected an entry for it in ${journalFile}.`),
      ],
      files,
    })
  },
}

function step(files: Files, id: string, file: string): Step {
  return {
    id,
    name: id,
    file,
    read: async () =>
      files.has(file)
        ? await readPair(files, file, undefined, script)
        : [{ what: file, why: `It is in ${journalFile}, and the file is not there.` }],
  }
}

function script(direction: Direction, file: string, text: string): Script {
  const starts = [0]
  for (let at = text.indexOf(breakpoint); at >= 0; at = text.indexOf(breakpoint, at + 1))
    starts.push(at + breakpoint.length)
  const ends = [...starts.slice(1).map((start) => start - breakpoint.length), text.length]
  const fragments = starts.map((start, i) => fragment(file, text, start, ends[i]))
  return { direction, file, at: placeOf(file, text, 0), fragments, transaction: 'run' }
}

async function readJournal(files: Files, path: string): Promise<Journal | NotChecked> {
  const text = await textOf(files, path)
  if (typeof text !== 'string') return text
  // Loaded where there is a journal: it comes with a library that takes longer than most histories.
  const { journalIn } = await import('./drizzle-journal.ts')
  return (
    journalIn(text) ?? {
      what: path,
      why: 'Drizzle’s journal cannot be read. Expected JSON with entries that have a tag and a time.',
    }
  )
}

/** Drizzle runs the entries whose time is after that of the last one that the database has. */
function outOfTime(directory: string, { entries }: Journal, files: Files): NotChecked[] {
  return entries.flatMap(({ tag, when }, i): NotChecked[] => {
    const file = inside(directory, `${tag}.sql`)
    const later = entries.slice(0, i).find((entry) => entry.when >= when)
    if (!later || files.statusOf(file) === 'base') return []
    const why = `Its time in ${journalFile} is not after that of ${later.tag}, so Drizzle passes over it on a database that has that one. Give it a later time: generate it again.`
    return [{ what: file, why }]
  })
}

/** The folders that have a snapshot beside their migration, as version 1 writes them. */
function snapshots(files: Files): string[] {
  return files.paths
    .filter((path) => baseName(path) === 'snapshot.json' && files.has(inside(folderOf(path), 'migration.sql')))
    .map(folderOf)
    .filter((folder) => folder !== '')
}

/** Version 1 takes every folder with a migration in it, with a snapshot or without. */
function foldersIn(directory: string, files: Files): (readonly [string, string])[] {
  return files.folders
    .filter((folder) => folder !== '' && folderOf(folder) === directory && files.has(inside(folder, 'migration.sql')))
    .map(baseName)
    .sort((a, b) => a.localeCompare(b, 'en'))
    .map((name) => [name, `${name}/migration.sql`] as const)
}
