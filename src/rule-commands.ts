import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pico from 'picocolors'
import { type Config, loadConfig } from './config.ts'
import { listInJson, listInMarkdown, listInTerminal } from './explain/list.ts'
import { pageOf } from './explain/page.ts'
import { pageInTerminal } from './explain/terminal.ts'
import { rulesNamed, unknownRule } from './lint/settings.ts'
import { UserError } from './model/errors.ts'
import type { Rule } from './model/rule.ts'
import { repositoryRoot } from './read/changed-files.ts'
import { block, line } from './report/inert.ts'
import { rulebook } from './rulebook.ts'

/** What both commands are given. */
export interface RuleFlags {
  readonly config?: string
  readonly color: boolean
  readonly cwd: string
}

export const listFormats = ['terminal', 'json', 'markdown'] as const

/** The rules as this repository has configured them, in the form that is asked for. */
export async function listRules(
  builtIn: readonly Rule[],
  flags: RuleFlags & { readonly format: (typeof listFormats)[number] },
): Promise<string> {
  const known = await here(builtIn, flags)
  const rules = known.rules.map((rule) => ({ ...rule, summary: line(rule.summary) }))
  if (flags.format === 'json') return listInJson(rules)
  if (flags.format === 'markdown') return listInMarkdown(rules)
  return listInTerminal(rules, colors(flags.color))
}

/**
 * The pages of the rules that a name means.
 * @throws UserError where there is none
 */
export async function explain(builtIn: readonly Rule[], name: string, flags: RuleFlags): Promise<string> {
  const { rules, repository, config } = await here(builtIn, flags)
  const meant = rulesNamed(name, rules)
  if (meant.length === 0) throw new UserError(`${block(name)}: ${unknownRule(name, rules)}`)
  const width = Math.min(process.stdout.columns ?? 80, 100)
  const pages = await Promise.all(
    meant.map(async (rule) => {
      const isOurs = builtIn.some((each) => each.name === rule.name)
      const page =
        isOurs || !repository
          ? await pageOf(rule.name)
          : await readFile(join(repository, config?.customRules ?? '', rule.name, 'README.md'), 'utf8')
      return pageInTerminal(block(`${page.trimEnd()}\n\n${configurable(rule)}`), width, colors(flags.color))
    }),
  )
  return pages.join('\n')
}

/** What the configuration can set, as a section of the page. */
function configurable({ severity, aliases = [], options = {}, isPolicy, isOff }: Rule): string {
  const lines = [
    isPolicy
      ? `- a policy: off until the configuration names it, then ${severity}`
      : `- severity: ${isOff ? 'off' : severity}`,
    ...Object.entries(options).map(
      ([name, { default: value, description }]) => `- ${name}: ${description} (default: ${JSON.stringify(value)})`,
    ),
    ...(aliases.length > 0 ? [`- elsewhere: ${aliases.join(', ')}`] : []),
  ]
  return `## Settings\n\n${lines.join('\n')}\n`
}

/** Outside of a repository there is nothing that could be configured. */
async function here(
  builtIn: readonly Rule[],
  flags: RuleFlags,
): Promise<{ rules: readonly Rule[]; repository?: string; config?: Config }> {
  let repository: string
  try {
    repository = await repositoryRoot(flags.cwd)
  } catch (error) {
    if (!(error instanceof UserError) || flags.config !== undefined) throw error
    return { rules: builtIn }
  }
  const config = await loadConfig({ repository, file: flags.config, values: {}, origin: 'the command line' })
  return { rules: await rulebook({ builtIn, config, repository }), repository, config }
}

function colors(mayColor: boolean) {
  return pico.createColors(mayColor && pico.isColorSupported && Boolean(process.stdout.isTTY))
}
