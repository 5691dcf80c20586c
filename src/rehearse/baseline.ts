import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../model/errors.ts'
import type { ParsedMigration, Project } from '../model/migration.ts'
import type { StepError } from '../model/round-trip.ts'
import { findBaseline, keepBaseline } from '../postgres/baselines.ts'
import { type Database, type Server, ServerError } from '../postgres/server.ts'
import { connect } from '../postgres/session.ts'
import { applyDump } from './dump.ts'
import { type Limits, limited, seconds } from './limit.ts'
import type { Runner } from './runner.ts'

/** What a database holds before the first migration. */
export interface Beginning {
  readonly extensions: readonly string[]
  /** Made where the server has them not; `openRoles` has done that. */
  readonly roles: readonly string[]
  /** A dump in plain text, from the root of the repository. */
  readonly dump: string | undefined
  /** The last migration that the dump holds; undefined: none, or the tool finds out by itself. */
  readonly dumpIncludes: string | undefined
}

/** Whether and how baselines are kept between runs. */
export interface Keeping {
  /** The version of the gate: another one may build another baseline. */
  readonly version: string
  /** One that was built in less is not kept: taking it up again costs about as much. Milliseconds. */
  readonly afterMs: number
}

export interface BaselineOptions extends Limits {
  readonly repository: string
  readonly project: Pick<Project, 'tool' | 'directory'>
  /** The whole history. */
  readonly history: readonly ParsedMigration[]
  /** Those that it begins with and that are on the base branch. */
  readonly migrations: readonly ParsedMigration[]
  readonly server: Server
  readonly runner: Runner
  readonly beginning: Beginning
  /** Undefined: none is taken up, and none kept. */
  readonly keeping: Keeping | undefined
  /** Settings that the server was started with. */
  readonly settings: Readonly<Record<string, string>>
  readonly log: (message: string) => void
}

/** Why there is none: the migration that failed, where it is known. */
export interface Failed {
  readonly error: StepError
  readonly migration: ParsedMigration | undefined
}

/** Increased when a baseline is built in another way than before. */
const format = 1

/**
 * A database as it is on the base branch: made anew, or taken from the cache where everything that decides what is in it is the same.
 * @throws UserError where the beginning cannot be made
 */
export async function openBaseline(options: BaselineOptions): Promise<Database | Failed> {
  const { server, runner, keeping, beginning, repository, log } = options
  const dump = beginning.dump === undefined ? undefined : await readDump(repository, beginning.dump)
  const migrations = afterDump(options)
  const { storage } = server
  const isWorth = storage && keeping && (migrations.length > 0 || dump !== undefined)
  if (!isWorth) return await build(options, migrations, dump)

  const key = baselineKey({ ...options, migrations, keeping, dump })
  const found = await findBaseline(key)
  if (found && (await isSame(repository, found.reads))) {
    log(`Taking up the baseline from the cache: ${count(migrations)}.`)
    await storage.load(found.data)
    runner.remember(found.bookkeeping)
    return storage.open(found.database)
  }

  const started = performance.now()
  const database = await build(options, migrations, dump)
  const took = performance.now() - started
  const reads = runner.reads?.filter((file) => !filesOf(options.history).has(file))
  if ('error' in database || took < keeping.afterMs || !reads) return database
  const { name } = database
  const baseline = { database: name, bookkeeping: [...runner.bookkeeping], reads: await digests(repository, reads) }
  const isKept = await keepBaseline(key, baseline, (folder) => storage.save(folder))
  log(
    isKept ? 'Kept the baseline in the cache.' : 'The cache cannot be written; the next run builds the baseline again.',
  )
  return storage.open(name)
}

/**
 * The key of a baseline: the hash of all that decides what it holds and is known before it is built. It names the folder in
 * `baselinesFolder()`.
 */
function baselineKey(of: BaselineOptions & { readonly dump: string | undefined; readonly keeping: Keeping }): string {
  const { server, runner, project, beginning, migrations, keeping, dump } = of
  const { platform, arch } = process
  const what = {
    format,
    gate: keeping.version,
    postgres: [server.source, server.version, of.settings, platform, arch],
    beginning: [beginning.extensions, beginning.roles, dump],
    tool: project.tool,
    directory: project.directory,
    runner: runner.origin,
    migrations: migrations.map(({ id, up: { file, transaction, statements, unreadable } }) => [
      id,
      file,
      transaction,
      statements.map(({ sql, autocommit }) => [sql, autocommit]),
      unreadable.length,
    ]),
  }
  return createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 40)
}

async function build(
  { server, runner, beginning, log, timeoutMs, signal }: BaselineOptions,
  migrations: readonly ParsedMigration[],
  dump: string | undefined,
): Promise<Database | Failed> {
  const database = await server.createDatabase()
  try {
    if (beginning.dump) log(`Applying ${beginning.dump}.`)
    const roomy = Math.max(timeoutMs, 10 * 60_000)
    await limited(database, { timeoutMs: roomy, signal }, async (limit) => {
      try {
        await begin(database, beginning, dump)
      } catch (error) {
        if (limit.timedOut)
          throw new UserError(`baseline: it was not applied within ${seconds(roomy)}.`, { cause: error })
        throw error
      }
    })
    if (migrations.length === 0) return database
    log(`Applying ${count(migrations)} of the base branch.`)
    const { error, migration } = await runner.upAll(database, migrations, { timeoutMs, signal })
    if (!error) return database
    await database[Symbol.asyncDispose]()
    return { error, migration }
  } catch (error) {
    await database[Symbol.asyncDispose]()
    throw error
  }
}

async function begin(database: Database, { extensions, dump: name }: Beginning, dump: string | undefined) {
  if (extensions.length === 0 && dump === undefined) return
  await using session = await connect({ ...database, database: database.name })
  for (const extension of extensions)
    await session
      .query(`CREATE EXTENSION IF NOT EXISTS ${quoted(extension)} CASCADE`)
      .catch(explained(`extensions: ${extension}`))
  if (name !== undefined && dump !== undefined) await applyDump(session, name, dump)
}

function explained(what: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof ServerError)) throw error
    throw new UserError(`${what}: ${error.message}${error.sqlstate ? ` (${error.sqlstate})` : ''}.`, { cause: error })
  }
}

/** What the dump does not hold already. */
function afterDump({ migrations, beginning: { dumpIncludes } }: BaselineOptions): readonly ParsedMigration[] {
  if (dumpIncludes === undefined) return migrations
  const at = migrations.findIndex(({ id }) => id === dumpIncludes)
  if (at >= 0) return migrations.slice(at + 1)
  throw new UserError(
    `baseline-includes: ${dumpIncludes} is not the id of a migration that is on the base branch, in front of all changed ones.`,
  )
}

async function readDump(repository: string, file: string): Promise<string> {
  try {
    return await readFile(join(repository, file), 'utf8')
  } catch (error) {
    throw new UserError(
      `baseline: ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)}).`,
      {
        cause: error,
      },
    )
  }
}

async function isSame(repository: string, reads: Readonly<Record<string, string>>): Promise<boolean> {
  const now = await digests(repository, Object.keys(reads))
  return Object.entries(reads).every(([file, digest]) => now[file] === digest)
}

/** SHA-256 of files, by path; '' for one that is not there. */
async function digests(repository: string, files: readonly string[]): Promise<Record<string, string>> {
  const all = files.map(async (file) => [file, await digest(join(repository, file))] as const)
  return Object.fromEntries(await Promise.all(all))
}

async function digest(path: string): Promise<string> {
  try {
    return createHash('sha256')
      .update(await readFile(path))
      .digest('hex')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return ''
    throw error
  }
}

/** Alembic reads all version files, also those that it does not run. */
function filesOf(migrations: readonly ParsedMigration[]): ReadonlySet<string> {
  return new Set(migrations.flatMap(({ file, up, down }) => [file, up.file, ...(down ? [down.file] : [])]))
}

function count({ length }: readonly ParsedMigration[]): string {
  return `${length} ${length === 1 ? 'migration' : 'migrations'}`
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`
}
