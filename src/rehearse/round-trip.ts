import { plainName } from '../model/locks.ts'
import type { Name } from '../model/operation.ts'
import type { DataChange, Drift, LaterRows, RoundTrip, Step, StepError, Watched } from '../model/round-trip.ts'
import type { Schema, TableContents } from '../model/schema.ts'
import { compareContents } from '../postgres/drift/contents.ts'
import { compareSchemas } from '../postgres/drift/schemas.ts'
import { joined } from './watched.ts'

/** How one run of one script ended. */
export interface StepResult {
  readonly error: StepError | undefined
  /** Milliseconds. */
  readonly ms: number
}

/** The same, with what was seen meanwhile; undefined: nobody watched. */
export interface WatchedStep extends StepResult {
  readonly watched: Watched | undefined
}

/** What a database holds at one moment. */
export interface State {
  readonly schema: Schema
  readonly contents: readonly TableContents[]
}

export interface RoundTripOptions {
  /** The migration's id. */
  readonly migration: string
  /** The tables that the migration names. */
  readonly touched: readonly Name[]
  readonly up: (attempt: 1 | 2) => Promise<WatchedStep>
  /** Undefined: there is no downgrade to run. */
  readonly down: (() => Promise<WatchedStep>) | undefined
  /** The state before the upgrade. */
  readonly begin: () => Promise<State>
  /** The state as it is now. */
  readonly look: () => Promise<State>
  /** Called once, after the first upgrade has succeeded and while its state is there: what else is to be known of it. */
  readonly tryOut?: (before: State, upgraded: State) => Promise<Pick<RoundTrip, 'oldCode' | 'lost' | 'stale'>>
  /** Called once, at the end, while the second upgrade's state is there: `known` is what the downgrade does to the rows of before. */
  readonly tryLater?: (before: State, upgraded: State, known: readonly DataChange[]) => Promise<LaterRows | undefined>
  /** Called once, before the downgrade: the state from which the next migration goes on. */
  readonly keep: () => Promise<void>
}

/**
 * Runs one migration up, down and up again, and compares what the database holds: after the downgrade with before the upgrade,
 * after the second upgrade with after the first. Stops at the first step that fails; the steps after it are `skipped`.
 */
export async function roundTrip(options: RoundTripOptions): Promise<RoundTrip> {
  const { migration, touched, up, down, begin, look, tryOut, tryLater, keep } = options
  const steps: Step[] = []
  const drift: Drift[] = []
  const data: DataChange[] = []
  let watched: Watched | undefined
  let tried: Awaited<ReturnType<NonNullable<typeof tryOut>>> = {}
  let laterRows: LaterRows | undefined
  const before = await begin()
  const withoutRows = emptyAmong(touched, before.contents)
  const done = (restored: boolean | null, repeatable: boolean | null): RoundTrip => {
    const missing = order
      .slice(steps.length)
      .map(([direction, attempt]): Step => ({ direction, attempt, outcome: 'skipped', error: undefined, ms: 0 }))
    return {
      migration,
      steps: [...steps, ...missing],
      restored,
      repeatable,
      drift,
      data,
      withoutRows,
      watched,
      ...tried,
      ...(laterRows && { laterRows }),
    }
  }
  const run = async (script: (attempt: 1 | 2) => Promise<WatchedStep>): Promise<boolean> => {
    const next = order[steps.length]
    if (!next) throw new Error('A round trip has three steps.')
    const { error, ms, watched: seen } = await script(next[1])
    watched = joined(watched, seen)
    steps.push({ direction: next[0], attempt: next[1], outcome: error ? 'failed' : 'ok', error, ms })
    return error === undefined
  }

  if (!(await run(up))) return done(null, null)
  if (!down && !tryOut) return done(null, null)
  const upgraded = await look()
  if (tryOut) tried = await tryOut(before, upgraded)
  if (!down) return done(null, null)
  await keep()
  if (!(await run(down))) return done(null, null)

  const downgraded = await look()
  drift.push(...compareSchemas(before.schema, downgraded.schema, 'down'))
  data.push(...compareContents(before.contents, downgraded.contents, 'down'))
  const restored = isSame(drift, data)

  if (!(await run(up))) return done(restored, false)
  const again = await look()
  const driftAgain = compareSchemas(upgraded.schema, again.schema, 'up-again')
  const dataAgain = compareContents(upgraded.contents, again.contents, 'up-again')
  drift.push(...driftAgain)
  data.push(...dataAgain)
  laterRows = await tryLater?.(before, upgraded, data)
  return done(restored, isSame(driftAgain, dataAgain))
}

const order = [
  ['up', 1],
  ['down', 1],
  ['up', 2],
] as const

function isSame(drift: readonly Drift[], data: readonly DataChange[]): boolean {
  return data.length === 0 && drift.every((difference) => difference.class !== 'contract')
}

/** Tables by the name that `contents` gives them, which is quoted where SQL needs it. */
function emptyAmong(touched: readonly Name[], contents: readonly TableContents[]): string[] {
  const names = new Set<string>(touched)
  return contents.filter(({ table, rows }) => rows === 0 && names.has(plainName(table))).map(({ table }) => table)
}
