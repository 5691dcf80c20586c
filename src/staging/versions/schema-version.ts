import { posix } from 'node:path'
import type { VersionDrift } from '../../model/dry-run.ts'
import type { Migration } from '../../model/migration.ts'
import { beginsWithDate, byRows, type Repository, sameNumber, type VersionReader } from './reader.ts'

/** Columns that hold the version, the likeliest first. */
const versionColumns = ['version', 'version_id', 'migration', 'name', 'filename']
const timeColumns = ['applied_at', 'installed_on', 'executed_at', 'created_at', 'applied_on', 'timestamp']

/**
 * A table of the team's own, to which each migration adds its row: `schema_version(version, applied_at, description)`, often with versions
 * such as 1.4.0. The newest by time is the current one. A row belongs to the migration that inserts its version, that says so in its head
 * (`-- Version: 1.4.0`), or that has this number or name.
 */
export const schemaVersion: VersionReader = {
  tables: ['schema_version', 'schema_versions', 'schema_migrations', 'migrations', 'migration_history'],
  columns: [],
  order: timeColumns,
  late: 'runs',
  refuses: [],
  async read(rows, repository) {
    const column = versionColumns.find((name) => rows[0] && name in rows[0])
    if (rows.length > 0 && column === undefined)
      return byRows(
        [],
        [{ kind: 'unreadable', version: '', message: `It has none of the columns ${versionColumns.join(', ')}.` }],
      )
    const claims = await claimsOf(repository)
    const versions = rows.map((row) => row[column ?? ''] ?? '')
    const found = versions.map((version) => ({ version, id: ownerOf(version, repository.migrations, claims) }))
    return byRows(found, backwards(versions))
  },
}

/** The versions that each migration says it is, by its id. */
export async function claimsOf({ migrations, bytes }: Repository): Promise<ReadonlyMap<string, readonly string[]>> {
  const claims = new Map<string, string[]>()
  for (const { id, file } of migrations) {
    const text = (await bytes(file))?.toString() ?? ''
    const inserted = [...text.matchAll(/\bINSERT\s+INTO\s+[\w."]*(?:version|migration)\w*"?\s[^;]*/gi)].flatMap(
      ([sql]) => [...sql.matchAll(/'((?:[^']|'')*)'/g)].map(([, value = '']) => value),
    )
    const head = [...text.matchAll(/^\s*--\s*(?:version|schema version)\s*:\s*v?(\S+)/gim)].map(
      ([, value = '']) => value,
    )
    claims.set(id, [...inserted, ...head])
  }
  return claims
}

function ownerOf(
  version: string,
  migrations: readonly Migration[],
  claims: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  const plain = version.replace(/^v(?=\d)/i, '')
  const isClaimed = ({ id }: Migration) => claims.get(id)?.some((claim) => claim.replace(/^v(?=\d)/i, '') === plain)
  const isNamed = ({ id, name, file }: Migration) =>
    sameNumber(id, plain) || [name, file, posix.basename(file)].includes(version)
  return (migrations.find(isClaimed) ?? migrations.find(isNamed) ?? onlyOneBegins(plain, migrations))?.id
}

/** The one whose name begins with this date: `2024-01-31` for 2024-01-31_add_users. */
function onlyOneBegins(version: string, migrations: readonly Migration[]): Migration | undefined {
  const [found, ...others] = migrations.filter(({ name }) => beginsWithDate(name, version))
  return others.length === 0 ? found : undefined
}

/** The newest row is not the highest version: whoever asks for the current one is told an older one. */
function backwards(versions: readonly string[]): VersionDrift[] {
  const newest = versions.at(-1)
  const highest = [...versions]
    .filter((version) => semantic.test(version))
    .sort(bySemantics)
    .at(-1)
  if (newest === undefined || highest === undefined || !semantic.test(newest) || bySemantics(newest, highest) >= 0)
    return []
  return [
    {
      kind: 'out-of-order',
      version: newest,
      message: `${newest} was applied after ${highest}: by time it is the current version, and it is the older one.`,
    },
  ]
}

const semantic = /^v?\d+\.\d+(?:\.\d+)?$/i

function bySemantics(a: string, b: string): number {
  const [left = [], right = []] = [a, b].map((each) => each.replace(/^v/i, '').split('.').map(Number))
  for (let i = 0; i < 3; i++) {
    const order = (left[i] ?? 0) - (right[i] ?? 0)
    if (order !== 0) return order
  }
  return 0
}
