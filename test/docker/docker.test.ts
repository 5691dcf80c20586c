import { expect, test } from 'vitest'
import { makeRepository } from '../../examples/repository.mjs'
import { engineAnswers } from '../../src/postgres/docker.ts'
import { startServer } from '../../src/postgres/start.ts'
import { command } from '../command.ts'

const signal = new AbortController().signal
const noEngine = 'no Docker engine answers here; npm run test:docker starts one where it can'

test('testcontainers starts a server, a database is made and dropped on it, and the container is gone', async (context) => {
  if (!(await engineAnswers(process.env.DOCKER_HOST, signal))) context.skip(noEngine)
  await using server = await startServer({ kind: 'docker', major: 17, signal, log: () => undefined })
  expect(server.source).toBe('docker postgres:17')
  await using database = await server.createDatabase()
  await using session = await database.connect()
  expect(
    (await session.query<{ server_version_num: string }>('SHOW server_version_num')).rows[0]?.server_version_num,
  ).toMatch(/^17/)
})

test('the command rehearses in a container', async (context) => {
  if (!(await engineAnswers(process.env.DOCKER_HOST, signal))) context.skip(noEngine)
  await using repository = await makeRepository({ project: 'sql', pullRequest: 'clean' })
  const { code, stdout, stderr } = await command(['check', '--database', 'docker'], { cwd: repository.path })
  expect({ code, stderr: stderr.split('\n')[0] }).toEqual({ code: 0, stderr: 'Starting a container of postgres:17.' })
  expect(stdout).toContain('docker postgres:17')
})
