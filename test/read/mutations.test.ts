import { describe, expect, test } from 'vitest'
import type { Project } from '../../src/model/migration.ts'
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

type Tree = Readonly<Record<string, string>>

const body =
  "CREATE FUNCTION f() RETURNS int AS $f$ SELECT ';'; $f$ LANGUAGE sql; -- ü €\nSELECT E'\\';', \"a;b\" /* ; */;\n"
const projects: readonly (readonly [Layout, Tree])[] = [
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
  [supabase, { '20240101000000_a.sql': body }],
  [graphileMigrate, { 'committed/000001.sql': `--! Previous: -\n--! Hash: sha1:0\n\n${body}`, 'current.sql': body }],
]

describe.each(projects.map(([layout, tree]) => ({ tool: layout.tool, layout, tree })))('$tool', ({ layout, tree }) => {
  test('a hundred damaged projects: each is read or told, at once, and every place is right', async () => {
    const random = seeded(layout.tool.length * 7919)
    for (let round = 0; round < 100; round++) {
      const damaged = round === 0 ? tree : damage(tree, random)
      const started = performance.now()
      const files = inMemory(damaged)
      await layout.find(files, round % 2 === 0)
      const project = await layout.read('', files)
      expect(performance.now() - started).toBeLessThan(1000)
      expectPlaces(project, damaged)
      if (round === 0) expect(project.migrations.length, JSON.stringify(project)).toBeGreaterThan(0)
    }
  })
})

test('a long file is read in time that grows with its length', async () => {
  const long = `-- +goose Up\n${`INSERT INTO t VALUES ('${"it''s ".repeat(200)}');\n`.repeat(2000)}-- +goose Down\nSELECT 'open${' '.repeat(500_000)}`
  const started = performance.now()
  await goose.read('', inMemory({ '1_a.sql': long }))
  expect(performance.now() - started).toBeLessThan(3000)
})

/** Every fragment is what the file holds at its place. */
function expectPlaces({ migrations }: Project, tree: Tree): void {
  for (const { up, down } of migrations)
    for (const script of down ? [up, down] : [up]) {
      const text = (tree[script.file] ?? '').replace(/^\uFEFF/, '')
      const lines = text.split('\n')
      for (const part of script.fragments) {
        const place = part.kind === 'sql' ? part.anchors[0] : part.at
        const offset =
          lines.slice(0, (place?.line ?? 0) - 1).reduce((sum, line) => sum + line.length + 1, 0) +
          (place?.column ?? 0) -
          1
        expect(offset).toBeLessThanOrEqual(text.length)
        if (part.kind === 'sql') expect(text.slice(offset, offset + part.sql.length)).toBe(part.sql)
      }
    }
}

function inMemory(tree: Tree): Files {
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

/** One to five faults: a character, a line or a token, in a text or in a name. */
function damage(tree: Tree, random: (below: number) => number): Tree {
  const files = Object.entries(tree)
  for (let faults = 1 + random(5); faults > 0; faults--) {
    const index = random(files.length)
    const [path = '', text = ''] = files[index] ?? []
    const at = random(text.length + 1)
    const lines = text.split('\n')
    const line = random(lines.length)
    const noise = [
      "'",
      '"',
      '$$',
      '$f$',
      '/*',
      '*/',
      '--',
      ';',
      '(',
      ')',
      '\r',
      '\n',
      '\0',
      '\uFEFF',
      '${',
      '{{',
      '\u{1F600}',
      '\uD800',
      'BEGIN ATOMIC',
    ]
    const token = noise[random(noise.length)] ?? ''
    const change = [
      () => [path, text.slice(0, at) + token + text.slice(at)],
      () => [path, text.slice(0, at) + text.slice(at + 1 + random(9))],
      () => [path, lines.toSpliced(line, 1).join('\n')],
      () => [path, lines.toSpliced(line, 0, lines[random(lines.length)] ?? '').join('\n')],
      () => [path, text.replaceAll('\n', random(2) ? '\r\n' : '\r')],
      () => [path, text.slice(0, at)],
      () => [path.slice(0, random(path.length)) + path.slice(random(path.length)), text],
    ][random(7)]
    files[index] = (change?.() ?? [path, text]) as [string, string]
  }
  return Object.fromEntries(files.filter(([path]) => path !== '' && !path.endsWith('/')))
}

/** The same numbers in each run (Park and Miller's generator). */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48271) % 2147483647
    return state % below
  }
}
