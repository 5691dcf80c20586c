import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from './config.ts'
import { UserError } from './model/errors.ts'
import type { ParsedMigration, Project } from './model/migration.ts'
import { parseMigration } from './parse/parse.ts'
import { cacheFolder, cannotWrite, isCached } from './postgres/cache.ts'

/** What parsing adds to a migration. */
type Scripts = Pick<ParsedMigration, 'up' | 'down'>

/** A shorter history is parsed in less time than a file is worth. */
const worthKeeping = 100
/** At most so many histories are kept: those that were used last. */
const mostKept = 16

/**
 * Parses the migrations of a history, in their order. A merged migration does not change, so a long history is parsed once: what came
 * of it is kept in the cache, each migration by the hash of its text, for the build of the gate that has parsed it. What is not on the
 * base branch is kept only where nothing is (`--all`).
 *
 * @param repository absolute path of the root
 */
export async function parseHistory(
  project: Project,
  { defaultSchema }: Pick<Config, 'defaultSchema'>,
  repository: string,
): Promise<ParsedMigration[]> {
  const { migrations, directory } = project
  const build = migrations.length < worthKeeping ? undefined : await buildOfThis()
  const file = build && join(cacheFolder(), 'parsed', hash([repository, directory, defaultSchema, build]))
  const kept = file ? await readKept(file) : new Map<string, Scripts>()
  const keep = new Map<string, Scripts>()
  const isOnBase = migrations.some(({ status }) => status === 'base')
  const parsed: ParsedMigration[] = []
  for (const migration of migrations) {
    const key = file ? hash([migration.up, migration.down]) : ''
    const whole = { ...migration, ...(kept.get(key) ?? (await parseMigration(migration, { defaultSchema }))) }
    parsed.push(whole)
    if (!isOnBase || migration.status === 'base') keep.set(key, { up: whole.up, down: whole.down })
  }
  if (file && [...keep.keys()].some((key) => !kept.has(key))) await writeKept(file, keep)
  return parsed
}

/** Names the code that parses, so that another never takes its results; undefined where it runs from its source, which may change. */
async function buildOfThis(): Promise<string | undefined> {
  const beside = join(dirname(fileURLToPath(import.meta.url)), 'build.json')
  return await readFile(beside, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

/** A file that cannot be used is none: whatever it held is parsed again. */
async function readKept(file: string): Promise<Map<string, Scripts>> {
  try {
    if (!(await isCached(dirname(file)))) return new Map()
    const text = await readFile(file, 'utf8')
    const end = text.indexOf('\n')
    const content = text.slice(end + 1)
    if (text.slice(0, end) !== hash(content)) return new Map()
    const now = new Date()
    await utimes(file, now, now)
    return new Map(JSON.parse(content) as [string, Scripts][])
  } catch (error) {
    // Somebody else's folder, a file that is not there or may not be touched.
    if (error instanceof UserError || (error as NodeJS.ErrnoException).code !== undefined) return new Map()
    throw error
  }
}

/** Whole or not at all, and for this user alone. A cache that cannot be written is done without. */
async function writeKept(file: string, scripts: ReadonlyMap<string, Scripts>): Promise<void> {
  const folder = dirname(file)
  const content = JSON.stringify([...scripts])
  const temporary = join(folder, `.${randomBytes(9).toString('hex')}`)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    if (!(await isCached(folder))) return
    await writeFile(temporary, `${hash(content)}\n${content}`, { mode: 0o600 })
    await rename(temporary, file)
    await prune(folder)
  } catch (error) {
    if (!(error instanceof UserError) && !cannotWrite(error)) throw error
  }
}

/** Also takes away what a run that was ended has left half written, in time. */
async function prune(folder: string): Promise<void> {
  const used = await Promise.all(
    (await readdir(folder)).map(async (name) => ({ path: join(folder, name), at: await lastUse(join(folder, name)) })),
  )
  for (const { path } of used.sort((a, b) => b.at - a.at).slice(mostKept)) await rm(path, { force: true })
}

async function lastUse(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs
  } catch (error) {
    // A parallel run has removed it.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}

/** Of a text, or of anything's JSON. */
function hash(value: unknown): string {
  return createHash('sha256')
    .update(typeof value === 'string' ? value : JSON.stringify(value))
    .digest('hex')
}
