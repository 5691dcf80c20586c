import { expect, test } from 'vitest'
import type { ParsedScript, SqlFragment } from '../../src/model/migration.ts'
import type { Operation } from '../../src/model/operation.ts'
import { parseScript } from '../../src/parse/parse.ts'
import { script } from '../examples.ts'

const options = { defaultSchema: 'app' }

function parse(sql: string): Promise<ParsedScript> {
  return parseScript(script('up', 'm/002.sql', sql), options)
}

/** What the statements do, with the lines of each operation. */
async function operationsIn(sql: string): Promise<(Omit<Operation, 'at'> & { lines: string })[]> {
  const { statements } = await parse(sql)
  return statements.flatMap(({ operations }) =>
    operations.map(({ at, ...operation }) => ({ lines: `${at.line}-${at.endLine}`, ...operation })),
  )
}

/** What a CREATE TABLE says that says nothing special. */ test('a broken statement is told where it breaks, and hides no other', async () => {
  const sql = "SELECT '🦄' AS ok;\n  UPDATE t SET a = '🦄ü' LIMIT 5;\nCREATE TABLE t (\n  a int,\n);\nSELECT 'open"
  const { statements, unreadable } = await parse(sql)
  const at = { file: 'm/002.sql' }
  expect(unreadable).toEqual([])
  expect(statements.map(({ at, operations }) => ({ at, operations }))).toEqual([
    {
      at: { ...at, line: 1, column: 1, endLine: 1 },
      operations: [
        { kind: 'query', at: { ...at, line: 1, column: 1, endLine: 1 }, statement: 'select', reads: [], calls: [] },
      ],
    },
    {
      at: { ...at, line: 2, column: 3, endLine: 2 },
      operations: [
        {
          kind: 'unparsed',
          at: { ...at, line: 2, column: 26, endLine: 2 },
          message: 'syntax error at or near "LIMIT"',
          near: 'LIMIT',
        },
      ],
    },
    {
      at: { ...at, line: 3, column: 1, endLine: 5 },
      operations: [
        {
          kind: 'unparsed',
          at: { ...at, line: 5, column: 1, endLine: 5 },
          message: 'syntax error at or near ")"',
          near: ')',
        },
      ],
    },
    {
      at: { ...at, line: 6, column: 1, endLine: 6 },
      operations: [
        {
          kind: 'unparsed',
          at: { ...at, line: 6, column: 8, endLine: 6 },
          message: 'unterminated quoted string at or near "\'open"',
          near: "'open",
        },
      ],
    },
  ])
})

test('what is no SQL for the server is unreadable, not broken', async () => {
  const deep = `SELECT ${'1+'.repeat(100_000)}1`
  const sql = `\\set ON_ERROR_STOP on
\\i tables.sql
SELECT :'name', 1;
COPY t FROM stdin;
1
\\.
${deep};
SELECT 1`
  const { statements, unreadable } = await parse(sql)
  expect(unreadable.map(({ at, reason }) => [at.line, at.endLine, reason])).toEqual([
    [2, 2, '\\i is a command of psql, which is not read; the rest of the file is'],
    [3, 3, ":'name' stands for a value that is not known here"],
    [4, 6, 'COPY … FROM stdin and its rows are not read; the rest of the file is'],
    [7, 7, 'the statement nests too deeply to be read'],
  ])
  expect(statements.map(({ sql }) => sql)).toEqual(['SELECT 1'])
})

test('strings whose end depends on standard_conforming_strings', async () => {
  const told = async (sql: string) => {
    const { statements, unreadable } = await parse(sql)
    return [
      ...statements.map(({ at, sql }) => `${at.line} ${sql}`),
      ...unreadable.map(({ at }) => `! ${at.line}-${at.endLine}`),
    ]
  }
  const off = 'SET standard_conforming_strings = off'
  expect(await told(`${off};\nSELECT E'\\'', "\\";\nSELECT '\\'; DROP TABLE a; --';\nSELECT 1;`)).toEqual([
    `1 ${off}`,
    `2 SELECT E'\\'', "\\"`,
    '! 3-4',
  ])
  expect(await told(`${off};\nRESET standard_conforming_strings;\nSELECT '\\'`)).toHaveLength(3)
  expect(await told(`SELECT set_config('standard_conforming_strings', 'false', true);\nSELECT '\\'`)).toEqual([
    "1 SELECT set_config('standard_conforming_strings', 'false', true)",
    '! 2-2',
  ])
})

test('code is read in every kind of string', async () => {
  const sql = `DO E'BEGIN\\n DROP TABLE a; END';
DO 'BEGIN EXECUTE ''DROP TABLE b''; END';
DO U&'BEGIN DROP TABLE \\0063; END';
DO $$BEGIN EXECUTE E'DROP TABLE \\x64'; EXECUTE U&'DROP TABLE \\0065'; EXECUTE 'DROP' || ' TABLE f';
  EXECUTE format('DROP TABLE %I', 'G'); EXECUTE $q$DROP TABLE h$q$ USING 1; END$$`
  const found = await operationsIn(sql)
  expect(found.flatMap((op) => (op.kind === 'drop-table' && 'table' in op ? `${op.lines} ${op.table}` : []))).toEqual([
    '1-1 app.a',
    '2-2 app.b',
    '3-3 app.c',
    '4-4 app.d',
    '4-4 app.e',
    '4-4 app.f',
    '5-5 app.G',
    '5-5 app.h',
  ])
})

test('a NUL ends nothing', async () => {
  const { statements } = await parse('SELECT 1\0; DROP TABLE t')
  expect(statements.map(({ operations }) => operations.map(({ kind }) => kind))).toEqual([['unparsed'], ['drop-table']])
})

test('anchors lead back to the file', async () => {
  const file = 'versions/a.py'
  const fragment: SqlFragment = {
    kind: 'sql',
    file,
    sql: 'ALTER TABLE t\n  ADD a int; DROP TABLE generated;\nSELECT 1\nLIMIT LIMIT',
    anchors: [
      { offset: 0, line: 10, column: 17, verbatim: true },
      { offset: 26, line: 20, column: 5, verbatim: false },
      { offset: 49, line: 30, column: 3, verbatim: true },
    ],
    autocommit: true,
  }
  const { statements } = await parseScript({ ...script('up', file, ''), fragments: [fragment] }, options)
  expect(statements.map(({ at, autocommit, repeated }) => ({ at, autocommit, repeated }))).toEqual([
    { at: { file, line: 10, column: 17, endLine: 11 }, autocommit: true, repeated: false },
    { at: { file, line: 20, column: 5, endLine: 20 }, autocommit: true, repeated: false },
    { at: { file, line: 30, column: 3, endLine: 31 }, autocommit: true, repeated: false },
  ])
  expect(statements[2]?.operations[0]?.at).toEqual({ file, line: 31, column: 7, endLine: 31 })
})
