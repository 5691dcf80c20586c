import { type Api, isApiError, retrying } from './api.ts'
import type { Event } from './event.ts'

/** Which report a comment holds, and which run wrote it. Kept in the comment's first line, where nobody sees it. */
export interface Mark {
  /** Tells the gates of one repository apart. Letters, digits, `.`, `_` and `-`. */
  readonly key: string
  readonly sha: string
  readonly run: number
  readonly attempt: number
}

function prefix(key: string): string {
  return `<!-- migration-gate:report key=${key} v=1 `
}

/** The first line of the comment, without its end. */
export function marker({ key, sha, run, attempt }: Mark): string {
  return `${prefix(key)}sha=${sha} run=${run}.${attempt} -->`
}

interface Comment {
  readonly id: number
  readonly body?: string | undefined
  readonly user: { readonly login: string; readonly type: string } | null
}

/**
 * What became of the comment. `failed` brings what a person needs to know; the verdict does not depend on it. `none`: there
 * was nothing to say and nothing to correct.
 */
export type Written =
  | { readonly outcome: 'created' | 'updated' | 'unchanged' | 'newer'; readonly id: number }
  | { readonly outcome: 'none' }
  | { readonly outcome: 'failed'; readonly why: string }

export interface WriteOptions {
  readonly api: Api
  readonly event: Event
  readonly number: number
  readonly key: string
  /** The report, and shorter ones to try where GitHub finds it too long. Without the marker. */
  readonly bodies: readonly string[]
  /** False: correct the comment of an earlier run, but do not write a first one. */
  readonly create: boolean
  readonly isReadOnly: boolean
  readonly waits: readonly number[]
  readonly signal: AbortSignal
}

/** Creates or updates the one comment of this key. Never throws for an answer of GitHub's. */
export async function writeComment(options: WriteOptions): Promise<Written> {
  try {
    // The search is repeated with the writing: a request that failed at GitHub's end may have written the comment.
    return await retrying(options.waits, options.signal, () => findAndWrite(options))
  } catch (error) {
    if (options.signal.aborted || !isApiError(error)) throw error
    return { outcome: 'failed', why: explain(error.status, error.message, options) }
  }
}

async function findAndWrite(options: WriteOptions): Promise<Written> {
  const { api, event, number, key, bodies, create, signal } = options
  const repository = { owner: event.owner, repo: event.repository, request: { signal } }
  const mark: Mark = { key, sha: event.sha, run: event.run.id, attempt: event.run.attempt }
  const own = await find(options)

  if (!own) {
    if (!create) return { outcome: 'none' }
    const created = await shorterEachTime(bodies, (body) =>
      api.rest.issues.createComment({ ...repository, issue_number: number, body: `${marker(mark)}\n${body}` }),
    )
    return { outcome: 'created', id: created.data.id }
  }
  if (isNewer(own.body ?? '', mark)) return { outcome: 'newer', id: own.id }
  if (bodies.some((body) => sameReport(own.body ?? '', `${marker(mark)}\n${body}`)))
    return { outcome: 'unchanged', id: own.id }
  await shorterEachTime(bodies, (body) =>
    api.rest.issues.updateComment({ ...repository, comment_id: own.id, body: `${marker(mark)}\n${body}` }),
  )
  return { outcome: 'updated', id: own.id }
}

/** The newest comment that begins with our marker and that our own account wrote: anybody can paste a marker. */
async function find({ api, event, number, key, signal }: WriteOptions): Promise<Comment | undefined> {
  const comments: Comment[] = await api.paginate(api.rest.issues.listComments, {
    owner: event.owner,
    repo: event.repository,
    issue_number: number,
    per_page: 100,
    request: { signal },
  })
  const marked = comments.filter((comment) => comment.body?.startsWith(prefix(key)))
  if (marked.length === 0) return undefined
  const isOurs = await ourAccount(api, signal)
  return marked.findLast(isOurs)
}

/** REST does not tell an app's token who it is; GraphQL does, and calls the account with or without `[bot]`. */
async function ourAccount(api: Api, signal: AbortSignal): Promise<(comment: Comment) => boolean> {
  const plain = (login: string) => login.replace(/\[bot\]$/, '')
  try {
    const { viewer } = await api.graphql<{ viewer: { login: string } }>('query { viewer { login } }', {
      request: { signal },
    })
    const isBot = viewer.login.endsWith('[bot]')
    return ({ user }) => user !== null && plain(user.login) === plain(viewer.login) && (!isBot || user.type === 'Bot')
  } catch (error) {
    if (signal.aborted || !(error instanceof Error)) throw error
    return ({ user }) => user?.type === 'Bot' && user.login === 'github-actions[bot]'
  }
}

function isNewer(body: string, { run, attempt }: Mark): boolean {
  const [, otherRun = '0', otherAttempt = '0'] = /^[^\n]* run=(\d+)\.(\d+) -->/.exec(body) ?? []
  return Number(otherRun) > run || (Number(otherRun) === run && Number(otherAttempt) > attempt)
}

/** The same but for the attempt. */
function sameReport(one: string, other: string): boolean {
  const comparable = (body: string) =>
    body
      .replaceAll('\r\n', '\n')
      .replace(/(run=\d+)\.\d+ -->/, '$1 -->')
      .trimEnd()
  return comparable(one) === comparable(other)
}

async function shorterEachTime<T>(bodies: readonly string[], write: (body: string) => Promise<T>): Promise<T> {
  const [body = '', ...shorter] = bodies
  try {
    return await write(body)
  } catch (error) {
    if (!isApiError(error) || error.status !== 422 || shorter.length === 0) throw error
    return shorterEachTime(shorter, write)
  }
}

const permissions = ['permissions:', '  contents: read', '  pull-requests: write'].join('\n')

function explain(status: number, message: string, { isReadOnly }: WriteOptions): string {
  const said = `The report could not be written as a comment (${status}: ${message}). The verdict does not depend on it, and the job summary holds the report.`
  if (status !== 403 && status !== 404) return said
  return isReadOnly
    ? `${said} GitHub gives workflows of forks and of Dependabot a token that can only read.`
    : `${said} The token may not write comments. Give the job this:\n${permissions}`
}
