import { simpleGit } from 'simple-git'
import type { ChangedFile } from '../model/change.ts'
import { type Api, isApiError, retrying } from './api.ts'
import type { Event } from './event.ts'

/** https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files */
const listLimit = 3000

export interface ChangedFilesOptions {
  readonly api: Api
  readonly event: Event
  /** Absolute path of the checkout. */
  readonly repository: string
  readonly waits: readonly number[]
  readonly signal: AbortSignal
  readonly log: (message: string) => void
}

/**
 * The files that the event changes: from the API for a pull request, from git where the event names the commit before.
 * Undefined where neither gives a list that is known to be whole: git then has to find the base branch itself.
 */
export async function changedFiles(options: ChangedFilesOptions): Promise<readonly ChangedFile[] | undefined> {
  const { event } = options
  if (event.pullRequest) return ofPullRequest(options, event.pullRequest.number, event.pullRequest.changedFiles)
  return event.base === undefined ? undefined : since(options, event.base)
}

async function ofPullRequest(
  { api, event, waits, signal, log }: ChangedFilesOptions,
  number: number,
  counted: number | undefined,
): Promise<readonly ChangedFile[] | undefined> {
  const pull = { owner: event.owner, repo: event.repository, pull_number: number, request: { signal } }
  try {
    const expected = counted ?? (await retrying(waits, signal, () => api.rest.pulls.get(pull))).data.changed_files
    const files = await retrying(waits, signal, () =>
      api.paginate(api.rest.pulls.listFiles, { ...pull, per_page: 100 }),
    )
    if (files.length === expected && files.length < listLimit) return files.flatMap(changes)
    log(`GitHub lists ${files.length} of ${expected} changed files, so git is asked instead.`)
  } catch (error) {
    if (signal.aborted || !isApiError(error)) throw error
    log(`GitHub does not list the changed files (${error.status}: ${error.message}), so git is asked instead.`)
  }
  return undefined
}

interface ListedFile {
  readonly filename: string
  readonly status: string
  readonly previous_filename?: string | undefined
}

/** `patch`, `additions` and `changes` are not read: GitHub leaves them out of long lists without a sign. */
function changes({ filename: path, status, previous_filename: previous }: ListedFile): ChangedFile[] {
  switch (status) {
    case 'added':
    case 'copied':
      return [{ path, status: 'added' }]
    case 'removed':
      return [{ path, status: 'deleted' }]
    case 'renamed':
      return [
        ...(previous === undefined ? [] : [{ path: previous, status: 'deleted' } as const]),
        { path, status: 'added' },
      ]
    case 'unchanged':
      return []
    default:
      return [{ path, status: 'modified' }]
  }
}

/** The commit may be missing from a shallow checkout; then it alone is fetched. */
async function since(
  { repository, log }: ChangedFilesOptions,
  base: string,
): Promise<readonly ChangedFile[] | undefined> {
  const git = simpleGit(repository)
  try {
    if (!(await isKnown(repository, base))) await git.raw(['fetch', '--no-tags', '--depth=1', 'origin', base])
    const differing = await git.raw(['diff', '--name-status', '--no-renames', '-z', base, 'HEAD', '--'])
    const parts = differing.split('\0').filter((part) => part !== '')
    return parts.flatMap((path, index): ChangedFile[] => {
      if (index % 2 === 0) return []
      const letter = parts[index - 1]
      return [{ path, status: letter === 'A' ? 'added' : letter === 'D' ? 'deleted' : 'modified' }]
    })
  } catch (error) {
    log(
      `git does not tell what changed since ${base} (${error instanceof Error ? error.message.trim() : String(error)}).`,
    )
    return undefined
  }
}

async function isKnown(repository: string, commit: string): Promise<boolean> {
  const found = await simpleGit(repository)
    .raw(['rev-parse', '--verify', '--quiet', `${commit}^{commit}`])
    .catch(() => '')
  return found.trim() !== ''
}
