import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface StoredComment {
  readonly id: number
  body: string
  readonly user: { readonly login: string; readonly type: string }
}

interface OpenPull {
  readonly number: number
  readonly head: { readonly sha: string; readonly repo: { readonly id: number } | null }
}

interface Answer {
  readonly status: number
  readonly message: string
}

export interface GitHubOptions {
  /** What the pull request changes, as GitHub lists it. */
  readonly files?: readonly {
    readonly filename: string
    readonly status: string
    readonly previous_filename?: string
  }[]
  readonly comments?: readonly StoredComment[]
  /** What is open, by the head that is asked for: `owner:branch`. */
  readonly pulls?: Readonly<Record<string, readonly OpenPull[]>>
  /** In front of every path, as GitHub Enterprise Server has it: `/api/v3`. */
  readonly prefix?: string
  /** Items on a page, whatever the client asks for up to 100. */
  readonly pageSize?: number
  /** Who the token belongs to; undefined: GraphQL refuses. */
  readonly viewer?: string | undefined
  /** An answer other than the usual one, for the nth request (from 1) of a kind such as `POST comments`. */
  readonly refuse?: (request: string, nth: number, body: string) => Answer | undefined
}

export interface GitHub extends AsyncDisposable {
  readonly url: string
  readonly comments: readonly StoredComment[]
  /** `GET files?page=2`, `POST comments`, `PATCH comments/7`, `POST graphql`: in order. */
  readonly requests: readonly string[]
}

/** GitHub's API on the loopback interface, as far as the action uses it: octo/shop, pull request 7. */
export async function startGitHub(options: GitHubOptions): Promise<GitHub> {
  const comments = options.comments?.map((comment) => ({ ...comment })) ?? []
  const requests: string[] = []
  const counts = new Map<string, number>()
  const pageSize = options.pageSize ?? 100

  const answer = (method: string, url: URL, body: string): { status: number; data: unknown; link?: string } => {
    const whole = url.pathname.replace(new RegExp(`^${options.prefix ?? ''}(?=/repos/)`), '')
    const path = whole.replace(/^\/repos\/octo\/shop\/(?:(?:pulls|issues)\/(?:7\/)?)?/, '')
    const isList = method === 'GET' && (path === 'files' || path === 'comments')
    requests.push(`${method} ${path.replace(/^\//, '')}${isList ? `?page=${url.searchParams.get('page') ?? 1}` : ''}`)
    const kind = `${method} ${path.replace(/^\/(?:api\/(?=graphql))?/, '').replace(/\/\d+$/, '')}`
    const nth = (counts.get(kind) ?? 0) + 1
    counts.set(kind, nth)
    const refused = options.refuse?.(kind, nth, body)
    if (refused) return { status: refused.status, data: { message: refused.message } }

    if (kind === 'GET files') return page(options.files ?? [], url, pageSize)
    if (kind === 'GET pulls') return page(options.pulls?.[url.searchParams.get('head') ?? ''] ?? [], url, pageSize)
    if (kind === 'GET comments') return page(comments, url, pageSize)
    if (kind === 'POST comments') {
      const comment = {
        id: 1000 + comments.length,
        body: parsed(body),
        user: { login: 'github-actions[bot]', type: 'Bot' },
      }
      comments.push(comment)
      return { status: 201, data: comment }
    }
    if (kind === 'PATCH comments') {
      const comment = comments.find(({ id }) => id === Number(path.split('/').at(-1)))
      if (comment) comment.body = parsed(body)
      return comment ? { status: 200, data: comment } : { status: 404, data: { message: 'Not Found' } }
    }
    if (kind === 'POST graphql')
      return 'viewer' in options && options.viewer === undefined
        ? { status: 403, data: { message: 'Resource not accessible by integration' } }
        : { status: 200, data: { data: { viewer: { login: options.viewer ?? 'github-actions[bot]' } } } }
    return { status: 404, data: { message: `Not Found: ${method} ${url.pathname}` } }
  }

  const server = createServer((request, response) => {
    read(request).then((body) => {
      const { status, data, link } = answer(request.method ?? '', new URL(`http://127.0.0.1${request.url ?? ''}`), body)
      const next = link ? { link: `<http://${request.headers.host}${link}>; rel="next"` } : {}
      response.writeHead(status, { 'content-type': 'application/json', ...next }).end(JSON.stringify(data))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${options.prefix ?? ''}`,
    comments,
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections()
        server.close((error) => (error ? reject(error) : resolve()))
      }),
  }
}

function page(items: readonly unknown[], url: URL, pageSize: number) {
  const size = Math.min(pageSize, Number(url.searchParams.get('per_page') ?? 30))
  const number = Number(url.searchParams.get('page') ?? 1)
  const data = items.slice((number - 1) * size, number * size)
  const next = new URL(url)
  next.searchParams.set('page', `${number + 1}`)
  return { status: 200, data, ...(number * size < items.length && { link: `${next.pathname}${next.search}` }) }
}

function parsed(body: string): string {
  return (JSON.parse(body) as { body: string }).body
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
