import { constants } from 'node:fs'
import { access, copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { UserError } from '../model/errors.ts'
import type { ParsedMigration } from '../model/migration.ts'
import type { Database } from '../postgres/server.ts'
import type { Reach } from '../tap/tap.ts'
import { explain } from './alembic-error.ts'
import { type CommandResult, plainEnvironment, runCommand } from './command.ts'
import type { Limits } from './limit.ts'
import { type OwnLock, watchingOwnLocks } from './own-lock.ts'
import { parseEvents, type RedirectEvent } from './redirect/events.ts'
import type { StepResult } from './round-trip.ts'
import type { Runner } from './runner.ts'

/**
 * How to run the project's own Alembic: the configured command; else `alembic` of the active virtual environment, of `.venv` or
 * `venv` in the project's folder or the root, or on the PATH. Undefined: none of them is there.
 */
export async function alembicCommand(options: {
  repository: string
  directory: string
  command: readonly string[] | undefined
  environment: Readonly<Record<string, string | undefined>>
}): Promise<readonly string[] | undefined> {
  const { repository, directory, command, environment } = options
  if (command) return command
  const roots = [...new Set([join(repository, directory), repository])]
  const folders = [
    ...(environment.VIRTUAL_ENV ? [join(environment.VIRTUAL_ENV, 'bin')] : []),
    ...roots.flatMap((root) => ['.venv', 'venv'].map((name) => join(root, name, 'bin'))),
    ...(environment.PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
  ]
  for (const folder of folders) {
    const program = join(folder, 'alembic')
    if (await isExecutable(program)) return [program]
  }
  return undefined
}

/** What to tell where `alembicCommand` finds nothing. */
export const noAlembic =
  'No alembic was found: not in the active virtual environment, not in .venv or venv of the project or the repository, not on the PATH. Install the project’s Python dependencies before this step, or set `alembic: command:` in .migration-gate.yml, for example [uv, run, alembic].'

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return true
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  }
}

export interface AlembicOptions {
  /** Absolute path of the root. */
  readonly repository: string
  /** Where Alembic is run, from the root. */
  readonly directory: string
  readonly command: readonly string[]
  /** What the project's own code may see, besides the likes of PATH. */
  readonly environment: Readonly<Record<string, string>>
  readonly log: (message: string) => void
}

interface Run {
  readonly command: CommandResult
  readonly events: readonly RedirectEvent[]
  readonly ownLock?: OwnLock | undefined
}

/**
 * Runs the project's own Alembic, one revision at a time, its connections sent to the scratch database by `sitecustomize.py`. Before
 * the first migration the command is run with `--help`, which connects nowhere, to see that this hook is loaded.
 *
 * @throws UserError where the command cannot be run, or runs without the hook; Cancelled when the run is ended
 */
export async function alembicRunner(options: AlembicOptions, limits: Limits): Promise<Runner> {
  const folder = await mkdtemp(join(tmpdir(), 'migration-gate-alembic-'))
  try {
    await copyFile(new URL('./redirect/sitecustomize.py', import.meta.url), join(folder, 'sitecustomize.py'))
    const alembic = new Alembic(options, folder)
    await alembic.probe(limits)
    return alembic
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

class Alembic implements Runner {
  readonly #options: AlembicOptions
  readonly #folder: string
  #bookkeeping = 'public.alembic_version'
  #python: unknown
  #reads: readonly string[] | undefined
  /** The rows of the version table before the last upgrade of each revision. */
  readonly #before = new Map<string, readonly string[]>()

  constructor(options: AlembicOptions, folder: string) {
    this.#options = options
    this.#folder = folder
  }

  get bookkeeping(): readonly string[] {
    return [this.#bookkeeping]
  }

  remember([bookkeeping]: readonly string[]): void {
    this.#bookkeeping = bookkeeping ?? this.#bookkeeping
  }

  get origin(): unknown {
    const { command, environment } = this.#options
    return { command, environment, python: this.#python }
  }

  get reads(): readonly string[] | undefined {
    return this.#reads
  }

  async probe(limits: Limits): Promise<void> {
    const { command, events } = await this.#run(['--help'], undefined, limits)
    const called = this.#options.command.join(' ')
    if (command.timedOut) throw new UserError(`\`${called} --help\` did not end in time.`)
    if (command.exitCode !== 0)
      throw new UserError(
        `\`${called} --help\` failed (${lastLine(command.output)}). Install the project’s Python dependencies before this step, or set \`alembic: command:\` in .migration-gate.yml.`,
      )
    const ready = events.find((each) => each.event === 'ready')
    if (ready) this.#python = [ready.python, ready.packages]
    else
      throw new UserError(
        `\`${called}\` does not load migration-gate’s hook (Python is started with -I, -E or -S, or on another machine), so nothing would keep it from another database. It was not run. Set \`alembic: command:\` in .migration-gate.yml to a command that starts Alembic here, for example [.venv/bin/alembic].`,
      )
  }

  async upAll(database: Database, migrations: readonly ParsedMigration[], limits: Limits) {
    const parents = new Set(migrations.flatMap((migration) => migration.parents))
    const heads = migrations.filter(({ id }) => !parents.has(id))
    const roomy = { ...limits, timeoutMs: limits.timeoutMs * migrations.length }
    let ms = 0
    const reads = new Set<string>()
    this.#reads = undefined
    for (const head of heads) {
      const result = await this.#step(['upgrade', revision(head.id)], database, migrations, roomy)
      ms += result.ms
      for (const file of result.reads) reads.add(file)
      if (result.error) {
        const { at } = result.error
        return { error: result.error, ms, migration: migrations.find(({ file }) => file === at?.file) }
      }
      await this.#expect(database, head)
    }
    // Without a word at its end nothing is known. Python itself reads env.py, so that there is at least that.
    if (reads.size > 0) this.#reads = [...reads].sort()
    return { error: undefined, ms, migration: undefined }
  }

  async up(database: Database, migration: ParsedMigration, limits: Limits, way: Reach = database): Promise<StepResult> {
    this.#before.set(migration.id, await this.#versions(database))
    const result = await this.#step(['upgrade', revision(migration.id)], database, [migration], limits, way)
    if (!result.error) await this.#expect(database, migration)
    return result
  }

  /**
   * `<revision>@-1` takes back exactly one revision, also where another branch or another base is applied; of a merge it is refused
   * as ambiguous, and going to one parent leaves both. What is then missing of the versions of before is run again.
   */
  async down(
    database: Database,
    migration: ParsedMigration,
    limits: Limits,
    way: Reach = database,
  ): Promise<StepResult> {
    const before = this.#before.get(migration.id)
    if (!before) throw new Error(`${migration.name} was not upgraded here.`)
    const applied = await this.#versions(database)
    let result: StepResult = { error: undefined, ms: 0 }
    for (const target of [`${revision(migration.id)}@-1`, revision(migration.parents[0] ?? 'base')]) {
      result = await this.#step(['downgrade', target], database, [migration], limits, way)
      const refused =
        result.error?.message.startsWith('Ambiguous walk') && same(await this.#versions(database), applied)
      if (!refused) break
    }
    if (result.error) return result
    for (const id of before) {
      if ((await this.#versions(database)).includes(id)) continue
      const again = await this.#step(['upgrade', revision(id)], database, [migration], limits, way)
      if (again.error) return { error: again.error, ms: result.ms + again.ms }
    }
    const now = await this.#versions(database)
    if (!same(now, before))
      throw new UserError(
        `Alembic does not find the way back from ${migration.id}: before it ${told(before)}, after its downgrade ${told(now)}.`,
      )
    return result
  }

  async #step(
    parameters: readonly string[],
    database: Database,
    migrations: readonly ParsedMigration[],
    limits: Limits,
    way: Reach = database,
  ): Promise<StepResult & { readonly reads: readonly string[] }> {
    const { command, events, ownLock } = await this.#run(parameters, database, limits, way)
    for (const event of events) if (event.event === 'version-table') await this.#locate(database, event)
    const reads = events.flatMap((event) => (event.event === 'loaded' ? event.files : []))
    return { error: explain({ command, events, ownLock, migrations, limits }), ms: command.ms, reads }
  }

  async #run(
    parameters: readonly string[],
    database: Database | undefined,
    limits: Limits,
    way: Reach | undefined = database,
  ): Promise<Run> {
    const { repository, directory, command, environment, log } = this.#options
    const eventsFile = join(this.#folder, 'events')
    await rm(eventsFile, { force: true })
    const plain = { ...plainEnvironment(), ...environment }
    // Nothing listens on port 1: without a database there is nothing to reach.
    const { host, port, user, password, name } = way ?? {
      host: '127.0.0.1',
      port: 1,
      user: '',
      password: '',
      name: '',
    }
    let endedWell = false
    try {
      const start = () =>
        runCommand([...command, ...parameters], {
          ...limits,
          directory: join(repository, directory),
          environment: {
            ...plain,
            PGHOST: host,
            PGPORT: String(port),
            PGUSER: user,
            PGPASSWORD: password,
            PGDATABASE: name,
            PYTHONPATH: [this.#folder, plain.PYTHONPATH].filter(Boolean).join(delimiter),
            PYTHONDONTWRITEBYTECODE: '1',
            PYTHONUNBUFFERED: '1',
            MIGRATION_GATE_EVENTS: eventsFile,
            MIGRATION_GATE_ROOT: repository,
          },
          line(text) {
            const [running] = /Running (?:upgrade|downgrade) .*/.exec(text) ?? []
            if (running) log(`alembic: ${printable(running)}`)
          },
        })
      const { result, ownLock } = database
        ? await watchingOwnLocks(database, start)
        : { result: await start(), ownLock: undefined }
      endedWell = result.exitCode === 0
      return { command: result, events: parseEvents(await readIfThere(eventsFile)), ownLock }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT')
        throw new UserError(noAlembicAt(command), { cause: error })
      if ((error as NodeJS.ErrnoException).code === 'EACCES')
        throw new UserError(`\`${command.join(' ')}\` may not be executed.`, { cause: error })
      throw error
    } finally {
      // PostgreSQL goes on with a statement whose client was ended.
      if (!endedWell) await database?.terminateConnections()
    }
  }

  /** Finds the version table that Alembic's context named. Without a schema, the project's search path decides where it is. */
  async #locate(database: Database, { schema, table }: { schema: string | null; table: string }): Promise<void> {
    await using session = await database.connect()
    const { rows } = await session.query<{ name: string }>(
      `SELECT ${qualified} AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p') AND c.relname = $1 AND n.nspname = COALESCE($2, n.nspname) AND n.nspname !~ '^pg_'
       ORDER BY n.nspname <> 'public', n.nspname`,
      [table, schema],
    )
    this.#bookkeeping = rows[0]?.name ?? this.#bookkeeping
  }

  async #versions(database: Database): Promise<readonly string[]> {
    await using session = await database.connect()
    const { rows: found } = await session.query(
      `SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${qualified} = $1`,
      [this.#bookkeeping],
    )
    if (found.length === 0) return []
    const { rows } = await session.query<{ version_num: string }>(
      `SELECT version_num FROM ${this.#bookkeeping} ORDER BY version_num`,
    )
    return rows.map((row) => row.version_num)
  }

  /** That Alembic ended well says nothing about the scratch database: the version table in it does. */
  async #expect(database: Database, migration: ParsedMigration): Promise<void> {
    const versions = await this.#versions(database)
    if (!versions.includes(migration.id))
      throw new UserError(
        `Alembic ended without an error, and the scratch database does not hold revision ${migration.id} in ${this.#bookkeeping}: ${told(versions)}.`,
      )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }
}

const qualified = `quote_ident(n.nspname) || '.' || quote_ident(c.relname)`

/** A revision is an argument of a command line. */
function revision(id: string): string {
  if (id.startsWith('-'))
    throw new UserError(`The revision ${id} begins with a hyphen, which Alembic takes for an option.`)
  return id
}

function noAlembicAt(command: readonly string[]): string {
  return `\`${command[0]}\` was not found. Install the project’s Python dependencies before this step, or set \`alembic: command:\` in .migration-gate.yml.`
}

function lastLine(text: string): string {
  return printable(text.trim().split('\n').at(-1) ?? '').slice(0, 300) || 'it wrote no message'
}

function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a program of the project writes is kept from steering a terminal
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim()
}

function told(versions: readonly string[]): string {
  return versions.length > 0 ? `the version table holds ${versions.join(', ')}` : 'the version table is empty'
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each))
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
