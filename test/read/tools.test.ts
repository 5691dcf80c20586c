import { type Case, compareWithTool } from './compared.ts'
import * as tools from './programs.ts'

const golangMigrate: Case = {
  ...tools.golangMigrate,
  folder: 'migrations',
  async install() {
    const run = await tools.golangMigrate.install()
    return {
      up: (folder, database) => run(folder, database, 'up'),
      down: (folder, database) => run(folder, database, 'down', '1'),
      versions: 'SELECT version::text AS version FROM schema_migrations',
    }
  },
  project: {
    '1_init.up.sql': '{a} {b}',
    '2_begin.up.sql': '{c} BEGIN; {d} {e} COMMIT; {f} {g}',
    '2_another_name.down.sql': '{h} BEGIN; {i} COMMIT; {j} {k}',
    '009_nine.up.sql': '{l}',
    '9_nine.down.sql': '{m} {n}',
    '10_ten.up.sql': 'CREATE INDEX CONCURRENTLY i ON gate.log (tag)',
    '10_ten.down.sql': 'DROP INDEX CONCURRENTLY gate.i;\n-- that is all\n',
    '20240131120000_stamp.up.sql': '{o}',
    '20240131120000_stamp.down.sql': '{p}',
    'readme.sql': 'not SQL',
    '11_passed_over.sql': 'not SQL',
  },
  order: ['1', '2', '9', '10', '20240131120000'],
  up: 'ab cde fg l o',
  down: ['p', '', 'mn', 'hi jk', ''],
  odd: [
    ['an empty file', { '1_a.up.sql': '' }, 'accepted'],
    ['a byte order mark', { '1_a.up.sql': '\uFEFFSELECT 1' }, 'refused'],
    ['a number twice', { '1_a.up.sql': 'SELECT 1', '01_b.up.sql': 'SELECT 1' }, 'refused'],
    ['a way back twice', { '1_a.up.sql': '', '1_a.down.sql': '', '1_b.down.sql': '' }, 'refused'],
  ],
}

const goose: Case = {
  ...tools.goose,
  folder: 'migrations',
  async install() {
    const run = await tools.goose.install()
    return {
      up: (folder, database) => run(folder, database, 'up'),
      down: (folder, database) => run(folder, database, 'down'),
      versions: 'SELECT version_id::text AS version FROM goose_db_version WHERE version_id > 0 ORDER BY id',
    }
  },
  project: {
    '1_init.sql': '-- +goose Up\n{a}\n{b}\n',
    '00002_body.sql':
      '-- +goose Up\n-- +goose StatementBegin\nDO $$\nBEGIN\n  {c}\n  {d}\nEND $$;\n-- +goose StatementEnd\n{e}\n-- +goose Down\n{f}\n',
    '9_nine.sql': '-- a note\n\n-- +goose up\r\n{g}\r\n-- +goose down\r\n{h}\r\n{i}\r\n',
    '10_bare.sql':
      '-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY i ON gate.log (tag);\n{j}\n{k}\n-- +goose Down\n{l}\nDROP INDEX CONCURRENTLY gate.i;\n{m}\n',
    '20240131120000_late_marker.sql': '-- +goose Up\n{n}\n{o}\n-- +goose Down\n-- +goose NO TRANSACTION\n{p}\n{q}\n',
  },
  order: ['1', '2', '9', '10', '20240131120000'],
  up: 'ab cde g j k n o',
  down: ['p q', 'l m', 'hi', 'f', ''],
  odd: [
    ['another file', { '1_a.sql': '-- +goose Up\nSELECT 1;\n', 'readme.sql': 'SELECT 1;' }, 'refused'],
    ['no downgrade', { '1_a.sql': '-- +goose Up\nSELECT 1;\n' }, 'accepted'],
    ['an empty downgrade', { '1_a.sql': '-- +goose Up\nSELECT 1;\n-- +goose Down\n' }, 'accepted'],
    ['an empty file', { '1_a.sql': '' }, 'refused'],
    ['no annotation', { '1_a.sql': 'SELECT 1;\n' }, 'refused'],
    ['the downgrade first', { '1_a.sql': '-- +goose Down\nSELECT 1;\n-- +goose Up\nSELECT 1;\n' }, 'refused'],
    ['two upgrades', { '1_a.sql': '-- +goose Up\nSELECT 1;\n-- +goose Up\nSELECT 1;\n' }, 'refused'],
    ['SQL before it', { '1_a.sql': 'SELECT 1;\n-- +goose Up\nSELECT 1;\n' }, 'refused'],
    ['a comment before it', { '1_a.sql': '-- why\n\n-- +goose Up\nSELECT 1;\n' }, 'accepted'],
    ['an indented annotation', { '1_a.sql': ' -- +goose Up\nSELECT 1;\n' }, 'refused'],
    ['an unknown annotation', { '1_a.sql': '-- +goose Up\n-- +goose Sideways\nSELECT 1;\n' }, 'refused'],
    ['capitals', { '1_a.sql': '-- +goose UP\nSELECT 1;\n' }, 'accepted'],
    ['capitals in the name', { '1_a.sql': '-- +GOOSE UP\nSELECT 1;\n' }, 'refused'],
    ['no space', { '1_a.sql': '--+goose Up\nSELECT 1;\n' }, 'accepted'],
    ['a lone carriage return', { '1_a.sql': '-- +goose Up\rSELECT 1;\n' }, 'refused'],
    ['a byte order mark', { '1_a.sql': '\uFEFF-- +goose Up\nSELECT 1;\n' }, 'refused'],
    ['no semicolon', { '1_a.sql': '-- +goose Up\nSELECT 1\n-- +goose Down\nSELECT 1;\n' }, 'refused'],
    [
      'no semicolon below',
      { '1_a.sql': '-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 1' },
      'refused on the way back',
    ],
    ['a comment behind it', { '1_a.sql': '-- +goose Up\nSELECT 1; -- x\n' }, 'accepted'],
    ['a comment of the other kind', { '1_a.sql': '-- +goose Up\nSELECT 1; /* x */\n' }, 'refused'],
    ['a body without a block', { '1_a.sql': '-- +goose Up\nDO $$ BEGIN\n  PERFORM 1;\nEND $$;\n' }, 'refused'],
    ['a body on one line', { '1_a.sql': '-- +goose Up\nDO $$ BEGIN PERFORM 1; END $$;\n' }, 'accepted'],
    ['a string over lines', { '1_a.sql': "-- +goose Up\nSELECT 'a;\nb';\n" }, 'refused'],
    ['a block without an end', { '1_a.sql': '-- +goose Up\n-- +goose StatementBegin\nSELECT 1;\n' }, 'refused'],
    ['a number twice', { '1_a.sql': '-- +goose Up\n', '01_b.sql': '-- +goose Up\n' }, 'refused'],
  ],
}

const dbmate: Case = {
  ...tools.dbmate,
  folder: 'db/migrations',
  async install() {
    const run = await tools.dbmate.install()
    return {
      up: (folder, database) => run(folder, database, 'migrate'),
      down: (folder, database) => run(folder, database, 'rollback'),
      // The table does not say in which order: `up` below does.
      versions: 'SELECT version FROM schema_migrations ORDER BY version',
    }
  },
  project: {
    '01_init.sql': '-- migrate:up\n{a}\n{b}\n-- migrate:down\n',
    '10_ten.sql': '-- a note\n-- migrate:up transaction:false\n{c} {d}\n-- migrate:down\n{e}\n{f}',
    '11_eleven.sql':
      '-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY i ON gate.log (tag);\n-- migrate:down transaction:false\nDROP INDEX CONCURRENTLY gate.i;',
    '9_nine.sql':
      '--migrate:up\r\n{g}\r\n{h}\r\n--migrate:down transaction:false\r\n{i}\r\nBEGIN; {j} COMMIT;\r\n{k}\r\n',
    'readme.sql': 'not SQL',
  },
  order: ['01', '10', '11', '9'],
  up: 'ab cd gh',
  down: ['ij k', '', 'ef', ''],
  odd: [
    ['no marker', { '1_a.sql': 'SELECT 1;\n' }, 'refused'],
    ['no downgrade', { '1_a.sql': '-- migrate:up\nSELECT 1;\n' }, 'refused'],
    ['an empty downgrade', { '1_a.sql': '-- migrate:up\nSELECT 1;\n-- migrate:down' }, 'accepted'],
    ['an indented marker', { '1_a.sql': '  -- migrate:up\nSELECT 1;\n-- migrate:down\n' }, 'refused'],
    ['capitals', { '1_a.sql': '-- MIGRATE:UP\nSELECT 1;\n-- MIGRATE:DOWN\n' }, 'refused'],
    ['SQL before it', { '1_a.sql': 'SELECT 1;\n-- migrate:up\nSELECT 1;\n-- migrate:down\n' }, 'refused'],
    ['the downgrade first', { '1_a.sql': '-- migrate:down\nSELECT 1;\n-- migrate:up\nSELECT 1;\n' }, 'refused'],
    ['two pairs', { '1_a.sql': '-- migrate:up\n-- migrate:down\n-- migrate:up\n-- migrate:down\n' }, 'refused'],
    ['two upgrades', { '1_a.sql': '-- migrate:up\n-- migrate:up\n-- migrate:down\n' }, 'refused'],
    ['another word', { '1_a.sql': '-- migrate:upwards\nSELECT 1;\n-- migrate:down\n' }, 'refused'],
    ['unknown options', { '1_a.sql': '-- migrate:up foo\nSELECT 1;\n-- migrate:down foo bar:1\n' }, 'accepted'],
    ['a byte order mark', { '1_a.sql': '\uFEFF-- migrate:up\nSELECT 1;\n-- migrate:down\n' }, 'refused'],
    ['a lone carriage return', { '1_a.sql': '-- migrate:up\rSELECT 1;\r-- migrate:down\r' }, 'refused'],
  ],
}

const nodePgMigrate: Case = {
  ...tools.nodePgMigrate,
  folder: 'migrations',
  async install() {
    const run = await tools.nodePgMigrate.install()
    return {
      up: (folder, database) => run(folder, database, 'up'),
      down: (folder, database) => run(folder, database, 'down'),
      versions: 'SELECT name AS version FROM pgmigrations ORDER BY id',
    }
  },
  project: {
    '1_init.sql': '{a} {b}',
    '9_nine.sql': '-- Down Migration\n{c} {d}\n-- Up Migration\n{e}\n',
    '10_ten.sql': '-- Up Migration\r\n{f}\r\n-- down migration\r\n{g}\r\n',
    '1704067100000_milliseconds.sql': '-- Up Migration\n{h}\n-- Down Migration\n',
    '20240101000000000_digits.sql': '---- Up Migration\n{i}\n---- Down Migration\n{j}\n',
    '1704067300000_later.sql': 'not run -- \n-- Up Migration\n{k}\n-- Down Migration\n{l}',
  },
  order: [
    '1_init',
    '9_nine',
    '10_ten',
    '1704067100000_milliseconds',
    '20240101000000000_digits',
    '1704067300000_later',
  ],
  up: 'abefhik',
  down: ['l', 'j', '', 'g', 'cd', 'refused'],
  odd: [
    [
      'a number twice',
      {
        '1_a.sql': 'SELECT 1;\n-- Up Migration\n-- Down Migration\n',
        '1_b.sql': '-- Up Migration\n-- Down Migration\n',
      },
      'accepted',
    ],
    ['no semicolon', { '1_a.sql': '-- Up Migration\nSELECT 1\n-- Down Migration\nSELECT 1' }, 'accepted'],
    ['a byte order mark', { '1_a.sql': '\uFEFF-- Up Migration\nSELECT 1;\n-- Down Migration\n' }, 'refused'],
    ['lone carriage returns', { '1_a.sql': '-- Up Migration\rSELECT 1;\r-- Down Migration\rSELECT 1;\r' }, 'accepted'],
    [
      'lone carriage returns above SQL that fails',
      { '1_a.sql': '-- Up Migration\rSELECT 1;\r-- Down Migration\rno SQL' },
      'refused on the way back',
    ],
  ],
}

const flyway: Case = {
  ...tools.flyway,
  folder: 'db/migration',
  async install() {
    const run = await tools.flyway.install()
    return {
      up: (folder, database) => run(folder, database, 'migrate'),
      versions: `SELECT coalesce(version, 'R__' || description) AS version FROM flyway_schema_history ORDER BY installed_rank`,
    }
  },
  project: {
    'V0_1__before.sql': 'not SQL',
    'B0.5__base.sql': '{y}',
    'V1__init.sql': '{a} {b}',
    'V1_10__ten.sql': '{d} {e}',
    'V1.9__nine.sql': '{c}',
    'V9__nine.sql': '{f}',
    'V10__ten.sql':
      '-- alone\ncreate index concurrently i on gate.log (tag);\n/* and */ drop index concurrently gate.i;',
    'V10.0.1__bare.sql': '{g} {h}',
    'V10.0.1__bare.sql.conf': 'executeInTransaction=false',
    'later/V011__below.sql': '\uFEFF{i} {j}',
    'R__b.sql': '{l}',
    'R__a.sql': '{k}',
    'U9__nine.sql': '{z}',
    'V12_one_underscore.sql': 'not SQL',
    'v13__small.sql': 'not SQL',
  },
  order: ['0.5', '1', '1.9', '1.10', '9', '10', '10.0.1', '011', 'R__a', 'R__b'],
  up: 'y ab c de f g h ij k l',
  odd: [
    ['both kinds of statements', { 'V1__a.sql': 'CREATE TABLE a ();\nVACUUM;\n' }, 'refused'],
    [
      'both kinds, as asked for',
      { 'V1__a.sql': 'CREATE TABLE a ();\nVACUUM;\n', 'V1__a.sql.conf': 'executeInTransaction=false' },
      'accepted',
    ],
    ['a placeholder', { 'V1__a.sql': 'SELECT 1;\nSELECT ${name};\n' }, 'refused'],
    ['a placeholder in a comment', { 'V1__a.sql': 'SELECT 1; -- ${name}\nSELECT 1;' }, 'refused'],
    [
      'a placeholder that is none',
      { 'V1__a.sql': "SELECT '${name}';\n", 'V1__a.sql.conf': 'placeholderReplacement=false' },
      'accepted',
    ],
    ['a version twice', { 'V1__a.sql': 'SELECT 1;', 'V1.0__b.sql': 'SELECT 1;' }, 'refused'],
    ['no description', { 'V1__.sql': 'SELECT 1;' }, 'accepted'],
  ],
}

const sqlMigrate: Case = {
  ...tools.sqlMigrate,
  folder: 'migrations',
  async install() {
    const run = await tools.sqlMigrate.install()
    return {
      up: (folder, database) => run(folder, database, 'up'),
      down: (folder, database) => run(folder, database, 'down', '-limit=1'),
      versions: 'SELECT id AS version FROM gorp_migrations ORDER BY applied_at',
    }
  },
  project: {
    '1-init.sql': '-- +migrate Up\n{a}\n{b}\n',
    '9-nine.sql': '-- +migrate Up\n{c}\n-- +migrate Down\n{d}\n-- +migrate Up\n{e}\n-- +migrate Down\n{f}\n',
    '10-bare.sql':
      '-- +migrate Up notransaction\nCREATE INDEX CONCURRENTLY i ON gate.log (tag);\n{g}\n{h}\n-- +migrate Down\n{i}\n{j}\n',
    '11-body.sql':
      '-- +migrate Up\n-- +migrate StatementBegin\nDO $$\nBEGIN\n  {k}\nEND $$;\n-- +migrate StatementEnd\n{l}\n',
    'no-number.sql': '-- +migrate Up\n{m}\n-- +migrate Down notransaction\n{n}\n{o}\n',
  },
  order: ['1-init.sql', '9-nine.sql', '10-bare.sql', '11-body.sql', 'no-number.sql'],
  up: 'ab ce g h kl m',
  down: ['n o', '', 'ij', 'df', ''],
  odd: [
    ['no marker', { '1.sql': 'SELECT 1;\n' }, 'refused'],
    ['an indented marker', { '1.sql': ' -- +migrate Up\nSELECT 1;\n' }, 'refused'],
    ['no semicolon', { '1.sql': '-- +migrate Up\nSELECT 1\n' }, 'refused'],
    ['a body without a block', { '1.sql': '-- +migrate Up\nDO $$ BEGIN\n  PERFORM 1;\nEND $$;\n' }, 'refused'],
    ['a block without an end', { '1.sql': '-- +migrate Up\n-- +migrate StatementBegin\nSELECT 1;\n' }, 'refused'],
    ['only a comment', { '1.sql': '-- +migrate Up\nSELECT 1;\n-- +migrate Down\n-- nothing\n' }, 'accepted'],
  ],
}

const tern: Case = {
  ...tools.tern,
  folder: 'migrations',
  async install() {
    const run = await tools.tern.install()
    return {
      up: (folder, database) => run(folder, database, '--destination', 'last'),
      down: (folder, database) => run(folder, database, '--destination', '-1'),
      versions: 'SELECT version::text AS version FROM schema_version',
    }
  },
  project: Object.fromEntries(
    [
      '{a} {b}',
      '{c}\n---- create above / drop below ----\n{d} {e}',
      '---- tern: disable-tx ----\nCREATE INDEX CONCURRENTLY i ON gate.log (tag);\n{f}\n{g}\n---- create above / drop below ----\n{h}\n{i}\n',
      '{j} {k}\n---- create above / drop below ----\n---- tern: disable-tx ----\nDROP INDEX CONCURRENTLY gate.i;\n{l}\n{m}\n',
      ...['{n}', '{o}', '{p}', '{q}', '{r}', '{s}'].map(
        (sql) => `${sql}\n---- create above / drop below ----\n-- nothing\n`,
      ),
    ].map((text, i) => [`${i === 2 ? '003' : i + 1}_step.sql`, text]),
  ),
  order: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'],
  up: 'ab c f g jk n o p q r s',
  down: ['', '', '', '', '', '', 'l m', 'hi', 'de', 'refused'],
  odd: [
    ['no upgrade', { '1_a.sql': '-- nothing\n---- create above / drop below ----\nSELECT 1;' }, 'refused'],
    [
      'an empty downgrade',
      { '1_a.sql': 'SELECT 1;\n---- create above / drop below ----\n\n' },
      'refused on the way back',
    ],
    ['a gap', { '1_a.sql': 'SELECT 1;', '3_a.sql': 'SELECT 1;\n---- create above / drop below ----\n' }, 'refused'],
    ['a template', { '1_a.sql': 'SELECT {{ .x.y }};\n---- create above / drop below ----\n' }, 'refused'],
  ],
}

const journal = (...tags: string[]) =>
  JSON.stringify({
    version: '7',
    dialect: 'postgresql',
    entries: tags.map((tag, idx) => ({ idx, version: '7', when: idx + 1, tag, breakpoints: true })),
  })

const drizzle: Case = {
  ...tools.drizzle,
  folder: 'drizzle',
  async install() {
    return {
      up: await tools.drizzle.install(),
      // The table holds the times of the journal.
      versions: `SELECT (ARRAY['0000_first', '0002_second', '0001_third', '0003_fourth'])[created_at] AS version FROM drizzle.__drizzle_migrations ORDER BY id`,
    }
  },
  project: {
    'meta/_journal.json': journal('0000_first', '0002_second', '0001_third', '0003_fourth'),
    '0000_first.sql': '{a}\n--> statement-breakpoint\n{b} {c}--> statement-breakpoint\n{d}',
    '0001_third.sql': '{f}',
    '0002_second.sql': '{e}\r\n--> statement-breakpoint\r\n-- nothing\r\n',
    '0003_fourth.sql': '{g}',
    '0004_not_listed.sql': 'not SQL',
  },
  order: ['0000_first', '0002_second', '0001_third', '0003_fourth'],
  up: 'abcdefg',
  odd: [
    ['a broken journal', { 'meta/_journal.json': '{', '0000_a.sql': 'SELECT 1;' }, 'refused'],
    ['a file that is not there', { 'meta/_journal.json': journal('0000_a') }, 'refused'],
    ['a byte order mark', { 'meta/_journal.json': journal('0000_a'), '0000_a.sql': '\uFEFFSELECT 1;' }, 'refused'],
  ],
}

const drizzleOne: Case = {
  ...tools.drizzleOne,
  name: 'drizzle 1',
  folder: 'drizzle',
  async install() {
    return {
      up: await tools.drizzleOne.install(),
      versions: 'SELECT name AS version FROM drizzle.__drizzle_migrations ORDER BY id',
    }
  },
  project: {
    '20240101000000_b/migration.sql': '{b}\n--> statement-breakpoint\n{c}',
    '20240101000000_b/snapshot.json': '{}',
    '20240101000000_a/migration.sql': '{a}',
    '20240101000000_a/snapshot.json': '{}',
    '20240101000000_C/migration.sql': '{d}',
    '20240103000000_by_hand/migration.sql': '{e}',
    '20240104000000_empty/readme.md': 'no SQL',
  },
  order: ['20240101000000_a', '20240101000000_b', '20240101000000_C', '20240103000000_by_hand'],
  up: 'abcde',
  odd: [
    [
      'a byte order mark',
      { '20240101000000_a/migration.sql': '\uFEFFSELECT 1;', '20240101000000_a/snapshot.json': '' },
      'refused',
    ],
    [
      'a journal as before',
      { '20240101000000_a/migration.sql': 'SELECT 1;', 'meta/_journal.json': journal('0000_a') },
      'refused',
    ],
  ],
}

compareWithTool(golangMigrate, goose, dbmate, nodePgMigrate, flyway, sqlMigrate, tern, drizzle, drizzleOne)
