import { describe, expect, test } from 'vitest'
import { read } from './projects.ts'

// Tools that hold both directions in one file, in sections.

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
