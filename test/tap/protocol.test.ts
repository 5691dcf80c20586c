import { describe, expect, test } from 'vitest'
import { Frames, fields, message, ProtocolError, withOptions, withoutChannelBinding } from '../../src/tap/protocol.ts'
import { manner, shape, split } from '../../src/tap/split.ts'
import { workIn } from '../../src/tap/work.ts'

describe('frames', () => {
  const stream = Buffer.concat([
    message('Q', 'SELECT 1'),
    message('S'),
    message('d', Buffer.alloc(70_000, 'x')),
    message('X'),
  ])

  test.each([1, 2, 3, 4, 5, 7, 4096, stream.length])('of %i bytes give the same messages', (size) => {
    const frames = new Frames({ typed: true })
    const found: string[] = []
    const bytes: Buffer[] = []
    for (let at = 0; at < stream.length; at += size) {
      frames.push(stream.subarray(at, at + size))
      for (let each = frames.next(); each; each = frames.next()) {
        found.push(`${each.type} ${each.body.length}`)
        bytes.push(each.bytes)
      }
    }
    expect(found).toEqual(['Q 9', 'S 0', 'd 70000', 'X 0'])
    expect(Buffer.concat(bytes).equals(stream)).toBe(true)
    expect(frames.rest()).toHaveLength(0)
  })

  test('of something else are refused, and can be taken out', () => {
    const frames = new Frames({ typed: true })
    const text = Buffer.from('GET / HTTP/1.1\r\n\r\n')
    frames.push(text)
    expect(() => frames.next()).toThrow(ProtocolError)
    expect(frames.rest().equals(text)).toBe(true)
  })

  test('an option is added to those of the client', () => {
    const version = Buffer.from([0, 3, 0, 0])
    const startup = (...words: string[]) => message('', version, ...words, Buffer.alloc(1)).subarray(4)
    expect(withOptions(startup('user', 'a', 'options', '-c x=1'), '-c y=2').subarray(4)).toEqual(
      startup('user', 'a', 'options', '-c x=1 -c y=2'),
    )
    expect(withOptions(startup('user', 'a'), '-c y=2').subarray(4)).toEqual(startup('user', 'a', 'options', '-c y=2'))
  })

  test('an offer of SASL loses what binds the channel', () => {
    const sasl = (...names: string[]) => message('R', Buffer.from([0, 0, 0, 10]), ...names, Buffer.alloc(1))
    expect(withoutChannelBinding(sasl('SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256').subarray(5))).toEqual(
      sasl('SCRAM-SHA-256'),
    )
  })

  test('fields of an error', () => {
    expect([...fields(message('E', 'SERROR', 'C42601', 'Msyntax error', Buffer.alloc(1)).subarray(5))]).toEqual([
      ['S', 'ERROR'],
      ['C', '42601'],
      ['M', 'syntax error'],
    ])
  })
})

describe('split', () => {
  test('tells where each begins, in UTF-16 and in characters', () => {
    const pieces = split("SELECT '😀'; SELECT '😀é'; SELECT 3", { backslashes: false })
    expect(pieces?.map(({ offset, characters }) => [offset, characters])).toEqual([
      [0, 0],
      [13, 12],
      [27, 25],
    ])
  })

  const texts = (sql: string, backslashes = false) => split(sql, { backslashes })?.map((piece) => piece.sql)

  test.each<[string, string[]]>([
    ['', []],
    [' ; -- nothing\n ;/* ; */', []],
    ['SELECT 1', ['SELECT 1']],
    ['SELECT 1; -- one;\nSELECT 2 ;', ['SELECT 1', 'SELECT 2 ']],
    ["SELECT ';' || 'it''s;'; SELECT 2", ["SELECT ';' || 'it''s;'", 'SELECT 2']],
    ["SELECT E'\\';'; SELECT 2", ["SELECT E'\\';'", 'SELECT 2']],
    ["SELECT '\\'; SELECT 2", ["SELECT '\\'", 'SELECT 2']],
    ['SELECT ";"; SELECT 2', ['SELECT ";"', 'SELECT 2']],
    ['DO $$ BEGIN; END $$; DO $a$ $$ ; $a$', ['DO $$ BEGIN; END $$', 'DO $a$ $$ ; $a$']],
    ['SELECT $1; SELECT a$b; SELECT 2', ['SELECT $1', 'SELECT a$b', 'SELECT 2']],
    ['SELECT /* /* ; */ ; */ 1; SELECT 2', ['SELECT /* /* ; */ ; */ 1', 'SELECT 2']],
    [
      'CREATE RULE r AS ON UPDATE TO t DO (DELETE FROM a; DELETE FROM b); SELECT 2',
      ['CREATE RULE r AS ON UPDATE TO t DO (DELETE FROM a; DELETE FROM b)', 'SELECT 2'],
    ],
  ])('%j', (sql, expected) => {
    expect(texts(sql)).toEqual(expected)
  })

  test.each([
    'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END',
    "SELECT 'open",
    'SELECT $$ open',
    'SELECT (1; SELECT 2',
    'SELECT 1); SELECT 2',
    '/* open',
  ])('does not guess: %j', (sql) => {
    expect(texts(sql)).toBeUndefined()
  })

  test('with strings in which backslashes escape', () => {
    expect(texts("SELECT '\\';'; SELECT 2", true)).toEqual(["SELECT '\\';'", 'SELECT 2'])
  })

  test.each([
    ['CREATE INDEX CONCURRENTLY i ON t (a)', 'own'],
    ['CREATE INDEX "CONCURRENTLY" ON t (a)', 'plain'],
    ['REFRESH MATERIALIZED VIEW CONCURRENTLY m', 'plain'],
    ['/* x */ vacuum t', 'own'],
    ['COPY t FROM STDIN', 'own'],
    ['CLUSTER', 'own'],
    ['CLUSTER t', 'plain'],
    ['REINDEX SCHEMA s', 'own'],
    ['REINDEX TABLE t', 'plain'],
    ['CREATE DATABASE x', 'own'],
    ['begin', 'bound'],
    ["PREPARE TRANSACTION 'x'", 'bound'],
    ['PREPARE x AS SELECT 1', 'plain'],
    ['SET x = 1', 'session'],
  ])('%s is %s', (sql, expected) => {
    expect(split(sql, { backslashes: false })?.map(manner)).toEqual([expected])
  })

  test.each([
    ['SELECT 1; SELECT 2', 'implicit'],
    ['BEGIN; SELECT 1; COMMIT', 'explicit'],
    ['START TRANSACTION; SAVEPOINT a; ROLLBACK TO a; RELEASE a; END;', 'explicit'],
    ['SELECT 1; BEGIN; SELECT 2; COMMIT', undefined],
    ['BEGIN; SELECT 1; COMMIT; SELECT 2', undefined],
    ['BEGIN; SELECT 1; ROLLBACK', 'explicit'],
    ['BEGIN; SELECT 1; ROLLBACK TO a', undefined],
    ['BEGIN; SELECT 1', undefined],
    ['BEGIN; SELECT 1; COMMIT AND CHAIN', undefined],
    ['SELECT 1; VACUUM', undefined],
  ])('%s is %s', (sql, expected) => {
    expect(shape(split(sql, { backslashes: false }) ?? [])).toBe(expected)
  })
})

test.each([
  ['rewriting table "a "b" c"', { kind: 'rewrite', table: 'a "b" c' }],
  ['verifying table "t"', { kind: 'scan', table: 't' }],
  ['validating foreign key constraint "f"', { kind: 'foreign-key-scan', constraint: 'f' }],
  ['building index "i" on table "t" serially', { kind: 'index-build', index: 'i', table: 't' }],
  [
    'building index "i" on table "t" with request for 2 parallel workers',
    { kind: 'index-build', index: 'i', table: 't' },
  ],
  ['building index "pg_toast_1_index" on table "pg_toast_1" serially', undefined],
  ['CREATE TABLE / PRIMARY KEY will create implicit index "t_pkey" for table "t"', undefined],
])('%s', (line, expected) => {
  expect(workIn(line)).toEqual(expected)
})
