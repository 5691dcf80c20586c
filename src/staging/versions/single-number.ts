import type { VersionDrift } from '../../model/dry-run.ts'
import { type Applied, type Repository, sameNumber, unknown, type VersionReader } from './reader.ts'

/** golang-migrate keeps one number, and whether the migration with it was left half done. https://github.com/golang-migrate/migrate */
export const golangMigrate: VersionReader = {
  tables: ['schema_migrations'],
  columns: ['version', 'dirty'],
  order: ['version'],
  late: undefined,
  read(rows, repository) {
    const [row] = rows
    if (!row) return upTo(undefined, repository)
    const version = row.version ?? ''
    const found = upTo(version, repository)
    if (row.dirty !== 'true') return found
    const failed: VersionDrift = {
      kind: 'failed',
      version,
      message: `${version} is marked as dirty: it was begun and did not end. golang-migrate refuses to run until somebody has mended staging and said so (migrate force).`,
    }
    return { ...found, drift: [...found.drift, failed] }
  },
}

/** tern keeps the number of the last one. https://github.com/jackc/tern */
export const tern: VersionReader = {
  tables: ['schema_version'],
  columns: ['version'],
  order: ['version'],
  late: undefined,
  read: (rows, repository) => upTo(rows[0]?.version === '0' ? undefined : (rows[0]?.version ?? undefined), repository),
}

/** All up to this number. */
function upTo(version: string | undefined, { migrations }: Repository): Applied {
  if (version === undefined || !/^\d+$/.test(version)) return { applied: [], current: [], ids: new Set(), drift: [] }
  const before = migrations.filter(({ id }) => /^\d+$/.test(id) && BigInt(id) <= BigInt(version))
  return {
    applied: [version],
    current: [version],
    ids: new Set(before.map(({ id }) => id)),
    drift: before.some(({ id }) => sameNumber(id, version)) ? [] : [unknown(version)],
  }
}
