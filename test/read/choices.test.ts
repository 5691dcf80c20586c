import { describe, expect, test } from 'vitest'
import { type Tool, tools } from '../../src/model/migration.ts'
import { readProject } from '../../src/read/read.ts'
import { repository } from '../repository.ts'
import { projects } from './layout-projects.ts'

const goose = '-- +goose Up\nSELECT 1;\n'

/** A repository that one tool would run, but for one thing; the file that tells it, and what was expected of it. */
const nearlyRight: {
  // What only a command runs is not looked for before something says so.
  readonly [tool in Exclude<Tool, 'command'>]: readonly [files: Readonly<Record<string, string>>, told: string]
} = {
  alembic: [
    { 'db/script.py.mako': '', 'db/versions/a.py': "revision = 'a'\n" },
    'db/script.py.mako is nearly a migration of alembic: expected an alembic.ini with a section [alembic] and script_location = db.',
  ],
  'numbered-sql': [
    { 'migrations/create_users.sql': 'A' },
    'migrations/create_users.sql is nearly a migration of numbered-sql: expected a number and a name, such as 001_create_users.sql, with 001_create_users_rollback.sql for the way back.',
  ],
  'golang-migrate': [
    { 'db/V1-a.up.sql': 'A' },
    'db/V1-a.up.sql is nearly a migration of golang-migrate: expected 1_a.up.sql, and 1_a.down.sql for the way back.',
  ],
  sqlx: [
    { 'Cargo.toml': 'sqlx = "0.8"', 'migrations/1-a.up.sql': 'A' },
    'migrations/1-a.up.sql is nearly a migration of golang-migrate: expected 1_a.up.sql, and 1_a.down.sql for the way back.',
  ],
  'node-pg-migrate': [
    { 'db/add-email.sql': '-- Up Migration\nA\n-- Down Migration\n' },
    'db/add-email.sql is nearly a migration of node-pg-migrate: expected a number and a name, such as 1706700000000_add-email.sql.',
  ],
  diesel: [
    { 'diesel.toml': '', 'migrations/add_email/up.sql': 'A' },
    'migrations/add_email/up.sql is nearly a migration of diesel: expected for its folder a time and a name, such as 2024-01-31-120000_add_email.',
  ],
  hasura: [
    { 'config.yaml': 'metadata_directory: metadata', 'migrations/default/add_email/up.sql': 'A' },
    'migrations/default/add_email/up.sql is nearly a migration of hasura: expected for its folder a time in milliseconds and a name, such as 1706700000000_add_email.',
  ],
  dbmate: [
    { 'db/add_email.sql': '-- migrate:up\n-- migrate:down\n' },
    'db/add_email.sql is nearly a migration of dbmate: expected a number at the beginning, such as 20240131120000_add_email.sql.',
  ],
  goose: [
    { 'db/add_email.sql': goose },
    'db/add_email.sql is nearly a migration of goose: expected a number and an underscore, such as 00003_add_email.sql.',
  ],
  'sql-migrate': [
    { 'db/add_email.SQL': '-- +migrate Up\n' },
    'db/add_email.SQL is nearly a migration of sql-migrate: expected the ending .sql.',
  ],
  tern: [
    { 'db/add_email.sql': 'A\n---- create above / drop below ----\n' },
    'db/add_email.sql is nearly a migration of tern: expected a number and an underscore, such as 003_add_email.sql.',
  ],
  flyway: [
    { 'sql/V1_init.sql': '' },
    'sql/V1_init.sql is nearly a migration of flyway: expected V1__init.sql, with a capital letter and two underscores.',
  ],
  sqitch: [
    { 'deploy/users.sql': 'A' },
    'deploy/users.sql is nearly a migration of sqitch: expected a sqitch.plan beside its folder, which names it.',
  ],
  prisma: [
    { 'prisma/migrations/init/migration.sql': 'A' },
    'prisma/migrations/init/migration.sql is nearly a migration of prisma: expected folders such as 20240131120000_create_users/ with migration.sql, beside migration_lock.toml.',
  ],
  drizzle: [
    { 'drizzle/meta/0000_snapshot.json': '{}' },
    'drizzle/meta/0000_snapshot.json is nearly a migration of drizzle: expected _journal.json beside it.',
  ],
  supabase: [
    { 'supabase/migrations/add_email.sql': 'A' },
    'supabase/migrations/add_email.sql is nearly a migration of supabase: expected a time and a name, such as 20240131120000_add_email.sql.',
  ],
  'graphile-migrate': [
    { 'migrations/committed/add_email.sql': 'A' },
    'migrations/committed/add_email.sql is nearly a migration of graphile-migrate: expected a number, such as 000003-add-email.sql, and the headers that committing writes.',
  ],
}

async function messageOf(files: Readonly<Record<string, string>>): Promise<string> {
  await using repo = await repository(files)
  return await readProject({ repository: repo.path, tool: undefined, directory: undefined, changed: undefined }).then(
    (project) => `read as ${project.tool}`,
    (error: Error) => error.message,
  )
}

describe('a layout that is nearly right: the error says what was expected', () => {
  test.each(Object.entries(nearlyRight))('%s', async (_, [files, told]) => {
    const [first, ...nearly] = (await messageOf(files)).split('\n')
    expect(first).toMatch(/^No migrations were found in this repository\. Expected an alembic\.ini/)
    expect(nearly).toContain(told)
    expect(nearly.length).toBeLessThanOrEqual(3)
  })
})

/** What says which tool each small project belongs to, beside its files. */
const homes: { readonly [tool in Tool]?: readonly [folder: string, files?: Readonly<Record<string, string>>] } = {
  'numbered-sql': ['numbered-sql/migrations'],
  'golang-migrate': ['golang-migrate/migrations'],
  sqlx: ['sqlx/migrations', { 'sqlx/Cargo.toml': 'sqlx = "0.8"' }],
  diesel: ['diesel/migrations', { 'diesel/diesel.toml': '' }],
  hasura: ['hasura/migrations/default', { 'hasura/config.yaml': 'metadata_directory: metadata' }],
  flyway: ['flyway/db/migration'],
  supabase: ['supabase/migrations'],
}

test('a repository with a history of every tool: the error names each, and each choice is read', async () => {
  const places = projects
    .filter(([{ tool }]) => tool !== 'command')
    .map(([layout, tree]) => {
      const [folder, files = {}] = homes[layout.tool] ?? [layout.tool]
      const placed = Object.entries(tree).map(([path, text]) => [`${folder}/${path}`, text] as const)
      return { tool: layout.tool, folder, files: { ...Object.fromEntries(placed), ...files } }
    })
  const alembic = {
    tool: 'alembic' as const,
    folder: 'alembic',
    files: {
      'alembic/alembic.ini': '[alembic]\nscript_location = db\n',
      'alembic/db/versions/a.py': "revision = 'a'\ndef upgrade(): pass\n",
    },
  }
  const all = [alembic, ...places]
  expect(all.map(({ tool }) => tool).sort()).toEqual(tools.filter((tool) => tool !== 'command').sort())
  await using repo = await repository(Object.assign({}, ...all.map(({ files }) => files)))
  const options = { repository: repo.path, changed: undefined }
  const error: unknown = await readProject({ ...options, tool: undefined, directory: undefined }).catch(
    (thrown) => thrown,
  )
  const [first, ...choices] = error instanceof Error ? error.message.split('\n') : []
  expect(first).toBe('More than one history of migrations was found in this repository. Choose one:')
  expect(choices.sort()).toEqual(all.map(({ tool, folder }) => `  --tool ${tool} --directory ${folder}`).sort())
  for (const { tool, folder } of all) {
    const project = await readProject({ ...options, tool, directory: folder })
    expect([project.tool, project.directory]).toEqual([tool, folder])
    expect(project.migrations.length).toBeGreaterThan(0)
  }
})

/** Folders that two tools could have made. The same certainty for both, so that neither is guessed. */
test.each<[string, Readonly<Record<string, string>>, readonly [Tool, Tool]]>([
  ['two markers', { 'm/1_a.sql': `${goose}-- migrate:up\n-- migrate:down\n` }, ['dbmate', 'goose']],
  ['two markers of one kind', { 'm/1_a.sql': `${goose}-- +migrate Up\n` }, ['goose', 'sql-migrate']],
  ['a marker and a line', { 'm/1_a.sql': `${goose}---- create above / drop below ----\n` }, ['goose', 'tern']],
  [
    'two manifests',
    {
      'Cargo.toml': 'sqlx = "0.8"',
      'go.mod': 'require github.com/golang-migrate/migrate/v4 v4.19.1',
      'migrations/1_a.up.sql': '',
    },
    ['golang-migrate', 'sqlx'],
  ],
])('%s: the error says how to choose', async (_, files, both) => {
  const directory = Object.keys(files).at(-1)?.replace(/\/.*/, '')
  expect(await messageOf(files)).toBe(
    [
      `More than one tool could have made the migrations in ${directory}. Choose one:`,
      ...both.map((tool) => `  --tool ${tool} --directory ${directory}`),
    ].join('\n'),
  )
})
