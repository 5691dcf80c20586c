import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { VersionDrift } from '../../model/dry-run.ts'
import { type Applied, edited, type Repository, unknown, type VersionReader } from './reader.ts'

/**
 * https://orm.drizzle.team/docs/migrations: each row has the time of its entry in the journal and the SHA-256 of its file. What runs is
 * what has a later time than the newest row. In version 1 the time is in the name of the folder.
 */
export const drizzle: VersionReader = {
  tables: ['__drizzle_migrations'],
  schema: 'drizzle',
  columns: ['hash', 'created_at'],
  order: ['created_at', 'id'],
  late: 'skips',
  refuses: [],
  async read(rows, repository): Promise<Applied> {
    const times = await timesOf(repository)
    const byTime = new Map([...times].map(([id, time]) => [time, id]))
    const applied: string[] = []
    const drift: VersionDrift[] = []
    for (const { created_at: at, hash } of rows) {
      const id = byTime.get(Number(at))
      applied.push(id ?? `the one of ${new Date(Number(at)).toISOString()}`)
      if (id === undefined) drift.push(unknown(applied.at(-1) ?? ''))
      else if (await isOther(repository, id, hash)) drift.push(edited(id))
    }
    const newest = Number(rows.at(-1)?.created_at ?? Number.NEGATIVE_INFINITY)
    return {
      applied,
      current: applied.slice(-1),
      ids: new Set(rows.flatMap(({ created_at: at }) => byTime.get(Number(at)) ?? [])),
      drift,
      late: new Set([...times].flatMap(([id, time]) => (time <= newest ? id : []))),
    }
  },
}

async function timesOf({ migrations, directory, bytes }: Repository): Promise<Map<string, number>> {
  const journal = await bytes(posix.join(directory, 'meta/_journal.json'))
  const entries = journal
    ? (JSON.parse(journal.toString()) as { entries: { tag: string; when: number }[] }).entries
    : []
  const written = new Map(entries.map(({ tag, when }) => [tag, when]))
  return new Map(
    migrations.flatMap(({ id }) => {
      const time = written.get(id) ?? stamp(id)
      return time === undefined ? [] : [[id, time] as const]
    }),
  )
}

/** `20240131120000_name` → milliseconds */
function stamp(name: string): number | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)_/.exec(name) ?? []
  return year === undefined ? undefined : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

async function isOther(
  { migrations, bytes }: Repository,
  id: string,
  hash: string | null | undefined,
): Promise<boolean> {
  const file = migrations.find((migration) => migration.id === id)?.file
  const text = file === undefined ? undefined : await bytes(file)
  return text !== undefined && Boolean(hash) && createHash('sha256').update(text).digest('hex') !== hash
}
