import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Location } from '../../src/model/location.ts'
import type { Operation } from '../../src/model/operation.ts'
import { parseScript } from '../../src/parse/parse.ts'
import { split } from '../../src/parse/split.ts'
import { script } from '../examples.ts'

const options = { defaultSchema: 'public' }
const file = readFileSync(new URL('statements.sql', import.meta.url), 'utf8')
const statements = split(file).map(({ start, end }) => file.slice(start, end))

/** What an editor shows at a place of the text. */
function textAt(text: string, { line, column }: Pick<Location, 'line' | 'column'>): string {
  return text
    .split('\n')
    .slice(line - 1)
    .join('\n')
    .slice(column - 1)
}

test.each([
  ['plain', statements.join(';\n')],
  ['CRLF', statements.join(';\r\n\r\n')],
  [
    'a byte order mark, tabs and words in other scripts',
    `\uFEFF-- 数\n${statements.map((sql) => `\t/* Größe 🦄 */\t${sql}`).join(';\n')}`,
  ],
  ['all in one line', statements.join('; /* é */ ')],
  ['a statement that the grammar refuses', `${statements.join(';\n-- ü\n')};\nNOT SQL`],
])('every statement stands where it is written: %s', async (_, text) => {
  const parsed = await parseScript(script('up', 'a.sql', text), options)
  expect(parsed.unreadable).toEqual([])
  const found = parsed.statements.map(({ at, sql }) => ({
    sql,
    written: textAt(text, at).slice(0, sql.length),
    lines: at.endLine - at.line,
  }))
  const all = text.endsWith('NOT SQL') ? [...statements, 'NOT SQL'] : statements
  expect(found).toEqual(all.map((sql) => ({ sql, written: sql, lines: sql.split('\n').length - 1 })))
})

/** Each operation of the text, with the words that stand at its place. */
async function placesIn(text: string): Promise<string[]> {
  const { statements } = await parseScript(script('up', 'a.sql', text), options)
  const told = (op: Operation): string[] => [
    `${op.kind} ${op.at.line}-${op.at.endLine} ${textAt(text, op.at).slice(0, 24).split('\n')[0]}`,
    ...(op.kind === 'create-function' ? op.body.flatMap(told) : []),
  ]
  return statements.flatMap(({ operations }) => operations.flatMap(told))
}

test('statements in code stand where they are written', async () => {
  const text = `-- Größe 🦄
DO $do$
DECLARE r record; n int; -- DELETE FROM t
BEGIN
  FOR r IN SELECT 'ü' FROM t LOOP
    DELETE FROM t; COMMIT; DELETE FROM t;
  END LOOP;
  IF true THEN
    SELECT id
      INTO n
      FROM t;
  END IF;
  EXECUTE 'ALTER TABLE t
    ADD "ü" int,
    DROP b';
  EXECUTE format('DROP TABLE %I', 'a');
  EXECUTE $$DROP TABLE $$ || r.name;
  PERFORM f(1);
  n := g(2);
END $do$;
CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS '
begin
  insert into log values (''it''''s'');
  update t set a = 1;
  return new;
end';
CREATE FUNCTION two() RETURNS void LANGUAGE sql AS $$
  -- first
  DELETE FROM a;
  DELETE FROM b
$$;
CREATE FUNCTION three() RETURNS void BEGIN ATOMIC DELETE FROM c; END;
CREATE FUNCTION four() RETURNS void LANGUAGE sql AS E'DELETE\\nFROM d';
DO $$ BEGIN
  BEGIN
    CREATE TYPE mood AS ENUM ('a');
  EXCEPTION WHEN duplicate_object THEN
    UPDATE t SET a = 1;
  END;
END $$`
  const lines = [text, text.replaceAll('\n', '\r\n')]
  for (const each of lines) {
    expect((await placesIn(each)).map((line) => line.trimEnd())).toEqual([
      'do-block 2-20 DO $do$',
      "query 5-5 SELECT 'ü' FROM t LOOP",
      'delete 6-6 DELETE FROM t; COMMIT; D',
      'transaction-control 6-6 COMMIT; DELETE FROM t;',
      'delete 6-6 DELETE FROM t;',
      'query 9-11 SELECT id',
      'add-column 14-14 ADD "ü" int,',
      "drop-column 15-15 DROP b';",
      "drop-table 16-16 format('DROP TABLE %I',",
      'hidden-sql 17-17 $$DROP TABLE $$ || r.nam',
      'query 18-18 f(1);',
      'query 19-19 g(2);',
      'create-function 21-26 CREATE FUNCTION trg() RE',
      'insert 23-23 insert into log values (',
      'update 24-24 update t set a = 1;',
      'create-function 27-31 CREATE FUNCTION two() RE',
      'delete 29-29 DELETE FROM a;',
      'delete 30-30 DELETE FROM b',
      'create-function 32-32 CREATE FUNCTION three()',
      'delete 32-32 CREATE FUNCTION three()',
      'create-function 33-33 CREATE FUNCTION four() R',
      'delete 33-33 CREATE FUNCTION four() R',
      'do-block 34-40 DO $$ BEGIN',
      'create-type 36-36 CREATE TYPE mood AS ENUM',
      'update 38-38 UPDATE t SET a = 1;',
    ])
  }
})
