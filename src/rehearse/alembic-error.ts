import { stripVTControlCharacters } from 'node:util'
import { UserError } from '../model/errors.ts'
import type { Location } from '../model/location.ts'
import type { ParsedMigration } from '../model/migration.ts'
import type { StepError } from '../model/round-trip.ts'
import { isSameSql } from '../model/same-sql.ts'
import type { CommandResult } from './command.ts'
import { type Limits, seconds } from './limit.ts'
import { type OwnLock, told } from './own-lock.ts'
import type { RedirectEvent } from './redirect/events.ts'

type Frames = readonly (readonly [file: string, line: number])[]

/**
 * What a run of Alembic comes to: nothing wrong, or an error of the migration.
 * @throws UserError for a run that says nothing about the migration: it never reached the scratch database, or another kind of one
 */
export function explain(run: {
  command: CommandResult
  events: readonly RedirectEvent[]
  ownLock?: OwnLock | undefined
  migrations: readonly ParsedMigration[]
  limits: Limits
}): StepError | undefined {
  const { command, events, ownLock, migrations, limits } = run
  const of = <Kind extends RedirectEvent['event']>(kind: Kind) =>
    events.filter((each): each is Extract<RedirectEvent, { event: Kind }> => each.event === kind)
  const [refused] = of('refused')
  if (refused)
    throw new UserError(
      `Alembic’s env.py connects to ${refused.dialect} through ${refused.driver}. The rehearsal lets it reach only PostgreSQL, through psycopg2, psycopg, asyncpg or pg8000: give it such an address, in a variable that is named under \`environment:\` in .migration-gate.yml or in alembic.ini. Any will do, since it is replaced.`,
    )
  const connections = of('connected')
  if (connections.some(({ target }) => target > 0))
    throw new UserError(
      'Alembic’s env.py connects to more than one database. One history on one database can be rehearsed; nothing is known about this one.',
    )
  const [elsewhere] = of('elsewhere')
  if (elsewhere) {
    const where = elsewhere.frames.at(-1)
    throw new UserError(
      `A connection of its own through ${elsewhere.driver}${where ? ` (${where[0]}:${where[1]})` : ''} was refused: the rehearsal lets only its scratch database be reached, through SQLAlchemy’s engine. Use op.get_bind() there; nothing is known about this migration.`,
    )
  }
  const place = (frames: Frames) => locate(frames, migrations)
  const none = {
    sqlstate: undefined,
    statement: undefined,
    at: undefined,
    table: undefined,
    column: undefined,
    constraint: undefined,
  }
  if (ownLock) {
    const { statement } = ownLock
    const { frames } = of('error').at(-1) ?? { frames: [] }
    return {
      ...none,
      statement,
      message: told(ownLock),
      at: sentFrom(statement, migrations) ?? place(frames),
      timedOut: false,
    }
  }
  if (command.timedOut)
    return {
      ...none,
      message: `did not finish within ${seconds(limits.timeoutMs)}`,
      at: migrations[0]?.up.at,
      timedOut: true,
    }

  const exception = of('exception').at(-1)
  if (connections.length === 0) {
    const said = exception ? pythonMessage(exception) : `${failure(command)}${lastWords(command)}`
    const where = (exception ?? of('exited').at(-1))?.frames.at(-1)
    throw new UserError(
      command.exitCode === 0
        ? 'Alembic ended without connecting to a database through SQLAlchemy, so nothing was rehearsed.'
        : `Alembic failed before it reached the database${where ? ` (${where[0]}:${where[1]})` : ''}: ${said.replace(/\.$/, '')}. ${advice(exception?.type)}`,
    )
  }
  if (command.exitCode === 0) return undefined

  const error = of('error').at(-1)
  if (error && (!exception || exception.database)) {
    const { sqlstate, message, statement, table, column, constraint } = error
    return {
      sqlstate: sqlstate ?? undefined,
      message,
      statement: statement ?? undefined,
      table: table ?? undefined,
      column: column ?? undefined,
      constraint: constraint ?? undefined,
      at: sentFrom(statement, migrations) ?? place(error.frames),
      timedOut: false,
    }
  }
  if (exception) return { ...none, message: pythonMessage(exception), at: place(exception.frames), timedOut: false }
  return { ...none, message: failure(command), timedOut: false }
}

function advice(type: string | undefined): string {
  if (type === 'ModuleNotFoundError' || type === 'ImportError')
    return 'Install the project’s Python dependencies before this step, where the alembic that is run finds them.'
  return 'If env.py needs environment variables, set them for this step and name them under `environment:` in .migration-gate.yml; whatever database they name is replaced.'
}

/** The place of the statement, where the files show it and only once. */
function sentFrom(sql: string | null | undefined, migrations: readonly ParsedMigration[]): Location | undefined {
  if (!sql) return undefined
  const statements = migrations.flatMap(({ up, down }) => [...up.statements, ...(down?.statements ?? [])])
  const same = statements.filter((statement) => isSameSql(statement.sql, sql))
  return same.length === 1 ? same[0]?.at : undefined
}

/** The innermost place in a file of these migrations. */
function locate(frames: Frames, migrations: readonly ParsedMigration[]): Location | undefined {
  const files = new Set(migrations.flatMap(({ up, down }) => [up.file, ...(down ? [down.file] : [])]))
  const found = frames.findLast(([file]) => files.has(file))
  return found && { file: found[0], line: found[1], column: 1, endLine: found[1] }
}

function pythonMessage({ type, message }: { type: string; message: string }): string {
  return message ? `${type}: ${message}` : type
}

/** Alembic tells what it refuses in a line that begins with FAILED, https://github.com/sqlalchemy/alembic util/messaging.py */
function failure({ output, exitCode }: CommandResult): string {
  const lines = output.trim().split('\n')
  const failed = lines.findLast((line) => /^(ERROR \[.*\] |FAILED: )/.test(line.trim()))
  if (failed) return failed.trim().replace(/^(?:ERROR \[.*?\] |FAILED: )+/, '')
  return exitCode === null ? 'the process was ended by a signal' : `the process ended with exit code ${exitCode}`
}

/** What the command wrote at its end, for one that gives no other reason. */
function lastWords({ output }: CommandResult): string {
  const lines = printable(output).filter((line) => !/^(?:INFO|DEBUG)\b/.test(line))
  const text = lines.slice(-4).join(' ')
  return text === '' ? '' : `, after it wrote: ${text.length > 500 ? `${text.slice(0, 499)}…` : text}`
}

/** The lines that hold something, without what would steer a terminal. */
function printable(text: string): string[] {
  return text
    .split('\n')
    .map((line) =>
      stripVTControlCharacters(line)
        .replace(/\p{Cc}+/gu, ' ')
        .trim(),
    )
    .filter((line) => line !== '')
}
