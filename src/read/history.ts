import { UserError } from '../model/errors.ts'
import type { Fault } from '../model/lineage.ts'
import type { Migration, Project, Script, Tool } from '../model/migration.ts'
import type { NotChecked } from '../model/result.ts'
import type { Files } from './files.ts'

/** The two scripts of a migration. */
export interface Scripts {
  readonly up: Script
  readonly down: Script | undefined
}

/** A migration that was found and is not read yet. */
export interface Step {
  readonly id: string
  readonly name: string
  /** The file of the upgrade. */
  readonly file: string
  /** The others that it is made of: the downgrade, settings. */
  readonly others?: readonly string[]
  /** What two migrations may not have in common; the id where it is left out. */
  readonly number?: string
  /** That number, where it is a date, as it is written. */
  readonly date?: string
  /** Where the files do not tell it. */
  readonly status?: Migration['status']
  readonly isRepeatable?: boolean
  /** The scripts, or why they cannot be had. */
  read(): Promise<Scripts | readonly NotChecked[]>
}

/**
 * Reads the steps of a history, in the order in which they are given, and links each to the one before. A step that cannot be read
 * leaves a gap. Two with one number are a fault of it.
 */
export async function history(options: {
  tool: Tool
  directory: string
  folders: readonly string[]
  hasDowngrades: boolean
  steps: readonly Step[]
  /** What was found besides, told behind what is found here. */
  notChecked: readonly NotChecked[]
  /** A step is known to be missing. */
  hasGaps?: boolean
  files: Files
}): Promise<Project> {
  const { steps, files, tool, directory, folders, hasDowngrades } = options
  const notChecked: NotChecked[] = []
  const migrations: Migration[] = []
  const holders = new Map<string, Step>()
  const faults: Fault[] = []
  let hasGaps = options.hasGaps ?? false
  for (const step of steps) {
    const number = step.number ?? step.id
    const holder = holders.get(number)
    if (holder !== undefined) {
      // The later of two that are both new, or both old: so that the place is the same with `--all` and with a change.
      const isFirstAlone = statusOf(holder, files) === 'new' && statusOf(step, files) !== 'new'
      faults.push(isFirstAlone ? twice(holder, step) : twice(step, holder))
    }
    holders.set(number, holder ?? step)

    const scripts = await step.read()
    if (!('up' in scripts)) {
      notChecked.push(...scripts)
      hasGaps = true
      continue
    }
    const down = scripts.down && (await marked(scripts.down, tool, files))
    const previous = migrations.at(-1)
    migrations.push({
      id: step.id,
      name: step.name,
      file: step.file,
      parents: previous ? [previous.id] : [],
      up: await marked(scripts.up, tool, files),
      down,
      status: step.status ?? statusOf(step, files),
      ...(step.isRepeatable ? { isRepeatable: true } : {}),
    })
  }
  return {
    tool,
    directory,
    folders: [...new Set(folders)].sort(),
    migrations,
    notChecked: [...notChecked, ...options.notChecked],
    lineage: { faults, heads: [], headsBefore: 0, changes: [] },
    hasGaps,
    hasDowngrades,
  }
}

/** The text of a file, or why it is not to be had. */
export async function textOf(files: Files, path: string): Promise<string | NotChecked> {
  try {
    return await files.readText(path)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { what: path, why: `Not read: ${error.message}.` }
  }
}

/** Reads the files of a migration whose upgrade and downgrade are files of their own. */
export async function readPair(
  files: Files,
  up: string,
  down: string | undefined,
  script: (direction: Script['direction'], path: string, text: string) => Script | NotChecked,
): Promise<Scripts | readonly NotChecked[]> {
  const read = async (direction: Script['direction'], path: string): Promise<Script | NotChecked> => {
    const text = await textOf(files, path)
    return typeof text === 'string' ? script(direction, path, text) : text
  }
  const upScript = await read('up', up)
  const downScript = down === undefined ? undefined : await read('down', down)
  const failed = [upScript, downScript].flatMap((read) => (read && 'why' in read ? [read] : []))
  if ('why' in upScript || (downScript && 'why' in downScript)) return failed
  return { up: upScript, down: downScript }
}

/** Tells the files that the tool does not run, because of their names or for want of a partner, as far as the change touches them. */
export function passedOver(files: Files, paths: readonly string[], expected: (path: string) => string): NotChecked[] {
  return paths.filter((path) => files.statusOf(path) !== 'base').map((path) => ({ what: path, why: expected(path) }))
}

/** By the value of the digits, whatever their number: stamps are longer than a double holds. */
export function byNumber(a: string, b: string): number {
  const difference = BigInt(a) - BigInt(b)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** By code units, as Go, Rust and C compare. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** psql, Flyway and Supabase leave a byte order mark out. For PostgreSQL it is a part of the first word. */
const skipsMark: ReadonlySet<Tool> = new Set(['numbered-sql', 'sqitch', 'flyway', 'supabase'])

async function marked(script: Script, tool: Tool, files: Files): Promise<Script> {
  if (skipsMark.has(tool) || !(await files.hasByteOrderMark(script.file))) return script
  const reason = `${tool} takes the byte order mark at the beginning of the file for a part of the SQL; save the file without it`
  const at = { file: script.file, line: 1, column: 1, endLine: 1 }
  return { ...script, fragments: [{ kind: 'unreadable', reason, at }] }
}

function statusOf({ file, others = [] }: Step, files: Files): Migration['status'] {
  const own = files.statusOf(file)
  if (own !== 'base') return own
  return others.some((path) => files.statusOf(path) !== 'base') ? 'edited' : 'base'
}

function twice({ id, name, file, date }: Step, { file: other }: Step): Fault {
  const at = { file, line: 1, column: 1, endLine: 1 }
  return { kind: 'duplicate', migration: id, name, at, other, ...(date === undefined ? {} : { date }) }
}
