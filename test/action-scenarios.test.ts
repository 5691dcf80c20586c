import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { base, blocked, bot, clean, earlier, judge, pull, pullRequest, sha } from './github/pull-request.ts'
import { type Bundle, bundle } from './github/runner.ts'
import { startGitHub } from './github-api.ts'
import { repository } from './repository.ts'

/** What GitHub, and pull requests, can be like; before the built bundle. `action.test.ts` has what is usual. */

let built: Bundle
beforeAll(async () => {
  built = await bundle()
})
afterAll(() => built[Symbol.asyncDispose]())

const listed = (files: Readonly<Record<string, unknown>>) =>
  Object.keys(files).map((filename) => ({ filename, status: 'added' }))
const others = (number: number) =>
  [...Array(number).keys()].map((n) => ({ filename: `src/${n}.ts`, status: 'modified' }))
const unused = 'postgres://nobody:nothing@127.0.0.1:1/none'

describe('long lists', () => {
  test('350 changed files: the migration is the last of them', async () => {
    const files = [...others(348), ...listed(blocked)]
    const ran = await pullRequest(built, blocked, { files }, { inputs: { 'round-trip': 'off' } })
    expect(ran).toMatchObject({ code: 1, outputs: { verdict: 'block' } })
    expect(ran.requests.filter((request) => request.includes('files'))).toHaveLength(4)
  })

  test('3,000 files, where GitHub ends its list: git is asked', async () => {
    await using work = await repository(base)
    await work.commit(blocked)
    await using api = await startGitHub({ files: others(3000) })
    const inputs = { 'round-trip': 'off' }
    const environment = { GITHUB_BASE_REF: 'main' }
    const ran = await judge(built, work, api, pull(work, 3400), { inputs, environment })
    expect(ran).toMatchObject({ code: 1, outputs: { verdict: 'block' } })
    expect(ran.stdout).toContain('GitHub lists 3000 of 3400 changed files, so git is asked instead.')
  })

  test('and git knows no base either: not decided, and never "nothing changed"', async () => {
    await using work = await repository(base)
    await work.commit(blocked)
    work.git('branch', '-D', 'main')
    await using api = await startGitHub({ files: others(3000) })
    const payload = { ...pull(work, 3400, 1, 'a'.repeat(40)) }
    const ran = await judge(built, work, api, payload, { inputs: { 'database-url': unused } })
    expect(ran).toMatchObject({ code: 1, outputs: { verdict: 'error' } })
    expect(ran.summary).toContain('No base branch was found')
  })

  test('25 findings: ten errors beside the code, one of them the step’s own, and how many were held back', async () => {
    const names = [...Array(25).keys()].map((n) => `00${n + 2}`.slice(-3))
    const many = Object.fromEntries(
      names.map((n) => [`migrations/${n}_index.sql`, `CREATE INDEX email_${n}_idx ON users (email);\n`]),
    )
    const rollbacks = Object.fromEntries(
      names.map((n) => [`migrations/${n}_index_rollback.sql`, `DROP INDEX email_${n}_idx;\n`]),
    )
    const inputs = { 'round-trip': 'off' }
    const ran = await pullRequest(built, { ...many, ...rollbacks }, {}, { inputs })
    expect(ran.outputs['blocking-count']).toBe('25')
    expect(ran.commands.filter((command) => command.startsWith('::error'))).toHaveLength(10)
    expect(ran.summary).toMatch(/GitHub shows only so many annotations: 16 errors(?:, .*)? more are in this report/)
    expect(ran.comments[0]?.match(/<summary>❌/g)).toHaveLength(25)
  })

  test('a report that would be more than 1 MiB: summary and comment stay within their bounds, and say so', async () => {
    const line = (n: number) => `CREATE INDEX some_long_name_of_an_index_${n} ON users (email);\n`
    const text = [...Array(1500).keys()].map(line).join('')
    const ran = await pullRequest(
      built,
      { 'migrations/002_many.sql': text, 'migrations/002_many_rollback.sql': 'SELECT 1;\n' },
      {},
      { inputs: { 'round-trip': 'off', 'report-file': 'gate.json' } },
    )
    expect(ran).toMatchObject({ code: 1, outputs: { verdict: 'block' } })
    expect(Number(ran.outputs['blocking-count'])).toBeGreaterThanOrEqual(1500)
    expect(Buffer.byteLength(ran.summary)).toBeLessThan(1024 * 1024)
    expect(Buffer.byteLength(ran.comments[0] ?? '')).toBeLessThan(60_000)
    for (const report of [ran.summary, ran.comments[0]]) expect(report).toContain('too long to be shown whole')
  })
})

describe('what GitHub may answer', () => {
  test.each([
    [404, 'Not Found'],
    [403, 'Resource not accessible by integration'],
  ])('%i to the list of changed files: git is asked, and it is told', async (status, message) => {
    const refuse = (kind: string) => (kind === 'GET files' ? { status, message } : undefined)
    const options = { inputs: { 'round-trip': 'off' }, environment: { GITHUB_BASE_REF: 'main' } }
    const ran = await pullRequest(built, blocked, { refuse }, options)
    expect(ran).toMatchObject({ code: 1, outputs: { verdict: 'block' } })
    expect(ran.stdout).toContain(
      `GitHub does not list the changed files (${status}: ${message}), so git is asked instead.`,
    )
  })

  test('422, the body is too long: a shorter one is tried', async () => {
    const bodies: number[] = []
    const refuse = (kind: string, nth: number, body: string) => {
      if (kind === 'POST comments') bodies.push(body.length)
      return kind === 'POST comments' && nth === 1
        ? { status: 422, message: 'Validation Failed: Body is too long (maximum is 65536 characters)' }
        : undefined
    }
    const text = [...Array(60).keys()].map((n) => `CREATE INDEX i${n} ON users (email);\n`).join('')
    const files = { 'migrations/002_many.sql': text, 'migrations/002_many_rollback.sql': 'SELECT 1;\n' }
    const ran = await pullRequest(built, files, { refuse }, { inputs: { 'round-trip': 'off' } })
    expect(ran).toMatchObject({ code: 1, outputs: { 'comment-id': '1000' } })
    expect(bodies).toHaveLength(2)
    expect(bodies[1]).toBeLessThan(20_000)
  })

  test('422 to any body: a warning, and the verdict all the same', async () => {
    const refuse = (kind: string) => (kind === 'POST comments' ? { status: 422, message: 'No.' } : undefined)
    const ran = await pullRequest(built, blocked, { refuse }, { inputs: { 'round-trip': 'off' } })
    expect(ran).toMatchObject({ code: 1, outputs: { verdict: 'block', 'comment-id': '' } })
    expect(ran.commands.filter((command) => command.startsWith('::warning'))).toEqual([
      expect.stringContaining('The report could not be written as a comment (422: No.)'),
    ])
  })

  test('502, once: tried again, and one comment', async () => {
    const refuse = (kind: string, nth: number) =>
      kind === 'POST comments' && nth === 1 ? { status: 502, message: 'Bad Gateway' } : undefined
    const ran = await pullRequest(built, blocked, { refuse }, { inputs: { 'round-trip': 'off' } })
    expect(ran).toMatchObject({ code: 1, outputs: { 'comment-id': '1000' } })
    expect(ran.comments).toHaveLength(1)
  })

  test('a comment of somebody else that carries our marker stays, and ours stands beside it', async () => {
    const foreign = earlier(3, { login: 'mallory', type: 'User' })
    const ran = await pullRequest(built, blocked, { comments: [foreign] }, { inputs: { 'round-trip': 'off' } })
    expect(ran.comments).toEqual([foreign.body, expect.stringContaining(`sha=${ran.sha} run=42.1`)])
    expect(ran.requests).toContain('POST comments')
    const other = earlier(4, { login: 'some-other-app[bot]', type: 'Bot' })
    expect(
      (await pullRequest(built, blocked, { comments: [other] }, { inputs: { 'round-trip': 'off' } })).comments[0],
    ).toBe(other.body)
  })

  test('GitHub Enterprise Server: its own addresses', async () => {
    const environment = { GITHUB_SERVER_URL: 'https://ghe.example' }
    const github = { prefix: '/api/v3', comments: [earlier(5, bot)] }
    const ran = await pullRequest(built, blocked, github, { environment, inputs: { 'round-trip': 'off' } })
    expect(ran).toMatchObject({ code: 1, outputs: { 'comment-id': '5' } })
    expect(ran.comments[0]).toContain(`https://ghe.example/octo/shop/blob/${ran.sha}/migrations/002_email.sql#L1`)
    expect(ran.requests).toEqual(['GET files?page=1', 'GET comments?page=1', 'POST api/graphql', 'PATCH comments/5'])
  })

  test('Dependabot: as from a fork, the refused comment is explained and nothing else changes', async () => {
    const refuse = (kind: string) =>
      kind === 'POST comments' ? { status: 403, message: 'Resource not accessible by integration' } : undefined
    const options = { environment: { GITHUB_ACTOR: 'dependabot[bot]' }, inputs: { 'round-trip': 'off' } }
    const ran = await pullRequest(built, blocked, { refuse }, options)
    expect(ran).toMatchObject({ code: 1, outputs: { verdict: 'block' } })
    expect(ran.commands.filter((command) => command.startsWith('::warning'))).toEqual([
      expect.stringContaining('GitHub gives workflows of forks and of Dependabot a token that can only read.'),
    ])
  })
})

describe('other events', () => {
  test('push: compared with the commit before, nobody comments', async () => {
    await using work = await repository(base)
    const before = sha(work)
    await work.commit(blocked)
    await using api = await startGitHub({})
    const options = { event: 'push', inputs: { 'round-trip': 'off' }, environment: { GITHUB_SHA: sha(work) } }
    const ran = await judge(built, work, api, { before }, options)
    expect(ran).toMatchObject({ code: 1, requests: [], outputs: { verdict: 'block', 'comment-id': '' } })
    expect(ran.summary).toContain(`/blob/${ran.sha}/migrations/002_email.sql`)
    const nothing = await judge(built, work, api, { before: ran.sha }, options)
    expect(nothing).toMatchObject({ code: 0, outputs: { verdict: 'pass', migrations: '[]' } })
  })

  test('workflow_dispatch: no pull request, compared with the default branch, or with a base that is named', async () => {
    await using work = await repository(base)
    await work.commit(blocked)
    await using api = await startGitHub({})
    const options = { event: 'workflow_dispatch', inputs: { 'round-trip': 'off' } }
    const ran = await judge(built, work, api, { inputs: {} }, options)
    expect(ran).toMatchObject({ code: 1, requests: [], outputs: { verdict: 'block', 'comment-id': '' } })
    const inputs = { 'round-trip': 'off', 'base-ref': 'HEAD' }
    expect(await judge(built, work, api, { inputs: {} }, { ...options, inputs })).toMatchObject({ code: 0 })
  })

  test('a shallow checkout in a merge queue: the base alone is fetched', async () => {
    await using origin = await repository(base)
    await origin.commit(blocked)
    origin.git('config', 'uploadpack.allowAnySHA1InWant', 'true')
    await using work = await repository()
    work.git('remote', 'add', 'origin', `file://${origin.path}`)
    work.git('fetch', '--quiet', '--depth=1', 'origin', 'pull-request')
    work.git('checkout', '--quiet', '--detach', 'FETCH_HEAD')
    await using api = await startGitHub({})
    const payload = { merge_group: { base_sha: origin.git('rev-parse', 'main').trim(), head_sha: sha(origin) } }
    const ran = await judge(built, work, api, payload, { event: 'merge_group', inputs: { 'round-trip': 'off' } })
    expect(ran).toMatchObject({ code: 1, outputs: { verdict: 'block', 'blocking-count': '1' } })
  })

  test('a shallow checkout of a pull request needs no history where GitHub lists the files', async () => {
    await using origin = await repository(base)
    await origin.commit(blocked)
    await using work = await repository()
    work.git('remote', 'add', 'origin', `file://${origin.path}`)
    work.git('fetch', '--quiet', '--depth=1', 'origin', 'pull-request')
    work.git('checkout', '--quiet', '--detach', 'FETCH_HEAD')
    work.git('branch', '-D', 'main')
    await using api = await startGitHub({ files: listed(blocked) })
    const ran = await judge(built, work, api, pull(work, 2, 1, 'a'.repeat(40)), { inputs: { 'round-trip': 'off' } })
    expect(ran).toMatchObject({ code: 1, outputs: { verdict: 'block', 'blocking-count': '1' } })
  })
})

describe('what a pull request may hold', () => {
  test('SQL that PostgreSQL cannot parse: a finding at its line, not a crash', async () => {
    const broken = { ...clean, 'migrations/002_phone.sql': 'SELECT 1;\n\nALTER TABEL users ADD phone text;\n' }
    const ran = await pullRequest(built, broken, {}, { inputs: { 'round-trip': 'off' } })
    expect(ran.code).toBe(1)
    expect(ran.commands).toContainEqual(
      expect.stringMatching(/^::error title=broken-sql,file=migrations\/002_phone\.sql,line=3,/),
    )
    expect(ran.comments[0]).toContain('<b>broken-sql</b>')
  })

  const strange = ['a b', "it's", 'quo"te', 'naïve', '数据', 'line\nbreak', '100%', 'a|b`c`', '#1 @everyone', '-x']
  test.each(strange)('a path with %j: listed by GitHub, and told by git', async (name) => {
    const files = {
      [`migrations/002_${name}.sql`]: 'CREATE INDEX users_email_idx ON users (email);\n',
      [`migrations/002_${name}_rollback.sql`]: 'DROP INDEX users_email_idx;\n',
    }
    await using work = await repository(base)
    await work.commit(files)
    await using api = await startGitHub({ files: listed(files) })
    const inputs = { 'round-trip': 'off', 'report-file': 'gate.json' }
    const file = `migrations/002_${name}.sql`
    const found = async () =>
      (
        JSON.parse(await readFile(join(work.path, 'gate.json'), 'utf8')) as {
          findings: { rule: string; location: { file: string } }[]
        }
      ).findings.map(({ rule, location }) => `${rule} ${location.file}`)
    await judge(built, work, api, pull(work, 2), { inputs })
    expect(await found()).toEqual([`blocking-index ${file}`])
    const before = work.git('rev-parse', 'main').trim()
    await judge(built, work, api, { before }, { event: 'push', inputs })
    expect(await found()).toEqual([`blocking-index ${file}`])
  })

  test.each([
    [
      'renamed',
      [{ filename: 'migrations/001_people.sql', previous_filename: 'migrations/001_users.sql', status: 'renamed' }],
      'renamed-migration',
    ],
    ['edited', [{ filename: 'migrations/001_users.sql', status: 'modified' }], 'edited-migration'],
    [
      'deleted',
      [
        { filename: 'migrations/001_users.sql', status: 'removed' },
        { filename: 'migrations/001_users_rollback.sql', status: 'removed' },
      ],
      'deleted-migration',
    ],
  ])('a migration of the base that is %s blocks', async (how, files, rule) => {
    await using work = await repository(base)
    if (how === 'renamed') work.git('mv', 'migrations/001_users.sql', 'migrations/001_people.sql')
    else if (how === 'edited')
      await writeFile(join(work.path, 'migrations/001_users.sql'), 'CREATE TABLE users (id bigint PRIMARY KEY);\n')
    else work.git('rm', '--quiet', 'migrations/001_users.sql', 'migrations/001_users_rollback.sql')
    await work.commit(how === 'deleted' ? { 'migrations/000_first.sql': 'SELECT 1;\n' } : {})
    await using api = await startGitHub({ files })
    const ran = await judge(built, work, api, pull(work, files.length), { inputs: { 'round-trip': 'off' } })
    expect(ran).toMatchObject({ code: 1, outputs: { verdict: 'block' } })
    expect(ran.comments[0]).toContain(`<b>${rule}</b>`)
  })
})

describe('the password of the server', () => {
  const canary = 'c4nary%2Fp%40ss'
  const spellings = [canary, decodeURIComponent(canary), `ada:${canary}`]

  test('is masked before an input can be refused', async () => {
    const inputs = { 'database-url': `postgres://ada:${canary}@127.0.0.1:1/none`, comment: 'sometimes' }
    const ran = await pullRequest(built, clean, {}, { inputs })
    expect(ran.code).toBe(1)
    const masks = ran.commands.filter((command) => command.startsWith('::add-mask::'))
    const first = ran.commands.findIndex((command) => !command.startsWith('::add-mask::'))
    expect(ran.commands.slice(first).filter((command) => command.startsWith('::add-mask::'))).toEqual([])
    // The runner decodes %25 before it masks.
    const masked = masks.map((command) => command.slice('::add-mask::'.length).replaceAll('%25', '%'))
    expect(masked).toEqual(expect.arrayContaining(spellings))
    expect(ran.commands.slice(first).join('\n')).not.toContain(canary)
  })

  test.each(['md', 'html', 'json'])('stands in no comment, summary, output, log or report: %s', async (format) => {
    await using work = await repository(base)
    // The migration quotes it, too: as a pull request may that has found it elsewhere.
    const quoting = {
      ...clean,
      'migrations/002_phone.sql': `SELECT '${decodeURIComponent(canary)}' FROM nothing_${'x'};\n`,
    }
    await work.commit(quoting)
    await using api = await startGitHub({ files: listed(quoting) })
    const inputs = {
      'database-url': `postgres://ada:${canary}@127.0.0.1:1/none`,
      'sarif-file': 'gate.sarif',
      'report-file': `gate.${format}`,
    }
    const ran = await judge(built, work, api, pull(work, 2), { inputs })
    expect(ran).toMatchObject({ code: 1, outputs: { verdict: 'error' } })
    const files = await Promise.all(
      ['gate.sarif', `gate.${format}`].map((name) => readFile(join(work.path, name), 'utf8')),
    )
    const log = ran.stdout.replace(/^::add-mask::.*$/gm, '')
    const all = [log, ran.stderr, ran.summary, ...ran.comments, ...files, ...Object.values(ran.outputs)]
    expect(all.filter((text) => spellings.some((spelling) => text.includes(spelling)))).toEqual([])
    expect(files.every((text) => text.includes('No PostgreSQL was started'))).toBe(true)
    if (format === 'html') expect(files[1]).toMatch(/^<!doctype html>/)
  })
})

test('a report in HTML is the whole page', async () => {
  await using work = await repository(base)
  await work.commit(blocked)
  await using api = await startGitHub({ files: listed(blocked) })
  const inputs = { 'report-file': 'out/gate.html', 'database-url': inject('postgresUrl') }
  const ran = await judge(built, work, api, pull(work, 2), { inputs })
  const page = await readFile(join(work.path, 'out/gate.html'), 'utf8')
  expect(ran.outputs['report-path']).toBe(join(work.path, 'out/gate.html'))
  expect(page).toMatch(/^<!doctype html>\n<html lang="en">.*<\/html>\n$/s)
  expect(page).toContain('blocking-index')
  expect(page).toContain('<h2>Locks</h2>')
  expect(page).toContain(`/blob/${ran.sha}/migrations/002_email.sql#L1`)
})
