import type { ChangedFile } from '../model/change.ts'
import { UserError } from '../model/errors.ts'
import type { Project, Tool } from '../model/migration.ts'
import { alembic } from './alembic.ts'
import { listFiles } from './changed-files.ts'
import { dbmate } from './dbmate.ts'
import { drizzle } from './drizzle.ts'
import { type Files, filesOf, isBelow } from './files.ts'
import { flyway } from './flyway.ts'
import { diesel, hasura, prisma } from './folders.ts'
import { goose } from './goose.ts'
import { graphileMigrate } from './graphile-migrate.ts'
import { certainties, type Fit, type Layout } from './layout.ts'
import { nodePgMigrate } from './node-pg-migrate.ts'
import { numberedSql } from './numbered.ts'
import { golangMigrate, sqlx } from './paired.ts'
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
}

/**
 * Finds the history of migrations in a repository and reads it.
 * @throws UserError where no history is found, or more than one: the message says how to choose
 */
export async function readProject(options: ReadOptions): Promise<Project> {
  const files = filesOf(options.repository, await listFiles(options.repository), options.changed)
  const places = await find(files, options, layouts)
  const exact = places.filter(({ fit }) => fit.directory === options.directory)
  const [only, ...others] = exact.length > 0 ? exact : places
  if (!only) throw nothing(files, options)
  if (others.length > 0) throw several([only, ...others], options.directory)
  return await readPlace(only, files, options.changed)
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
  const there = await find(files, options, layouts)
  const places = [...there, ...(await findDeleted(there, options))]
  if (places.length === 0) throw nothing(files, options)

  const touched = places.filter(
    ({ layout, fit }) =>
      places.length === 1 || !changed || changed.some(({ path }) => layout.owns(path, fit.directory)),
  )
  const ambiguous = touched.filter(({ fit }) =>
    touched.some((other) => other.fit !== fit && other.fit.directory === fit.directory),
  )
  if (ambiguous.length > 0) throw several(ambiguous, undefined)
  const projects: Project[] = []
  for (const place of touched) projects.push(await readPlace(place, files, changed))
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
    for (const fit of await layout.find(files, tool !== undefined))
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

async function readPlace(
  { layout, fit }: Found,
  files: Files,
  changed: readonly ChangedFile[] | undefined,
): Promise<Project> {
  const project = await layout.read(fit.directory, files)
  const gone = (changed ?? []).filter((file) => !files.has(file.path) && isPart(project, file.path))
  const notChecked = [...project.notChecked, ...gone.map((file) => ({ what: file.path, why: whyGone(file) }))]
  return { ...project, notChecked, hasGaps: project.hasGaps || gone.some((file) => file.status !== 'deleted') }
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

function nothing(files: Files, { tool, directory }: ReadOptions): UserError {
  const layout = layouts.find((each) => each.tool === tool)
  if (layout)
    return new UserError(`No ${layout.tool} migrations were found ${where(directory)}: expected ${layout.expected}.`)
  const nearly = files.paths
    .filter((path) => isBelow(path, directory ?? ''))
    .flatMap((path) =>
      layouts.flatMap(({ tool: name, nearly: better }) => {
        const expected = better?.(path)
        return expected === undefined ? [] : [`\n${path} is nearly a migration of ${name}: expected ${expected}.`]
      }),
    )
  return new UserError(
    `No migrations were found ${where(directory)}. Expected an alembic.ini with a section [alembic], or a folder of numbered SQL files such as migrations/001_create_users.sql with migrations/001_create_users_rollback.sql, or the files of one of ${layouts
      .map((each) => each.tool)
      .filter((name) => name !== 'alembic' && name !== 'numbered-sql')
      .join(', ')}. Name the place with --directory.${nearly.slice(0, 3).join('')}`,
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
