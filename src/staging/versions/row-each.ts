import { createHash } from 'node:crypto'
import type { VersionDrift } from '../../model/dry-run.ts'
import { byRows, edited, named, type Repository, type VersionReader, type VersionRow } from './reader.ts'

/** A tool whose table holds an id for each migration, and nothing else to go by. */
function plain(
  options: Pick<VersionReader, 'tables' | 'order' | 'late' | 'refuses'> & { readonly column: string },
): VersionReader {
  const { column, ...rest } = options
  return {
    ...rest,
    columns: [column],
    read: (rows, repository) => byRows(rows.map((row) => named(row, column, repository))),
  }
}

/** https://github.com/amacneil/dbmate */
export const dbmate = plain({
  tables: ['schema_migrations'],
  column: 'version',
  order: ['version'],
  late: 'runs',
  refuses: [],
})

/** https://diesel.rs/guides/getting-started */
export const diesel = plain({
  tables: ['__diesel_schema_migrations'],
  column: 'version',
  order: ['run_on', 'version'],
  late: 'runs',
  refuses: [],
})

/** https://github.com/rubenv/sql-migrate */
export const sqlMigrate = plain({
  tables: ['gorp_migrations'],
  column: 'id',
  order: ['applied_at', 'id'],
  late: 'runs',
  refuses: ['unknown'],
})

/** https://github.com/salsita/node-pg-migrate: it refuses where the order of the files is not that of the rows. */
export const nodePgMigrate = plain({
  tables: ['pgmigrations'],
  column: 'name',
  order: ['run_on', 'id'],
  late: 'refuses',
  refuses: ['unknown'],
})

/** https://pressly.github.io/goose: older versions of it keep a row for each run, back and forth; the last one counts. */
export const goose: VersionReader = {
  tables: ['goose_db_version'],
  columns: ['version_id', 'is_applied'],
  order: ['id'],
  late: 'refuses',
  refuses: [],
  read(rows, repository) {
    const last = new Map<string, VersionRow>()
    for (const row of rows) {
      const version = row.version_id ?? ''
      if (version !== '0') last.set(version, row)
    }
    return byRows(
      [...last.values()].map((row) => ({
        ...named(row, 'version_id', repository),
        isApplied: row.is_applied === 'true',
      })),
    )
  },
}

/** https://docs.rs/sqlx: SHA-384 of the file; a row that is not a success is one that was begun and did not end. */
export const sqlx: VersionReader = {
  tables: ['_sqlx_migrations'],
  columns: ['version', 'success', 'checksum'],
  order: ['version'],
  late: 'runs',
  refuses: ['unknown', 'edited'],
  async read(rows, repository) {
    const drift: VersionDrift[] = []
    for (const row of rows) {
      const { version, id } = named(row, 'version', repository)
      if (row.success !== 'true')
        drift.push({
          kind: 'failed',
          version,
          message: `${version} was begun and did not end. sqlx refuses to run until its row is gone and staging is mended.`,
        })
      else if (await isEdited(repository, id, row.checksum, 'sha384')) drift.push(edited(version))
    }
    return byRows(
      rows.map((row) => ({ ...named(row, 'version', repository), isApplied: row.success === 'true' })),
      drift,
    )
  },
}

/** https://www.prisma.io/docs/orm/prisma-migrate: SHA-256 of the file; begun, finished or taken back by hand. */
export const prisma: VersionReader = {
  tables: ['_prisma_migrations'],
  columns: ['migration_name', 'checksum', 'finished_at', 'rolled_back_at'],
  order: ['started_at', 'migration_name'],
  late: 'runs',
  refuses: [],
  async read(rows, repository) {
    const drift: VersionDrift[] = []
    const standing = rows.filter(({ rolled_back_at: back }) => back === null)
    for (const row of standing) {
      const { version, id } = named(row, 'migration_name', repository)
      if (row.finished_at === null)
        drift.push({
          kind: 'failed',
          version,
          message: `${version} was begun and did not end. prisma migrate deploy refuses to run until it is resolved (prisma migrate resolve).`,
        })
      else if (await isEdited(repository, id, row.checksum, 'sha256')) drift.push(edited(version))
    }
    return byRows(
      standing.map((row) => ({
        ...named(row, 'migration_name', repository),
        isApplied: row.finished_at !== null,
      })),
      drift,
    )
  },
}

/** `checksum` in hexadecimal digits, as PostgreSQL prints bytea or as the tool writes it. */
async function isEdited(
  { migrations, bytes }: Repository,
  id: string | undefined,
  checksum: string | null | undefined,
  algorithm: 'sha256' | 'sha384',
): Promise<boolean> {
  const file = migrations.find((migration) => migration.id === id)?.file
  const text = file === undefined ? undefined : await bytes(file)
  if (!text || !checksum) return false
  return createHash(algorithm).update(text).digest('hex') !== checksum.replace(/^\\x/, '').toLowerCase()
}
