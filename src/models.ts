import { UserError } from './model/errors.ts'
import type { ParsedMigration } from './model/migration.ts'
import type { NotChecked } from './model/result.ts'
import type { Difference, RoundTrip } from './model/round-trip.ts'
import type { Schema } from './model/schema.ts'
import { ServerError } from './postgres/server.ts'
import { expectedSchema, outOfStep } from './rehearse/expected.ts'
import { built, type RehearseOptions } from './rehearse/rehearse.ts'
import { openRoles, rolesMadeBy } from './rehearse/roles.ts'

export interface ModelsOptions extends RehearseOptions {
  /** A file of SQL, or a command, as in the configuration. */
  readonly source: string | readonly string[]
  readonly roundTrips: ReadonlyMap<string, RoundTrip>
}

/** The history as the rules are to see it, where it was compared with the models. */
export interface Compared {
  /** The newest counts as changed, also where the change is in the models alone: what is missing belongs behind it. */
  readonly migrations: readonly ParsedMigration[]
  readonly roundTrips: ReadonlyMap<string, RoundTrip>
  readonly notChecked: readonly NotChecked[]
}

/** Compares what all migrations build with what the configuration says they are to build. */
export async function compareModels(options: ModelsOptions): Promise<Compared> {
  const { migrations, roundTrips, log } = options
  const newest = migrations.findLast(({ status }) => status !== 'base') ?? migrations.at(-1)
  const isBroken = [...roundTrips.values()].some(({ steps }) => steps[0]?.outcome !== 'ok')
  if (!newest) return { migrations, roundTrips, notChecked: [] }
  log('Comparing what the migrations build with what the models say.')
  const found = isBroken
    ? { why: 'An upgrade fails, so that nobody knows what all of them build.' }
    : await differences(options)
  if ('why' in found) return { migrations, roundTrips, notChecked: [{ what: wanted, ...found }] }
  if (found.length === 0) return { migrations, roundTrips, notChecked: [] }
  const trip = roundTrips.get(newest.id) ?? notRun(newest.id)
  return {
    migrations: migrations.map((each) =>
      each === newest && each.status === 'base' ? { ...each, status: 'edited' } : each,
    ),
    roundTrips: new Map([...roundTrips, [newest.id, { ...trip, outOfStep: found }]]),
    notChecked: [],
  }
}

/** What is not checked where this is not possible. */
export const wanted = 'Whether the migrations build what the models say'

async function differences(options: ModelsOptions): Promise<readonly Difference[] | Pick<NotChecked, 'why' | 'at'>> {
  try {
    const expected = await expectedWithRoles(options)
    const schema = await built(options)
    return 'why' in schema ? schema : outOfStep(expected, schema, typeof options.source !== 'string')
  } catch (error) {
    if (error instanceof UserError) return { why: error.message }
    if (error instanceof ServerError) return { why: `PostgreSQL: ${error.message}` }
    throw error
  }
}

/** A file may grant to the roles that the migrations make, or the configuration names. */
async function expectedWithRoles(options: ModelsOptions): Promise<Schema> {
  const { server, beginning, migrations, log } = options
  await using _roles = await openRoles(server, [...(beginning?.roles ?? []), ...rolesMadeBy(migrations)], { log })
  return await expectedSchema(options)
}

/** A round trip of which nothing is known. */
function notRun(migration: string): RoundTrip {
  return { migration, steps: [], restored: null, repeatable: null, drift: [], data: [], withoutRows: [] }
}
