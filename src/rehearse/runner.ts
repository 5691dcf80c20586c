import type { ParsedMigration } from '../model/migration.ts'
import type { Database } from '../postgres/server.ts'
import type { Reach } from '../tap/tap.ts'
import type { Limits } from './limit.ts'
import type { StepResult } from './round-trip.ts'

/** Runs migrations of one tool on a database, as the tool would. Every method throws Cancelled when the run is ended. */
export interface Runner extends AsyncDisposable {
  /**
   * The tables in which the tool itself notes what ran, quoted as PostgreSQL prints their
   * names, such as `public.alembic_version`: known for certain once it has run.
   */
  readonly bookkeeping: readonly string[]
  /** Takes up what `bookkeeping` was in an earlier run, from whose database this one goes on. */
  remember(bookkeeping: readonly string[]): void
  /** It sends what stands in SQL files, as it stands there, besides statements of its own. */
  readonly sendsFiles?: boolean
  /** Why it cannot take a migration back, as the end of a sentence; undefined: it can, where the migration says how. */
  readonly noDowngrade?: string | undefined
  /** What of the runner decides what `upAll` makes, besides the migrations: its command, versions. As JSON. */
  readonly origin: unknown
  /** The files that the last `upAll` read besides the migrations, from the root; undefined: not known. */
  readonly reads: readonly string[] | undefined
  /**
   * Brings an empty or partly built database forward by several migrations that follow one another.
   * @returns the migration that failed, where one did and it is known
   * @throws UserError where the tool cannot be run, or what it did cannot be trusted
   */
  upAll(
    database: Database,
    migrations: readonly ParsedMigration[],
    limits: Limits,
  ): Promise<StepResult & { readonly migration: ParsedMigration | undefined }>
  /** @param way to the database, for what the migration sends: a tap in front of it, where one watches. @throws UserError as above */
  up(database: Database, migration: ParsedMigration, limits: Limits, way?: Reach): Promise<StepResult>
  /** Takes back one migration, the last one that was run. `way` as above. @throws UserError as above */
  down(database: Database, migration: ParsedMigration, limits: Limits, way?: Reach): Promise<StepResult>
}
