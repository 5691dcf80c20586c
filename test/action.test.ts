import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  base,
  blocked,
  bot,
  clean,
  earlier,
  judge as judgeWith,
  pull,
  pullRequest as pullRequestWith,
  sha,
} from './github/pull-request.ts'
import { type Bundle, bundle, type StepOptions } from './github/runner.ts'
import { type GitHub, type GitHubOptions, startGitHub } from './github-api.ts'
import { type Repository, repository } from './repository.ts'

/** The action as GitHub starts it: the built bundle, without node_modules, against an API on the loopback interface. */

let built: Bundle
beforeAll(async () => {
  built = await bundle()
})
afterAll(() => built[Symbol.asyncDispose]())
const pullRequest = (files: Readonly<Record<string, string>>, github?: GitHubOptions, options?: Partial<StepOptions>) =>
  pullRequestWith(built, files, github, options)
const judge = (work: Repository, api: GitHub, payload: unknown, options?: Partial<StepOptions>) =>
  judgeWith(built, work, api, payload, options)

const fromFork = { status: 403, message: 'Resource not accessible by integration' }

describe('a pull request', () => {
  test('without migrations: success, no server, no comment', async () => {
    const ran = await pullRequest(
      { 'README.md': 'x' },
      {},
      { inputs: { 'database-url': 'postgres://nobody:nothing@127.0.0.1:1/none' } },
    )
    expect(ran).toMatchObject({ code: 0, comments: [], requests: ['GET files?page=1', 'GET comments?page=1'] })
    expect(ran.outputs).toEqual({
      verdict: 'pass',
      'blocking-count': '0',
      'warning-count': '0',
      'round-trip': 'none',
      migrations: '[]',
      'comment-id': '',
      'report-path': expect.stringMatching(/migration-gate\/default\.md$/),
    })
    expect(ran.summary).toContain('## ✅ Migration gate: no migrations changed')
  })

  test('with a clean migration: success, rehearsed, no comment', async () => {
    const ran = await pullRequest(clean)
    expect(ran).toMatchObject({ code: 0, comments: [] })
    expect(ran.outputs).toMatchObject({ verdict: 'pass', 'round-trip': 'passed', 'comment-id': '' })
    expect(JSON.parse(ran.outputs.migrations ?? '')).toEqual([
      { id: '002', name: '002_phone', file: 'migrations/002_phone.sql', isNew: true },
    ])
    expect(ran.summary).toContain('## ✅ Migration gate: 1 migration checked, nothing found')
  })

  test('with a clean migration and `comment: always`: a comment', async () => {
    const ran = await pullRequest(clean, {}, { inputs: { comment: 'always' } })
    expect(ran.comments).toEqual([
      `<!-- migration-gate:report key=default v=1 sha=${ran.sha} run=42.1 -->\n${ran.summary}`,
    ])
  })

  test('with a blocking finding: failure, comment, summary, annotation and outputs say the same', async () => {
    const ran = await pullRequest(
      blocked,
      {},
      { inputs: { 'sarif-file': 'out/gate.sarif', 'report-file': 'out/gate.json' } },
    )
    expect(ran).toMatchObject({ code: 1, outputs: { verdict: 'block', 'blocking-count': '1', 'comment-id': '1000' } })
    expect(ran.comments).toEqual([
      `<!-- migration-gate:report key=default v=1 sha=${ran.sha} run=42.1 -->\n${ran.summary}`,
    ])
    expect(ran.summary).toContain('## ❌ Migration gate: 1 blocking finding in one migration')
    expect(ran.summary).toContain(`https://github.com/octo/shop/blob/${ran.sha}/migrations/002_email.sql#L1`)
    expect(ran.commands.filter((command) => command.startsWith('::error'))).toEqual([
      expect.stringMatching(/^::error title=blocking-index,file=migrations\/002_email\.sql,line=1,endLine=1::/),
      expect.stringMatching(/^::error::Migration gate: 1 blocking finding in one migration\. /),
    ])
    expect(ran.outputs['sarif-path']).toMatch(/\/out\/gate\.sarif$/)
    expect(ran.outputs['report-path']).toMatch(/\/out\/gate\.json$/)
  })

  test('`fail-on: never`: the same report, success', async () => {
    const ran = await pullRequest(blocked, {}, { inputs: { 'fail-on': 'never' } })
    expect(ran).toMatchObject({ code: 0, outputs: { verdict: 'block', 'blocking-count': '1' } })
    expect(ran.comments).toHaveLength(1)
  })

  test('from a fork: the comment is refused, the verdict and the summary are not', async () => {
    const ran = await pullRequest(blocked, { refuse: (kind) => (kind === 'POST comments' ? fromFork : undefined) })
    expect(ran).toMatchObject({ code: 1, comments: [], outputs: { verdict: 'block', 'comment-id': '' } })
    expect(ran.summary).toContain('## ❌ Migration gate: 1 blocking finding')
    expect(ran.commands.filter((command) => command.startsWith('::warning'))).toEqual([
      expect.stringContaining('permissions:%0A  contents: read%0A  pull-requests: write'),
    ])
  })

  test('a refused comment does not fail a clean pull request', async () => {
    const ran = await pullRequest(clean, { refuse: (kind) => (kind.endsWith('comments') ? fromFork : undefined) })
    expect(ran).toMatchObject({ code: 0, outputs: { verdict: 'pass' } })
  })

  test('updates the comment of an earlier run to green', async () => {
    const ran = await pullRequest(clean, { comments: [earlier(5)] })
    expect(ran).toMatchObject({ code: 0, outputs: { 'comment-id': '5' } })
    expect(ran.comments).toEqual([
      `<!-- migration-gate:report key=default v=1 sha=${ran.sha} run=42.1 -->\n${ran.summary}`,
    ])
  })

  test('finds its comment on the third page, and leaves those of others', async () => {
    const foreign = earlier(3, { login: 'mallory', type: 'User' })
    const others = [1, 2, 4].map((id) => ({ id, body: `Comment ${id}`, user: bot }))
    const ran = await pullRequest(blocked, { comments: [...others, foreign, earlier(5)], pageSize: 2 })
    expect(ran.outputs['comment-id']).toBe('5')
    expect(ran.comments.slice(0, 4)).toEqual([...others.map(({ body }) => body), foreign.body])
    expect(ran.requests.filter((request) => request.includes('comments'))).toEqual([
      ...[1, 2, 3].map((page) => `GET comments?page=${page}`),
      'PATCH comments/5',
    ])
  })

  test('leaves the comment of a newer run', async () => {
    const newer = earlier(5, bot, '43.1')
    const ran = await pullRequest(blocked, { comments: [newer] })
    expect(ran).toMatchObject({ code: 1, comments: [newer.body] })
  })

  test('finds the migration on the third page of changed files', async () => {
    const others = [...Array(204).keys()].map((n) => ({ filename: `src/${n}.ts`, status: 'modified' }))
    const files = [...others, ...Object.keys(blocked).map((filename) => ({ filename, status: 'added' }))]
    const ran = await pullRequest(blocked, { files })
    expect(ran).toMatchObject({ code: 1, outputs: { verdict: 'block' } })
    expect(ran.requests.filter((request) => request.includes('files'))).toEqual(
      [1, 2, 3].map((page) => `GET files?page=${page}`),
    )
  })

  test('without a list of changed files asks git', async () => {
    const refuse = (kind: string) => (kind === 'GET files' ? { status: 404, message: 'Not Found' } : undefined)
    const ran = await pullRequest(blocked, { refuse }, { environment: { GITHUB_BASE_REF: 'main' } })
    expect(ran).toMatchObject({ code: 1, outputs: { verdict: 'block' } })
  })

  test('with a base that is named compares with that', async () => {
    await using work = await repository(base)
    await work.commit(blocked)
    work.git('tag', 'judged')
    await work.commit({ 'README.md': 'x' })
    await using api = await startGitHub({ files: [{ filename: 'migrations/002_email.sql', status: 'added' }] })
    const ran = await judge(work, api, pull(work, 1), { inputs: { 'base-ref': 'judged' } })
    expect(ran).toMatchObject({ code: 0, outputs: { verdict: 'pass', migrations: '[]' } })
  })

  test('without a job summary still decides and comments', async () => {
    const ran = await pullRequest(blocked, {}, { environment: { GITHUB_STEP_SUMMARY: undefined } })
    expect(ran).toMatchObject({ code: 1, summary: '', outputs: { verdict: 'block', 'comment-id': '1000' } })
  })

  test('needs no server that is given: the embedded one is started', async () => {
    const ran = await pullRequest(blocked, {}, { inputs: { 'database-url': '', database: 'embedded' } })
    expect(ran.summary).toMatch(/rehearsed on PostgreSQL 17\.\d+ \(embedded/)
    expect(ran.code).toBe(1)
  })
})

describe('what is not checked is not clean', () => {
  test('no checkout', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'migration-gate-empty-'))
    try {
      const ran = await pullRequest(clean, {}, { workspace: empty })
      expect(ran).toMatchObject({ code: 1, outputs: { verdict: 'error' } })
      expect(ran.commands.at(-1)).toMatch(/^::error::Migration gate could not check everything.* actions\/checkout/)
      expect(ran.summary).toContain('## ⛔ Migration gate: could not decide')
      expect(ran.comments).toHaveLength(1)
    } finally {
      await rm(empty, { recursive: true })
    }
  })

  test('a checkout that does not hold the pull request', async () => {
    await using work = await repository(base)
    const files = Object.keys(blocked).map((filename) => ({ filename, status: 'added' }))
    await using api = await startGitHub({ files })
    const ran = await judge(work, api, pull(work, files.length), { event: 'pull_request_target' })
    expect(ran).toMatchObject({ code: 1, outputs: { verdict: 'error' } })
    expect(ran.summary).toContain('migrations/002_email.sql')
  })

  test('no server, and its password is nowhere', async () => {
    const canary = 'canary-8f3a'
    const inputs = {
      'database-url': `postgres://ada:${canary}@127.0.0.1:1/none`,
      'sarif-file': 'gate.sarif',
      'report-file': 'gate.json',
    }
    await using work = await repository(base)
    await work.commit(clean)
    await using api = await startGitHub({
      files: Object.keys(clean).map((filename) => ({ filename, status: 'added' })),
    })
    const ran = await judge(work, api, pull(work, 2), { inputs })
    expect(ran).toMatchObject({ code: 1, outputs: { verdict: 'error' } })
    const files = await Promise.all(['gate.sarif', 'gate.json'].map((name) => readFile(join(work.path, name), 'utf8')))
    const everything = [
      ran.stdout.replace(/^::add-mask::.*$/gm, ''),
      ran.stderr,
      ran.summary,
      ...ran.comments,
      ...files,
      ...Object.values(ran.outputs),
    ]
    expect(everything.filter((text) => text.includes(canary))).toEqual([])
    expect(ran.commands).toContain(`::add-mask::${canary}`)
    expect(files.map((text) => text.includes('No PostgreSQL was started'))).toEqual([true, true])
  })

  test.each([
    ['an unknown setting', { '.migration-gate.yml': 'failon: error\n' }, 'unknown setting'],
    ['a setting that does not fit', { '.migration-gate.yml': 'timeout: long\n' }, 'timeout'],
  ])('%s', async (_, file, message) => {
    const ran = await pullRequest({ ...clean, ...file })
    expect(ran).toMatchObject({ code: 1, outputs: { verdict: 'error' } })
    expect(ran.commands.at(-1)).toContain(message)
  })

  test.each([
    [{ comment: 'sometimes' }, 'The input comment is "sometimes". It can be on-findings, always, never.'],
    [{ 'comment-key': 'a --> b' }, 'The input comment-key is "a --> b".'],
    [{ 'report-file': 'report.pdf' }, 'The input report-file is "report.pdf". It must end in .md, .html or .json.'],
    [{ 'github-token': '' }, 'The input github-token is empty.'],
  ])('an input %j', async (inputs, message) => {
    const ran = await pullRequest(clean, {}, { inputs })
    expect(ran.code).toBe(1)
    expect(ran.commands.at(-1)).toContain(`::error::${message}`)
  })

  test('an event that GitHub does not send: our own error', async () => {
    await using work = await repository(base)
    await using api = await startGitHub({})
    const ran = await judge(work, api, { pull_request: { number: 'seven' } })
    expect(ran).toMatchObject({ code: 1, stderr: '' })
    expect(ran.commands.at(-1)).toMatch(/^::error::The event is not as GitHub sends it: pull_request\.number: /)
  })
})

describe('other events', () => {
  test('a merge queue: git compares, nobody comments', async () => {
    await using work = await repository(base)
    await work.commit(blocked)
    await using api = await startGitHub({})
    const payload = { merge_group: { base_sha: work.git('rev-parse', 'main').trim(), head_sha: sha(work) } }
    const ran = await judge(work, api, payload, { event: 'merge_group' })
    expect(ran).toMatchObject({ code: 1, requests: [], outputs: { verdict: 'block', 'comment-id': '' } })
    expect(ran.summary).toContain(`/blob/${ran.sha}/migrations/002_email.sql`)
  })

  test('pull_request_target: read only, and never when a rehearsal is required', async () => {
    const url = 'postgres://nobody:nothing@127.0.0.1:1/none'
    const ran = await pullRequest(blocked, {}, { event: 'pull_request_target', inputs: { 'database-url': url } })
    expect(ran).toMatchObject({ code: 1, outputs: { verdict: 'block', 'round-trip': 'off' } })
    const required = await pullRequest(
      clean,
      {},
      { event: 'pull_request_target', inputs: { 'round-trip': 'required' } },
    )
    expect(required).toMatchObject({ code: 1, outputs: { verdict: 'error' } })
    expect(required.commands.at(-1)).toContain('Migrations are not run on pull_request_target')
  })
})

test('text of a pull request is no workflow command', async () => {
  const ran = await pullRequest({
    'migrations/002_a.sql': 'CREATE INDEX "\n::error::owned\n##[error]owned" ON users (email);\n',
    'migrations/002_a_rollback.sql': 'DROP INDEX "\n::error::owned\n##[error]owned";\n',
    'migrations/003_::error::owned.sql': '::error::owned\n',
  })
  expect(ran.code).toBe(1)
  expect(
    ran.commands.filter(
      (command) =>
        !/^::(add-mask|error|warning|notice)( title=[a-z -]+(,file=migrations\/[^:]*,line=\d+,endLine=\d+)?)?::/.test(
          command,
        ),
    ),
  ).toEqual([])
  expect(ran.commands.filter((command) => /^::error::owned/.test(command))).toEqual([])
})

test('cancelling ends it soon, says so and leaves the comment alone', async () => {
  const slow = { ...clean, 'migrations/002_phone.sql': 'SELECT pg_sleep(60);\n' }
  const started = Date.now()
  const ran = await pullRequest(
    slow,
    { comments: [earlier(5)] },
    {
      meanwhile: async (child, said) => {
        while (child.exitCode === null && !said().includes('002_phone'))
          await new Promise((resolve) => setTimeout(resolve, 50))
        child.kill('SIGINT')
      },
    },
  )
  expect(ran).toMatchObject({ code: 1, comments: [earlier(5).body] })
  expect(ran.commands.at(-1)).toBe('::error::Migration gate was cancelled before it could decide.')
  expect(Date.now() - started).toBeLessThan(30_000)
})
