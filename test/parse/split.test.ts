import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { skipSpace } from '../../src/parse/lexer.ts'
import { parseScript } from '../../src/parse/parse.ts'
import { loadModule, parseSync } from '../../src/parse/pg-query.ts'
import { split } from '../../src/parse/split.ts'
import { examplesIn } from '../examples.ts'

await loadModule()

const statements = [
  'SELECT 1',
  "SELECT 'a;b', 'it''s; so', E'back\\'slash;', E'\\\\', U&'d\\0061t;', B'01', X'1F', N'n;'",
  'SELECT "a;b", "quo""te;", U&"d\\0061t;"',
  'SELECT $$;$$, $tag$ ; $$ ; $tag$, $été$;$été$',
  "SELECT a$b$c, 1 /* ; /* ; */ ; */ + 2 -- ; and '\n",
  "DO $do$ BEGIN EXECUTE $x$ SELECT ';' $x$; END $do$",
  'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 ELSE 2 END; END',
  'CREATE OR REPLACE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC INSERT INTO t VALUES (1); DELETE FROM t; END',
  'CREATE OR REPLACE RULE r AS ON INSERT TO t DO INSTEAD (DELETE FROM a; DELETE FROM b)',
  'CREATE TABLE "Größe" ("naïve" text, 数 int DEFAULT 1)',
  "COMMENT ON TABLE t IS 'crème; 🦄'",
  "SELECT '{1,2}'::int[], a[1:2]",
  "SELECT 'joined'\n  ' on two lines;'",
  'SELECT x FROM t WHERE a <> 1 AND b ? 2 AND c @> $1 AND d -- comment at the end',
]

describe('split cuts where the parser does', () => {
  const pages = readdirSync('rules', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      examplesIn(`rules/${name}/README.md`).flatMap(({ before, up, down = '' }) => [before, up, down]),
    )
  const files = [
    ...statements,
    statements.join(';\n'),
    statements.toReversed().join('\n;;\n/* between; */ '),
    `\uFEFF-- byte order mark\r\n${statements.join(';\r\n')}`,
    ...pages.filter((sql) => sql !== '' && parses(sql)),
  ]
  test.each(files.map((sql, index) => ({ index, sql })))('file $index', ({ sql }) => {
    expect(split(sql).map(({ kind, start, end }) => [kind, sql.slice(start, end)])).toEqual(
      byParser(sql).map((text) => ['sql', text]),
    )
  })

  const ends = [
    "SELECT 1 -- a;\n ; SELECT 2 /* b; */ ; SELECT '--' ; SELECT '*/' /* c */",
    "SELECT 'a\n-- b' -- c\r\n  /* d\n */\n;\nSELECT 3 -- the end",
    'SELECT 1 --\n;\r\n\tSELECT 2\t\n;;',
    "\uFEFFSELECT 'é', 1;\u000CSELECT '🦄' -- 🦄\n;SELECT 2",
  ]
  test.each([...files, ...ends].map((sql, index) => ({ index, sql })))(
    'and so is file $index read',
    async ({ sql }) => {
      const { statements: read, unreadable } = await parsed(sql)
      expect(unreadable).toEqual([])
      expect(read.map((each) => each.sql)).toEqual(split(sql).map(({ start, end }) => sql.slice(start, end)))
    },
  )
})

test.each([
  ['an unclosed parenthesis', 'CREATE TABLE t (a int; SELECT 1', ['CREATE TABLE t (a int', 'SELECT 1']],
  ['an unclosed string', "SELECT 1; SELECT 'a; SELECT 2", ['SELECT 1', "SELECT 'a; SELECT 2"]],
  ['an unclosed dollar quote', 'SELECT 1; SELECT $$a; SELECT 2', ['SELECT 1', 'SELECT $$a; SELECT 2']],
  ['an unclosed quoted name', 'SELECT 1; SELECT "a; SELECT 2', ['SELECT 1', 'SELECT "a; SELECT 2']],
  ['an unclosed comment', 'SELECT 1; SELECT 2 /* a; SELECT 2', ['SELECT 1', 'SELECT 2 /* a; SELECT 2']],
  ['an unclosed comment alone', 'SELECT 1;; /* a */ ; /* b /* c */', ['SELECT 1', '/* b /* c */']],
  ['nothing', '', []],
  ['only comments', '-- a;\n/* b; */ ;;\n', []],
])('%s', (_, sql, expected) => {
  expect(split(sql).map(({ start, end }) => sql.slice(start, end))).toEqual(expected)
})

test.each([
  ['\\x \\\\ SELECT 1;', ['psql \\x', 'sql SELECT 1']],
  ['\\pset border 2 \\i evil.sql\nSELECT 1', ['psql \\pset border 2', 'psql \\i evil.sql', 'sql SELECT 1']],
  ["\\echo it's\nSELECT 1", ["psql \\echo it's", 'sql SELECT 1']],
  ['\\echo \'a\\\\b\' "\\" `\\`\nSELECT 1', ['psql \\echo \'a\\\\b\' "\\" `\\`', 'sql SELECT 1']],
  [
    "\\copy t from 'x\\\\y'\n\\! ls \\\\ x\nSELECT 1",
    ["psql \\copy t from 'x\\\\y'", 'psql \\! ls \\\\ x', 'sql SELECT 1'],
  ],
  ['SELECT 1;\\\\\n\\\\ SELECT 2;\n\\', ['sql SELECT 1', 'sql SELECT 2']],
])('commands of psql that share a line: %s', (sql, expected) => {
  expect(split(sql).map(({ kind, start, end }) => `${kind} ${sql.slice(start, end).trimEnd()}`)).toEqual(expected)
})

test("psql's commands and rows are pieces of their own", () => {
  const sql = [
    '\\set x 1; not a statement',
    'SELECT 1; \\echo done',
    "COPY t (a, b) FROM STDIN WITH (FORMAT csv); -- it's data",
    "1,O'Brien;",
    '\\N,"',
    '\\.',
    'SELECT 2 \\gexec',
    'SELECT 3 \\; SELECT 4;',
    'COPY t TO stdout;',
    'COPY t FROM stdin;',
    "cut off; isn't it",
  ].join('\r\n')
  expect(split(sql).map(({ kind, start, end }) => [kind, sql.slice(start, end).trimEnd()])).toEqual([
    ['psql', '\\set x 1; not a statement'],
    ['sql', 'SELECT 1'],
    ['psql', '\\echo done'],
    ['copy', sql.slice(sql.indexOf('COPY t (a'), sql.indexOf('\r\nSELECT 2'))],
    ['sql', 'SELECT 2'],
    ['psql', '\\gexec'],
    ['sql', 'SELECT 3'],
    ['sql', 'SELECT 4'],
    ['sql', 'COPY t TO stdout'],
    ['copy', sql.slice(sql.indexOf('COPY t FROM'))],
  ])
})

test('rows that look like SQL are rows', async () => {
  for (const rows of ['', 'DELETE FROM users;\n']) {
    const { statements: read, unreadable } = await parsed(`SELECT 1;\nCOPY t FROM stdin;\n${rows}`)
    expect(read.map((each) => each.sql)).toEqual(['SELECT 1'])
    expect(unreadable.map(({ reason }) => reason)).toEqual([
      'COPY … FROM stdin and its rows are not read; the rest of the file is',
    ])
  }
})

function parsed(sql: string) {
  const at = { file: 'a.sql', line: 1, column: 1, endLine: 1 }
  const anchors = [{ offset: 0, line: 1, column: 1, verbatim: true }]
  const fragments = [{ kind: 'sql' as const, sql, file: 'a.sql', anchors }]
  const script = { direction: 'up' as const, file: 'a.sql', at, fragments, transaction: 'none' as const }
  return parseScript(script, { defaultSchema: 'public' })
}

function parses(sql: string): boolean {
  try {
    return (parseSync(sql).stmts ?? []).length > 0
  } catch (error) {
    if (error instanceof Error && error.name === 'SqlError') return false
    throw error
  }
}

/** The statements of a whole file, as PostgreSQL's grammar cuts it; offsets are bytes, and comments before count in. */
function byParser(sql: string): string[] {
  const bytes = Buffer.from(sql)
  return (parseSync(sql.replace('\uFEFF', ' ')).stmts ?? []).map(({ stmt_location: start = 0, stmt_len: length }) => {
    const shift = sql.startsWith('\uFEFF') && start > 0 ? 2 : 0
    const text = bytes.subarray(start + shift, length ? start + shift + length : undefined).toString()
    return withoutTrailingSpace(text.slice(skipSpace(text, 0)))
  })
}

function withoutTrailingSpace(text: string): string {
  return text.replace(/(?:\s|--.*)+$/, '')
}
