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
import { readProject, touches } from './read/read.ts'
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
 * The order of the whole: read, parse, lint, rehearse, judge.
 * @throws UserError for what keeps the run from beginning (no migrations found, no base), Cancelled when `signal` aborts
 */
export async function run(options: RunOptions): Promise<Result> {
  const { config, rules, repository, signal, log } = options
  const changed = options.all ? undefined : (options.changed ?? (await changedFiles(repository, config.base)))
  const project = await readProject({ repository, tool: config.tool, directory: config.directory, changed })
  if (changed && !touches(project, changed)) return nothingChanged(project)

  await using starting = startWhileReading(options)
  const migrations = await parseAll(project, config)
  const history = { tool: project.tool, migrations, isOneByOne: options.all ?? false }
  const read = lint(history, rules)
  const rehearsal = await rehearsed(options, project, migrations, starting.server)
  const seen = observe(history, rehearsal.roundTrips, rules)
  if (signal.aborted) throw new Cancelled('The run was ended.')
  log('Done.')

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

function nothingChanged(project: Project): Result {
  return {
    verdict: 'pass',
    tool: project.tool,
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
