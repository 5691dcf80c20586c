import { inject } from 'vitest'
import { type GitHub, type GitHubOptions, type StoredComment, startGitHub } from '../github-api.ts'
import { type Repository, repository } from '../repository.ts'
import { type Bundle, type Step, type StepOptions, step } from './runner.ts'

/** The action as GitHub starts it for a pull request: the built bundle, without node_modules, against an API on the loopback interface. */

export const base = {
  'migrations/001_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);\n',
  'migrations/001_users_rollback.sql': 'DROP TABLE users;\n',
}
export const clean = {
  'migrations/002_phone.sql': 'ALTER TABLE users ADD COLUMN phone text;\n',
  'migrations/002_phone_rollback.sql': 'ALTER TABLE users DROP COLUMN phone;\n',
}
export const blocked = {
  'migrations/002_email.sql': 'CREATE INDEX users_email_idx ON users (email);\n',
  'migrations/002_email_rollback.sql': 'DROP INDEX users_email_idx;\n',
}
export const bot = { login: 'github-actions[bot]', type: 'Bot' }
export const earlier = (id: number, user = bot, run = '41.1'): StoredComment => ({
  id,
  body: `<!-- migration-gate:report key=default v=1 sha=${'a'.repeat(40)} run=${run} -->\n## ❌ Migration gate: an earlier report\n`,
  user,
})

/** How the step ended, and what it left on GitHub. */
export interface Ran extends Step {
  readonly comments: readonly string[]
  readonly requests: readonly string[]
  readonly sha: string
}

/** A pull request that adds `files` to `base`, judged. */
export async function pullRequest(
  built: Bundle,
  files: Readonly<Record<string, string>>,
  github: GitHubOptions = {},
  options: Partial<StepOptions> = {},
): Promise<Ran> {
  await using work = await repository(base)
  await work.commit(files)
  const listed = Object.keys(files).map((filename) => ({ filename, status: 'added' }))
  await using api = await startGitHub({ files: listed, ...github })
  return await judge(built, work, api, pull(work, github.files?.length ?? listed.length), options)
}

/** The event of a pull request. */
export function pull(work: Repository, changedFiles: number, headRepository = 1, base?: string) {
  return {
    number: 7,
    pull_request: {
      number: 7,
      changed_files: changedFiles,
      head: { sha: sha(work), repo: { id: headRepository } },
      base: { sha: base ?? work.git('rev-parse', 'main').trim(), repo: { id: 1 } },
    },
  }
}

export function sha(work: Repository): string {
  return work.git('rev-parse', 'HEAD').trim()
}

/** The step, in a repository as it is. */
export async function judge(
  built: Bundle,
  work: Repository,
  api: GitHub,
  payload: unknown,
  options: Partial<StepOptions> = {},
): Promise<Ran> {
  const { inputs, ...others } = options
  const ended = await step({
    bundle: built,
    workspace: work.path,
    api: api.url,
    event: 'pull_request',
    payload,
    inputs: { 'database-url': inject('postgresUrl'), ...inputs },
    ...others,
  })
  return { ...ended, comments: api.comments.map(({ body }) => body), requests: api.requests, sha: sha(work) }
}
