import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { UserError } from '../../src/model/errors.ts'
import { changedFiles, repositoryRoot } from '../../src/read/changed-files.ts'
import { repository } from '../repository.ts'

test('what differs from the merge base: committed, in the work tree, untracked, deleted, with any name', async () => {
  await using repo = await repository({ 'a.sql': '1', 'b.sql': '1', 'c.sql': '1', 'gone.sql': '1', 'same.sql': '1' })
  await repo.commit({ 'b.sql': '2', 'dir/new file "q".sql': '1' })
  repo.git('checkout', '--quiet', 'main')
  await repo.commit({ 'only-on-main.sql': '1' })
  repo.git('checkout', '--quiet', 'pull-request')
  repo.git('rm', '--quiet', 'gone.sql')
  await repo.write({ 'c.sql': '2', 'line\nbreak é.sql': '1' })

  expect(await changedFiles(repo.path, 'main')).toEqual([
    { path: 'b.sql', status: 'modified' },
    { path: 'c.sql', status: 'modified' },
    { path: 'dir/new file "q".sql', status: 'added' },
    { path: 'gone.sql', status: 'deleted' },
    { path: 'line\nbreak é.sql', status: 'added' },
  ])
})

test('a rename is a deletion and an addition', async () => {
  await using repo = await repository({ '001_a.sql': 'SELECT 1;' })
  repo.git('mv', '001_a.sql', '002_a.sql')
  expect(await changedFiles(repo.path, 'main')).toEqual([
    { path: '001_a.sql', status: 'deleted' },
    { path: '002_a.sql', status: 'added' },
  ])
})

test('without a base, main is found', async () => {
  await using repo = await repository({ 'a.sql': '1' })
  await repo.commit({ 'b.sql': '1' })
  expect(await changedFiles(repo.path, undefined)).toEqual([{ path: 'b.sql', status: 'added' }])
})

test('an unknown base, also one that looks like an option, is an error that says what to do', async () => {
  await using repo = await repository()
  await expect(changedFiles(repo.path, 'release')).rejects.toThrow(
    'The base "release" is not known here. Fetch it (git fetch origin release), or name another with --base.',
  )
  await expect(changedFiles(repo.path, 'origin/release')).rejects.toThrow('(git fetch origin release)')
  await expect(changedFiles(repo.path, '--upload-pack=touch /tmp/x')).rejects.toBeInstanceOf(UserError)
})

test('a shallow clone without the merge base is an error, not “nothing changed”', async () => {
  await using origin = await repository({ 'a.sql': '1' })
  await origin.commit({ 'b.sql': '1' })
  origin.git('checkout', '--quiet', 'main')
  await origin.commit({ 'c.sql': '1' })
  const clone = await mkdtemp(join(tmpdir(), 'migration-gate-test-'))
  try {
    execFileSync('git', [
      'clone',
      '--quiet',
      '--depth=1',
      '--no-single-branch',
      '--branch=pull-request',
      `file://${origin.path}`,
      clone,
    ])
    await expect(changedFiles(clone, 'origin/main')).rejects.toThrow('fetch-depth: 0')
  } finally {
    await rm(clone, { recursive: true })
  }
})

test('a folder outside of any work tree is an error that names it', async () => {
  await expect(repositoryRoot(tmpdir())).rejects.toThrow(`${tmpdir()} is not in a git work tree`)
})
