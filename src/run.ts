import type { Config } from './config.ts'
import { withoutIgnored } from './lint/ignore.ts'
import { lint, observe } from './lint/lint.ts'
import { merge } from './lint/merge.ts'
import type { ChangedFile } from './model/change.ts'
import { Cancelled } from './model/errors.ts'
import type { ParsedMigration, Project } from './model/migration.ts'
import type { NotChecked, Result } from './model/result.ts'
import type { RoundTrip } from './model/round-trip.ts'
import type { Rule } from './model/rule.ts'
import { parseMigration } from './parse/parse.ts'
import type { Server } from './postgres/server.ts'
import { startServer } from './postgres/start.ts'
import { changedFiles } from './read/changed-files.ts'
import { readText } from './read/files.ts'
import { readProjects, touches } from './read/read.ts'
import { alembicCommand } from './rehearse/alembic.ts'
import { rehearse } from './rehearse/rehearse.ts'
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
  const found = await readProjects({ repository, tool: config.tool, directory: config.directory, changed })
  const projects = found.filter((project) => !changed || touches(project, changed))
  if (projects.length === 0) return nothingChanged(found)

  await using starting = startWhileReading(options)
  const results: Result[] = []
  for (const project of projects) {
    const result = await judge(options, project, starting.server)
    results.push(projects.length > 1 ? inFolder(result, project.directory) : result)
  }
  if (signal.aborted) throw new Cancelled('The run was ended.')
  log('Done.')
  return together(results)
}

async function judge(
  options: RunOptions,
  project: Project,
  server: Promise<Server | NotChecked> | undefined,
): Promise<Result> {
  const { config, rules, repository } = options
  const migrations = await parseAll(project, config)
  const { tool, hasDowngrades } = project
  const history = { tool, hasDowngrades, migrations, isOneByOne: options.all ?? false }
  const read = lint(history, rules)
  const rehearsal = await rehearsed(options, project, migrations, server)
  const seen = observe(history, rehearsal.roundTrips, rules)

  const judged = migrations.filter((migration) => migration.status !== 'base')
  const all = merge(read, seen, history, rules)
  const findings = withoutIgnored(all, await texts(repository, judged))
  const unreadable = judged.flatMap((migration) => unreadableParts(migration))
  const notChecked = [...project.notChecked, ...unreadable, ...rehearsal.notChecked]
  const statements = judged.flatMap(({ up, down }) => [...up.statements, ...(down?.statements ?? [])])
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
      ignored: all.length - findings.length,
      rehearsal: rehearsal.state,
    },
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
      rehearsal: (['not-done', 'off', 'done'] as const).find((state) => states.includes(state)) ?? 'not-needed',
    },
    notChecked,
  }
}

interface Rehearsed {
  readonly roundTrips: ReadonlyMap<string, RoundTrip>
  readonly notChecked: readonly NotChecked[]
  readonly postgres: Result['postgres']
  readonly state: Result['coverage']['rehearsal']
}

async function rehearsed(
  { config, repository, signal, log }: RunOptions,
  project: Project,
  migrations: readonly ParsedMigration[],
  starting: Promise<Server | NotChecked> | undefined,
): Promise<Rehearsed> {
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

  const command =
    project.tool === 'alembic'
      ? await alembicCommand({
          repository,
          directory: project.directory,
          command: config.alembic?.command,
          environment: process.env,
        })
      : undefined
  const server = await starting
  if ('why' in server) return { ...none, notChecked: [server], state: 'not-done' }
  const { roundTrips, notChecked } = await rehearse({
    repository,
    project,
    migrations,
    server,
    alembic: command ? { command } : undefined,
    timeoutMs: config.timeout * 1000,
    environment: passedOn(config.environment),
    signal,
    log,
  })
  const postgres = { version: server.version, source: server.source }
  return { roundTrips, notChecked, postgres, state: notChecked.length > 0 ? 'not-done' : 'done' }
}

/** Starts the server beside the reading, which takes as long. It is stopped when this is disposed, however the run ends. */
function startWhileReading({
  config,
  signal,
  log,
}: RunOptions): AsyncDisposable & { server: Promise<Server | NotChecked> | undefined } {
  if (config.roundTrip === 'off') return { server: undefined, [Symbol.asyncDispose]: async () => undefined }
  const server = startServer({
    kind: config.database,
    url: config.databaseUrl,
    major: config.postgresVersion,
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

async function parseAll(project: Project, config: Config): Promise<ParsedMigration[]> {
  const parsed: ParsedMigration[] = []
  for (const migration of project.migrations)
    parsed.push(await parseMigration(migration, { defaultSchema: config.defaultSchema }))
  return parsed
}

/** The text of every file of these migrations, by path: comments in it can ignore findings. */
async function texts(repository: string, migrations: readonly ParsedMigration[]): Promise<Map<string, string>> {
  const files = new Set(migrations.flatMap(({ up, down }) => [up.file, ...(down ? [down.file] : [])]))
  return new Map(await Promise.all([...files].map(async (file) => [file, await readText(repository, file)] as const)))
}

function unreadableParts(migration: ParsedMigration): NotChecked[] {
  const scripts = migration.down ? [migration.up, migration.down] : [migration.up]
  return scripts.flatMap((script) =>
    script.unreadable.map((part) => ({
      what: `A part of ${migration.name} (${script.direction})`,
      why: `${part.reason}.`,
      at: part.at,
    })),
  )
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
