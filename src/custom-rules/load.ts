import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as z from 'zod'
import { UserError } from '../model/errors.ts'
import type { Report } from '../model/finding.ts'
import type { Context, OptionValues, Rule } from '../model/rule.ts'
import { offerDefineRule } from './module.ts'

const endings = ['js', 'mjs', 'ts', 'mts'] as const

const name = z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'is no name in small letters with hyphens')
const generator = z.custom<(...given: never[]) => Iterable<Report>>((value) => typeof value === 'function', {
  error: 'is not a function',
})
const option = z.strictObject({
  default: z.union([z.number().min(0), z.string(), z.boolean(), z.array(z.string())]),
  description: z.string(),
})
const shape = z.strictObject({
  name,
  summary: z.string().min(1),
  severity: z.enum(['error', 'warning', 'info']),
  isPolicy: z.boolean().optional(),
  options: z.record(z.string(), option).optional(),
  fails: z.string().optional(),
  general: z.boolean().optional(),
  check: generator.optional(),
  observe: generator.optional(),
})

const place = z.object({
  file: z.string(),
  line: z.number().int().min(1),
  column: z.number().int().min(1),
  endLine: z.number().int().min(1),
})
const report = z.strictObject({
  at: place.optional(),
  direction: z.enum(['up', 'down']),
  message: z.string().min(1),
  help: z.string(),
  suggestion: z.string().optional(),
  evidence: z.array(z.string()).optional(),
  sqlstate: z.string().optional(),
})

/**
 * The rules in a folder: in each folder of it a `rule.js` (`.mjs`; `.ts` and `.mts` where Node strips types), whose default export is the
 * rule, and its page, `README.md`. This runs their code.
 *
 * @param options.files the folder on disk
 * @param options.folder how to call it: its path from the root of the repository
 * @param options.pages what stands before the path of a page to make a link of it; '' where nothing is known to
 * @param options.taken names that a rule cannot have
 * @throws UserError for a folder without rules, code that cannot be loaded, and what is not a rule; and, when a rule runs, for an exception
 *   in it and for what is not a report
 */
export async function loadCustomRules(options: {
  files: string
  folder: string
  pages: string
  taken: ReadonlySet<string>
}): Promise<Rule[]> {
  const { files, folder, pages, taken } = options
  const rooms = await roomsIn(files, folder)
  offerDefineRule(pathToFileURL(`${files}/`).href)
  const rules: Rule[] = []
  for (const room of rooms) {
    const shown = `${folder}/${room}`
    if (taken.has(room)) throw new UserError(`${shown}: there is a rule ${room} already. Give yours another name.`)
    if (!existsSync(join(files, room, 'README.md')))
      throw new UserError(`${shown}: the page of the rule is missing: ${shown}/README.md.`)
    const file = endings.map((ending) => `rule.${ending}`).find((each) => existsSync(join(files, room, each)))
    if (!file) throw new UserError(`${shown}: there is no rule.js (or ${endings.slice(1).join(', ')}) in it.`)
    rules.push({
      ...(await load(join(files, room, file), room, `${shown}/${file}`)),
      page: `${pages}${encodeURI(shown)}/README.md`,
    })
  }
  return rules
}

async function roomsIn(files: string, folder: string): Promise<string[]> {
  const entries = await readdir(files, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    throw new UserError(`custom-rules: ${folder} cannot be read (${cause.code ?? cause.message}).`, { cause })
  })
  const rooms = entries
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .map((entry) => entry.name)
  if (rooms.length === 0)
    throw new UserError(`custom-rules: ${folder} holds no rule: a folder with a rule.js and a README.md for each.`)
  return rooms.sort()
}

async function load(path: string, room: string, shown: string): Promise<Rule> {
  if (/ts$/.test(path) && !process.features.typescript)
    throw new UserError(
      `${shown}: Node ${process.versions.node} does not read TypeScript; Node 22.18 and later do. Or write rule.js.`,
    )
  let module: { readonly default?: unknown }
  try {
    module = await import(/* webpackIgnore: true */ /* @vite-ignore */ pathToFileURL(path).href)
  } catch (cause) {
    throw new UserError(`${shown} cannot be loaded: ${said(cause)}`, { cause })
  }
  const parsed = shape.safeParse(module.default)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const where = issue?.path.map(String).join('.') || 'the default export'
    throw new UserError(`${shown} is not a rule as defineRule takes one: ${where}: ${issue?.message}`)
  }
  const { data } = parsed
  if (data.name !== room) throw new UserError(`${shown}: the rule is called ${data.name}, its folder ${room}.`)
  if (!data.check && !data.observe) throw new UserError(`${shown}: the rule has neither check nor observe.`)
  // What was checked is only what was read: methods are taken from the rule itself, so that `this` is what its author expects.
  return guarded(module.default as Rule, shown)
}

/** The rule, with every report of it looked at, and with its exceptions told as its own. */
function guarded(rule: Rule, shown: string): Rule {
  function* reports(migration: string, run: () => Iterable<Report>): Iterable<Report> {
    try {
      for (const each of run()) yield report.parse(each) as Report
    } catch (cause) {
      const why = cause instanceof z.ZodError ? `what it yields is not a report: ${issueOf(cause)}` : said(cause)
      throw new UserError(`The rule ${rule.name} (${shown}) failed on ${migration}: ${why}`, { cause })
    }
  }
  return {
    ...rule,
    ...(rule.check && {
      check: (context: Context, values: OptionValues) =>
        reports(context.migration.name, () => rule.check?.(context, values) ?? []),
    }),
    ...(rule.observe && {
      observe: (context: Parameters<NonNullable<Rule['observe']>>[0], values: OptionValues) =>
        reports(context.migration.name, () => rule.observe?.(context, values) ?? []),
    }),
  }
}

function issueOf({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.map(String).join('.') || 'the whole'}: ${issue?.message}`
}

function said(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message.split('\n')[0]}` : String(error)
}
