import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { localBinaries } from '../../src/postgres/local.ts'
import type { ServerOptions } from '../../src/postgres/server.ts'
import { startServer } from '../../src/postgres/start.ts'
import { type TemporaryFolder, temporaryFolder } from './leftovers.ts'

let temporary: TemporaryFolder
beforeEach(async () => {
  temporary = await temporaryFolder()
})
afterEach(async () => {
  await temporary[Symbol.asyncDispose]()
})

function options(more: Partial<ServerOptions>): ServerOptions {
  return { kind: 'local', major: 17, signal: new AbortController().signal, log: () => undefined, ...more }
}

/** A major version whose server programs are installed here. */
async function installed(): Promise<number | undefined> {
  for (const major of [18, 17, 16, 15, 14, 13, 12]) if (await localBinaries(major, process.env.PATH)) return major
  return undefined
}

describe('installed programs', () => {
  test('run a cluster of our own with the settings that are asked for, and nothing of it is left', async ({ skip }) => {
    const major = await installed()
    if (!major) skip('no server programs of PostgreSQL are installed here')
    {
      const settings = { max_prepared_transactions: '7', listen_addresses: '*' }
      await using server = await startServer(options({ major: major ?? 0, settings }))
      expect({ major: server.major, source: server.source }).toEqual({ major, source: 'local' })
      await using database = await server.createDatabase()
      await using session = await database.connect()
      const { rows } = await session.query(
        "SELECT current_setting('max_prepared_transactions') AS theirs, current_setting('listen_addresses') AS ours",
      )
      expect(rows).toEqual([{ theirs: '7', ours: '127.0.0.1' }])
    }
    expect(await temporary.leftovers()).toEqual([])
  })

  test('that are not there are told', async () => {
    const path = process.env.PATH
    process.env.PATH = temporary.path
    try {
      await expect(startServer(options({ major: 12 }))).rejects.toThrow(
        'No server programs of PostgreSQL 12 (initdb and postgres) were found: not in the usual folders of packages, not on the PATH.',
      )
    } finally {
      process.env.PATH = path
    }
  })
})

test('a server without an extension that is asked for is not used', async () => {
  await expect(startServer(options({ kind: 'embedded', extensions: ['citext', 'no_such'] }))).rejects.toThrow(
    /^The extension no_such cannot be had on embedded PostgreSQL 17/,
  )
  expect(await temporary.leftovers()).toEqual([])
})
