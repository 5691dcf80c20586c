import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { simpleGit } from 'simple-git'
import { UserError } from '../model/errors.ts'

/** A copy of a folder, as a commit has it. Removed when it is disposed. */
interface Copy extends AsyncDisposable {
  readonly path: string
}

/**
 * @param repository absolute path of the work tree's root
 * @param folder from the root of the repository
 * @throws UserError where the commit is not here and cannot be fetched, or has no such folder
 */
export async function folderAt(repository: string, commit: string, folder: string): Promise<Copy> {
  const git = simpleGit(repository)
  const isHere = async () => {
    const found = await git.raw(['cat-file', '-t', commit]).catch(() => '')
    return found.trim() === 'commit'
  }
  if (!(await isHere())) await git.raw(['fetch', '--quiet', '--depth=1', 'origin', commit]).catch(() => '')
  if (!(await isHere()))
    throw new UserError(
      `custom-rules: the base commit ${commit} is not here, and the rules are read from it. Fetch it (actions/checkout: fetch-depth: 0).`,
    )
  const listed = await git.raw(['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit, '--', `${folder}/`])
  const files = listed.split('\0').filter((file) => file !== '')
  if (files.length === 0)
    throw new UserError(
      `custom-rules: the base commit ${commit} has no folder ${folder}. Rules count once they are merged.`,
    )
  const path = await mkdtemp(join(tmpdir(), 'migration-gate-rules-'))
  const copy: Copy = { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
  try {
    for (const file of files) {
      const target = join(path, file.slice(folder.length + 1))
      await mkdir(dirname(target), { recursive: true })
      await writeFile(target, await git.showBuffer(`${commit}:${file}`))
    }
  } catch (error) {
    await copy[Symbol.asyncDispose]()
    throw error
  }
  return copy
}
