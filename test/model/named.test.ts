import { expect, test } from 'vitest'
import { type Named, named } from '../../src/model/named.ts'
import { parseScript } from '../../src/parse/parse.ts'
import { script } from '../examples.ts'

/** What the operations of one statement name, each list once, without what is empty. */
async function namesIn(sql: string): Promise<Partial<Named>> {
  const parsed = await parseScript(script('up', 'a.sql', sql), { defaultSchema: 'public' })
  const all = parsed.statements.flatMap(({ operations }) => operations.map(named))
  const of = (list: keyof Named) => [...new Set<string>(all.flatMap((each) => each[list]))]
  const lists = (['relations', 'reads', 'others', 'parts'] as const).map((list) => [list, of(list)] as const)
  return Object.fromEntries(lists.filter(([, names]) => names.length > 0))
}

test.each<[sql: string, names: Partial<Record<keyof Named, string[]>>]>([
  [
    'CREATE TABLE t (a int CONSTRAINT small CHECK (a < 9), b int REFERENCES p, LIKE l) INHERITS (m)',
    { relations: ['public.t', 'public.m', 'public.p'], reads: ['public.l'], parts: ['small'] },
  ],
  ['CREATE TABLE t PARTITION OF p DEFAULT', { relations: ['public.t', 'public.p'] }],
  ['CREATE TABLE t OF s.pair', { relations: ['public.t'], others: ['s.pair'] }],
  ['CREATE TABLE t AS SELECT * FROM o', { relations: ['public.t'], reads: ['public.o'] }],
  ['CREATE MATERIALIZED VIEW m AS SELECT * FROM o', { relations: ['public.m'], reads: ['public.o'] }],
  ['CREATE VIEW s.v AS SELECT * FROM o', { relations: ['s.v'], reads: ['public.o'] }],
  ['REFRESH MATERIALIZED VIEW m', { relations: ['public.m'] }],
  ['ALTER TABLE t ADD COLUMN "A b" int', { relations: ['public.t'], parts: ['A b'] }],
  ['ALTER TABLE t DROP COLUMN a CASCADE', { relations: ['public.t'], parts: ['a'] }],
  ['ALTER TABLE t ALTER a TYPE s.mood', { relations: ['public.t'], parts: ['a'] }],
  ['ALTER TABLE t ALTER a ADD GENERATED ALWAYS AS IDENTITY', { relations: ['public.t'], parts: ['a'] }],
  ['ALTER TABLE t ADD UNIQUE USING INDEX i', { relations: ['public.t'], others: ['i'] }],
  ['ALTER TABLE t VALIDATE CONSTRAINT c', { relations: ['public.t'], parts: ['c'] }],
  ['ALTER TABLE t INHERIT p', { relations: ['public.t', 'public.p'] }],
  ['ALTER TABLE t DETACH PARTITION p CONCURRENTLY', { relations: ['public.t', 'public.p'] }],
  ['ALTER TABLE t REPLICA IDENTITY USING INDEX i', { relations: ['public.t'], others: ['i'] }],
  ['ALTER INDEX i ATTACH PARTITION s.j', { relations: ['public.i', 's.j'] }],
  ['DROP TABLE a, s.b', { relations: ['public.a', 's.b'] }],
  ['DROP INDEX CONCURRENTLY i', { relations: ['public.i'] }],
  ['CREATE INDEX i ON t (a)', { relations: ['public.t'], others: ['i'] }],
  ['REINDEX TABLE t', { relations: ['public.t'] }],
  ['REINDEX SCHEMA s', { others: ['s'] }],
  ['VACUUM a, b', { relations: ['public.a', 'public.b'] }],
  ['CLUSTER t USING i', { relations: ['public.t'], others: ['i'] }],
  ['TRUNCATE a, b', { relations: ['public.a', 'public.b'] }],
  [
    'CREATE TRIGGER tr BEFORE INSERT ON t EXECUTE FUNCTION s.f()',
    { relations: ['public.t'], others: ['s.f'], parts: ['tr'] },
  ],
  ['ALTER TABLE t DISABLE TRIGGER tr', { relations: ['public.t'], parts: ['tr'] }],
  ['CREATE POLICY own ON t', { relations: ['public.t'], parts: ['own'] }],
  ['INSERT INTO t SELECT * FROM o', { relations: ['public.t'], reads: ['public.o'] }],
  ['UPDATE t SET a = o.a FROM o', { relations: ['public.t'], reads: ['public.o'] }],
  ['SELECT 1 FROM o', { reads: ['public.o'] }],
  ['COPY t TO STDOUT', { relations: ['public.t'] }],
  ["CREATE TYPE mood AS ENUM ('ok')", { others: ['public.mood'] }],
  ["ALTER TYPE mood ADD VALUE 'sad'", { others: ['public.mood'], parts: ['sad'] }],
  ["ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'", { others: ['public.mood'], parts: ['sad'] }],
  ['ALTER DOMAIN d DROP CONSTRAINT c', { others: ['public.d'], parts: ['c'] }],
  ['ALTER DOMAIN d RENAME CONSTRAINT c TO e', { others: ['public.d'], parts: ['c'] }],
  ['ALTER TYPE pair DROP ATTRIBUTE a', { others: ['public.pair'], parts: ['a'] }],
  [`CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'`, { others: ['public.f'] }],
  ['DROP VIEW v', { relations: ['public.v'] }],
  ['DROP FUNCTION f(int)', { others: ['public.f'] }],
  ['DROP TRIGGER tr ON t', { relations: ['public.t'], parts: ['tr'] }],
  ['DROP SCHEMA s', { others: ['s'] }],
  ['ALTER TABLE t RENAME TO u', { relations: ['public.t'] }],
  ['ALTER TABLE t RENAME a TO b', { relations: ['public.t'], parts: ['a'] }],
  ['ALTER TABLE t SET SCHEMA s', { relations: ['public.t'], others: ['s'] }],
  ['ALTER SEQUENCE q OWNER TO bob', { relations: ['public.q'] }],
  ['COMMENT ON COLUMN t.a IS NULL', { relations: ['public.t'], parts: ['a'] }],
  ['CREATE EXTENSION pgcrypto SCHEMA s', { others: ['pgcrypto', 's'] }],
  ['CREATE SEQUENCE q OWNED BY t.a', { relations: ['public.q', 'public.t'] }],
  ['ALTER SEQUENCE q OWNED BY NONE', { relations: ['public.q'] }],
  ["SELECT setval('q', 1)", { relations: ['public.q'] }],
  ['GRANT SELECT ON t, v TO bob', { relations: ['public.t', 'public.v'], others: ['bob'] }],
  ['REVOKE EXECUTE ON FUNCTION f() FROM PUBLIC', { others: ['public.f', 'PUBLIC'] }],
  ['GRANT SELECT ON ALL TABLES IN SCHEMA s TO bob', { others: ['s', 'bob'] }],
  ['GRANT a TO b', { others: ['a', 'b'] }],
  ['DROP ROLE bob', { others: ['bob'] }],
  ['PREPARE one AS DELETE FROM t', { relations: ['public.t'] }],
  ['SET CONSTRAINTS c DEFERRED', { parts: ['c'] }],
  ["SET work_mem = '1MB'", {}],
  ['NOT SQL', {}],
])('%s', async (sql, names) => {
  expect(await namesIn(sql)).toEqual(names)
})
