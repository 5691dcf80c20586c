import { posix } from 'node:path'
import { crc32 } from 'node:zlib'
import type { VersionDrift } from '../../model/dry-run.ts'
import { type Applied, edited, type Repository, unknown, type VersionReader, type VersionRow } from './reader.ts'

/**
 * https://documentation.red-gate.com/fd/flyway-schema-history-table-273973417.html: a row for each run; undone or deleted where a later one
 * of the same version says so; a baseline stands for every version up to its own.
 */
export const flyway: VersionReader = {
  tables: ['flyway_schema_history'],
  columns: ['installed_rank', 'version', 'description', 'type', 'script', 'checksum', 'success'],
  order: ['installed_rank'],
  late: 'refuses',
  refuses: ['unknown', 'edited'],
  async read(rows, repository): Promise<Applied> {
    const standing = new Map<string, VersionRow>()
    for (const row of rows) {
      if (row.type === 'SCHEMA') continue
      const key = row.version === null ? `R__${row.description ?? ''}` : versionKey(row.version ?? '')
      standing.delete(key)
      if (row.type !== 'DELETE' && !row.type?.startsWith('UNDO')) standing.set(key, row)
    }
    const baseline = [...standing.values()].find(({ type }) => type?.includes('BASELINE'))?.version ?? undefined
    const script = repository.migrations.find(({ file }) => posix.basename(file).startsWith('B'))
    const ids = new Set<string>()
    const drift: VersionDrift[] = []
    const applied: string[] = []
    for (const [key, row] of standing) {
      const name = row.version ?? `R__${(row.description ?? '').replaceAll(' ', '_')}`
      if (row.success !== 'true') {
        drift.push({
          kind: 'failed',
          version: name,
          message: `${name} is marked as failed. Flyway refuses to run until staging is mended and the row is gone (flyway repair).`,
        })
        continue
      }
      applied.push(name)
      if (row.type?.includes('BASELINE')) continue
      // The repository's baseline script is not for this database, and hides what it stands for.
      if (script && row.version && compareVersions(row.version, script.id) <= 0) {
        ids.add(script.id)
        const file = posix.join(repository.directory, row.script ?? '')
        if ((await repository.bytes(file)) === undefined) drift.push(unknown(name))
        else if (!(await hasChecksum(repository, file, row.checksum))) drift.push(edited(name))
        continue
      }
      const migration = repository.migrations.find(({ id, isRepeatable }) =>
        isRepeatable ? id.replaceAll('_', ' ') === key.replaceAll('_', ' ') : versionKey(id) === key,
      )
      if (!migration) {
        drift.push(unknown(name))
        continue
      }
      const isSame = await hasChecksum(repository, migration.file, row.checksum)
      // A repeatable one with another text is to run again, as it is meant to be.
      if (isSame || !migration.isRepeatable) ids.add(migration.id)
      if (!isSame && !migration.isRepeatable) drift.push(edited(name))
    }
    if (baseline !== undefined)
      for (const { id, isRepeatable } of repository.migrations)
        if (!isRepeatable && compareVersions(id, baseline) <= 0) ids.add(id)
    const versions = applied.filter((name) => !name.startsWith('R__'))
    return { applied, current: versions.sort(compareVersions).slice(-1), ids, drift }
  },
}

/** `1.0` and `1` are one version. */
function versionKey(version: string): string {
  return version
    .replaceAll('_', '.')
    .replace(/(^|\.)0+(?=\d)/g, '$1')
    .replace(/(?:\.0)+$/, '')
}

/** As Flyway orders versions: by their numbers, part by part. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((each) => versionKey(each).split('.').map(Number)) as [number[], number[]]
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = (left[i] ?? 0) - (right[i] ?? 0)
    if (order !== 0) return order
  }
  return 0
}

async function hasChecksum({ bytes }: Repository, file: string, checksum: string | null | undefined): Promise<boolean> {
  const text = await bytes(file)
  if (text === undefined || checksum === null || checksum === undefined) return true
  return String(checksumOf(text.toString())) === checksum
}

/** Of the lines, without what ends them: so that a checkout with other line ends is the same file. A signed number of 32 bits. */
function checksumOf(text: string): number {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines.reduce((sum, each) => crc32(each, sum), 0) | 0
}
