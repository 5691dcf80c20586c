import { type Api, retrying } from './api.ts'
import type { Event, Followed } from './event.ts'

export interface FollowedPullOptions {
  readonly api: Api
  readonly event: Event
  readonly follows: Followed
  readonly waits: readonly number[]
  readonly signal: AbortSignal
}

/**
 * The open pull request that a finished run was for. The event names none for a fork, and what the run itself says is not to be trusted:
 * GitHub is asked which ones have that branch of that repository at that commit. Undefined where there is none any more (it was closed, or
 * has a newer commit), and where there are several.
 */
export async function followedPull(options: FollowedPullOptions): Promise<number | undefined> {
  const { api, event, follows, waits, signal } = options
  const { head, branch, sha } = follows
  if (!head || branch === '') return undefined
  const pulls = await retrying(waits, signal, () =>
    api.paginate(api.rest.pulls.list, {
      owner: event.owner,
      repo: event.repository,
      state: 'open',
      head: `${head.owner}:${branch}`,
      per_page: 100,
      request: { signal },
    }),
  )
  const [only, ...others] = pulls.filter((pull) => pull.head.sha === sha && pull.head.repo?.id === head.id)
  return others.length > 0 ? undefined : only?.number
}
