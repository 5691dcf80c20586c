import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ParsedMigration } from '../../src/model/migration.ts'
import { parseMigration } from '../../src/parse/parse.ts'
import { startServer } from '../../src/postgres/start.ts'
import { readProject } from '../../src/read/read.ts'
import { rehearse } from '../../src/rehearse/rehearse.ts'
import { type TemporaryFolder, temporaryFolder } from '../postgres/leftovers.ts'
import { repository } from '../repository.ts'

let temporary: TemporaryFolder
beforeEach(async () => {
  temporary = await temporaryFolder()
})
afterEach(async () => {
  await temporary[Symbol.asyncDispose]()
})

const signal = new AbortController().signal

/** Rehearses one migration on a server of its own. */
async function rehearsed(sql: string, options: { timeoutMs?: number; log?: (message: string) => void } = {}) {
  const { timeoutMs = 60_000, log = () => undefined } = options
  await using work = await repository({})
  await work.write({ 'migrations/001_a.sql': sql, 'migrations/001_a_rollback.sql': 'SELECT 1;' })
  const project = await readProject({
    repository: work.path,
    tool: undefined,
    directory: undefined,
    changed: [{ path: 'migrations/001_a.sql', status: 'added' }],
  })
  const migrations: ParsedMigration[] = []
  for (const migration of project.migrations)
    migrations.push(await parseMigration(migration, { defaultSchema: 'public' }))
  await using server = await startServer({ kind: 'embedded', major: 17, signal, log: () => undefined })
  const common = { server, alembic: undefined, environment: {}, signal, log, timeoutMs }
  const { roundTrips, notChecked } = await rehearse({ ...common, repository: work.path, project, migrations })
  return {
    steps: [...roundTrips.values()].map(({ steps }) => steps.map(({ error }) => error?.message ?? 'ok')),
    notChecked: notChecked.map(({ why }) => why),
  }
}

describe('the rehearsal of a migration that', () => {
  test.each([
    ['sleeps', 'SET statement_timeout = 0; SELECT pg_sleep(1e6);'],
    ['loops', 'DO $$ BEGIN LOOP NULL; END LOOP; END $$;'],
    [
      'swallows being cancelled',
      'DO $$ BEGIN LOOP BEGIN PERFORM pg_sleep(1e6); EXCEPTION WHEN query_canceled THEN NULL; END; END LOOP; END $$;',
    ],
  ])('%s is ended by the time limit', async (_, sql) => {
    const { steps } = await rehearsed(sql, { timeoutMs: 2_000 })
    expect(steps[0]?.[0]).toBe('did not finish within 2 s')
    expect(await temporary.settled()).toEqual([])
  })

  test('ends its own connection says nothing', async () => {
    const { steps, notChecked } = await rehearsed('SELECT pg_terminate_backend(pg_backend_pid());')
    expect({ steps, notChecked }).toEqual({
      steps: [],
      notChecked: ['PostgreSQL: terminating connection due to administrator command'],
    })
    expect(await temporary.settled()).toEqual([])
  })
})

test('a server that is killed in the middle is told, and nothing is left', async () => {
  const kill = () => {
    const processes = execFileSync('ps', ['-axww', '-o', 'pid=,command='], { encoding: 'utf8' }).split('\n')
    const [server] = processes.filter((line) => line.includes(`postgres -D ${temporary.path}/`))
    setTimeout(() => process.kill(Number.parseInt(server ?? '', 10), 'SIGKILL'), 1_500)
  }
  const { steps, notChecked } = await rehearsed('SELECT pg_sleep(1e6);', {
    log: (message) => {
      if (message.startsWith('Rehearsing')) kill()
    },
  })
  expect(steps).toEqual([])
  expect(notChecked.join('\n')).toMatch(/^PostgreSQL: /)
  expect(await temporary.settled()).toEqual([])
})

/** Works with a disk of that many megabytes in the place of the temporary folder; returns what is left on it. */
async function onDisk(megabytes: number, skip: (why: string) => void, work: () => Promise<void>): Promise<string> {
  const path = await mkdtemp('/tmp/gate-full-')
  try {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=1777`, 'tmpfs', path], { stdio: 'ignore' })
    } catch {
      skip('no small disk can be mounted here: that needs root, on Linux')
    }
    try {
      process.env.TMPDIR = path
      await work()
      return execFileSync('ls', ['-A', path], { encoding: 'utf8' })
    } finally {
      process.env.TMPDIR = temporary.path
      execFileSync('umount', [path])
    }
  } finally {
    await rm(path, { recursive: true, force: true })
  }
}

test('a disk that is full is told, and nothing is left', async ({ skip }) => {
  const left = await onDisk(24, skip, async () => {
    await expect(startServer({ kind: 'embedded', major: 17, signal, log: () => undefined })).rejects.toThrow(
      /no space left on device/i,
    )
  })
  expect(left).toBe('')
})

test('a disk that gets full is told, and not taken for a failing upgrade; nothing is left', async ({ skip }) => {
  const left = await onDisk(400, skip, async () => {
    const fills = 'CREATE TABLE big AS SELECT n, gen_random_uuid()::text AS a FROM generate_series(1, 6000000) AS n;'
    expect(await rehearsed(fills)).toEqual({
      steps: [],
      notChecked: [expect.stringMatching(/^PostgreSQL: could not (?:extend|write) .*: No space left on device$/)],
    })
  })
  expect(left).toBe('')
})
