import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { UserError } from '../model/errors.ts'
import type { Difference } from '../model/round-trip.ts'
import type { Schema } from '../model/schema.ts'
import { toldApart, withoutReprinted } from '../postgres/drift/told-apart.ts'
import { type Database, type Server, ServerError } from '../postgres/server.ts'
import { connect } from '../postgres/session.ts'
import { snapshot } from '../postgres/snapshot.ts'
import { type CommandResult, plainEnvironment, runCommand } from './command.ts'
import { applyDump } from './dump.ts'
import { type Limits, limited, seconds } from './limit.ts'

export interface ExpectedOptions extends Limits {
  /** A file of SQL from the root of the repository, or a program and its arguments, run in the root. */
  readonly source: string | readonly string[]
  /** Absolute path of the root. */
  readonly repository: string
  readonly server: Server
  /** What the command may see, besides the likes of PATH and where the scratch database is. */
  readonly environment: Readonly<Record<string, string>>
}

/**
 * The schema that the project says its migrations are to build: that of a file, or what a command makes of the models in an empty database.
 * Whatever SQLAlchemy connects to in the command is sent to that database, as with Alembic.
 * @throws UserError where it cannot be made, or holds no table
 */
export async function expectedSchema(options: ExpectedOptions): Promise<Schema> {
  const { source, server } = options
  await using database = await server.createDatabase()
  if (typeof source === 'string') await fromFile(database, { ...options, source })
  else await fromCommand(database, { ...options, source })
  await using session = await database.connect()
  const schema = await snapshot(session, { exclude: [] })
  if (schema.some(({ kind }) => kind === 'table')) return schema
  throw new UserError(
    typeof source === 'string'
      ? `expected-schema: ${source} makes no table.`
      : `expected-schema: \`${source[0]}\` ended well and made no table in the scratch database. It must import every module with models, and connect to what DATABASE_URL or PGHOST say.`,
  )
}

/**
 * What the migrations build otherwise than the models or the file have it.
 * @param built without the tables in which the tool notes what ran
 */
export function outOfStep(expected: Schema, built: Schema, isFromModels: boolean): Difference[] {
  const isNoted = built.some(({ kind, identity }) => kind === 'table' && identity === 'public.schema_version')
  const version = 'public.schema_version'
  const isVersion = ({ identity, belongsTo = [] }: Schema[number]) =>
    identity === version ||
    identity.startsWith(`${version}.`) ||
    belongsTo.some((owner) => owner.includes(` ${version}`))
  // A table that migrations keep for themselves is no model.
  const found = isFromModels && isNoted ? built.filter((object) => !isVersion(object)) : built
  return withoutReprinted(toldApart({ expected, found, isFromModels }), expected)
}

async function fromFile(database: Database, options: ExpectedOptions & { readonly source: string }): Promise<void> {
  const { source, repository } = options
  let text: string
  try {
    text = await readFile(join(repository, source), 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new UserError(`expected-schema: ${source} cannot be read (${code}).`, { cause: error })
  }
  await limited(database, options, async (limit) => {
    try {
      await using session = await connect({ ...database, database: database.name })
      await applyDump(session, source, text)
    } catch (error) {
      if (limit.timedOut) throw tooLong(source, options, error)
      if (error instanceof UserError)
        throw new UserError(error.message.replace(/^baseline: /, 'expected-schema: '), { cause: error })
      if (!(error instanceof ServerError)) throw error
      throw new UserError(`expected-schema: ${source}: ${error.message}.`, { cause: error })
    }
  })
}

async function fromCommand(
  database: Database,
  options: ExpectedOptions & { readonly source: readonly string[] },
): Promise<void> {
  const { source, repository, environment } = options
  const folder = await mkdtemp(join(tmpdir(), 'migration-gate-expected-'))
  try {
    await copyFile(new URL('./redirect/sitecustomize.py', import.meta.url), join(folder, 'sitecustomize.py'))
    const plain = { ...plainEnvironment(), ...environment }
    const { host, port, user, password, name } = database
    const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`
    const result = await runCommand(source, {
      ...options,
      directory: repository,
      environment: {
        ...plain,
        // What npm has installed in the project is called by its name.
        PATH: [join(repository, 'node_modules', '.bin'), plain.PATH].filter(Boolean).join(delimiter),
        // SQLAlchemy does not know `postgres://`.
        DATABASE_URL: host.startsWith('/')
          ? `postgresql://${login}@/${name}?host=${encodeURIComponent(host)}&port=${port}`
          : `postgresql://${login}@${host}:${port}/${name}`,
        PGHOST: host,
        PGPORT: String(port),
        PGUSER: user,
        PGPASSWORD: password,
        PGDATABASE: name,
        PYTHONPATH: [folder, plain.PYTHONPATH].filter(Boolean).join(delimiter),
        PYTHONDONTWRITEBYTECODE: '1',
        MIGRATION_GATE_EVENTS: join(folder, 'events.jsonl'),
        MIGRATION_GATE_ROOT: repository,
      },
      line: () => undefined,
    })
    if (result.timedOut) throw tooLong(`\`${source[0]}\``, options)
    if (result.exitCode !== 0) throw new UserError(`expected-schema: \`${source[0]}\` ${ending(result)}.`)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new UserError(`expected-schema: \`${source[0]}\` was not found.`, { cause: error })
    if (code === 'EACCES')
      throw new UserError(`expected-schema: \`${source[0]}\` may not be executed.`, { cause: error })
    throw error
  } finally {
    // PostgreSQL goes on with a statement whose client was ended.
    await database.terminateConnections()
    await rm(folder, { recursive: true, force: true })
  }
}

function tooLong(what: string, { timeoutMs }: Limits, cause?: unknown): UserError {
  return new UserError(`expected-schema: ${what} did not finish within ${seconds(timeoutMs)}.`, { cause })
}

function ending({ exitCode, output }: CommandResult): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a program of the project writes is kept from steering a terminal
  const plain = output.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]+/g, ' ')
  const last = plain.trim().split('\n').at(-1)?.trim().slice(0, 300)
  return `${exitCode === null ? 'was ended by a signal' : `ended with exit code ${exitCode}`}${last ? `: ${last}` : ''}`
}
