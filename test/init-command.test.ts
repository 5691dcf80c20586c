import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { makeRepository } from '../examples/repository.mjs'
import { cli } from '../src/cli.ts'
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
const forPlainSql = workflow({ alembic: undefined, isPublic: false, defaultBranch })

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
    expect(await readFile(join(repo.path, workflowFile), 'utf8')).toBe(forPlainSql)
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
    expect(await readFile(join(repo.path, workflowFile), 'utf8')).toBe(forPlainSql)
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
