import { chmod, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { base, blocked, clean, earlier, judge, pull, sha } from './github/pull-request.ts'
import { type Bundle, bundle, type Step, step } from './github/runner.ts'
import { type GitHubOptions, startGitHub } from './github-api.ts'
import { repository } from './repository.ts'

/** The built bundle where it judges nothing: it writes the comment for another run, or fills the cache for later ones. */

let built: Bundle
let folder: string
beforeAll(async () => {
  built = await bundle()
  folder = await mkdtemp(join(tmpdir(), 'migration-gate-elsewhere-'))
})
afterAll(async () => {
  await built[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const head = 'b'.repeat(40)
const followed = {
  id: 41,
  run_attempt: 1,
  event: 'pull_request',
  head_sha: head,
  head_branch: 'their/branch',
  head_repository: { id: 2, owner: { login: 'mallory' } },
  pull_requests: [],
}
const open = (number: number, commit = head, id = 2) => ({ number, head: { sha: commit, repo: { id } } })
const pulls = (...list: ReturnType<typeof open>[]): GitHubOptions => ({ pulls: { 'mallory:their/branch': list } })

/** What the first of two workflows leaves for the second. */
async function report(files: Readonly<Record<string, string>>): Promise<string> {
  await using work = await repository(base)
  await work.commit(files)
  await using api = await startGitHub({
    files: Object.keys(files).map((filename) => ({ filename, status: 'added' })),
  })
  const inputs = { 'round-trip': 'off', comment: 'never', 'report-file': 'gate.json' }
  const ran = await judge(built, work, api, pull(work, Object.keys(files).length, 2), { inputs })
  expect(ran.requests).toEqual(['GET files?page=1'])
  return await readFile(join(work.path, 'gate.json'), 'utf8')
}

interface Commented extends Step {
  readonly comments: readonly string[]
  readonly requests: readonly string[]
}

async function comment(
  text: string,
  github: GitHubOptions = pulls(open(7)),
  { run = {}, event = 'workflow_run', inputs = {} } = {},
): Promise<Commented> {
  await using api = await startGitHub(github)
  await writeFile(join(folder, 'report.json'), text)
  const ended = await step({
    bundle: built,
    workspace: folder,
    api: api.url,
    event,
    payload: event === 'workflow_run' ? { workflow_run: { ...followed, ...run } } : {},
    inputs: { 'comment-from': 'report.json', ...inputs },
  })
  return { ...ended, comments: api.comments.map(({ body }) => body), requests: api.requests }
}

describe('the comment for a run that is done', () => {
  test('is the one that this run would have written, with its commit and its number', async () => {
    const ran = await comment(await report(blocked))
    expect(ran).toMatchObject({ code: 0, outputs: { verdict: 'block', 'comment-id': '1000' } })
    expect(ran.requests).toEqual(['GET pulls', 'GET comments?page=1', 'POST comments'])
    const [body = ''] = ran.comments
    expect(body).toMatch(new RegExp(`^<!-- migration-gate:report key=default v=1 sha=${head} run=41\\.1 -->\n## ❌ `))
    expect(body).toContain(`https://github.com/octo/shop/blob/${head}/migrations/002_email.sql#L1`)
    expect(body).toContain('[run](https://github.com/octo/shop/actions/runs/41)')
    expect(body).toContain('what counts is its check, not this comment')
  })

  test('is updated to green, and never over that of a newer run', async () => {
    const green = await report(clean)
    expect((await comment(green, { ...pulls(open(7)), comments: [] })).comments).toEqual([])
    const updated = await comment(green, { ...pulls(open(7)), comments: [earlier(5, undefined, '40.1')] })
    expect(updated.comments).toEqual([expect.stringContaining('## ✅ Migration gate: 1 migration checked')])
    const newer = earlier(5, undefined, '42.1')
    expect((await comment(green, { ...pulls(open(7)), comments: [newer] })).comments).toEqual([newer.body])
  })

  test.each([
    ['was closed', {}],
    ['has a newer commit', pulls(open(7, 'c'.repeat(40)))],
    ['is another repository’s', pulls(open(7, head, 3))],
    ['is not the only one', pulls(open(7), open(8))],
  ])('is not written where the pull request %s', async (_, github) => {
    const ran = await comment(await report(blocked), github)
    expect(ran).toMatchObject({ code: 0, comments: [], requests: ['GET pulls'], outputs: { 'comment-id': '' } })
  })

  test('is not written for a branch that is gone', async () => {
    const ran = await comment(await report(blocked), pulls(open(7)), { run: { head_repository: null } })
    expect(ran).toMatchObject({ code: 0, comments: [], requests: [] })
  })

  test('stays text, whatever the report says', async () => {
    const data = JSON.parse(await report(blocked))
    const hostile =
      '</details> @everyone #1 [x](https://example.test) ![i](https://example.test/i.png) <img src=x>\n::error::owned'
    data.findings[0].message = hostile
    data.findings[0].location.file = hostile
    data.migrations[0].name = hostile
    data.notChecked.push({ what: hostile, why: hostile })
    const ran = await comment(JSON.stringify(data))
    expect(ran.code).toBe(0)
    const outside = (ran.comments[0] ?? '').replace(
      /`[^`\n]*`|<code>.*?<\/code>|\]\(https:\/\/github\.com\/[^)]*\)/g,
      '',
    )
    expect(outside).not.toMatch(/@everyone|#1\b|\]\(https|<img/)
    expect(ran.commands.filter((command) => command.includes('owned'))).toEqual([])
  })

  test.each([
    ['no JSON', 'x', 'The report is not JSON.'],
    ['something else', '{"version":1}', 'The report is not the JSON of this version of migration-gate'],
    ['larger than a report is', `"${'x'.repeat(10_000_001)}"`, 'The report is larger than 10 MB.'],
  ])('a report that is %s fails the step and is not published', async (_, text, message) => {
    const ran = await comment(text)
    expect(ran).toMatchObject({ code: 1, comments: [], requests: [] })
    expect(ran.commands.at(-1)).toContain(`::error::${message}`)
  })

  test('a link is not followed', async () => {
    await symlink('/etc/passwd', join(folder, 'link.json'))
    const ran = await comment('', undefined, { inputs: { 'comment-from': 'link.json' } })
    expect(ran.code).toBe(1)
    expect(ran.commands.at(-1)).toContain('is not there, or is not a plain file')
    expect(ran.stdout).not.toContain('root:')
  })

  test.each([
    ['pull_request_target', {}, 'The input comment-from is for workflows on workflow_run'],
    ['workflow_run', { event: 'push' }, 'The run that this one follows was started by push, not by pull_request.'],
  ])('on %s with %j: refused', async (event, run, message) => {
    const ran = await comment('{}', pulls(open(7)), { event, run })
    expect(ran).toMatchObject({ code: 1, comments: [], requests: [] })
    expect(ran.commands.at(-1)).toContain(`::error::${message}`)
  })
})

describe('the cache, after a push to the default branch', () => {
  const slow = {
    ...base,
    'migrations/002_slow.sql': 'SELECT pg_sleep(2);\n',
    'migrations/002_slow_rollback.sql': 'SELECT 1;\n',
  }
  const change = {
    'migrations/003_phone.sql': 'ALTER TABLE users ADD COLUMN phone text;\n',
    'migrations/003_phone_rollback.sql': 'ALTER TABLE users DROP COLUMN phone;\n',
  }

  test('holds what the next pull request begins with; a damaged entry is built again, and one that others can write is not used', async () => {
    await using work = await repository(slow)
    await using api = await startGitHub({
      files: Object.keys(change).map((filename) => ({ filename, status: 'added' })),
    })
    const cache = join(folder, 'cache')
    const options = {
      environment: { MIGRATION_GATE_CACHE: cache },
      inputs: { 'database-url': '', database: 'embedded' },
    }
    const push = { before: 'a'.repeat(40) }
    const keeping = { ...options, event: 'push', inputs: { ...options.inputs, 'keep-baseline': 'true' } }

    const kept = await judge(built, work, api, push, keeping)
    expect(kept).toMatchObject({ code: 0, requests: [], summary: '', outputs: { 'cache-changed': 'true' } })
    expect(kept.stdout).toContain('Kept the baseline in the cache.')
    const again = await judge(built, work, api, push, keeping)
    expect(again.outputs).toEqual({ 'cache-changed': 'false' })

    await work.commit(change)
    const request = pull(work, 2)
    const fast = await judge(built, work, api, request, options)
    expect(fast).toMatchObject({ code: 0, outputs: { verdict: 'pass', 'round-trip': 'passed' } })
    expect(fast.stdout).toContain('Taking up the baseline from the cache: 2 migrations.')

    const [entry = ''] = await readdir(join(cache, 'baselines'))
    await writeFile(join(cache, 'baselines', entry, 'data', 'PG_VERSION'), '9\n')
    const mended = await judge(built, work, api, request, options)
    expect(mended).toMatchObject({ code: 0, outputs: { verdict: 'pass', 'round-trip': 'passed' } })
    expect(mended.stdout).toContain('Kept the baseline in the cache.')
    expect(await readdir(join(cache, 'baselines'))).toEqual([entry])

    await chmod(join(cache, 'baselines', entry), 0o777)
    const foreign = await judge(built, work, api, request, options)
    expect(foreign).toMatchObject({ code: 1, outputs: { verdict: 'error' } })
    expect(foreign.summary).toContain('can be written by others, so it is not used')
  }, 120_000)

  test('is not filled where migrations may not run', async () => {
    await using work = await repository(base)
    await using api = await startGitHub({})
    const ran = await judge(built, work, api, pull(work, 0), {
      event: 'pull_request_target',
      inputs: { 'keep-baseline': 'true' },
    })
    expect(ran).toMatchObject({ code: 0, outputs: { 'cache-changed': 'false' } })
    expect(ran.stdout).toContain('Migrations are not run on pull_request_target')
    expect(sha(work)).toBe(ran.sha)
  })
})
