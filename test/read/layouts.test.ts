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
