import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rules } from '../rules/index.ts'
import { pageOf } from '../src/explain/page.ts'
import { command } from './command.ts'
import { bundle, step } from './github/runner.ts'
import { startGitHub } from './github-api.ts'
import { type Repository, repository } from './repository.ts'

const history = {
  'migrations/001_a.sql': 'CREATE TABLE a (id int PRIMARY KEY);\n',
  'migrations/001_a_rollback.sql': 'DROP TABLE a;\n',
}
const index = {
  'migrations/002_b.sql': 'CREATE INDEX a_id ON a (id);\n',
  'migrations/002_b_rollback.sql': 'DROP INDEX a_id;\n',
}

/** Rule and severity of each finding of `lint`, with how it ended. */
async function lint(repo: Repository, ...args: string[]) {
  const { code, stdout, stderr } = await command(['lint', '--format', 'json', ...args], { cwd: repo.path })
  const result = code === 2 ? undefined : JSON.parse(stdout)
  const found: { rule: string; severity: string }[] = result?.findings ?? []
  return { code, stderr, result, findings: found.map(({ rule, severity }) => `${rule} ${severity}`) }
}

describe('rules', () => {
  test('lists every rule, outside of a repository too', async () => {
    const { code, stdout } = await command(['rules', '--format', 'json'], { cwd: '/' })
    expect(code).toBe(0)
    const listed: { name: string; severity: string }[] = JSON.parse(stdout)
    expect(listed.map(({ name, severity }) => [name, severity])).toEqual(
      rules.map(({ name, severity, isPolicy }) => [name, isPolicy ? 'off' : severity]),
    )
  })

  test('shows what the configuration made of them; terminal, JSON and Markdown agree', async () => {
    const config = 'rules:\n  blocking-index: warning\n  blocking-unique: off\n  many-tables-locked: { tables: 5 }\n'
    await using repo = await repository({ ...history, '.migration-gate.yml': config })
    const terminal = (await command(['rules'], { cwd: repo.path })).stdout
    expect(terminal).toMatch(/^blocking-index +warning {2}CREATE INDEX without/m)
    expect(terminal).toMatch(/^blocking-unique +off {6}ADD UNIQUE/m)
    const markdown = (await command(['rules', '--format', 'markdown'], { cwd: repo.path })).stdout
    expect(markdown).toMatch(/^\| blocking-unique \| ADD UNIQUE .* \| off \| read in the file/m)
    const json = JSON.parse((await command(['rules', '--format', 'json'], { cwd: repo.path })).stdout)
    expect(json.find(({ name }: { name: string }) => name === 'many-tables-locked').options).toEqual({
      tables: { default: 3, description: expect.any(String), value: 5 },
    })
  })
})

describe('explain', () => {
  test('shows the page of a rule as text', async () => {
    const { code, stdout } = await command(['explain', 'blocking-index'], { cwd: '/' })
    expect(code).toBe(0)
    expect(stdout).toContain('  bad:\n    CREATE INDEX users_email_idx ON users (email); -- finding: blocking-index\n')
    expect(stdout).toContain('- elsewhere: squawk:require-concurrent-index-creation, eugene:E6')
    expect(stdout).toContain('[1] https://www.postgresql.org/docs/current/explicit-locking.html')
    expect(stdout).not.toMatch(/`|\]\(|^#/m)
  })

  test('every rule has a page that ships', async () => {
    const pages = await Promise.all(rules.map(({ name }) => pageOf(name)))
    expect(pages.map((page) => page.split('\n')[0])).toEqual(rules.map(({ name }) => `# ${name}`))
    expect(JSON.parse(await readFile('package.json', 'utf8')).files).toContain('rules/*/README.md')
  })

  test.each([
    ['require-concurrent-index-creation', ['blocking-index']],
    ['squawk:require-concurrent-index-creation', ['blocking-index']],
    ['E1', ['blocking-check', 'blocking-foreign-key']],
  ])('%s is known from another linter', async (name, pages) => {
    const { stdout } = await command(['explain', name], { cwd: '/' })
    expect(stdout.split('\n').filter((line) => pages.includes(line))).toEqual(pages)
  })

  test('an unknown name: the nearest one, exit code 2', async () => {
    const near = await command(['explain', 'blocking-idnex'], { cwd: '/' })
    expect([near.code, near.stdout, near.stderr]).toEqual([
      2,
      '',
      'migration-gate: blocking-idnex: there is no such rule; did you mean blocking-index?\n',
    ])
    const far = await command(['explain', 'everything'], { cwd: '/' })
    expect([far.code, far.stderr]).toEqual([
      2,
      'migration-gate: everything: there is no such rule; "migration-gate rules" lists them\n',
    ])
  })
})

describe('the configuration', () => {
  test('gives severities, switches off and on, by the names of other linters too', async () => {
    await using repo = await repository(history)
    await repo.commit({ ...index, 'migrations/003_update.sql': 'ALTER TABLE a DROP COLUMN b;\n' })
    expect(await lint(repo)).toMatchObject({
      code: 1,
      findings: ['blocking-index error', 'dropped-column warning', 'missing-downgrade error'],
    })
    await repo.write({
      '.migration-gate.yml':
        'rules:\n  blocking-index: warning\n  missing-downgrade: off\n  ban-drop-column: info\n  vague-name: on\n',
    })
    expect(await lint(repo)).toMatchObject({
      code: 0,
      findings: ['blocking-index warning', 'dropped-column info', 'vague-name warning'].sort(),
    })
  })

  test('sets options', async () => {
    await using repo = await repository(history)
    const two = 'BEGIN;\nALTER TABLE a ADD COLUMN b int;\nALTER TABLE c ADD COLUMN b int;\nCOMMIT;\n'
    await repo.commit({ 'migrations/002_b.sql': two, 'migrations/002_b_rollback.sql': 'SELECT 1;\n' })
    const locked = async () => (await lint(repo)).findings.filter((each) => each.startsWith('many-tables-locked'))
    expect(await locked()).toEqual([])
    await repo.write({ '.migration-gate.yml': 'rules:\n  many-tables-locked: { severity: error, tables: 2 }\n' })
    expect(await locked()).toEqual(['many-tables-locked error'])
  })

  test('ignores by path and rule, with a reason, and the report counts it', async () => {
    await using repo = await repository(history)
    await repo.commit(index)
    await repo.write({
      '.migration-gate.yml':
        "ignore:\n  - rule: [blocking-index, blocking-unique]\n    files: '**/002_*.sql'\n    reason: twelve rows\n",
    })
    const { code, findings, result } = await lint(repo)
    expect({ code, findings, ignored: result.coverage.ignored }).toEqual({ code: 0, findings: [], ignored: 1 })
  })

  test.each([
    [
      'rules:\n  blocking-idnex: off\n',
      ':2: rules.blocking-idnex: there is no such rule; did you mean blocking-index?',
    ],
    [
      'rules:\n  many-tables-locked: { tabels: 5 }\n',
      ':2: rules.many-tables-locked.tabels: many-tables-locked has no such option; did you mean tables?',
    ],
    [
      'rules:\n  many-tables-locked: { tables: many }\n',
      ':2: rules.many-tables-locked.tables: a number that is 0 or more is needed, not "many"',
    ],
    ['rules:\n  blocking-index: { size: 5 }\n', 'blocking-index has no such option, and none at all'],
    ['rules:\n  blocking-index: fatal\n', ':2: rules.blocking-index: is neither error, warning, info, on, off nor a'],
    ['ignore:\n  - { rule: blocking, files: a, reason: b }\n', ':2: ignore: blocking: there is no such rule'],
    ['ignore:\n  - { rule: blocking-index, files: a }\n', 'ignore.0.reason: '],
    ["ignore:\n  - { rule: blocking-index, files: a, reason: ' ' }\n", ':2: ignore.0.reason: a reason is needed'],
  ])('%j is refused: %s', async (config, message) => {
    await using repo = await repository({ ...history, '.migration-gate.yml': config })
    const { code, stderr } = await command(['lint', '--all'], { cwd: repo.path })
    expect(stderr).toContain(`migration-gate: .migration-gate.yml`)
    expect(stderr).toContain(message)
    expect(code).toBe(2)
  })
})

describe('known findings', () => {
  const file = '.migration-gate-known.json'
  const program = {
    'migrations/002_b.sql': "COPY a FROM PROGRAM 'ls';\n",
    'migrations/002_b_rollback.sql': 'SELECT 1;\n',
  }

  test('what was there does not block, what is new does, what is gone is told', async () => {
    await using repo = await repository(history)
    await repo.commit(program)
    const written = await command(['lint', '--all', '--write-known'], { cwd: repo.path })
    expect(written.code).toBe(0)
    expect(written.stderr).toContain(`Wrote 1 known finding to ${file}.`)
    const text = await readFile(join(repo.path, file), 'utf8')
    expect(JSON.parse(text)).toEqual({
      version: 1,
      about: expect.any(String),
      findings: [
        {
          file: 'migrations/002_b.sql',
          rule: 'server-side-program',
          direction: 'up',
          statement: "COPY a FROM PROGRAM 'ls'",
          fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
        },
      ],
    })

    // Lines move, and spaces change.
    await repo.write({ 'migrations/002_b.sql': "-- Why.\n\nCOPY a\n  FROM PROGRAM 'ls';\n" })
    expect(await lint(repo)).toMatchObject({ code: 0, findings: [], result: { known: { findings: 1, stale: [] } } })
    const again = await command(['lint', '--all', '--write-known'], { cwd: repo.path })
    expect([again.code, await readFile(join(repo.path, file), 'utf8')]).toEqual([0, text])

    // A second one like it is new.
    await repo.write({ 'migrations/002_b.sql': "COPY a FROM PROGRAM 'ls';\nCOPY a FROM PROGRAM 'ls';\n" })
    expect(await lint(repo)).toMatchObject({ code: 1, findings: ['server-side-program error'] })

    await repo.write({ 'migrations/002_b.sql': 'SELECT 1;\n' })
    const gone = await command(['lint'], { cwd: repo.path })
    expect(gone.stdout).toContain(
      `Known findings that are gone\n  migrations/002_b.sql: server-side-program: COPY a FROM PROGRAM 'ls'\n  Take them out of ${file}`,
    )
    expect(gone.code).toBe(0)
  })

  test('an entry of a file that is not there any more is told', async () => {
    await using repo = await repository({ ...history, ...index })
    await command(['lint', '--all', '--write-known'], { cwd: repo.path })
    repo.git('rm', '--quiet', ...Object.keys(index))
    await repo.commit({ 'migrations/003_c.sql': 'SELECT 1;\n', 'migrations/003_c_rollback.sql': 'SELECT 1;\n' })
    const { result } = await lint(repo)
    expect(result.known.stale.map(({ rule }: { rule: string }) => rule)).toEqual(['blocking-index'])
  })

  test('what only a run shows is not missed where nothing was run', async () => {
    await using repo = await repository(history)
    await repo.commit(index)
    const entry = {
      file: 'migrations/002_b.sql',
      rule: 'failing-upgrade',
      direction: 'up',
      statement: '',
      fingerprint: 'f'.repeat(32),
    }
    await repo.write({ [file]: JSON.stringify({ version: 1, findings: [entry] }) })
    expect((await lint(repo)).result.known).toEqual({ file, findings: 0, stale: [] })
  })

  test('another file, one that is missing, one that is none, and part of a history', async () => {
    await using repo = await repository({
      ...history,
      ...index,
      '.migration-gate.yml': 'known-findings: gate/known.json\n',
    })
    const missing = await lint(repo, '--all')
    expect([missing.code, missing.stderr]).toEqual([
      2,
      'migration-gate: gate/known.json: cannot be read (ENOENT). Write it: migration-gate check --all --write-known\n',
    ])
    await repo.write({ 'gate/known.json': 'none' })
    expect((await lint(repo, '--all')).stderr).toContain('gate/known.json is not JSON. Write it anew')
    await repo.write({ 'gate/known.json': '{"version": 2, "findings": []}' })
    expect((await lint(repo, '--all')).stderr).toContain('gate/known.json: version: ')
    const written = await lint(repo, '--all', '--write-known')
    expect([written.code, written.result.known]).toEqual([0, { file: 'gate/known.json', findings: 1, stale: [] }])
    const part = await lint(repo, '--write-known')
    expect([part.code, part.stderr]).toEqual([2, expect.stringContaining('--write-known needs --all')])
  })
})

describe('rules of the repository', () => {
  const room = 'migration-rules/table-without-comment'
  const config = { '.migration-gate.yml': 'custom-rules: ./migration-rules/\n' }
  const table = {
    'migrations/002_b.sql': 'CREATE TABLE b (id int PRIMARY KEY);\n',
    'migrations/002_b_rollback.sql': 'DROP TABLE b;\n',
  }

  async function withExample(files: Readonly<Record<string, string>> = {}): Promise<Repository> {
    const repo = await repository({ ...history, ...config, ...files })
    await cp('examples/custom-rules', join(repo.path, 'migration-rules'), { recursive: true })
    await repo.commit(table)
    return repo
  }

  test('the example of the documentation judges, with its options, its page and ignore comments', async () => {
    await using repo = await withExample()
    const { code, result } = await lint(repo)
    expect(code).toBe(0)
    expect(result.findings).toEqual([
      {
        rule: 'table-without-comment',
        severity: 'warning',
        direction: 'up',
        migration: '002',
        location: { file: 'migrations/002_b.sql', line: 1, column: 1, endLine: 1 },
        message: 'Nothing says what a row of public.b is.',
        help: 'Say it in the same migration, with COMMENT ON TABLE.',
        seen: 'read',
        evidence: [],
        url: `${room}/README.md`,
      },
    ])
    expect((await command(['explain', 'table-without-comment'], { cwd: repo.path })).stdout).toContain(
      'A new table without a comment tells nobody what it holds.',
    )

    const comment = "COMMENT ON TABLE b IS 'Twelve rows.';\n"
    await repo.write({ 'migrations/002_b.sql': `${table['migrations/002_b.sql']}${comment}` })
    expect(await lint(repo)).toMatchObject({ findings: [] })
    await repo.write({
      '.migration-gate.yml': `${config['.migration-gate.yml']}rules:\n  table-without-comment: { severity: error, at-least: 20 }\n`,
    })
    expect(await lint(repo)).toMatchObject({ code: 1, findings: ['table-without-comment error'] })
    await repo.write({
      'migrations/002_b.sql': `-- migration-gate: ignore table-without-comment: gone tomorrow\n${table['migrations/002_b.sql']}`,
    })
    expect(await lint(repo)).toMatchObject({ code: 0, findings: [] })
  })

  test('nothing is loaded that the configuration does not name', async () => {
    await using repo = await withExample({ '.migration-gate.yml': 'fail-on: warning\n' })
    await repo.write({ [`${room}/rule.js`]: 'throw new Error("loaded")\n' })
    expect(await lint(repo)).toMatchObject({ code: 0, findings: [] })
  })

  const rule = (body: string) =>
    `import { defineRule } from 'migration-gate'\nexport default defineRule({ name: 'table-without-comment', summary: 'A', severity: 'info', ${body} })\n`
  test.each([
    ['throw new Error("broken")\n', `${room}/rule.js cannot be loaded: Error: broken`],
    ["import 'nothing-like-this'\n", `${room}/rule.js cannot be loaded: `],
    ['export const rule = 1\n', `${room}/rule.js is not a rule as defineRule takes one: the default export: `],
    [rule(''), `${room}/rule.js: the rule has neither check nor observe.`],
    [
      rule("name: 'other', *check() {}"),
      `${room}/rule.js: the rule is called other, its folder table-without-comment.`,
    ],
    [rule("lock: 'ShareLock', *check() {}"), 'is not a rule as defineRule takes one: '],
    [
      rule("*check() { yield { message: 'A' } }"),
      `The rule table-without-comment (${room}/rule.js) failed on 002_b: what it yields is not a report: direction: `,
    ],
    [
      rule('*check() { null.x }'),
      `The rule table-without-comment (${room}/rule.js) failed on 002_b: TypeError: Cannot read properties of null`,
    ],
  ])('%j ends the run: %s', async (code, message) => {
    await using repo = await withExample()
    await repo.write({ [`${room}/rule.js`]: code })
    const ended = await command(['lint'], { cwd: repo.path })
    expect(ended.stderr).toContain(message)
    expect([ended.code, ended.stdout]).toEqual([2, ''])
  })

  test('a folder that is missing or empty, a rule without its page, the name of one of ours', async () => {
    await using repo = await repository({ ...history, ...config })
    const said = async () => (await command(['rules'], { cwd: repo.path })).stderr
    expect(await said()).toContain('custom-rules: migration-rules cannot be read (ENOENT).')
    await repo.write({ 'migration-rules/README.md': '' })
    expect(await said()).toContain('custom-rules: migration-rules holds no rule: ')
    await repo.write({ 'migration-rules/blocking-index/README.md': '' })
    expect(await said()).toContain('there is a rule blocking-index already.')
    await repo.write({ 'migration-rules/blocking-index/README.md': '', 'migration-rules/a/rule.js': '' })
    expect(await said()).toContain('the page of the rule is missing: migration-rules/a/README.md.')
  })

  test('TypeScript, where Node strips types; elsewhere it is told what to do', async () => {
    await using repo = await withExample()
    repo.git('rm', '--quiet', '--force', `${room}/rule.js`)
    await repo.write({
      [`${room}/rule.ts`]: `import { defineRule } from 'migration-gate'\nconst direction = 'up' as const\n${rule("*check() { yield { direction, message: 'A', help: 'B' } }").split('\n').slice(1).join('\n')}`,
    })
    const ended = await lint(repo)
    if (process.features.typescript) expect(ended).toMatchObject({ code: 0, findings: ['table-without-comment info'] })
    else expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('does not read TypeScript') })
  })
})

describe('rules of the repository in the action', () => {
  const room = 'migration-rules/table-without-comment'
  const table = {
    'migrations/002_b.sql': 'CREATE TABLE b (id int PRIMARY KEY);\n',
    'migrations/002_b_rollback.sql': 'DROP TABLE b;\n',
  }

  /** A pull request that adds a table, and changes the rule to one that fails when it is loaded. */
  async function judged(event: string) {
    await using built = await bundle()
    await using work = await repository({
      ...history,
      '.migration-gate.yml': 'custom-rules: migration-rules\nround-trip: off\n',
      [`${room}/rule.js`]: await readFile('examples/custom-rules/table-without-comment/rule.js', 'utf8'),
      [`${room}/README.md`]: await readFile('examples/custom-rules/table-without-comment/README.md', 'utf8'),
    })
    await work.commit({ ...table, [`${room}/rule.js`]: 'throw new Error("canary: code of the pull request ran")\n' })
    await using api = await startGitHub({
      files: Object.keys(table).map((filename) => ({ filename, status: 'added' })),
    })
    const repo = { id: 1 }
    const head = { sha: work.git('rev-parse', 'HEAD').trim(), repo }
    const base = { sha: work.git('rev-parse', 'main').trim(), repo }
    const payload = { number: 7, pull_request: { number: 7, changed_files: 2, head, base } }
    const ended = await step({ bundle: built, workspace: work.path, api: api.url, event, payload })
    expect(ended.stdout + ended.stderr + ended.summary).not.toContain('canary')
    return ended
  }

  test('pull_request: they are those of the base commit', async () => {
    const { outputs, stdout } = await judged('pull_request')
    expect(stdout).toContain('Nothing says what a row of public.b is.')
    expect(stdout).toMatch(/\/blob\/HEAD\/migration-rules\/table-without-comment\/README\.md/)
    expect(outputs.verdict).toBe('warn')
  })

  test('pull_request_target: none is loaded, and that is not green', async () => {
    const { code, outputs, stdout } = await judged('pull_request_target')
    expect(stdout).toContain('The rules in migration-rules: They are code, which is not run on pull_request_target')
    expect([code, outputs.verdict]).toEqual([1, 'error'])
  })
})
