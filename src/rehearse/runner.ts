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
