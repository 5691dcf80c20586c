import { expect, test } from 'vitest'
import { queriesOf } from '../src/queries.ts'
import { repository } from './repository.ts'

async function read(files: Readonly<Record<string, string>>, patterns: readonly string[]): Promise<string[]> {
  await using work = await repository(files)
  const { queries, notChecked } = await queriesOf(work.path, patterns, { defaultSchema: 'public' })
  return [
    ...queries.map(({ sql, at }) => `${at.file}:${at.line} ${sql}`),
    ...notChecked.map(({ what, why, at }) => `${what} (line ${at?.line}): ${why}`),
  ]
}

test('files of SQL, by path and by glob', async () => {
  const files = {
    'queries/users.sql': '-- all of them\nSELECT *\nFROM users;\n\nUPDATE users SET name = $2 WHERE id = $1;\nBEGIN;\n',
    'queries/deep/orders.sql': 'WITH a AS (SELECT 1) SELECT * FROM a',
    'queries/notes.md': 'SELECT',
    'one.sql': 'CALL tidy()',
  }
  expect(await read(files, ['queries/**/*.sql', './one.sql'])).toEqual([
    'queries/deep/orders.sql:1 WITH a AS (SELECT 1) SELECT * FROM a',
    'queries/users.sql:2 SELECT *\nFROM users',
    'queries/users.sql:5 UPDATE users SET name = $2 WHERE id = $1',
    'one.sql:1 CALL tidy()',
  ])
})

test("drivers' placeholders, and what is not planned", async () => {
  const sql =
    'SELECT 1 FROM users WHERE id = :id;\nSELECT 2 FROM users WHERE id = %s;\nSELECT 3 FROM users WHERE id = ?;\nSELEC 4;\nTRUNCATE users;\nSELECT a::text FROM b;\n'
  expect(await read({ 'q.sql': sql }, ['q.sql'])).toEqual([
    'q.sql:6 SELECT a::text FROM b',
    'A query of q.sql (line 1): :id stands for a value that is not known here. Write $1, $2, … for what a driver fills in, as PostgreSQL does.',
    'A query of q.sql (line 2): PostgreSQL cannot parse it: syntax error at or near "%". %s looks like a placeholder. Write $1, $2, … for what a driver fills in, as PostgreSQL does.',
    'A query of q.sql (line 3): PostgreSQL cannot parse it: syntax error at end of input. ? looks like a placeholder. Write $1, $2, … for what a driver fills in, as PostgreSQL does.',
    'A query of q.sql (line 4): PostgreSQL cannot parse it: syntax error at or near "SELEC".',
    'A query of q.sql (line 5): Only what PostgreSQL plans is tried: SELECT, INSERT, UPDATE, DELETE, MERGE, VALUES and CALL.',
  ])
})

test('exports of pg_stat_statements', async () => {
  const csv =
    'calls,query,rows\r\n7,"SELECT name\nFROM ""users"" WHERE id = $1",7\r\n1,CREATE TABLE t (id int),0\r\n3,SELECT $1,3\r\n'
  const json = JSON.stringify(
    [{ query: 'SELECT "a"\nFROM t', calls: 1 }, { query: 'COMMIT' }, { query: 'DELETE FROM t' }],
    null,
    1,
  )
  expect(await read({ 'a.csv': csv, 'b.json': json, 'c.csv': 'query;calls\nSELECT 1;2' }, ['*.csv', 'b.json'])).toEqual(
    [
      'a.csv:2 SELECT name\nFROM "users" WHERE id = $1',
      'a.csv:5 SELECT $1',
      'c.csv:2 SELECT 1',
      'b.json:3 SELECT "a"\nFROM t',
      'b.json:10 DELETE FROM t',
    ],
  )
})

test('what is none', async () => {
  const files = { 'a.csv': 'calls\n1', 'b.json': '{', 'c.json': '[1]', 'd.csv': 'query,x\n"SELECT 1' }
  expect(await read(files, ['*'])).toEqual([
    'The queries of a.csv (line 1): its first line names no column `query`.',
    'The queries of b.json (line 1): it is not JSON.',
    'The queries of c.json (line 1): it is not a list of records with a `query` each.',
    'The queries of d.csv (line 1): it is not CSV: a quote is not closed.',
  ])
  await expect(read(files, ['queries/*.sql'])).rejects.toThrow('queries: no file of the repository is queries/*.sql.')
})
