import { UserError } from '../model/errors.ts'
import type { ParsedMigration, ParsedScript, Project } from '../model/migration.ts'
import type { Name } from '../model/operation.ts'
import type { NotChecked } from '../model/result.ts'
import type { RoundTrip } from '../model/round-trip.ts'
import { contents } from '../postgres/contents.ts'
import { type Database, type Server, ServerError } from '../postgres/server.ts'
import { snapshot } from '../postgres/snapshot.ts'
import { alembicRunner, noAlembic } from './alembic.ts'
import { sqlRunner } from './apply.ts'
import { limited, seconds } from './limit.ts'
import { roundTrip, type State } from './round-trip.ts'
import { putRows } from './rows.ts'
import type { Runner } from './runner.ts'
import { watch } from './watch.ts'

export interface RehearseOptions {
  /** Absolute path of the root. */
  readonly repository: string
  readonly project: Pick<Project, 'tool' | 'directory'>
  /** The whole history, in the order in which its tool would run it. */
  readonly migrations: readonly ParsedMigration[]
  readonly server: Server
  /** How Alembic is run, from `alembicCommand`; undefined: none was found. */
  readonly alembic: { readonly command: readonly string[] } | undefined
  /** For one run of one script. */
  readonly timeoutMs: number
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

/** Rows that a trigger or a slow constraint holds up are given up after so long. */
const rowsMs = 5_000

/**
 * Walks the history on one scratch database. Migrations of the base branch are applied; each changed one is run up, down and up
 * again, with rows in the tables. The next one starts from the state after the first upgrade, as a database in production would.
 * The first upgrade that fails ends the walk: what comes after it would run on a state that never exists.
 *
 * @throws Cancelled when `signal` aborts. Whatever else keeps a migration from being rehearsed is in `notChecked`.
 */
export async function rehearse(options: RehearseOptions): Promise<Rehearsal> {
  const { migrations, server } = options
  const roundTrips = new Map<string, RoundTrip>()
  const notChecked: NotChecked[] = []
  const last = migrations.findLastIndex(({ status }) => status !== 'base')
  const history = migrations.slice(0, last + 1)
  if (history.length === 0) return { roundTrips, notChecked }
  const stop = (why: string, at?: NotChecked['at']) => {
    const left = history.filter(({ id, status }) => status !== 'base' && !roundTrips.has(id))
    if (left.length > 0) notChecked.push({ what: `The rehearsal of ${list(left.map(({ name }) => name))}`, why, at })
  }
  try {
    await using runner = await openRunner(options)
    await using scratch = await openScratch(server)
    for (const stretch of stretches(history)) {
      const [first] = stretch
      const ended =
        first?.status === 'base'
          ? await applyBase({ ...options, runner, scratch }, stretch)
          : first && (await rehearseOne({ ...options, runner, scratch }, first, roundTrips, notChecked))
      if (ended) {
        stop(ended.why, ended.at)
        break
      }
    }
  } catch (error) {
    if (error instanceof UserError) stop(error.message)
    else if (error instanceof ServerError) stop(`PostgreSQL: ${error.message}`)
    else throw error
  }
  return { roundTrips, notChecked }
}

type Walk = RehearseOptions & { readonly runner: Runner; readonly scratch: Scratch }
/** Why the walk ends here. */
type Ended = Pick<NotChecked, 'why' | 'at'> | undefined

function openRunner({
  project,
  repository,
  alembic,
  environment,
  log,
  timeoutMs,
  signal,
}: RehearseOptions): Promise<Runner> | Runner {
  if (project.tool !== 'alembic') return sqlRunner()
  if (!alembic) throw new UserError(noAlembic)
  const { command } = alembic
  return alembicRunner({ repository, directory: project.directory, command, environment, log }, { timeoutMs, signal })
}

async function applyBase(walk: Walk, migrations: readonly ParsedMigration[]): Promise<Ended> {
  const { runner, scratch, log } = walk
  for (const migration of migrations) {
    const unreadable = obstacle(walk, migration.up)
    if (unreadable)
      return {
        why: `${migration.name}, which is on the base branch, cannot be applied: ${unreadable.why}`,
        at: unreadable.at,
      }
  }
  log(`Applying ${migrations.length} ${migrations.length === 1 ? 'migration' : 'migrations'} of the base branch.`)
  const { error, migration } = await runner.upAll(scratch.database, migrations, walk)
  if (!error) return undefined
  const what = migration
    ? `${migration.name}, which is on the base branch, fails`
    : 'The migrations of the base branch fail'
  const code = error.sqlstate ? ` (${error.sqlstate})` : ''
  return {
    why: `${what} on an empty database: ${error.message}${code}. Until the history can be applied from its beginning, nothing after it can be rehearsed: mend it, or judge it as well with --all.`,
    at: error.at ?? migration?.up.at,
  }
}

async function rehearseOne(
  walk: Walk,
  migration: ParsedMigration,
  roundTrips: Map<string, RoundTrip>,
  notChecked: NotChecked[],
): Promise<Ended> {
  const { runner, scratch, server, log } = walk
  const up = obstacle(walk, migration.up)
  if (up) return { why: `${migration.name} cannot be run: ${up.why}`, at: up.at }
  const down = migration.down && obstacle(walk, migration.down)
  if (down)
    notChecked.push({ what: `The downgrade of ${migration.name}`, why: `It cannot be run: ${down.why}`, at: down.at })

  log(`Rehearsing ${migration.name}.`)
  await fill(walk, migration, notChecked)
  let copy: Database | undefined
  const way = migration.down
  const watching = (script: ParsedScript) =>
    watch({ runner, database: scratch.database, limits: walk, notChecked }, { migration, script })
  const trip = await roundTrip({
    migration: migration.id,
    touched: touched(migration),
    // The second upgrade locks what the first did.
    up: async (attempt) =>
      attempt === 1
        ? await watching(migration.up)
        : { ...(await runner.up(scratch.database, migration, walk)), watched: undefined },
    down: way && !down ? () => watching(way) : undefined,
    look: () => look(walk),
    async keep() {
      await scratch.database.terminateConnections()
      copy = await server.createDatabase(scratch.database)
      scratch.also(copy)
    },
  })
  roundTrips.set(migration.id, trip)
  if (copy) await scratch.goOnWith(copy)
  return trip.steps[0]?.outcome === 'failed'
    ? { why: `Not rehearsed, because the upgrade of ${migration.name} failed.` }
    : undefined
}

async function fill(walk: Walk, migration: ParsedMigration, notChecked: NotChecked[]): Promise<void> {
  const { runner, scratch, signal } = walk
  const timeoutMs = 10 * rowsMs
  await limited(scratch.database, { timeoutMs, signal }, async (limit) => {
    try {
      await using session = await scratch.database.connect()
      await putRows(session, { exclude: runner.bookkeeping, timeoutMs: rowsMs })
    } catch (error) {
      if (!(error instanceof ServerError)) throw error
      const why = limit.timedOut ? `putting rows into them did not finish within ${seconds(timeoutMs)}` : error.message
      notChecked.push({ what: `Rows for ${migration.name}`, why: `Some tables got no rows to run it on: ${why}.` })
    }
  })
}

async function look({ runner, scratch, signal, timeoutMs }: Walk): Promise<State> {
  return await limited(scratch.database, { timeoutMs: Math.max(timeoutMs, 60_000), signal }, async () => {
    await using session = await scratch.database.connect()
    const exclude = runner.bookkeeping
    return { schema: await snapshot(session, { exclude }), contents: await contents(session, { exclude }) }
  })
}

/** A part of a SQL script that only its own client could run. Alembic runs its files itself, whether they can be read or not. */
function obstacle({ project }: Walk, script: ParsedScript): { why: string; at: NotChecked['at'] } | undefined {
  const [part] = project.tool === 'alembic' ? [] : script.unreadable
  return part && { why: `${part.reason}.`, at: part.at }
}

function touched({ up, down }: ParsedMigration): Name[] {
  const operations = [up, ...(down ? [down] : [])].flatMap((script) =>
    script.statements.flatMap((statement) => statement.operations),
  )
  return operations.flatMap((operation) => ('table' in operation && operation.table ? [operation.table] : []))
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

/** The database that the walk is on. A copy can take its place. */
interface Scratch extends AsyncDisposable {
  readonly database: Database
  also(copy: Database): void
  goOnWith(copy: Database): Promise<void>
}

async function openScratch(server: Server): Promise<Scratch> {
  let database = await server.createDatabase()
  const open = new Set([database])
  return {
    get database() {
      return database
    },
    also: (copy) => void open.add(copy),
    async goOnWith(copy) {
      const old = database
      database = copy
      open.delete(old)
      await old[Symbol.asyncDispose]()
    },
    async [Symbol.asyncDispose]() {
      for (const each of open) await each[Symbol.asyncDispose]()
    },
  }
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 5)
  const more = names.length - shown.length
  const [last = ''] = more > 0 ? [`${more} more`] : shown.splice(-1)
  return shown.length > 0 ? `${shown.join(', ')} and ${last}` : last
}
