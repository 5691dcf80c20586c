import { delimiter, join } from 'node:path'
import { UserError } from '../model/errors.ts'
import type { Direction, ParsedMigration, ParsedScript, Project } from '../model/migration.ts'
import type { StepError } from '../model/round-trip.ts'
import { comparable, isSameSql } from '../model/same-sql.ts'
import type { Database } from '../postgres/server.ts'
import type { SeenStatement } from '../tap/record.ts'
import { openTap, type Reach, type Tap } from '../tap/tap.ts'
import { type CommandResult, plainEnvironment, runCommand } from './command.ts'
import { type Limits, seconds } from './limit.ts'
import { told, watchingOwnLocks } from './own-lock.ts'
import { type Commands, noteTablesOf } from './presets.ts'
import type { StepResult } from './round-trip.ts'
import type { Runner } from './runner.ts'
import { stagedFolder } from './staged-folder.ts'

export interface CommandsOptions {
  /** Absolute path of the root, in which the commands are run. */
  readonly repository: string
  readonly project: Pick<Project, 'tool' | 'folders' | 'migrations'>
  /** The whole history, in its order. */
  readonly migrations: readonly ParsedMigration[]
  readonly commands: Commands
  /** Tables in which the tool notes what ran, besides those that are known. */
  readonly bookkeeping: readonly string[]
  /** What the commands may see, besides the likes of PATH and where the scratch database is. */
  readonly environment: Readonly<Record<string, string>>
}

/** What stands in braces in a command. */
const placeholders = [
  'url',
  'jdbc-url',
  'host',
  'port',
  'database',
  'user',
  'password',
  'version',
  'previous',
  'directory',
  'file',
]

/**
 * Runs migrations by commands of the configuration, through a tap, which knows whether they reached the database and what failed there.
 * @throws UserError for a command that names an unknown placeholder, or that could not help applying all migrations at once
 */
export function commandRunner(options: CommandsOptions): Runner {
  const { commands } = options
  for (const [key, command] of Object.entries(commands)) check(key, command ?? [])
  const names = (command: readonly string[]) => command.some((part) => /\{(version|directory|file)\}/.test(part))
  if (!names(commands.upgrade))
    throw new UserError(
      'upgrade: the command names none of {version}, {directory} and {file}, so nothing tells it to apply one migration and not all that are pending. Give it {version}, the migration to stop at, {directory}, a copy of the folder that ends with it, or {file}, where it runs a single file.',
    )
  const oneByOne: Runner['upAll'] = async (database, migrations, limits) => {
    let ms = 0
    for (const migration of migrations) {
      const result = await runStep(options, { direction: 'up', database, migration, limits })
      ms += result.ms
      if (result.error) return { error: result.error, ms, migration }
    }
    return { error: undefined, ms, migration: undefined }
  }
  const step = (direction: Direction, database: Database, migration: ParsedMigration, limits: Limits, way?: Reach) =>
    runStep(options, { direction, database, migration, limits, way })

  return {
    bookkeeping: [...noteTablesOf(options.project.tool), ...options.bookkeeping],
    sendsFiles: true,
    remember: () => undefined,
    noDowngrade: commands.downgrade ? undefined : 'no `downgrade:` command is configured for it',
    origin: { commands, environment: options.environment },
    // Whoever wrote it knows what it reads besides.
    reads: options.project.tool === 'command' ? undefined : [],
    async upAll(database, migrations, limits) {
      if (!commands.upgrade.some((part) => /\{(version|directory)\}/.test(part)))
        return await oneByOne(database, migrations, limits)
      const last = migrations.at(-1)
      if (!last) return { error: undefined, ms: 0, migration: undefined }
      const roomy = { ...limits, timeoutMs: limits.timeoutMs * migrations.length }
      const { error, ms } = await runStep(options, {
        direction: 'up',
        database,
        migration: last,
        limits: roomy,
        among: migrations,
      })
      return { error, ms, migration: migrations.find(({ up }) => up.file === error?.at?.file) }
    },
    up: (...call) => step('up', ...call),
    down: (...call) => step('down', ...call),
    async [Symbol.asyncDispose]() {},
  }
}

interface StepOf {
  readonly direction: Direction
  readonly database: Database
  /** The one to go up to, or to take back. */
  readonly migration: ParsedMigration
  readonly limits: Limits
  /** A tap in front of the database, or the database itself. */
  readonly way?: Reach | undefined
  /** All that are run, where several are. */
  readonly among?: readonly ParsedMigration[]
}

async function runStep(options: CommandsOptions, step: StepOf): Promise<StepResult> {
  const { database, direction, migration, way, limits } = step
  const command = options.commands[direction === 'up' ? 'upgrade' : 'downgrade']
  if (!command) throw new Error(`There is no ${direction} command.`)
  if (way && 'heard' in way) return await throughTap(way as Tap)
  await using tap = await openTap(database)
  return await throughTap(tap)

  async function throughTap(tap: Tap): Promise<StepResult> {
    const { result, ownLock } = await watchingOwnLocks(database, () => runFor(options, command ?? [], step, tap))
    if (ownLock) {
      const at = migration[direction]?.at
      return { error: { ...nothing, statement: ownLock.statement, message: told(ownLock), at }, ms: result.ms }
    }
    if (result.timedOut) return { error: outOfTime(limits, migration[direction]), ms: result.ms }
    if (result.exitCode === null)
      throw new UserError(
        `\`${command?.[0]}\` was ended by a signal while it ran ${migration.name}, so nothing is known about it.`,
      )
    const heard = tap.heard()
    if (heard.length === 0)
      throw new UserError(
        `\`${command?.[0]}\` never spoke to the scratch database${result.exitCode === 0 ? ', so nothing was rehearsed' : ` (${lastLine(result.output)})`}. Its ${direction === 'up' ? '`upgrade:`' : '`downgrade:`'} command must connect to {url}, or to what DATABASE_URL and PGHOST say, and to nothing else.`,
      )
    const scripts = (step.among ?? [migration]).flatMap((each) => each[direction] ?? [])
    if (result.exitCode !== 0) return { error: failure(result, tap, scripts), ms: result.ms }
    // Those of the base branch may be there already: a copy of staging's schema has them, and the tool's notes say so.
    const notes = [...noteTablesOf(options.project.tool), ...options.bookkeeping]
    if (migration.status !== 'base' && !isRun(heard, scripts, notes))
      throw new UserError(
        `\`${command?.[0]}\` ended well, and sent nothing of ${migration.name} to the scratch database. Its ${direction === 'up' ? '`upgrade:`' : '`downgrade:`'} command must run the migration that {version} or {directory} names.`,
      )
    // What a migration in Python does about an error is its own affair.
    const passedOver = options.project.tool === 'alembic' ? undefined : passedOverIn(heard, scripts)
    if (!passedOver) return { error: undefined, ms: result.ms }
    const { message, ...error } = errorOf(passedOver, scripts)
    return { error: { ...error, message: `${message}, and \`${command?.[0]}\` passed over it` }, ms: result.ms }
  }
}

async function runFor(
  { repository, project, migrations, environment }: CommandsOptions,
  command: readonly string[],
  { direction, migration, database, limits }: StepOf,
  tap: Tap,
): Promise<CommandResult> {
  const at = migrations.findIndex(({ id }) => id === migration.id)
  // Not all of the project need be in the history: a dry run may stop before.
  const there = new Set(migrations.slice(0, at + 1).map(({ id }) => id))
  await using staged = command.some((part) => part.includes('{directory}'))
    ? await stagedFolder(
        repository,
        join(repository, project.folders[0] ?? ''),
        project.migrations.filter(({ id }) => !there.has(id)),
      )
    : undefined
  const login = `${encodeURIComponent(tap.user)}:${encodeURIComponent(tap.password)}`
  const address = `${tap.host}:${tap.port}/${encodeURIComponent(tap.name)}`
  const url = `postgres://${login}@${address}?sslmode=disable`
  const values: Record<string, string> = {
    url,
    'jdbc-url': `jdbc:postgresql://${address}?sslmode=disable`,
    host: tap.host,
    port: String(tap.port),
    database: tap.name,
    user: tap.user,
    password: tap.password,
    version: migration.id,
    previous: migrations[at - 1]?.id ?? '',
    directory: staged?.path ?? '',
    file: join(repository, migration[direction]?.file ?? migration.file),
  }
  const plain = plainEnvironment()
  let endedWell = false
  try {
    const result = await runCommand(
      command.map((part) => part.replace(/\{([a-z-]+)\}/g, (whole, name: string) => values[name] ?? whole)),
      {
        ...limits,
        directory: repository,
        environment: {
          ...plain,
          ...environment,
          // What npm has installed in the project is called by its name.
          PATH: [join(repository, 'node_modules', '.bin'), environment.PATH ?? plain.PATH]
            .filter(Boolean)
            .join(delimiter),
          DATABASE_URL: url,
          PGHOST: tap.host,
          PGPORT: String(tap.port),
          PGUSER: tap.user,
          PGPASSWORD: tap.password,
          PGDATABASE: tap.name,
          PGSSLMODE: 'disable',
        },
        line: () => undefined,
      },
    )
    endedWell = result.exitCode === 0
    return result
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT')
      throw new UserError(
        `\`${command[0]}\` was not found. Install it before this step, or give its path in the configuration.`,
        {
          cause: error,
        },
      )
    if (code === 'EACCES') throw new UserError(`\`${command[0]}\` may not be executed.`, { cause: error })
    throw error
  } finally {
    // PostgreSQL goes on with a statement whose client was ended.
    if (!endedWell) await database.terminateConnections()
  }
}

/** The statement that PostgreSQL refused last; where it refused none, what the command itself says. */
function failure({ output, exitCode }: CommandResult, tap: Tap, scripts: readonly ParsedScript[]): StepError {
  const failed = tap.heard().findLast(({ sqlstate }) => sqlstate !== undefined)
  if (failed) return errorOf(failed, scripts)
  return { ...nothing, message: `${lastLine(output)} (exit code ${exitCode})`, at: scripts[0]?.at }
}

const changing =
  /\b(?:ALTER|CALL|CLUSTER|COMMENT|COPY|CREATE|DELETE|DO|DROP|GRANT|INSERT|MERGE|REFRESH|REINDEX|REVOKE|TRUNCATE|UPDATE|VACUUM)\b/i

/** False where the scripts change something, and no statement came that does, but for the tool's own notes. Tools may put other words in. */
function isRun(
  heard: readonly SeenStatement[],
  scripts: readonly ParsedScript[],
  bookkeeping: readonly string[],
): boolean {
  const own = scripts.flatMap(({ statements }) => statements.map(({ sql }) => sql)).filter((sql) => changing.test(sql))
  if (own.length === 0) return true
  const notes = bookkeeping.map((name) => name.slice(name.indexOf('.') + 1))
  const written = new Set(own.map(comparable))
  return heard.some(
    ({ sql }) => written.has(comparable(sql)) || (changing.test(sql) && !notes.some((name) => sql.includes(name))),
  )
}

/** The first statement of the scripts that failed, and was not sent again with success: a client such as psql goes on and ends well. */
function passedOverIn(heard: readonly SeenStatement[], scripts: readonly ParsedScript[]): SeenStatement | undefined {
  const own = new Set(scripts.flatMap(({ statements }) => statements.map(({ sql }) => comparable(sql))))
  const last = new Map(heard.map((each) => [comparable(each.sql), each]))
  return [...last].find(([sql, { sqlstate }]) => sqlstate !== undefined && sqlstate !== inFailed && own.has(sql))?.[1]
}

/** in_failed_sql_transaction: what follows from an error before. */
const inFailed = '25P02'

function errorOf(failed: SeenStatement, scripts: readonly ParsedScript[]): StepError {
  const same = scripts.flatMap(({ statements }) => statements.filter(({ sql }) => isSameSql(sql, failed.sql)))
  const { message = '', table, column, constraint } = failed.failure ?? {}
  return {
    sqlstate: failed.sqlstate,
    message,
    table,
    column,
    constraint,
    statement: same[0]?.sql ?? failed.sql,
    at: same.length === 1 ? same[0]?.at : scripts.length === 1 ? scripts[0]?.at : undefined,
    timedOut: false,
  }
}

function outOfTime(limits: Limits, script: ParsedScript | undefined): StepError {
  return { ...nothing, message: `did not finish within ${seconds(limits.timeoutMs)}`, at: script?.at, timedOut: true }
}

const nothing = {
  sqlstate: undefined,
  statement: undefined,
  table: undefined,
  column: undefined,
  constraint: undefined,
  timedOut: false,
}

function check(key: string, command: readonly string[]): void {
  for (const [whole, name] of command.join(' ').matchAll(/\{([a-z-]+)\}/g))
    if (name !== undefined && !placeholders.includes(name))
      throw new UserError(
        `${key}: ${whole} is not known; there are ${placeholders.map((each) => `{${each}}`).join(', ')}.`,
      )
}

function lastLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a program of the project writes is kept from steering a terminal
  const plain = text.replace(/\u001b\[[0-9;]*m/g, '').replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]+/g, ' ')
  return plain.trim().split('\n').at(-1)?.trim().slice(0, 300) || 'it wrote no message'
}
