import { describe, expect, test } from 'vitest'
import type { DataChange } from '../../../src/model/round-trip.ts'
import { contents } from '../../../src/postgres/contents.ts'
import { compareContents } from '../../../src/postgres/drift/contents.ts'
import { ServerError } from '../../../src/postgres/server.ts'
import { testDatabase } from '../../server.ts'

interface Scenario {
  readonly name: string
  readonly base: string
  readonly up: string
  readonly down: string
  /** The SQLSTATE with which the upgrade ends, or what the downgrade did not bring back. */
  readonly outcome: string | readonly string[]
}

const hundred = (values: string) => `INSERT INTO t SELECT ${values} FROM generate_series(1, 100) g`

const scenarios: readonly Scenario[] = [
  {
    name: 'drop a column and add it again',
    base: `CREATE TABLE t (id int PRIMARY KEY, a text); ${hundred(`g, 'v' || g`)}`,
    up: 'ALTER TABLE t DROP a',
    down: 'ALTER TABLE t ADD a text',
    outcome: ['values-lost public.t a 100 -> 100'],
  },
  {
    name: 'varchar cut short by USING',
    base: `CREATE TABLE t (id int PRIMARY KEY, a varchar(50)); ${hundred(`g, repeat('x', g % 40)`)}`,
    up: 'ALTER TABLE t ALTER a TYPE varchar(20) USING left(a, 20)',
    down: 'ALTER TABLE t ALTER a TYPE varchar(50)',
    outcome: ['values-changed public.t a 100 -> 100'],
  },
  {
    name: 'varchar narrowed without USING',
    base: `CREATE TABLE t (id int PRIMARY KEY, a varchar(50)); ${hundred(`g, repeat('x', g % 40)`)}`,
    up: 'ALTER TABLE t ALTER a TYPE varchar(20)',
    down: 'SELECT 1',
    outcome: '22001',
  },
  {
    name: 'numeric with fewer decimals',
    base: `CREATE TABLE t (id int PRIMARY KEY, a numeric(10, 4)); ${hundred('g, g / 7.0')}`,
    up: 'ALTER TABLE t ALTER a TYPE numeric(10, 2)',
    down: 'ALTER TABLE t ALTER a TYPE numeric(10, 4)',
    outcome: ['values-changed public.t a 100 -> 100'],
  },
  {
    name: 'double precision to real',
    base: `CREATE TABLE t (id int PRIMARY KEY, a float8); ${hundred('g, g / 7.0')}`,
    up: 'ALTER TABLE t ALTER a TYPE float4',
    down: 'ALTER TABLE t ALTER a TYPE float8',
    outcome: ['values-changed public.t a 100 -> 100'],
  },
  {
    name: 'timestamp to date',
    base: `CREATE TABLE t (id int PRIMARY KEY, a timestamp); ${hundred(`g, timestamp '2024-01-01' + g * interval '1h'`)}`,
    up: 'ALTER TABLE t ALTER a TYPE date',
    down: 'ALTER TABLE t ALTER a TYPE timestamp',
    outcome: ['values-changed public.t a 100 -> 100'],
  },
  {
    name: 'timestamptz to timestamp and back, in one time zone',
    base: `CREATE TABLE t (id int PRIMARY KEY, a timestamptz); ${hundred(`g, timestamptz '2024-01-01 00:00Z' + g * interval '1h'`)}`,
    up: 'ALTER TABLE t ALTER a TYPE timestamp',
    down: 'ALTER TABLE t ALTER a TYPE timestamptz',
    outcome: [],
  },
  {
    name: 'json to jsonb and back',
    base: `CREATE TABLE t (id int PRIMARY KEY, a json); ${hundred(`g, ('{"b": 1,  "a": 2, "a": ' || g || '}')::json`)}`,
    up: 'ALTER TABLE t ALTER a TYPE jsonb',
    down: 'ALTER TABLE t ALTER a TYPE json',
    outcome: ['values-changed public.t a 100 -> 100'],
  },
  {
    name: 'enum labels merged',
    base: `CREATE TYPE e AS ENUM ('a', 'b', 'c'); CREATE TABLE t (id int PRIMARY KEY, a e);
      ${hundred(`g, (ARRAY['a', 'b', 'c'])[1 + g % 3]::e`)}`,
    up: `CREATE TYPE e2 AS ENUM ('a', 'b'); ALTER TABLE t ALTER a TYPE e2 USING (CASE WHEN a = 'c' THEN 'b' ELSE a::text END)::e2; DROP TYPE e`,
    down: `CREATE TYPE e AS ENUM ('a', 'b', 'c'); ALTER TABLE t ALTER a TYPE e USING a::text::e; DROP TYPE e2`,
    outcome: ['values-changed public.t a 100 -> 100'],
  },
  {
    name: 'enum label in use removed',
    base: `CREATE TYPE e AS ENUM ('a', 'b', 'c'); CREATE TABLE t (id int PRIMARY KEY, a e);
      ${hundred(`g, (ARRAY['a', 'b', 'c'])[1 + g % 3]::e`)}`,
    up: `CREATE TYPE e2 AS ENUM ('a', 'b'); ALTER TABLE t ALTER a TYPE e2 USING a::text::e2`,
    down: 'SELECT 1',
    outcome: '22P02',
  },
  {
    name: 'nulls filled for NOT NULL',
    base: `CREATE TABLE t (id int PRIMARY KEY, a int); ${hundred('g, nullif(g % 5, 0)')}`,
    up: 'UPDATE t SET a = 0 WHERE a IS NULL; ALTER TABLE t ALTER a SET NOT NULL',
    down: 'ALTER TABLE t ALTER a DROP NOT NULL',
    outcome: ['values-changed public.t a 100 -> 100'],
  },
  {
    name: 'NOT NULL over nulls',
    base: `CREATE TABLE t (id int PRIMARY KEY, a int); ${hundred('g, nullif(g % 5, 0)')}`,
    up: 'ALTER TABLE t ALTER a SET NOT NULL',
    down: 'SELECT 1',
    outcome: '23502',
  },
  {
    name: 'unique over duplicates',
    base: `CREATE TABLE t (id int PRIMARY KEY, a int); ${hundred('g, g % 50')}`,
    up: 'CREATE UNIQUE INDEX u ON t (a)',
    down: 'SELECT 1',
    outcome: '23505',
  },
  {
    name: 'duplicates deleted',
    base: `CREATE TABLE t (id int PRIMARY KEY, a int); ${hundred('g, g % 50')}`,
    up: 'DELETE FROM t x USING t y WHERE x.a = y.a AND x.id > y.id; CREATE UNIQUE INDEX u ON t (a)',
    down: 'DROP INDEX u',
    outcome: ['rows-lost public.t  100 -> 50'],
  },
  {
    name: 'name split in two and joined again',
    base: `CREATE TABLE t (id int PRIMARY KEY, name text); ${hundred(`g, 'f' || g || ' l' || g`)}`,
    up: `ALTER TABLE t ADD f text, ADD l text; UPDATE t SET f = split_part(name, ' ', 1), l = split_part(name, ' ', 2); ALTER TABLE t DROP name`,
    down: `ALTER TABLE t ADD name text; UPDATE t SET name = f || ' ' || l; ALTER TABLE t DROP f, DROP l`,
    outcome: [],
  },
  {
    name: 'int to smallint, out of range',
    base: `CREATE TABLE t (id int PRIMARY KEY, a int); ${hundred('g, g * 1000')}`,
    up: 'ALTER TABLE t ALTER a TYPE smallint',
    down: 'SELECT 1',
    outcome: '22003',
  },
  {
    name: 'char(n) takes the blanks at the end',
    base: `CREATE TABLE t (id int PRIMARY KEY, a text); ${hundred(`g, 'x '`)}`,
    up: 'ALTER TABLE t ALTER a TYPE char(5)',
    down: 'ALTER TABLE t ALTER a TYPE text',
    outcome: ['values-changed public.t a 100 -> 100'],
  },
  {
    name: 'table and column renamed and back',
    base: `CREATE TABLE t (id int PRIMARY KEY, a text); ${hundred(`g, 'v' || g`)}`,
    up: 'ALTER TABLE t RENAME TO t9; ALTER TABLE t9 RENAME a TO b',
    down: 'ALTER TABLE t9 RENAME b TO a; ALTER TABLE t9 RENAME TO t',
    outcome: [],
  },
  {
    name: 'orphans deleted for a foreign key',
    base: `CREATE TABLE p (id int PRIMARY KEY); INSERT INTO p SELECT g FROM generate_series(1, 50) g;
      CREATE TABLE t (id int PRIMARY KEY, p int); ${hundred('g, g')}`,
    up: 'DELETE FROM t WHERE p NOT IN (SELECT id FROM p); ALTER TABLE t ADD FOREIGN KEY (p) REFERENCES p (id)',
    down: 'ALTER TABLE t DROP CONSTRAINT t_p_fkey',
    outcome: ['rows-lost public.t  100 -> 50'],
  },
  {
    name: 'a table and a column that are gone, and held something',
    base: `CREATE TABLE t (id int, a text); ${hundred(`g, 'x'`)}; CREATE TABLE u (id int); INSERT INTO u VALUES (1); CREATE TABLE empty (id int)`,
    up: 'DROP TABLE u, empty; ALTER TABLE t DROP a',
    down: 'SELECT 1',
    outcome: ['values-lost public.t a 100 -> 100', 'rows-lost public.u  1 -> 0'],
  },
  {
    name: 'rows that the downgrade forgets to remove, and no word on what they hold',
    base: `CREATE TABLE t (id int, a text); ${hundred(`g, 'x'`)}`,
    up: `INSERT INTO t VALUES (101, 'y')`,
    down: 'SELECT 1',
    outcome: ['rows-left-behind public.t  100 -> 101'],
  },
  {
    name: 'a letter changed under a collation that does not tell it apart',
    base: `CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
      CREATE TABLE t (id int, a text COLLATE nocase); INSERT INTO t VALUES (1, 'x')`,
    up: `UPDATE t SET a = 'X'`,
    down: 'SELECT 1',
    outcome: ['values-changed public.t a 1 -> 1'],
  },
  {
    name: 'rows of a partition, of an inheriting table, and of a table without columns',
    base: `CREATE TABLE t (id int) PARTITION BY RANGE (id); CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (999); ${hundred('g')};
      CREATE TABLE p (id int); CREATE TABLE c () INHERITS (p); INSERT INTO c VALUES (1), (2); CREATE TABLE bare (); INSERT INTO bare DEFAULT VALUES`,
    up: 'DELETE FROM t1 WHERE id > 10; DELETE FROM c WHERE id = 1; DELETE FROM bare',
    down: 'SELECT 1',
    outcome: ['rows-lost public.bare  1 -> 0', 'rows-lost public.c  2 -> 1', 'rows-lost public.t  100 -> 10'],
  },
]

describe('the rows after an upgrade and its downgrade', () => {
  test.each(scenarios)('$name', async ({ base, up, down, outcome }) => {
    await using session = await testDatabase(base)
    const before = await contents(session, { exclude: [] })
    const failure = await session.query(up).then(
      () => undefined,
      (error: unknown) => error,
    )
    if (failure !== undefined) {
      expect(failure).toBeInstanceOf(ServerError)
      expect((failure as ServerError).sqlstate).toBe(outcome)
      return
    }
    await session.query(down)
    expect(compareContents(before, await contents(session, { exclude: [] }), 'down').map(line)).toEqual(outcome)
  })
})

test('a second upgrade may take other values, but not other numbers of them', async () => {
  await using session = await testDatabase(
    `CREATE TABLE t (id int, at timestamptz, a int, b int); ${hundred('g, now(), g, NULL')}`,
  )
  const before = await contents(session, { exclude: [] })
  await session.query('UPDATE t SET at = clock_timestamp()')
  expect(compareContents(before, await contents(session, { exclude: [] }), 'up-again')).toEqual([])

  await session.query('UPDATE t SET a = NULL, b = 1 WHERE id = 1')
  const about = { after: 'up-again', table: 'public.t', rowsBefore: 100, rowsAfter: 100 }
  expect(compareContents(before, await contents(session, { exclude: [] }), 'up-again')).toEqual([
    { ...about, column: 'a', change: 'values-lost' },
    { ...about, column: 'b', change: 'values-changed' },
  ])
})

function line({ change, table, column, rowsBefore, rowsAfter }: DataChange): string {
  return `${change} ${table} ${column ?? ''} ${rowsBefore} -> ${rowsAfter}`
}
