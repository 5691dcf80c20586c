import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Event, readEvent } from '../../src/github/event.ts'
import { UserError } from '../../src/model/errors.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'migration-gate-event-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const head = 'b'.repeat(40)
const base = 'a'.repeat(40)
const merge = 'c'.repeat(40)

async function read(name: string, payload: unknown, environment: Record<string, string> = {}): Promise<Event> {
  const path = join(folder, 'event.json')
  await writeFile(path, typeof payload === 'string' ? payload : JSON.stringify(payload))
  return readEvent({
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: path,
    GITHUB_REPOSITORY: 'octo/shop',
    GITHUB_SHA: merge,
    GITHUB_RUN_ID: '42',
    GITHUB_RUN_ATTEMPT: '3',
    ...environment,
  })
}

const pull = (headRepository: unknown = { id: 1 }) => ({
  pull_request: {
    number: 7,
    changed_files: 2,
    head: { sha: head, repo: headRepository },
    base: { sha: base, repo: { id: 1 } },
  },
})

test('a pull request: its head, not the merge commit', async () => {
  expect(await read('pull_request', pull())).toEqual({
    name: 'pull_request',
    owner: 'octo',
    repository: 'shop',
    sha: head,
    pullRequest: { number: 7, changedFiles: 2, isReadOnly: false },
    base: undefined,
    trustedCommit: base,
    mayRunMigrations: true,
    run: { id: 42, attempt: 3, url: 'https://github.com/octo/shop/actions/runs/42' },
    follows: undefined,
  })
})

test('a fork is known by its repository, and also when that is gone', async () => {
  const isReadOnly = async (name: string, payload: unknown, environment = {}) =>
    (await read(name, payload, environment)).pullRequest?.isReadOnly
  expect(await isReadOnly('pull_request', pull({ id: 2 }))).toBe(true)
  expect(await isReadOnly('pull_request', pull(null))).toBe(true)
  expect(await isReadOnly('pull_request', pull(), { GITHUB_ACTOR: 'dependabot[bot]' })).toBe(true)
  expect(await isReadOnly('pull_request_target', pull({ id: 2 }))).toBe(false)
})

test('where secrets and foreign files may meet, migrations are not run', async () => {
  const workflowRun = (pulls: unknown) => ({
    workflow_run: { id: 41, event: 'pull_request', head_sha: head, pull_requests: pulls },
  })
  const target = await read('pull_request_target', pull({ id: 2 }))
  const run = await read('workflow_run', workflowRun([{ number: 7, head: { sha: head } }]))
  expect([target.mayRunMigrations, run.mayRunMigrations]).toEqual([false, false])
  expect(run).toMatchObject({ sha: head, pullRequest: { number: 7, changedFiles: undefined, isReadOnly: false } })
  expect((await read('workflow_run', workflowRun([]))).pullRequest).toBeUndefined()
  expect((await read('workflow_run', workflowRun([{ number: 7, head: { sha: base } }]))).pullRequest).toBeUndefined()
  const two = [7, 8].map((number) => ({ number, head: { sha: head } }))
  expect((await read('workflow_run', workflowRun(two))).pullRequest).toBeUndefined()
})

test('a run that follows another knows which, and whose branch it was for', async () => {
  const run = {
    id: 41,
    run_attempt: 2,
    event: 'pull_request',
    head_sha: head,
    head_branch: 'feature/a b',
    head_repository: { id: 2, owner: { login: 'mallory' } },
    pull_requests: [],
  }
  expect((await read('workflow_run', { workflow_run: run })).follows).toEqual({
    id: 41,
    attempt: 2,
    url: 'https://github.com/octo/shop/actions/runs/41',
    event: 'pull_request',
    sha: head,
    branch: 'feature/a b',
    head: { id: 2, owner: 'mallory' },
  })
  const gone = { ...run, head_branch: null, head_repository: null }
  expect((await read('workflow_run', { workflow_run: gone })).follows).toMatchObject({ branch: '', head: undefined })
})

test('a merge queue and a push name the commit before', async () => {
  expect(await read('merge_group', { merge_group: { base_sha: base, head_sha: head } })).toMatchObject({
    sha: head,
    base,
    mayRunMigrations: true,
  })
  expect(await read('push', { before: base })).toMatchObject({ sha: merge, base })
  expect((await read('push', { before: '0'.repeat(40) })).base).toBeUndefined()
})

test('a manual run has neither', async () => {
  expect(await read('workflow_dispatch', { inputs: {} })).toMatchObject({
    sha: merge,
    base: undefined,
    pullRequest: undefined,
    mayRunMigrations: true,
  })
})

test('GitHub Enterprise Server links to itself', async () => {
  expect((await read('push', {}, { GITHUB_SERVER_URL: 'https://ghe.example' })).run.url).toBe(
    'https://ghe.example/octo/shop/actions/runs/42',
  )
})

test('what is not an event of GitHub’s is an error that says so', async () => {
  await expect(read('push', 'not json')).rejects.toThrow(
    new UserError('The file that GITHUB_EVENT_PATH names is not JSON.'),
  )
  await expect(read('push', {}, { GITHUB_EVENT_PATH: join(folder, 'none') })).rejects.toThrow(
    new UserError('The file that GITHUB_EVENT_PATH names cannot be read.'),
  )
  await expect(read('pull_request', { pull_request: {} })).rejects.toThrow(
    /^The event is not as GitHub sends it: pull_request\.number/,
  )
  await expect(readEvent({})).rejects.toThrow(
    new UserError(
      'GITHUB_EVENT_NAME is not set: the action runs as a step of a GitHub workflow. Elsewhere, use the command.',
    ),
  )
})
