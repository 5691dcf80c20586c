import { inject } from 'vitest'
import type { Database, Server, Session } from '../src/postgres/server.ts'
import { startServer } from '../src/postgres/start.ts'

let reached: Promise<Server> | undefined

/** The server of this test run. Disposing it does nothing: it stops when the run ends. */
export async function testServer(): Promise<Server> {
  const { signal } = new AbortController()
  reached ??= startServer({ kind: 'url', url: inject('postgresUrl'), major: 17, signal, log: () => undefined })
  return { ...(await reached), [Symbol.asyncDispose]: async () => undefined }
}

/** A server of one test file's own, for statements that speak of roles: those belong to the whole server. Stopped when it is disposed. */
export async function ownServer(): Promise<Server> {
  return await startServer({
    kind: 'embedded',
    major: (await testServer()).major,
    signal: new AbortController().signal,
    log: () => undefined,
  })
}

/** An empty database with a connection to it. Disposing it drops the database. */
export async function testDatabase(sql = ''): Promise<Session & { readonly database: Database }> {
  const database = await (await testServer()).createDatabase()
  const session = await database.connect()
  if (sql !== '') await session.query(sql)
  return {
    database,
    pid: session.pid,
    query: session.query,
    describe: session.describe,
    async [Symbol.asyncDispose]() {
      await session[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}
