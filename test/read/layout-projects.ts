import { command } from '../../src/read/command.ts'
import { dbmate } from '../../src/read/dbmate.ts'
import { drizzle } from '../../src/read/drizzle.ts'
import { type Files, folderOf } from '../../src/read/files.ts'
import { flyway } from '../../src/read/flyway.ts'
import { diesel, hasura, prisma } from '../../src/read/folders.ts'
import { goose } from '../../src/read/goose.ts'
import { graphileMigrate } from '../../src/read/graphile-migrate.ts'
import type { Layout } from '../../src/read/layout.ts'
import { nodePgMigrate } from '../../src/read/node-pg-migrate.ts'
import { numberedSql } from '../../src/read/numbered.ts'
import { golangMigrate, sqlx } from '../../src/read/paired.ts'
import { sqitch } from '../../src/read/sqitch.ts'
import { sqlMigrate } from '../../src/read/sql-migrate.ts'
import { supabase } from '../../src/read/supabase.ts'
import { tern } from '../../src/read/tern.ts'

export type Tree = Readonly<Record<string, string>>

const body =
  "CREATE FUNCTION f() RETURNS int AS $f$ SELECT ';'; $f$ LANGUAGE sql; -- ü €\nSELECT E'\\';', \"a;b\" /* ; */;\n"
/** A small project of each layout, with what its tool fills in, comments, strings and bodies that hold semicolons. */
export const projects: readonly (readonly [Layout, Tree])[] = [
  [numberedSql, { '001_a.sql': body, '002_b.sql': body, '002_b_rollback.sql': body }],
  [golangMigrate, { '1_a.up.sql': body, '1_a.down.sql': body, '10_b.up.sql': body }],
  [sqlx, { '1_a.up.sql': body, '1_a.down.sql': body, '2_b.sql': `-- no-transaction\n${body}` }],
  [nodePgMigrate, { '1_a.sql': `-- Up Migration\n${body}-- Down Migration\n${body}`, '2_b.js': '' }],
  [dbmate, { '1_a.sql': `-- migrate:up transaction:false\n${body}-- migrate:down\n${body}` }],
  [goose, { '1_a.sql': `-- +goose Up\n-- +goose ENVSUB ON\n${body}SELECT $X;\n-- +goose Down\n${body}`, '2_b.go': '' }],
  [sqlMigrate, { '1.sql': `-- +migrate Up\n${body}-- +migrate Down notransaction\n${body}` }],
  [tern, { '1_a.sql': `${body}SELECT {{ x }};\n---- create above / drop below ----\n${body}` }],
  [diesel, { '2024-01-01-000000_a/up.sql': body, '2024-01-01-000000_a/metadata.toml': 'run_in_transaction = false' }],
  [hasura, { '1706700000000_a/up.sql': body, '1706700000000_a/down.sql': body }],
  [prisma, { '2024_a/migration.sql': body, 'migration_lock.toml': 'provider = "postgresql"' }],
  [flyway, { 'V1__a.sql': `${body}SELECT \${x};\n`, 'U1__a.sql': body, 'R__b.sql': body, 'V2.0__c.sql': 'VACUUM;' }],
  [
    sqitch,
    {
      'sqitch.plan':
        '%project=p\na 2024-01-01T00:00:00Z A <a@b> # x\n@v1 2024-01-01T00:00:00Z A <a@b>\na [a@v1] 2024-01-01T00:00:00Z A <a@b>\n',
      'deploy/a.sql': body,
      'deploy/a@v1.sql': body,
    },
  ],
  [
    drizzle,
    {
      'meta/_journal.json': '{"entries":[{"when":1,"tag":"0000_a"}]}',
      '0000_a.sql': `${body}--> statement-breakpoint\n${body}`,
    },
  ],
  [command, { 'a.sql': body, 'a_down.sql': body, 'b10.rb': '', 'b9.sql': `${body}-- down\n${body}` }],
  [supabase, { '20240101000000_a.sql': body }],
  [graphileMigrate, { 'committed/000001.sql': `--! Previous: -\n--! Hash: sha1:0\n\n${body}`, 'current.sql': body }],
]

/** The files of a project that is on no disk. */
export function inMemory(tree: Tree): Files {
  const paths = Object.keys(tree).sort()
  return {
    paths,
    folders: [...new Set(paths.map(folderOf))].sort(),
    has: (path) => path in tree,
    inFolder: (folder) => paths.filter((path) => folderOf(path) === folder),
    readText: async (path) => (tree[path] ?? '').replace(/^\uFEFF/, ''),
    hasByteOrderMark: async (path) => (tree[path] ?? '').startsWith('\uFEFF'),
    statusOf: () => 'new',
  }
}
