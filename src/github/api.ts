import { setTimeout as wait } from 'node:timers/promises'
import { getOctokit } from '@actions/github'
import { UserError } from '../model/errors.ts'

export type Api = ReturnType<typeof getOctokit>

/**
 * GitHub's API, or that of the server in GITHUB_API_URL.
 * @throws UserError without a token
 */
export function connect(token: string, url: string): Api {
  if (!token) throw new UserError('The input github-token is empty. Leave it out to use the token of the workflow.')
  return getOctokit(token, { baseUrl: url })
}

/** An answer of the API that is not a success. Also what a broken connection becomes (status 500). */
export interface ApiError extends Error {
  readonly status: number
  readonly response?: { readonly headers: Readonly<Record<string, string | number | undefined>> }
}

export function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && error.name === 'HttpError' && 'status' in error && typeof error.status === 'number'
}

/**
 * Tries again where GitHub is at fault or asks to wait (5xx, 429, a secondary rate limit), and nowhere else.
 * @param waits milliseconds before each further try
 */
export async function retrying<T>(waits: readonly number[], signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (const pause of waits) {
    try {
      return await work()
    } catch (error) {
      if (!isApiError(error) || !isPassing(error)) throw error
      await wait(pause, undefined, { signal })
    }
  }
  return work()
}

function isPassing({ status, message, response }: ApiError): boolean {
  if (status >= 500 || status === 429) return true
  return status === 403 && (response?.headers['retry-after'] !== undefined || /secondary rate limit/i.test(message))
}
