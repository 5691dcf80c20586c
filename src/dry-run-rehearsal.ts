import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { Config } from './config.ts'
import type { Sizes } from './model/cost.ts'
import type { DryRun } from './model/dry-run.ts'
import type { ParsedMigration, Project } from './model/migration.ts'
import type { NotChecked } from './model/result.ts'
import type { Difference } from './model/round-trip.ts'
import type { Schema } from './model/schema.ts'
import { toldApart, withoutReprinted } from './postgres/drift/told-apart.ts'
import { type Server, ServerError } from './postgres/server.ts'
import { fromUrl } from './postgres/url.ts'
import { built } from './rehearse/rehearse.ts'
import { type Rehearsed, rehearsed, rehearseOptions, startWhileReading } from './run.ts'
import { copyOf, type Original, readOriginal, restored } from './staging/copy.ts'
import { refusal } from './staging/refusal.ts'
import type { Staging } from './staging/session.ts'
import { tablesOfTool } from './staging/versions/versions.ts'

interface Options {
  readonly config: Config
  readonly repository: string
  /** Of staging. */
  readonly url: string
  readonly signal: AbortSignal
  readonly log: (message: string) => void
}

export interface OnThrowaway {
  readonly schemaDrift: readonly Difference[] | undefined
  /** Undefined: not asked for, or not possible. */
  readonly rehearsal: Rehearsed | undefined
  /** The history as it stands on staging: what is applied there as if it were on the base branch, and the others behind it. */
  readonly migrations: readonly ParsedMigration[]
  readonly notChecked: readonly NotChecked[]
}

/**
 * What needs a throwaway server of staging's version: how staging differs from what the applied migrations build, and, in mode `rehearse`, the
 * gate itself on a copy of staging's schema. Of staging only the catalogs are read, and the rows of the version table.
 */
export async function onThrowaway(
  options: Options,
  of: { staging: Staging; project: Project; migrations: readonly ParsedMigration[]; plan: DryRun; sizes: Sizes },
): Promise<OnThrowaway> {
  const { staging, project, plan, sizes } = of
  const migrations = inOrderOf(of.migrations, plan)
  const table = plan.versions?.exists ? plan.versions.table : undefined
  const none = { schemaDrift: undefined, rehearsal: undefined, migrations }
  const failed = (what: string, why: string): OnThrowaway => ({ ...none, notChecked: [{ what, why }] })
  const what =
    plan.mode === 'rehearse' ? 'The rehearsal on a copy of staging' : 'How staging differs from its migrations'
  // A URL that stands in the environment for another command is not meant.
  const databaseUrl = options.config.database === 'url' ? options.config.databaseUrl : undefined
  if (databaseUrl !== undefined && isSameServer(databaseUrl, options.url))
    return failed(what, 'The server to rehearse on is the one of staging, where nothing is made. Give another one.')
  if (project.hasGaps) return failed(what, 'A migration of the history could not be read.')
  const original = await reading(readOriginal(staging, table))
  const config: Config = {
    ...options.config,
    databaseUrl,
    roundTrip: 'required',
    postgresVersion: staging.major,
    settings: { ...original.settings, ...options.config.settings },
  }
  await using starting = startWhileReading({ ...options, config })
  const server = await starting.server
  if (!server || 'why' in server) return failed(what, server?.why ?? 'No server was started.')
  if (server.major !== staging.major)
    return failed(
      what,
      `It needs PostgreSQL ${staging.major}, as on staging, and there is ${server.source} PostgreSQL ${server.version}.`,
    )

  const applied = migrations.filter(({ status }) => status === 'base')
  const drift = await driftFrom({ ...options, config }, { server, project, applied, original, staging, table })
  if (plan.mode !== 'rehearse' || plan.pending.length === 0) return { ...none, ...drift }
  const copied = await onCopy({ ...options, config }, { server, project, migrations, original, sizes })
  return { ...drift, ...copied, migrations, notChecked: [...drift.notChecked, ...copied.notChecked] }
}

function isSameServer(one: string, other: string): boolean {
  const [a, b] = [fromUrl(one), fromUrl(other)]
  return a.host === b.host && a.port === b.port
}

function inOrderOf(migrations: readonly ParsedMigration[], { pending }: DryRun): ParsedMigration[] {
  const ids = new Set(pending.map(({ id }) => id))
  const is = (status: 'base' | 'new') =>
    migrations.filter(({ id }) => ids.has(id) === (status === 'new')).map((each) => ({ ...each, status }))
  return [...is('base'), ...is('new')]
}

async function reading<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw error instanceof ServerError ? refusal(error) : error
  }
}

interface DriftOf {
  readonly server: Server
  readonly project: Project
  readonly applied: readonly ParsedMigration[]
  readonly original: Original
  readonly staging: Staging
  readonly table: string | undefined
}

async function driftFrom(
  options: Options,
  { server, project, applied, original, staging, table }: DriftOf,
): Promise<Pick<OnThrowaway, 'schemaDrift' | 'notChecked'>> {
  options.log(
    `Building what ${applied.length === 1 ? 'the applied migration builds' : `the ${applied.length} applied migrations build`} …`,
  )
  const expected = await built({ ...(await rehearseOptions(options, project, applied)), server })
  if ('why' in expected)
    return {
      schemaDrift: undefined,
      notChecked: [{ what: 'How staging differs from its migrations', why: expected.why, at: expected.at }],
    }
  const isTheirs = expected.some(({ kind, identity }) => kind === 'table' && identity === table)
  const found: Schema =
    table === undefined || isTheirs
      ? original.schema
      : await reading(staging.snapshot(tablesOfTool(project.tool, table)))
  const differences = toldApart({ expected, found })
  const isReprinted = differences.some(({ change }) => change === 'changed')
  return {
    schemaDrift: isReprinted ? withoutReprinted(differences, await restored(expected, server)) : differences,
    notChecked: [],
  }
}

async function onCopy(
  options: Options,
  of: {
    server: Server
    project: Project
    migrations: readonly ParsedMigration[]
    original: Original
    sizes: Sizes
  },
): Promise<Pick<OnThrowaway, 'rehearsal' | 'notChecked'>> {
  const { server, project, migrations, original, sizes } = of
  const { repository, config, log } = options
  log('Copying the schema of staging …')
  const copy = await copyOf(original, server)
  const folder = await mkdtemp(join(tmpdir(), 'migration-gate-staging-'))
  try {
    const dump = join(folder, 'staging.sql')
    await writeFile(dump, copy.sql, { mode: 0o600 })
    // The tools that run by themselves find their own notes in the copy.
    const isOurs = project.tool !== 'alembic' && config.upgrade === undefined
    const rehearsal = await rehearsed(
      {
        ...options,
        config: {
          ...config,
          roles: [...new Set([...config.roles, ...original.roles])],
          extensions: [],
          baseline: relative(repository, dump),
          baselineIncludes: isOurs ? migrations.findLast(({ status }) => status === 'base')?.id : undefined,
        },
      },
      project,
      migrations,
      Promise.resolve(server),
      sizes,
    )
    return { rehearsal, notChecked: [...copy.notChecked, ...rehearsal.notChecked] }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
