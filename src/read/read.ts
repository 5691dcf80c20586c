import { GitError } from 'simple-git'
import type { ChangedFile } from '../model/change.ts'
import { UserError } from '../model/errors.ts'
import type { Migration, Project, Tool } from '../model/migration.ts'
import type { NotChecked } from '../model/result.ts'
import { alembic } from './alembic.ts'
import { commonAncestor, listFiles } from './changed-files.ts'
import { command } from './command.ts'
import { dbmate } from './dbmate.ts'
import { drizzle } from './drizzle.ts'
import { type Files, filesOf, isBelow } from './files.ts'
import { flyway } from './flyway.ts'
import { diesel, hasura, prisma } from './folders.ts'
import { goose } from './goose.ts'
import { graphileMigrate } from './graphile-migrate.ts'
import { certainties, type Fit, type Layout, type OwnCommands } from './layout.ts'
import { nodePgMigrate } from './node-pg-migrate.ts'
import { numberedSql } from './numbered.ts'
import { golangMigrate, sqlx } from './paired.ts'
import { filesIn, pastChanges } from './past.ts'
import { sqitch } from './sqitch.ts'
import { sqlMigrate } from './sql-migrate.ts'
import { supabase } from './supabase.ts'
import { tern } from './tern.ts'

const layouts: readonly Layout[] = [
  alembic,
  golangMigrate,
  sqlx,
  nodePgMigrate,
  diesel,
  hasura,
  dbmate,
  goose,
  sqlMigrate,
  tern,
  flyway,
  sqitch,
  prisma,
  drizzle,
  supabase,
  graphileMigrate,
  numberedSql,
  command,
]

export interface ReadOptions {
  /** Absolute path of the root. */
  readonly repository: string
  /** What the configuration says; undefined: detected. */
  readonly tool: Tool | undefined
  /** Where to look, from the root; undefined: everywhere. */
  readonly directory: string | undefined
  /** What differs from the base branch; undefined: everything counts as new. */
  readonly changed: readonly ChangedFile[] | undefined
  /** What runs migrations of no known layout; undefined: nothing does, so that none is looked for. */
  readonly commands?: OwnCommands | undefined
  /** The base branch, where it was named. */
  readonly base?: string | undefined
}

/**
 * Finds the history of migrations in a repository and reads it.
 * @throws UserError where no history is found, or more than one: the message says how to choose
 */
export async function readProject(options: ReadOptions): Promise<Project> {
  const files = filesOf(options.repository, await listFiles(options.repository), options.changed)
  const places = await findOrRun(files, options)
  const exact = places.filter(({ fit }) => fit.directory === options.directory)
  const [only, ...others] = exact.length > 0 ? exact : places
  if (!only) throw await nothing(files, options)
  if (others.length > 0) throw several([only, ...others], options.directory)
  return await readPlace(only, files, options)
}

/**
 * Finds every history of migrations in a repository that the change touches, and reads it: a monorepo has several. Where a tool or a
 * directory is named, or where there is one only, this is `readProject`, and the change may leave it alone.
 * @throws UserError where no history is found, or where two tools could have made one
 */
export async function readProjects(options: ReadOptions): Promise<Project[]> {
  const { repository, tool, directory, changed } = options
  if (tool !== undefined || directory !== undefined) return [await readProject(options)]
  const files = filesOf(repository, await listFiles(repository), changed)
  const there = await findOrRun(files, options)
  const places = [...there, ...(await findDeleted(there, options))]
  if (places.length === 0) throw await nothing(files, options)

  const touched = places.filter(
    ({ layout, fit }) =>
      places.length === 1 || !changed || changed.some(({ path }) => layout.owns(path, fit.directory)),
  )
  const ambiguous = touched.filter(({ fit }) =>
    touched.some((other) => other.fit !== fit && other.fit.directory === fit.directory),
  )
  if (ambiguous.length > 0) throw several(ambiguous, undefined)
  const projects: Project[] = []
  for (const place of touched) projects.push(await readPlace(place, files, options))
  return projects.filter((project) => projects.length === 1 || !changed || touches(project, changed))
}

/** Whether a change touches the history: a file of it, or one that was of it and is deleted. */
export function touches(project: Project, changed: readonly ChangedFile[]): boolean {
  return changed.some(({ path }) => isPart(project, path))
}

interface Found {
  readonly layout: Layout
  readonly fit: Fit
}

/** Every place that fits some layout. A guess gives way to what is sure, and a poor guess to any other. */
async function find(
  files: Files,
  { tool, directory }: Pick<ReadOptions, 'tool' | 'directory'>,
  among: readonly Layout[],
): Promise<Found[]> {
  const found: Found[] = []
  for (const layout of among.filter((each) => tool === undefined || each.tool === tool))
    for (const fit of await layout.find(files, tool !== undefined, directory))
      if (!directory || fit.directory === directory || isBelow(fit.directory, directory)) found.push({ layout, fit })
  const rank = ({ fit }: Found) => certainties.indexOf(fit.certainty)
  const free = found.filter(
    (each) =>
      !found.some(
        (other) =>
          rank(other) < rank(each) &&
          other.fit.folders.some((folder) =>
            folder === '' ? each.fit.directory === '' : isBelow(`${each.fit.directory}/`, folder),
          ),
      ),
  )
  const better = free.filter(({ fit }) => fit.certainty !== 'possible')
  return better.length > 0 ? better : free
}

/** The same; where there is none, what a command of the configuration runs. */
async function findOrRun(files: Files, options: ReadOptions): Promise<Found[]> {
  const found = await find(files, options, layouts)
  if (found.length > 0 || !options.commands || options.tool !== undefined) return found
  return await find(files, { ...options, tool: 'command' }, [command])
}

/** The places of which the change leaves nothing, told by the names of the files alone. */
async function findDeleted(there: readonly Found[], { repository, changed }: ReadOptions): Promise<Found[]> {
  const paths = (changed ?? []).filter(({ status }) => status === 'deleted').map(({ path }) => path)
  const places = await find(
    filesOf(repository, paths, changed),
    { tool: undefined, directory: undefined },
    layouts.filter((layout) => layout !== alembic),
  )
  return places.filter(
    ({ fit }) =>
      fit.certainty !== 'possible' &&
      !there.some(({ fit: { directory } }) => fit.directory === directory || isBelow(fit.directory, directory)),
  )
}

async function readPlace({ layout, fit }: Found, files: Files, options: ReadOptions): Promise<Project> {
  const { changed = [], commands } = options
  const project = await layout.read(fit.directory, files, commands)
  const touched = changed.filter(({ path, status }) => status !== 'added' && isPart(project, path))
  const gone = changed.filter((file) => !files.has(file.path) && isPart(project, file.path))
  const before = touched.length > 0 ? await readBefore(layout, fit, files, options) : undefined
  const told = new Set(before?.migrations.flatMap(({ up, down }) => [up.file, ...(down ? [down.file] : [])]))
  const untold = gone.filter(({ path, status }) => status !== 'deleted' || !told.has(path))
  const { lineage = { faults: [], heads: [], headsBefore: 0, changes: [] } } = project
  return {
    ...project,
    migrations: project.migrations.map((migration) =>
      lostDowngrade(migration, before) ? edited(migration) : migration,
    ),
    lineage: { ...lineage, changes: before ? pastChanges(before, project) : [] },
    notChecked: [
      ...project.notChecked,
      ...untold.map((file) => ({ what: file.path, why: whyGone(file) })),
      ...(before ? [] : project.migrations.filter(isEdited(touched)).map(notCompared)),
    ],
    hasGaps: project.hasGaps || gone.some((file) => file.status !== 'deleted'),
  }
}

/** The history as it is on the base branch. Undefined where git does not have that. */
async function readBefore(
  layout: Layout,
  fit: Fit,
  now: Files,
  { repository, changed = [], base, commands }: ReadOptions,
): Promise<Project | undefined> {
  try {
    const commit = await commonAncestor(repository, base)
    const files = filesIn(commit, repository, changed, (paths) => filesOf(repository, paths, []), now)
    return await layout.read(fit.directory, files, commands)
  } catch (error) {
    if (error instanceof UserError || error instanceof GitError) return undefined
    throw error
  }
}

/** Its downgrade is a file of its own, which the change deletes. */
function lostDowngrade({ id, down, status }: Migration, before: Project | undefined): boolean {
  return status === 'base' && !down && (before?.migrations.some((each) => each.id === id && each.down) ?? false)
}

function isEdited(touched: readonly ChangedFile[]): (migration: Migration) => boolean {
  return ({ up }) => touched.some(({ path, status }) => status === 'modified' && path === up.file)
}

function notCompared({ file }: Migration): NotChecked {
  return {
    what: file,
    why: 'The base branch has it in another form, which git does not know here, so what was edited in it was not checked. Fetch the history of the base branch (actions/checkout: fetch-depth: 0).',
  }
}

function edited(migration: Migration): Migration {
  return { ...migration, status: 'edited' }
}

function whyGone({ status }: ChangedFile): string {
  return status === 'deleted'
    ? 'It is on the base branch and deleted here. A database that has applied it keeps what it did, so what this change means there was not checked. Keep the file, and take back what it did in a new migration.'
    : 'The pull request changes it, and it is not in the work tree: another commit is checked out than the pull request’s.'
}

function isPart(project: Project, path: string): boolean {
  const layout = layouts.find(({ tool }) => tool === project.tool)
  return layout?.owns(path, project.directory, project.folders) ?? false
}

function where(directory: string | undefined): string {
  return directory ? `in ${directory}/` : 'in this repository'
}

async function nothing(files: Files, { tool, directory }: ReadOptions): Promise<UserError> {
  const layout = layouts.find((each) => each.tool === tool)
  if (layout)
    return new UserError(`No ${layout.tool} migrations were found ${where(directory)}: expected ${layout.expected}.`)
  const inside = files.paths.filter((path) => isBelow(path, directory ?? ''))
  const nearly: string[] = []
  for (const { tool: name, nearly: better } of layouts) {
    for (const path of better ? inside : []) {
      const expected = await better?.(path, files)
      if (expected === undefined) continue
      nearly.push(`\n${path} is nearly a migration of ${name}: expected ${expected}.`)
      break
    }
  }
  return new UserError(
    `No migrations were found ${where(directory)}. Expected an alembic.ini with a section [alembic], or a folder of numbered SQL files such as migrations/001_create_users.sql with migrations/001_create_users_rollback.sql, or the files of one of ${layouts
      .map((each) => each.tool)
      .filter((name) => name !== 'alembic' && name !== 'numbered-sql' && name !== 'command')
      .join(
        ', ',
      )}. Name the place with --directory. For any other tool, say with upgrade: in the configuration what runs its migrations; migration-gate lint --tool command --directory FOLDER reads any folder of SQL without it.${nearly.slice(0, 3).join('')}`,
  )
}

function several(places: readonly Found[], directory: string | undefined): UserError {
  const list = places.map(({ layout, fit }) => `  --tool ${layout.tool} --directory ${fit.directory || '.'}`)
  const folders = new Set(places.map(({ fit }) => fit.directory))
  const what =
    folders.size === 1 && places.length > 1
      ? `More than one tool could have made the migrations in ${[...folders][0] || 'the root of the repository'}`
      : `More than one history of migrations was found ${where(directory)}`
  return new UserError(`${what}. Choose one:\n${list.join('\n')}`)
}
