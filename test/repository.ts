import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A throwaway git work tree. Removed when it is disposed. */
export interface Repository extends AsyncDisposable {
  readonly path: string
  /** Runs git in it and gives back what it printed. */
  git(...args: string[]): string
  /** Writes files by their paths from the root. */
  write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void>
  /** Writes files and commits everything. */
  commit(files: Readonly<Record<string, string | Uint8Array>>): Promise<void>
}

/** @param base the files on the branch `main`; the work tree is then on the branch `pull-request` */
export async function repository(base: Readonly<Record<string, string | Uint8Array>> = {}): Promise<Repository> {
  const path = await mkdtemp(join(tmpdir(), 'migration-gate-test-'))
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.test', '-c', 'commit.gpgsign=false']
  const git = (...args: string[]) => execFileSync('git', ['-C', path, ...identity, ...args], { encoding: 'utf8' })
  const write = async (files: Readonly<Record<string, string | Uint8Array>>) => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(path, name)), { recursive: true })
      await writeFile(join(path, name), text)
    }
  }
  const commit = async (files: Readonly<Record<string, string | Uint8Array>>) => {
    await write(files)
    git('add', '--all')
    git('commit', '--quiet', '--allow-empty', '--message', 'A commit')
  }
  git('init', '--quiet', '--initial-branch=main')
  await commit(base)
  git('checkout', '--quiet', '-b', 'pull-request')
  return { path, git, write, commit, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
