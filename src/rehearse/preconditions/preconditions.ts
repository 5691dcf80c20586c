import type { ParsedMigration } from '../../model/migration.ts'
import type { Precondition } from '../../model/precondition.ts'
import type { NotChecked } from '../../model/result.ts'
import type { StepError } from '../../model/round-trip.ts'
import type { Schema } from '../../model/schema.ts'
import type { Database, Server, Session } from '../../postgres/server.ts'
import { limited } from '../limit.ts'
import { rolesIn } from '../roles.ts'
import type { Runner } from '../runner.ts'
import type { PossiblePrecondition } from './asked.ts'
import { changedValues, valuesOf } from './changed-values.ts'
import { blamed, isAboutData, isRoleInUse, isSameError, toldByError } from './errors.ts'
import { changeIntoOffenders, countOf, putOffenders } from './offenders.ts'
import type { OwnRows } from './own-rows.ts'
import { possiblePreconditions } from './possible.ts'
import { removeRows } from './repair.ts'
import { dropTrialRoles, takesRole } from './trial-roles.ts'

export interface ExperimentOptions {
  readonly runner: Runner
  readonly server: Server
  /** As it is before the migration, with rows. Copied, and changed only by `mend`. */
  readonly database: Database
  readonly schema: Schema
  readonly own: OwnRows
  /** For one run of the upgrade. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

export interface Preconditions {
  readonly found: readonly Precondition[]
  readonly notChecked: readonly NotChecked[]
  /**
   * Takes rows that do not meet what was found out of a database in the state of before, so that the upgrade can be seen to succeed. Rows
   * of the migrations' own stay, and so do those of a table that must be empty: there the upgrade fails whatever the rows are.
   */
  mend(database: Database): Promise<void>
}

/** No upgrade is run more often than this to find what it asks of the data. */
const most = 20
const rowsMs = 5_000

/**
 * Runs an upgrade on copies of the database that hold rows as bad as the schema allows, in the columns that it touches. Where it fails
 * on them, they are taken out and it is run again: what it failed on before and does not now is a precondition. Where it goes through,
 * values of before and after are compared.
 *
 * @throws Cancelled when the run is ended, UserError as the runner does
 */
export async function preconditionsOf(options: ExperimentOptions, migration: ParsedMigration): Promise<Preconditions> {
  const { server, database, schema } = options
  const asked = possiblePreconditions([migration], schema, { major: server.major })
  if (asked.length === 0) return nothing
  if (takesRole(migration))
    return {
      ...nothing,
      notChecked: [untried(migration, 'It takes a role away, which all databases of a server share.')],
    }
  await database.terminateConnections()
  await using trial = await server.createDatabase(database)
  const possible = await putBadRows(trial, options, asked)
  const experiment: Experiment = { ...options, trial, migration, schema, possible, confirmed: [] }
  const result = possible.length === 0 ? nothing : await search(experiment)
  const open = asked.filter(
    (each) =>
      isHardToBreak(each) && !possible.some((other) => other.at === each.at && isSame(other, each) && other.rows),
  )
  const untold = open.filter(({ at }) => !result.found.some((other) => other.at === at))
  return { ...result, found: [...result.found, ...untold.map((each) => noted(each, 'untried', undefined))] }
}

/** What follows from an expression of the user's: of these, unlike the others, no row may be found that breaks it although there are some. */
function isHardToBreak({ kind }: PossiblePrecondition): boolean {
  return kind === 'check' || kind === 'exclusion'
}

/** The same where the upgrade has failed already, in a way that its statements did not announce. `database` as it was before. */
export async function preconditionsAfter(
  options: ExperimentOptions,
  migration: ParsedMigration,
  error: StepError,
): Promise<Preconditions> {
  if (!isAboutData(error) || takesRole(migration)) return nothing
  const { server, database, schema } = options
  await database.terminateConnections()
  await using trial = await server.createDatabase(database)
  return await search({ ...options, trial, migration, schema, possible: [], confirmed: [] })
}

const nothing: Preconditions = { found: [], notChecked: [], mend: async () => undefined }

interface Confirmed {
  readonly possible: PossiblePrecondition
  readonly sqlstate: string | undefined
}

interface Experiment extends ExperimentOptions {
  readonly trial: Database
  readonly migration: ParsedMigration
  readonly schema: Schema
  readonly possible: readonly PossiblePrecondition[]
  readonly confirmed: Confirmed[]
}

async function within<T>(
  database: Database,
  { signal, timeoutMs }: ExperimentOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  return await limited(database, { timeoutMs: Math.max(timeoutMs, 60_000), signal }, async () => {
    await using session = await database.connect()
    return await work(session)
  })
}

/** @returns those of which rows are there now, with their queries where these run here */
async function putBadRows(
  trial: Database,
  options: ExperimentOptions,
  possible: readonly PossiblePrecondition[],
): Promise<PossiblePrecondition[]> {
  if (possible.length === 0) return []
  return await within(trial, options, async (session) => {
    await putOffenders(session, possible, { timeoutMs: rowsMs })
    const there: PossiblePrecondition[] = []
    for (const each of possible) {
      const count = await countOf(session, each.rows)
      if (count === undefined) there.push({ ...each, rows: undefined, count: undefined })
      else if (count > 0) there.push(each)
    }
    return there
  })
}

async function search(experiment: Experiment): Promise<Preconditions> {
  const { migration, confirmed } = experiment
  let last: StepError | undefined
  for (let run = 0; run < most; run++) {
    const { error, changed } = await tryUpgrade(experiment)
    if (!error) {
      confirmed.push(...changed.map((possible) => ({ possible, sqlstate: undefined })))
      // Rows in one's way went with those in another's.
      const gone = await within(experiment.trial, experiment, (session) => vanished(session, experiment))
      if (gone.length === 0 || !(await renewed(experiment, gone))) {
        const { found, ...rest } = done(experiment, [])
        return { ...rest, found: [...found, ...gone.map((each) => noted(each, 'untried', undefined))] }
      }
      last = undefined
      continue
    }
    // The rows that were taken out were not what it fails on.
    if (last && isSameError(last, error)) return done(experiment, [], confirmed.slice(0, -1))
    if (isRoleInUse(error, migration.up))
      return done(experiment, [
        untried(migration, 'It drops a role to which other copies of the database have grants.'),
      ])
    const next = isAboutData(error) ? await explain(experiment, error) : undefined
    if (!next) return done(experiment, [])
    confirmed.push({ possible: next, sqlstate: error.sqlstate })
    if (!(await mended(experiment, next))) {
      const why = 'A row that it fails on could not be taken out: which ones are synthetic is not known any more.'
      return done(experiment, experiment.own.isLost ? [untried(migration, why)] : [], confirmed.slice(0, -1))
    }
    last = error
  }
  const why = `The upgrade was run ${most} times, each time on fewer of the rows that it fails on, and failed still.`
  return done(experiment, [untried(migration, why)])
}

function untried({ name, up }: ParsedMigration, why: string): NotChecked {
  return { what: `All that ${name} asks of the data`, why, at: up.at }
}

/** Those that were not confirmed, and of which there is no row any more. */
async function vanished(
  session: Session,
  { possible, confirmed }: Experiment,
): Promise<readonly PossiblePrecondition[]> {
  const gone: PossiblePrecondition[] = []
  for (const each of confirmed.length === 0 ? [] : possible) {
    const isKnown = confirmed.some((known) => isSame(known.possible, each))
    if (!isKnown && (await countOf(session, each.rows)) === 0) gone.push(each)
  }
  return gone
}

/** @returns whether there are rows now for any of them */
async function renewed(experiment: Experiment, gone: readonly PossiblePrecondition[]): Promise<boolean> {
  const made = await within(experiment.trial, experiment, (session) =>
    changeIntoOffenders(session, gone, { timeoutMs: rowsMs }),
  )
  return made.length > 0
}

/** One run on a copy of its own, so that what is committed before an error does not stay. */
async function tryUpgrade(
  experiment: Experiment,
): Promise<{ error: StepError | undefined; changed: readonly PossiblePrecondition[] }> {
  const { server, trial, runner, migration, possible, confirmed } = experiment
  const roles = await within(trial, experiment, rolesIn)
  await using _made = {
    [Symbol.asyncDispose]: () =>
      within(trial, experiment, (session) => dropTrialRoles(session, server, migration, roles)),
  }
  await trial.terminateConnections()
  await using copy = await server.createDatabase(trial)
  const { error } = await runner.up(copy, migration, experiment)
  const silent = possible.filter(({ outcome }) => outcome === 'changes')
  if (error || silent.length === 0) return { error, changed: [] }
  const before = await within(trial, experiment, (session) => valuesOf(session, silent))
  const changed = await within(copy, experiment, (session) => changedValues(session, before))
  return { error, changed: changed.filter((each) => !confirmed.some(({ possible: known }) => isSame(known, each))) }
}

/** Of a value that is refused when it is assigned, it need not be said as well that it is cut off. */
function isSame(a: PossiblePrecondition, b: PossiblePrecondition): boolean {
  const isAlike = a.kind === b.kind && a.table === b.table && a.columns.join() === b.columns.join()
  // Several may be asked of the same columns.
  return isAlike && (a.kind !== 'check' || a.needs === b.needs)
}

/** What the server's error says of the data: one of those that the statements announce, or what the error itself names. */
async function explain(experiment: Experiment, error: StepError): Promise<PossiblePrecondition | undefined> {
  const { possible, confirmed, schema } = experiment
  const open = possible.filter((each) => !confirmed.some((known) => known.possible === each))
  return blamed(open, error) ?? toldByError(error, schema)
}

async function mended(experiment: Experiment, possible: PossiblePrecondition): Promise<boolean> {
  return await within(experiment.trial, experiment, (session) => takeOut(session, possible, experiment))
}

function noted(
  { kind, table, columns, at, needs, count }: PossiblePrecondition,
  outcome: Precondition['outcome'],
  sqlstate: string | undefined,
): Precondition {
  return { kind, table, columns, outcome, sqlstate, at, needs, count }
}

/** Without a query for the rows in the way, all synthetic rows of the table go. */
async function takeOut(
  session: Session,
  { table, rows }: PossiblePrecondition,
  { own, signal, timeoutMs }: ExperimentOptions,
): Promise<boolean> {
  return await removeRows(session, table, rows ?? { from: table, where: 'true' }, own, { signal, timeoutMs })
}

function done(
  experiment: Experiment,
  notChecked: readonly NotChecked[],
  confirmed: readonly Confirmed[] = experiment.confirmed,
): Preconditions {
  const failing = confirmed.filter(({ possible: { outcome, kind } }) => outcome === 'fails' && kind !== 'no-rows')
  return {
    found: confirmed.map(({ possible, sqlstate }) => noted(possible, possible.outcome, sqlstate)),
    notChecked,
    async mend(database) {
      if (failing.length === 0) return
      await within(database, experiment, async (session) => {
        for (const { possible } of failing) await takeOut(session, possible, experiment)
      })
    },
  }
}
