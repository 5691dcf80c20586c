import { readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { UserError } from './model/errors.ts'
import { type Tool, tools } from './model/migration.ts'

/** The file that is read from the root of the repository when no other is named. */
export const configFile = '.migration-gate.yml'

const majors = ['14', '15', '16', '17', '18'] as const

/** One schema for the file, the flags and the action's inputs. Keys are the names that a user writes. */
const settings = z.strictObject({
  tool: z.enum(tools).optional(),
  directory: z.string().optional(),
  base: z.string().min(1).optional(),
  database: z.enum(['auto', 'embedded', 'docker', 'url']).optional(),
  'postgres-version': z
    .union([z.number(), z.string()])
    .transform(String)
    .pipe(z.enum(majors))
    .transform(Number)
    .optional(),
  'round-trip': z.enum(['auto', 'required', 'off']).optional(),
  'fail-on': z.enum(['error', 'warning', 'never']).optional(),
  timeout: z.coerce.number().int().min(1).max(21_600).optional(),
  'default-schema': z.string().min(1).optional(),
  environment: z
    .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is not the name of an environment variable'))
    .optional(),
  alembic: z.strictObject({ command: z.array(z.string().min(1)).min(1) }).optional(),
})

type Settings = z.output<typeof settings>

export interface Config {
  readonly tool: Tool | undefined
  /** Where to look for migrations, from the root of the repository, '' for the root itself; undefined: everywhere. */
  readonly directory: string | undefined
  /** A branch, tag or commit; undefined: found by `changedFiles`. */
  readonly base: string | undefined
  readonly database: 'auto' | 'embedded' | 'docker' | 'url'
  /** Never read from the file: it holds a password. */
  readonly databaseUrl: string | undefined
  readonly postgresVersion: number
  readonly roundTrip: 'auto' | 'required' | 'off'
  readonly failOn: 'error' | 'warning' | 'never'
  /** Seconds for one run of one script. */
  readonly timeout: number
  /** The schema of names that a migration does not qualify. */
  readonly defaultSchema: string
  /** The names of the environment variables that the project's own commands may see, besides PATH, HOME and the like. */
  readonly environment: readonly string[]
  readonly alembic: { readonly command: readonly string[] } | undefined
  /** Where each value came from, for `--print-config`. */
  readonly sources: Readonly<Record<string, string>>
}

const defaults = {
  database: 'auto',
  'postgres-version': 17,
  'round-trip': 'auto',
  'fail-on': 'error',
  timeout: 60,
  'default-schema': 'public',
  environment: [],
} as const satisfies Settings

/**
 * Puts the configuration together: defaults, then the file, then flags or inputs.
 * @param options.file the file to read; undefined: `.migration-gate.yml` in the repository, if there is one
 * @param options.values what flags or inputs gave, by the same names as in the file; undefined and '' count as not given
 * @param options.origin how to call these values in messages: `the command line`, `the action's inputs`
 * @throws UserError for a file that cannot be read, an unknown key, or a value that does not fit
 */
export async function loadConfig(options: {
  repository: string
  file?: string | undefined
  values: Readonly<Record<string, unknown>>
  databaseUrl?: string | undefined
  origin: string
}): Promise<Config> {
  const file = await fromFile(options.repository, options.file)
  const named = Object.entries(options.values).filter(([, value]) => value !== undefined && value !== '')
  const given = check(Object.fromEntries(named), options.origin, () => undefined)
  const merged = { ...defaults, ...defined(file.values), ...defined(given) }
  const sources = Object.fromEntries(
    Object.keys(settings.shape).map((key) => [
      key,
      key in given ? options.origin : key in file.values ? file.name : key in defaults ? 'default' : 'not set',
    ]),
  )
  if (merged.database === 'url' && !options.databaseUrl)
    throw new UserError('database: url needs a URL: give --database-url, the input database-url, or DATABASE_URL.')
  return {
    tool: merged.tool,
    directory: merged.directory === undefined ? undefined : plainFolder(merged.directory),
    base: merged.base,
    database: merged.database,
    databaseUrl: options.databaseUrl || undefined,
    postgresVersion: merged['postgres-version'],
    roundTrip: merged['round-trip'],
    failOn: merged['fail-on'],
    timeout: merged.timeout,
    defaultSchema: merged['default-schema'],
    environment: merged.environment,
    alembic: merged.alembic,
    sources,
  }
}

/** A folder as git names it: without `./` before it and `/` after it; '' for the root. */
export function plainFolder(folder: string): string {
  return posix.normalize(folder).replace(/^\.?\/+|\/+$|^\.$/g, '')
}

/** The same, typed without the `undefined` that optional keys bring: zod leaves keys out that were not given. */
function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return values as { [K in keyof T]?: Exclude<T[K], undefined> }
}

async function fromFile(repository: string, file: string | undefined): Promise<{ name: string; values: Settings }> {
  const name = file ?? configFile
  let text: string
  try {
    text = await readFile(join(repository, name), 'utf8')
  } catch (error) {
    if (!file && (error as NodeJS.ErrnoException).code === 'ENOENT') return { name, values: {} }
    throw new UserError(`${name}: cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)}).`, {
      cause: error,
    })
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [problem] = document.errors
  if (problem)
    throw new UserError(`${name}:${lines.linePos(problem.pos[0]).line}: ${problem.message.split('\n')[0]}`, {
      cause: problem,
    })
  const place = (path: readonly PropertyKey[]) => {
    const node = document.getIn(path, true) as { range?: [number, number, number] } | undefined
    return node?.range ? lines.linePos(node.range[0]).line : undefined
  }
  return { name, values: check(document.toJS() ?? {}, name, place) }
}

function check(values: unknown, origin: string, place: (path: readonly PropertyKey[]) => number | undefined): Settings {
  const parsed = settings.safeParse(values)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        path: [...issue.path, key],
        text: `unknown setting; there are ${Object.keys(settings.shape).sort().join(', ')}`,
      }))
    return [{ path: issue.path, text: issue.message }]
  })
  const lines = problems.map(({ path, text }) => {
    const line = place(path)
    return `${origin}${line ? `:${line}` : ''}: ${path.map(String).join('.') || 'the whole'}: ${text}`
  })
  throw new UserError(lines.join('\n'))
}
