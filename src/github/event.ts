import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { UserError } from '../model/errors.ts'

/** What started the workflow, reduced to what the gate acts on. */
export interface Event {
  /** `pull_request`, `merge_group`, `push`, `workflow_dispatch`, … */
  readonly name: string
  readonly owner: string
  readonly repository: string
  /** The commit that a person sees: the head of the pull request, not the merge commit that GitHub makes for the run. */
  readonly sha: string
  /** The pull request to comment on; undefined where there is none. */
  readonly pullRequest: PullRequest | undefined
  /** The commit before the change, where the event names it and no merge base has to be searched. */
  readonly base: string | undefined
  /**
   * Whether migrations may be run. Not where the workflow holds the secrets of the base repository while the files may come
   * from a fork: https://docs.github.com/en/actions/reference/security/securely-using-pull_request_target
   */
  readonly mayRunMigrations: boolean
  /**
   * Where the files are only proposed, the commit that they are proposed for: what the gate runs as its own code is taken from there, so
   * that nobody changes the judge with what is judged. Undefined where the work tree is as trusted as the workflow.
   */
  readonly trustedCommit: string | undefined
  readonly run: Run
  /** The finished run that this one follows, on `workflow_run`. */
  readonly follows: Followed | undefined
}

interface Run {
  readonly id: number
  readonly attempt: number
  readonly url: string
}

/** What GitHub itself says of a finished run: nothing in it was made by the run, but a branch may have any name. */
export interface Followed extends Run {
  /** What started it: `pull_request`, … */
  readonly event: string
  readonly sha: string
  readonly branch: string
  /** The repository of that branch, such as a fork; undefined: it is gone. */
  readonly head: { readonly id: number; readonly owner: string } | undefined
}

interface PullRequest {
  readonly number: number
  /** How many files it changes, as the event counted them. */
  readonly changedFiles: number | undefined
  /** The workflow's token can then only read, whatever its `permissions` say: forks, and Dependabot. */
  readonly isReadOnly: boolean
}

const sha = z.string().regex(/^[0-9a-f]{40,64}$/)
const payload = z.object({
  pull_request: z
    .object({
      number: z.number().int(),
      changed_files: z.number().int().optional(),
      head: z.object({ sha, repo: z.object({ id: z.number() }).nullish() }),
      base: z.object({ sha: sha.optional(), repo: z.object({ id: z.number() }).nullish() }),
    })
    .optional(),
  merge_group: z.object({ base_sha: sha, head_sha: sha }).optional(),
  workflow_run: z
    .object({
      id: z.number().int(),
      run_attempt: z.number().int().default(1),
      event: z.string(),
      head_branch: z.string().nullish(),
      head_repository: z.object({ id: z.number(), owner: z.object({ login: z.string() }) }).nullish(),
      head_sha: sha,
      pull_requests: z.array(z.object({ number: z.number().int(), head: z.object({ sha }) })).nullish(),
    })
    .optional(),
  before: z.string().optional(),
  sender: z.object({ login: z.string() }).optional(),
})

type Payload = z.output<typeof payload>

/** The environment of a step: https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
export type Environment = Readonly<Record<string, string | undefined>>

/** @throws UserError where the environment or the event's file is not as GitHub makes it */
export async function readEvent(environment: Environment): Promise<Event> {
  const name = needed(environment, 'GITHUB_EVENT_NAME')
  const [owner, repository] = needed(environment, 'GITHUB_REPOSITORY').split('/')
  if (!owner || !repository) throw new UserError('GITHUB_REPOSITORY is not "owner/name".')
  const event = await readPayload(needed(environment, 'GITHUB_EVENT_PATH'))
  const id = Number(environment.GITHUB_RUN_ID ?? 0)
  const server = environment.GITHUB_SERVER_URL ?? 'https://github.com'
  const url = (run: number) => `${server}/${owner}/${repository}/actions/runs/${run}`
  return {
    name,
    owner,
    repository,
    sha:
      event.pull_request?.head.sha ??
      event.merge_group?.head_sha ??
      event.workflow_run?.head_sha ??
      environment.GITHUB_SHA ??
      '',
    pullRequest: pullRequest(event, environment, name),
    base: event.merge_group?.base_sha ?? (name === 'push' ? pushedOn(event.before) : undefined),
    trustedCommit: event.pull_request?.base.sha ?? event.merge_group?.base_sha,
    mayRunMigrations: name !== 'pull_request_target' && name !== 'workflow_run',
    run: {
      id,
      attempt: Number(environment.GITHUB_RUN_ATTEMPT ?? 1),
      url: url(id),
    },
    follows: event.workflow_run && followed(event.workflow_run, url),
  }
}

function followed(run: NonNullable<Payload['workflow_run']>, url: (run: number) => string): Followed {
  const { id, run_attempt: attempt, event, head_sha: sha, head_branch: branch, head_repository: head } = run
  return {
    id,
    attempt,
    url: url(id),
    event,
    sha,
    branch: branch ?? '',
    head: head ? { id: head.id, owner: head.owner.login } : undefined,
  }
}

function needed(environment: Environment, name: string): string {
  const value = environment[name]
  if (!value)
    throw new UserError(
      `${name} is not set: the action runs as a step of a GitHub workflow. Elsewhere, use the command.`,
    )
  return value
}

async function readPayload(path: string): Promise<Payload> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new UserError('The file that GITHUB_EVENT_PATH names cannot be read.', { cause })
  }
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (cause) {
    throw new UserError('The file that GITHUB_EVENT_PATH names is not JSON.', { cause })
  }
  const parsed = payload.safeParse(data)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UserError(`The event is not as GitHub sends it: ${issue?.path.join('.')}: ${issue?.message}`)
}

function pullRequest(event: Payload, { GITHUB_ACTOR: actor }: Environment, name: string): PullRequest | undefined {
  if (event.pull_request) {
    const { number, changed_files: changedFiles, head, base } = event.pull_request
    // A fork that was deleted since has no repository any more.
    const isFork = !head.repo || head.repo.id !== base.repo?.id
    const isReadOnly = name === 'pull_request' && (isFork || actor === 'dependabot[bot]')
    return { number, changedFiles, isReadOnly }
  }
  // Empty for forks. Where there are several, the run was for one head commit only, and the event does not say whose.
  const [only, ...others] = event.workflow_run?.pull_requests ?? []
  if (!only || others.length > 0 || only.head.sha !== event.workflow_run?.head_sha) return undefined
  return { number: only.number, changedFiles: undefined, isReadOnly: false }
}

/** The first push of a branch has forty zeros there. */
function pushedOn(before: string | undefined): string | undefined {
  return before && sha.safeParse(before).success && !/^0+$/.test(before) ? before : undefined
}
