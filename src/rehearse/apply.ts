import type { Location } from '../model/location.ts'
import type { ParsedScript, Statement } from '../model/migration.ts'
import type { StepError } from '../model/round-trip.ts'
import { type Database, ServerError, type Session } from '../postgres/server.ts'
import type { Reach } from '../tap/tap.ts'
import { type Limits, limited, seconds } from './limit.ts'
import type { StepResult } from './round-trip.ts'
import type { Runner } from './runner.ts'

/** Runs projects that are SQL files. */
export function sqlRunner(): Runner {
  return {
    bookkeeping: [],
    remember: () => undefined,
    origin: 'psql',
    reads: [],
    async upAll(database, migrations, limits) {
      let ms = 0
      for (const migration of migrations) {
        const result = await applyScript(database, migration.up, limits)
        ms += result.ms
        if (result.error) return { error: result.error, ms, migration }
      }
      return { error: undefined, ms, migration: undefined }
    },
    up: (database, migration, limits, way) => applyScript(database, migration.up, limits, way),
    down(database, migration, limits, way) {
      if (!migration.down) throw new Error(`${migration.name} has no downgrade.`)
      return applyScript(database, migration.down, limits, way)
    },
    async [Symbol.asyncDispose]() {},
  }
}

/**
 * Runs a SQL script over a connection of its own, as its tool would: each statement as one simple query; all of them in a
 * transaction where the tool begins one (statements marked `autocommit` stand outside of it); stopping at the first error.
 *
 * Without a transaction of the tool's, the script's own BEGIN and COMMIT count. One that it leaves open is an error: the tool's
 * client rolls it back when it disconnects.
 *
 * @param way to the database: a tap in front of it, where one watches
 * @throws Cancelled when the run is ended
 */
export async function applyScript(
  database: Database,
  script: ParsedScript,
  limits: Limits,
  way: Reach = database,
): Promise<StepResult> {
  const started = performance.now()
  let current: Statement | undefined
  const error = await limited(database, limits, async (limit): Promise<StepError | undefined> => {
    try {
      await using session = await way.connect()
      return await runAll(session, script, (statement) => {
        current = statement
      })
    } catch (error) {
      if (!(error instanceof ServerError)) throw error
      if (limit.timedOut) return timedOut(limits, current)
      // A connection that is gone says nothing about the migration: the server, or whoever runs it, ended it.
      if (isLost(error)) throw error
      return failed(error, current)
    }
  })
  return { error, ms: performance.now() - started }
}

async function runAll(
  session: Session,
  script: ParsedScript,
  at: (statement: Statement | undefined) => void,
): Promise<StepError | undefined> {
  if (script.transaction === 'query') return await runAsQuery(session, script, at)
  const wraps = script.transaction !== 'none'
  let open = false
  for (const statement of script.statements) {
    if (wraps && open === statement.autocommit) {
      at(undefined)
      await session.query(open ? 'COMMIT' : 'BEGIN')
      open = !open
    }
    at(statement)
    await session.query(statement.sql)
  }
  at(undefined)
  if (open) await session.query('COMMIT')
  if (!wraps && (await isInTransaction(session))) return leftOpen(script)
  return undefined
}

/**
 * What one simple query of these statements does, sent one by one so that it is known which one fails: a single statement runs
 * outside of a transaction block; several run in an implicit transaction, which the script's own COMMIT ends, and which its own
 * BEGIN makes an open one (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT).
 */
async function runAsQuery(
  session: Session,
  script: ParsedScript,
  at: (statement: Statement | undefined) => void,
): Promise<StepError | undefined> {
  const isSingle = script.statements.length === 1
  let block: 'none' | 'implicit' | 'own' = 'none'
  for (const statement of script.statements) {
    const control = statement.operations.find((operation) => operation.kind === 'transaction-control')
    if (block === 'none' && control?.action !== 'begin' && !isSingle) {
      at(undefined)
      await session.query('BEGIN')
      block = 'implicit'
    }
    at(statement)
    if (control?.action !== 'begin' || block === 'none') await session.query(statement.sql)
    if (control?.action === 'begin') block = 'own'
    if (control?.action === 'commit' || control?.action === 'rollback') block = 'none'
  }
  at(undefined)
  if (block === 'implicit') await session.query('COMMIT')
  return (await isInTransaction(session)) ? leftOpen(script) : undefined
}

/** Class 57 without query_canceled: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isLost({ sqlstate }: ServerError): boolean {
  return sqlstate === undefined || /^57P0[1-3]$/.test(sqlstate)
}

/** A statement that no migration sends. */
export const ourProbe = 'SAVEPOINT migration_gate'

/** SAVEPOINT is refused outside of a transaction block, https://www.postgresql.org/docs/current/sql-savepoint.html */
async function isInTransaction(session: Session): Promise<boolean> {
  try {
    await session.query(ourProbe)
    return true
  } catch (error) {
    if (error instanceof ServerError && error.sqlstate === '25P01') return false
    throw error
  }
}

function leftOpen(script: ParsedScript): StepError {
  const began = script.statements.findLast(({ operations }) =>
    operations.some((operation) => operation.kind === 'transaction-control' && operation.action === 'begin'),
  )
  return {
    ...nothingNamed,
    message:
      'the script ends inside a transaction that it began and did not commit: everything since BEGIN is rolled back',
    statement: began?.sql,
    at: began?.at ?? script.at,
  }
}

/** Nothing that PostgreSQL named. */
const nothingNamed = {
  sqlstate: undefined,
  table: undefined,
  column: undefined,
  constraint: undefined,
  timedOut: false,
}

/** @param current undefined where the tool's own BEGIN or COMMIT failed, as with a constraint that waits for the end */
function failed(error: ServerError, current: Statement | undefined): StepError {
  const { sqlstate, message, table, column, constraint } = error
  return { sqlstate, message, table, column, constraint, timedOut: false, ...place(current) }
}

function timedOut({ timeoutMs }: Limits, current: Statement | undefined): StepError {
  return { ...nothingNamed, message: `did not finish within ${seconds(timeoutMs)}`, timedOut: true, ...place(current) }
}

function place(current: Statement | undefined): { statement: string | undefined; at: Location | undefined } {
  return { statement: current?.sql, at: current?.at }
}
