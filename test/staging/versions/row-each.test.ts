import { describe, expect, test } from 'vitest'
import { dbmate, diesel, goose, nodePgMigrate, oldGoose, sqlMigrate, sqlx } from '../../read/programs.ts'
import { type Case, type Files, installed, sql, stagingOf, versionTables, without } from './against-tool.ts'

/** Files for `a` and `b`, then `c`, and `late` between the first two. */
function histories(names: { a: string; b: string; late: string; c: string }, text: (name: string) => string) {
  const file = (name: keyof typeof names): Files => ({ [names[name]]: text(name) })
  const files = { ...file('a'), ...file('b') }
  const next = { ...files, ...file('c') }
  return {
    files,
    next,
    gone: without(next, names.b),
    edited: { ...next, [names.a]: `${text('a')}\n-- more\n` },
    late: { ...next, ...file('late') },
  }
}

function caseOf(
  program: Pick<Case, 'tool' | 'folder' | 'program' | 'up'>,
  table: string,
  history: ReturnType<typeof histories>,
  ids: { a: string; b: string; late: string; c: string },
  does: { gone: Done; edited: Done; late: Done; isEditSeen?: boolean },
): Case {
  const { a, b, c, late } = ids
  return {
    ...program,
    files: history.files,
    next: history.next,
    expected: { table, applied: [a, b], current: [b], pending: [c] },
    drifts: {
      gone: { files: history.gone, told: { drift: [`unknown ${b}${refused(does.gone)}`] }, tool: does.gone },
      edited: {
        files: history.edited,
        told: does.isEditSeen ? { drift: [`edited ${a}${refused(does.edited)}`] } : {},
        tool: does.edited,
      },
      late: {
        files: history.late,
        told: { drift: [`out-of-order ${late}${refused(does.late)}`], pending: [late, c] },
        tool: does.late,
      },
    },
  }
}

const refused = ([done]: Done) => (done === 'refuses' ? ', refused' : '')

type Done = readonly ['runs' | 'refuses', ...tables: readonly string[]]

const gooseText = (name: string) => `-- +goose Up\n${sql(name)}\n-- +goose Down\nDROP TABLE ${name};\n`
const gooses = histories({ a: '00001_a.sql', b: '00003_b.sql', late: '00002_late.sql', c: '00010_c.sql' }, gooseText)
const numbers = { a: '1', b: '3', late: '2', c: '10' }

versionTables(
  caseOf(
    { tool: 'goose', folder: 'migrations', program: goose, up: ['up'] },
    'public.goose_db_version',
    gooses,
    numbers,
    { gone: ['runs', 'c'], edited: ['runs', 'c'], late: ['refuses'] },
  ),
  caseOf(
    { tool: 'dbmate', folder: 'db/migrations', program: dbmate, up: ['migrate'] },
    'public.schema_migrations',
    histories(
      { a: '20240101_a.sql', b: '20240103_b.sql', late: '20240102_late.sql', c: '20240110_c.sql' },
      (name) => `-- migrate:up\n${sql(name)}\n-- migrate:down\n`,
    ),
    { a: '20240101', b: '20240103', late: '20240102', c: '20240110' },
    { gone: ['runs', 'c'], edited: ['runs', 'c'], late: ['runs', 'c', 'late'] },
  ),
  caseOf(
    { tool: 'sql-migrate', folder: 'migrations', program: sqlMigrate, up: ['up'] },
    'public.gorp_migrations',
    histories(
      { a: '1-a.sql', b: '3-b.sql', late: '2-late.sql', c: '10-c.sql' },
      (name) => `-- +migrate Up\n${sql(name)}\n`,
    ),
    { a: '1-a.sql', b: '3-b.sql', late: '2-late.sql', c: '10-c.sql' },
    { gone: ['refuses'], edited: ['runs', 'c'], late: ['runs', 'c', 'late'] },
  ),
  caseOf(
    { tool: 'node-pg-migrate', folder: 'migrations', program: nodePgMigrate, up: ['up'] },
    'public.pgmigrations',
    histories(
      { a: '1_a.sql', b: '3_b.sql', late: '2_late.sql', c: '10_c.sql' },
      (name) => `-- Up Migration\n${sql(name)}\n-- Down Migration\n`,
    ),
    { a: '1_a', b: '3_b', late: '2_late', c: '10_c' },
    { gone: ['refuses'], edited: ['runs', 'c'], late: ['refuses'] },
  ),
  caseOf(
    { tool: 'sqlx', folder: 'migrations', program: sqlx, up: ['run'] },
    'public._sqlx_migrations',
    histories({ a: '1_a.sql', b: '3_b.sql', late: '2_late.sql', c: '10_c.sql' }, sql),
    numbers,
    { gone: ['refuses'], edited: ['refuses'], late: ['runs', 'c', 'late'], isEditSeen: true },
  ),
  caseOf(
    { tool: 'diesel', folder: 'migrations', program: diesel, up: ['run'] },
    'public.__diesel_schema_migrations',
    histories(
      {
        a: '2024-01-01-000000_a/up.sql',
        b: '2024-01-03-000000_b/up.sql',
        late: '2024-01-02-000000_late/up.sql',
        c: '2024-01-10-000000_c/up.sql',
      },
      sql,
    ),
    { a: '20240101000000', b: '20240103000000', late: '20240102000000', c: '20240110000000' },
    { gone: ['runs', 'c'], edited: ['runs', 'c'], late: ['runs', 'c', 'late'] },
  ),
)

describe.each([
  {
    version: 'that deletes a row',
    program: goose,
    rows: [
      ['1', true],
      ['3', true],
    ],
  },
  {
    version: 'that keeps a row for each run',
    program: oldGoose,
    rows: [
      ['1', true],
      ['3', true],
      ['3', false],
      ['3', true],
      ['3', false],
      ['1', false],
      ['1', true],
    ],
  },
])('goose, back and forth, in a version $version', ({ program, rows }) => {
  const given = installed(program)

  test('the newest row of a version counts', async ({ skip }) => {
    await using staging = await stagingOf({ tool: 'goose', folder: 'migrations' }, given(skip))
    const steps = ['up', 'down', 'up', 'down', 'down', 'up-by-one']
    for (const step of steps) await staging.applied(gooses.files, step)
    const table = await staging.query<{ row: [string, boolean] }>(
      'SELECT json_build_array(version_id::text, is_applied) AS row FROM goose_db_version WHERE version_id > 0 ORDER BY id',
    )
    expect(table.rows.map(({ row }) => row)).toEqual(program === goose ? rows.slice(0, 1) : rows)
    const found = { table: 'public.goose_db_version', drift: [], notChecked: [] }
    expect(await staging.read(gooses.files)).toEqual({ ...found, applied: ['1'], current: ['1'], pending: ['3'] })
    await staging.applied(gooses.files, 'up')
    expect(await staging.read(gooses.files)).toEqual({ ...found, applied: ['1', '3'], current: ['3'], pending: [] })
  })
})

describe.each([
  {
    where: { tool: 'goose', folder: 'migrations' },
    program: goose,
    up: 'up',
    found: { table: 'public.goose_db_version', applied: [], current: [], pending: ['1'] },
    files: { '1_a.sql': '-- +goose NO TRANSACTION\n-- +goose Up\nCREATE TABLE a ();\nSELECT 1 / 0;\n' },
  },
  {
    where: { tool: 'dbmate', folder: 'migrations' },
    program: dbmate,
    up: 'migrate',
    found: { table: 'public.schema_migrations', applied: [], current: [], pending: ['1'] },
    files: {
      '1_a.sql': '-- migrate:up transaction:false\nCREATE TABLE a (); COMMIT; SELECT 1 / 0;\n-- migrate:down\n',
    },
  },
  {
    where: { tool: 'sqlx', folder: 'migrations' },
    program: sqlx,
    up: 'run',
    found: { table: 'public._sqlx_migrations', applied: [], current: [], pending: ['1'] },
    files: { '1_a.sql': '-- no-transaction\nCREATE TABLE a (); COMMIT; SELECT 1 / 0;' },
  },
  {
    where: { tool: 'diesel', folder: 'migrations' },
    program: diesel,
    up: 'run',
    found: { table: 'public.__diesel_schema_migrations', applied: [], current: [], pending: ['20240101000000'] },
    files: {
      '2024-01-01-000000_a/up.sql': 'CREATE TABLE a (); COMMIT; SELECT 1 / 0;',
      '2024-01-01-000000_a/metadata.toml': 'run_in_transaction = false\n',
    },
  },
] as const)('$where.tool, half done outside of a transaction', ({ where, program, up, found, files }) => {
  const given = installed(program)

  test('its table knows nothing of it', async ({ skip }) => {
    await using staging = await stagingOf(where, given(skip))
    expect((await staging.run(files, up)).code).not.toBe(0)
    expect(await staging.tables('a')).toEqual(['a'])
    expect(await staging.read(files)).toEqual({ ...found, drift: [], notChecked: [] })
  })
})
