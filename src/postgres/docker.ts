import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { Cancelled, UserError } from '../model/errors.ts'
import { serverAt } from './scratch.ts'
import type { Server, ServerOptions } from './server.ts'

/** A hanging socket would keep testcontainers waiting for ever. */
const ANSWER_WITHIN_MS = 2_000

/**
 * `postgres:<major>` in a container, by way of testcontainers. Throws UserError where no Docker engine answers, or testcontainers is not
 * installed; Cancelled when `signal` aborts.
 */
export async function dockerServer({ major, signal, log }: ServerOptions): Promise<Server> {
  if (!(await engineAnswers(process.env.DOCKER_HOST, signal))) {
    throw new UserError(
      'No Docker engine answers on DOCKER_HOST or /var/run/docker.sock. Start one, or let the gate use an embedded PostgreSQL.',
    )
  }
  const { GenericContainer, Wait } = await testcontainers()
  const image = `postgres:${major}`
  const login = { user: 'postgres', password: randomBytes(18).toString('base64url'), database: 'postgres' }
  log(`Starting a container of ${image}.`)
  const container = await new GenericContainer(image)
    .withEnvironment({ POSTGRES_USER: login.user, POSTGRES_PASSWORD: login.password, POSTGRES_DB: login.database })
    .withExposedPorts(5432)
    .withCommand([
      'postgres',
      '-c',
      'fsync=off',
      '-c',
      'full_page_writes=off',
      '-c',
      'synchronous_commit=off',
      '-c',
      'lc_messages=C',
    ])
    // The image starts the server once for its own set-up, and then again.
    .withWaitStrategy(Wait.forLogMessage(/database system is ready to accept connections/, 2))
    .start()
  const stop = async () => {
    await container.stop()
  }
  try {
    if (signal.aborted) throw new Cancelled('Cancelled while the container was starting.')
    return await serverAt(
      { ...login, host: container.getHost(), port: container.getMappedPort(5432) },
      `docker ${image}`,
      stop,
    )
  } catch (error) {
    await stop()
    throw error
  }
}

/** Loaded only here and only now: it is 49 MB and takes seconds, and the action's bundle does without. */
async function testcontainers(): Promise<typeof import('testcontainers')> {
  try {
    return await import(/* webpackIgnore: true */ 'testcontainers')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error
    throw new UserError(
      'Docker needs the package testcontainers, which is not installed here (the GitHub Action leaves it out). ' +
        'Install it beside migration-gate, use an embedded PostgreSQL, or give the URL of a service container.',
      { cause: error },
    )
  }
}

/** Asks the engine's `/_ping`. `host`: `DOCKER_HOST`, or undefined for the usual socket. */
export async function engineAnswers(host: string | undefined, signal: AbortSignal): Promise<boolean> {
  const address = engineAddress(host)
  if (address === undefined) return false
  return await new Promise((resolve) => {
    const ping = request({ ...address, path: '/_ping', timeout: ANSWER_WITHIN_MS, signal }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    ping.on('timeout', () => ping.destroy())
    ping.on('error', () => resolve(false))
    ping.on('close', () => resolve(false))
    ping.end()
  })
}

function engineAddress(host: string | undefined): { socketPath: string } | { host: string; port: number } | undefined {
  if (!host) return { socketPath: '/var/run/docker.sock' }
  if (host.startsWith('unix://')) return { socketPath: host.slice('unix://'.length) }
  if (!URL.canParse(host)) return undefined
  const { protocol, hostname, port } = new URL(host)
  // TLS on 2376 wants certificates that only the client library knows how to find; ssh:// and npipe:// likewise.
  return protocol === 'tcp:' || protocol === 'http:' ? { host: hostname, port: Number(port || 2375) } : undefined
}
