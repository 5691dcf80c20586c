import { type Config, knownFile } from './config.ts'
import { ownCommands } from './config-rehearsal.ts'
import { type KnownFile, openKnown } from './known-findings.ts'
import { withoutIgnored } from './lint/ignore.ts'
import { fingerprinted, withoutKnown } from './lint/known.ts'
import { lint } from './lint/lint.ts'
import { refuted, weigh } from './lint/weigh.ts'
import type { ChangedFile } from './model/change.ts'
import type { Sizes } from './model/cost.ts'
import { Cancelled } from './model/errors.ts'
import type { ParsedMigration, Project } from './model/migration.ts'
import type { NotChecked, Result } from './model/result.ts'
import type { RoundTrip } from './model/round-trip.ts'
import type { Rule } from './model/rule.ts'
import type { Compared } from './models.ts'
import { parseHistory } from './parse-history.ts'
import type { Server, ServerOptions } from './postgres/server.ts'
import { queriesOf } from './queries.ts'
import { changedFiles } from './read/changed-files.ts'
import { readProjects, touches } from './read/read.ts'
import { receivedIn, statementsIn, unreadableParts, wrappedAsSeen } from './received.ts'
import { rehearsalOptions } from './rehearsal-options.ts'
import { seedsOf } from './seeds.ts'
import { sizesOf } from './sizes.ts'
import { textsOf } from './texts.ts'
import { verdict } from './verdict.ts'

export interface RunOptions {
  readonly config: Config
  readonly rules: readonly Rule[]
  /** Absolute path of the work tree's root. */
  readonly repository: string
  /** What differs from the base branch; undefined: git is asked. */
  readonly changed?: readonly ChangedFile[] | undefined
  /** Judge every migration of the history as if it were new. */
  readonly all?: boolean
  /** Take every finding as known from now on: `Result.known.recorded` holds them for the file. */
  readonly recordKnown?: boolean
  /** Ends the run: what was started is stopped, and `run` throws Cancelled. */
  readonly signal: AbortSignal
  /** Progress, a sentence a call. */
  readonly log: (message: string) => void
}

/**
 * The order of the whole: read, parse, lint, rehearse, judge; for each history of migrations that the change touches.
 * @throws UserError for what keeps the run from beginning (no migrations found, no base), Cancelled when `signal` aborts
 */
export async function run(options: RunOptions): Promise<Result> {
  const { config, repository, signal, log } = options
  const changed = options.all ? undefined : (options.changed ?? (await changedFiles(repository, config.base)))
  const { tool, directory, base } = config
  const found = await readProjects({ repository, tool, directory, changed, base, commands: ownCommands(config) })
  // Models may stand in any file.
  const isCompared = config.expectedSchema !== undefined && config.roundTrip !== 'off'
  const projects = found.filter((project) => !changed || isCompared || touches(project, changed))
  if (projects.length === 0) return nothingChanged(found)
  const known = options.recordKnown ? undefined : await openKnown(repository, config)

  await using starting = startWhileReading(options)
  const results: Result[] = []
  for (const project of projects) {
    const result = await judge(options, project, starting.server, known)
    results.push(projects.length > 1 ? inFolder(result, project.directory) : result)
  }
  if (signal.aborted) throw new Cancelled('The run was ended.')
  log('Done.')
  const result = together(results)
  return result.known && known?.gone.length
    ? { ...result, known: { ...result.known, stale: [...known.gone, ...result.known.stale] } }
    : result
}

async function judge(
  options: RunOptions,
  project: Project,
  server: Promise<Server | NotChecked> | undefined,
  known: KnownFile | undefined,
): Promise<Result> {
  const { config, rules, repository } = options
  const parsed = await parseHistory(project, config, repository)
  const { tool, hasDowngrades, lineage } = project
  const sizes = await sizesOf({
    repository,
    file: config.stats,
    tables: config.tables,
    defaultSchema: config.defaultSchema,
  })
  const rehearsal = await rehearsed(options, project, parsed, server, sizes)
  const migrations = tool === 'command' ? wrappedAsSeen(parsed, rehearsal.roundTrips) : parsed
  const history = {
    tool,
    hasDowngrades,
    major: config.postgresVersion,
    settings: config.settings,
    lineage,
    migrations,
    isOneByOne: options.all ?? false,
    sizes,
  }
  const read = lint(history, rules)
  const received = await receivedIn(migrations, rehearsal.roundTrips, { defaultSchema: config.defaultSchema })
  const models = await comparedWithModels(options, project, migrations, server, rehearsal.roundTrips)

  const judged = migrations.filter((migration) => migration.status !== 'base')
  const all = weigh(read, { ...history, migrations: models.migrations }, models.roundTrips, rules, received)
  const dropped = refuted(read, history, rehearsal.roundTrips, rules, received)
  const wasRun = (id: string) =>
    rehearsal.roundTrips.get(id)?.steps.every(({ outcome }) => outcome !== 'skipped') ?? false
  const asked = { migrations: judged, rules, wasRun }
  const accepted = withoutIgnored(all, {
    ...asked,
    texts: textsOf(repository, judged, all),
    settings: config.ignore,
    refuted: dropped,
  })
  const recorded = options.recordKnown ? [...fingerprinted(accepted.findings, migrations).values()] : undefined
  const parted = withoutKnown(accepted.findings, recorded ?? known?.entries ?? [], { ...asked, history: migrations })
  const { findings } = parted
  const unreadable = judged.flatMap((migration) =>
    unreadableParts(migration, rehearsal.roundTrips.get(migration.id), received),
  )
  const notChecked = [...project.notChecked, ...unreadable, ...rehearsal.notChecked, ...models.notChecked]
  const statements = judged.flatMap((each) => statementsIn(each, rehearsal.roundTrips.get(each.id), received))
  return {
    verdict: verdict(findings, notChecked),
    tool: project.tool,
    postgres: rehearsal.postgres,
    findings,
    migrations: judged.map(({ id, name, file, status }) => ({
      id,
      name,
      file,
      isNew: status === 'new',
      roundTrip: rehearsal.roundTrips.get(id),
    })),
    coverage: {
      migrations: judged.length,
      statements: statements.length,
      unreadable:
        unreadable.length +
        statements.filter(({ operations }) => operations.some(({ kind }) => kind === 'unparsed')).length,
      ignored: accepted.ignored,
      refuted: dropped.length || undefined,
      rehearsal: rehearsal.state,
    },
    known:
      known || recorded
        ? {
            file: known?.file ?? config.knownFindings ?? knownFile,
            findings: parted.known,
            stale: parted.stale,
            recorded,
          }
        : undefined,
    notChecked,
  }
}

/** The result of one history among several: its migrations are told apart by its folder, because two histories may both have a 001. */
function inFolder(result: Result, folder: string): Result {
  const within = (id: string) => `${folder || '.'}/${id}`
  return {
    ...result,
    findings: result.findings.map((finding) => ({ ...finding, migration: within(finding.migration) })),
    migrations: result.migrations.map((migration) => ({
      ...migration,
      id: within(migration.id),
      name: within(migration.name),
    })),
  }
}

/** What the results of several histories come to. */
function together(results: readonly Result[]): Result {
  const [first, ...others] = results
  if (!first || others.length === 0) return first ?? nothingChanged([])
  const findings = results.flatMap((result) => result.findings)
  const notChecked = results.flatMap((result) => result.notChecked)
  const sum = (count: (coverage: Result['coverage']) => number) =>
    results.reduce((total, { coverage }) => total + count(coverage), 0)
  const states = results.map(({ coverage }) => coverage.rehearsal)
  return {
    verdict: verdict(findings, notChecked),
    tool: others.every(({ tool }) => tool === first.tool) ? first.tool : undefined,
    postgres: results.find(({ postgres }) => postgres)?.postgres,
    findings,
    migrations: results.flatMap((result) => result.migrations),
    coverage: {
      migrations: sum(({ migrations }) => migrations),
      statements: sum(({ statements }) => statements),
      unreadable: sum(({ unreadable }) => unreadable),
      ignored: sum(({ ignored }) => ignored),
      refuted: sum(({ refuted: dropped = 0 }) => dropped) || undefined,
      rehearsal: (['not-done', 'off', 'done'] as const).find((state) => states.includes(state)) ?? 'not-needed',
    },
    known: first.known && {
      file: first.known.file,
      findings: results.reduce((total, { known }) => total + (known?.findings ?? 0), 0),
      stale: results.flatMap(({ known }) => known?.stale ?? []),
      recorded: first.known.recorded && results.flatMap(({ known }) => known?.recorded ?? []),
    },
    notChecked,
  }
}

export interface Rehearsed {
  readonly roundTrips: ReadonlyMap<string, RoundTrip>
  readonly notChecked: readonly NotChecked[]
  readonly postgres: Result['postgres']
  readonly state: Result['coverage']['rehearsal']
}

/** Runs what is not on the base branch, on a server that is given. */
export async function rehearsed(
  options: Pick<RunOptions, 'config' | 'repository' | 'signal' | 'log'>,
  project: Project,
  migrations: readonly ParsedMigration[],
  starting: Promise<Server | NotChecked> | undefined,
  sizes: Sizes,
): Promise<Rehearsed> {
  const { config, repository } = options
  const none = { roundTrips: new Map<string, RoundTrip>(), postgres: undefined }
  const notDone = (why: string): Rehearsed => ({
    ...none,
    notChecked: [{ what: 'The rehearsal', why }],
    state: 'not-done',
  })
  if (!starting) return { ...none, notChecked: [], state: 'off' }
  if (migrations.every((migration) => migration.status === 'base'))
    return { ...none, notChecked: [], state: 'not-needed' }
  if (project.hasGaps)
    return notDone(
      'A migration of the history could not be read, and running the others without it would build another schema.',
    )

  const { rehearse } = await loadRehearsal()
  const how = await rehearseOptions(options, project, migrations)
  const server = await starting
  if ('why' in server) return { ...none, notChecked: [server], state: 'not-done' }
  const { queries, notChecked: unasked } = await queriesOf(repository, config.queries, config)
  const { roundTrips, notChecked } = await rehearse({
    ...how,
    server,
    sizes,
    queries,
    seeds: await seedsOf(repository, config.seeds),
  })
  const postgres = { version: server.version, source: server.source }
  const left = [...notChecked, ...unasked]
  return { roundTrips, notChecked: left, postgres, state: left.length > 0 ? 'not-done' : 'done' }
}

/** Where the configuration says what the migrations are to build. */
async function comparedWithModels(
  options: RunOptions,
  project: Project,
  migrations: readonly ParsedMigration[],
  starting: Promise<Server | NotChecked> | undefined,
  roundTrips: ReadonlyMap<string, RoundTrip>,
): Promise<Compared> {
  const none = { migrations, roundTrips, notChecked: [] }
  const { expectedSchema: source } = options.config
  if (source === undefined || !starting) return none
  const { compareModels, wanted } = await import('./models.ts')
  const server = await starting
  if ('why' in server) return { ...none, notChecked: [{ what: wanted, why: server.why }] }
  if (project.hasGaps)
    return { ...none, notChecked: [{ what: wanted, why: 'A migration of the history could not be read.' }] }
  const how = await rehearseOptions(options, project, migrations)
  return await compareModels({ ...how, server, source, roundTrips })
}

/** How the migrations of a history are run. */
export async function rehearseOptions(
  { config, repository, signal, log }: Pick<RunOptions, 'config' | 'repository' | 'signal' | 'log'>,
  project: Project,
  migrations: readonly ParsedMigration[],
) {
  const { alembicCommand } = await loadRehearsal()
  const { tool, directory } = project
  const given = { repository, directory, command: config.alembic?.command, environment: process.env }
  const command = tool === 'alembic' ? await alembicCommand(given) : undefined
  return {
    repository,
    project,
    migrations,
    alembic: command ? { command } : undefined,
    ...rehearsalOptions(config, project),
    timeoutMs: config.timeout * 1000,
    environment: passedOn(config.environment),
    signal,
    log,
  }
}

/** Starts the server beside the reading, which takes as long. It is stopped when this is disposed, however the run ends. */
export function startWhileReading({
  config,
  signal,
  log,
}: Pick<RunOptions, 'config' | 'signal' | 'log'>): AsyncDisposable & {
  server: Promise<Server | NotChecked> | undefined
} {
  if (config.roundTrip === 'off') return { server: undefined, [Symbol.asyncDispose]: async () => undefined }
  const server = serverOf({
    kind: config.database,
    url: config.databaseUrl,
    major: config.postgresVersion,
    image: config.dockerImage,
    extensions: config.extensions,
    settings: config.settings,
    signal,
    log,
  }).catch(
    (error: unknown): NotChecked => ({ what: 'The rehearsal', why: `No PostgreSQL was started: ${said(error)}` }),
  )
  return {
    server,
    async [Symbol.asyncDispose]() {
      const started = await server
      if (!('why' in started)) await started[Symbol.asyncDispose]()
    },
  }
}

/** Reading alone does without what the rehearsal needs, so that is loaded when it is wanted. */
async function loadRehearsal() {
  const [{ alembicCommand }, { rehearse }] = await Promise.all([
    import('./rehearse/alembic.ts'),
    import('./rehearse/rehearse.ts'),
  ])
  return { alembicCommand, rehearse }
}

async function serverOf(options: ServerOptions): Promise<Server> {
  const { startServer } = await import('./postgres/start.ts')
  return await startServer(options)
}

function nothingChanged(projects: readonly Project[]): Result {
  return {
    verdict: 'pass',
    tool: projects.length === 1 ? projects[0]?.tool : undefined,
    postgres: undefined,
    findings: [],
    migrations: [],
    coverage: { migrations: 0, statements: 0, unreadable: 0, ignored: 0, rehearsal: 'not-needed' },
    notChecked: [],
  }
}

function passedOn(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
