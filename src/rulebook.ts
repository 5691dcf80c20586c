import { join } from 'node:path'
import type { Config } from './config.ts'
import { checkIgnored } from './lint/ignore.ts'
import { configured } from './lint/settings.ts'
import type { Rule } from './model/rule.ts'

export interface RulebookOptions {
  readonly builtIn: readonly Rule[]
  readonly config: Config
  /** Absolute path of the work tree's root. */
  readonly repository: string
  /** The commit whose custom rules count; undefined: those of the work tree. */
  readonly commit?: string | undefined
  /** What makes a link of the path of a custom rule's page. */
  readonly pages?: string | undefined
}

/**
 * All rules, ours and the user's, as the configuration wants them; those that are off are marked.
 * @throws UserError for names and options that do not exist, and for custom rules that cannot be loaded
 */
export async function rulebook({ builtIn, config, repository, commit, pages = '' }: RulebookOptions): Promise<Rule[]> {
  const taken = new Set(builtIn.map(({ name }) => name))
  const custom =
    config.customRules === undefined ? [] : await customRules(repository, config.customRules, { commit, pages, taken })
  const rules = configured([...builtIn, ...custom], config.rules)
  checkIgnored(config.ignore, rules)
  return rules
}

async function customRules(
  repository: string,
  folder: string,
  { commit, ...options }: { commit: string | undefined; pages: string; taken: ReadonlySet<string> },
): Promise<Rule[]> {
  const { loadCustomRules } = await import('./custom-rules/load.ts')
  if (commit === undefined) return await loadCustomRules({ files: join(repository, folder), folder, ...options })
  const { folderAt } = await import('./custom-rules/at-commit.ts')
  await using copy = await folderAt(repository, commit, folder)
  return await loadCustomRules({ files: copy.path, folder, ...options })
}
