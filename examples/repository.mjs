// Makes a throwaway git repository out of the examples: a base branch, and a pull request's worth of changes on top.
import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * @param {object} options
 * @param {'sql' | 'alembic'} options.project the project on the base branch, a folder beside this file
 * @param {string} [options.pullRequest] a folder of pull-requests/<project>/; none: nothing is changed
 * @param {boolean} [options.emptyBase] the base branch has no migrations yet
 * @returns {Promise<{ path: string } & AsyncDisposable>} the work tree, on the branch `pull-request` that began at `main`;
 *   removed when it is disposed
 */
export async function makeRepository({ project, pullRequest, emptyBase = false }) {
  const path = await mkdtemp(join(tmpdir(), `migration-gate-example-${project}-`))
  /** @param {string[]} args */
  const git = (...args) =>
    run('git', [
      '-C',
      path,
      '-c',
      'user.name=Example',
      '-c',
      'user.email=example@example.test',
      '-c',
      'commit.gpgsign=false',
      ...args,
    ])

  await git('init', '--quiet', '--initial-branch=main')
  if (!emptyBase) await cp(join(import.meta.dirname, project), path, { recursive: true })
  await git('add', '--all')
  await git('commit', '--quiet', '--allow-empty', '--message', 'The project as it is')
  await git('checkout', '--quiet', '-b', 'pull-request')
  if (pullRequest) {
    await cp(join(import.meta.dirname, 'pull-requests', project, pullRequest), path, { recursive: true })
    await git('add', '--all')
    await git('commit', '--quiet', '--message', pullRequest)
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
