import { lstat, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import * as core from '@actions/core'
import packageJson from '../package.json' with { type: 'json' }
import { type Api, isApiError } from './github/api.ts'
import { writeComment } from './github/comment.ts'
import type { Event } from './github/event.ts'
import { followedPull } from './github/followed-pull.ts'
import type { Inputs } from './github/inputs.ts'
import { pages as rulePages } from './lint/lint.ts'
import { UserError } from './model/errors.ts'
import type { Result } from './model/result.ts'
import type { About } from './report/about.ts'
import { block } from './report/inert.ts'
import { commentBytes, markdown } from './report/markdown.ts'
import { readJson } from './report/read-json.ts'

/** Milliseconds before another try where GitHub's API fails. */
export const waits = [1000, 4000]

export interface CommentOptions {
  readonly result: Result
  readonly about: About
  readonly inputs: Inputs
  readonly event: Event
  readonly api: Api
  /** The pull request's. */
  readonly number: number
  readonly isReadOnly: boolean
  readonly signal: AbortSignal
}

/** Returns the comment's id, or ''. A comment that cannot be written is a warning and changes nothing else. */
export async function comment(options: CommentOptions): Promise<number | ''> {
  const { result, about, inputs, event, number, isReadOnly, api, signal } = options
  if (inputs.comment === 'never') return ''
  const written = await writeComment({
    api,
    event,
    number,
    key: inputs.commentKey,
    bodies: [markdown(result, about, commentBytes - 500), markdown(result, about, commentBytes / 4)],
    create: inputs.comment === 'always' || result.verdict !== 'pass',
    isReadOnly,
    waits,
    signal,
  })
  switch (written.outcome) {
    case 'none':
      return ''
    case 'failed':
      core.warning(block(written.why))
      return ''
    case 'newer':
      core.info('The comment is from a newer run and was left as it is.')
      return written.id
    default:
      core.info(`The comment was ${written.outcome === 'unchanged' ? 'left unchanged' : written.outcome}.`)
      return written.id
  }
}

/** Of a report that comes from elsewhere. One with all the findings of a large history is below a tenth of it. */
const reportBytes = 10_000_000

/**
 * The other half of a gate that reads on `pull_request`, where a fork's run may not comment: writes the comment for a run that is done.
 * The file was made where code of the pull request ran, so that it is data of anybody's: which pull request and which commit it is about
 * is GitHub's word, and all of its text goes through the same escaping as always.
 * @throws UserError for another event, and for a file that is not such a report
 */
export async function commentFrom(file: string, inputs: Inputs, event: Event, api: Api, signal: AbortSignal) {
  const { follows } = event
  if (!follows || event.name !== 'workflow_run')
    throw new UserError('The input comment-from is for workflows on workflow_run, after the one that wrote the report.')
  if (follows.event !== 'pull_request')
    throw new UserError(`The run that this one follows was started by ${follows.event}, not by pull_request.`)
  const server = process.env.GITHUB_SERVER_URL ?? 'https://github.com'
  const repository = `${server}/${event.owner}/${event.repository}`
  const result = readJson(await readReport(file), [`${rulePages}/`, `${repository}/`])
  core.setOutput('verdict', result.verdict)
  const number = await pullOf({ event, follows, api, signal, waits })
  if (number === undefined) {
    core.notice('No open pull request has this commit as its head any more, so there is nothing to comment on.')
    core.setOutput('comment-id', '')
    return
  }
  const about: About = {
    version: packageJson.version,
    links: { repository, sha: follows.sha, run: follows.url },
    isFromElsewhere: true,
  }
  const mark: Event = { ...event, sha: follows.sha, run: follows }
  const id = await comment({ result, about, inputs, event: mark, api, number, isReadOnly: false, signal })
  core.setOutput('comment-id', id)
}

async function pullOf(options: Parameters<typeof followedPull>[0]): Promise<number | undefined> {
  try {
    return await followedPull(options)
  } catch (cause) {
    if (!isApiError(cause)) throw cause
    throw new UserError(
      `GitHub does not list the pull requests (${cause.status}: ${cause.message}). The job needs pull-requests: write.`,
      { cause },
    )
  }
}

async function readReport(file: string): Promise<string> {
  const path = resolve(process.env.GITHUB_WORKSPACE ?? '.', file)
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  })
  // A link in an artifact could lead to any file of the machine.
  if (!found?.isFile()) throw new UserError('The file that comment-from names is not there, or is not a plain file.')
  if (found.size > reportBytes) throw new UserError(`The report is larger than ${reportBytes / 1_000_000} MB.`)
  return await readFile(path, 'utf8')
}
