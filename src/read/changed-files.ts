import { simpleGit } from 'simple-git'
import type { ChangedFile } from '../model/change.ts'
import { UserError } from '../model/errors.ts'

/**
 * The files that differ between the merge base with `base` and the work tree, untracked ones included.
 * @param repository absolute path of the work tree's root
 * @param base a branch, tag or commit; undefined: the first that exists of the pull request's base branch in
 *   GITHUB_BASE_REF, origin's default branch, main, master
 * @throws UserError where this is no git work tree, `base` does not exist here, or the history is too shallow for a merge base
 */
export async function changedFiles(repository: string, base: string | undefined): Promise<ChangedFile[]> {
  const git = simpleGit(repository)
  const ancestor = await commonAncestor(repository, base)
  const [differing, untracked] = await Promise.all([
    git.raw(['diff', '--name-status', '--no-renames', '-z', ancestor, '--']),
    git.raw(['ls-files', '--others', '--exclude-standard', '--full-name', '-z', ':/']),
  ])
  return [
    ...pairs(split(differing)).map(([status, path]): ChangedFile => ({ path, status: statuses[status] ?? 'modified' })),
    ...split(untracked).map((path): ChangedFile => ({ path, status: 'added' })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1))
}

/**
 * The commit from which the work tree and `base` have gone apart: what is there is what the base branch has.
 * @throws UserError as `changedFiles` does
 */
export async function commonAncestor(repository: string, base: string | undefined): Promise<string> {
  const git = simpleGit(repository)
  const reference = base ?? (await defaultBase(repository))
  // `--end-of-options` keeps a name that begins with a dash from being read as one.
  const commit = await git
    .raw(['rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`])
    .catch(() => '')
  if (!commit.trim())
    throw new UserError(
      `The base "${reference}" is not known here. Fetch it (git fetch origin ${reference.replace(/^origin\//, '')}), or name another with --base.`,
    )
  const ancestor = await git.raw(['merge-base', commit.trim(), 'HEAD']).catch(() => '')
  if (!ancestor.trim())
    throw new UserError(
      `No common ancestor of "${reference}" and HEAD is known here, so it cannot be told what changed. ` +
        'In a shallow clone, fetch more history (actions/checkout: fetch-depth: 0).',
    )
  return ancestor.trim()
}

/** The text that a file has in a commit, decoded as UTF-8. */
export async function textIn(repository: string, commit: string, path: string): Promise<string> {
  return await simpleGit(repository).raw(['cat-file', 'blob', `${commit}:${path}`])
}

/**
 * Every file of the work tree that git tracks or would track, from the root of the repository.
 * @throws UserError where `repository` is not inside a git work tree
 */
export async function listFiles(repository: string): Promise<string[]> {
  const listed = await simpleGit(repository).raw([
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    '--full-name',
    '-z',
    ':/',
  ])
  return [...new Set(split(listed))].sort()
}

/**
 * The root of the git work tree that holds `folder`, as an absolute path.
 * @throws UserError where there is none
 */
export async function repositoryRoot(folder: string): Promise<string> {
  try {
    return (await simpleGit(folder).revparse(['--show-toplevel'])).trim()
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.trim().split('\n')[0] : String(cause)
    if (/\bspawn git ENOENT$/.test(said ?? ''))
      throw new UserError('git was not found. Install it, or put the folder that it is in on the PATH.', { cause })
    throw new UserError(
      `${folder} is not in a git work tree that can be read (${said}). Run this in a checkout, or name one with --cwd.`,
      {
        cause,
      },
    )
  }
}

const statuses: Readonly<Record<string, ChangedFile['status']>> = { A: 'added', D: 'deleted' }

async function defaultBase(repository: string): Promise<string> {
  const fromGitHub = process.env.GITHUB_BASE_REF
    ? [`origin/${process.env.GITHUB_BASE_REF}`, process.env.GITHUB_BASE_REF]
    : []
  const candidates = [...fromGitHub, 'origin/HEAD', 'origin/main', 'origin/master', 'main', 'master']
  for (const candidate of candidates) {
    const found = await simpleGit(repository)
      .raw(['rev-parse', '--verify', '--quiet', '--end-of-options', `${candidate}^{commit}`])
      .catch(() => '')
    if (found.trim()) return candidate
  }
  throw new UserError(
    `No base branch was found (looked for ${candidates.join(', ')}). Name it with --base (base-ref in the action). Without one, --all takes the whole history as changed.`,
  )
}

/** The name of origin's default branch as git knows it here, or of the usual one that there is. */
export async function defaultBranch(repository: string): Promise<string> {
  const names = ['refs/remotes/origin/HEAD', 'refs/remotes/origin', 'refs/heads/main', 'refs/heads/master']
  const listed = await simpleGit(repository).raw(['for-each-ref', '--format=%(refname) %(symref)', ...names])
  const head = /^refs\/remotes\/origin\/HEAD refs\/remotes\/origin\/(.+)$/m.exec(listed)?.[1]
  return head ?? (/\/master $/m.test(listed) && !/\/main $/m.test(listed) ? 'master' : 'main')
}

function split(listed: string): string[] {
  return listed.split('\0').filter((part) => part !== '')
}

function pairs(parts: readonly string[]): [string, string][] {
  return parts.flatMap((part, i): [string, string][] => (i % 2 === 0 ? [[part, parts[i + 1] ?? '']] : []))
}
