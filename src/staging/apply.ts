import { lockStrength } from '../model/locks.ts'
import type { ParsedMigration, Statement } from '../model/migration.ts'
import type { LockMode, StepError } from '../model/round-trip.ts'
import type { LeftOut, Tried, TriedStatement } from '../model/tried.ts'
import { ServerError, type Session } from '../postgres/server.ts'
import { isRefusedInTransaction, isWrapper, whyLeftOut } from './executable.ts'
import { type Code, learn, reached, readCode } from './reach.ts'
import { Unavailable } from './refusal.ts'
import { difference, keepStill, sequenceValues } from './sequences.ts'
import { idleMs, type Staging } from './session.ts'

export interface ApplyOptions {
  /** The pending ones, in the order in which their tool would run them. */
  readonly migrations: readonly ParsedMigration[]
  /** The table in which the tool notes what ran; undefined: there is none that could be read. */
  readonly versions: { readonly table: string; readonly exists: boolean } | undefined
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
  const { versions } = options
  if (staging.isReplica)
    throw new Unavailable(
      'The database is a replica: it can be read, and nothing can be tried on it. Give the URL of the primary.',
    )
  if (!versions?.exists)
    throw new Unavailable(
      `The database has no ${versions?.table ?? 'version table that could be read'}, so nobody knows which migrations it has. Nothing was tried.`,
    )
  const code = await staging.read(readCode)
  const before = await staging.read(sequenceValues)
  const tried = await staging.tryOut(async (session) => {
    await alone(session)
    await session.query(`SELECT set_config('search_path', reset_val, true) FROM pg_settings WHERE name = 'search_path'`)
    return await runAll(session, staging, { ...options, code })
  })
  return { ...tried, movedSequences: difference(before, await staging.read(sequenceValues)) }
}

/** Released with the transaction, so that it holds behind a pooler too. */
async function alone(session: Session): Promise<void> {
  const { rows } = await session.query<{ mine: boolean }>(`SELECT pg_try_advisory_xact_lock(${advisoryLock}) AS mine`)
  if (rows[0]?.mine !== true)
    throw new Unavailable('Another dry run is trying migrations on this database at this moment.')
}

interface Run extends ApplyOptions {
  readonly code: Code
}

async function runAll(session: Session, { limits }: Staging, run: Run): Promise<Omit<Tried, 'movedSequences'>> {
  const statements: TriedStatement[] = []
  const leftOut: LeftOut[] = []
  const there = await relations(session)
  await session.query('SAVEPOINT migration_gate')
  let held: ReadonlyMap<string, LockMode> = await locks(session, there)
  const kept = new Set<string>()
  const tryOne = async (id: string, statement: Statement): Promise<StepError | undefined> => {
    const { sql, at } = statement
    await limit(session, limits)
    const keptBefore = kept.size
    const why = run.signal.aborted ? 'The run was ended.' : await whyNotRun(session, statement, run.code, kept)
    // Those are ours, not the statement's.
    if (kept.size > keptBefore) held = await locks(session, there)
    if (why !== undefined) {
      leftOut.push({ migration: id, sql, at, why, isWrapper: isWrapper(statement) })
      return undefined
    }
    const started = performance.now()
    const { rows, error } = await send(session, statement)
    const ms = performance.now() - started
    if (isRefusedInTransaction(error?.sqlstate)) {
      const refused = 'PostgreSQL refuses in a transaction what it does, such as to end one.'
      leftOut.push({ migration: id, sql, at, why: refused, isWrapper: false })
      return undefined
    }
    const now = error ? held : await locks(session, there)
    statements.push({ migration: id, sql, at, ms, rows, locks: newIn(now, held) })
    held = now
    learn(run.code, statement)
    // What was altered behind the savepoint is as before.
    if (setsBack(statement)) kept.clear()
    return error
  }
  const error = await firstError(run.migrations, tryOne, (last) => committed(session, last))
  // Only so that the transaction can be asked.
  if (error) await session.query('ROLLBACK TO SAVEPOINT migration_gate')
  // A pooler may give this session to others.
  await session.query('SELECT pg_catalog.pg_advisory_unlock_all(); DEALLOCATE ALL')
  return { outcome: error ? 'failed' : 'ok', error, statements, leftOut }
}

/** Runs them in order, up to the first that fails. */
async function firstError(
  migrations: readonly ParsedMigration[],
  tryOne: (id: string, statement: Statement) => Promise<StepError | undefined>,
  commit: (last: Statement) => Promise<StepError | undefined>,
): Promise<StepError | undefined> {
  for (const { id, up } of migrations) {
    for (const statement of up.statements) {
      const error = await tryOne(id, statement)
      if (error) return error
    }
    const last = up.statements.at(-1)
    const error = last && (await commit(last))
    if (error) return error
  }
  return undefined
}

/** What COMMIT would say: constraints that are deferred are looked at then. Taken back, so that they stay deferred. */
async function committed(session: Session, last: Statement): Promise<StepError | undefined> {
  await session.query('SAVEPOINT migration_gate_commit')
  const { error } = await send(session, { ...last, sql: 'SET CONSTRAINTS ALL IMMEDIATE', operations: [] })
  await session.query('ROLLBACK TO SAVEPOINT migration_gate_commit; RELEASE migration_gate_commit')
  return error && { ...error, statement: 'COMMIT' }
}

/** A statement before may have changed them. */
async function limit(session: Session, { lockTimeoutMs, statementTimeoutMs }: Staging['limits']): Promise<void> {
  await session.query(
    `SELECT pg_catalog.set_config('lock_timeout', $1, true), pg_catalog.set_config('statement_timeout', $2, true),
       pg_catalog.set_config('idle_in_transaction_session_timeout', $3, true)`,
    [String(lockTimeoutMs), String(statementTimeoutMs), String(idleMs)],
  )
}

async function whyNotRun(
  session: Session,
  statement: Statement,
  code: Code,
  kept: Set<string>,
): Promise<string | undefined> {
  const reach = reached(statement, code)
  const why = whyLeftOut(statement, reach, code)
  if (why !== undefined || reach.draws === 'none') return why
  return await keepStill(session, reach.draws === 'any' ? 'all' : reach.sequences, kept)
}

function setsBack({ operations }: Statement): boolean {
  return operations.some((op) => op.kind === 'transaction-control' && op.action === 'rollback-to')
}

/**
 * By the extended protocol: PostgreSQL refuses a second statement behind a semicolon that was taken for a part of the first. Within a
 * savepoint, so that the transaction goes on where the statement is one that no transaction takes; not around the script's own savepoints.
 */
async function send(
  session: Session,
  { sql, at, operations }: Statement,
): Promise<{ readonly rows: number | undefined; readonly error: StepError | undefined }> {
  const isWithin = !operations.some(({ kind }) => kind === 'transaction-control')
  try {
    if (isWithin) await session.query('SAVEPOINT migration_gate_statement')
    const { rowCount } = await session.query(sql, [])
    if (isWithin) await session.query('RELEASE SAVEPOINT migration_gate_statement')
    return { rows: /^\s*(?:INSERT|UPDATE|DELETE|MERGE|WITH)\b/i.test(sql) ? rowCount : undefined, error: undefined }
  } catch (error) {
    // A connection that is gone says nothing about the migration.
    if (!(error instanceof ServerError) || error.sqlstate === undefined || /^57P0[1-5]$/.test(error.sqlstate))
      throw error
    if (isWithin)
      await session.query('ROLLBACK TO SAVEPOINT migration_gate_statement; RELEASE migration_gate_statement')
    const { sqlstate, table, column, constraint } = error
    return {
      rows: undefined,
      error: {
        sqlstate,
        message: withoutValues(error),
        table,
        column,
        constraint,
        statement: sql,
        at,
        timedOut: sqlstate === '57014',
      },
    }
  }
}

/** Class 22 quotes the value that does not fit, which is a part of a row of staging. */
function withoutValues({ sqlstate = '', message }: ServerError): string {
  return sqlstate.startsWith('22') ? message.replace(/(?<=: |value )"[\s\S]*"/, '"…"') : message
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
