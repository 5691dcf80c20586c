import { describe, expect, test } from 'vitest'
import { Cancelled } from '../../src/model/errors.ts'
import type { ParsedScript } from '../../src/model/migration.ts'
import { parseScript } from '../../src/parse/parse.ts'
import { applyScript } from '../../src/rehearse/apply.ts'
import { testDatabase } from '../server.ts'
import { until } from './processes.ts'

const file = 'migrations/001_a.sql'
const limits = { timeoutMs: 20_000, signal: new AbortController().signal }

async function script(
  sql: string,
  transaction: ParsedScript['transaction'] = 'none',
  autocommit = '',
): Promise<ParsedScript> {
  const anchors = [{ offset: 0, line: 1, column: 1, verbatim: true }]
  const fragment = (text: string, outside: boolean) => ({
    kind: 'sql' as const,
    sql: text,
    file,
    anchors,
    autocommit: outside,
  })
  const fragments = [
    fragment(sql, false),
    ...(autocommit ? [fragment(autocommit, true), fragment(sql.replaceAll('one', 'two'), false)] : []),
  ]
  const at = { file, line: 1, column: 1, endLine: 1 }
  return await parseScript({ direction: 'up', file, at, transaction, fragments }, { defaultSchema: 'public' })
}

async function apply(parsed: ParsedScript, setup = '', own: Partial<typeof limits> = {}) {
  const session = await testDatabase(setup)
  const { error } = await applyScript(session.database, parsed, { ...limits, ...own })
  return { session, error }
}

const nothing = { sqlstate: undefined, table: undefined, column: undefined, constraint: undefined, timedOut: false }

describe('a SQL script', () => {
  test('outside of a transaction keeps what came before the error, and names statement and line', async () => {
    const { session, error } = await apply(
      await script(
        'CREATE TABLE t (id int);\n\nINSERT INTO t VALUES (1);\nALTER TABLE t\n  ADD COLUMN email text NOT NULL;\nSELECT 1;',
      ),
    )
    await using _ = session
    expect(error).toEqual({
      sqlstate: '23502',
      message: 'column "email" of relation "t" contains null values',
      statement: 'ALTER TABLE t\n  ADD COLUMN email text NOT NULL',
      at: { file, line: 4, column: 1, endLine: 5 },
      table: 't',
      column: 'email',
      constraint: undefined,
      timedOut: false,
    })
    expect((await session.query('SELECT * FROM t')).rows).toEqual([{ id: 1 }])
  })

  test('in a transaction of the tool keeps nothing', async () => {
    const { session, error } = await apply(await script('CREATE TABLE t (id int); SELECT 1/0;', 'script'))
    await using _ = session
    expect([error?.sqlstate, (await session.query("SELECT to_regclass('t') AS t")).rows]).toEqual([
      '22012',
      [{ t: null }],
    ])
  })

  test('CONCURRENTLY fails in the transaction of the tool, and works without one', async () => {
    const index = await script('CREATE INDEX CONCURRENTLY i ON t (id);', 'script')
    const { session, error } = await apply(index, 'CREATE TABLE t (id int)')
    await using _ = session
    expect(error?.sqlstate).toBe('25001')
    expect((await applyScript(session.database, { ...index, transaction: 'none' }, limits)).error).toBeUndefined()
  })

  test('commits before a statement that goes outside of the transaction, and begins again after it', async () => {
    const { session, error } = await apply(
      await script('INSERT INTO t VALUES (1); -- one', 'script', 'CREATE INDEX CONCURRENTLY i ON t (id); VACUUM t;'),
      'CREATE TABLE t (id int)',
    )
    await using _ = session
    expect([error, (await session.query('SELECT count(*)::int FROM t')).rows]).toEqual([undefined, [{ count: 2 }]])
  })

  test('its own BEGIN and COMMIT count', async () => {
    const { session, error } = await apply(
      await script('BEGIN; CREATE TABLE a (id int); COMMIT; BEGIN; CREATE TABLE b (id int); SELECT 1/0; COMMIT;'),
    )
    await using _ = session
    const { rows } = await session.query("SELECT to_regclass('a') IS NOT NULL AS a, to_regclass('b') IS NOT NULL AS b")
    expect([error?.sqlstate, rows]).toEqual(['22012', [{ a: true, b: false }]])
  })

  test('a transaction that it leaves open is an error, because nothing of it stays', async () => {
    const { session, error } = await apply(await script('SELECT 1;\nBEGIN;\nCREATE TABLE a (id int);'))
    await using _ = session
    expect(error).toEqual({
      ...nothing,
      message:
        'the script ends inside a transaction that it began and did not commit: everything since BEGIN is rolled back',
      statement: 'BEGIN',
      at: { file, line: 2, column: 1, endLine: 2 },
    })
  })

  test('a constraint that waits for COMMIT fails there', async () => {
    const { session, error } = await apply(
      await script('INSERT INTO b VALUES (7);', 'script'),
      'CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a_id int CONSTRAINT b_a REFERENCES a DEFERRABLE INITIALLY DEFERRED)',
    )
    await using _ = session
    expect(error).toMatchObject({
      sqlstate: '23503',
      table: 'b',
      constraint: 'b_a',
      statement: undefined,
      at: undefined,
    })
  })

  test('text that is not SQL is sent, and PostgreSQL says what it thinks of it', async () => {
    const { session, error } = await apply(await script('UPDATE t SET id = 1 LIMIT 5;'), 'CREATE TABLE t (id int)')
    await using _ = session
    expect([error?.sqlstate, error?.message]).toEqual(['42601', 'syntax error at or near "LIMIT"'])
  })

  test('settings do not outlive it, and errors hold no row', async () => {
    const { session } = await apply(await script('SET search_path = nowhere; SET ROLE postgres;'))
    await using _ = session
    const { error } = await applyScript(
      session.database,
      await script('CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (4711); INSERT INTO t SELECT id FROM t;'),
      limits,
    )
    expect([
      error?.sqlstate,
      error?.constraint,
      JSON.stringify(error)
        .replace(error?.statement ?? '', '')
        .includes('4711'),
    ]).toEqual(['23505', 't_pkey', false])
  })

  test('that never ends is ended, whatever it sets', async () => {
    const sleep = await script('SET statement_timeout = 0;\nSELECT pg_sleep(1e6);')
    const { session, error } = await apply(sleep, '', { timeoutMs: 400 })
    await using _ = session
    expect(error).toEqual({
      ...nothing,
      message: 'did not finish within 0.4 s',
      statement: 'SELECT pg_sleep(1e6)',
      at: { file, line: 2, column: 1, endLine: 2 },
      timedOut: true,
    })
  })

  test('is ended when the run is, and leaves no connection', async () => {
    const session = await testDatabase()
    await using _ = session
    await using observer = await testDatabase()
    const controller = new AbortController()
    const running = applyScript(session.database, await script('SELECT pg_sleep(1e6);'), {
      timeoutMs: 20_000,
      signal: controller.signal,
    })
    const sleeping = async () => {
      const { rows } = await observer.query<{ count: number }>(
        "SELECT count(*)::int FROM pg_stat_activity WHERE datname = $1 AND query LIKE 'SELECT pg_sleep%' AND state = 'active'",
        [session.database.name],
      )
      return rows[0]?.count
    }
    await until(async () => (await sleeping()) === 1)
    controller.abort()
    await expect(running).rejects.toBeInstanceOf(Cancelled)
    expect(await sleeping()).toBe(0)
  })
})
