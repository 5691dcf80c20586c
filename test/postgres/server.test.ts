import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, inject, test } from 'vitest'
import { UserError } from '../../src/model/errors.ts'
import { engineAnswers } from '../../src/postgres/docker.ts'
import { ServerError } from '../../src/postgres/server.ts'
import { connect } from '../../src/postgres/session.ts'
import { startServer } from '../../src/postgres/start.ts'
import { fromUrl } from '../../src/postgres/url.ts'
import { openTap } from '../../src/tap/tap.ts'
import { testDatabase, testServer } from '../server.ts'

const signal = new AbortController().signal
const log = () => undefined

describe('a session', () => {
  test('sends several statements as one query; the rows are those of the last', async () => {
    await using session = await testDatabase()
    expect(
      await session.query('CREATE TABLE t (a int); INSERT INTO t VALUES (1), (2); SELECT a FROM t ORDER BY a'),
    ).toEqual({
      rows: [{ a: 1 }, { a: 2 }],
      rowCount: 2,
    })
    expect(await session.query('SELECT $1::text AS a', ["it's"])).toEqual({ rows: [{ a: "it's" }], rowCount: 1 })
    expect(await session.query('SELECT pg_backend_pid() AS pid')).toEqual({ rows: [{ pid: session.pid }], rowCount: 1 })
  })

  test('tells an error with its code and place, without the row that caused it', async () => {
    await using session = await testDatabase('CREATE TABLE t (a int CONSTRAINT one UNIQUE, secret text)')
    const error = await session
      .query(`INSERT INTO t VALUES (1, 'hush'), (1, 'hush')`)
      .catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ServerError)
    const { message, sqlstate, position, table, column, constraint, cause } = error as ServerError
    expect({ message, sqlstate, position, table, column, constraint, cause }).toEqual({
      message: 'duplicate key value violates unique constraint "one"',
      sqlstate: '23505',
      position: undefined,
      table: 't',
      column: undefined,
      constraint: 'one',
      cause: undefined,
    })
    await expect(session.query('SELECT 1 FRM t')).rejects.toMatchObject({ sqlstate: '42601', position: 14 })
  })

  test('survives being ended by the server, and says so at the next query', async () => {
    await using session = await testDatabase()
    await session.database.terminateConnections()
    await expect(session.query('SELECT 1')).rejects.toBeInstanceOf(ServerError)
  })
})

describe('a scratch database', () => {
  test('is copied with its rows, though somebody goes only now', async () => {
    const server = await testServer()
    await using original = await server.createDatabase()
    const leaving = await original.connect()
    await leaving.query('CREATE TABLE t AS SELECT 1 AS a')
    const copying = server.createDatabase(original)
    await delay(300)
    await leaving[Symbol.asyncDispose]()
    await using copy = await copying
    await using session = await copy.connect()
    expect(await session.query('SELECT * FROM t')).toEqual({ rows: [{ a: 1 }], rowCount: 1 })
    expect(copy.name).toMatch(/^migration_gate_\d{10}_[0-9a-f]{12}$/)
  })

  test('is dropped, whoever is connected to it', async () => {
    const server = await testServer()
    const database = await server.createDatabase()
    await using session = await database.connect()
    const query = session.query('SELECT pg_sleep(60)').catch((error: unknown) => error)
    await database[Symbol.asyncDispose]()
    expect(await query).toMatchObject({ sqlstate: '57P01' })
    await using other = await testDatabase()
    expect(await other.query('SELECT FROM pg_database WHERE datname = $1', [database.name])).toMatchObject({
      rowCount: 0,
    })
  })
})

describe('a given URL', () => {
  test.each([
    ['postgres://u:p@h:1/d', { host: 'h', port: 1, user: 'u', password: 'p', database: 'd', ssl: false }],
    ['postgresql://h', { host: 'h', port: 5432, user: 'postgres', password: '', database: 'postgres', ssl: false }],
    [
      'postgresql+asyncpg://u:p%40%2F@h/d',
      { host: 'h', port: 5432, user: 'u', password: 'p@/', database: 'd', ssl: false },
    ],
    [
      'postgres://u@h/d?options=-c%20lock_timeout%3D1&statement_timeout=1&connect_timeout=1&application_name=x&sslmode=disable',
      { host: 'h', port: 5432, user: 'u', password: '', database: 'd', ssl: false },
    ],
    [
      'postgres://u@h/d?sslmode=require',
      { host: 'h', port: 5432, user: 'u', password: '', database: 'd', ssl: { rejectUnauthorized: false } },
    ],
    [
      'postgres://u@h/d?sslmode=verify-full',
      { host: 'h', port: 5432, user: 'u', password: '', database: 'd', ssl: {} },
    ],
    [
      'postgres://u@/d?host=/tmp/socket',
      { host: '/tmp/socket', port: 5432, user: 'u', password: '', database: 'd', ssl: false },
    ],
  ])('%s', (url, connection) => {
    expect(fromUrl(url)).toEqual(connection)
  })

  test.each([
    ['mysql://user:hunter2@db.internal/app', 'The URL of the PostgreSQL to use cannot be read'],
    ['postgres://user:hunter2@db.internal:port/app', 'The URL of the PostgreSQL to use cannot be read'],
    ['postgres://user:hunter2@127.0.0.1:1/app', 'Cannot use the given PostgreSQL: connection refused'],
    [
      'postgres://user:hunter2@db.internal.invalid/app',
      'Cannot use the given PostgreSQL: the name of the host is not known',
    ],
  ])('that is of no use is told without its parts: %s', async (url, message) => {
    const error = await startServer({ kind: 'auto', url, major: 17, signal, log }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(UserError)
    const told = `${(error as Error).stack} ${String((error as Error).cause)}`
    expect(told).toContain(message)
    expect(told).not.toMatch(/hunter2|db\.internal/)
  })

  test('whose user may not create databases is refused', async () => {
    await using session = await testDatabase()
    const role = session.database.name
    await session.query(`CREATE ROLE ${role} LOGIN PASSWORD 'p'`)
    try {
      const url = Object.assign(new URL(inject('postgresUrl')), { username: role, password: 'p' }).href
      await expect(startServer({ kind: 'url', url, major: 17, signal, log })).rejects.toThrow(
        new UserError('The user of the given PostgreSQL may not create databases. Give one that has CREATEDB.'),
      )
      const wrong = Object.assign(new URL(url), { password: 'hunter2' }).href
      await expect(startServer({ kind: 'url', url: wrong, major: 17, signal, log })).rejects.toThrow(
        new UserError(`Cannot use the given PostgreSQL: password authentication failed for user "${role}"`),
      )
    } finally {
      await session.query(`DROP ROLE ${role}`)
    }
  })

  test('loses what killed runs have left there a day ago, and nothing else', async () => {
    await using observer = await testDatabase()
    const at = (secondsAgo: number) => `migration_gate_${Math.floor(Date.now() / 1000) - secondsAgo}_0123456789ab`
    const [old, used, young, theirs] = [at(90_000), at(90_001), at(3_600), 'migration_gate_of_somebody']
    const names = [old, used, young, theirs]
    for (const name of names) await observer.query(`CREATE DATABASE ${name}`)
    try {
      const { host, port, user, password } = observer.database
      await using _connected = await connect({ host, port, user, password, database: used })
      const said: string[] = []
      await using _server = await startServer({
        kind: 'url',
        url: inject('postgresUrl'),
        major: 17,
        signal: new AbortController().signal,
        log: (line) => said.push(line),
      })
      const { rows } = await observer.query('SELECT datname FROM pg_database WHERE datname = ANY ($1)', [names])
      expect(rows.map(({ datname }) => datname).sort()).toEqual([used, young, theirs].sort())
      expect(said).toEqual(['Dropped 1 scratch database that killed runs had left behind.'])
    } finally {
      for (const name of names) await observer.query(`DROP DATABASE IF EXISTS ${name}`)
    }
  })

  test('makes and drops databases over one connection, which is opened again where somebody has ended it', async () => {
    await using own = await startServer({ kind: 'embedded', major: 17, signal, log })
    await using observer = await own.connect()
    const kept = async () => {
      const { rows } = await observer.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE datname = 'postgres' AND backend_type = 'client backend' AND pid <> pg_backend_pid()`,
      )
      return rows.map(({ pid }) => pid)
    }
    const [first] = await kept()
    {
      await using one = await own.createDatabase()
      await using _other = await own.createDatabase(one)
      expect(await kept()).toEqual([first])
    }
    expect(await kept()).toHaveLength(1)
    await observer.query('SELECT pg_terminate_backend($1)', [(await kept())[0]])
    await using _again = await own.createDatabase()
    expect(await kept()).toHaveLength(1)
  })

  test('leaves no database behind where a setting is refused', async () => {
    await using own = await startServer({ kind: 'embedded', major: 17, signal, log })
    await using observer = await own.connect()
    await using base = await own.createDatabase()
    const url = `postgres://postgres:${base.password}@127.0.0.1:${base.port}/postgres`
    await using server = await startServer({ kind: 'url', url, major: 17, settings: { work_mem: 'much' }, signal, log })
    await expect(server.createDatabase()).rejects.toMatchObject({ sqlstate: '22023' })
    const { rows } = await observer.query("SELECT datname FROM pg_database WHERE datname LIKE 'migration_gate%'")
    expect(rows).toEqual([{ datname: base.name }])
  })

  test('speaks English where its user may say so, also to whoever comes through the tap', async () => {
    await using own = await startServer({
      kind: 'embedded',
      major: 17,
      settings: { lc_messages: 'POSIX' },
      signal,
      log,
    })
    await using session = await own.connect()
    await session.query(`ALTER ROLE postgres SET lc_messages = 'POSIX'; CREATE ROLE plain LOGIN CREATEDB PASSWORD 'p'`)
    await session.query(`ALTER ROLE plain SET lc_messages = 'POSIX'`)
    await using database = await own.createDatabase()
    const { port, user, password } = database
    const spoken = async (login: string) => {
      const url = `postgres://${login}@127.0.0.1:${port}/postgres`
      await using server = await startServer({ kind: 'url', url, major: 17, signal, log })
      await using scratch = await server.createDatabase()
      await using tap = await openTap(scratch)
      await using direct = await scratch.connect()
      await using through = await tap.connect()
      const asked = [direct, through].map((each) => each.query<{ lc_messages: string }>('SHOW lc_messages'))
      return (await Promise.all(asked)).map(({ rows }) => rows[0]?.lc_messages)
    }
    expect([await spoken(`${user}:${password}`), await spoken('plain:p')]).toEqual([
      ['C', 'C'],
      ['POSIX', 'POSIX'],
    ])
    await session.query('ALTER ROLE postgres RESET lc_messages')
    await using again = await own.connect()
    expect((await again.query('SHOW lc_messages')).rows).toEqual([{ lc_messages: 'C' }])
  })

  test('comes first in auto, and the log says so', async () => {
    const said: string[] = []
    const url = inject('postgresUrl')
    await using server = await startServer({ kind: 'auto', url, major: 17, signal, log: (line) => said.push(line) })
    expect(server.source).toBe('the given URL')
    expect(said).toEqual(['Using the PostgreSQL of the given URL.'])
  })
})

describe('Docker', () => {
  async function engine(answer: boolean): Promise<AsyncDisposable & { readonly host: string }> {
    const server = createServer((request, response) => {
      if (answer) response.writeHead(request.url === '/_ping' ? 200 : 404).end('OK')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    return {
      host: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
      async [Symbol.asyncDispose]() {
        server.closeAllConnections()
        server.close()
      },
    }
  }

  test('is asked whether it is there, for two seconds at most', async () => {
    await using answering = await engine(true)
    await using hanging = await engine(false)
    const begin = performance.now()
    expect({
      answering: await engineAnswers(answering.host, signal),
      hanging: await engineAnswers(hanging.host, signal),
      nobody: await engineAnswers('tcp://127.0.0.1:1', signal),
      socket: await engineAnswers('unix:///nonexistent/docker.sock', signal),
      other: await engineAnswers('ssh://somebody@somewhere', signal),
    }).toEqual({ answering: true, hanging: false, nobody: false, socket: false, other: false })
    expect(performance.now() - begin).toBeLessThan(6_000)
  })

  test('that does not answer is told in a sentence', async () => {
    const usual = process.env.DOCKER_HOST
    process.env.DOCKER_HOST = 'tcp://127.0.0.1:1'
    try {
      await expect(startServer({ kind: 'docker', major: 17, signal, log })).rejects.toThrow(
        new UserError(
          'No Docker engine answers on DOCKER_HOST or /var/run/docker.sock. ' +
            'Start one, or let the gate use an embedded PostgreSQL.',
        ),
      )
    } finally {
      if (usual === undefined) delete process.env.DOCKER_HOST
      else process.env.DOCKER_HOST = usual
    }
  })
})
