import { type Case, compareWithTool } from './compared.ts'
import * as tools from './programs.ts'

// Hasura is not compared: a server of its own applies the migrations.

const sqlx: Case = {
  ...tools.sqlx,
  folder: 'migrations',
  async install() {
    const run = await tools.sqlx.install()
    return {
      up: (folder, database) => run(folder, database, 'run'),
      down: (folder, database) => run(folder, database, 'revert'),
      versions: 'SELECT version::text AS version FROM _sqlx_migrations ORDER BY installed_on',
    }
  },
  project: {
    '1_init.up.sql': '{a} {b}',
    '1_init.down.sql': '{k} {l}',
    '9_nine.up.sql': '{c}',
    '9_other_name.down.sql': '-- no-transaction\nDROP INDEX CONCURRENTLY gate.i;',
    '010_index.up.sql': '-- no-transaction\nCREATE INDEX CONCURRENTLY i ON gate.log (tag);',
    '10_index.down.sql': '{m}',
    '20240131120000_bare.up.sql': '-- no-transaction\n{d} {e}',
    '20240131120000_bare.down.sql': '-- no-transaction\n{n} BEGIN; {o} COMMIT; {p} {q}',
    'readme.sql': 'not SQL',
  },
  order: ['1', '9', '10', '20240131120000'],
  up: 'ab c de',
  down: ['no pq', 'm', '', 'kl'],
  odd: [
    ['a file alone', { '1_a.sql': 'SELECT 1;' }, 'accepted'],
    ['an empty file', { '1_a.up.sql': '', '1_a.down.sql': '' }, 'accepted'],
    ['a byte order mark', { '1_a.up.sql': '\uFEFFSELECT 1;', '1_a.down.sql': '' }, 'refused'],
    ['a number twice', { '1_a.sql': 'SELECT 1;', '01_b.sql': 'SELECT 1;' }, 'refused'],
  ],
}

const diesel: Case = {
  ...tools.diesel,
  folder: 'migrations',
  async install() {
    const run = await tools.diesel.install()
    return {
      up: (folder, database) => run(folder, database, 'run'),
      down: (folder, database) => run(folder, database, 'revert'),
      versions: 'SELECT version FROM __diesel_schema_migrations ORDER BY run_on, version',
    }
  },
  project: {
    '2024-01-31-120000_second/up.sql': '{c}',
    '2024-01-31-120000_second/down.sql': '{g} {h}',
    '20240131110000_first/up.sql': '{a} {b}',
    '20240131110000_first/down.sql': '{i}',
    '2024-02-01-000000_index/up.sql': 'CREATE INDEX CONCURRENTLY i ON gate.log (tag);',
    '2024-02-01-000000_index/down.sql': 'DROP INDEX CONCURRENTLY gate.i;',
    '2024-02-01-000000_index/metadata.toml': 'run_in_transaction = false\n',
    '2024-02-02-000000_bare/up.sql': '{d} BEGIN; {e} COMMIT; {f}',
    '2024-02-02-000000_bare/down.sql': '{j}',
    '2024-02-02-000000_bare/metadata.toml': 'run_in_transaction = false\n',
  },
  order: ['20240131110000', '20240131120000', '20240201000000', '20240202000000'],
  up: 'ab c de f',
  down: ['j', '', 'gh', 'i'],
  odd: [
    [
      'a byte order mark',
      { '2024-01-31-120000_a/up.sql': '\uFEFFSELECT 1;', '2024-01-31-120000_a/down.sql': 'SELECT 1;' },
      'refused',
    ],
  ],
}

/** What graphile-migrate writes above a migration that it commits, and what lets it take one that was not. */
const head = (hash: number) =>
  `--! Previous: ${hash === 1 ? '-' : `sha1:${hash - 1}`}\n--! Hash: sha1:${hash}\n--! AllowInvalidHash\n`

const graphileMigrate: Case = {
  ...tools.graphileMigrate,
  folder: 'migrations',
  async install() {
    const run = await tools.graphileMigrate.install()
    return {
      up: (folder, database) => run(folder, database, 'migrate'),
      versions: 'SELECT filename AS version FROM graphile_migrate.migrations ORDER BY filename',
    }
  },
  project: {
    'committed/000001.sql': `${head(1)}\n{a} {b}\n`,
    'committed/000002-index.sql': `${head(2)}--! Message: index\n\n--! no-transaction\nCREATE INDEX CONCURRENTLY i ON gate.log (tag);\n`,
    'committed/000003.sql': `${head(3)}\n--! no-transaction\n{c} {d}`,
    'committed/000010.sql': `${head(4)}\n{e}\n{f}\n`,
    'current.sql': '',
  },
  order: ['000001.sql', '000002.sql', '000003.sql', '000010.sql'],
  up: 'ab cd ef',
  odd: [
    ['no header', { 'committed/000001.sql': 'SELECT 1;\n' }, 'refused'],
    ['SQL that is refused', { 'committed/000001.sql': `${head(1)}\nno SQL` }, 'refused'],
  ],
}

const supabase: Case = {
  ...tools.supabase,
  folder: 'supabase/migrations',
  async install() {
    const run = await tools.supabase.install()
    return {
      up: (folder, database) => run(folder, database, 'up', '--include-all'),
      versions: 'SELECT version FROM supabase_migrations.schema_migrations ORDER BY version',
    }
  },
  project: {
    '20240101000000_first.sql': '{a} {b}',
    '20240102000000_second.sql': '{c}\n{d}\n',
    '3_third.sql': '{e}',
  },
  order: ['20240101000000', '20240102000000', '3'],
  up: 'ab cd e',
  odd: [
    ['a byte order mark', { '20240101000000_a.sql': '\uFEFFSELECT 1;' }, 'accepted'],
    ['SQL that is refused', { '20240101000000_a.sql': 'no SQL' }, 'refused'],
  ],
}

const sqitch: Case = {
  ...tools.sqitch,
  folder: 'db',
  async install() {
    const run = await tools.sqitch.install()
    return {
      up: (folder, database) => run(folder, database, 'deploy', '--verify'),
      // The first change has none before it.
      async down(folder, database) {
        const last = await run(folder, database, 'revert', '-y', '--to', '@HEAD^')
        return last.code === 0 ? last : await run(folder, database, 'revert', '-y')
      },
      versions: 'SELECT change AS version FROM sqitch.changes ORDER BY committed_at',
    }
  },
  project: {
    'sqitch.conf': '[core]\n\tengine = pg\n',
    'sqitch.plan': `%syntax-version=1.0.0
%project=shop

users 2024-01-01T00:00:00Z Ann <ann@example.test> # adds users
a/first [users] 2024-01-02T00:00:00Z Ann <ann@example.test>
@v1 2024-01-02T00:00:00Z Ann <ann@example.test>
index 2024-01-03T00:00:00Z Ann <ann@example.test>
`,
    'deploy/users.sql': 'BEGIN;\n{a}\n{b}\nCOMMIT;\n',
    'deploy/a/first.sql': '\uFEFF{c}\n{d}\n',
    'deploy/index.sql': 'CREATE INDEX CONCURRENTLY i ON gate.log (tag);\nBEGIN; {e} COMMIT; {f}\n',
    'revert/users.sql': '{k}',
    'revert/a/first.sql': 'BEGIN; {i} {j} COMMIT;',
    'revert/index.sql': 'DROP INDEX CONCURRENTLY gate.i; {g} {h}',
  },
  order: ['users', 'a/first', 'index'],
  up: 'ab c d e f',
  down: ['g h', 'ij', 'k'],
  odd: [],
}

const lock = { 'migration_lock.toml': 'provider = "postgresql"\n' }

const prisma: Case = {
  ...tools.prisma,
  folder: 'prisma/migrations',
  async install() {
    const run = await tools.prisma.install()
    return {
      up: (folder, database) => run(folder, database, 'migrate', 'deploy'),
      versions: 'SELECT migration_name AS version FROM _prisma_migrations ORDER BY started_at',
    }
  },
  project: {
    ...lock,
    '2_second/migration.sql': '{e} BEGIN; {f} COMMIT; {g}',
    '10_first/migration.sql': '{a} {b}\n-- that is all\n',
    '20240101000000_index/migration.sql': 'CREATE INDEX CONCURRENTLY i ON gate.log (tag);',
    '9/migration.sql': '{h}',
    '10_first_b/migration.sql': '{c} COMMIT; {d}',
    'readme.sql': 'not SQL',
  },
  order: ['10_first', '10_first_b', '2_second', '20240101000000_index', '9'],
  up: 'ab c d ef g h',
  odd: [
    ['an empty file', { ...lock, '1_a/migration.sql': '' }, 'accepted'],
    ['a byte order mark', { ...lock, '1_a/migration.sql': '\uFEFFSELECT 1;' }, 'refused'],
    ['a number twice', { ...lock, '1_a/migration.sql': 'SELECT 1;', '1_b/migration.sql': 'SELECT 1;' }, 'accepted'],
    ['a folder without one', { ...lock, '1_a/migration.sql': 'SELECT 1;', 'notes/readme.md': 'x' }, 'refused'],
    ['a folder with a way back alone', { ...lock, '1_a/migration.sql': 'SELECT 1;', '2_b/down.sql': '' }, 'refused'],
    ['SQL that is refused', { ...lock, '1_a/migration.sql': 'no SQL' }, 'refused'],
  ],
}

compareWithTool(sqlx, diesel, graphileMigrate, supabase, sqitch, prisma)
