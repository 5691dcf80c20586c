import type { Project } from '../model/migration.ts'
import { stagingSecret, stagingWorkflowFile } from './workflow.ts'
import type { Written } from './write.ts'

const outcomes = {
  written: 'Wrote',
  replaced: 'Replaced',
  unchanged: 'Already as it should be:',
  kept: 'Kept what was there (--force replaces it):',
} as const satisfies Record<Written['outcome'], string>

/**
 * What was found and written, and what a person has to do now. Plain text; names of files are as they are.
 * @param environment of the workflow for dry runs; undefined: it was not asked for
 */
export function told(
  projects: readonly Project[],
  written: readonly Written[],
  environment: string | undefined,
): string {
  return `${projects.map(found).join('\n')}
${written.map(({ path, outcome }) => `${outcomes[outcome]} ${path}`).join('\n')}

Now:
  1. Look at what the gate says to the migrations that you have:  migration-gate check --all
  2. Commit these files on a branch and open a pull request; the gate runs on it.
  3. Make the check required: on GitHub, Settings > Rules > Rulesets > New branch ruleset > Require status checks to pass,
     and add "migration-gate". GitHub offers a check there once it has run, in the last seven days.
${environment === undefined ? '' : staging(environment)}`
}

function staging(environment: string): string {
  return `  4. Make the environment "${environment}": on GitHub, Settings > Environments. Give it the secret ${stagingSecret}, the URL of its
     database with a role that may only read; name the branches that may use it, because their code is what runs; and reviewers.
  5. Once ${stagingWorkflowFile} is on the default branch, start it:
     Actions > migration-gate-staging > Run workflow, or
     gh workflow run migration-gate-staging.yml --ref BRANCH --field mode=plan
`
}

function found({ tool, directory, migrations: { length: number } }: Project): string {
  return `Found ${tool} in ${directory || 'the root'}: ${number} ${number === 1 ? 'migration' : 'migrations'}.`
}
