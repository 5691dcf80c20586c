import type { Sizes } from '../model/cost.ts'
import { UserError } from '../model/errors.ts'
import type { ParsedMigration, ParsedScript, Project } from '../model/migration.ts'
import type { OldQuery } from '../model/old-code.ts'
import type { NotChecked } from '../model/result.ts'
import type { RoundTrip } from '../model/round-trip.ts'
import type { Schema } from '../model/schema.ts'
import { type Database, type Server, ServerError } from '../postgres/server.ts'
import { snapshot } from '../postgres/snapshot.ts'
import { alembicRunner, noAlembic } from './alembic.ts'
import { sqlRunner } from './apply.ts'
import { type Beginning, type Failed, type Keeping, openBaseline } from './baseline.ts'
import { type CommandsOptions, commandRunner } from './commands.ts'
import { rehearseMigration, type Walk } from './migration.ts'
import { missingExtension } from './missing-extension.ts'
import { ownRows } from './preconditions/own-rows.ts'
import { openRoles } from './roles.ts'
import type { Runner } from './runner.ts'
import { openScratch } from './scratch.ts'
import { type Seeds, seeder } from './seeds.ts'

export interface RehearseOptions {
  /** Absolute path of the root. */
  readonly repository: string
  readonly project: Pick<Project, 'tool' | 'directory'>
  /** The whole history, in the order in which its tool would run it. */
  readonly migrations: readonly ParsedMigration[]
  readonly server: Server
  /** How Alembic is run, from `alembicCommand`; undefined: none was found. */
  readonly alembic: { readonly command: readonly string[] } | undefined
  /** Commands of the configuration, which run the migrations instead of us; undefined: there are none. */
  readonly commands?: Pick<CommandsOptions, 'project' | 'commands' | 'bookkeeping'> | undefined
  readonly beginning?: Beginning | undefined
  /** Undefined: the baseline is built anew. */
  readonly keeping?: Keeping | undefined
  /** Settings that the server was started with. */
  readonly settings?: Readonly<Record<string, string>> | undefined
  /** For one run of one script. */
  readonly timeoutMs: number
  /** What the running release sends, from the project's files of queries. */
  readonly queries?: readonly OldQuery[]
  /** Of the tables in production. */
  readonly sizes?: Sizes | undefined
  readonly seeds?: Seeds | undefined
  /** What the project's own commands may see, besides the likes of PATH. */
  readonly environment: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  readonly log: (message: string) => void
}

export interface Rehearsal {
  /** By the migration's id. */
  readonly roundTrips: ReadonlyMap<string, RoundTrip>
  readonly notChecked: readonly NotChecked[]
}

/**
 * Walks the history on one scratch database. Migrations of the base branch are applied; each changed one is run up, down and up
 * again, with rows in the tables. The next one starts from the state after the first upgrade, as a database in production would.
 * An upgrade that fails with rows in the tables, and not without, is gone on from without. One that fails on an empty database too ends the
 * walk: what comes after it would run on a state that never exists.
 *
 * @throws Cancelled when `signal` aborts. Whatever else keeps a migration from being rehearsed is in `notChecked`.
 */
export async function rehearse(options: RehearseOptions): Promise<Rehearsal> {
  const { migrations } = options
  const roundTrips = new Map<string, RoundTrip>()
  const notChecked: NotChecked[] = []
  const last = migrations.findLastIndex(({ status }) => status !== 'base')
  const history = migrations.slice(0, last + 1)
  if (history.length === 0) return { roundTrips, notChecked }
  const stop = (why: string, at?: NotChecked['at']) => {
    const left = history.filter(({ id, status }) => status !== 'base' && !roundTrips.has(id))
    if (left.length > 0) notChecked.push({ what: `The rehearsal of ${list(left.map(({ name }) => name))}`, why, at })
  }
  let planted = seeder(options.seeds)
  try {
    await using runner = await openRunner(options)
    const settled = new Set<OldQuery>()
    let ended: Ended | 'lost' = 'lost'
    while (ended === 'lost') {
      planted = seeder(options.seeds)
      ended = await walkOn({ ...options, runner, settled, seeder: planted }, history, roundTrips, notChecked)
    }
    if (ended) stop(ended.why, ended.at)
  } catch (error) {
    if (error instanceof UserError) stop(error.message)
    else if (error instanceof ServerError) stop(`PostgreSQL: ${error.message}`)
    else throw error
  }
  notChecked.push(...planted.trouble())
  return { roundTrips, notChecked }
}

/**
 * From the base branch, by way of what was rehearsed already, through the rest of the history.
 * @returns why it ends before; `lost`: one more is rehearsed, and left no database to go on from, so that one must be built anew
 */
async function walkOn(
  options: RehearseOptions & Pick<Walk, 'runner' | 'settled' | 'seeder'>,
  history: readonly ParsedMigration[],
  roundTrips: Map<string, RoundTrip>,
  notChecked: NotChecked[],
): Promise<Ended | 'lost'> {
  const { server, runner } = options
  await using _roles = await openRoles(server, options.beginning?.roles ?? [], options)
  const begun = history.findIndex(({ status }) => status !== 'base')
  const base = await openBase(options, history.slice(0, begun))
  if ('why' in base) return base
  await using scratch = openScratch(server, base)
  await using own = ownRows(server, runner)
  const walk = { ...options, scratch, own }
  const done = history.findLastIndex(({ id }) => roundTrips.has(id)) + 1
  const unbuilt = done > begun ? await applyAgain(walk, history.slice(begun, done), roundTrips) : undefined
  if (unbuilt) return unbuilt
  for (const stretch of stretches(history.slice(Math.max(begun, done)))) {
    const [first] = stretch
    const ended =
      first?.status === 'base'
        ? await applyBase(walk, stretch)
        : first && (await rehearseOne(walk, first, roundTrips, notChecked))
    if (ended) return ended
  }
  return undefined
}

/**
 * Builds the database that the next change begins with, for the cache; where it is there already, it is only taken up.
 * @returns why that cannot be done
 */
export async function prepare(options: RehearseOptions): Promise<string | undefined> {
  try {
    await using runner = await openRunner(options)
    await using _roles = await openRoles(options.server, options.beginning?.roles ?? [], options)
    const base = await openBase({ ...options, runner }, options.migrations)
    if ('why' in base) return base.why
    await base[Symbol.asyncDispose]()
    return undefined
  } catch (error) {
    if (error instanceof UserError) return error.message
    if (error instanceof ServerError) return `PostgreSQL: ${error.message}`
    throw error
  }
}

/**
 * What the migrations build in an empty database, without the tables in which their tool notes what ran.
 * @returns why it is not known, where they cannot all be applied
 */
export async function built(options: RehearseOptions): Promise<Schema | NonNullable<Ended>> {
  try {
    await using runner = await openRunner(options)
    await using _roles = await openRoles(options.server, options.beginning?.roles ?? [], options)
    const base = await openBase({ ...options, runner }, options.migrations)
    if ('why' in base) return base
    await using database = base
    await using session = await database.connect()
    return await snapshot(session, { exclude: runner.bookkeeping })
  } catch (error) {
    if (error instanceof UserError) return { why: error.message }
    if (error instanceof ServerError) return { why: `PostgreSQL: ${error.message}` }
    throw error
  }
}

/** Why the walk ends here. */
type Ended = Pick<NotChecked, 'why' | 'at'> | undefined

function openRunner(options: RehearseOptions): Promise<Runner> | Runner {
  const { project, repository, alembic, commands, environment, log, timeoutMs, signal } = options
  if (commands) return commandRunner({ ...commands, repository, migrations: options.migrations, environment })
  if (project.tool !== 'alembic') return sqlRunner()
  if (!alembic) throw new UserError(noAlembic)
  const { command } = alembic
  return alembicRunner({ repository, directory: project.directory, command, environment, log }, { timeoutMs, signal })
}

/** The database as it is in front of the first changed migration. */
async function openBase(
  options: RehearseOptions & { readonly runner: Runner },
  migrations: readonly ParsedMigration[],
): Promise<Database | NonNullable<Ended>> {
  const unreadable = firstObstacle(options, migrations)
  if (unreadable) return unreadable
  const { beginning = { extensions: [], roles: [], dump: undefined, dumpIncludes: undefined }, settings = {} } = options
  const history = options.migrations
  const { keeping } = options
  const base = await openBaseline({ ...options, beginning, keeping, settings, history, migrations })
  return 'error' in base ? baseFails(base, options) : base
}

/** What was rehearsed already, on a database without rows: an upgrade that fails on some may go through without. */
async function applyAgain(
  walk: Walk & RehearseOptions,
  migrations: readonly ParsedMigration[],
  roundTrips: ReadonlyMap<string, RoundTrip>,
): Promise<Ended> {
  const { runner, scratch, log } = walk
  const last = migrations.at(-1)
  const hasFailed = ({ id }: ParsedMigration) => roundTrips.get(id)?.steps[0]?.outcome === 'failed'
  const isFailed = last !== undefined && hasFailed(last)
  const because = isFailed ? `the upgrade of ${last.name} failed with rows in the tables` : 'a downgrade drops a role'
  log(`Building the database again, because ${because}.`)
  const { error, migration } = await runner.upAll(scratch.database, migrations, walk)
  if (!error) return undefined
  const failed = migration ? [migration].find(hasFailed) : migrations.findLast(hasFailed)
  if (failed) return { why: `Not rehearsed, because the upgrade of ${failed.name} failed, also on an empty database.` }
  const lost = isFailed ? `The upgrade of ${last.name} failed` : `The downgrade of ${last?.name} drops a role`
  const which = migration ? `${migration.name} was applied` : 'they were applied'
  return {
    why: `${lost} and left no database to go on from, and one could not be built again: when ${which} to an empty one, ${error.message}.`,
    at: error.at ?? migration?.up.at,
  }
}

async function applyBase(walk: Walk & RehearseOptions, migrations: readonly ParsedMigration[]): Promise<Ended> {
  const { runner, scratch, log } = walk
  const unreadable = firstObstacle(walk, migrations)
  if (unreadable) return unreadable
  log(`Applying ${migrations.length} ${migrations.length === 1 ? 'migration' : 'migrations'} of the base branch.`)
  const { error, migration } = await runner.upAll(scratch.database, migrations, walk)
  return error && baseFails({ error, migration }, walk)
}

function firstObstacle(options: RehearseOptions, migrations: readonly ParsedMigration[]): Ended {
  for (const { name, up } of migrations) {
    const unreadable = obstacle(options, up)
    if (unreadable)
      return { why: `${name}, which is on the base branch, cannot be applied: ${unreadable.why}`, at: unreadable.at }
  }
  return undefined
}

function baseFails({ error, migration }: Failed, { server }: Pick<RehearseOptions, 'server'>): NonNullable<Ended> {
  const at = error.at ?? migration?.up.at
  const lacking = missingExtension(error, server)
  const whose = migration ? `${migration.name}, which is on the base branch,` : 'The history of the base branch'
  if (lacking) return { why: `${whose} ${lacking}.`, at }
  const what = migration
    ? `${migration.name}, which is on the base branch, fails`
    : 'The migrations of the base branch fail'
  const code = error.sqlstate ? ` (${error.sqlstate})` : ''
  return {
    why: `${what} on an empty database: ${error.message}${code}. Until the history can be applied from its beginning, nothing after it can be rehearsed: mend it, judge it as well with --all, or begin with a dump of the schema: \`baseline:\` in .migration-gate.yml.`,
    at,
  }
}

async function rehearseOne(
  walk: Walk & RehearseOptions,
  migration: ParsedMigration,
  roundTrips: Map<string, RoundTrip>,
  notChecked: NotChecked[],
): Promise<Ended | 'lost'> {
  const { migrations, log } = walk
  const up = obstacle(walk, migration.up)
  if (up) return { why: `${migration.name} cannot be run: ${up.why}`, at: up.at }
  const no = migration.down && (oneWay(walk, migration.down) ?? obstacle(walk, migration.down))
  if (no) notChecked.push({ what: `The downgrade of ${migration.name}`, why: `It cannot be run: ${no.why}`, at: no.at })

  log(`Rehearsing ${migration.name}.`)
  const down = no ? undefined : migration.down
  const isLast = migration === migrations.findLast(({ status }) => status !== 'base')
  const { trip, isLost } = await rehearseMigration(walk, migration, { down, isLast }, notChecked)
  roundTrips.set(migration.id, trip)
  if ((isLost || trip.steps[0]?.outcome === 'failed') && !isLast) return 'lost'
  walk.own.applied(migration)
  return undefined
}

function oneWay({ runner }: Walk, { at }: ParsedScript): NonNullable<Ended> | undefined {
  return runner.noDowngrade ? { why: `${runner.noDowngrade}.`, at } : undefined
}

/** A part of a SQL script that only its own client could run. Alembic and other commands run files themselves, whether they can be read or not. */
function obstacle(
  { project, commands }: RehearseOptions,
  script: ParsedScript,
): { why: string; at: NotChecked['at'] } | undefined {
  const [part] = project.tool === 'alembic' || commands ? [] : script.unreadable
  return part && { why: `${part.reason}.`, at: part.at }
}

/** Migrations of the base branch that follow one another are applied together; each changed one stands alone. */
function stretches(history: readonly ParsedMigration[]): ParsedMigration[][] {
  const found: ParsedMigration[][] = []
  for (const migration of history) {
    const open = found.at(-1)
    if (open && migration.status === 'base' && open[0]?.status === 'base') open.push(migration)
    else found.push([migration])
  }
  return found
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 5)
  const more = names.length - shown.length
  const [last = ''] = more > 0 ? [`${more} more`] : shown.splice(-1)
  return shown.length > 0 ? `${shown.join(', ')} and ${last}` : last
}
