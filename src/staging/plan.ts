import type { Sizes } from '../model/cost.ts'
import type { DryRun, DryRunMode, Target } from '../model/dry-run.ts'
import type { Finding } from '../model/finding.ts'
import { plainName } from '../model/locks.ts'
import type { ParsedMigration, Project } from '../model/migration.ts'
import type { NotChecked, Verdict } from '../model/result.ts'
import type { Context } from '../model/rule.ts'
import { ServerError } from '../postgres/server.ts'
import { blockersOf } from './blockers.ts'
import { checklistOf, isBroken } from './checklist.ts'
import { countedPreconditions } from './counts.ts'
import { serverFacts } from './facts.ts'
import { phasesOf } from './phases.ts'
import { refusal } from './refusal.ts'
import type { Staging } from './session.ts'
import { lockWindows, planned, type Read } from './statements.ts'
import { sizesOf, touchedTables } from './tables.ts'
import { namesIn } from './touched.ts'
import { readVersions } from './versions/versions.ts'

export interface PlanOptions {
  readonly staging: Staging
  readonly mode: DryRunMode
  readonly project: Project
  readonly migrations: readonly ParsedMigration[]
  /** Where to stop, perhaps by what is pending; undefined: at the end. */
  readonly target: Target | ((pending: readonly ParsedMigration[]) => Target) | undefined
  /** `schema.table` of the version table, where it is not the one that the tool takes by itself. */
  readonly versionTable: string | undefined
  readonly defaultSchema: string
  /** A file of the work tree; undefined where it is not there. */
  readonly bytes: (file: string) => Promise<Buffer | undefined>
  readonly callsOf: (sql: string) => Promise<readonly string[] | undefined>
  /** What the rules say of these migrations, all others being applied. */
  readonly judge: (
    pending: ReadonlySet<string>,
    about: { major: number; sizes: Sizes; leftOut: ReadonlySet<string> },
  ) => Promise<Judgement>
  readonly log: (message: string) => void
}

export interface Judgement extends Read {
  /** As they are reported: without those that are ignored. */
  readonly reported: readonly Finding[]
  /** Of the pending migrations, in order. */
  readonly contexts: readonly Context[]
  readonly notChecked: readonly NotChecked[]
}

/**
 * What the pending migrations would meet on staging, by reading alone: see `Staging.read`. Rejects with Unavailable where staging does not
 * answer what nothing can be said without.
 */
export async function plan(options: PlanOptions): Promise<DryRun> {
  const { staging, mode, project, migrations, defaultSchema, bytes, log } = options
  const notChecked: NotChecked[] = [...project.notChecked]
  log('Reading the version table …')
  const versions = await must(
    'The version table',
    staging.read((session) =>
      readVersions(session, {
        tool: project.tool,
        table: options.versionTable,
        repository: { migrations: project.migrations, directory: project.directory, bytes },
        defaultSchema,
      }),
    ),
  )
  const server = await must('The server', serverFacts(staging))
  const waiting = migrations.filter(({ id }) => versions.pending.has(id))
  const target = typeof options.target === 'function' ? options.target(waiting) : options.target
  const isLeftOut = (id: string) => target !== undefined && !target.included.has(id)
  const pending = waiting.filter(({ id }) => !isLeftOut(id))
  const leftOut = waiting.filter(({ id }) => isLeftOut(id))
  // The tool writes it with each migration: nothing to tell.
  const own = versions.table && plainName(versions.table.table)
  log(`${pending.length} pending. Looking at the tables that they touch …`)
  const touched = await must(
    'The sizes of the tables',
    touchedTables(
      staging,
      namesIn(pending).filter((name) => name !== own),
    ),
  )
  const sizes = sizesOf(touched.tables)
  const judgement = await options.judge(idsOf(pending), { major: staging.major, sizes, leftOut: idsOf(leftOut) })
  const statements = planned(judgement.contexts, sizes, judgement)
  const inTheWay = await must(
    'Who holds locks',
    blockersOf(
      staging,
      statements.flatMap((each) => each.statements.flatMap(({ locks }) => locks)),
    ),
  )
  log('Counting what the migrations ask of the data …')
  const counted = await counts(options, pending, sizes, versions.table?.table)
  notChecked.push(
    ...versions.notChecked,
    ...touched.notChecked,
    ...judgement.notChecked,
    ...inTheWay.notChecked,
    ...counted.notChecked,
  )
  const facts = {
    mode,
    tool: project.tool,
    directory: project.directory,
    server,
    versions: versions.table,
    pending: statements,
    target: target && targetReached(target, leftOut),
    versionDrift: versions.drift,
    tables: touched.tables,
    blockers: inTheWay.blockers,
    lockWindows: lockWindows(statements),
    preconditions: counted.preconditions,
    findings: judgement.reported,
    notChecked,
  }
  const { lockTimeoutMs } = staging.limits
  const checklist = checklistOf({ ...facts, lockTimeoutMs }, pending)
  const whole = { ...facts, checklist, phases: phasesOf(pending, sizes) }
  return { ...whole, verdict: verdictOf(whole) }
}

function idsOf(migrations: readonly ParsedMigration[]): ReadonlySet<string> {
  return new Set(migrations.map(({ id }) => id))
}

function targetReached({ id, name }: Target, leftOut: readonly ParsedMigration[]): DryRun['target'] {
  return { id, name, leftOut: leftOut.map((each) => ({ id: each.id, name: each.name, file: each.file })) }
}

/** `unknown`, `edited`, `failed`: staging is not where the repository thinks. */
export function verdictOf(run: Omit<DryRun, 'verdict'>): Verdict {
  const { findings, preconditions, versionDrift, checklist, notChecked, schemaDrift = [] } = run
  const isOff = versionDrift.some(({ kind }) => kind === 'unknown' || kind === 'edited' || kind === 'failed')
  if (isOff || preconditions.some(isBroken) || findings.some(({ severity }) => severity === 'error')) return 'block'
  if (notChecked.length > 0) return 'error'
  return versionDrift.length > 0 || schemaDrift.length > 0 || checklist.some(({ state }) => state === 'do')
    ? 'warn'
    : 'pass'
}

async function counts(
  { staging, defaultSchema, callsOf }: PlanOptions,
  pending: readonly ParsedMigration[],
  sizes: Sizes,
  versionTable: string | undefined,
): Promise<Pick<DryRun, 'preconditions' | 'notChecked'>> {
  if (pending.length === 0) return { preconditions: [], notChecked: [] }
  try {
    const schema = await staging.snapshot(versionTable === undefined ? [] : [versionTable])
    const preconditions = await countedPreconditions(staging, { pending, schema, sizes, defaultSchema, callsOf })
    // Where a statement before changes such rows, no count would tell either: the checklist has it, and the other modes try it.
    const open = preconditions.filter(
      ({ counted, outcome, changedBefore }) =>
        counted.how === 'not-counted' && outcome === 'fails' && changedBefore === undefined,
    )
    return {
      preconditions,
      notChecked: open.map(({ needs, counted }) => ({
        what: `Whether ${needs}`,
        why: counted.how === 'not-counted' ? `It was not counted: ${counted.why}.` : '',
      })),
    }
  } catch (error) {
    if (!(error instanceof ServerError) || error.sqlstate === undefined) throw error
    return { preconditions: [], notChecked: [{ what: 'The preconditions', why: refusal(error).message }] }
  }
}

async function must<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw error instanceof ServerError ? refusal(error, what) : error
  }
}
