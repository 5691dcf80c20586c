import { describe, expect, test } from 'vitest'
import { connect } from '../../src/github/api.ts'
import { marker, type WriteOptions, type Written, writeComment } from '../../src/github/comment.ts'
import type { Event } from '../../src/github/event.ts'
import { type GitHubOptions, type StoredComment, startGitHub } from '../github-api.ts'

const event: Event = {
  name: 'pull_request',
  owner: 'octo',
  repository: 'shop',
  sha: 'b'.repeat(40),
  pullRequest: { number: 7, changedFiles: 1, isReadOnly: false },
  base: undefined,
  trustedCommit: undefined,
  mayRunMigrations: true,
  follows: undefined,
  run: { id: 42, attempt: 1, url: 'https://github.com/octo/shop/actions/runs/42' },
}

const bot = { login: 'github-actions[bot]', type: 'Bot' }
const head = (key: string, run: string) =>
  `<!-- migration-gate:report key=${key} v=1 sha=${'b'.repeat(40)} run=${run} -->`
const stored = (id: number, body: string, user = bot): StoredComment => ({ id, body, user })

async function write(
  github: GitHubOptions,
  options: Partial<WriteOptions> = {},
): Promise<{ written: Written; requests: readonly string[]; comments: readonly string[] }> {
  await using server = await startGitHub(github)
  const written = await writeComment({
    api: connect('token', server.url),
    event,
    number: 7,
    key: 'default',
    bodies: ['The report.'],
    create: true,
    isReadOnly: false,
    waits: [1, 1],
    signal: new AbortController().signal,
    ...options,
  })
  return { written, requests: server.requests, comments: server.comments.map(({ body }) => body) }
}

const ours = `${head('default', '42.1')}\nThe report.`

describe('without a comment of ours', () => {
  test('creates one', async () => {
    expect(await write({ comments: [stored(1, 'Nice.')] })).toEqual({
      written: { outcome: 'created', id: 1001 },
      requests: ['GET comments?page=1', 'POST comments'],
      comments: ['Nice.', ours],
    })
  })

  test('creates none where there is nothing to say', async () => {
    expect(await write({}, { create: false })).toEqual({
      written: { outcome: 'none' },
      requests: ['GET comments?page=1'],
      comments: [],
    })
  })

  test.each([
    ['of a person who pasted our marker', stored(1, ours, { login: 'mallory', type: 'User' })],
    ['of a person who calls herself like our bot', stored(1, ours, { login: 'github-actions', type: 'User' })],
    ['of another bot', stored(1, ours, { login: 'other[bot]', type: 'Bot' })],
    ['of another key', stored(1, `${head('orders', '41.1')}\nThe report.`)],
    ['of a longer key', stored(1, `${head('default-2', '41.1')}\nThe report.`)],
    ['that quotes ours', stored(1, `> ${ours}`)],
  ])('leaves the comment %s', async (_, other) => {
    const { written, comments } = await write({ comments: [other] })
    expect(written).toEqual({ outcome: 'created', id: 1001 })
    expect(comments).toEqual([other.body, ours])
  })
})

describe('with a comment of ours', () => {
  const earlier = stored(5, `${head('default', '41.3')}\nAn earlier report.`)

  test('updates it, also when it would not create one', async () => {
    for (const create of [true, false])
      expect(await write({ comments: [stored(1, 'Nice.'), earlier] }, { create })).toEqual({
        written: { outcome: 'updated', id: 5 },
        requests: ['GET comments?page=1', 'POST graphql', 'PATCH comments/5'],
        comments: ['Nice.', ours],
      })
  })

  test('finds it on the third page', async () => {
    const others = [...Array(5).keys()].map((n) => stored(n, `Comment ${n}`))
    const { written, requests } = await write({ comments: [...others, earlier], pageSize: 2 })
    expect(written).toEqual({ outcome: 'updated', id: 5 })
    expect(requests).toEqual([1, 2, 3].map((n) => `GET comments?page=${n}`).concat('POST graphql', 'PATCH comments/5'))
  })

  test('knows it by the usual account where the token may not ask who it is', async () => {
    const { written } = await write({
      comments: [stored(1, ours, { login: 'mallory', type: 'User' }), earlier],
      viewer: undefined,
    })
    expect(written).toEqual({ outcome: 'updated', id: 5 })
  })

  test('knows it by the account of a personal token', async () => {
    const own = stored(6, earlier.body, { login: 'ada', type: 'User' })
    const { written } = await write({ comments: [earlier, own, stored(9, earlier.body)], viewer: 'ada' })
    expect(written).toEqual({ outcome: 'updated', id: 6 })
  })

  test.each(['43.1', '42.2'])('leaves that of the newer run %s', async (run) => {
    const newer = stored(5, `${head('default', run)}\nA newer report.`)
    const { written, comments } = await write({ comments: [newer] })
    expect(written).toEqual({ outcome: 'newer', id: 5 })
    expect(comments).toEqual([newer.body])
  })

  test('does not write the same again', async () => {
    const again = { ...event, run: { ...event.run, attempt: 2 } }
    expect(await write({ comments: [stored(5, `${ours.replaceAll('\n', '\r\n')}\r\n`)] }, { event: again })).toEqual({
      written: { outcome: 'unchanged', id: 5 },
      requests: ['GET comments?page=1', 'POST graphql'],
      comments: [`${ours.replaceAll('\n', '\r\n')}\r\n`],
    })
  })

  test('writes the same again for another commit, which a reader looks for', async () => {
    const { written } = await write({ comments: [stored(5, ours.replaceAll('b'.repeat(40), 'c'.repeat(40)))] })
    expect(written).toEqual({ outcome: 'updated', id: 5 })
  })
})

describe('where GitHub refuses', () => {
  const forbidden = { status: 403, message: 'Resource not accessible by integration' }

  test('says which permission is missing', async () => {
    const { written } = await write({ refuse: (kind) => (kind === 'POST comments' ? forbidden : undefined) })
    expect(written).toEqual({
      outcome: 'failed',
      why:
        'The report could not be written as a comment (403: Resource not accessible by integration). The verdict does not depend on it, and the job summary holds the report. The token may not write comments. Give the job this:\n' +
        'permissions:\n  contents: read\n  pull-requests: write',
    })
  })

  test('says it of an update too, and of a fork that no permission helps', async () => {
    const github = {
      comments: [stored(5, `${head('default', '41.1')}\nAn earlier report.`)],
      refuse: (kind: string) => (kind === 'PATCH comments' ? forbidden : undefined),
    }
    const { written } = await write(github, { isReadOnly: true })
    expect(written).toEqual({
      outcome: 'failed',
      why: 'The report could not be written as a comment (403: Resource not accessible by integration). The verdict does not depend on it, and the job summary holds the report. GitHub gives workflows of forks and of Dependabot a token that can only read.',
    })
  })

  test('writes the shorter report where the first is too long', async () => {
    const { written, comments } = await write(
      {
        refuse: (kind, _, body) =>
          kind === 'POST comments' && body.includes('long')
            ? { status: 422, message: 'Body is too long (maximum is 65536 characters)' }
            : undefined,
      },
      { bodies: ['A long report.', 'The report.'] },
    )
    expect(written).toEqual({ outcome: 'created', id: 1000 })
    expect(comments).toEqual([ours])
  })

  test('gives up where every report is too long', async () => {
    const { written } = await write({
      refuse: (kind) => (kind === 'POST comments' ? { status: 422, message: 'Body is too long' } : undefined),
    })
    expect(written.outcome).toBe('failed')
  })

  test('tries again where the fault is at GitHub’s end, and searches again first', async () => {
    const { written, requests } = await write({
      refuse: (kind, nth) =>
        kind === 'POST comments' && nth < 3 ? { status: 502, message: 'Bad Gateway' } : undefined,
    })
    expect(written).toEqual({ outcome: 'created', id: 1000 })
    expect(requests).toEqual(Array(3).fill(['GET comments?page=1', 'POST comments']).flat())
  })

  test('tries a refusal that will not pass only once', async () => {
    const { requests } = await write({ refuse: (kind) => (kind === 'POST comments' ? forbidden : undefined) })
    expect(requests).toEqual(['GET comments?page=1', 'POST comments'])
  })
})

test('the marker', () => {
  expect(marker({ key: 'orders', sha: 'abc', run: 1, attempt: 2 })).toBe(
    '<!-- migration-gate:report key=orders v=1 sha=abc run=1.2 -->',
  )
})
