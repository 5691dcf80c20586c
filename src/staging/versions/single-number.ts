import type { VersionDrift } from '../../model/dry-run.ts'
import { type Applied, type Repository, sameNumber, unknown, type VersionReader } from './reader.ts'

/**
 * golang-migrate keeps one number, and whether it was left half done. The number of an upgrade is written before it begins, that of a way
 * back is the one that it leads to: `SetVersion` in https://github.com/golang-migrate/migrate/blob/v4.19.1/migrate.go
 */
export const golangMigrate: VersionReader = {
  tables: ['schema_migrations'],
  columns: ['version', 'dirty'],
  order: ['version'],
  late: undefined,
  refuses: ['unknown'],
  read(rows, repository) {
    const [row] = rows
    if (!row) return upTo(undefined, repository)
    const version = row.version ?? ''
    if (row.dirty !== 'true') return upTo(version, repository)
    // Which of the two it was is not to be seen: only what comes before is surely applied.
    const before = repository.migrations.findLast(({ id }) => /^\d+$/.test(id) && BigInt(id) < BigInt(version))
    const begun =
      version === '-1' ? 'the way back of the first one' : 'its upgrade, or the way back of the migration behind it,'
    const failed: VersionDrift = {
      kind: 'failed',
      version,
      message: `${version} is marked as dirty: ${begun} was begun and did not end. golang-migrate refuses to run until somebody has mended staging and said so (migrate force).`,
    }
    return { ...upTo(before?.id, repository), drift: [failed] }
  },
}

/** tern keeps the number of the last one. https://github.com/jackc/tern */
export const tern: VersionReader = {
  tables: ['schema_version'],
  columns: ['version'],
  order: ['version'],
  late: undefined,
  refuses: ['unknown'],
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
