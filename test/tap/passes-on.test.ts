import { connect as connectTo } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { Database } from '../../src/postgres/server.ts'
import { message } from '../../src/tap/protocol.ts'
import { openTap, type Reach } from '../../src/tap/tap.ts'
import { testDatabase, testServer } from '../server.ts'
import { say, told, wireTo } from './wire.ts'

// The same conversation with the server and with the tap before it: the client hears the same, and the database holds the same.

const schema = `
  CREATE TABLE t (id int PRIMARY KEY, a text);
  INSERT INTO t SELECT g, 'a' || g FROM generate_series(1, 5) g;
  CREATE TABLE r (t_id int CONSTRAINT r_t REFERENCES t DEFERRABLE INITIALLY DEFERRED);
  CREATE FUNCTION says(text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE '%', $1; RAISE DEBUG 'rewriting table "t"'; END $$`

/** Each turn is sent as one; then the client listens up to a message of this type. */
type Turn = readonly [until: string, ...messages: readonly Buffer[]]
const q = (sql: string): Turn => ['Z', say.query(sql)]
const once = (sql: string, values: readonly string[] = []) => [say.parse(sql), say.bind('', '', values), say.execute()]

const conversations: { readonly [name: string]: readonly Turn[] } = {
  'one statement': [q('SELECT a FROM t ORDER BY id')],
  nothing: [q(''), q(' ; -- nothing')],
  'one statement that fails': [q('SELECT  nothing FROM t'), q('INSERT INTO t VALUES (1)'), q('SELECT 1')],
  'text that is no SQL': [q('SELEC 1'), q('SELECT 1 SELECT 2; SELECT 3')],
  'a parameter in a simple query': [q('PREPARE p AS SELECT $1::int + 1'), q('EXECUTE p (1)')],
  'a transaction': [q('BEGIN'), q('DELETE FROM t'), q('SELECT count(*) FROM t'), q('ROLLBACK'), q('COMMIT')],
  'a transaction that fails': [q('BEGIN'), q('SELECT 1/0'), q('SELECT 1'), q('SELECT 1; SELECT 2'), q('COMMIT')],
  savepoints: [
    q('BEGIN'),
    q('SAVEPOINT a'),
    q('DROP TABLE t CASCADE'),
    q('ROLLBACK TO a'),
    q('SELECT count(*) FROM t'),
    q('COMMIT'),
  ],
  'several statements': [q('INSERT INTO t VALUES (6); SELECT a FROM t WHERE id = 6; UPDATE t SET a = 0;')],
  'several, and the second fails': [
    q("INSERT INTO t VALUES (6);\n-- ä\n  SELECT 'ä', nothing FROM t; SELECT 3"),
    q('SELECT 1'),
  ],
  'several, and the last is no SQL': [q('INSERT INTO t VALUES (6); SELECT 1; SELEC 3'), q('SELECT 1')],
  'several, and a constraint that waits': [q('INSERT INTO r VALUES (7); SELECT 1')],
  'one, and a constraint that waits': [q('INSERT INTO r VALUES (7)'), q('SELECT 1')],
  'several with their own transaction': [q('BEGIN; INSERT INTO t VALUES (6); SELECT 6; COMMIT')],
  'several with their own transaction, that fails': [
    q('BEGIN; INSERT INTO t VALUES (6); SELECT 1/0; SELECT 6; COMMIT'),
    q('SELECT 1'),
    q('ROLLBACK'),
  ],
  'several with their own transaction, and no SQL': [
    q('BEGIN; INSERT INTO t VALUES (6); SELEC 1; COMMIT'),
    q('SELECT 1'),
  ],
  'several with their own transaction, and a constraint that waits': [
    q('BEGIN; INSERT INTO r VALUES (7); COMMIT'),
    q('SELECT 1'),
  ],
  'several with transactions here and there': [
    q(
      'INSERT INTO t VALUES (6); COMMIT; INSERT INTO t VALUES (7); BEGIN; INSERT INTO t VALUES (8); ROLLBACK; SELECT 1',
    ),
    q('BEGIN; INSERT INTO t VALUES (9); COMMIT; INSERT INTO t VALUES (10); SELECT 1/0'),
  ],
  'several in a transaction': [
    q('BEGIN'),
    q('INSERT INTO t VALUES (6); SELECT 6'),
    q("SELECT 6; SELECT 'ä', nothing"),
    q('ROLLBACK'),
  ],
  'several, and a lock': [q('LOCK TABLE t; SELECT 1')],
  'a lock outside of a transaction': [q('LOCK TABLE t'), q('SAVEPOINT a'), q('DECLARE c CURSOR FOR SELECT 1')],
  cursors: [
    q('BEGIN'),
    q('DECLARE c CURSOR FOR SELECT id FROM t ORDER BY id'),
    q('FETCH 2 FROM c; FETCH 1 FROM c'),
    q('COMMIT'),
  ],
  'what makes its own transactions': [
    q('CREATE INDEX CONCURRENTLY i ON t (a)'),
    q('VACUUM t'),
    q('SELECT 1; VACUUM t'),
    q('SELECT 1; CREATE INDEX CONCURRENTLY j ON t (a)'),
    q('BEGIN; VACUUM t; COMMIT'),
    q('ROLLBACK'),
  ],
  'procedures that commit': [
    q(
      'CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO t VALUES (6); COMMIT; INSERT INTO t VALUES (7); END $$',
    ),
    q('CALL p()'),
    q('DO $$ BEGIN INSERT INTO t VALUES (8); COMMIT; INSERT INTO t VALUES (1); END $$'),
    q('SELECT 1; CALL p()'),
  ],
  'a body that is SQL': [
    q('CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END'),
    q('SELECT f(); CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT g()'),
    q('CREATE RULE x AS ON UPDATE TO r DO (DELETE FROM t; SELECT 1)'),
  ],
  backslashes: [q('SET standard_conforming_strings = off'), q("SELECT 'it\\'s; one'"), q("SELECT '\\';'; SELECT 2")],
  'notices, and levels': [
    q("SELECT says('a')"),
    q("SELECT says('a'); SELECT says('b')"),
    q('COMMIT'),
    q('CREATE TABLE IF NOT EXISTS t (id int)'),
  ],
  settings: [
    q("SET application_name = 'x'"),
    q("SET DateStyle = 'German'; SET TimeZone = 'UTC'"),
    q('SHOW DateStyle'),
    q('RESET ALL'),
  ],
  notifications: [q('LISTEN here'), q("NOTIFY here, 'a'"), q("NOTIFY here, 'b'; SELECT 1")],
  'COPY in': [
    ['G', say.query('COPY t (id) FROM STDIN')],
    ['Z', say.rows('6\n7\n'), say.rowsDone()],
    q('SELECT count(*) FROM t'),
  ],
  'COPY in, that fails': [
    ['G', say.query('COPY t (id) FROM STDIN')],
    ['Z', say.rows('1\n'), say.rowsDone()],
    q('SELECT 1'),
  ],
  'COPY in, given up': [
    ['G', say.query('COPY t (id) FROM STDIN')],
    ['Z', say.rows('6\n'), say.rowsFail('no')],
    q('SELECT 1'),
  ],
  'COPY in a transaction, and several': [
    q('BEGIN'),
    ['G', say.query('COPY t (id) FROM STDIN; SELECT 1; COPY t (id) FROM STDIN')],
    ['G', say.rows('6\n'), say.rowsDone()],
    ['Z', say.rows('7\n'), say.rowsDone()],
    q('COMMIT'),
  ],
  'COPY in, extended': [
    ['G', ...once('COPY t (id) FROM STDIN'), say.flush()],
    ['Z', say.rows('6\n'), say.rowsDone(), say.sync()],
    // A Sync too early is not answered.
    ['G', ...once('COPY t (id) FROM STDIN'), say.sync()],
    ['Z', say.rows('7\n'), say.rowsDone(), say.sync()],
    q('SELECT count(*) FROM t'),
  ],
  'COPY out': [q('COPY t TO STDOUT'), q('COPY t TO STDOUT; SELECT 1'), ['Z', ...once('COPY t TO STDOUT'), say.sync()]],
  extended: [
    ['Z', ...once('SELECT $1::text', ['x']), say.sync()],
    ['Z', ...once('DROP TABLE r'), say.sync()],
  ],
  'extended, asked for in parts': [
    ['n', say.parse('DELETE FROM t', 'd'), say.describe('S', 'd'), say.flush()],
    ['Z', say.bind('d', 'p'), say.execute(0, 'p'), say.close('P', 'p'), say.sync()],
    ['Z', say.bind('d'), say.execute(), say.sync()],
  ],
  'extended, row by row': [
    q('BEGIN'),
    ['s', say.parse('SELECT id FROM t ORDER BY id'), say.bind(), say.execute(2), say.flush()],
    ['Z', say.execute(2), say.execute(2), say.sync()],
    q('COMMIT'),
  ],
  'extended, many before one Sync': [
    [
      'Z',
      ...once('INSERT INTO t VALUES (6)'),
      ...once('INSERT INTO t VALUES (7)'),
      ...once('SELECT count(*) FROM t'),
      say.sync(),
    ],
    [
      'Z',
      ...once('BEGIN'),
      ...once('INSERT INTO t VALUES (8)'),
      ...once('COMMIT'),
      ...once('SELECT 1/0'),
      ...once('SELECT 1'),
      say.sync(),
    ],
    ['Z', ...once('INSERT INTO t VALUES (9)'), ...once('INSERT INTO t VALUES (9)'), ...once('SELECT 1'), say.sync()],
    q('SELECT count(*) FROM t'),
  ],
  'extended, that fails': [
    ['Z', ...once('SELEC 1'), say.sync()],
    ['E', say.parse('SELECT nothing'), say.describe('S'), say.flush()],
    ['Z', say.bind(), say.execute(), say.sync()],
    ['Z', ...once('SELECT 1; SELECT 2'), say.sync()],
    ['Z', ...once('INSERT INTO r VALUES (7)'), say.sync()],
    ['Z', ...once(''), say.sync()],
    ['Z', say.sync()],
  ],
  'much at once': [
    q("SELECT repeat('x', 1000000)"),
    q("SELECT repeat('x', 1000) FROM generate_series(1, 3000)"),
    q(`SELECT length('${'y'.repeat(500_000)}')`),
  ],
}

async function hears(way: Reach, turns: readonly Turn[]): Promise<string[]> {
  await using wire = await wireTo(way)
  const heard: string[] = []
  for (const [until, ...messages] of turns) {
    wire.send(...messages)
    // The levels of the tap's own connection are its own affair, and so is who notifies.
    heard.push(...(await wire.hear(until)).map(told).map((line) => (line.startsWith('A ') ? 'A' : line)), '')
  }
  return heard
}

async function holds(database: Database): Promise<unknown> {
  await using session = await database.connect()
  const { rows } = await session.query(
    `SELECT (SELECT json_agg(x ORDER BY x::text) FROM (SELECT relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace) x) AS relations`,
  )
  const { rows: data } = await session.query('SELECT id, a FROM t ORDER BY id')
  return [rows, data]
}

test.each(Object.entries(conversations))('%s', async (_, turns) => {
  const server = await testServer()
  await using straight = await testDatabase(schema)
  await using watched = await server.createDatabase()
  {
    await using session = await watched.connect()
    await session.query(schema)
  }
  const expected = await hears(straight.database, turns)
  await using tap = await openTap(watched)
  const heard = await hears(tap, turns)
  await tap.finish()
  expect(heard).toEqual(expected)
  expect(await holds(watched)).toEqual(await holds(straight.database))
})

describe('also', () => {
  test('a request to cancel, which comes on another connection', async () => {
    await using session = await testDatabase()
    await using tap = await openTap(session.database)
    await using wire = await wireTo(tap)
    wire.send(say.query('SELECT pg_sleep(1e6)'))
    for (let isRunning = false; !isRunning; ) {
      const { rows } = await session.query("SELECT FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'", [
        wire.pid,
      ])
      isRunning = rows.length === 1
    }
    const request = Buffer.alloc(12)
    request.writeInt32BE(80877102, 0)
    request.writeInt32BE(wire.pid, 4)
    request.writeInt32BE(wire.key, 8)
    const socket = connectTo(tap.port, tap.host)
    socket.end(message('', request))
    expect((await wire.hear('Z')).map(told)).toEqual([
      'T pg_sleep:2278',
      'E ERROR 57014 canceling statement due to user request -',
      'Z I',
    ])
  })

  test('a wrong password, and what is no client at all', async () => {
    await using session = await testDatabase()
    await using tap = await openTap(session.database)
    await expect(wireTo({ ...tap, password: 'wrong' })).rejects.toThrow('password authentication failed')
    const socket = connectTo(tap.port, tap.host)
    socket.write('GET / HTTP/1.1\r\n\r\n')
    await new Promise((resolve) => socket.on('close', resolve).resume())
    const { trouble } = await tap.finish()
    expect(trouble).toEqual(['A connection could not be watched: a message of 1195725856 bytes.'])
  })
})
