import { readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import * as z from 'zod'
import { problemsOf } from './config-problems.ts'
import { type RehearsalConfig, rehearsalConfig, rehearsalSettings } from './config-rehearsal.ts'
import type { IgnoreSetting } from './lint/ignore.ts'
import type { RuleSetting } from './lint/settings.ts'
import { UserError } from './model/errors.ts'
import { type Tool, tools } from './model/migration.ts'
import type { GivenSize } from './sizes.ts'

/** The file that is read from the root of the repository when no other is named. */
export const configFile = '.migration-gate.yml'

/** The file of known findings that is read from there when the configuration names none. */
export const knownFile = '.migration-gate-known.json'

const majors = ['12', '13', '14', '15', '16', '17', '18'] as const

const severity = z.enum(['error', 'warning', 'info', 'on', 'off'])

/** A name, or a list of names. */
const names = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
  error: 'is neither a text nor a list of texts',
})

/** A number as people write a large one: 5000000 or 5_000_000. */
const size = z
  .union([z.number(), z.string().regex(/^\d[\d_]*$/, 'is not a number')])
  .transform((text) => Number(String(text).replaceAll('_', '')))
  .pipe(z.number().min(0))

/**
 * One schema for the file, the flags and the action's inputs. Keys are the names that a user writes; their descriptions become the
 * reference in docs/configuration.md and the schema for editors.
 */
const settings = z.strictObject({
  tool: z.enum(tools).optional().describe("The migrations' tool. Left out, it is detected."),
  directory: z
    .string()
    .optional()
    .describe('The folder of the migrations, from the root of the repository. Left out, it is found.'),
  base: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Branch, tag or commit to compare with. Left out, it is the base branch of the pull request, or the default branch of origin.',
    ),
  database: z
    .enum(['auto', 'embedded', 'local', 'docker', 'url'])
    .optional()
    .describe(
      'Where the PostgreSQL to rehearse on comes from. `auto` takes the first that works. The URL itself is never written here: it holds a password.',
    ),
  'postgres-version': z
    .union([z.number(), z.string()])
    .transform(String)
    .pipe(z.enum(majors))
    .transform(Number)
    .optional()
    .describe('Major version of PostgreSQL to rehearse on, 12 to 18. A server given by URL has its own.'),
  'round-trip': z
    .enum(['auto', 'required', 'off'])
    .optional()
    .describe('Whether migrations are run: upgrade, downgrade, upgrade. `off` only reads them.'),
  'fail-on': z
    .enum(['error', 'warning', 'never'])
    .optional()
    .describe('The findings that fail the run. What could not be checked always fails it.'),
  timeout: z.coerce
    .number()
    .int()
    .min(1)
    .max(21_600)
    .optional()
    .describe('Seconds that one run of one migration may take.'),
  'default-schema': z.string().min(1).optional().describe('The schema of names that a migration does not qualify.'),
  environment: z
    .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is not the name of an environment variable'))
    .optional()
    .describe(
      "Names of environment variables that the project's own commands may see, besides PATH, HOME and the like.",
    ),
  alembic: z
    .strictObject({
      command: z.array(z.string().min(1)).min(1).describe('The command that runs Alembic, and its first arguments.'),
    })
    .optional()
    .describe('How Alembic is run. Left out, it is found in the virtual environment of the project, or on the PATH.'),
  ...rehearsalSettings,
  rules: z
    .record(
      z.string(),
      z.union([severity, z.looseObject({ severity: severity.optional() })], {
        error: `is neither ${severity.options.join(', ')} nor a severity with options`,
      }),
    )
    .optional()
    .describe(
      'Severity and options of rules, by name; a name that squawk or eugene has for the hazard will do. `off` switches a rule off, `on` switches a policy on.',
    ),
  ignore: z
    .array(
      z.strictObject({
        rule: names.describe('The rule, or a list of rules.'),
        files: names.describe('A glob of paths from the root of the repository, or a list of globs.'),
        reason: z
          .string()
          .refine((text) => text.trim() !== '', 'a reason is needed')
          .describe('Why. Without a reason nothing is ignored.'),
      }),
    )
    .optional()
    .describe('Findings to ignore by rule and path. What one statement needs is said better in a comment above it.'),
  'known-findings': z
    .string()
    .min(1)
    .optional()
    .describe(
      'The file of findings that were there when the gate was adopted, which do not block. Written by `migration-gate check --all --write-known`.',
    ),
  stats: z
    .string()
    .min(1)
    .optional()
    .describe(
      'The file that `migration-gate stats` wrote: the sizes of the tables in production. From them come ranges of time, and severities by size.',
    ),
  tables: z
    .record(
      z.string().min(1),
      z.strictObject({
        rows: size.describe('Rows in production.'),
        bytes: size.optional().describe('Size of the table in production, without its indexes.'),
      }),
    )
    .optional()
    .describe('Sizes of tables in production, by name. They win over those of `stats`.'),
  seeds: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A file of SQL that puts rows into tables before a rehearsal. A table that it fills gets no synthetic rows before the upgrade.',
    ),
  queries: names
    .optional()
    .describe(
      'Files of SQL that the running release sends, or globs of them; also exports of pg_stat_statements as CSV or JSON. Each query is tried before a migration and after it.',
    ),
  'custom-rules': z
    .string()
    .min(1)
    .optional()
    .describe(
      'A folder of rules of your own, one folder each. They are code that the gate runs: [custom-rules.md](custom-rules.md) says what that means on pull requests.',
    ),
})

type Settings = z.output<typeof settings>

export interface Config extends RehearsalConfig {
  readonly tool: Tool | undefined
  /** Where to look for migrations, from the root of the repository, '' for the root itself; undefined: everywhere. */
  readonly directory: string | undefined
  /** A branch, tag or commit; undefined: found by `changedFiles`. */
  readonly base: string | undefined
  readonly database: 'auto' | 'embedded' | 'local' | 'docker' | 'url'
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
  /** Severities and options by the name of the rule; the names are not compared with the rules yet. */
  readonly rules: Readonly<Record<string, RuleSetting>>
  readonly ignore: readonly IgnoreSetting[]
  /** From the root of the repository; undefined: `knownFile`, if there is one. */
  readonly knownFindings: string | undefined
  /** A folder, from the root of the repository. */
  readonly customRules: string | undefined
  /** The file of `migration-gate stats`, from the root of the repository. */
  readonly stats: string | undefined
  /** Sizes of tables in production, by name as the configuration has it. */
  readonly tables: Readonly<Record<string, GivenSize>>
  /** A file of SQL, from the root of the repository. */
  readonly seeds: string | undefined
  /** Files of queries, or globs of them, from the root of the repository. */
  readonly queries: readonly string[]
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
    throw new UserError(
      'database: url needs a URL: give it as --database, as the input database-url, or in MIGRATION_GATE_DATABASE_URL.',
    )
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
    ...rehearsalConfig(merged),
    rules: ruleSettings(merged.rules, file.place),
    ignore: ignoreSettings(merged.ignore, file.place),
    knownFindings: merged['known-findings'],
    customRules: merged['custom-rules'] === undefined ? undefined : plainFolder(merged['custom-rules']),
    stats: merged.stats,
    tables: merged.tables ?? {},
    seeds: merged.seeds,
    queries: [merged.queries ?? []].flat(),
    sources,
  }
}

type Place = (path: readonly PropertyKey[]) => string

function ruleSettings(rules: Settings['rules'] = {}, place: Place): Config['rules'] {
  return Object.fromEntries(
    Object.entries(rules).map(([name, setting]): [string, RuleSetting] => {
      if (typeof setting === 'string') return [name, { severity: setting, options: {}, place: place(['rules', name]) }]
      const { severity = 'on', ...options } = setting
      return [name, { severity, options, place: place(['rules', name]) }]
    }),
  )
}

function ignoreSettings(ignore: Settings['ignore'] = [], place: Place): Config['ignore'] {
  return ignore.map(({ rule, files, reason }, index) => ({
    rules: [rule].flat(),
    files: [files].flat(),
    reason,
    place: place(['ignore', index]),
  }))
}

/** The JSON schema of the configuration file, with the defaults. The rules are not named in it. */
export function configurationSchema(): z.core.JSONSchema.BaseSchema {
  const schema = z.toJSONSchema(settings, { io: 'input' })
  const properties = Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, property]) => [
      name,
      name in defaults && typeof property === 'object'
        ? { ...property, default: defaults[name as keyof typeof defaults] }
        : property,
    ]),
  )
  return { ...schema, properties }
}

/** A folder as git names it: without `./` before it and `/` after it; '' for the root. */
export function plainFolder(folder: string): string {
  return posix.normalize(folder).replace(/^\.?\/+|\/+$|^\.$/g, '')
}

/** The same, typed without the `undefined` that optional keys bring: zod leaves keys out that were not given. */
function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return values as { [K in keyof T]?: Exclude<T[K], undefined> }
}

async function fromFile(
  repository: string,
  file: string | undefined,
): Promise<{ name: string; values: Settings; place: Place }> {
  const name = file ?? configFile
  let text: string
  try {
    text = await readFile(join(repository, name), 'utf8')
  } catch (error) {
    if (!file && (error as NodeJS.ErrnoException).code === 'ENOENT') return { name, values: {}, place: () => name }
    throw new UserError(`${name}: cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)}).`, {
      cause: error,
    })
  }
  const { LineCounter, parseDocument } = await import('yaml')
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
  const values = check(document.toJS() ?? {}, name, place)
  return {
    name,
    values,
    place: (path) => {
      const line = place(path)
      return line ? `${name}:${line}` : name
    },
  }
}

function check(values: unknown, origin: string, place: (path: readonly PropertyKey[]) => number | undefined): Settings {
  const parsed = settings.safeParse(values, { reportInput: true })
  if (parsed.success) return parsed.data
  const problems = problemsOf(parsed.error.issues, Object.keys(settings.shape))
  const lines = problems.map(({ path, text }) => {
    const line = place(path)
    return `${origin}${line ? `:${line}` : ''}: ${path.map(String).join('.') || 'the whole'}: ${text}`
  })
  throw new UserError(lines.join('\n'))
}
