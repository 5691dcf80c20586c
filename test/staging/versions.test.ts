import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Tool } from '../../src/model/migration.ts'
import type { Database } from '../../src/postgres/server.ts'
import { readProject } from '../../src/read/read.ts'
import { openStaging } from '../../src/staging/session.ts'
import { readVersions, type Versions } from '../../src/staging/versions/versions.ts'
import { python } from '../python.ts'
import { url } from '../read/compared.ts'
import { goTool, lacks, mavenLibraries, npmPackages, type Ran, ran, rustTool } from '../read/tools.ts'
import { repository } from '../repository.ts'
import { testDatabase } from '../server.ts'

// Version tables as the tools themselves make them. Prisma's engine comes from a server of its own and not from a package registry: its
// table is made by hand below, with the columns that its documentation names.

type Files = Readonly<Record<string, string>>

interface Case {
  readonly tool: Tool
  readonly folder: string
  readonly needs: readonly { name: string; ask: string }[]
  /** Gives what applies everything in a folder. */
  install(): Promise<(folder: string, database: Database) => Promise<Ran>>
  /** Three migrations in order, the files of each: the first two are applied. */
  readonly migrations: readonly [Files, Files, Files]
  /** One between the first two, that comes late. */
  readonly between?: Files
  readonly expected: {
    readonly table: string
    readonly applied: readonly string[]
    readonly current: readonly string[]
    readonly pending: readonly string[]
    /** Where the second is taken out of the repository. */
    readonly unknown: readonly string[]
    /** Where the text of the first is another one. */
    readonly edited: readonly string[]
    /** Where the one between is there: what is late, and what is pending then. */
    readonly late?: { readonly drift: readonly string[]; readonly pending: readonly string[] }
  }
}

const go = { name: 'go', ask: 'version' }
const sql = (name: string) => `CREATE TABLE ${name} (id bigint PRIMARY KEY);`
const goose = (name: string) => `-- +goose Up\n${sql(name)}\n-- +goose Down\nDROP TABLE ${name};\n`
const journal = (...tags: readonly (readonly [string, number])[]) =>
  JSON.stringify({
    version: '7',
    dialect: 'postgresql',
    entries: tags.map(([tag, when], idx) => ({ idx, version: '7', when, tag, breakpoints: true })),
  })
const revision = (id: string, parent: string | undefined) => `from alembic import op
revision = '${id}'
down_revision = ${parent === undefined ? 'None' : `'${parent}'`}
def upgrade():
    op.execute("${sql(`t_${id}`)}")
def downgrade():
    op.execute("DROP TABLE t_${id}")
`

const cases: readonly Case[] = [
  {
    tool: 'golang-migrate',
    folder: 'migrations',
    needs: [go],
    async install() {
      const program = await goTool({
        module: 'github.com/golang-migrate/migrate/v4/cmd/migrate',
        version: 'v4.19.1',
        tags: 'postgres',
      })
      return (folder, database) => ran(program, ['-path', folder, '-database', url(database), 'up'])
    },
    migrations: [{ '1_a.up.sql': sql('a') }, { '3_b.up.sql': sql('b') }, { '10_c.up.sql': sql('c') }],
    between: { '2_late.up.sql': sql('late') },
    expected: {
      table: 'public.schema_migrations',
      applied: ['3'],
      current: ['3'],
      pending: ['10'],
      unknown: ['3'],
      edited: [],
      late: { drift: [], pending: ['10'] },
    },
  },
  {
    tool: 'goose',
    folder: 'migrations',
    needs: [go],
    async install() {
      const program = await goTool({
        module: 'github.com/pressly/goose/v3/cmd/goose',
        version: 'v3.27.3',
        tags: 'no_clickhouse,no_libsql,no_mssql,no_mysql,no_sqlite3,no_vertica,no_ydb,no_turso,no_duckdb',
      })
      // A version that was taken back and applied again has several rows.
      return async (folder, database) => {
        const first = await ran(program, ['-dir', folder, 'postgres', url(database), 'up'])
        if (first.code !== 0) return first
        await ran(program, ['-dir', folder, 'postgres', url(database), 'down'])
        return await ran(program, ['-dir', folder, 'postgres', url(database), 'up'])
      }
    },
    migrations: [{ '00001_a.sql': goose('a') }, { '00003_b.sql': goose('b') }, { '00010_c.sql': goose('c') }],
    between: { '00002_late.sql': goose('late') },
    expected: {
      table: 'public.goose_db_version',
      applied: ['1', '3'],
      current: ['3'],
      pending: ['10'],
      unknown: ['3'],
      edited: [],
      late: { drift: ['2'], pending: ['2', '10'] },
    },
  },
  {
    tool: 'dbmate',
    folder: 'db/migrations',
    needs: [],
    async install() {
      const folder = await npmPackages('dbmate@2.36.0')
      const program = join(folder, 'node_modules/.bin/dbmate')
      return (migrations, database) =>
        ran(program, ['--url', url(database), '--migrations-dir', migrations, '--no-dump-schema', 'migrate'])
    },
    migrations: [
      { '20240101_a.sql': `-- migrate:up\n${sql('a')}\n-- migrate:down\n` },
      { '20240103_b.sql': `-- migrate:up\n${sql('b')}\n-- migrate:down\n` },
      { '20240110_c.sql': `-- migrate:up\n${sql('c')}\n-- migrate:down\n` },
    ],
    between: { '20240102_late.sql': `-- migrate:up\n${sql('late')}\n-- migrate:down\n` },
    expected: {
      table: 'public.schema_migrations',
      applied: ['20240101', '20240103'],
      current: ['20240103'],
      pending: ['20240110'],
      unknown: ['20240103'],
      edited: [],
      late: { drift: ['20240102'], pending: ['20240102', '20240110'] },
    },
  },
  {
    tool: 'flyway',
    folder: 'sql',
    needs: [
      { name: 'java', ask: '-version' },
      { name: 'mvn', ask: '-version' },
    ],
    async install() {
      const libraries = await mavenLibraries(
        'org.flywaydb:flyway-database-postgresql:11.20.3',
        'org.postgresql:postgresql:42.7.8',
      )
      const program = join(libraries, 'Migrate.java')
      writeFileSync(
        program,
        `import org.flywaydb.core.Flyway;
         public class Migrate {
           public static void main(String[] given) {
             Flyway.configure().dataSource(given[0], given[1], given[2]).locations("filesystem:" + given[3]).load().migrate();
           }
         }`,
      )
      return (folder, { user, password, host, port, name }) =>
        ran('java', [
          '-cp',
          join(libraries, '*'),
          program,
          `jdbc:postgresql://${host}:${port}/${name}`,
          user,
          password,
          folder,
        ])
    },
    migrations: [
      { 'V1__a.sql': `\uFEFF${sql('a')}\r\n-- ä\n\n` },
      { 'V3.0__b.sql': sql('b'), 'R__view_of_a.sql': 'CREATE OR REPLACE VIEW v AS SELECT 1 AS one;\n' },
      { 'V10__c.sql': sql('c') },
    ],
    between: { 'V2__late.sql': sql('late') },
    expected: {
      table: 'public.flyway_schema_history',
      applied: ['1', '3.0', 'R__view_of_a'],
      current: ['3.0'],
      pending: ['10'],
      unknown: ['3.0', 'R__view_of_a'],
      edited: ['1'],
      late: { drift: ['2'], pending: ['2', '10'] },
    },
  },
  {
    tool: 'node-pg-migrate',
    folder: 'migrations',
    needs: [],
    async install() {
      const folder = await npmPackages('node-pg-migrate@9.0.0', 'pg@8.23.1')
      const program = join(folder, 'node_modules/.bin/node-pg-migrate')
      return (migrations, database) =>
        ran(program, ['up', '--migrations-dir', migrations], { env: { DATABASE_URL: url(database) } })
    },
    migrations: [
      { '1_a.sql': `-- Up Migration\n${sql('a')}\n-- Down Migration\n` },
      { '3_b.sql': `-- Up Migration\n${sql('b')}\n-- Down Migration\n` },
      { '10_c.sql': `-- Up Migration\n${sql('c')}\n-- Down Migration\n` },
    ],
    between: { '2_late.sql': `-- Up Migration\n${sql('late')}\n-- Down Migration\n` },
    expected: {
      table: 'public.pgmigrations',
      applied: ['1_a', '3_b'],
      current: ['3_b'],
      pending: ['10_c'],
      unknown: ['3_b'],
      edited: [],
      late: { drift: ['2_late'], pending: ['2_late', '10_c'] },
    },
  },
  {
    tool: 'sqlx',
    folder: 'migrations',
    needs: [{ name: 'cargo', ask: '--version' }],
    async install() {
      const program = await rustTool({ crate: 'sqlx-cli', version: '0.8.6', features: 'postgres', program: 'sqlx' })
      return (folder, database) => ran(program, ['migrate', 'run', '--source', folder, '--database-url', url(database)])
    },
    migrations: [{ '1_a.sql': sql('a') }, { '3_b.sql': sql('b') }, { '10_c.sql': sql('c') }],
    between: { '2_late.sql': sql('late') },
    expected: {
      table: 'public._sqlx_migrations',
      applied: ['1', '3'],
      current: ['3'],
      pending: ['10'],
      unknown: ['3'],
      edited: ['1'],
      late: { drift: ['2'], pending: ['2', '10'] },
    },
  },
  {
    tool: 'diesel',
    folder: 'migrations',
    needs: [{ name: 'diesel', ask: '--version' }],
    async install() {
      return (folder, database) =>
        ran('diesel', ['migration', 'run', '--migration-dir', folder, '--database-url', url(database)], { cwd: folder })
    },
    migrations: [
      { '2024-01-01-000000_a/up.sql': sql('a') },
      { '2024-01-03-000000_b/up.sql': sql('b') },
      { '2024-01-10-000000_c/up.sql': sql('c') },
    ],
    between: { '2024-01-02-000000_late/up.sql': sql('late') },
    expected: {
      table: 'public.__diesel_schema_migrations',
      applied: ['20240101000000', '20240103000000'],
      current: ['20240103000000'],
      pending: ['20240110000000'],
      unknown: ['20240103000000'],
      edited: [],
      late: { drift: ['20240102000000'], pending: ['20240102000000', '20240110000000'] },
    },
  },
  {
    tool: 'drizzle',
    folder: 'drizzle',
    needs: [],
    async install() {
      const folder = await npmPackages('drizzle-orm@0.45.4', 'pg@8.23.1')
      const program = join(folder, 'apply.js')
      writeFileSync(
        program,
        `import { drizzle } from 'drizzle-orm/node-postgres'
         import { migrate } from 'drizzle-orm/node-postgres/migrator'
         const [url, migrationsFolder] = process.argv.slice(2)
         const database = drizzle(url)
         await migrate(database, { migrationsFolder })
         await database.$client.end()`,
      )
      return (migrations, database) => ran('node', [program, url(database), migrations])
    },
    migrations: [
      { '0000_a.sql': sql('a'), 'meta/_journal.json': journal(['0000_a', 1000]) },
      { '0001_b.sql': sql('b'), 'meta/_journal.json': journal(['0000_a', 1000], ['0001_b', 3000]) },
      { '0002_c.sql': sql('c'), 'meta/_journal.json': journal(['0000_a', 1000], ['0001_b', 3000], ['0002_c', 9000]) },
    ],
    between: {
      '0003_late.sql': sql('late'),
      'meta/_journal.json': journal(['0000_a', 1000], ['0003_late', 2000], ['0001_b', 3000], ['0002_c', 9000]),
    },
    expected: {
      table: 'drizzle.__drizzle_migrations',
      applied: ['0000_a', '0001_b'],
      current: ['0001_b'],
      pending: ['0002_c'],
      unknown: [],
      edited: ['0000_a'],
      late: { drift: ['0003_late'], pending: ['0002_c'] },
    },
  },
  {
    tool: 'sql-migrate',
    folder: 'migrations',
    needs: [go],
    async install() {
      const program = await goTool({ module: 'github.com/rubenv/sql-migrate/sql-migrate', version: 'v1.8.1' })
      return (folder, database) => {
        const config = join(folder, 'dbconfig.yml')
        writeFileSync(config, `test:\n  dialect: postgres\n  datasource: ${url(database)}\n  dir: ${folder}\n`)
        return ran(program, ['up', '-config', config, '-env', 'test'])
      }
    },
    migrations: [
      { '1-a.sql': `-- +migrate Up\n${sql('a')}\n` },
      { '3-b.sql': `-- +migrate Up\n${sql('b')}\n` },
      { '10-c.sql': `-- +migrate Up\n${sql('c')}\n` },
    ],
    between: { '2-late.sql': `-- +migrate Up\n${sql('late')}\n` },
    expected: {
      table: 'public.gorp_migrations',
      applied: ['1-a.sql', '3-b.sql'],
      current: ['3-b.sql'],
      pending: ['10-c.sql'],
      unknown: ['3-b.sql'],
      edited: [],
      late: { drift: ['2-late.sql'], pending: ['2-late.sql', '10-c.sql'] },
    },
  },
  {
    tool: 'tern',
    folder: 'migrations',
    needs: [go],
    async install() {
      const program = await goTool({ module: 'github.com/jackc/tern/v2', version: 'v2.3.4' })
      return (folder, database) => ran(program, ['migrate', '--migrations', folder, '--conn-string', url(database)])
    },
    migrations: [
      { '001_a.sql': `${sql('a')}\n---- create above / drop below ----\nDROP TABLE a;\n` },
      { '002_b.sql': `${sql('b')}\n---- create above / drop below ----\nDROP TABLE b;\n` },
      { '003_c.sql': `${sql('c')}\n---- create above / drop below ----\nDROP TABLE c;\n` },
    ],
    expected: {
      table: 'public.schema_version',
      applied: ['2'],
      current: ['2'],
      pending: ['3'],
      unknown: ['2'],
      edited: [],
    },
  },
  {
    tool: 'alembic',
    folder: '.',
    needs: [{ name: 'python3', ask: '--version' }],
    async install() {
      const { alembic } = await python()
      return (folder, database) =>
        ran(alembic, ['upgrade', 'heads'], {
          cwd: folder,
          env: { DATABASE_URL: url(database).replace('postgres:', 'postgresql+psycopg:').replace(/\?.*/, '') },
        })
    },
    migrations: [
      {
        'alembic.ini': '[alembic]\nscript_location = db\n',
        'db/env.py': `import os
from alembic import context
from sqlalchemy import create_engine
with create_engine(os.environ['DATABASE_URL']).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
`,
        'db/versions/a.py': revision('a1', undefined),
      },
      // Two heads.
      { 'db/versions/b.py': revision('b1', 'a1'), 'db/versions/x.py': revision('x1', 'a1') },
      { 'db/versions/c.py': revision('c1', 'b1') },
    ],
    expected: {
      table: 'public.alembic_version',
      applied: ['b1', 'x1'],
      current: ['b1', 'x1'],
      pending: ['c1'],
      unknown: ['b1', 'x1'],
      edited: [],
    },
  },
]

async function versionsOf(
  database: Database,
  { tool, folder }: Pick<Case, 'tool' | 'folder'>,
  files: Files,
): Promise<Versions> {
  const directory = folder === '.' ? '' : folder
  await using repo = await repository(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [join(directory, name), text])),
  )
  const project = await readProject({ repository: repo.path, tool, directory, changed: [] })
  await using staging = await openStaging({
    url: url(database),
    limits: { lockTimeoutMs: 2000, statementTimeoutMs: 10_000 },
  })
  return await staging.read((session) =>
    readVersions(session, {
      tool,
      table: undefined,
      defaultSchema: 'public',
      repository: {
        migrations: project.migrations,
        directory,
        bytes: (file) => readFile(join(repo.path, file)).catch(() => undefined),
      },
    }),
  )
}

function told({ table, pending, drift, notChecked }: Versions) {
  return {
    table: table?.table,
    applied: table?.applied,
    current: table?.current,
    pending: [...pending],
    drift: drift.map(({ kind, version }) => `${kind} ${version}`),
    notChecked,
  }
}

describe.each(cases)('$tool', (each) => {
  let apply: Awaited<ReturnType<Case['install']>>
  let missing: string | undefined

  beforeAll(async () => {
    missing = await lacks(...each.needs)
    if (missing === undefined) apply = await each.install()
  }, 600_000)

  test('its own version table', { timeout: 120_000 }, async ({ skip }) => {
    if (missing !== undefined) skip(missing)
    const [first, second, third] = each.migrations
    const { expected } = each
    await using database = await testDatabase()
    const before = { ...first, ...second }
    await using repo = await repository(before)
    const ran = await apply(repo.path, database.database)
    expect(ran.code, ran.output).toBe(0)

    const now = { ...before, ...third }
    const { table, applied, current, pending } = expected
    const whole = { table, applied, current, pending, drift: [], notChecked: [] }
    expect(told(await versionsOf(database.database, each, now))).toEqual(whole)

    const without = Object.fromEntries(
      Object.entries(now).filter(([name]) => name in first || name in third || !(name in second)),
    )
    const gone = told(await versionsOf(database.database, each, without))
    if (expected.unknown.length > 0) expect(gone.drift).toEqual(expected.unknown.map((version) => `unknown ${version}`))

    const [file = ''] = Object.keys(first).filter((name) => !/journal|\.ini$|env\.py$/.test(name))
    const edited = { ...now, [file]: `${now[file as keyof typeof now]}\n-- more` }
    expect(told(await versionsOf(database.database, each, edited)).drift).toEqual(
      expected.edited.map((version) => `edited ${version}`),
    )

    if (each.between && expected.late) {
      const late = told(await versionsOf(database.database, each, { ...now, ...each.between }))
      expect({ drift: late.drift, pending: late.pending }).toEqual({
        drift: expected.late.drift.map((version) => `out-of-order ${version}`),
        pending: expected.late.pending,
      })
      // What the tool itself does with it.
      await using other = await repository({ ...now, ...each.between })
      const again = await apply(other.path, database.database)
      const { rows } = await database.query<{ tables: string[] }>(
        `SELECT coalesce(array_agg(relname::text ORDER BY relname), '{}') AS tables FROM pg_class WHERE relname IN ('late', 'c')`,
      )
      expect({ tool: each.tool, code: again.code === 0, tables: rows[0]?.tables }).toEqual({
        tool: each.tool,
        ...afterwards[each.tool],
      })
    }
  })
})

test('Prisma, whose table is made by hand: edited, begun and not finished, taken back', async () => {
  const each = { tool: 'prisma', folder: 'prisma/migrations' } as const
  await using database = await testDatabase(`
    CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz,
      migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(),
      applied_steps_count integer NOT NULL DEFAULT 0);
    INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, rolled_back_at) VALUES
      ('1', '${createHash('sha256').update(sql('a')).digest('hex')}', '20240101000000_a', '2024-01-01', '2024-01-01', NULL),
      ('2', 'other', '20240102000000_b', '2024-01-02', '2024-01-02', NULL),
      ('3', 'other', '20240103000000_c', '2024-01-03', NULL, '2024-01-03'),
      ('4', 'other', '20240104000000_d', '2024-01-04', NULL, NULL)`)
  const files = Object.fromEntries(
    ['a', 'b', 'c', 'd'].map((name, i) => [`2024010${i + 1}000000_${name}/migration.sql`, sql(name)]),
  )
  const found = await versionsOf(database.database, each, {
    ...files,
    'migration_lock.toml': 'provider = "postgresql"',
  })
  expect(told(found)).toEqual({
    table: 'public._prisma_migrations',
    applied: ['20240101000000_a', '20240102000000_b'],
    current: ['20240102000000_b'],
    pending: ['20240103000000_c', '20240104000000_d'],
    drift: ['edited 20240102000000_b', 'failed 20240104000000_d'],
    notChecked: [],
  })
})

describe('a schema_version of the team’s own', () => {
  const each = { tool: 'numbered-sql', folder: 'migrations' } as const
  const table = `CREATE TABLE schema_version (version varchar(50) PRIMARY KEY, applied_at timestamptz DEFAULT now(), description text);`
  const files = {
    '001_initial_schema.sql': `BEGIN;\n${sql('a')}\nINSERT INTO schema_version (version, description) VALUES ('1.0.0', 'Initial');\nCOMMIT;`,
    '002_add_phone.sql': `-- Version: 1.1.0\n${sql('b')}`,
    '003_more.sql': `${sql('c')}\nINSERT INTO schema_version (version, description) VALUES ('1.10.0', 'It''s more');`,
  }

  test('semantic versions, by the row that a migration inserts or the head that names it', async () => {
    await using database = await testDatabase(`${table}
      INSERT INTO schema_version VALUES ('1.0.0', '2024-01-01', 'Initial'), ('1.1.0', '2024-02-01', 'Phone')`)
    expect(told(await versionsOf(database.database, each, files))).toEqual({
      table: 'public.schema_version',
      applied: ['1.0.0', '1.1.0'],
      current: ['1.1.0'],
      pending: ['003'],
      drift: [],
      notChecked: [],
    })
  })

  test('a version of another branch; the newest by time is not the highest', async () => {
    await using database = await testDatabase(`${table}
      INSERT INTO schema_version VALUES ('1.0.0', '2024-01-01'), ('1.10.0', '2024-02-01'), ('1.9.0', '2024-03-01')`)
    expect(told(await versionsOf(database.database, each, files))).toEqual({
      table: 'public.schema_version',
      applied: ['1.0.0', '1.10.0', '1.9.0'],
      current: ['1.9.0'],
      pending: ['002'],
      drift: ['unknown 1.9.0', 'out-of-order 1.9.0', 'out-of-order 002'],
      notChecked: [],
    })
  })

  test('no such table: nothing is applied on a new database, and on another one that is not believed', async () => {
    await using fresh = await testDatabase()
    await using other = await testDatabase('CREATE TABLE a ()')
    const nothing = {
      table: 'public.schema_version',
      applied: [],
      current: [],
      pending: ['001', '002', '003'],
      drift: [],
    }
    expect(told(await versionsOf(fresh.database, each, files))).toEqual({ ...nothing, notChecked: [] })
    expect(told(await versionsOf(other.database, each, files))).toEqual({
      ...nothing,
      notChecked: [
        {
          what: 'The version table',
          why: 'The database has tables, and public.schema_version, in which numbered-sql notes what it applied, is not among them. Every migration is taken as pending. Name the table with --version-table.',
        },
      ],
    })
  })
})

/** What each tool makes of a migration that comes late, and of the one at the end. */
const afterwards: { readonly [tool in Tool]?: { code: boolean; tables: string[] } } = {
  'golang-migrate': { code: true, tables: ['c'] },
  goose: { code: false, tables: [] },
  dbmate: { code: true, tables: ['c', 'late'] },
  flyway: { code: false, tables: [] },
  'node-pg-migrate': { code: false, tables: [] },
  sqlx: { code: true, tables: ['c', 'late'] },
  diesel: { code: true, tables: ['c', 'late'] },
  drizzle: { code: true, tables: ['c'] },
  'sql-migrate': { code: true, tables: ['c', 'late'] },
}
