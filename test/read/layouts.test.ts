import { describe, expect, test } from 'vitest'
import { read } from './projects.ts'

describe('golang-migrate', () => {
  test('by number, pairs by number, each file one query', async () => {
    expect(
      await read(
        {
          'db/9_b.up.sql': 'B',
          'db/9_b.down.sql': '-b',
          'db/0001_a.up.sql': 'A\n',
          'db/1_other_name.down.sql': '-a',
          'db/README.md': '',
        },
        { 'db/10_c.up.sql': 'CREATE INDEX CONCURRENTLY i ON t (c)' },
      ),
    ).toEqual({
      tool: 'golang-migrate in db',
      migrations: [
        '1 (0001_a) base after nothing\n  up db/0001_a.up.sql:1 [query] 1:1 "A\\n"\n  down db/1_other_name.down.sql:1 [query] 1:1 "-a"',
        '9 (9_b) base after 1\n  up db/9_b.up.sql:1 [query] 1:1 "B"\n  down db/9_b.down.sql:1 [query] 1:1 "-b"',
        '10 (10_c) new after 9\n  up db/10_c.up.sql:1 [query] 1:1 "CREATE INDEX CONCURRENTLY i ON t (c)"',
      ],
      notChecked: [],
      hasGaps: false,
      hasDowngrades: true,
    })
  })

  test('nearly right names, a number twice, a down alone are told, where the change touches them', async () => {
    const { notChecked, migrations, faults } = await read(
      { 'db/1_a.up.sql': '', 'db/2_old.sql': '', 'db/3_old.down.sql': '' },
      {
        'db/2_b.sql': '',
        'db/4-c.up.sql': '',
        'db/5_d.down.sql': '',
        'db/6_e.up.sql': '',
        'db/06_f.up.sql': '',
        'db/6_e.down.sql': '',
        'db/6_f.down.sql': '',
        'db/V7.Name.up.sql': '',
      },
    )
    expect(notChecked).toEqual([
      'db/2_b.sql: golang-migrate does not run it, because of its name: expected 2_b.up.sql, and 2_b.down.sql for the way back.',
      'db/4-c.up.sql: golang-migrate does not run it, because of its name: expected 4_c.up.sql, and 4_c.down.sql for the way back.',
      'db/V7.Name.up.sql: golang-migrate does not run it, because of its name: expected 7_Name.up.sql, and 7_Name.down.sql for the way back.',
      'db/5_d.down.sql: It takes back a migration that is not there: expected 5_d.up.sql beside it.',
      'db/6_f.down.sql: It takes back a migration that another file takes back too. Expected one .down.sql for each number.',
    ])
    expect(faults).toEqual(['db/6_e.up.sql has the number of db/06_f.up.sql'])
    expect(migrations).toHaveLength(3)
  })

  test('a byte order mark goes to PostgreSQL', async () => {
    const { migrations } = await read({ 'db/1_a.up.sql': '\uFEFFSELECT 1' })
    expect(migrations).toEqual([
      '1 (1_a) base after nothing\n  up db/1_a.up.sql:1 [query] ! 1:1 golang-migrate takes the byte order mark at the beginning of the file for a part of the SQL; save the file without it',
    ])
  })
})

describe('sqlx', () => {
  const cargo = { 'Cargo.toml': '[dependencies]\nsqlx = { version = "0.8" }\n' }

  test('pairs and single files, in a transaction or one query', async () => {
    expect(
      await read(
        { ...cargo, 'migrations/2_b.up.sql': 'B', 'migrations/2_b2.down.sql': '-- no-transaction\n-b' },
        { 'migrations/10_c.sql': '-- no-transaction\nC' },
      ),
    ).toEqual({
      tool: 'sqlx in migrations',
      migrations: [
        '2 (2_b) base after nothing\n  up migrations/2_b.up.sql:1 [script] 1:1 "B"\n  down migrations/2_b2.down.sql:1 [query] 1:1 "-- no-transaction\\n-b"',
        '10 (10_c) new after 2\n  up migrations/10_c.sql:1 [query] 1:1 "-- no-transaction\\nC"',
      ],
      notChecked: [],
      hasGaps: false,
      hasDowngrades: true,
    })
  })

  test('without any down there is no way back to forget', async () => {
    expect(await read(cargo, { 'migrations/20240101000000_a.sql': 'A', 'migrations/no_number.sql': '' })).toEqual({
      tool: 'sqlx in migrations',
      migrations: [
        '20240101000000 (20240101000000_a) new after nothing\n  up migrations/20240101000000_a.sql:1 [script] 1:1 "A"',
      ],
      notChecked: [
        'migrations/no_number.sql: sqlx does not run it, because of its name: expected 003_no_number.up.sql, and 003_no_number.down.sql for the way back.',
      ],
      hasGaps: false,
      hasDowngrades: false,
    })
  })

  test('the manifest nearest to the folder decides', async () => {
    const { tool } = await read({
      ...cargo,
      'service/go.mod': 'require github.com/golang-migrate/migrate/v4 v4.19.1',
      'service/migrations/1_a.up.sql': '',
    })
    expect(tool).toBe('golang-migrate in service/migrations')
  })
})

describe('node-pg-migrate', () => {
  test('by number, 17 digits being a date; sections in either order; one transaction for all', async () => {
    expect(
      await read(
        {
          'package.json': '{"devDependencies": {"node-pg-migrate": "^9.0.0"}}',
          'migrations/20240101000000000_d.sql': '-- Up Migration\nD\n-- Down Migration\n-d',
          'migrations/1704067100000_c.sql': 'C',
          'migrations/1704067300000_e.sql': 'E',
          'migrations/9_a.sql': '-- comment\n-- Down Migration\r\n-a\r\n-- up migration\r\nA',
        },
        { 'migrations/10_b.up.sql': 'B', 'migrations/10_b.down.sql': '-b' },
      ),
    ).toEqual({
      tool: 'node-pg-migrate in migrations',
      migrations: [
        '9_a (9_a) base after nothing\n  up migrations/9_a.sql:4 [run] 4:1 "-- up migration\\r\\nA"\n  down migrations/9_a.sql:2 [run] 2:1 "-- Down Migration\\r\\n-a\\r\\n"',
        '10_b (10_b) new after 9_a\n  up migrations/10_b.up.sql:1 [run] 1:1 "B"\n  down migrations/10_b.down.sql:1 [run] 1:1 "-b"',
        '1704067100000_c (1704067100000_c) base after 10_b\n  up migrations/1704067100000_c.sql:1 [run] 1:1 "C"',
        '20240101000000000_d (20240101000000000_d) base after 1704067100000_c\n  up migrations/20240101000000000_d.sql:1 [run] 1:1 "-- Up Migration\\nD\\n"\n  down migrations/20240101000000000_d.sql:3 [run] 3:1 "-- Down Migration\\n-d"',
        '1704067300000_e (1704067300000_e) base after 20240101000000000_d\n  up migrations/1704067300000_e.sql:1 [run] 1:1 "E"',
      ],
      notChecked: [],
      hasGaps: false,
      hasDowngrades: true,
    })
  })

  test('JavaScript is told, and leaves a gap; so does a file without “Up Migration”', async () => {
    const { notChecked, hasGaps, migrations } = await read(
      {
        'package.json': '{"dependencies": {"node-pg-migrate": "9"}}',
        'migrations/1_a.js': '',
        'migrations/2_types.d.ts': '',
      },
      { 'migrations/2_b.sql': 'B\n-- Down Migration\n-b' },
    )
    expect(notChecked).toEqual([
      'migrations/1_a.js: It is a migration written in JavaScript or TypeScript, which is not read. Only the SQL migrations of node-pg-migrate are.',
      'migrations/2_b.sql:2: node-pg-migrate runs the whole file as the upgrade, its downgrade too. Expected the line “-- Up Migration” before the upgrade.',
    ])
    expect({ hasGaps, migrations }).toEqual({ hasGaps: true, migrations: [] })
  })
})

describe('dbmate', () => {
  test('order of text, options on the marker, CRLF', async () => {
    expect(
      await read(
        {
          'db/migrations/9_b.sql': '-- migrate:up\nB;\n-- migrate:down\n-b;\n',
          'db/migrations/10_a.sql': '-- hello\n-- migrate:up\r\nA;\r\n\r\n-- migrate:down\r\n',
        },
        { 'db/migrations/90_c.sql': '-- migrate:up transaction:false\nC;\n-- migrate:down transaction:false foo\n-c;' },
      ),
    ).toEqual({
      tool: 'dbmate in db/migrations',
      migrations: [
        '10 (10_a) base after nothing\n  up db/migrations/10_a.sql:2 [script] 3:1 "A;\\r\\n\\r\\n"\n  down db/migrations/10_a.sql:5 [script] 6:1 ""',
        '90 (90_c) new after 10\n  up db/migrations/90_c.sql:1 [query] 2:1 "C;\\n"\n  down db/migrations/90_c.sql:3 [query] 4:1 "-c;"',
        '9 (9_b) base after 90\n  up db/migrations/9_b.sql:1 [script] 2:1 "B;\\n"\n  down db/migrations/9_b.sql:3 [script] 4:1 "-b;\\n"',
      ],
      notChecked: [],
      hasGaps: false,
      hasDowngrades: true,
    })
  })

  test('what dbmate refuses is told with what it expects', async () => {
    const { notChecked, hasGaps } = await read(
      {
        'm/1_a.sql': '-- migrate:up\n-- migrate:down\n',
        'm/2_a.sql': '-- migrate:up\n-- migrate:down\n',
        'm/3_a.sql': '-- migrate:up\n-- migrate:down\n',
      },
      { 'm/4_b.sql': 'SELECT 1;', 'm/5_c.sql': '-- migrate:up\nC;\n', 'm/readme.sql': '' },
    )
    expect(notChecked).toEqual([
      'm/4_b.sql:1: dbmate refuses it: expected the line “-- migrate:up” before the upgrade, and “-- migrate:down” before the downgrade.',
      'm/5_c.sql:1: dbmate refuses it: expected the line “-- migrate:down” behind the upgrade, even where nothing follows it.',
      'm/readme.sql: dbmate does not run it, because of its name: expected a number at the beginning, such as 20240131120000_add_email.sql.',
    ])
    expect(hasGaps).toBe(true)
  })
})

describe('goose', () => {
  test('by number; NO TRANSACTION counts for both directions', async () => {
    expect(
      await read(
        {
          'g/00009_b.sql': '-- +goose Up\nB;\n-- +goose Down\n-b;\n',
          'g/3_a.sql': '-- note\n\n-- +goose up\nA; -- x\n',
        },
        {
          'g/10_c.sql':
            '-- +goose NO TRANSACTION\n-- +goose Up\n-- +goose StatementBegin\nDO $$\nBEGIN\n  NULL;\nEND $$;\n-- +goose StatementEnd\nC;\n-- +goose Down\r\n-c;\r\n',
        },
      ),
    ).toEqual({
      tool: 'goose in g',
      migrations: [
        '3 (3_a) base after nothing\n  up g/3_a.sql:3 [script] 4:1 "A; -- x\\n"',
        '9 (00009_b) base after 3\n  up g/00009_b.sql:1 [script] 2:1 "B;\\n"\n  down g/00009_b.sql:3 [script] 4:1 "-b;\\n"',
        '10 (10_c) new after 9\n  up g/10_c.sql:2 [none] 3:1 "-- +goose StatementBegin\\nDO $$\\nBEGIN\\n  NULL;\\nEND $$;\\n-- +goose StatementEnd\\nC;\\n"\n  down g/10_c.sql:10 [none] 11:1 "-c;\\r\\n"',
      ],
      notChecked: [],
      hasGaps: false,
      hasDowngrades: true,
    })
  })

  test('what goose refuses, what another language holds, and what it fills in', async () => {
    const { notChecked, migrations, hasGaps } = await read(
      {
        'g/1_a.sql': '-- +goose Up\n',
        'g/2_b.sql': '-- +goose Up\n',
        'g/3_c.sql': '-- +goose Up\n',
        'g/4_d.go': '',
        'g/4_d_test.go': '',
      },
      {
        'g/5_e.sql': 'SELECT 1;\n',
        'g/6_f.sql': '-- +goose Up\nDO $$ BEGIN\n NULL;\nEND $$;\n-- +goose Down\nSELECT 1\n',
        'g/7_g.sql':
          '-- +goose Up\n-- +goose ENVSUB ON\nSELECT 1;\nCREATE ROLE ${NAME};\n-- +goose ENVSUB OFF\nSELECT $$x$$;\n',
        'g/name.sql': '',
      },
    )
    expect(notChecked).toEqual([
      'g/4_d.go: It is a migration written in Go, which is not read. Only the SQL migrations of goose are.',
      'g/5_e.sql:1: goose refuses it: expected the line “-- +goose Up” before everything else.',
      'g/name.sql: goose does not run it, because of its name: expected a number and an underscore, such as 00003_add_email.sql.',
    ])
    expect(hasGaps).toBe(true)
    expect(migrations.slice(3)).toEqual([
      '6 (6_f) new after 3\n' +
        '  up g/6_f.sql:1 [script] ! 2:1 goose refuses it: it ends a statement at each line that ends with a semicolon, so this one is cut in the middle; put “StatementBegin” and “StatementEnd” around it\n' +
        '  down g/6_f.sql:5 [script] ! 6:1 goose refuses it: this statement has no semicolon at the end of its last line',
      '7 (7_g) new after 6\n' +
        '  up g/7_g.sql:1 [script] 2:1 "-- +goose ENVSUB ON\\nSELECT 1;" | ! 4:13 goose puts environment variables in here (ENVSUB ON) | 4:21 "\\n-- +goose ENVSUB OFF\\nSELECT $$x$$;\\n"',
    ])
  })
})

describe('sql-migrate', () => {
  test('by number, then by text; sections add up; notransaction for one direction', async () => {
    expect(
      await read(
        {
          'm/b.sql': '-- +migrate Up\nE;\n',
          'm/10-c.sql': '-- +migrate Up notransaction\nC;\n-- +migrate Down\n-c;\n',
          'm/9-a.sql': '-- +migrate Up\nA;\n-- +migrate Down\n-a;\n-- +migrate Up\nA2;\n',
        },
        { 'm/11-d.sql': 'SELECT 1;\n-- +migrate Up\nD\n' },
      ),
    ).toEqual({
      tool: 'sql-migrate in m',
      migrations: [
        '9-a.sql (9-a) base after nothing\n  up m/9-a.sql:1 [script] 2:1 "A;\\n" | 6:1 "A2;\\n"\n  down m/9-a.sql:3 [script] 4:1 "-a;\\n"',
        '10-c.sql (10-c) base after 9-a.sql\n  up m/10-c.sql:1 [none] 2:1 "C;\\n"\n  down m/10-c.sql:3 [script] 4:1 "-c;\\n"',
        '11-d.sql (11-d) new after 10-c.sql\n  up m/11-d.sql:2 [script] ! 1:1 sql-migrate does not run what stands before the line “-- +migrate Up” | ! 3:1 sql-migrate refuses it: this statement has no semicolon at the end of its last line',
        'b.sql (b) base after 11-d.sql\n  up m/b.sql:1 [script] 2:1 "E;\\n"',
      ],
      notChecked: [],
      hasGaps: false,
      hasDowngrades: true,
    })
  })
})

describe('tern', () => {
  test('one line between the directions; an empty downgrade is none; templates are told', async () => {
    expect(
      await read(
        {
          'm/001_a.sql': 'A;\n---- create above / drop below ----\n-a;\n',
          'm/2_b.sql': 'B;\n---- create above / drop below ----\n\n',
        },
        {
          'm/3_c.sql':
            'C;\nSELECT {{ .x }};\nC2;\n---- create above / drop below ----\n---- tern: disable-tx ----\n-c;\n',
        },
      ),
    ).toEqual({
      tool: 'tern in m',
      migrations: [
        '1 (001_a) base after nothing\n  up m/001_a.sql:1 [script] 1:1 "A;\\n"\n  down m/001_a.sql:2 [script] 2:36 "\\n-a;\\n"',
        '2 (2_b) base after 1\n  up m/2_b.sql:1 [script] 1:1 "B;\\n"',
        '3 (3_c) new after 2\n  up m/3_c.sql:1 [script] 1:1 "C;" | ! 2:8 tern fills in a template here | 2:17 "\\nC2;\\n"\n  down m/3_c.sql:4 [none] 4:36 "\\n---- tern: disable-tx ----\\n-c;\\n"',
      ],
      notChecked: [],
      hasGaps: false,
      hasDowngrades: true,
    })
  })

  test('a missing number and a missing upgrade are refused', async () => {
    const line = '---- create above / drop below ----'
    const { notChecked, hasGaps } = await read({ 'm/1_a.sql': `A;\n${line}\n` }, { 'm/3_b.sql': `-- B\n${line}\n` })
    expect({ notChecked, hasGaps }).toEqual({
      notChecked: [
        `m/3_b.sql:1: tern refuses it: expected the SQL of the upgrade above the line “${line}”.`,
        'm: tern refuses the folder: migration 2 is missing. Expected the numbers from 1 on, without a gap.',
      ],
      hasGaps: true,
    })
  })
})

describe('diesel and Hasura', () => {
  test('diesel: by stamp without dashes; metadata.toml takes the transaction away', async () => {
    expect(
      await read(
        {
          'diesel.toml': '',
          'migrations/00000000000000_diesel_initial_setup/up.sql': 'S',
          'migrations/00000000000000_diesel_initial_setup/down.sql': '-s',
          'migrations/2024-01-31-120000_b/up.sql': 'B',
          'migrations/20240131110000_a/up.sql': 'A',
          'migrations/20240131110000_a/metadata.toml': 'run_in_transaction = true',
        },
        {
          'migrations/2024-02-01-000000_c/up.sql': 'C',
          'migrations/2024-02-01-000000_c/down.sql': '-c',
          'migrations/2024-02-01-000000_c/metadata.toml': '# why\nrun_in_transaction = false\n',
          'migrations/2024-01-31-120000_b/down.sql': '-b',
          'migrations/2024-02-02-000000_d/down.sql': '',
          'migrations/next/up.sql': '',
        },
      ),
    ).toEqual({
      tool: 'diesel in migrations',
      migrations: [
        '00000000000000 (00000000000000_diesel_initial_setup) base after nothing\n  up migrations/00000000000000_diesel_initial_setup/up.sql:1 [script] 1:1 "S"\n  down migrations/00000000000000_diesel_initial_setup/down.sql:1 [script] 1:1 "-s"',
        '20240131110000 (20240131110000_a) base after 00000000000000\n  up migrations/20240131110000_a/up.sql:1 [script] 1:1 "A"',
        '20240131120000 (2024-01-31-120000_b) edited after 20240131110000\n  up migrations/2024-01-31-120000_b/up.sql:1 [script] 1:1 "B"\n  down migrations/2024-01-31-120000_b/down.sql:1 [script] 1:1 "-b"',
        '20240201000000 (2024-02-01-000000_c) new after 20240131120000\n  up migrations/2024-02-01-000000_c/up.sql:1 [query] 1:1 "C"\n  down migrations/2024-02-01-000000_c/down.sql:1 [query] 1:1 "-c"',
      ],
      notChecked: [
        'migrations/next/up.sql: diesel expects another name for the folder: a time and a name, such as 2024-01-31-120000_add_email.',
        'migrations/2024-02-02-000000_d/down.sql: It takes back a migration that is not there: expected up.sql beside it.',
      ],
      hasGaps: false,
      hasDowngrades: true,
    })
  })

  test('Hasura: milliseconds, a history for each database', async () => {
    const files = {
      'hasura/config.yaml': 'version: 3\nmetadata_directory: metadata\n',
      'hasura/migrations/default/1706700000001_b/up.sql': 'B',
      'hasura/migrations/default/1706700000000_a/up.sql': 'A',
      'hasura/migrations/default/1706700000000_a/down.sql': '-a',
    }
    expect(await read(files)).toEqual({
      tool: 'hasura in hasura/migrations/default',
      migrations: [
        '1706700000000 (1706700000000_a) base after nothing\n  up hasura/migrations/default/1706700000000_a/up.sql:1 [script] 1:1 "A"\n  down hasura/migrations/default/1706700000000_a/down.sql:1 [script] 1:1 "-a"',
        '1706700000001 (1706700000001_b) base after 1706700000000\n  up hasura/migrations/default/1706700000001_b/up.sql:1 [script] 1:1 "B"',
      ],
      notChecked: [],
      hasGaps: false,
      hasDowngrades: true,
    })
  })
})

describe('tools without a way back', () => {
  test('Prisma: one query each', async () => {
    expect(
      await read(
        {
          'prisma/migrations/migration_lock.toml': '# x\nprovider = "postgresql"\n',
          'prisma/migrations/20240102000000_b/migration.sql': 'B',
          'prisma/migrations/20240101000000_a/migration.sql': 'A',
        },
        {
          'prisma/migrations/20240103000000_c/migration.sql': 'C',
          'prisma/migrations/20240103000000_c/down.sql': '-c',
        },
      ),
    ).toEqual({
      tool: 'prisma in prisma/migrations',
      migrations: [
        '20240101000000_a (20240101000000_a) base after nothing\n  up prisma/migrations/20240101000000_a/migration.sql:1 [query] 1:1 "A"',
        '20240102000000_b (20240102000000_b) base after 20240101000000_a\n  up prisma/migrations/20240102000000_b/migration.sql:1 [query] 1:1 "B"',
        '20240103000000_c (20240103000000_c) new after 20240102000000_b\n  up prisma/migrations/20240103000000_c/migration.sql:1 [query] 1:1 "C"\n  down prisma/migrations/20240103000000_c/down.sql:1 [query] 1:1 "-c"',
      ],
      notChecked: [],
      hasGaps: false,
      hasDowngrades: false,
    })
  })

  test('a Prisma project of another database is none of ours', async () => {
    await expect(
      read({
        'prisma/migrations/migration_lock.toml': 'provider = "mysql"',
        'prisma/migrations/20240102000000_b/migration.sql': '',
      }),
    ).rejects.toThrow('No migrations were found')
  })

  test('Drizzle: the journal’s order, pieces at the breakpoints, times that go back', async () => {
    const journal = (...entries: [string, number][]) =>
      JSON.stringify({
        version: '7',
        dialect: 'postgresql',
        entries: entries.map(([tag, when], idx) => ({ idx, when, tag, breakpoints: true })),
      })
    expect(
      await read(
        {
          'drizzle/0000_b.sql': 'B;--> statement-breakpoint\nB2;',
          'drizzle/0001_a.sql': 'A;',
          'drizzle/meta/_journal.json': journal(['0000_b', 1], ['0001_a', 3]),
        },
        {
          'drizzle/0002_c.sql': 'C;',
          'drizzle/0003_d.sql': '',
          'drizzle/meta/_journal.json': journal(['0000_b', 1], ['0001_a', 3], ['0002_c', 2], ['0004_gone', 4]),
        },
      ),
    ).toEqual({
      tool: 'drizzle in drizzle',
      migrations: [
        '0000_b (0000_b) base after nothing\n  up drizzle/0000_b.sql:1 [run] 1:1 "B;" | 1:27 "\\nB2;"',
        '0001_a (0001_a) base after 0000_b\n  up drizzle/0001_a.sql:1 [run] 1:1 "A;"',
        '0002_c (0002_c) new after 0001_a\n  up drizzle/0002_c.sql:1 [run] 1:1 "C;"',
      ],
      notChecked: [
        'drizzle/0004_gone.sql: It is in meta/_journal.json, and the file is not there.',
        'drizzle/0002_c.sql: Its time in meta/_journal.json is not after that of 0001_a, so Drizzle passes over it on a database that has that one. Give it a later time: generate it again.',
        'drizzle/0003_d.sql: Drizzle does not run it: expected an entry for it in meta/_journal.json.',
      ],
      hasGaps: true,
      hasDowngrades: false,
    })
  })

  test('Drizzle: a broken journal; the folders of version 1', async () => {
    const broken = await read({ 'drizzle/0000_b.sql': '', 'drizzle/meta/_journal.json': '{' })
    expect([broken.notChecked, broken.hasGaps, broken.migrations]).toEqual([
      [
        'drizzle/meta/_journal.json: Drizzle’s journal cannot be read. Expected JSON with entries that have a tag and a time.',
      ],
      true,
      [],
    ])
    expect(
      await read({
        'drizzle/20250102_b/migration.sql': 'B',
        'drizzle/20250102_b/snapshot.json': '{}',
        'drizzle/20250101_a/migration.sql': 'A',
        'drizzle/20250101_a/snapshot.json': '{}',
      }),
    ).toEqual({
      tool: 'drizzle in drizzle',
      migrations: [
        '20250101_a (20250101_a) base after nothing\n  up drizzle/20250101_a/migration.sql:1 [run] 1:1 "A"',
        '20250102_b (20250102_b) base after 20250101_a\n  up drizzle/20250102_b/migration.sql:1 [run] 1:1 "B"',
      ],
      notChecked: [],
      hasGaps: false,
      hasDowngrades: false,
    })
  })

  test('Supabase', async () => {
    expect(
      await read(
        { 'supabase/migrations/20240101000000_a.sql': 'A' },
        { 'supabase/migrations/20240102000000_b.sql': 'B', 'supabase/migrations/c.sql': '' },
      ),
    ).toEqual({
      tool: 'supabase in supabase/migrations',
      migrations: [
        '20240101000000 (20240101000000_a) base after nothing\n  up supabase/migrations/20240101000000_a.sql:1 [script] 1:1 "A"',
        '20240102000000 (20240102000000_b) new after 20240101000000\n  up supabase/migrations/20240102000000_b.sql:1 [script] 1:1 "B"',
      ],
      notChecked: [
        'supabase/migrations/c.sql: Supabase does not run it, because of its name: expected a time and a name, such as 20240131120000_add_email.sql.',
      ],
      hasGaps: false,
      hasDowngrades: false,
    })
  })

  test('graphile-migrate: what is committed; the draft is told', async () => {
    const head = '--! Previous: -\n--! Hash: sha1:0\n'
    expect(
      await read(
        { 'migrations/committed/000001.sql': `${head}\nA;\n`, 'migrations/current.sql': '-- nothing yet\n' },
        {
          'migrations/committed/000002-idx.sql': `${head}--! Message: idx\n\n--! no-transaction\nB;\n`,
          'migrations/committed/000003.sql': 'C;\n',
          'migrations/current.sql': 'D;\n',
        },
      ),
    ).toEqual({
      tool: 'graphile-migrate in migrations',
      migrations: [
        '000001.sql (000001) base after nothing\n  up migrations/committed/000001.sql:1 [script] 3:1 "\\nA;\\n"',
        '000002.sql (000002-idx) new after 000001.sql\n  up migrations/committed/000002-idx.sql:1 [query] 4:1 "\\n--! no-transaction\\nB;\\n"',
      ],
      notChecked: [
        'migrations/committed/000003.sql: graphile-migrate refuses it: expected the headers “--! Previous:” and “--! Hash:” that committing writes.',
        'migrations/current.sql: It is graphile-migrate’s current migration, which is not a part of the history yet. It is checked when it is committed (graphile-migrate commit).',
      ],
      hasGaps: true,
      hasDowngrades: false,
    })
  })
})

describe('Flyway', () => {
  test('by the parts of the version, repeatable ones last; undo; settings; what stands alone', async () => {
    expect(
      await read(
        {
          'src/main/resources/db/migration/V1__a.sql': 'A;',
          'src/main/resources/db/migration/V1_10__c.sql': 'C;',
          'src/main/resources/db/migration/V1.9__b.sql': 'B;',
          'src/main/resources/db/migration/R__z_view.sql': 'Z;',
        },
        {
          'src/main/resources/db/migration/2024/V002__d.sql': '-- why\ncreate unique index concurrently i on t (a);',
          'src/main/resources/db/migration/2024/U2__d.sql': 'drop index concurrently i;',
          'src/main/resources/db/migration/V3__e.sql': 'E1;\nE2;',
          'src/main/resources/db/migration/V3__e.sql.conf': 'executeInTransaction=false\n',
          'src/main/resources/db/migration/R__a_view.sql': 'V;',
          'src/main/resources/db/migration/h2/V1__a.sql': '',
        },
      ),
    ).toEqual({
      tool: 'flyway in src/main/resources/db/migration',
      migrations: [
        '1 (V1__a) base after nothing\n  up src/main/resources/db/migration/V1__a.sql:1 [script] 1:1 "A;"',
        '1.9 (V1.9__b) base after 1\n  up src/main/resources/db/migration/V1.9__b.sql:1 [script] 1:1 "B;"',
        '1.10 (V1_10__c) base after 1.9\n  up src/main/resources/db/migration/V1_10__c.sql:1 [script] 1:1 "C;"',
        '002 (V002__d) new after 1.10\n  up src/main/resources/db/migration/2024/V002__d.sql:1 [none] 1:1 "-- why\\ncreate unique index concurrently i on t (a);"\n  down src/main/resources/db/migration/2024/U2__d.sql:1 [none] 1:1 "drop index concurrently i;"',
        '3 (V3__e) new after 002\n  up src/main/resources/db/migration/V3__e.sql:1 [none] 1:1 "E1;\\nE2;"',
        'R__a_view (R__a_view) new after 3, repeatable\n  up src/main/resources/db/migration/R__a_view.sql:1 [script] 1:1 "V;"',
        'R__z_view (R__z_view) base after R__a_view, repeatable\n  up src/main/resources/db/migration/R__z_view.sql:1 [script] 1:1 "Z;"',
      ],
      notChecked: [],
      hasGaps: false,
      hasDowngrades: true,
    })
  })

  test('placeholders, mixtures, names with one underscore, Java, baselines', async () => {
    const { notChecked, migrations, hasGaps, hasDowngrades } = await read(
      { 'db/migration/V1__a.sql': 'A;', 'db/migration/V2__b.sql': 'B;' },
      {
        'db/migration/B2__base.sql': 'AB;',
        'db/migration/V2.0.1__c.sql': "C;\nCREATE TABLE ${schema}.t (a text DEFAULT ';');\nC2;",
        'db/migration/V3__d.sql': 'D;\n-- x\nVACUUM t;',
        'db/migration/V4_e.sql': '',
        'db/migration/v5__f.sql': '',
        'db/migration/U9__g.sql': '',
        'db/migration/afterMigrate__grants.sql': '',
        'src/main/java/db/migration/V6__H.java': '',
      },
    )
    expect({ notChecked, migrations, hasGaps, hasDowngrades }).toEqual({
      migrations: [
        '2 (B2__base) new after nothing\n  up db/migration/B2__base.sql:1 [script] 1:1 "AB;"',
        '2.0.1 (V2.0.1__c) new after 2\n  up db/migration/V2.0.1__c.sql:1 [script] 1:1 "C;" | ! 2:14 Flyway fills in ${schema} here, from settings that are not read | 2:47 "\\nC2;"',
        '3 (V3__d) new after 2.0.1\n  up db/migration/V3__d.sql:1 [none] ! 3:1 Flyway refuses a script in which some statements can run in a transaction and others, such as this one, cannot; put them into migrations of their own',
      ],
      notChecked: [
        'src/main/java/db/migration/V6__H.java: It is a migration written in a programming language, which is not read. Only the SQL migrations of Flyway are.',
        'db/migration/V4_e.sql: Flyway does not run it, because of its name: expected V4__e.sql, with a capital letter and two underscores.',
        'db/migration/v5__f.sql: Flyway does not run it, because of its name: expected V5__f.sql, with a capital letter and two underscores.',
        'db/migration/afterMigrate__grants.sql: Flyway runs it around the migrations, as a callback, which is not read.',
        'db/migration/U9__g.sql: It takes back a migration that is not there: expected V9__g.sql beside it.',
      ],
      hasGaps: true,
      hasDowngrades: true,
    })
  })

  test('the only file has one underscore: the error says what was expected', async () => {
    await expect(read({ 'sql/V1_init.sql': '' })).rejects.toThrow(
      'sql/V1_init.sql is nearly a migration of flyway: expected V1__init.sql, with a capital letter and two underscores.',
    )
  })
})

describe('sqitch', () => {
  const plan = (...lines: string[]) => `%syntax-version=1.0.0\n%project=shop\n\n${lines.join('\n')}\n`
  const users = 'users 2024-01-01T00:00:00Z Ann <ann@example.test> # adds users'

  test('the plan’s order; what is run by psql has its own transactions', async () => {
    expect(
      await read(
        {
          'sqitch.conf': '[core]\n\tengine = pg\n',
          'sqitch.plan': plan(users, 'a/first [users] 2024-01-02T00:00:00Z Ann <ann@example.test>'),
          'deploy/users.sql': 'BEGIN;\nU;\nCOMMIT;\n',
          'revert/users.sql': 'BEGIN;\n-u;\nCOMMIT;\n',
          'verify/users.sql': '',
          'deploy/a/first.sql': '\uFEFFA;',
        },
        {
          'deploy/stray.sql': '',
          'sqitch.plan': plan(
            users,
            'a/first [users] 2024-01-02T00:00:00Z Ann <ann@example.test>',
            '@v1 2024-01-02T00:00:00Z Ann <ann@example.test>',
            'gone 2024-01-03T00:00:00Z Ann <ann@example.test>',
          ),
        },
      ),
    ).toEqual({
      tool: 'sqitch in .',
      migrations: [
        'users (users) base after nothing\n  up deploy/users.sql:1 [none] 1:1 "BEGIN;\\nU;\\nCOMMIT;\\n"\n  down revert/users.sql:1 [none] 1:1 "BEGIN;\\n-u;\\nCOMMIT;\\n"',
        'a/first (a/first) base after users\n  up deploy/a/first.sql:1 [none] 1:1 "A;"',
      ],
      notChecked: [
        'deploy/gone.sql: It is in sqitch.plan, and the file is not there.',
        'deploy/stray.sql: sqitch does not run it: expected a change of this name in sqitch.plan.',
      ],
      hasGaps: true,
      hasDowngrades: true,
    })
  })

  test('a rework: the earlier instance has the name of the tag and is not new', async () => {
    const tag = '@v1 2024-01-02T00:00:00Z Ann <ann@example.test>'
    expect(
      await read(
        { 'db/sqitch.plan': plan(users, tag), 'db/deploy/users.sql': 'U1;', 'db/revert/users.sql': '-u1;' },
        {
          'db/sqitch.plan': plan(users, tag, 'users [users@v1] 2024-02-01T00:00:00Z Ann <ann@example.test>'),
          'db/deploy/users@v1.sql': 'U1;',
          'db/revert/users@v1.sql': '-u1;',
          'db/deploy/users.sql': 'U2;',
          'db/revert/users.sql': 'U1;',
        },
      ),
    ).toEqual({
      tool: 'sqitch in db',
      migrations: [
        'users@v1 (users@v1) base after nothing\n  up db/deploy/users@v1.sql:1 [none] 1:1 "U1;"\n  down db/revert/users@v1.sql:1 [none] 1:1 "-u1;"',
        'users (users) new after users@v1\n  up db/deploy/users.sql:1 [none] 1:1 "U2;"\n  down db/revert/users.sql:1 [none] 1:1 "U1;"',
      ],
      notChecked: [],
      hasGaps: false,
      hasDowngrades: true,
    })
  })
})
