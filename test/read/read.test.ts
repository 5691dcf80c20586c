import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tools } from '../../src/model/migration.ts'
import { changedFiles } from '../../src/read/changed-files.ts'
import { readProject, readProjects, touches } from '../../src/read/read.ts'
import { type Repository, repository } from '../repository.ts'
import { readAll, read as readTree } from './projects.ts'

const history = { 'migrations/001_a.sql': 'CREATE TABLE a ();', 'migrations/001_a_rollback.sql': 'DROP TABLE a;' }

async function read(repo: Repository, options: { directory?: string; tool?: 'alembic' | 'numbered-sql' } = {}) {
  const changed = await changedFiles(repo.path, 'main')
  const project = await readProject({
    repository: repo.path,
    tool: options.tool,
    directory: options.directory,
    changed,
  })
  const migrations = project.migrations.map(
    ({ id, name, status, parents, down }) =>
      `${id} ${name} ${status} after ${parents.join() || 'nothing'}, down: ${down?.file ?? 'none'}`,
  )
  return {
    migrations,
    notChecked: project.notChecked.map(({ what, why }) => `${what}: ${why}`),
    touched: touches(project, changed),
    project,
  }
}

test('numbered SQL: order by number, each with its way back, new ones told from edited ones', async () => {
  await using repo = await repository({ ...history, 'migrations/9_b.sql': '', 'migrations/README.md': '' })
  await repo.commit({
    'migrations/10_c.sql': '',
    'migrations/rollback/10_c.sql': '',
    'migrations/011_d.sql': '',
    'migrations/011_d.down.sql': '',
    'migrations/12-e.sql': '',
    'migrations/12-e_down.sql': '',
    'migrations/001_a_rollback.sql': 'DROP TABLE a CASCADE;',
  })
  const { migrations, notChecked, touched } = await read(repo)
  expect(migrations).toEqual([
    '001 001_a edited after nothing, down: migrations/001_a_rollback.sql',
    '9 9_b base after 001, down: none',
    '10 10_c new after 9, down: migrations/rollback/10_c.sql',
    '011 011_d new after 10, down: migrations/011_d.down.sql',
    '12 12-e new after 011, down: migrations/12-e_down.sql',
  ])
  expect(notChecked).toEqual([])
  expect(touched).toBe(true)
})

test('numbered SQL: a number alone is enough', async () => {
  const files = {
    'sql/001.sql': 'A',
    'sql/001_rollback.sql': '-A',
    'sql/002.sql': 'B',
    'sql/002.down.sql': '-B',
    'sql/003.sql': 'C',
    'sql/rollback/004.sql': '-D',
  }
  const { tool, migrations, notChecked } = await readTree(files, { 'sql/004.sql': 'D', 'sql/005.sql': 'E' })
  expect({ tool, migrations, notChecked }).toEqual({
    tool: 'numbered-sql in sql',
    migrations: [
      '001 (001) base after nothing\n  up sql/001.sql:1 [none] 1:1 "A"\n  down sql/001_rollback.sql:1 [none] 1:1 "-A"',
      '002 (002) base after 001\n  up sql/002.sql:1 [none] 1:1 "B"\n  down sql/002.down.sql:1 [none] 1:1 "-B"',
      '003 (003) base after 002\n  up sql/003.sql:1 [none] 1:1 "C"',
      '004 (004) new after 003\n  up sql/004.sql:1 [none] 1:1 "D"\n  down sql/rollback/004.sql:1 [none] 1:1 "-D"',
      '005 (005) new after 004\n  up sql/005.sql:1 [none] 1:1 "E"',
    ],
    notChecked: [],
  })
})

test('numbered SQL: years are no migrations, unless the folder or the user says so', async () => {
  const years = { '2023.sql': '', '2024.sql': '' }
  const inside = (folder: string) =>
    Object.fromEntries(Object.entries(years).map(([name, text]) => [`${folder}/${name}`, text]))
  await expect(readTree(inside('reports'))).rejects.toThrow('No migrations were found')
  expect((await readTree(inside('migrations'))).tool).toBe('numbered-sql in migrations')
  expect((await readTree(inside('reports'), {}, { tool: 'numbered-sql' })).tool).toBe('numbered-sql in reports')
})

test('a change elsewhere does not touch the history', async () => {
  await using repo = await repository(history)
  await repo.commit({ 'src/app.py': '1', 'docs/001_not.sql': '' })
  expect((await read(repo)).touched).toBe(false)
})

test('what is not a migration, has no partner, is deleted, or cannot be read is told', async () => {
  await using repo = await repository({ ...history, 'migrations/002_b.sql': 'B' })
  repo.git('rm', '--quiet', 'migrations/002_b.sql')
  await repo.write({
    'migrations/add_email.sql': '',
    'migrations/004_c_rollback.sql': '',
    'migrations/005_latin.sql': Buffer.from([0x2d, 0x2d, 0xe9]),
    'migrations/006_goose.sql': '-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n',
    'migrations/007_x.sql': '',
    'migrations/007_y.sql': '',
  })
  await symlink('/etc/hostname', join(repo.path, 'migrations/008_link.sql'))
  const { notChecked, migrations, project } = await read(repo)
  expect(notChecked).toEqual([
    'migrations/005_latin.sql: Not read: it is not UTF-8 text.',
    'migrations/006_goose.sql: It holds the sections of a goose migration, and most files beside it do not. Run by psql it would undo what it does.',
    'migrations/008_link.sql: Not read: it is a link to a place outside of the repository.',
    'migrations/add_email.sql: The name is not that of a numbered migration. Expected a number and a name, such as 003_add_email.sql, and 003_add_email_rollback.sql for the way back.',
    'migrations/004_c_rollback.sql: It takes back a migration that is not there: expected 004_c.sql beside it.',
  ])
  expect(project.lineage?.faults.map(({ kind, at }) => [kind, at.file])).toEqual([
    ['duplicate', 'migrations/007_y.sql'],
  ])
  expect(project.lineage?.changes).toEqual([
    { kind: 'deleted', migration: '002', name: '002_b', file: 'migrations/002_b.sql' },
  ])
  expect(migrations.map((line) => line.slice(0, 3))).toEqual(['001', '007', '007'])
  expect(project.hasGaps).toBe(true)
})

test('a file whose name is not UTF-8 is told, by its name as far as that can be read', async ({ skip }) => {
  await using repo = await repository(history)
  const path = Buffer.concat([
    Buffer.from(join(repo.path, 'migrations/002_')),
    Buffer.from([0xff]),
    Buffer.from('.sql'),
  ])
  const refused = await writeFile(path, 'SELECT 1;').catch((error: NodeJS.ErrnoException) => error.code)
  if (refused !== undefined) skip(`this file system takes no such name (${refused})`)
  expect((await read(repo)).notChecked).toEqual([
    'migrations/002_\uFFFD.sql: Not read: its name is not UTF-8; give it one that is.',
  ])
})

test('no history: the error says what was expected', async () => {
  await using repo = await repository({ 'README.md': '' })
  await expect(read(repo)).rejects.toThrow('No migrations were found in this repository. Expected an alembic.ini')
})

test('two histories: the error lists the choices, and each choice works', async () => {
  await using repo = await repository({ 'a/migrations/001_a.sql': '', 'b/migrations/001_b.sql': '' })
  await expect(read(repo)).rejects.toThrow(
    'More than one history of migrations was found in this repository. Choose one:\n' +
      '  --tool numbered-sql --directory a/migrations\n  --tool numbered-sql --directory b/migrations',
  )
  expect((await read(repo, { directory: 'b/migrations' })).migrations).toEqual([
    '001 001_b base after nothing, down: none',
  ])
  expect((await read(repo, { directory: 'a' })).migrations).toEqual(['001 001_a base after nothing, down: none'])
})

test('a byte order mark is not part of the SQL', async () => {
  await using repo = await repository(history)
  await repo.write({ 'migrations/002_b.sql': '\uFEFFSELECT 1;' })
  const { project } = await read(repo)
  expect(project.migrations[1]?.up.fragments[0]).toMatchObject({ sql: 'SELECT 1;' })
})

const goose = '-- +goose Up\nSELECT 1;\n'

test('a monorepo: each history that the change touches, and no other', async () => {
  const base = {
    'a/migrations/001_a.sql': 'A',
    'b/migrations/1_b.up.sql': 'B',
    'c/db/001_c.sql': goose,
    'd/migrations/001_d.sql': 'D',
    'sql/001_report.sql': '',
  }
  const found = await readAll(base, { 'a/migrations/002_a.sql': 'A2', 'c/db/002_c.sql': goose, 'sql/002_x.sql': '' })
  expect(found.map(({ tool, migrations }) => [tool, migrations.length])).toEqual([
    ['goose in c/db', 2],
    ['numbered-sql in a/migrations', 2],
  ])
  expect(await readAll(base, { 'README.md': '' })).toEqual([])
  await expect(readTree(base)).rejects.toThrow(
    'More than one history of migrations was found in this repository. Choose one:\n' +
      '  --tool golang-migrate --directory b/migrations\n' +
      '  --tool goose --directory c/db\n' +
      '  --tool numbered-sql --directory a/migrations\n' +
      '  --tool numbered-sql --directory d/migrations',
  )
})

test('one history is read whether the change touches it or not', async () => {
  const found = await readAll({ 'migrations/001_a.sql': 'A' }, { 'README.md': '' })
  expect(found.map(({ tool }) => tool)).toEqual(['numbered-sql in migrations'])
})

test('a history of which nothing is left is told', async () => {
  await using repo = await repository({ 'a/migrations/001_a.sql': 'A', 'b/migrations/001_b.sql': 'B' })
  repo.git('rm', '--quiet', '-r', 'b')
  const changed = await changedFiles(repo.path, 'main')
  const found = await readProjects({ repository: repo.path, tool: undefined, directory: undefined, changed })
  expect(found).toEqual([
    {
      tool: 'numbered-sql',
      directory: 'b/migrations',
      folders: ['b/migrations'],
      migrations: [],
      notChecked: [],
      lineage: {
        faults: [],
        heads: [],
        headsBefore: 0,
        changes: [{ kind: 'deleted', migration: '001', name: '001_b', file: 'b/migrations/001_b.sql' }],
      },
      hasGaps: false,
      hasDowngrades: true,
    },
  ])
})

test('two tools that could have made one folder: the error says how to choose, and the choice works', async () => {
  const both = {
    'm/001_a.sql': '-- +goose Up\n-- migrate:up\nSELECT 1;\n-- +goose Down\n-- migrate:down\nSELECT 2;\n',
  }
  const message =
    'More than one tool could have made the migrations in m. Choose one:\n' +
    '  --tool dbmate --directory m\n  --tool goose --directory m'
  await expect(readTree(both)).rejects.toThrow(message)
  await expect(readAll({}, both)).rejects.toThrow(message)
  expect((await readTree(both, {}, { tool: 'goose' })).migrations).toEqual([
    '1 (001_a) base after nothing\n' +
      '  up m/001_a.sql:1 [script] 2:1 "-- migrate:up\\nSELECT 1;\\n"\n' +
      '  down m/001_a.sql:4 [script] 5:1 "-- migrate:down\\nSELECT 2;\\n"',
  ])
})

test('a marker says more than a manifest, and a manifest more than a name', async () => {
  const cargo = { 'Cargo.toml': 'sqlx = "0.8"\n' }
  expect((await readTree({ ...cargo, 'migrations/1_a.sql': goose })).tool).toBe('goose in migrations')
  expect((await readTree({ ...cargo, 'migrations/1_a.sql': 'A' })).tool).toBe('sqlx in migrations')
  expect((await readTree({ ...cargo, 'migrations/1_a.up.sql': 'A' })).tool).toBe('sqlx in migrations')
  expect((await readTree({ 'migrations/1_a.up.sql': 'A' })).tool).toBe('golang-migrate in migrations')
  expect((await readTree({ 'migrations/1_a.sql': 'A' })).tool).toBe('numbered-sql in migrations')
})

test('a tool that is named is believed; one that does not fit says what it expects', async () => {
  const tree = { 'm/001_a.sql': 'A', 'm/001_a.up.sql': 'B' }
  expect((await readTree(tree, {}, { tool: 'sqlx' })).faults).toEqual(['m/001_a.up.sql has the number of m/001_a.sql'])
  expect((await readTree(tree, {}, { tool: 'numbered-sql' })).migrations).toEqual([
    '001 (001_a) base after nothing\n  up m/001_a.sql:1 [none] 1:1 "A"',
  ])
  await expect(readTree(tree, {}, { tool: 'prisma', directory: 'm' })).rejects.toThrow(
    'No prisma migrations were found in m/: expected folders such as 20240131120000_create_users/ with migration.sql, beside migration_lock.toml.',
  )
})

test('every tool can be named, and is read by its own layout', async () => {
  for (const tool of tools)
    await expect(readTree({ 'README.md': '' }, {}, { tool })).rejects.toThrow(`No ${tool} migrations were found`)
})

test('plain files and pairs in one folder: most of them decide, the rest is told', async () => {
  const { tool, notChecked } = await readTree(
    { 'm/001_a.sql': '', 'm/002_b.sql': '' },
    { 'm/3_c.up.sql': '', 'm/3_c.down.sql': '' },
  )
  expect({ tool, notChecked }).toEqual({
    tool: 'numbered-sql in m',
    notChecked: [
      'm/3_c.up.sql: The name is not that of a numbered migration. Expected a number and a name, such as 003_add_email.sql, and 003_add_email_rollback.sql for the way back.',
      'm/3_c.down.sql: It takes back a migration that is not there: expected 3_c.sql beside it.',
    ],
  })
})

test('a configuration that cannot be read is told by its own project, and stops no other', async () => {
  const latin = new Uint8Array([0x5b, 0x61, 0xe9, 0x0a])
  const base = { 'sql/migrations/001_a.sql': 'A', 'api/alembic.ini': latin, 'api/db/script.py.mako': '' }
  const projects = await readAll(base, { 'sql/migrations/002_b.sql': 'B', 'api/db/versions/a.py': "revision = 'a'\n" })
  expect(projects.map(({ tool, migrations, notChecked }) => [tool, migrations.length, notChecked])).toEqual([
    ['alembic in api', 0, ['api/alembic.ini:1: It could not be read: it is not UTF-8 text.']],
    ['numbered-sql in sql/migrations', 2, []],
  ])
  const broken = { ...base, 'api/alembic.ini': '', 'api/pyproject.toml': '[tool.alembic]\nscript_location = db\n' }
  const [first] = await readAll(broken, { 'api/db/versions/a.py': "revision = 'a'\n" })
  expect([first?.tool, first?.notChecked]).toEqual([
    'alembic in api',
    ['api/pyproject.toml:2: It could not be read as TOML (line 2, column 19).'],
  ])
})
