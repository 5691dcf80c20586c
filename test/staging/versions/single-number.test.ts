import { describe, expect, test } from 'vitest'
import { golangMigrate, tern } from '../../read/programs.ts'
import { installed, sql, stagingOf, versionTables, without } from './against-tool.ts'

const migrate = {
  '1_a.up.sql': sql('a'),
  '3_b.up.sql': sql('b'),
  '3_b.down.sql': 'DROP TABLE b;',
}
const migrateNext = { ...migrate, '10_c.up.sql': sql('c') }
const below = '\n---- create above / drop below ----\n'
const terns = { '001_a.sql': `${sql('a')}${below}DROP TABLE a;`, '002_b.sql': `${sql('b')}${below}DROP TABLE b;` }
const ternsNext = { ...terns, '003_c.sql': `${sql('c')}${below}DROP TABLE c;` }

versionTables(
  {
    tool: 'golang-migrate',
    folder: 'migrations',
    program: golangMigrate,
    up: ['up'],
    files: migrate,
    next: migrateNext,
    expected: { table: 'public.schema_migrations', applied: ['3'], current: ['3'], pending: ['10'] },
    drifts: {
      gone: {
        files: without(migrateNext, '3_b.up.sql', '3_b.down.sql'),
        told: { drift: ['unknown 3, refused'] },
        tool: ['refuses'],
      },
      edited: { files: { ...migrateNext, '1_a.up.sql': `${sql('a')} -- more` }, told: {}, tool: ['runs', 'c'] },
      late: { files: { ...migrateNext, '2_late.up.sql': sql('late') }, told: {}, tool: ['runs', 'c'] },
    },
  },
  {
    tool: 'tern',
    folder: 'migrations',
    program: tern,
    up: ['--destination', 'last'],
    files: terns,
    next: ternsNext,
    expected: { table: 'public.schema_version', applied: ['2'], current: ['2'], pending: ['3'] },
    drifts: {
      gone: {
        files: without(ternsNext, '002_b.sql', '003_c.sql'),
        told: { pending: [], drift: ['unknown 2, refused'] },
        tool: ['refuses'],
      },
      edited: { files: { ...ternsNext, '001_a.sql': `-- more\n${terns['001_a.sql']}` }, told: {}, tool: ['runs', 'c'] },
    },
  },
)

describe('golang-migrate, dirty', () => {
  const given = installed(golangMigrate)
  const where = { tool: 'golang-migrate', folder: 'migrations' } as const
  const found = { table: 'public.schema_migrations', notChecked: [] }

  test('an upgrade that failed is still to be run', async ({ skip }) => {
    await using staging = await stagingOf(where, given(skip))
    await staging.applied(migrate, 'up')
    const failing = { ...migrateNext, '10_c.up.sql': `${sql('c')} SELECT 1 / 0;`, '11_d.up.sql': sql('d') }
    expect((await staging.run(failing, 'up')).code).not.toBe(0)
    expect(await staging.read(failing)).toEqual({
      ...found,
      applied: ['3'],
      current: ['3'],
      pending: ['10', '11'],
      drift: ['failed 10, refused'],
    })
    expect((await staging.run(migrateNext, 'up')).code).not.toBe(0)
    await staging.applied(migrateNext, 'force', '3')
    await staging.applied(migrateNext, 'up')
    expect(await staging.read(migrateNext)).toEqual({
      ...found,
      applied: ['10'],
      current: ['10'],
      pending: [],
      drift: [],
    })
  })

  test('a way back that failed leaves the number of the one before it', async ({ skip }) => {
    await using staging = await stagingOf(where, given(skip))
    const failing = { ...migrate, '3_b.down.sql': 'DROP TABLE nowhere;' }
    await staging.applied(failing, 'up')
    expect((await staging.run(failing, 'down', '1')).code).not.toBe(0)
    expect(await staging.tables('a', 'b')).toEqual(['a', 'b'])
    expect(await staging.read(failing)).toEqual({
      ...found,
      applied: [],
      current: [],
      pending: ['1', '3'],
      drift: ['failed 1, refused'],
    })
  })

  test('the way back of the first one leaves no number', async ({ skip }) => {
    await using staging = await stagingOf(where, given(skip))
    const only = { '1_a.up.sql': sql('a'), '1_a.down.sql': 'DROP TABLE nowhere;' }
    await staging.applied(only, 'up')
    expect((await staging.run(only, 'down', '1')).code).not.toBe(0)
    expect(await staging.read(only)).toEqual({
      ...found,
      applied: [],
      current: [],
      pending: ['1'],
      drift: ['failed -1, refused'],
    })
  })

  test('all taken back', async ({ skip }) => {
    await using staging = await stagingOf(where, given(skip))
    const both = { ...migrate, '1_a.down.sql': 'DROP TABLE a;' }
    await staging.applied(both, 'up')
    await staging.applied(both, 'down', '-all')
    expect(await staging.read(both)).toEqual({ ...found, applied: [], current: [], pending: ['1', '3'], drift: [] })
  })
})

describe('tern', () => {
  const given = installed(tern)
  test('all taken back', async ({ skip }) => {
    const where = { tool: 'tern', folder: 'migrations' } as const
    await using staging = await stagingOf(where, given(skip))
    await staging.applied(terns, '--destination', 'last')
    await staging.applied(terns, '--destination', '0')
    expect(await staging.read(terns)).toEqual({
      table: 'public.schema_version',
      applied: [],
      current: [],
      pending: ['1', '2'],
      drift: [],
      notChecked: [],
    })
  })
})
