import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { VersionDrift } from '../../model/dry-run.ts'
import { type Applied, edited, type Repository, unknown, type VersionReader, type VersionRow } from './reader.ts'

/**
 * https://orm.drizzle.team/docs/migrations: each row has the time of its entry in the journal and the SHA-256 of its file. What runs is
 * what has a later time than the newest row. Version 1 has no journal: the time is in the name of the folder, to the second, and the
 * rows have that name. What runs is what has no row. It names the rows of a table of before when it first runs (its `up-migrations`).
 */
export const drizzle: VersionReader = {
  tables: ['__drizzle_migrations'],
  schema: 'drizzle',
  columns: ['hash', 'created_at'],
  order: ['created_at', 'id'],
  late: 'runs',
  refuses: [],
  async read(rows, repository): Promise<Applied> {
    const journal = await repository.bytes(posix.join(repository.directory, 'meta/_journal.json'))
    // A journal that cannot be read is told by the reader of the project.
    if (repository.migrations.length === 0 && journal) return { applied: [], current: [], ids: new Set(), drift: [] }
    const entries = await entriesOf(repository, journal)
    const applied: string[] = []
    const ids = new Set<string>()
    const drift: VersionDrift[] = []
    for (const row of rows) {
      const entry = journal ? entries.find(({ time }) => time === Number(row.created_at)) : entryOf(row, entries)
      const version = entry?.id ?? row.name ?? `the one of ${new Date(Number(row.created_at)).toISOString()}`
      applied.push(version)
      if (!entry) drift.push(unknown(version))
      else {
        ids.add(entry.id)
        if (row.hash && entry.hash !== undefined && entry.hash !== row.hash) drift.push(edited(version))
      }
    }
    const newest = Number(rows.at(-1)?.created_at ?? Number.NEGATIVE_INFINITY)
    const skipped = journal ? entries.filter(({ id, time }) => !ids.has(id) && time <= newest) : []
    return { applied, current: applied.slice(-1), ids, drift, skipped: new Set(skipped.map(({ id }) => id)) }
  },
}

interface Entry {
  readonly id: string
  /** Milliseconds. */
  readonly time: number
  readonly hash: string | undefined
}

async function entriesOf({ migrations, bytes }: Repository, journal: Buffer | undefined): Promise<Entry[]> {
  const listed = journal ? (JSON.parse(journal.toString()) as { entries: { tag: string; when: number }[] }).entries : []
  const times = new Map(listed.map(({ tag, when }) => [tag, when]))
  const entries: Entry[] = []
  for (const { id, file } of migrations) {
    const text = await bytes(file)
    const hash = text && createHash('sha256').update(text).digest('hex')
    entries.push({ id, time: times.get(id) ?? stamp(id), hash })
  }
  return entries
}

/** As version 1 finds them. */
function entryOf({ name, created_at: at, hash }: VersionRow, entries: readonly Entry[]): Entry | undefined {
  if (name) return entries.find(({ id }) => id === name)
  const second = entries.filter(({ time }) => time === Math.floor(Number(at) / 1000) * 1000)
  if (second.length === 1) return second[0]
  return (second.length > 0 ? second : entries).find((entry) => entry.hash === hash)
}

/** `20240131120000_name` → milliseconds */
function stamp(name: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(name) ?? []
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}
