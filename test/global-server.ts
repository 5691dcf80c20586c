import type { TestProject } from 'vitest/node'
import { startServer } from '../src/postgres/start.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server of this test run, for `startServer({ kind: 'url' })`. */
    readonly postgresUrl: string
  }
}

/**
 * One embedded server for the whole run (about half a second). Every test makes scratch databases of its own on it.
 * `TEST_POSTGRES_URL` names another server, `TEST_POSTGRES_VERSION` another major version.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_POSTGRES_URL
  if (given) {
    project.provide('postgresUrl', given)
    return async () => undefined
  }
  const server = await startServer({
    kind: 'embedded',
    major: Number(process.env.TEST_POSTGRES_VERSION ?? 17),
    signal: new AbortController().signal,
    log: (message) => console.error(message),
  })
  await using database = await server.createDatabase()
  const { host, port, user, password } = database
  project.provide('postgresUrl', `postgres://${user}:${password}@${host}:${port}/postgres`)
  return async () => {
    await server[Symbol.asyncDispose]()
  }
}
