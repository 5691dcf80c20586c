import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { ServerError } from '../../src/postgres/server.ts'
import { openTap, type Reach, type Sight } from '../../src/tap/tap.ts'
import { testDatabase } from '../server.ts'
import { say, wireTo } from './wire.ts'

const users = `
  CREATE TABLE users (id int PRIMARY KEY, email text);
  CREATE TABLE orders (id int PRIMARY KEY, user_id int);
  INSERT INTO users SELECT g, 'x' FROM generate_series(1, 10) g`

/** What a tap sees of this work on a database with `users` and `orders`. */
async function seen(work: (way: Reach) => Promise<void>): Promise<Sight> {
  await using session = await testDatabase(users)
  await using tap = await openTap(session.database)
  await work(tap)
  return await tap.finish()
}

async function seenOf(...queries: readonly string[]): Promise<Sight> {
  return await seen(async (way) => {
    await using session = await way.connect()
    for (const query of queries) await session.query(query).catch(() => undefined)
  })
}

/** A line for each lock on a table, and one for what else was told. */
function told({ statements, locks, trouble }: Sight): string[] {
  return [
    ...statements.flatMap((statement) => {
      const { sql, transaction, tag, sqlstate, work, newFiles } = statement
      const taken = locks.filter((lock) => lock.statement === statement && lock.relation.table === undefined)
      return [
        `${transaction} ${sql} → ${tag ?? sqlstate}`,
        ...taken.map(
          ({ relation, mode, existedBefore }) => `  ${mode} ${relation.name}${existedBefore ? '' : ' (new)'}`,
        ),
        ...work.map((each) => `  ${Object.values(each).join(' ')}`),
        ...newFiles.map(({ name }) => `  new file ${name}`),
      ]
    }),
    ...trouble,
  ]
}

describe('locks', () => {
  test('are told by the statement that took them, names of dropped tables too', async () => {
    const sight = await seenOf(
      'CREATE INDEX users_email_idx ON users (email)',
      'BEGIN',
      'SELECT FROM users',
      'ALTER TABLE users ADD COLUMN a int',
      'UPDATE users SET a = 1',
      'DROP TABLE orders',
      'CREATE TABLE bills (id int)',
      'ALTER TABLE bills ADD b int',
      'COMMIT',
      'DROP TABLE bills',
    )
    expect(told(sight)).toEqual([
      '1 CREATE INDEX users_email_idx ON users (email) → CREATE INDEX',
      '  SHARE public.users',
      '  index-build users_email_idx users',
      '2 BEGIN → BEGIN',
      '2 SELECT FROM users → SELECT 10',
      '  ACCESS SHARE public.users',
      '2 ALTER TABLE users ADD COLUMN a int → ALTER TABLE',
      '  ACCESS EXCLUSIVE public.users',
      '2 UPDATE users SET a = 1 → UPDATE 10',
      '  ROW EXCLUSIVE public.users',
      '2 DROP TABLE orders → DROP TABLE',
      '  ACCESS EXCLUSIVE public.orders',
      '2 CREATE TABLE bills (id int) → CREATE TABLE',
      '2 ALTER TABLE bills ADD b int → ALTER TABLE',
      '2 COMMIT → COMMIT',
      '3 DROP TABLE bills → DROP TABLE',
    ])
  })

  test('of a failed statement are not known, and go with its transaction', async () => {
    expect(
      told(await seenOf('BEGIN', 'LOCK orders', 'ALTER TABLE users ADD id int', 'ROLLBACK', 'DROP TABLE nothing')),
    ).toEqual([
      '1 BEGIN → BEGIN',
      '1 LOCK orders → LOCK TABLE',
      '  ACCESS EXCLUSIVE public.orders',
      '1 ALTER TABLE users ADD id int → 42701',
      '1 ROLLBACK → ROLLBACK',
      '2 DROP TABLE nothing → 42P01',
    ])
  })

  test('end with the part of a transaction that is taken back', async () => {
    const sight = await seenOf(
      'BEGIN',
      'SAVEPOINT a',
      'LOCK users',
      'ROLLBACK TO a',
      'SELECT pg_sleep(0.2)',
      'LOCK orders',
      'COMMIT',
    )
    const [first, second] = sight.locks
    expect([first?.relation.name, second?.relation.name]).toEqual(['public.users', 'public.orders'])
    expect((first?.until ?? 0) - (first?.statement.start ?? 0)).toBeLessThan(150)
    const commit = sight.statements.at(-1)
    expect(second?.until).toBeGreaterThanOrEqual((commit?.start ?? 0) + (commit?.ms ?? 0))
  })

  test('of several statements in one message are told apart', async () => {
    const one = 'ALTER TABLE users ADD a int; CREATE INDEX ON orders (user_id);'
    expect(told(await seenOf(one, `BEGIN; LOCK users; ${one} COMMIT`))).toEqual([
      '1 ALTER TABLE users ADD a int → ALTER TABLE',
      '  ACCESS EXCLUSIVE public.users',
      '1 CREATE INDEX ON orders (user_id) → CREATE INDEX',
      '  SHARE public.orders',
      '  index-build orders_user_id_idx orders',
      '2 BEGIN → BEGIN',
      '2 LOCK users → LOCK TABLE',
      '  ACCESS EXCLUSIVE public.users',
      '2 ALTER TABLE users ADD a int → 42701',
    ])
  })

  test('of those that cannot be told apart are caught while they run, and that is said', async () => {
    const both = 'BEGIN; LOCK users; SELECT pg_sleep(0.2); COMMIT; BEGIN; LOCK orders; SELECT pg_sleep(0.2); COMMIT'
    expect(told(await seenOf(both))).toEqual([
      `1 ${both} → COMMIT`,
      '  ACCESS EXCLUSIVE public.users',
      '  ACCESS EXCLUSIVE public.orders',
      'Several statements came in one message that cannot be taken apart, so what each of them locked was seen only in passing.',
    ])
  })

  test('of a prepared statement in a pipeline are told one by one', async () => {
    const sight = await seen(async (way) => {
      await using wire = await wireTo(way)
      const run = (sql: string) => [say.parse(sql), say.bind(), say.execute()]
      wire.send(...run('LOCK users IN SHARE MODE'), say.sync())
      await wire.hear('Z')
      wire.send(
        ...run('BEGIN'),
        ...run('LOCK users IN SHARE MODE'),
        ...run('DELETE FROM orders'),
        ...run('COMMIT'),
        say.sync(),
      )
      await wire.hear('Z')
    })
    expect(told(sight)).toEqual([
      '1 LOCK users IN SHARE MODE → 25P01',
      '2 BEGIN → BEGIN',
      '2 LOCK users IN SHARE MODE → LOCK TABLE',
      '  SHARE public.users',
      '2 DELETE FROM orders → DELETE 0',
      '  ROW EXCLUSIVE public.orders',
      '2 COMMIT → COMMIT',
    ])
  })

  test('of several connections at once are each told apart', async () => {
    const sight = await seen(async (way) => {
      await using a = await way.connect()
      await using b = await way.connect()
      await a.query('BEGIN')
      await b.query('BEGIN')
      await a.query('LOCK users')
      await b.query('LOCK orders')
      await Promise.all([a.query('COMMIT'), b.query('COMMIT')])
    })
    expect(sight.locks.map(({ relation, statement }) => `${statement.transaction} ${relation.name}`)).toEqual([
      '1 public.users',
      '2 public.orders',
    ])
  })
})

describe('work', () => {
  test('is told whatever level the client asks for, and not by a function of the migration', async () => {
    const sight = await seenOf(
      'SET client_min_messages = error',
      'ALTER TABLE users ALTER id TYPE bigint',
      'BEGIN',
      'SET LOCAL client_min_messages = warning',
      'ALTER TABLE users ALTER email SET NOT NULL',
      'COMMIT',
      `DO $$ BEGIN RAISE DEBUG 'rewriting table "orders"'; END $$`,
    )
    expect(told(sight).filter((line) => line.startsWith('  ') && line === line.toLowerCase())).toEqual([
      '  rewrite users',
      '  index-build users_pkey users',
      '  scan users',
    ])
  })

  test('that PostgreSQL does not tell is seen by the file, after the commit', async () => {
    const sight = await seenOf(
      'BEGIN',
      'TRUNCATE users',
      'CREATE TABLE a (id int)',
      'COMMIT',
      'BEGIN; TRUNCATE orders; ROLLBACK',
      'VACUUM FULL orders',
      'ALTER TABLE users SET UNLOGGED',
    )
    expect(sight.statements.flatMap(({ sql, newFiles }) => newFiles.map(({ name }) => `${sql}: ${name}`))).toEqual([
      'TRUNCATE users: public.users',
      'VACUUM FULL orders: public.orders',
    ])
  })
})

test('who asks is ended, and comes again', async () => {
  await using session = await testDatabase(users)
  await using tap = await openTap(session.database)
  await session.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  )
  {
    await using through = await tap.connect()
    await through.query('LOCK users').catch(() => undefined)
    await through.query('DROP TABLE users')
  }
  expect(told(await tap.finish())).toEqual([
    '1 LOCK users → 25P01',
    '2 DROP TABLE users → DROP TABLE',
    '  ACCESS EXCLUSIVE public.users',
  ])
})

test('who asks cannot come again: the migration goes on, and it is said', async () => {
  await using elsewhere = await testDatabase()
  await using session = await testDatabase(users)
  await using tap = await openTap(session.database)
  {
    await using through = await tap.connect()
    await elsewhere.query(`ALTER DATABASE ${session.database.name} ALLOW_CONNECTIONS false`)
    await session.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> ALL ($1)',
      [[session.pid, through.pid]],
    )
    await through.query('BEGIN')
    await through.query('DROP TABLE users')
    await through.query('SELECT 1; DROP TABLE orders')
    await through.query('COMMIT')
    await through.query('CREATE TABLE made (id int)')
  }
  const sight = await tap.finish()
  const { rows } = await session.query("SELECT to_regclass('made')::text AS made, to_regclass('users')::text AS users")
  expect([sight.locks, sight.trouble, rows]).toEqual([
    [],
    [
      `The connection that asks for locks failed: database "${session.database.name}" is not currently accepting connections.`,
    ],
    [{ made: 'made', users: null }],
  ])
})

test('who asks is gone when the names of new tables are wanted: what was seen of old ones stays, and it is said', async () => {
  await using elsewhere = await testDatabase()
  await using session = await testDatabase(users)
  await using tap = await openTap(session.database)
  {
    await using through = await tap.connect()
    await through.query('CREATE TABLE made (id int)')
    await through.query('ALTER TABLE users ADD COLUMN a int')
    // A lock on a relation that was not there before.
    await through.query('DROP TABLE made')
  }
  await elsewhere.query(`ALTER DATABASE ${session.database.name} ALLOW_CONNECTIONS false`)
  await session.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> $1',
    [session.pid],
  )
  const { locks, trouble } = await tap.finish()
  expect([locks.map(({ mode, relation }) => `${mode} ${relation.name}`), trouble]).toEqual([
    ['ACCESS EXCLUSIVE public.users'],
    [
      `The names of new relations could not be asked for: database "${session.database.name}" is not currently accepting connections.`,
    ],
  ])
})

test('a server that hangs up when it is asked for TLS ends the watch', { timeout: 20_000 }, async () => {
  await using session = await testDatabase(users)
  const hangsUp = createServer((socket) => socket.once('data', () => socket.end())).listen(0, '127.0.0.1')
  await once(hangsUp, 'listening')
  const { port } = hangsUp.address() as AddressInfo
  try {
    await using tap = await openTap({ ...session.database, host: '127.0.0.1', port, ssl: true })
    await expect(tap.connect()).rejects.toThrow(ServerError)
    const { statements, trouble } = await tap.finish()
    expect([statements, trouble]).toEqual([[], ['A connection could not be watched: the server does not offer TLS.']])
  } finally {
    hangsUp.close()
  }
})

test('a client that goes away in the middle of a statement ends the watch', async () => {
  await using session = await testDatabase(users)
  await using tap = await openTap(session.database)
  const wire = await wireTo(tap)
  wire.send(say.query('SELECT pg_sleep(1e6)'))
  await wire[Symbol.asyncDispose]()
  const sight = await tap.finish()
  expect(sight.statements.map(({ sql, tag }) => [sql, tag])).toEqual([['SELECT pg_sleep(1e6)', undefined]])
  await session.database.terminateConnections()
})
