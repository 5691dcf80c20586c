import type { VersionDrift } from '../../model/dry-run.ts'
import type { Project } from '../../model/migration.ts'

/** A column of the version table: its value as text, or null. */
export type VersionRow = { readonly [column: string]: string | null }

/** What a reader is told of the repository. */
export interface Repository {
  /** The migrations in the order in which the tool would run them on a new database. */
  readonly migrations: Project['migrations']
  readonly directory: string
  /** A file as it is in the work tree; undefined where it is not there. */
  bytes(file: string): Promise<Buffer | undefined>
}

/** What a version table says, in terms of the repository's migrations. */
export interface Applied {
  /** In the tool's own words, in its own order. */
  readonly applied: readonly string[]
  /** The newest of them. */
  readonly current: readonly string[]
  /** The ids of migrations of the repository that need not run any more. */
  readonly ids: ReadonlySet<string>
  /** `out-of-order` is told by all readers alike, and not here. */
  readonly drift: readonly VersionDrift[]
  /** The ids of those that are not applied, and that the tool passes over for good. */
  readonly skipped?: ReadonlySet<string>
}

/** How one tool notes what it has applied. */
export interface VersionReader {
  /** Where the table is unless the tool is told otherwise, without schema; the first that is there counts. */
  readonly tables: readonly string[]
  /** Other tables that the tool makes for itself in the same schema. */
  readonly besides?: readonly string[]
  /** The schema that the tool itself chooses; undefined: that of the connection. */
  readonly schema?: string
  /** Columns without which it is not this tool's table. */
  readonly columns: readonly string[]
  /** Columns by which the rows are put in order. Those that are not there are left out. */
  readonly order: readonly string[]
  /** What the tool does with a migration that is not applied and comes before an applied one; undefined: there is none for it. */
  readonly late: 'runs' | 'refuses' | undefined
  /** The drift because of which the tool does not run at all. */
  readonly refuses: readonly ('unknown' | 'edited')[]
  read(rows: readonly VersionRow[], repository: Repository): Promise<Applied> | Applied
}

/** The last row is the newest: for the tools that keep a row for each migration. */
export function byRows(
  rows: readonly { readonly version: string; readonly id: string | undefined; readonly isApplied?: boolean }[],
  drift: readonly VersionDrift[] = [],
): Applied {
  const applied = rows.filter(({ isApplied = true }) => isApplied)
  return {
    applied: applied.map(({ version }) => version),
    current: applied.slice(-1).map(({ version }) => version),
    ids: new Set(applied.flatMap(({ id }) => id ?? [])),
    drift: [...applied.filter(({ id }) => id === undefined).map(({ version }) => unknown(version)), ...drift],
  }
}

export function unknown(version: string): VersionDrift {
  return {
    kind: 'unknown',
    version,
    message: `${version} is applied on staging, and the repository has no such migration: another branch was deployed, or its file was removed or renamed.`,
  }
}

export function edited(version: string): VersionDrift {
  return {
    kind: 'edited',
    version,
    message: `${version} was applied with another text than its file has now: staging is not what the repository would build.`,
  }
}

/** The migration whose id stands in `column` of a row. */
export function named(
  row: VersionRow,
  column: string,
  { migrations }: Repository,
): { version: string; id: string | undefined } {
  const version = row[column] ?? ''
  return { version, id: migrations.find(({ id }) => sameNumber(id, version))?.id }
}

/** The same number, however many zeros stand before it. */
export function sameNumber(a: string, b: string): boolean {
  return a === b || (/^\d+$/.test(a) && /^\d+$/.test(b) && BigInt(a) === BigInt(b))
}

/** Whether a name begins with this date, and perhaps this time or counter: `2024-01-31`, `20240131-1`. */
export function beginsWithDate(name: string, date: string): boolean {
  return (
    /^\d{4}[-_.]?\d\d[-_.]?\d\d(?!\d)/.test(date) && name.startsWith(date) && /^[-_. T]/.test(name.slice(date.length))
  )
}
