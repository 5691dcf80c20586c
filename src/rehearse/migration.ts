import type { Sizes } from '../model/cost.ts'
import { UserError } from '../model/errors.ts'
import type { ParsedMigration, ParsedScript } from '../model/migration.ts'
import { named } from '../model/named.ts'
import type { OldQuery } from '../model/old-code.ts'
import type { Name } from '../model/operation.ts'
import type { Precondition } from '../model/precondition.ts'
import type { NotChecked } from '../model/result.ts'
import type { RoundTrip } from '../model/round-trip.ts'
import { contents } from '../postgres/contents.ts'
import { type Database, type Server, ServerError, type Session } from '../postgres/server.ts'
import { snapshot } from '../postgres/snapshot.ts'
import { costsOf } from './cost.ts'
import { tryLaterRows } from './later-rows.ts'
import { type Limits, limited, seconds } from './limit.ts'
import { missingExtension } from './missing-extension.ts'
import { tryOldCode } from './old-code/old-code.ts'
import { isRoleInUse } from './preconditions/errors.ts'
import type { OwnRows } from './preconditions/own-rows.ts'
import { preconditionsAfter, preconditionsOf } from './preconditions/preconditions.ts'
import { roundTrip, type StepResult, type WatchedStep } from './round-trip.ts'
import { putRows } from './rows.ts'
import type { Runner } from './runner.ts'
import type { Scratch } from './scratch.ts'
import type { Seeder } from './seeds.ts'
import { watch } from './watch.ts'

/** What a walk through the history carries from one migration to the next. */
export interface Walk extends Limits {
  readonly server: Server
  readonly runner: Runner
  readonly scratch: Scratch
  readonly own: OwnRows
  readonly seeder: Seeder
  readonly queries?: readonly OldQuery[]
  /** Queries of which no later migration can tell more. */
  readonly settled: Set<OldQuery>
  readonly sizes?: Sizes | undefined
}

/** Rows that a trigger or a slow constraint holds up are given up after so long. */
const rowsMs = 5_000

/**
 * Runs one changed migration up, down and up again on the database of the walk, with rows in its tables, and leaves there what the first
 * upgrade made.
 *
 * @param part `down`: the downgrade, where it can be run; `isLast`: nothing comes after it, so that the state need not be kept
 * @returns `isLost`: there is no database left to go on from
 */
export async function rehearseMigration(
  walk: Walk,
  migration: ParsedMigration,
  part: { readonly down: ParsedScript | undefined; readonly isLast: boolean },
  notChecked: NotChecked[],
): Promise<{ readonly trip: RoundTrip; readonly isLost: boolean }> {
  const { runner, scratch, own } = walk
  const { down, isLast } = part
  const { name } = migration
  const telling = <Step extends StepResult>(step: Step) => withMeans(step, name, walk.server)
  const missed = (what: string, why: string) => notChecked.push({ what, why, at: migration.up.at })
  await own.begin(scratch.database)
  await fill(walk, migration, notChecked)
  const schema = await reading(walk, (session) => snapshot(session, { exclude: runner.bookkeeping }))
  const read = await preconditionsOf({ ...walk, database: scratch.database, schema }, migration)
  await read.mend(scratch.database)
  let old: Database | undefined = await scratch.copy()
  let kept: Database | undefined
  let isGivenUp = false
  let isTriedLater = false
  const watching = (script: ParsedScript) =>
    watch({ runner, database: scratch.database, limits: walk, notChecked }, { migration, script })
  // A role cannot go while it has a grant in any database, and the copies hold those of before: they go, and the script begins anew.
  const alone = async (script: ParsedScript, before: () => Database | undefined): Promise<WatchedStep> => {
    const step = telling(await watching(script))
    const begin = before()
    if (!step.error || !isRoleInUse(step.error, script) || !begin) return step
    await own.giveUp()
    await scratch.goOnAlone(begin)
    old = undefined
    kept = undefined
    isGivenUp = true
    return telling(await watching(script))
  }
  const goThrough = async () =>
    await roundTrip({
      migration: migration.id,
      touched: touched(migration),
      // The second upgrade locks what the first did.
      up: async (attempt) =>
        attempt === 1
          ? await alone(migration.up, () => old)
          : { ...telling(await runner.up(scratch.database, migration, walk)), watched: undefined },
      down: down && (() => alone(down, () => kept)),
      begin: async () => ({ schema, contents: await contentsOf(walk) }),
      look: async () => ({
        schema: await reading(walk, (session) => snapshot(session, { exclude: runner.bookkeeping })),
        contents: await contentsOf(walk),
      }),
      async tryOut(before, upgraded) {
        const { server, queries = [], settled } = walk
        if (!old) {
          missed(`What old code does after ${name}`, droppedFor('The upgrade'))
          return {}
        }
        return await tryOldCode({
          ...{ server, migration, queries, settled, notChecked, limits: walk },
          ...{ before: old, after: scratch.database, exclude: runner.bookkeeping },
          schemas: { before: before.schema, after: upgraded.schema },
        })
      },
      async tryLater(before, upgraded, known) {
        const { database } = scratch
        isTriedLater = true
        return await tryLaterRows({
          ...{ database, limits: walk, touched: touched(migration), before, upgraded, known },
          contents: () => contentsOf(walk),
          down: () => runner.down(database, migration, walk),
        })
      },
      async keep() {
        if (!isLast || (down && mayDropRole(down))) kept = await scratch.copy()
      },
    })
  // What stops at rows that were made up may go through on those of production: whatever else it does is seen without them.
  const withoutRows = async (stopped: RoundTrip, found: readonly Precondition[]): Promise<RoundTrip | undefined> => {
    const error = stopped.steps[0]?.error
    if (!error || !old || walk.seeder.filled.size > 0 || found.some(({ kind }) => kind === 'no-rows')) return undefined
    if (error.timedOut || error.sqlstate?.startsWith('42')) return undefined
    const bare = await own.copy(walk)
    if (!bare) return undefined
    await scratch.goOnWith(bare)
    await scratch.drop(old)
    old = await scratch.copy()
    const trip = await goThrough()
    return trip.steps[0]?.outcome === 'ok' ? { ...trip, refusedRows: error } : undefined
  }
  const first = await goThrough()
  const refused = first.steps[0]?.error
  const isKnown = read.found.some(({ kind }) => kind === 'no-rows')
  const told =
    refused && old && !isKnown
      ? await preconditionsAfter({ ...walk, database: old, schema }, migration, refused)
      : undefined
  const isMended = told?.found.some(({ kind }) => kind !== 'no-rows') ?? false
  if (told && old && isMended) {
    await told.mend(old)
    await scratch.goOnWith(await scratch.copy(old))
  }
  const mended = isMended ? await goThrough() : first
  const trip = (await withoutRows(mended, [...read.found, ...(told?.found ?? [])])) ?? mended
  notChecked.push(...read.notChecked, ...(told?.notChecked ?? []))
  const costs = trip.watched && costsOf(trip.watched, migration.up, walk.sizes ?? new Map())
  if (kept) await scratch.goOnWith(kept)
  if (old && !isLast) await scratch.drop(old)
  // After the second upgrade the database is what it was after the first, unless it was downgraded again.
  const isBehind = trip.steps[1]?.outcome !== 'skipped' && (trip.steps[2]?.outcome !== 'ok' || isTriedLater)
  const isLost = isGivenUp && !kept && isBehind
  return { trip: { ...trip, costs, preconditions: [...read.found, ...(told?.found ?? [])] }, isLost }
}

/** disk_full, out_of_memory, too_many_connections and io_error say nothing about the migration, and what the server lacks does not either. */
function withMeans<Step extends StepResult>(step: Step, name: string, server: Server): Step {
  const lacking = step.error && missingExtension(step.error, server)
  if (lacking) throw new UserError(`${name} ${lacking}.`)
  const { sqlstate, message } = step.error ?? {}
  if (sqlstate !== undefined && message !== undefined && /^(?:53[123]00|58030)$/.test(sqlstate))
    throw new ServerError(message, { sqlstate })
  return step
}

function droppedFor(what: string): string {
  return `${what} drops a role, which PostgreSQL refuses while another database has grants to it: the copies that are needed here were dropped.`
}

const hiding = new Set(['drop-role', 'do-block', 'unparsed', 'other'])

function mayDropRole({ statements, unreadable }: ParsedScript): boolean {
  return (
    unreadable.length > 0 ||
    statements.some(({ operations }) => operations.length === 0 || operations.some(({ kind }) => hiding.has(kind)))
  )
}

async function fill(walk: Walk, migration: ParsedMigration, notChecked: NotChecked[]): Promise<void> {
  const { runner, scratch, signal, seeder } = walk
  const timeoutMs = 10 * rowsMs
  await limited(scratch.database, { timeoutMs, signal }, async (limit) => {
    try {
      await plant(scratch.database, seeder)
      await using session = await scratch.database.connect()
      await putRows(session, { exclude: [...runner.bookkeeping, ...seeder.filled], timeoutMs: rowsMs })
    } catch (error) {
      if (!(error instanceof ServerError)) throw error
      const why = limit.timedOut ? `putting rows into them did not finish within ${seconds(timeoutMs)}` : error.message
      notChecked.push({ what: `Rows for ${migration.name}`, why: `Some tables got no rows to run it on: ${why}.` })
    }
  })
}

async function plant(database: Database, seeder: Seeder): Promise<void> {
  await using session = await database.connect()
  await seeder.plant(session)
}

async function contentsOf(walk: Walk) {
  return await reading(walk, (session) => contents(session, { exclude: walk.runner.bookkeeping }))
}

/** Rows that triggers or locks hold up are waited for no longer than a script. */
async function reading<T>({ scratch, signal, timeoutMs }: Walk, work: (session: Session) => Promise<T>): Promise<T> {
  return await limited(scratch.database, { timeoutMs: Math.max(timeoutMs, 60_000), signal }, async () => {
    await using session = await scratch.database.connect()
    return await work(session)
  })
}

function touched({ up, down }: ParsedMigration): Name[] {
  const operations = [up, ...(down ? [down] : [])].flatMap((script) =>
    script.statements.flatMap((statement) => statement.operations),
  )
  return operations.flatMap((operation) => named(operation).relations)
}
