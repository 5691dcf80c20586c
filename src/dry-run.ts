import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { ownCommands } from './config-rehearsal.ts'
import { onThrowaway } from './dry-run-rehearsal.ts'
import { stepsAhead, targetAhead, targetOf } from './dry-run-target.ts'
import { contexts } from './lint/history.ts'
import { withoutIgnored } from './lint/ignore.ts'
import { lint } from './lint/lint.ts'
import { weigh } from './lint/weigh.ts'
import type { Sizes } from './model/cost.ts'
import { type DryRun, type DryRunMode, isUndone } from './model/dry-run.ts'
import { Cancelled, UserError } from './model/errors.ts'
import type { ParsedMigration, Project } from './model/migration.ts'
import type { NotChecked } from './model/result.ts'
import type { Rule } from './model/rule.ts'
import type { Tried } from './model/tried.ts'
import { parseMigration } from './parse/parse.ts'
import { parseHistory } from './parse-history.ts'
import { ServerError } from './postgres/server.ts'
import { readProjects } from './read/read.ts'
import type { Rehearsed } from './run.ts'
import { type ApplyOptions, applyAndRollBack } from './staging/apply.ts'
import { type Judgement, type PlanOptions, plan, verdictOf } from './staging/plan.ts'
import { refusal, Unavailable } from './staging/refusal.ts'
import { type Limits, openStaging, type Staging } from './staging/session.ts'
import { sizesOf } from './staging/tables.ts'
import { textsOf } from './texts.ts'

export interface DryRunOptions {
  readonly config: Config
  readonly rules: readonly Rule[]
  /** Absolute path of the work tree's root. */
  readonly repository: string
  /** Of staging. Never logged. */
  readonly url: string
  readonly mode: DryRunMode
  readonly limits: Limits
  /** `schema.table`, where it is not the one that the tool takes by itself. */
  readonly versionTable: string | undefined
  /** The last migration to include, in the words of its tool; undefined: all that are pending. */
  readonly to?: string | undefined
  readonly signal: AbortSignal
  /** Progress, a sentence a call. */
  readonly log: (message: string) => void
}

/**
 * Holds the migrations of the work tree against staging.
 * @throws UserError for what keeps it from beginning (no migrations found, several histories), Cancelled when `signal` aborts
 */
export async function dryRun(options: DryRunOptions): Promise<DryRun> {
  const { config, repository, url, mode, limits, signal, log } = options
  const project = await onlyProject(repository, config)
  const migrations = await parseHistory(project, config, repository)
  const bytes = (file: string) => bytesOf(repository, file)
  const target = await wanted(options.to, project, bytes)
  try {
    log('Connecting to staging …')
    await using staging = await openStaging({ url, limits })
    const end = () => void staging[Symbol.asyncDispose]()
    signal.addEventListener('abort', end, { once: true })
    const planned = await plan({
      staging,
      mode,
      project,
      migrations,
      target,
      versionTable: options.versionTable,
      defaultSchema: config.defaultSchema,
      bytes,
      callsOf: (sql) => callsOf(sql, config.defaultSchema),
      judge: (pending, about) => judged(options, project, without(migrations, about.leftOut), pending, about),
      log,
    })
    const leftOut = new Set(planned.target?.leftOut.map(({ id }) => id))
    return await beyondThePlan(options, { staging, project, migrations: without(migrations, leftOut), plan: planned })
  } catch (error) {
    if (signal.aborted) throw new Cancelled('The run was ended.')
    if (error instanceof ServerError) return notAsked(options, project, refusal(error))
    if (!(error instanceof Unavailable)) throw error
    return notAsked(options, project, error)
  }
}

/** Where to stop, as far as it can be told before staging is asked what is pending there. */
async function wanted(
  to: string | undefined,
  project: Project,
  bytes: (file: string) => Promise<Buffer | undefined>,
): Promise<PlanOptions['target']> {
  if (to === undefined) return undefined
  const steps = stepsAhead(to, project)
  if (steps === undefined) return await targetOf(to, project, bytes)
  return (pending) => targetAhead(steps, pending, project)
}

function without(migrations: readonly ParsedMigration[], ids: ReadonlySet<string>): readonly ParsedMigration[] {
  return ids.size === 0 ? migrations : migrations.filter(({ id }) => !ids.has(id))
}

/** What the mode asks for besides, and how staging differs from what its migrations build. */
async function beyondThePlan(
  options: DryRunOptions,
  of: { staging: Staging; project: Project; migrations: readonly ParsedMigration[]; plan: DryRun },
): Promise<DryRun> {
  const { staging, project, plan: planned } = of
  const pending = new Set(planned.pending.map(({ id }) => id))
  if (options.mode === 'apply-and-rollback') {
    if (pending.size === 0) return planned
    options.log('Trying the pending migrations on staging, to be rolled back …')
    const migrations = of.migrations.filter(({ id }) => pending.has(id))
    const { versions } = planned
    const tried = await triedOn(staging, { migrations, versions, signal: options.signal })
    // What was read stands, whatever became of the try.
    if (tried instanceof Unavailable) {
      const why = { what: 'How the pending migrations do on staging', why: tried.message }
      const whole = { ...planned, notChecked: [...planned.notChecked, why] }
      return { ...whole, verdict: verdictOf(whole) }
    }
    const notChecked = [...planned.notChecked, ...untried(tried)]
    const whole = { ...planned, tried, notChecked }
    return { ...whole, verdict: tried.outcome === 'failed' ? 'block' : verdictOf(whole) }
  }
  if (options.config.roundTrip === 'off' && options.mode === 'plan') return planned
  const sizes = sizesOf(planned.tables)
  const thrown = await onThrowaway(options, { ...of, sizes })
  const { schemaDrift, rehearsal, notChecked } = thrown
  const facts = { ...planned, schemaDrift, notChecked: [...planned.notChecked, ...notChecked] }
  if (!rehearsal) return { ...facts, verdict: verdictOf(facts) }
  const about = { major: staging.major, sizes }
  const { reported } = await judged(options, project, thrown.migrations, pending, about, rehearsal)
  const migrations = thrown.migrations
    .filter(({ id }) => pending.has(id))
    .map(({ id, name, file }) => ({ id, name, file, isNew: true, roundTrip: rehearsal.roundTrips.get(id) }))
  const whole = { ...facts, findings: reported, rehearsal: { postgres: rehearsal.postgres, migrations } }
  return { ...whole, verdict: verdictOf(whole) }
}

async function triedOn(staging: Staging, options: ApplyOptions): Promise<Tried | Unavailable> {
  try {
    return await applyAndRollBack(staging, options)
  } catch (error) {
    if (options.signal.aborted) throw error
    if (error instanceof ServerError) return refusal(error)
    if (error instanceof Unavailable) return error
    throw error
  }
}

/** The script's own BEGIN and COMMIT lack nobody anything. */
function untried({ leftOut }: Tried): NotChecked[] {
  return leftOut
    .filter(({ isWrapper }) => !isWrapper)
    .map(({ migration, at, why }) => ({
      what: `A statement of ${migration} on staging`,
      why: `It was not run: ${why}`,
      at,
    }))
}

/**
 * 3: what the mode asks for could not be done, whatever else was found; or something was not checked, and nothing else decides. 1: it would
 * not go as it should.
 */
export function dryRunExitCode(run: DryRun, failOn: 'error' | 'warning' | 'never'): 0 | 1 | 3 {
  if (!run.server || isUndone(run)) return 3
  const counts = failOn === 'warning' ? ['error', 'warning'] : failOn === 'error' ? ['error'] : []
  const isFound = run.findings.some(({ severity }) => counts.includes(severity))
  const isBlocked = failOn !== 'never' && run.verdict === 'block'
  if (isFound || isBlocked || (failOn === 'warning' && run.verdict === 'warn')) return 1
  return run.notChecked.length > 0 ? 3 : 0
}

async function onlyProject(repository: string, config: Config): Promise<Project> {
  const { tool, directory } = config
  const projects = await readProjects({ repository, tool, directory, changed: [], commands: ownCommands(config) })
  const [project, ...others] = projects
  if (!project) throw new UserError('No migrations were found. Name their folder with --directory.')
  if (others.length > 0)
    throw new UserError(
      `There are several histories of migrations: ${projects.map((each) => each.directory || '.').join(', ')}. Name the one of this database with --directory.`,
    )
  return project
}

async function judged(
  { rules, repository, config }: DryRunOptions,
  project: Project,
  all: readonly ParsedMigration[],
  pending: ReadonlySet<string>,
  { major, sizes }: { major: number; sizes: Sizes },
  rehearsal?: Rehearsed,
): Promise<Judgement> {
  const migrations = all.map((migration) => ({
    ...migration,
    status: pending.has(migration.id) ? ('new' as const) : ('base' as const),
  }))
  const history = {
    tool: project.tool,
    hasDowngrades: project.hasDowngrades,
    major,
    lineage: project.lineage,
    migrations,
    sizes,
  }
  const read = lint(history, rules)
  const findings = rehearsal ? weigh(read, history, rehearsal.roundTrips, rules) : read
  const fresh = migrations.filter(({ status }) => status === 'new')
  const accepted = withoutIgnored(findings, {
    migrations: fresh,
    rules,
    wasRun: (id) => rehearsal?.roundTrips.has(id) ?? false,
    texts: textsOf(repository, fresh, findings),
    settings: config.ignore,
  })
  return {
    findings,
    rules,
    reported: accepted.findings,
    contexts: contexts(history),
    notChecked: fresh.flatMap(({ name, up }) => [
      ...up.unreadable.map(({ reason, at }) => ({ what: `A part of ${name} (up)`, why: `${reason}.`, at })),
      ...up.statements
        .filter(({ operations }) => operations.some(({ kind }) => kind === 'unparsed'))
        .map(({ at }) => ({ what: `A statement of ${name} (up)`, why: 'PostgreSQL’s grammar refuses it.', at })),
    ]),
  }
}

/** The functions that a query of ours calls: it holds expressions of the migrations. Undefined: it could not be read. */
async function callsOf(sql: string, defaultSchema: string): Promise<readonly string[] | undefined> {
  const at = { file: 'count.sql', line: 1, column: 1, endLine: 1 }
  const anchors = [{ offset: 0, line: 1, column: 1, verbatim: true }]
  const up = {
    direction: 'up' as const,
    file: at.file,
    at,
    fragments: [{ kind: 'sql' as const, sql, file: at.file, anchors }],
    transaction: 'none' as const,
  }
  const migration = { id: '', name: '', file: at.file, parents: [], up, down: undefined, status: 'new' as const }
  const { up: parsed } = await parseMigration(migration, { defaultSchema })
  const operations = parsed.statements.flatMap((statement) => statement.operations)
  const [only] = operations
  if (parsed.unreadable.length > 0 || operations.length !== 1 || only?.kind !== 'query') return undefined
  return only.calls
}

async function bytesOf(repository: string, file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(join(repository, file))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function notAsked({ mode }: DryRunOptions, project: Project, error: Unavailable): DryRun {
  return {
    mode,
    verdict: 'error',
    tool: project.tool,
    directory: project.directory,
    server: undefined,
    versions: undefined,
    pending: [],
    versionDrift: [],
    tables: [],
    blockers: [],
    lockWindows: [],
    preconditions: [],
    findings: [],
    checklist: [],
    phases: [],
    notChecked: [{ what: 'Staging', why: error.message }],
  }
}
