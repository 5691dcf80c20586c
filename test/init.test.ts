import { execFileSync } from 'node:child_process'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { makeRepository } from '../examples/repository.mjs'
import { cli } from '../src/cli.ts'
import { loadConfig } from '../src/config.ts'
import { alembicSteps, settings } from '../src/init/settings.ts'
import { workflow, workflowFile } from '../src/init/workflow.ts'
import { repository } from './repository.ts'

/** What `migration-gate init` prints, and its exit code. */
async function init(cwd: string, ...args: string[]): Promise<{ said: string; code: number | string | undefined }> {
  const said: string[] = []
  const keep = (text: unknown) => said.push(String(text)) > 0
  const spies = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockImplementation(keep))
  const before = process.exitCode
  try {
    process.exitCode = 0
    await cli(['node', 'migration-gate', 'init', '--cwd', cwd, ...args])
    return { said: said.join(''), code: process.exitCode }
  } finally {
    process.exitCode = before
    for (const spy of spies) spy.mockRestore()
  }
}

const variants = {
  'any tool': workflow({ alembic: 'perhaps', isPublic: false }),
  'plain SQL': workflow({ alembic: undefined, isPublic: false }),
  Alembic: workflow({ alembic: { install: 'pip install -r backend/requirements.txt' }, isPublic: false }),
  'Alembic in a public repository': workflow({ alembic: { install: 'pip install ./' }, isPublic: true }),
}

describe('the workflow', () => {
  test('is the one that the README shows', async () => {
    const [, shown] = /```yaml\n(name: migration-gate\n.*?)```\n/s.exec(await readFile('README.md', 'utf8')) ?? []
    expect(shown).toBe(variants['any tool'])
  })

  test('differs only in the steps for Alembic and in what it says of forks', () => {
    const lines = (text: string) => text.split('\n').filter((line) => !line.startsWith('# '))
    const common = lines(variants['plain SQL'])
    const added = Object.values(variants).map((text) => lines(text).filter((line) => !common.includes(line)))
    expect(added).toEqual([
      [
        '      # Only for Alembic: the gate runs your own.',
        '      # - uses: actions/setup-python@v6',
        "      #   with: { python-version: '3.13' }",
        '      # - run: pip install -r requirements.txt',
      ],
      [],
      [
        '      # The gate runs your own Alembic: this installs it.',
        '      - uses: actions/setup-python@v6',
        "        with: { python-version: '3.13' }",
        '      - run: pip install -r backend/requirements.txt',
      ],
      [
        '      # The gate runs your own Alembic: this installs it.',
        '      - uses: actions/setup-python@v6',
        "        with: { python-version: '3.13' }",
        '      - run: pip install ./',
      ],
    ])
    expect(variants['Alembic in a public repository']).toContain(
      'a pull request from a fork gets a token that can only',
    )
  })

  test.each(Object.entries(variants))(
    'for %s: explained permissions, no filter, never cancelled in a queue',
    (_, text) => {
      const read = parse(text)
      expect(read).toMatchObject({
        on: { pull_request: null, merge_group: null },
        permissions: { contents: 'read', 'pull-requests': 'write' },
        concurrency: { 'cancel-in-progress': "${{ github.event_name == 'pull_request' }}" },
      })
      expect(Object.keys(read.jobs)).toEqual(['migration-gate'])
      expect(read.jobs['migration-gate'].steps.at(0)).toEqual({
        uses: 'actions/checkout@v7',
        with: { 'fetch-depth': 0, 'persist-credentials': false },
      })
      expect(read.jobs['migration-gate'].steps.at(-1)).toEqual({ uses: 'migration-gate/migration-gate@v1' })
      const [, permissions = ''] = /^permissions:\n((?: .*\n)+)/m.exec(text) ?? []
      expect(permissions.trimEnd().split('\n')).toEqual([
        expect.stringMatching(/ # \w/),
        expect.stringMatching(/ # \w/),
      ])
    },
  )

  const actionlint = findActionlint()

  // go install github.com/rhysd/actionlint/cmd/actionlint@latest, or ACTIONLINT=/path/to/it.
  test.skipIf(!actionlint).each(Object.entries(variants))(
    `for %s: accepted by ${actionlint ?? 'nobody: there is no actionlint on this machine'}`,
    (_, text) => {
      expect(() =>
        execFileSync(actionlint ?? '', ['-no-color', '-'], { input: text, encoding: 'utf8', stdio: 'pipe' }),
      ).not.toThrow()
    },
  )
})

function findActionlint(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const places = process.env.ACTIONLINT ? [process.env.ACTIONLINT] : folders.map((folder) => join(folder, 'actionlint'))
  return places.find((place) => {
    try {
      execFileSync(place, ['-version'], { stdio: 'ignore' })
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      return false
    }
  })
}

describe('what Alembic needs', () => {
  test.each([
    ['', ['requirements.txt', 'pyproject.toml'], 'pip install -r requirements.txt'],
    ['backend', ['requirements.txt', 'backend/requirements.txt'], 'pip install -r backend/requirements.txt'],
    ['backend', ['requirements.txt', 'backend/pyproject.toml'], 'pip install ./backend/'],
    ['backend', ['requirements.txt'], 'pip install -r requirements.txt'],
    ['', ['pyproject.toml'], 'pip install ./'],
    ['', [], 'pip install -r requirements.txt'],
    ['a b; rm -rf x', ['a b; rm -rf x/requirements.txt', 'requirements.txt'], 'pip install -r requirements.txt'],
  ])('in %j with %j: %s', (directory, paths, install) => {
    expect(alembicSteps([{ tool: 'alembic', directory }], paths)).toEqual({ install })
  })

  test('nothing where there is no Alembic', () => {
    expect(alembicSteps([{ tool: 'numbered-sql', directory: '' }], ['requirements.txt'])).toBe(undefined)
  })
})

describe('the settings', () => {
  test.each(['', 'migrations', 'a: #b "c"\nd', 'yes', '- x'])(
    'of %j are read as they were written',
    async (directory) => {
      await using repo = await repository({
        '.migration-gate.yml': settings([{ tool: 'numbered-sql', directory }]),
      })
      const config = await loadConfig({ repository: repo.path, values: {}, origin: 'the test' })
      expect({ tool: config.tool, directory: config.directory }).toEqual({ tool: 'numbered-sql', directory })
    },
  )

  test('name no tool and no folder where there are several', async () => {
    const text = settings([
      { tool: 'alembic', directory: 'a\nb: c' },
      { tool: 'numbered-sql', directory: '' },
    ])
    await using repo = await repository({ '.migration-gate.yml': text })
    const config = await loadConfig({ repository: repo.path, values: {}, origin: 'the test' })
    expect([config.tool, config.directory]).toEqual([undefined, undefined])
    expect(text).toContain('# found: alembic in "a\\nb: c"\n# found: numbered-sql in "."\n')
  })
})

describe('migration-gate init', () => {
  test('plain SQL: two files, and what to do', async () => {
    await using repo = await makeRepository({ project: 'sql' })
    const { said, code } = await init(repo.path)
    expect(code).toBe(0)
    expect(said).toMatchInlineSnapshot(`
      "Found numbered-sql in migrations: 3 migrations.
      Wrote .github/workflows/migration-gate.yml
      Wrote .migration-gate.yml

      Now:
        1. Look at what the gate says to the migrations that you have:  migration-gate check --all
        2. Commit these files on a branch and open a pull request; the gate runs on it.
        3. Make the check required: on GitHub, Settings > Rules > Rulesets > New branch ruleset > Require status checks to pass,
           and add "migration-gate". GitHub offers a check there once it has run, in the last seven days.
      "
    `)
    expect(await readFile(join(repo.path, workflowFile), 'utf8')).toBe(variants['plain SQL'])
    expect(await readFile(join(repo.path, '.migration-gate.yml'), 'utf8')).toMatchInlineSnapshot(`
      "# What migration-gate checks, and how. All settings: https://github.com/migration-gate/migration-gate#configuration
      tool: numbered-sql
      directory: migrations
      # postgres-version: 17 # the major version that production runs, 14 to 18
      # fail-on: error # warning: warnings fail the check, too; never: findings are advice
      # round-trip: auto # required: not being able to rehearse is a mistake of the configuration; off: only read
      # timeout: 60 # seconds for one run of one migration
      "
    `)
  })

  test('Alembic in a public repository', async () => {
    await using repo = await makeRepository({ project: 'alembic' })
    expect(await init(repo.path, '--public')).toMatchObject({ code: 0 })
    expect(await readFile(join(repo.path, workflowFile), 'utf8')).toBe(
      workflow({ alembic: { install: 'pip install -r requirements.txt' }, isPublic: true }),
    )
    expect(parse(await readFile(join(repo.path, '.migration-gate.yml'), 'utf8'))).toEqual({
      tool: 'alembic',
      directory: '.',
    })
  })

  test('keeps what is there, says so, and replaces it only when told to', async () => {
    await using repo = await makeRepository({ project: 'sql' })
    await mkdir(join(repo.path, '.github/workflows'), { recursive: true })
    await writeFile(join(repo.path, workflowFile), 'mine\n')
    const kept = await init(repo.path)
    expect(kept.said).toContain(
      `Kept what was there (--force replaces it): ${workflowFile}\nWrote .migration-gate.yml\n`,
    )
    expect(kept.code).toBe(0)
    expect(await readFile(join(repo.path, workflowFile), 'utf8')).toBe('mine\n')

    const forced = await init(repo.path, '--force')
    expect(forced.said).toContain(`Replaced ${workflowFile}\nAlready as it should be: .migration-gate.yml\n`)
    expect(await readFile(join(repo.path, workflowFile), 'utf8')).toBe(variants['plain SQL'])
  })

  test('writes through no link', async () => {
    await using repo = await makeRepository({ project: 'sql' })
    await using other = await repository({ 'kept.yml': 'kept\n' })
    await symlink(join(other.path, 'kept.yml'), join(repo.path, '.migration-gate.yml'))
    await init(repo.path, '--force')
    expect(await readFile(join(other.path, 'kept.yml'), 'utf8')).toBe('kept\n')
    expect(parse(await readFile(join(repo.path, '.migration-gate.yml'), 'utf8')).tool).toBe('numbered-sql')
  })

  test.each([
    [[], tmpdir(), 'is not in a git work tree'],
    [['--public', '--private'], '.', 'cannot be used with option'],
    [['--merge'], '.', 'unknown option'],
  ])('%j in %s: exit code 2 and what is wrong', async (args, cwd, message) => {
    const { said, code } = await init(cwd, ...args)
    expect(said).toContain(message)
    expect(code).toBe(2)
  })

  test('no migrations: exit code 2, nothing is written', async () => {
    await using repo = await repository({ 'README.md': 'x' })
    const { said, code } = await init(repo.path)
    expect(said).toContain('No migrations were found')
    expect(code).toBe(2)
    expect(repo.git('status', '--porcelain')).toBe('')
  })
})
