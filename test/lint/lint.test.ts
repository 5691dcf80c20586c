import { expect, test } from 'vitest'
import blockingIndex from '../../rules/blocking-index/rule.ts'
import noLockTimeout from '../../rules/no-lock-timeout/rule.ts'
import { lint, observe } from '../../src/lint/lint.ts'
import { merge } from '../../src/lint/merge.ts'
import type { Migration, ParsedMigration } from '../../src/model/migration.ts'
import type { RoundTrip, StepError } from '../../src/model/round-trip.ts'
import { type Context, defineRule, type Rule } from '../../src/model/rule.ts'
import { parseMigration } from '../../src/parse/parse.ts'
import { script } from '../examples.ts'
import { readUpgrade } from '../read/alembic/reading.ts'

interface Written {
  readonly up: string
  readonly down?: string
  readonly status?: Migration['status']
}

/** A history of SQL files, 001, 002, …: each new where nothing else is said. */
async function project(...written: Written[]): Promise<{ tool: 'numbered-sql'; migrations: ParsedMigration[] }> {
  const migrations = written.map(({ up, down, status = 'new' }, index) => {
    const id = String(index + 1).padStart(3, '0')
    const file = `m/${id}.sql`
    const downScript = down === undefined ? undefined : script('down', `m/${id}.down.sql`, down)
    return parseMigration(
      { id, name: id, file, parents: [], up: script('up', file, up), down: downScript, status },
      { defaultSchema: 'public' },
    )
  })
  return { tool: 'numbered-sql', migrations: await Promise.all(migrations) }
}

/** Asks one question about every changed migration. */
async function asked<T>(question: (context: Context) => T, ...written: Written[]): Promise<T[]> {
  const answers: T[] = []
  const rule = defineRule({
    name: 'question',
    summary: '',
    severity: 'info',
    check(context) {
      answers.push(question(context))
      return []
    },
  })
  lint(await project(...written), [rule])
  return answers
}

const error: StepError = {
  sqlstate: '23502',
  message: 'null value',
  statement: undefined,
  at: undefined,
  table: undefined,
  column: undefined,
  constraint: undefined,
  timedOut: false,
}

function trip(migration: string): RoundTrip {
  return { migration, steps: [], restored: null, repeatable: null, drift: [], data: [], withoutRows: [] }
}

const everyStatement: Rule = {
  name: 'b-statement',
  summary: '',
  severity: 'warning',
  *check({ scripts }) {
    for (const { direction, statements } of scripts) {
      for (const { at, sql } of statements) yield { at, direction, message: sql, help: '' }
    }
  },
}
const everyMigration: Rule = {
  name: 'a-migration',
  summary: '',
  severity: 'error',
  *check({ migration }) {
    yield { direction: 'down', message: migration.id, help: 'mend', suggestion: 'SELECT 2' }
  },
}

test('findings are stamped, and stand in the order in which the migrations run', async () => {
  const history = await project(
    { up: 'SELECT 0', status: 'base' },
    { up: 'SELECT 1; SELECT 2;\nSELECT 3', down: 'SELECT 4', status: 'edited' },
    { up: '\n\nSELECT 5' },
  )
  const findings = lint({ ...history, migrations: [...history.migrations].reverse() }, [everyStatement, everyMigration])
  expect(findings.map(({ at, rule, message }) => `${at.file}:${at.line}:${at.column} ${rule} ${message}`)).toEqual([
    'm/003.sql:1:1 a-migration 003',
    'm/003.sql:3:1 b-statement SELECT 5',
    'm/002.sql:1:1 b-statement SELECT 1',
    'm/002.sql:1:11 b-statement SELECT 2',
    'm/002.sql:2:1 b-statement SELECT 3',
    'm/002.down.sql:1:1 a-migration 002',
    'm/002.down.sql:1:1 b-statement SELECT 4',
  ])
  expect(findings[0]).toEqual({
    rule: 'a-migration',
    severity: 'error',
    migration: '003',
    direction: 'down',
    at: { file: 'm/003.sql', line: 1, column: 1, endLine: 1 },
    message: '003',
    help: 'mend',
    suggestion: 'SELECT 2',
    seen: 'read',
    evidence: [],
    url: 'https://github.com/migration-gate/migration-gate/blob/main/rules/a-migration/README.md',
  })
})

test('a table is new from the migration on that creates it', async () => {
  const isNew = ({ isNew }: Context) =>
    ['public.a', 'public.b', 'public.old', 'public.gone'].filter((table) => isNew(table as 'a.b'))
  expect(
    await asked(
      isNew,
      { up: 'CREATE TABLE old (id int); CREATE TABLE gone (id int)', status: 'base' },
      { up: 'CREATE TABLE a (id int); CREATE TABLE IF NOT EXISTS old (id int)' },
      { up: 'CREATE TABLE b AS SELECT 1', status: 'edited' },
      { up: 'DROP TABLE gone', down: 'CREATE TABLE gone (id int)' },
      { up: 'CREATE TABLE IF NOT EXISTS gone (id int)' },
    ),
  ).toEqual([
    ['public.a'],
    ['public.a', 'public.b'],
    ['public.a', 'public.b', 'public.gone'],
    ['public.a', 'public.b', 'public.gone'],
  ])
})

test('a column is new where this change adds it to a table that does not have it', async () => {
  const columns = ['id', 'a', 'b', 'c', 'd']
  expect(
    await asked(
      ({ isNewColumn }) => columns.filter((column) => isNewColumn('public.t', column)),
      { up: 'CREATE TABLE t (id int, a int)', status: 'base' },
      { up: 'ALTER TABLE t ADD COLUMN b int, ADD COLUMN IF NOT EXISTS c int' },
      { up: 'ALTER TABLE t DROP COLUMN a, DROP COLUMN d; ALTER TABLE t ADD COLUMN a int, ADD COLUMN d int' },
    ),
  ).toEqual([['b'], ['b']])
})

test('the type of a column is what it is before the operation', async () => {
  expect(
    await asked(
      ({ migration, typeAt }) =>
        migration.up.statements.flatMap(({ operations }) =>
          operations.map((op) => [typeAt(op, 'public.t', 'id')?.type, typeAt(op, 'public.t', 'gone')?.type]),
        ),
      { up: 'CREATE TABLE t (id int, gone text)', status: 'base' },
      { up: 'ALTER TABLE t ALTER id TYPE bigint; ALTER TABLE t DROP COLUMN gone; SELECT 1' },
    ),
  ).toEqual([
    [
      ['integer', 'text'],
      ['bigint', 'text'],
      ['bigint', undefined],
    ],
  ])
})

test('keys come from anywhere in the history', async () => {
  const keys = [['id'], ['mail', 'x'], ['team'], ['team', 'person'], ['half'], ['code']]
  expect(
    await asked(
      ({ isKey }) => keys.filter((columns) => isKey('public.t', columns)),
      {
        up: `CREATE TABLE t (id int PRIMARY KEY, mail text UNIQUE, team int, person int, half int, code int, UNIQUE (team, person));
             CREATE UNIQUE INDEX ON t (half) WHERE half > 0;
             CREATE INDEX ON t (person)`,
        status: 'base',
      },
      { up: 'CREATE UNIQUE INDEX CONCURRENTLY i ON t (code)' },
    ),
  ).toEqual([[['id'], ['mail', 'x'], ['team', 'person'], ['code']]])
})

test('earlier is this change only, later is all that follows', async () => {
  const sql = (statements: readonly { sql: string }[]) => statements.map((statement) => statement.sql)
  expect(
    await asked(
      ({ earlier, later }) => [sql(earlier), sql(later)],
      { up: 'SELECT 1', status: 'base' },
      { up: 'SELECT 2', down: 'SELECT 0' },
      { up: 'SELECT 3', status: 'base' },
      { up: 'SELECT 4' },
    ),
  ).toEqual([
    [[], ['SELECT 3', 'SELECT 4']],
    [['SELECT 2'], []],
  ])
})

test('a script of comments and BEGIN … COMMIT is empty; one that could not be read is not', async () => {
  const empty = ({ scripts, isEmpty }: Context) => scripts.map(isEmpty)
  expect(
    await asked(empty, { up: '-- nothing\nBEGIN; COMMIT;', down: '' }, { up: '\\i more.sql', down: 'SELECT 1' }),
  ).toEqual([
    [true, true],
    [false, false],
  ])
})

test('observe finds the statement that failed by its place, or by its text', async () => {
  const history = await project({ up: 'SELECT 1;\nUPDATE t SET a = 1; DELETE FROM t;\nDELETE FROM t' })
  const file = 'm/001.sql'
  const kinds = (said: Partial<StepError>) => {
    const found: string[] = []
    const rule = defineRule({
      name: 'question',
      summary: '',
      severity: 'info',
      observe({ failed }) {
        found.push(...failed({ ...error, ...said }).map(({ kind }) => kind))
        return []
      },
    })
    observe(history, new Map([['001', trip('001')]]), [rule])
    return found
  }
  expect(kinds({ at: { file, line: 2, column: 1, endLine: 2 } })).toEqual(['update'])
  expect(kinds({ at: { file, line: 2, column: 21, endLine: 2 } })).toEqual(['delete'])
  expect(kinds({ at: { file, line: 2, column: 5, endLine: 2 }, statement: 'DELETE  FROM t;' })).toEqual(['delete'])
  expect(kinds({ at: { file, line: 2, column: 5, endLine: 2 } })).toEqual([])
  expect(kinds({ statement: 'UPDATE t\nSET a = 1' })).toEqual(['update'])
  expect(kinds({ statement: 'DELETE FROM t' })).toEqual([])
  expect(kinds({})).toEqual([])
})

test('of two findings in one line, the one that was seen is the one with its words', async () => {
  const history = await project({ up: 'SELECT 1; SELECT 2' })
  const rule: Rule = {
    ...everyStatement,
    *observe() {
      yield { at: { file: 'm/001.sql', line: 1, column: 11, endLine: 1 }, direction: 'up', message: 'x', help: '' }
    },
  }
  const merged = merge(lint(history, [rule]), observe(history, new Map([['001', trip('001')]]), [rule]), history, [
    rule,
  ])
  expect(merged.map(({ message, seen }) => [message, seen])).toEqual([
    ['SELECT 1', 'read'],
    ['SELECT 2', 'server'],
  ])
})

test('what was seen joins what was read', async () => {
  const history = await project({ up: 'SELECT 1;\nSELECT 2;\nSELECT 3', down: 'SELECT 4' })
  const at = (line: number, file = 'm/001.sql') => ({ file, line, column: 1, endLine: line })
  const specific: Rule = {
    ...everyMigration,
    name: 'specific',
    fails: '23502',
    *check() {
      yield { at: at(2), direction: 'up', message: 'read', help: '' }
    },
    *observe() {
      yield { at: at(2), direction: 'up', message: 'seen', help: '', evidence: ['one'] }
      yield { at: at(3), direction: 'up', message: 'only seen', help: '', evidence: ['two'] }
    },
  }
  const warning: Rule = { ...specific, name: 'warning', severity: 'warning' }
  const unrelated: Rule = { ...specific, name: 'unrelated', fails: '42601' }
  const general = (sqlstate: string | undefined): Rule => ({
    name: 'general',
    summary: '',
    severity: 'error',
    general: true,
    *observe() {
      yield { at: at(2), direction: 'up', message: 'failed', help: '', evidence: ['one', 'three'], sqlstate }
    },
  })
  const merged = (...rules: Rule[]) =>
    merge(lint(history, rules), observe(history, new Map([['001', trip('001')]]), rules), history, rules).map(
      ({ at, rule, message, seen, evidence }) => `${at.line} ${rule}: ${message} (${seen}) ${evidence.join(', ')}`,
    )
  const own = (name: string) => [`2 ${name}: read (server) one`, `3 ${name}: only seen (server) two`]
  const failed = '2 general: failed (server) one, three'

  expect(merged(specific)).toEqual(own('specific'))
  expect(merged(specific, general('23502'))).toEqual([
    '2 specific: read (server) one, three',
    '3 specific: only seen (server) two',
  ])
  expect(merged(specific, general(undefined))).toEqual([
    '2 specific: read (server) one, three',
    '3 specific: only seen (server) two',
  ])
  expect(merged(specific, general('42703'))).toEqual([failed, ...own('specific')])
  expect(merged(warning, general('23502'))).toEqual([failed, ...own('warning')])
  expect(merged(unrelated, general('23502'))).toEqual([failed, ...own('unrelated')])
  expect(merged(everyStatement, general('23502'))).toEqual([
    '1 b-statement: SELECT 1 (read) ',
    '2 b-statement: SELECT 2 (read) ',
    failed,
    '3 b-statement: SELECT 3 (read) ',
    '1 b-statement: SELECT 4 (read) ',
  ])
})

test('what is set where the migrations run counts', async () => {
  const written = await project(
    { up: 'CREATE TABLE users (id bigint PRIMARY KEY)', status: 'base' },
    { up: 'ALTER TABLE users ADD COLUMN phone text' },
  )
  const found = (settings: Readonly<Record<string, string>>) =>
    lint({ ...written, settings }, [{ ...noLockTimeout, isPolicy: false }]).map(({ rule }) => rule)
  expect([{}, { lock_timeout: '0' }, { lock_timeout: '2s' }, { statement_timeout: '1min' }].map(found)).toEqual([
    ['no-lock-timeout'],
    ['no-lock-timeout'],
    [],
    [],
  ])
})

test('what is suggested for an operation of batch_alter_table goes after its block, which sends all of it at its end', async () => {
  const up = readUpgrade(`    with op.batch_alter_table("t") as batch:
        batch.add_column(sa.Column("a", sa.Text()))
        batch.create_index("t_a", ["a"])
    op.create_index("t_b", "t", ["b"])`)
  const read = { id: 'one', name: 'one', file: up.file, parents: [], up, down: undefined, status: 'new' } as const
  const migration = await parseMigration(read, { defaultSchema: 'public' })
  const block = (name: string, column: string) =>
    `with op.get_context().autocommit_block():\n    op.create_index("${name}", "t", ["${column}"], postgresql_concurrently=True)`
  expect(
    lint({ tool: 'alembic', migrations: [migration] }, [blockingIndex]).map(({ suggestion }) => suggestion),
  ).toEqual([`# after the block of batch_alter_table, and not in it:\n${block('t_a', 'a')}`, block('t_b', 'b')])
})
