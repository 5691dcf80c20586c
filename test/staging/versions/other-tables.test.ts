import { describe, expect, test } from 'vitest'
import { dbmate, flyway, golangMigrate, goose } from '../../read/programs.ts'
import { installed, sql, stagingOf } from './against-tool.ts'

const advice = 'Every migration is taken as pending. Name the table with --version-table.'

describe('a table that the tool was told to use', () => {
  const [withGoose, withDbmate, withFlyway] = [installed(goose), installed(dbmate), installed(flyway)]

  test('goose -table: found where it is named', async ({ skip }) => {
    await using staging = await stagingOf({ tool: 'goose', folder: 'migrations' }, withGoose(skip))
    const files = { '1_a.sql': `-- +goose Up\n${sql('a')}\n`, '2_b.sql': `-- +goose Up\n${sql('b')}\n` }
    await staging.query('CREATE SCHEMA "App"')
    // The tool does not quote it.
    await staging.applied(files, '-table', '"App"."the versions"', 'up-by-one')
    expect(await staging.read(files, 'App.the versions')).toEqual({
      table: '"App"."the versions"',
      applied: ['1'],
      current: ['1'],
      pending: ['2'],
      drift: [],
      notChecked: [],
    })
    expect(await staging.read(files)).toEqual({
      table: 'public.goose_db_version',
      applied: [],
      current: [],
      pending: ['1', '2'],
      drift: [],
      notChecked: [
        {
          what: 'The version table',
          why: `The database has tables, and public.goose_db_version, in which goose notes what it applied, is not among them. ${advice}`,
        },
      ],
    })
  })

  test('flyway.defaultSchema: found by its name, as there is one', async ({ skip }) => {
    await using staging = await stagingOf({ tool: 'flyway', folder: 'sql' }, withFlyway(skip))
    const files = { 'V1__a.sql': sql('a'), 'V2__b.sql': sql('b') }
    await staging.applied(files, 'migrate', 'defaultSchema=app', 'target=1')
    expect(await staging.read(files)).toEqual({
      table: 'app.flyway_schema_history',
      applied: ['1'],
      current: ['1'],
      pending: ['2'],
      drift: [],
      notChecked: [],
    })
  })

  test('dbmate --migrations-table, twice: one has to be named', async ({ skip }) => {
    await using staging = await stagingOf({ tool: 'dbmate', folder: 'migrations' }, withDbmate(skip))
    const text = (name: string) => `-- migrate:up\n${sql(name)}\n-- migrate:down\n`
    const [one, two] = [{ '1_a.sql': text('a') }, { '2_b.sql': text('b') }]
    await staging.query('CREATE SCHEMA one; CREATE SCHEMA two')
    await staging.applied(one, '--migrations-table', 'one.schema_migrations', 'migrate')
    await staging.applied(two, '--migrations-table', 'two.schema_migrations', 'migrate')
    const both = { ...one, ...two }
    const found = { drift: [], notChecked: [] }
    expect(await staging.read(both)).toEqual({
      ...found,
      table: 'public.schema_migrations',
      applied: [],
      current: [],
      pending: ['1', '2'],
      notChecked: [
        {
          what: 'The version table',
          why: `There are several: one.schema_migrations, two.schema_migrations. ${advice}`,
        },
      ],
    })
    expect(await staging.read(both, 'one.schema_migrations')).toEqual({
      ...found,
      table: 'one.schema_migrations',
      applied: ['1'],
      current: ['1'],
      pending: ['2'],
    })
  })
})

describe('a table of the same name that another tool made', () => {
  const given = installed(dbmate)

  test('is not taken for the tool’s own', async ({ skip }) => {
    const run = given(skip)
    await using staging = await stagingOf({ tool: golangMigrate.tool, folder: 'migrations' }, run)
    await staging.applied({ '1_a.sql': `-- migrate:up\n${sql('a')}\n-- migrate:down\n` }, 'migrate')
    expect(await staging.read({ '1_a.up.sql': sql('a') })).toEqual({
      table: 'public.schema_migrations',
      applied: [],
      current: [],
      pending: ['1'],
      drift: [],
      notChecked: [
        {
          what: 'The version table',
          why: `public.schema_migrations has not the columns that golang-migrate gives it. ${advice}`,
        },
      ],
    })
  })
})
