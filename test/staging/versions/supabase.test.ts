import { describe, expect, test } from 'vitest'
import { supabase } from '../../read/programs.ts'
import { installed, sql, stagingOf, versionTables, without } from './against-tool.ts'

const where = { tool: 'supabase', folder: 'supabase/migrations' } as const
const files = {
  '20240101000000_a.sql': `\uFEFF-- the first\r\n${sql('a')}\n/* "quoted", \\ and {braces} */ INSERT INTO a VALUES (1);;\n\nCREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT 'a\\b; "c"'; $$;\n-- the end\n`,
  '20240103000000_b.sql': `CREATE TABLE b (id bigint)`,
}
const next = { ...files, '20240110000000_c.sql': sql('c') }
const expected = {
  table: 'supabase_migrations.schema_migrations',
  applied: ['20240101000000', '20240103000000'],
  current: ['20240103000000'],
  pending: ['20240110000000'],
}

versionTables({
  ...where,
  program: supabase,
  up: ['up'],
  files,
  next,
  expected,
  drifts: {
    gone: {
      files: without(next, '20240103000000_b.sql'),
      told: { drift: ['unknown 20240103000000, refused'] },
      tool: ['refuses'],
    },
    edited: {
      files: { ...next, '20240103000000_b.sql': 'CREATE TABLE b (id bigint, name text)' },
      told: { drift: ['edited 20240103000000'] },
      tool: ['runs', 'c'],
    },
    'a statement more': {
      files: { ...next, '20240103000000_b.sql': 'CREATE TABLE b (id bigint);\nSELECT 1;' },
      told: { drift: ['edited 20240103000000'] },
      tool: ['runs', 'c'],
    },
    'only semicolons and white space more': {
      files: { ...next, '20240103000000_b.sql': '\n\nCREATE TABLE b (id bigint) ;\n;\n' },
      told: {},
      tool: ['runs', 'c'],
    },
    late: {
      files: { ...next, '20240102000000_late.sql': sql('late') },
      told: {
        drift: ['out-of-order 20240102000000, refused'],
        pending: ['20240102000000', '20240110000000'],
      },
      tool: ['refuses'],
    },
  },
})

describe('supabase', () => {
  const given = installed(supabase)

  test('a version that was noted by hand, and one that was taken out by hand', async ({ skip }) => {
    await using staging = await stagingOf(where, given(skip))
    await staging.applied(files, 'up')
    await staging.applied(next, 'repair', '--status', 'applied', '20240110000000')
    await staging.applied(next, 'repair', '--status', 'reverted', '20240103000000')
    expect(await staging.tables('a', 'b', 'c')).toEqual(['a', 'b'])
    expect(await staging.read(next)).toEqual({
      ...expected,
      applied: ['20240101000000', '20240110000000'],
      current: ['20240110000000'],
      pending: ['20240103000000'],
      drift: ['out-of-order 20240103000000, refused'],
      notChecked: [],
    })
  })
})
