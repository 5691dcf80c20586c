import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { Cancelled, UserError } from '../model/errors.ts'
import { serverAt } from './scratch.ts'
import type { Server, ServerOptions } from './server.ts'

/** A hanging socket would keep testcontainers waiting for ever. */
const ANSWER_WITHIN_MS = 2_000

/** For the label by which a container is found again. */
const LABEL = 'migration-gate'
const LOOK_AGAIN_MS = 100

/** As quick and as even as a cluster of our own; what the user sets comes after it. */
const usualSettings = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
}

/** What PostgreSQL says is read here and there. */
const ownSettings = { lc_messages: 'C' }

/**
 * A container of the image, `postgres:<major>` where none is named, by way of testcontainers. Throws UserError where no Docker engine
 * answers, testcontainers is not installed or the image does not start; Cancelled when `signal` aborts, at once and with nothing left.
 */
export async function dockerServer({ major, image: wanted, settings, signal, log }: ServerOptions): Promise<Server> {
  const engine = engineAddress(process.env.DOCKER_HOST)
  if (!engine || !(await engineAnswers(process.env.DOCKER_HOST, signal))) {
    throw new UserError(
      'No Docker engine answers on DOCKER_HOST or /var/run/docker.sock. Start one, or let the gate use an embedded PostgreSQL.',
    )
  }
  const { GenericContainer, Wait } = await testcontainers()
  const image = wanted ?? `postgres:${major}`
  const login = { user: 'postgres', password: randomBytes(18).toString('base64url'), database: 'postgres' }
  log(`Starting a container of ${image}.`)
  await pull(engine, image, signal)
  const label = randomBytes(9).toString('hex')
  const start = () =>
    new GenericContainer(image)
      .withEnvironment({ POSTGRES_USER: login.user, POSTGRES_PASSWORD: login.password, POSTGRES_DB: login.database })
      .withLabels({ [LABEL]: label })
      .withExposedPorts(5432)
      .withCommand([
        'postgres',
        ...Object.entries({ ...usualSettings, ...settings, ...ownSettings }).flatMap(([name, value]) => [
          '-c',
          `${name}=${value}`,
        ]),
      ])
      // The image starts the server once for its own set-up, and then again.
      .withWaitStrategy(Wait.forLogMessage(/database system is ready to accept connections/, 2))
      .start()
  const container = await removedOnAbort(start, engine, label, signal).catch((error: unknown) => {
    if (signal.aborted) throw new Cancelled('Cancelled while the container was starting.', { cause: error })
    throw new UserError(`A container of ${image} did not start: ${said(error)}`, { cause: error })
  })
  const stop = async () => {
    await container.stop()
  }
  try {
    if (signal.aborted) throw new Cancelled('Cancelled while the container was starting.')
    const connection = { ...login, host: container.getHost(), port: container.getMappedPort(5432) }
    return await serverAt(() => connection, { source: `docker ${image}`, stop })
  } catch (error) {
    await stop()
    throw error
  }
}

/** testcontainers knows no way to give up. Without its container it does. */
async function removedOnAbort<Container>(
  start: () => Promise<Container>,
  engine: Address,
  label: string,
  signal: AbortSignal,
): Promise<Container> {
  let isOver = false
  const remove = async () => {
    const filters = encodeURIComponent(JSON.stringify({ label: [`${LABEL}=${label}`] }))
    for (; !isOver; await delay(LOOK_AGAIN_MS)) {
      const { body } = await ask(engine, 'GET', `/containers/json?all=true&filters=${filters}`)
      for (const { Id } of JSON.parse(body) as { Id: string }[])
        await ask(engine, 'DELETE', `/containers/${Id}?force=true&v=true`)
    }
  }
  // An engine that stops answering makes the start fail as well, which is told.
  const end = () => void remove().catch(() => undefined)
  signal.addEventListener('abort', end)
  try {
    return await start()
  } finally {
    isOver = true
    signal.removeEventListener('abort', end)
  }
}

/** Fetches an image that the engine does not have, in a way that can be given up. What fails here is tried again, with credentials. */
async function pull(engine: Address, image: string, signal: AbortSignal): Promise<void> {
  try {
    if ((await ask(engine, 'GET', `/images/${image}/json`, signal)).status === 200) return
    const name = /[:@]/.test(image.slice(image.lastIndexOf('/') + 1)) ? image : `${image}:latest`
    await ask(engine, 'POST', `/images/create?fromImage=${encodeURIComponent(name)}`, signal)
  } catch (error) {
    if (signal.aborted) throw new Cancelled('Cancelled while the image was being fetched.', { cause: error })
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
  }
}

/** One request to the engine, https://docs.docker.com/reference/api/engine/ */
async function ask(
  engine: Address,
  method: string,
  path: string,
  signal?: AbortSignal,
): Promise<{ status: number | undefined; body: string }> {
  return await new Promise((resolve, reject) => {
    const asked = request({ ...engine, method, path, ...(signal && { signal }) }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text
      })
      response.on('end', () => resolve({ status: response.statusCode, body }))
      response.on('error', reject)
    })
    asked.on('error', reject)
    asked.end()
  })
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
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

type Address = { readonly socketPath: string } | { readonly host: string; readonly port: number }

function engineAddress(host: string | undefined): Address | undefined {
  if (!host) return { socketPath: '/var/run/docker.sock' }
  if (host.startsWith('unix://')) return { socketPath: host.slice('unix://'.length) }
  if (!URL.canParse(host)) return undefined
  const { protocol, hostname, port } = new URL(host)
  // TLS on 2376 wants certificates that only the client library knows how to find; ssh:// and npipe:// likewise.
  return protocol === 'tcp:' || protocol === 'http:' ? { host: hostname, port: Number(port || 2375) } : undefined
}
