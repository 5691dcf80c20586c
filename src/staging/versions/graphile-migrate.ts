import { createHash } from 'node:crypto'
import type { VersionDrift } from '../../model/dry-run.ts'
import { byRows, edited, named, type VersionReader } from './reader.ts'

/**
 * https://github.com/graphile/migrate: each row has the hash that stands in the head of the file. What runs is what has a later name
 * than the newest row.
 */
export const graphileMigrate: VersionReader = {
  tables: ['migrations'],
  schema: 'graphile_migrate',
  besides: ['current'],
  columns: ['filename', 'hash'],
  order: ['filename'],
  late: undefined,
  refuses: [],
  async read(rows, repository) {
    const found = rows.map((row) => ({ ...named(row, 'filename', repository), hash: row.hash }))
    const drift: VersionDrift[] = []
    for (const { id, version, hash } of found) {
      const file = repository.migrations.find((migration) => migration.id === id)?.file
      const text = file === undefined ? undefined : await repository.bytes(file)
      if (text && hash && !hashesOf(text.toString()).every((each) => each === hash)) drift.push(edited(version))
    }
    const last = rows.at(-1)?.filename ?? ''
    const skipped = repository.migrations.filter(({ id }) => id < last && !found.some((row) => row.id === id))
    return { ...byRows(found, drift), skipped: new Set(skipped.map(({ id }) => id)) }
  },
}

/** The one in the head, and that of the text where the head does not say that it is another one: `calculateHash` in its `hash.ts`. */
function hashesOf(file: string): string[] {
  const lines = file.split(/\r?\n/)
  const end = lines.findIndex((line) => !/^--! [A-Z]\w*(?::.*)?$/.test(line))
  const head = new Map(
    lines.slice(0, end).map((line) => {
      const [, key = '', value = ''] = /^--! (\w+):?(.*)$/.exec(line) ?? []
      return [key, value.trim()] as const
    }),
  )
  const written = head.get('Hash') ?? ''
  if (head.has('AllowInvalidHash')) return [written]
  const previous = head.get('Previous') === '-' ? '' : (head.get('Previous') ?? '')
  const hashed = `${`${previous}\n${lines.slice(end).join('\n').trim()}`.trim()}\n`
  return [written, `sha1:${createHash('sha1').update(hashed).digest('hex')}`]
}
