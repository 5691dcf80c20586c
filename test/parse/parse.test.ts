import { expect, test } from 'vitest'
import type { ParsedScript } from '../../src/model/migration.ts'
import type { Operation } from '../../src/model/operation.ts'
import { parseMigration, parseScript } from '../../src/parse/parse.ts'
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

/** What a CREATE TABLE says that says nothing special. */
const plainTable = {
  relation: 'table',
  persistence: 'permanent',
  columns: [],
  ifNotExists: false,
  inherits: [],
  like: [],
  options: [],
}

const plainConstraint = {
  kind: 'add-constraint',
  columns: [],
  referencedColumns: [],
  onDelete: 'no action',
  onDeleteColumns: [],
  onUpdate: 'no action',
  match: 'simple',
  provesNotNull: [],
  notValid: false,
  enforced: true,
  noInherit: false,
  deferrable: 'no',
  include: [],
  nullsNotDistinct: false,
}

test('CREATE TABLE tells columns as PostgreSQL stores them, and its constraints', async () => {
  const sql = `create table Users (
    id serial primary key,
    "Größe" numeric(10) default (1 + 2) * 3 collate "C" not null check ("Größe" > 0),
    kind varchar(20)[] not null default '{}'::varchar[],
    made timestamptz(3) default now() references other.days (day),
    always bigint generated always as identity unique,
    twice int generated always as (id * 2) stored,
    nothing text default null,
    primary key (id, kind),
    constraint fits foreign key (kind) references kinds,
    exclude using gist (made with =),
    like template including all
  )`
  const column = { type: '', notNull: false, default: undefined, filledBy: undefined, primaryKey: false }
  const immutable = { calls: [], columns: [], volatility: 'immutable' }
  const constraint = { ...plainConstraint, lines: '1-13', table: 'app.users' }
  expect(await operationsIn(sql)).toEqual([
    {
      lines: '1-13',
      kind: 'create-table',
      ...plainTable,
      table: 'app.users',
      like: [
        {
          table: 'app.template',
          including: [
            'comments',
            'compression',
            'constraints',
            'defaults',
            'generated',
            'identity',
            'indexes',
            'statistics',
            'storage',
          ],
        },
      ],
      columns: [
        { ...column, name: 'id', type: 'integer', notNull: true, filledBy: 'sequence', primaryKey: true },
        {
          ...column,
          name: 'Größe',
          type: 'numeric(10,0)',
          notNull: true,
          default: { ...immutable, sql: '(1 + 2) * 3' },
          collation: 'C',
        },
        {
          ...column,
          name: 'kind',
          type: 'character varying(20)[]',
          notNull: true,
          default: { ...immutable, sql: "'{}'::varchar[]" },
          primaryKey: true,
        },
        {
          ...column,
          name: 'made',
          type: 'timestamp(3) with time zone',
          default: { ...immutable, sql: 'now()', calls: ['now'], volatility: 'stable' },
        },
        { ...column, name: 'always', type: 'bigint', notNull: true, filledBy: 'identity', identity: 'always' },
        {
          ...column,
          name: 'twice',
          type: 'integer',
          filledBy: 'expression',
          generated: { kind: 'stored', expression: { ...immutable, sql: 'id * 2', columns: ['id'] } },
        },
        { ...column, name: 'nothing', type: 'text' },
      ],
    },
    { ...constraint, with: 'column', type: 'primary-key', columns: ['id'] },
    {
      ...constraint,
      with: 'column',
      type: 'check',
      expression: { ...immutable, sql: '"Größe" > 0', columns: ['Größe'] },
    },
    {
      ...constraint,
      with: 'column',
      type: 'foreign-key',
      columns: ['made'],
      references: 'other.days',
      referencedColumns: ['day'],
    },
    { ...constraint, with: 'column', type: 'unique', columns: ['always'] },
    { ...constraint, with: 'table', type: 'primary-key', columns: ['id', 'kind'] },
    {
      ...constraint,
      with: 'table',
      type: 'foreign-key',
      constraint: 'fits',
      columns: ['kind'],
      references: 'app.kinds',
    },
    {
      ...constraint,
      with: 'table',
      type: 'exclusion',
      excludes: { method: 'gist', elements: [{ column: 'made', operator: '=' }], partial: false },
    },
  ])
})

test('each command of ALTER TABLE is an operation at its own place', async () => {
  const sql = [
    'SELECT 1;',
    'ALTER TABLE IF EXISTS ONLY "Ü".users -- why',
    "  ADD COLUMN IF NOT EXISTS note text NOT NULL DEFAULT concat('a', ',', 'b') UNIQUE,",
    '  ALTER phone TYPE varchar(20)',
    "    USING left(phone, 20), ALTER COLUMN mail SET DEFAULT 'x, y' || ')',",
    '  ALTER age DROP DEFAULT, ALTER age SET DEFAULT NULL,',
    '  ALTER age SET NOT NULL,',
    '  ALTER mail DROP NOT NULL,',
    '  DROP COLUMN IF EXISTS old CASCADE,',
    '  ADD CONSTRAINT k PRIMARY KEY USING INDEX i,',
    '  ADD CONSTRAINT n NOT NULL a, ADD CONSTRAINT m NOT NULL b NOT VALID,',
    '  ENABLE ROW LEVEL SECURITY',
  ].join('\r\n')
  const table = 'Ü.users'
  const immutable = { calls: [], columns: [], volatility: 'immutable' }
  const operations = await operationsIn(sql)
  expect(operations.slice(1)).toEqual([
    {
      lines: '3-3',
      kind: 'add-column',
      table,
      ifNotExists: true,
      column: {
        name: 'note',
        type: 'text',
        notNull: true,
        default: { ...immutable, sql: "concat('a', ',', 'b')", calls: ['concat'], volatility: 'stable' },
        filledBy: undefined,
        primaryKey: false,
      },
    },
    { ...plainConstraint, lines: '3-3', table, with: 'column', type: 'unique', columns: ['note'] },
    {
      lines: '4-5',
      kind: 'alter-column-type',
      table,
      column: 'phone',
      type: 'character varying(20)',
      using: 'left(phone, 20)',
    },
    { lines: '5-5', kind: 'set-default', table, column: 'mail', default: { ...immutable, sql: "'x, y' || ')'" } },
    { lines: '6-6', kind: 'set-default', table, column: 'age', default: undefined },
    { lines: '6-6', kind: 'set-default', table, column: 'age', default: undefined },
    { lines: '7-7', kind: 'set-not-null', table, column: 'age' },
    { lines: '8-8', kind: 'drop-not-null', table, column: 'mail' },
    { lines: '9-9', kind: 'drop-column', table, column: 'old', ifExists: true, cascade: true },
    { ...plainConstraint, lines: '10-10', table, constraint: 'k', type: 'primary-key', usingIndex: 'i' },
    { ...plainConstraint, lines: '11-11', table, constraint: 'n', type: 'not-null', columns: ['a'] },
    { lines: '11-11', kind: 'set-not-null', table, column: 'a' },
    { ...plainConstraint, lines: '11-11', table, constraint: 'm', type: 'not-null', columns: ['b'], notValid: true },
    { lines: '12-12', kind: 'row-security', table, change: 'enable' },
  ])
})

test('UPDATE and DELETE tell which rows they reach', async () => {
  const cases: [string, string | undefined, string[], boolean][] = [
    ['UPDATE t SET a = 1', undefined, [], false],
    ["UPDATE t SET a = 1 WHERE b = ')' -- all", "b = ')'", ['b'], false],
    ['DELETE FROM t WHERE (id = 1 AND 2 = t.b) RETURNING *', '(id = 1 AND 2 = t.b)', ['id', 'b'], false],
    ['UPDATE t SET a = 1 WHERE id IN (1, 2) OR b', 'id IN (1, 2) OR b', [], false],
    ["UPDATE t SET a = 1 WHERE id = ANY ('{1,2}'::int[])", "id = ANY ('{1,2}'::int[])", ['id'], false],
    ['UPDATE t SET a = 1 WHERE id IN (SELECT id FROM t LIMIT 9)', 'id IN (SELECT id FROM t LIMIT 9)', [], true],
    ['UPDATE t SET a = 1 WHERE id IN (SELECT id FROM t)', 'id IN (SELECT id FROM t)', [], false],
    [
      'DELETE FROM t WHERE ctid = ANY (ARRAY(SELECT ctid FROM t LIMIT 9))',
      'ctid = ANY (ARRAY(SELECT ctid FROM t LIMIT 9))',
      [],
      true,
    ],
    ['UPDATE t SET a = 1 WHERE id BETWEEN 1 AND 9', 'id BETWEEN 1 AND 9', [], true],
    ['UPDATE t SET a = 1 WHERE id NOT BETWEEN 1 AND 9', 'id NOT BETWEEN 1 AND 9', [], false],
    ['UPDATE t SET a = 1 WHERE id >= 1 AND 9 > id', 'id >= 1 AND 9 > id', [], true],
    ['UPDATE t SET a = 1 WHERE id >= 1 AND b < 9', 'id >= 1 AND b < 9', [], false],
    ['UPDATE t SET a = 1 WHERE id >= 1 AND id > 9', 'id >= 1 AND id > 9', [], false],
    ['UPDATE t SET a = 1 FROM (SELECT id FROM t LIMIT 9) b WHERE t.id = b.id', 't.id = b.id', [], true],
    ['UPDATE t SET a = 1 FROM (SELECT id FROM t) b WHERE t.id = b.id', 't.id = b.id', [], false],
  ]
  for (const [sql, where, pinned, bounded] of cases) {
    const [operation, ...others] = await operationsIn(sql)
    const kind = sql.startsWith('UPDATE') ? 'update' : 'delete'
    const columns = kind === 'update' ? { columns: ['a'] } : {}
    const { reads: _, ...found } = operation as { reads?: unknown }
    expect([sql, found]).toEqual([
      sql,
      { lines: '1-1', kind, table: 'app.t', ...columns, where, pinned, bounded, calls: [] },
    ])
    expect(others).toEqual([])
  }
})

test('WITH and MERGE hide changes', async () => {
  const query = { reads: [], calls: [] }
  const reach = { lines: '1-1', pinned: [], bounded: false, ...query }
  const insert = { lines: '1-1', kind: 'insert', columns: [], source: 'query' }
  expect(
    await operationsIn(
      'WITH gone AS (DELETE FROM a WHERE x RETURNING *), more AS (INSERT INTO b SELECT * FROM gone) UPDATE c SET (d, e) = (1, 2) WHERE y',
    ),
  ).toEqual([
    { ...reach, kind: 'delete', table: 'app.a', where: 'x' },
    { ...insert, table: 'app.b', ...query },
    { ...reach, kind: 'update', table: 'app.c', columns: ['d', 'e'], where: 'y' },
  ])
  expect(
    await operationsIn(
      'MERGE INTO t USING s ON t.id = s.id WHEN MATCHED AND s.a THEN UPDATE SET a = 1 WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1)',
    ),
  ).toEqual([
    { ...reach, kind: 'update', table: 'app.t', columns: ['a'], where: 't.id = s.id', reads: ['app.s'] },
    { ...reach, kind: 'delete', table: 'app.t', where: 't.id = s.id', reads: ['app.s'] },
    { ...insert, table: 'app.t', ...query, reads: ['app.s'] },
  ])
})

test('search_path and temporary tables decide where a name belongs', async () => {
  const sql = `INSERT INTO t VALUES (1);
SET search_path TO "$user", other, app;
INSERT INTO t VALUES (1);
CREATE TEMP TABLE t (a int);
INSERT INTO t VALUES (1);
RESET search_path;
INSERT INTO u VALUES (1)`
  const tables = (await operationsIn(sql)).flatMap((op) => ('table' in op ? op.table : []))
  expect(tables).toEqual(['app.t', 'other.t', 'pg_temp.t', 'pg_temp.t', 'app.u'])
})

test('a migration is both scripts, and what could not be read before stays in place', async () => {
  const part = { kind: 'unreadable', reason: 'a loop', at: { file: 'a', line: 3, column: 1, endLine: 3 } } as const
  const up = { ...script('up', 'a', ''), fragments: [part] }
  const migration = { id: '1', name: 'one', file: 'a', parents: [], up, down: undefined, status: 'new' } as const
  const { fragments: _, ...rest } = up
  expect(await parseMigration(migration, options)).toEqual({
    ...migration,
    up: { ...rest, statements: [], unreadable: [part] },
  })
})
