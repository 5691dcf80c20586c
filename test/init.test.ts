import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { makeRepository } from '../examples/repository.mjs'
import { cli } from '../src/cli.ts'
import { loadConfig } from '../src/config.ts'
import { alembicSteps, settings } from '../src/init/settings.ts'
import {
  commentWorkflow,
  commentWorkflowFile,
  stagingWorkflow,
  stagingWorkflowFile,
  workflow,
  workflowFile,
} from '../src/init/workflow.ts'
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

const defaultBranch = 'main'
const variants = {
  'any tool': workflow({ alembic: 'perhaps', isPublic: false, defaultBranch }),
  'plain SQL': workflow({ alembic: undefined, isPublic: false, defaultBranch }),
  Alembic: workflow({
    alembic: { install: 'pip install -r backend/requirements.txt' },
    isPublic: false,
    defaultBranch,
  }),
  'Alembic in a public repository': workflow({ alembic: { install: 'pip install ./' }, isPublic: true, defaultBranch }),
}

const environment = 'staging'
const byHand = stagingWorkflow({ alembic: 'perhaps', environment, directories: [''] })

describe('the workflow', () => {
  test('is the one that the README shows, docs/github.md the second one, docs/staging.md the third', async () => {
    const [, shown] = /```yaml\n(name: migration-gate\n.*?)```\n/s.exec(await readFile('README.md', 'utf8')) ?? []
    expect(shown).toBe(variants['any tool'])
    expect(await readFile('docs/github.md', 'utf8')).toContain(`\`\`\`yaml\n${commentWorkflow}\`\`\`\n`)
    expect(await readFile('docs/staging.md', 'utf8')).toContain(`\`\`\`yaml\n${byHand}\`\`\`\n`)
  })

  test('differs only in the steps for Alembic and in who writes the comment', () => {
    const lines = (text: string) => text.split('\n').map((line) => line.replace(/@[0-9a-f]{40} # v[\d.]+$/, '@pinned'))
    const common = lines(variants['plain SQL'])
    const added = Object.values(variants).map((text) => lines(text).filter((line) => !common.includes(line)))
    expect(added).toEqual([
      [
        '      # Only for Alembic: the gate runs your own.',
        '      # - uses: actions/setup-python@pinned',
        "      #   with: { python-version: '3.13' }",
        '      # - run: pip install -r requirements.txt',
      ],
      [],
      [
        '      # The gate runs your own Alembic: this installs it.',
        '      - uses: actions/setup-python@pinned',
        "        with: { python-version: '3.13' }",
        '      - run: pip install -r backend/requirements.txt',
      ],
      [
        '      pull-requests: read # the list of changed files',
        '      # The gate runs your own Alembic: this installs it.',
        '      - uses: actions/setup-python@pinned',
        "        with: { python-version: '3.13' }",
        '      - run: pip install ./',
        '          comment: never # the run of a fork may not; migration-gate-comment.yml writes it',
        '          report-file: ${{ runner.temp }}/migration-gate.json',
        "      - if: ${{ !cancelled() && github.event_name == 'pull_request' }}",
        '        uses: actions/upload-artifact@pinned',
        '          name: migration-gate',
        '          path: ${{ runner.temp }}/migration-gate.json',
        '          retention-days: 1',
      ],
    ])
  })

  test.each(Object.entries(variants))(
    'for %s: explained permissions, no filter, never cancelled in a queue, a cache that no pull request writes',
    (name, text) => {
      const isPublic = name.includes('public')
      const read = parse(text)
      expect(read).toMatchObject({
        on: { pull_request: null, merge_group: null, push: { branches: ['main'] } },
        permissions: {},
        concurrency: { 'cancel-in-progress': "${{ github.event_name == 'pull_request' }}" },
      })
      expect(Object.keys(read.jobs)).toEqual(['migration-gate'])
      const job = read.jobs['migration-gate']
      expect(job.permissions).toEqual({ contents: 'read', 'pull-requests': isPublic ? 'read' : 'write' })
      expect(job.steps.at(0)).toEqual({
        uses: expect.stringMatching(/^actions\/checkout@[0-9a-f]{40}$/),
        with: { 'fetch-depth': 0, 'persist-credentials': false },
      })
      const using = (action: string) =>
        job.steps
          .filter(({ uses }: { uses?: string }) => uses?.startsWith(action))
          .map((step: { if?: string }) => step.if)
      expect(using('actions/cache/restore@')).toEqual([undefined])
      // Of the gate, which says so only where `keep-baseline` is on, and that is on a push.
      expect(using('actions/cache/save@')).toEqual(["steps.gate.outputs.cache-changed == 'true'"])
      expect(using('actions/cache@')).toEqual([])
      expect(text).toContain("keep-baseline: ${{ github.event_name == 'push' }}")
      const [, permissions = ''] = /^ {4}permissions:\n((?: {6}.*\n)+)/m.exec(text) ?? []
      expect(permissions.trimEnd().split('\n')).toEqual([
        expect.stringMatching(/ # \w/),
        expect.stringMatching(/ # \w/),
      ])
    },
  )

  test('that comments runs nothing of a pull request', () => {
    const { on, permissions, jobs } = parse(commentWorkflow)
    expect({ on, permissions }).toEqual({
      on: { workflow_run: { workflows: ['migration-gate'], types: ['completed'] } },
      permissions: {},
    })
    expect(jobs.comment.permissions).toEqual({ actions: 'read', 'pull-requests': 'write' })
    expect(
      jobs.comment.steps.map(({ uses, run }: { uses?: string; run?: string }) => uses?.split('@')[0] ?? run),
    ).toEqual(['actions/download-artifact', 'migration-gate/migration-gate'])
  })

  test('for staging is started by hand, one at a time, with the secret of the chosen environment in one step', async () => {
    const { on, permissions, concurrency, jobs } = parse(byHand)
    expect({ on, permissions, concurrency }).toEqual({
      on: {
        workflow_dispatch: {
          inputs: {
            environment: {
              description: expect.any(String),
              type: 'choice',
              options: ['staging'],
              default: 'staging',
              required: true,
            },
            mode: {
              description: expect.any(String),
              type: 'choice',
              options: ['plan', 'rehearse', 'apply-and-rollback'],
              default: 'plan',
              required: true,
            },
            to: { description: expect.any(String), type: 'string', required: false },
          },
        },
      },
      permissions: {},
      concurrency: { group: 'migration-gate-staging-${{ inputs.environment }}', 'cancel-in-progress': false },
    })
    const { steps, ...job } = jobs['dry-run']
    expect(Object.keys(jobs)).toEqual(['dry-run'])
    expect(job).toEqual({
      name: '${{ inputs.mode }} on ${{ inputs.environment }}',
      'runs-on': 'ubuntu-latest',
      'timeout-minutes': 30,
      environment: '${{ inputs.environment }}',
      permissions: { contents: 'read' },
    })
    expect(steps).toEqual([
      { uses: expect.stringMatching(/^actions\/checkout@[0-9a-f]{40}$/), with: { 'persist-credentials': false } },
      {
        uses: 'migration-gate/migration-gate@v1',
        id: 'gate',
        with: {
          command: 'dry-run',
          mode: '${{ inputs.mode }}',
          to: '${{ inputs.to }}',
          'lock-timeout': '2s',
          'statement-timeout': '30s',
        },
        env: { MIGRATION_GATE_STAGING_URL: '${{ secrets.STAGING_DATABASE_URL }}' },
      },
      {
        if: "${{ !cancelled() && steps.gate.outputs.report-path != '' }}",
        uses: expect.stringMatching(/^actions\/upload-artifact@[0-9a-f]{40}$/),
        with: {
          name: 'migration-gate-staging',
          path: '${{ steps.gate.outputs.report-path }}',
          'retention-days': 30,
        },
      },
    ])
    const { inputs } = parse(await readFile('action.yml', 'utf8')) as { inputs: object }
    expect(Object.keys(steps[1].with).filter((name) => !(name in inputs))).toEqual([])
  })

  test('for staging asks which history is meant, where there are several', () => {
    const { on, jobs } = parse(stagingWorkflow({ alembic: undefined, environment, directories: ['db/a b', ''] }))
    expect(on.workflow_dispatch.inputs.directory).toEqual({
      description: 'The migrations of this database',
      type: 'choice',
      options: ['db/a b', '.'],
      required: true,
    })
    expect(jobs['dry-run'].steps[1].with.directory).toBe('${{ inputs.directory }}')
  })

  test.each(['staging', 'EU: staging', 'on', '1.0', 'a"b', "${{ 'x' }}", 'Prüfung', 'x]'])(
    'for the environment %s',
    (name) => {
      const { on } = parse(stagingWorkflow({ alembic: undefined, environment: name, directories: [''] }))
      const { options, default: usual } = on.workflow_dispatch.inputs.environment
      expect([options, usual]).toEqual([[name], name])
    },
  )

  test.each([
    ['main', ['main']],
    ['release/2.x', ['release/2.x']],
    ['a: b', ['a: b']],
    ['we*rd', ['we\\*rd']],
    ['1.0', ['1.0']],
  ])('for the default branch %s', (name, branches) => {
    expect(parse(workflow({ alembic: undefined, isPublic: false, defaultBranch: name })).on.push.branches).toEqual(
      branches,
    )
  })
})

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
      # postgres-version: 17 # the major version that production runs, 12 to 18
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
      workflow({ alembic: { install: 'pip install -r requirements.txt' }, isPublic: true, defaultBranch }),
    )
    expect(await readFile(join(repo.path, commentWorkflowFile), 'utf8')).toBe(commentWorkflow)
    expect(parse(await readFile(join(repo.path, '.migration-gate.yml'), 'utf8'))).toEqual({
      tool: 'alembic',
      directory: '.',
    })
  })

  test('with --staging: the workflow for dry runs, and what to do on GitHub', async () => {
    await using repo = await makeRepository({ project: 'alembic' })
    const { said, code } = await init(repo.path, '--staging', 'qa')
    expect(code).toBe(0)
    expect(said.slice(said.indexOf('  4.'))).toMatchInlineSnapshot(`
      "  4. Make the environment "qa": on GitHub, Settings > Environments. Give it the secret STAGING_DATABASE_URL, the URL of its
           database with a role that may only read; name the branches that may use it, because their code is what runs; and reviewers.
        5. Once .github/workflows/migration-gate-staging.yml is on the default branch, start it:
           Actions > migration-gate-staging > Run workflow, or
           gh workflow run migration-gate-staging.yml --ref BRANCH --field mode=plan
      "
    `)
    expect(said).toContain(`Wrote ${stagingWorkflowFile}\n`)
    expect(await readFile(join(repo.path, stagingWorkflowFile), 'utf8')).toBe(
      stagingWorkflow({
        alembic: { install: 'pip install -r requirements.txt' },
        environment: 'qa',
        directories: [''],
      }),
    )
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
    const { said, code } = await init(repo.path)
    expect([code, said]).toEqual([2, expect.stringContaining('.migration-gate.yml:1: the whole: ')])
    await init(repo.path, '--force')
    expect(await readFile(join(other.path, 'kept.yml'), 'utf8')).toBe('kept\n')
    expect(parse(await readFile(join(repo.path, '.migration-gate.yml'), 'utf8')).tool).toBe('numbered-sql')
  })

  test.each([
    [[], tmpdir(), 'is not in a git work tree'],
    [['--public', '--private'], '.', 'cannot be used with option'],
    [['--merge'], '.', 'unknown option'],
    [['--staging', ' '], '.', '--staging: give the name of an environment on GitHub, such as staging.'],
    [['--staging', 'a\nb'], '.', '--staging: give the name of an environment on GitHub, such as staging.'],
  ])('%j in %s: exit code 2 and what is wrong', async (args, cwd, message) => {
    const { said, code } = await init(cwd, ...args)
    expect(said).toContain(message)
    expect(code).toBe(2)
  })

  test('settings that are there say where the migrations are, and what runs them', async () => {
    const own = 'directory: changes\nupgrade: [bin/migrate, "{directory}"]\ndatabase: url\n'
    await using repo = await repository({ 'changes/add-users.sql': 'SELECT 1;', '.migration-gate.yml': own })
    const { said, code } = await init(repo.path)
    expect([code, said.split('\n').slice(0, 3)]).toEqual([
      0,
      [
        'Found command in changes: 1 migration.',
        'Wrote .github/workflows/migration-gate.yml',
        'Kept what was there (--force replaces it): .migration-gate.yml',
      ],
    ])
  })

  test('no migrations: exit code 2, nothing is written', async () => {
    await using repo = await repository({ 'README.md': 'x' })
    const { said, code } = await init(repo.path)
    expect(said).toContain('No migrations were found')
    expect(code).toBe(2)
    expect(repo.git('status', '--porcelain')).toBe('')
  })
})
