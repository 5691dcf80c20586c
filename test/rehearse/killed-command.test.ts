import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, inject, test } from 'vitest'
import { command } from '../command.ts'
import { type Repository, repository } from '../repository.ts'
import { isRunning } from './processes.ts'

const files = {
  'migrations/001_a.sql': 'CREATE TABLE a (id int);\n',
  'migrations/001_a_rollback.sql': 'DROP TABLE a;\n',
}

/** A repository with one new migration, whose command is this shell script. */
async function withTool(script: string): Promise<Repository> {
  const repo = await repository({})
  const tool = join(repo.path, 'bin', 'tool')
  await mkdir(join(repo.path, 'bin'))
  await writeFile(tool, `#!/bin/sh\n${script}\n`)
  await chmod(tool, 0o755)
  await repo.commit({
    ...files,
    '.migration-gate.yml': `upgrade: [${JSON.stringify(tool)}, '{version}']\ndatabase: url\n`,
  })
  return repo
}

const env = { MIGRATION_GATE_DATABASE_URL: inject('postgresUrl') }

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s while a command runs ends it with what it started; exit code 3',
  async (signal) => {
    await using repo = await withTool('sleep 1000 & echo "$! $$" > "$PWD/pids"; wait')
    let pids: number[] = []
    const { code, stdout, stderr, leftFolders } = await command(['check'], {
      ...{ cwd: repo.path, env },
      async meanwhile(child) {
        while (pids.length < 2 && child.exitCode === null) {
          await sleep(50)
          const text = await readFile(join(repo.path, 'pids'), 'utf8').catch(() => '')
          pids = text.trim().split(' ').map(Number).filter(Boolean)
        }
        child.kill(signal)
      },
    })
    expect(stderr).toContain(`Ended by ${signal}; nothing was left running. Nothing was decided.`)
    expect({ code, stdout, leftFolders }).toEqual({ code: 3, stdout: '', leftFolders: [] })
    expect(await Promise.all(pids.map(isRunning))).toEqual([false, false])
  },
)

test('a command that is killed: exit code 3, in words', async () => {
  await using repo = await withTool('kill -9 $$')
  const { code, stdout } = await command(['check'], { cwd: repo.path, env })
  expect(stdout).toContain('was ended by a signal while it ran 001_a, so nothing is known about it.')
  expect(code).toBe(3)
})

test('a command that speaks to another server than ours: exit code 3, in words', async () => {
  await using repo = await withTool(
    `PGHOST=127.0.0.1 PGPORT=1 node -e 'require("node:net").connect(1).on("error", () => process.exit(0))'`,
  )
  const { code, stdout } = await command(['check'], { cwd: repo.path, env })
  expect(stdout).toContain('never spoke to the scratch database, so nothing was rehearsed')
  expect(code).toBe(3)
})

test('a server that refuses the connection: exit code 3, in words', async () => {
  await using repo = await withTool('true')
  const refused = { MIGRATION_GATE_DATABASE_URL: 'postgres://gate:hidden@127.0.0.1:1/gate' }
  const { code, stdout, stderr } = await command(['check'], { cwd: repo.path, env: refused })
  expect(stdout).toContain('connection refused: no server listens there (ECONNREFUSED)')
  expect(stdout + stderr).not.toContain('hidden')
  expect(code).toBe(3)
})
