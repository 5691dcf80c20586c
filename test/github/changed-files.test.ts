import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simpleGit } from 'simple-git'
import { expect, test } from 'vitest'
import { connect } from '../../src/github/api.ts'
import { changedFiles } from '../../src/github/changed-files.ts'
import type { Event } from '../../src/github/event.ts'
import type { ChangedFile } from '../../src/model/change.ts'
import { type GitHubOptions, startGitHub } from '../github-api.ts'

const pullRequest = (files: number): Event => ({
  name: 'pull_request',
  owner: 'octo',
  repository: 'shop',
  sha: 'b'.repeat(40),
  pullRequest: { number: 7, changedFiles: files, isReadOnly: false },
  base: undefined,
  trustedCommit: undefined,
  mayRunMigrations: true,
  follows: undefined,
  run: { id: 42, attempt: 1, url: 'https://github.com/octo/shop/actions/runs/42' },
})

async function changed(
  event: Event,
  github: GitHubOptions,
  repository = '/nowhere',
): Promise<{ files: readonly ChangedFile[] | undefined; requests: readonly string[]; log: readonly string[] }> {
  await using server = await startGitHub(github)
  const log: string[] = []
  const files = await changedFiles({
    api: connect('token', server.url),
    event,
    repository,
    waits: [1],
    signal: new AbortController().signal,
    log: (message) => log.push(message),
  })
  return { files, requests: server.requests, log }
}

test('each kind of change, a rename as a deletion and an addition', async () => {
  const { files } = await changed(pullRequest(6), {
    files: [
      { filename: 'a b "c".sql', status: 'added' },
      { filename: 'ü\nx.sql', status: 'modified' },
      { filename: 'gone.sql', status: 'removed' },
      { filename: 'new.sql', status: 'renamed', previous_filename: 'old.sql' },
      { filename: 'copy.sql', status: 'copied' },
      { filename: 'mode.sql', status: 'changed' },
    ],
  })
  expect(files).toEqual([
    { path: 'a b "c".sql', status: 'added' },
    { path: 'ü\nx.sql', status: 'modified' },
    { path: 'gone.sql', status: 'deleted' },
    { path: 'old.sql', status: 'deleted' },
    { path: 'new.sql', status: 'added' },
    { path: 'copy.sql', status: 'added' },
    { path: 'mode.sql', status: 'modified' },
  ])
})

const many = (number: number) => [...Array(number).keys()].map((n) => ({ filename: `${n}.sql`, status: 'added' }))

test('all pages', async () => {
  const { files, requests } = await changed(pullRequest(250), { files: many(250) })
  expect(files).toEqual(many(250).map(({ filename }) => ({ path: filename, status: 'added' })))
  expect(requests).toEqual(['GET files?page=1', 'GET files?page=2', 'GET files?page=3'])
})

test('a list that is not whole is not used', async () => {
  expect(await changed(pullRequest(251), { files: many(250) })).toMatchObject({
    files: undefined,
    log: ['GitHub lists 250 of 251 changed files, so git is asked instead.'],
  })
  // GitHub stops there without saying so.
  expect((await changed(pullRequest(3000), { files: many(3000) })).files).toBeUndefined()
})

test('a list that is refused is not an empty one', async () => {
  const refuse = () => ({ status: 404, message: 'Not Found' })
  expect(await changed(pullRequest(1), { files: many(1), refuse })).toEqual({
    files: undefined,
    requests: ['GET files?page=1'],
    log: ['GitHub does not list the changed files (404: Not Found), so git is asked instead.'],
  })
})

test('a fault at GitHub’s end is tried again', async () => {
  const { files } = await changed(pullRequest(1), {
    files: many(1),
    refuse: (_, nth) => (nth === 1 ? { status: 502, message: 'Bad Gateway' } : undefined),
  })
  expect(files).toEqual([{ path: '0.sql', status: 'added' }])
})

test('in a merge queue, git compares with the commit that the event names, fetched where a shallow checkout lacks it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'migration-gate-changed-'))
  try {
    const origin = simpleGit(await makeOrigin(folder))
    const base = await origin.revparse('HEAD')
    await writeFile(join(folder, 'origin', 'b c.sql'), '')
    await rm(join(folder, 'origin', 'a.sql'))
    await origin.add('-A').commit('two')
    await simpleGit(folder).clone(`file://${join(folder, 'origin')}`, 'checkout', ['--depth=1'])

    const event: Event = { ...pullRequest(0), name: 'merge_group', pullRequest: undefined, base }
    expect(await changed(event, {}, join(folder, 'checkout'))).toEqual({
      files: [
        { path: 'a.sql', status: 'deleted' },
        { path: 'b c.sql', status: 'added' },
      ],
      requests: [],
      log: [],
    })

    const { files, log } = await changed({ ...event, base: 'c'.repeat(40) }, {}, join(folder, 'checkout'))
    expect(files).toBeUndefined()
    expect(log).toHaveLength(1)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

async function makeOrigin(folder: string): Promise<string> {
  const path = join(folder, 'origin')
  await simpleGit(folder).init([path, '--initial-branch=main'])
  const git = simpleGit(path)
  await git
    .addConfig('user.name', 'Ada')
    .addConfig('user.email', 'ada@example.test')
    .addConfig('uploadpack.allowAnySHA1InWant', 'true')
  await writeFile(join(path, 'a.sql'), '')
  await git.add('-A').commit('one')
  return path
}

test('an event without a pull request and a commit to compare with leaves the base to be found', async () => {
  const event: Event = { ...pullRequest(0), name: 'workflow_dispatch', pullRequest: undefined }
  expect(await changed(event, {})).toEqual({ files: undefined, requests: [], log: [] })
})
