import { type ResultColumn, ServerError, type Session } from '../../postgres/server.ts'
import type { Probe } from './probe.ts'

/** How a statement fared. */
export interface Attempt {
  readonly columns: readonly (ResultColumn & { readonly words: string })[]
  readonly error: ServerError | undefined
}

/** Long enough for a statement on the few rows of a rehearsal. */
const limitMs = 2_000

/** Tries each probe in a transaction of its own, which is rolled back. Rejects with ServerError where the connection is lost. */
export async function attemptAll(session: Session, probes: readonly Probe[]): Promise<Attempt[]> {
  const attempts: Attempt[] = []
  for (const probe of probes) attempts.push(await attempt(session, probe))
  return await inWords(session, attempts)
}

type Bare = Omit<Attempt, 'columns'> & { readonly columns: readonly ResultColumn[] }

async function attempt(session: Session, probe: Probe): Promise<Bare & { columns: Attempt['columns'] }> {
  let columns: readonly ResultColumn[] = []
  const role = probe.role === undefined ? '' : `SET LOCAL ROLE ${probe.role};`
  const bare = (error: ServerError | undefined) => ({
    columns: columns.map((column) => ({ ...column, words: '' })),
    error,
  })
  try {
    await session.query(
      `BEGIN; SET LOCAL statement_timeout = ${limitMs}; SET LOCAL lock_timeout = ${limitMs}; SET CONSTRAINTS ALL IMMEDIATE; ${role}`,
    )
    if (probe.setup !== undefined) await tryFirst(session, probe.setup)
    columns = await session.describe(probe.sql)
    if (probe.run === 'execute') await session.query(probe.sql)
    if (probe.run === 'explain') await explain(session, probe.sql)
    return bare(undefined)
  } catch (error) {
    if (!(error instanceof ServerError) || error.sqlstate === undefined) throw error
    return bare(error)
  } finally {
    await session.query('ROLLBACK')
  }
}

async function tryFirst(session: Session, sql: string): Promise<void> {
  await session.query('SAVEPOINT migration_gate')
  try {
    await session.query(sql)
  } catch (error) {
    if (!(error instanceof ServerError) || error.sqlstate === undefined) throw error
    await session.query('ROLLBACK TO SAVEPOINT migration_gate')
  }
}

/** Planning finds what analysis does not: the unique index of ON CONFLICT, privileges, the body of a function that is inlined. */
async function explain(session: Session, sql: string): Promise<void> {
  if (!/\$\d/.test(sql)) {
    await session.query(`EXPLAIN ${sql}`)
    return
  }
  await session.query('DEALLOCATE ALL')
  await session.query(`PREPARE migration_gate AS ${sql}`)
  const { rows } = await session.query<{ count: number }>(
    `SELECT pg_catalog.cardinality(parameter_types) AS count FROM pg_catalog.pg_prepared_statements WHERE name = 'migration_gate'`,
  )
  const values = Array<string>(rows[0]?.count ?? 0).fill('NULL')
  await session.query(`EXPLAIN EXECUTE migration_gate${values.length > 0 ? `(${values.join(', ')})` : ''}`)
}

/** The types of all columns as PostgreSQL prints them, asked for at once. */
async function inWords(session: Session, attempts: readonly Attempt[]): Promise<Attempt[]> {
  const all = attempts.flatMap(({ columns }) => columns)
  if (all.length === 0) return [...attempts]
  const { rows } = await session.query<{ type: string }>(
    `SELECT pg_catalog.format_type(t.oid, NULLIF(t.modifier, -1)) AS type
     FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.oid[]), pg_catalog.unnest($2::pg_catalog.int4[])) WITH ORDINALITY AS t(oid, modifier, place)
     ORDER BY t.place`,
    [all.map(({ type }) => type), all.map(({ modifier }) => modifier)],
  )
  let next = 0
  return attempts.map((each) => ({
    ...each,
    columns: each.columns.map((column) => ({ ...column, words: rows[next++]?.type ?? '' })),
  }))
}
