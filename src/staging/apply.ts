import { lockStrength } from '../model/locks.ts'
import type { ParsedMigration, Statement } from '../model/migration.ts'
import type { LockMode, StepError } from '../model/round-trip.ts'
import type { LeftOut, Tried, TriedStatement } from '../model/tried.ts'
import { ServerError, type Session } from '../postgres/server.ts'
import { isWrapper, whyLeftOut } from './executable.ts'
import { Unavailable } from './refusal.ts'
import { difference, sequenceValues, shelter, whyItSets } from './sequences.ts'
import type { Staging } from './session.ts'

export interface ApplyOptions {
  /** The pending ones, in the order in which their tool would run them. */
  readonly migrations: readonly ParsedMigration[]
  /** The table in which the tool notes what ran. */
  readonly versions: { readonly table: string; readonly exists: boolean }
  readonly signal: AbortSignal
}

/** Any number: all dry runs take the same. */
const advisoryLock = '7235419043710821163'

/**
 * Runs the pending upgrades on staging, in one transaction, and rolls it back; also when this process is killed, because a transaction ends
 * with its connection. Locks are held until then: writers of the tables wait meanwhile, as long as the limits allow.
 *
 * Only for what somebody asked for by name. What would outlive the transaction is left out and told; sequences are sheltered as far as the
 * role may. Dead rows, the transaction's number and the counters of pg_stat_user_tables are not taken back by any rollback.
 *
 * @throws Unavailable on a replica, without a version table, and where another dry run is under way
 */
export async function applyAndRollBack(staging: Staging, options: ApplyOptions): Promise<Tried> {
  const { migrations, versions } = options
  if (staging.isReplica)
    throw new Unavailable(
      'The database is a replica: it can be read, and nothing can be tried on it. Give the URL of the primary.',
    )
  if (!versions.exists)
    throw new Unavailable(
      `The database has no ${versions.table}, so nobody knows which migrations it has. Nothing was tried.`,
    )
  const before = await staging.read(sequenceValues)
  const tried = await staging.tryOut(async (session) => {
    await alone(session)
    await session.query(`SELECT set_config('search_path', reset_val, true) FROM pg_settings WHERE name = 'search_path'`)
    const isSheltered = await shelter(session, migrations)
    return await runAll(session, staging, { ...options, isSheltered })
  })
  return { ...tried, movedSequences: difference(before, await staging.read(sequenceValues)) }
}

/** Released with the transaction, so that it holds behind a pooler too. */
async function alone(session: Session): Promise<void> {
  const { rows } = await session.query<{ mine: boolean }>(`SELECT pg_try_advisory_xact_lock(${advisoryLock}) AS mine`)
  if (rows[0]?.mine !== true)
    throw new Unavailable('Another dry run is trying migrations on this database at this moment.')
}

async function runAll(
  session: Session,
  { limits }: Staging,
  { migrations, signal, isSheltered }: ApplyOptions & { readonly isSheltered: boolean },
): Promise<Omit<Tried, 'movedSequences'>> {
  const statements: TriedStatement[] = []
  const leftOut: LeftOut[] = []
  const there = await relations(session)
  await session.query('SAVEPOINT migration_gate')
  let held: ReadonlyMap<string, LockMode> = await locks(session, there)
  for (const { id, up } of migrations) {
    for (const statement of up.statements) {
      const { sql, at } = statement
      const why = signal.aborted ? 'The run was ended.' : (whyLeftOut(statement) ?? whyItSets(statement, isSheltered))
      if (why) {
        leftOut.push({ migration: id, sql, at, why, isWrapper: isWrapper(statement) })
        continue
      }
      // A statement before may have changed them.
      await session.query(`SELECT set_config('lock_timeout', $1, true), set_config('statement_timeout', $2, true)`, [
        String(limits.lockTimeoutMs),
        String(limits.statementTimeoutMs),
      ])
      const started = performance.now()
      const { rows, error } = await send(session, statement)
      const ms = performance.now() - started
      if (error) {
        statements.push({ migration: id, sql, at, ms, rows: undefined, locks: [] })
        // Only so that the transaction can be asked whether it is still ours.
        await session.query('ROLLBACK TO SAVEPOINT migration_gate')
        return { outcome: 'failed', error, statements, leftOut }
      }
      const now = await locks(session, there)
      statements.push({ migration: id, sql, at, ms, rows, locks: newIn(now, held) })
      held = now
    }
  }
  return { outcome: 'ok', error: undefined, statements, leftOut }
}

/** By the extended protocol: PostgreSQL refuses a second statement behind a semicolon that was taken for a part of the first. */
async function send(
  session: Session,
  { sql, at }: Statement,
): Promise<{ readonly rows: number | undefined; readonly error: StepError | undefined }> {
  try {
    const { rowCount } = await session.query(sql, [])
    return { rows: /^\s*(?:INSERT|UPDATE|DELETE|MERGE|WITH)\b/i.test(sql) ? rowCount : undefined, error: undefined }
  } catch (error) {
    // A connection that is gone says nothing about the migration.
    if (!(error instanceof ServerError) || error.sqlstate === undefined || /^57P0[1-3]$/.test(error.sqlstate))
      throw error
    const { sqlstate, message, table, column, constraint } = error
    return {
      rows: undefined,
      error: { sqlstate, message, table, column, constraint, statement: sql, at, timedOut: sqlstate === '57014' },
    }
  }
}

/** All that there is before the first statement. */
async function relations(session: Session): Promise<ReadonlySet<number>> {
  const { rows } = await session.query<{ all: readonly number[] }>(
    `SELECT coalesce(pg_catalog.array_agg(c.oid::int8::float8), '{}') AS "all" FROM pg_catalog.pg_class c WHERE c.oid >= 16384`,
  )
  return new Set(rows[0]?.all ?? [])
}

/** The strongest of ours on each relation of the user's, by its name. */
async function locks(session: Session, there: ReadonlySet<number>): Promise<ReadonlyMap<string, LockMode>> {
  const { rows } = await session.query<{ oid: string; name: string; mode: string }>(
    `SELECT l.relation AS oid, pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, l.mode
     FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON c.oid = l.relation JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE l.locktype = 'relation' AND l.granted AND l.pid = pg_catalog.pg_backend_pid() AND n.nspname !~ '^pg_'
       AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
     ORDER BY 2`,
  )
  const found = new Map<string, LockMode>()
  for (const { oid, name, mode } of rows) {
    if (!there.has(Number(oid))) continue
    const told = modeName(mode)
    const known = found.get(name)
    if (!known || lockStrength(told) > lockStrength(known)) found.set(name, told)
  }
  return found
}

/** `AccessExclusiveLock` → `ACCESS EXCLUSIVE` */
function modeName(mode: string): LockMode {
  return mode
    .replace(/Lock$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase() as LockMode
}

function newIn(now: ReadonlyMap<string, LockMode>, before: ReadonlyMap<string, LockMode>): TriedStatement['locks'] {
  return [...now].flatMap(([relation, mode]) => {
    const known = before.get(relation)
    return known && lockStrength(known) >= lockStrength(mode) ? [] : [{ relation, mode }]
  })
}
