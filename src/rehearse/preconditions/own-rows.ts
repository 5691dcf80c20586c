import type { ParsedMigration } from '../../model/migration.ts'
import { type Database, type Server, ServerError } from '../../postgres/server.ts'
import type { Limits } from '../limit.ts'
import type { Runner } from '../runner.ts'
import { dropAll } from '../scratch.ts'

/** The rows that migrations themselves put into the tables, apart from the synthetic ones. */
export interface OwnRows extends AsyncDisposable {
  /** Nothing is known any more. */
  readonly isLost: boolean
  /** Called with the database before it gets its first synthetic rows. */
  begin(database: Database): Promise<void>
  /** Called with each migration whose upgrade went through. */
  applied(migration: ParsedMigration): void
  /** Drops what it keeps. */
  giveUp(): Promise<void>
  /**
   * How many rows of a table have each of these hashes. Undefined: not known, because a migration did not run without synthetic rows, or what was kept is gone.
   * @throws Cancelled when the run is ended
   */
  among(table: string, hashes: readonly string[], limits: Limits): Promise<ReadonlyMap<string, number> | undefined>
  /**
   * A copy of the database without synthetic rows, as it is after all that was `applied`. Undefined as above.
   * @throws Cancelled when the run is ended
   */
  copy(limits: Limits): Promise<Database | undefined>
}

/** Keeps a twin of the rehearsal's database that never gets synthetic rows, and brings it forward when somebody asks. */
export function ownRows(server: Server, runner: Runner): OwnRows {
  let twin: Database | undefined
  let isLost = false
  let behind: ParsedMigration[] = []
  const broughtForward = async (limits: Limits): Promise<Database | undefined> => {
    if (!twin || isLost) return undefined
    if (behind.length > 0) {
      const { error } = await runner.upAll(twin, behind, limits)
      isLost = error !== undefined
      behind = []
    }
    return isLost ? undefined : twin
  }
  return {
    get isLost() {
      return isLost
    },
    async begin(database) {
      if (twin || isLost) return
      behind = []
      await database.terminateConnections()
      twin = await server.createDatabase(database)
    },
    async giveUp() {
      await twin?.[Symbol.asyncDispose]()
      twin = undefined
      isLost = true
    },
    applied: (migration) => void behind.push(migration),
    async among(table, hashes, limits) {
      const bare = await broughtForward(limits)
      return bare && (await hashesIn(bare, table, hashes))
    },
    async copy(limits) {
      const bare = await broughtForward(limits)
      await bare?.terminateConnections()
      return bare && (await server.createDatabase(bare))
    },
    async [Symbol.asyncDispose]() {
      if (twin) await dropAll([twin])
    },
  }
}

async function hashesIn(
  database: Database,
  table: string,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  await using session = await database.connect()
  try {
    const { rows } = await session.query<{ hash: string; rows: number }>(
      `SELECT hash::text AS hash, count(*)::int4 AS rows FROM (SELECT hashtextextended(t::text, 0) AS hash FROM ${table} AS t) AS all_rows
       WHERE hash = ANY ($1::int8[]) GROUP BY hash`,
      [hashes],
    )
    return new Map(rows.map(({ hash, rows: number }) => [hash, number]))
  } catch (error) {
    // 42P01: only the database with synthetic rows has this table.
    if (error instanceof ServerError && error.sqlstate === '42P01') return new Map()
    throw error
  }
}
