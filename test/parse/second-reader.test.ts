import { existsSync, readdirSync } from 'node:fs'
import { type Name, type QName, type Statement, parse as secondReader } from 'pgsql-ast-parser'
import { expect, test } from 'vitest'
import type { Operation } from '../../src/model/operation.ts'
import { parseScript } from '../../src/parse/parse.ts'
import { split } from '../../src/parse/split.ts'
import { examplesIn, script } from '../examples.ts'

// pgsql-ast-parser is another reader of PostgreSQL's language, written apart from PostgreSQL. It knows less of it; what
// both know, both must tell alike.

const written = [
  'CREATE TABLE t (a int, "B" varchar(50) NOT NULL DEFAULT 1)',
  'CREATE TABLE IF NOT EXISTS s.t (id bigserial PRIMARY KEY, UNIQUE (id))',
  'CREATE TEMPORARY TABLE t (a int)',
  'DROP TABLE IF EXISTS a',
  'DROP TABLE s."A", b CASCADE',
  'ALTER TABLE t ADD COLUMN a int NOT NULL',
  'ALTER TABLE s.t ADD COLUMN a int, DROP COLUMN b, ALTER COLUMN c SET NOT NULL, ALTER COLUMN d DROP NOT NULL',
  "ALTER TABLE t ALTER COLUMN a SET DEFAULT 'x', ALTER COLUMN b DROP DEFAULT",
  'ALTER TABLE t ALTER COLUMN a TYPE varchar(20)',
  'ALTER TABLE t ALTER COLUMN a SET DATA TYPE numeric(10,2)',
  'ALTER TABLE ONLY t ADD CONSTRAINT k UNIQUE (a)',
  'CREATE INDEX i ON t (a)',
  'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON s.t (lower(a)) WHERE a IS NOT NULL',
  'CREATE INDEX ON t (a, b DESC)',
  'DROP INDEX i',
  'DROP INDEX CONCURRENTLY IF EXISTS s.i',
  "CREATE TYPE mood AS ENUM ('a', 'b')",
  'CREATE TYPE s.pair AS (a int, b text)',
  'DROP TYPE mood',
  'INSERT INTO t (a) VALUES (1)',
  'INSERT INTO s.t SELECT 1 ON CONFLICT DO NOTHING',
  'UPDATE t SET a = 1, "B" = 2 WHERE c = 3',
  'UPDATE s.t AS x SET a = 1',
  'DELETE FROM t WHERE a = 1',
  'WITH gone AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM gone',
  'WITH x AS (SELECT 1) UPDATE t SET a = 1',
  'BEGIN',
  'START TRANSACTION',
  'COMMIT',
  'ROLLBACK',
  'SELECT 1',
  'TRUNCATE t',
  'DO $$ BEGIN PERFORM 1; END $$',
  'CREATE EXTENSION pgcrypto',
  'CREATE VIEW v AS SELECT 1',
  'CREATE MATERIALIZED VIEW v AS SELECT 1',
]

const pages = readdirSync('rules', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => [`rules/${name}/README.md`, `rules/${name}/cases.md`])
  .filter((page) => existsSync(page))
const shown = pages.flatMap(examplesIn).flatMap(({ before, up, down = '' }) => [before, up, down])
const statements = [
  ...new Set([...written, ...shown.flatMap((sql) => split(sql).map(({ start, end }) => sql.slice(start, end)))]),
]

test('what both readers know, they tell alike', async () => {
  const different: unknown[] = []
  const unknown: string[] = []
  for (const sql of statements) {
    const theirs = bySecondReader(sql)
    if (!theirs) {
      unknown.push(sql)
      continue
    }
    const ours = await byFirstReader(sql)
    if (ours.join('\n') !== theirs.join('\n')) different.push({ sql, ours, theirs })
  }
  expect(different).toEqual([])
  // It must know all that this file writes, and most of what the pages show.
  expect(unknown.filter((sql) => written.includes(sql))).toEqual([])
  expect(unknown.length).toBeLessThan(statements.length / 4)
})

async function byFirstReader(sql: string): Promise<string[]> {
  const { statements } = await parseScript(script('up', 'a.sql', sql), { defaultSchema: 'public' })
  return statements.flatMap(({ operations }) => operations.flatMap(told))
}

function told(op: Operation): string[] {
  switch (op.kind) {
    // The second reader keeps constraints elsewhere, and test/parse/parse.test.ts looks at them.
    case 'add-constraint':
      return []
    case 'create-table':
      return [
        `create-table ${op.table.replace(/^pg_temp\./, 'public.')} ${op.columns.map(({ name }) => name).join(' ')}`.trim(),
      ]
    case 'add-column':
      return [`add-column ${op.table} ${op.column.name}`]
    case 'drop-column':
    case 'set-not-null':
    case 'drop-not-null':
    case 'alter-column-type':
      return [`${op.kind} ${op.table} ${op.column}`]
    case 'set-default':
      return [`${op.default === undefined ? 'drop' : 'set'}-default ${op.table} ${op.column}`]
    case 'create-index':
      return [
        [
          'create-index',
          op.table,
          op.index ?? '',
          op.concurrently ? 'concurrently' : '',
          op.unique ? 'unique' : '',
        ].join(' '),
      ]
    case 'drop-index':
      return [`drop-index ${op.index}${op.concurrently ? ' concurrently' : ''}`]
    case 'create-type':
    case 'drop-type':
      return [`${op.kind} ${op.type}`]
    case 'update':
      return [`update ${op.table} ${op.columns.join(' ')}${op.where === undefined ? '' : ' where'}`]
    case 'delete':
      return [`delete ${op.table}${op.where === undefined ? '' : ' where'}`]
    case 'insert':
    case 'drop-table':
      return [`${op.kind} ${op.table}`]
    case 'transaction-control':
      return [op.action]
    case 'other':
      return []
    case 'unparsed':
      return [`unparsed ${op.message}`]
  }
}

/** Undefined for what it does not know. */
function bySecondReader(sql: string): string[] | undefined {
  let read: Statement[]
  try {
    read = secondReader(sql)
  } catch (error) {
    if (error instanceof Error) return undefined
    throw error
  }
  return read.flatMap(toldBySecond)
}

function toldBySecond(statement: Statement): string[] {
  switch (statement.type) {
    case 'create table': {
      const columns = statement.columns.flatMap((column) => (column.kind === 'column' ? name(column.name) : []))
      return [`create-table ${qualified(statement.name)} ${columns.join(' ')}`.trim()]
    }
    case 'create materialized view':
      return [`create-table ${qualified(statement.name)}`]
    case 'drop table':
      return statement.names.map((each) => `drop-table ${qualified(each)}`)
    case 'drop index':
      return statement.names.map(
        (each) => `drop-index ${qualified(each)}${statement.concurrently ? ' concurrently' : ''}`,
      )
    case 'drop type':
      return statement.names.map((each) => `drop-type ${qualified(each)}`)
    case 'create enum':
    case 'create composite type':
      return [`create-type ${qualified(statement.name)}`]
    case 'create index': {
      const index = statement.indexName ? name(statement.indexName) : ''
      const words = [statement.concurrently ? 'concurrently' : '', statement.unique ? 'unique' : '']
      return [['create-index', qualified(statement.table), index, ...words].join(' ')]
    }
    case 'alter table': {
      const table = qualified(statement.table)
      return statement.changes.flatMap((change) => {
        if (change.type === 'add column') return [`add-column ${table} ${name(change.column.name)}`]
        if (change.type === 'drop column') return [`drop-column ${table} ${name(change.column)}`]
        if (change.type !== 'alter column') return []
        const kinds: Record<string, string> = {
          'set type': 'alter-column-type',
          'set not null': 'set-not-null',
          'drop not null': 'drop-not-null',
          'set default': 'set-default',
          'drop default': 'drop-default',
        }
        const kind = kinds[change.alter.type]
        return kind === undefined ? [] : [`${kind} ${table} ${name(change.column)}`]
      })
    }
    case 'insert':
      return [`insert ${qualified(statement.into)}`]
    case 'update': {
      const columns = statement.sets.map(({ column }) => name(column))
      return [`update ${qualified(statement.table)} ${columns.join(' ')}${statement.where ? ' where' : ''}`]
    }
    case 'delete':
      return [`delete ${qualified(statement.from)}${statement.where ? ' where' : ''}`]
    case 'with':
      return [...statement.bind.map((bind) => bind.statement), statement.in].flatMap((each) =>
        toldBySecond(each as Statement),
      )
    case 'begin':
    case 'start transaction':
      return ['begin']
    case 'commit':
    case 'rollback':
      return [statement.type]
    default:
      return []
  }
}

function name(of: Name): string {
  return of.name
}

function qualified({ schema, name }: QName): string {
  return `${schema ?? 'public'}.${name}`
}
