import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rules } from '../../../rules/index.ts'
import { loadConfig } from '../../../src/config.ts'
import { dryRun } from '../../../src/dry-run.ts'
import * as tools from '../../read/programs.ts'
import { repository } from '../../repository.ts'
import { testDatabase } from '../../server.ts'
import { urlOf } from '../staging.ts'
import { type Files, installed, sql } from './against-tool.ts'

const line = (name: string) => `${name} 2024-01-01T00:00:00Z Ann <ann@example.test> # ${name}\n`

describe.each([
  {
    program: tools.drizzleOne,
    folder: 'drizzle',
    up: [],
    files: { '20240101000000_a/migration.sql': sql('a'), '20240101000000_a/snapshot.json': '{}' },
  },
  {
    program: tools.sqitch,
    folder: 'db',
    up: ['deploy'],
    files: {
      'sqitch.conf': '[core]\n\tengine = pg\n',
      'sqitch.plan': `%project=shop\n\n${line('a')}`,
      'deploy/a.sql': sql('a'),
      'revert/a.sql': 'DROP TABLE a;',
    },
  },
  {
    program: tools.graphileMigrate,
    folder: 'migrations',
    up: ['migrate'],
    files: { 'committed/000001.sql': `--! Previous: -\n--! Hash: sha1:1\n--! AllowInvalidHash\n\n${sql('a')}\n` },
  },
  { program: tools.supabase, folder: 'supabase/migrations', up: ['up'], files: { '20240101000000_a.sql': sql('a') } },
  {
    program: tools.prisma,
    folder: 'prisma/migrations',
    up: ['migrate', 'deploy'],
    files: { 'migration_lock.toml': 'provider = "postgresql"', '1_a/migration.sql': sql('a') },
  },
  { program: tools.diesel, folder: 'migrations', up: ['run'], files: { '2024-01-01-000000_a/up.sql': sql('a') } },
  { program: tools.sqlx, folder: 'migrations', up: ['run'], files: { '1_a.sql': sql('a') } },
  { program: tools.goose, folder: 'migrations', up: ['up'], files: { '1_a.sql': `-- +goose Up\n${sql('a')}\n` } },
  {
    program: tools.nodePgMigrate,
    folder: 'migrations',
    up: ['up'],
    files: { '1_a.sql': `-- Up Migration\n${sql('a')}\n-- Down Migration\n` },
  },
  { program: tools.flyway, folder: 'sql', up: ['migrate'], files: { 'V1__a.sql': sql('a') } },
])('$program.tool', ({ program, folder, up, files }) => {
  const given = installed(program)

  test('what the tool makes for itself is no drift of the schema', async ({ skip }) => {
    const run = given(skip)
    await using repo = await repository(
      Object.fromEntries(Object.entries(files as Files).map(([name, text]) => [`${folder}/${name}`, text])),
    )
    await using staging = await testDatabase()
    const copy = await mkdtemp(join(tmpdir(), 'migration-gate-test-'))
    try {
      await cp(join(repo.path, folder), join(copy, 'migrations'), { recursive: true })
      const { code, output } = await run(join(copy, 'migrations'), staging.database, ...up)
      expect(code, output).toBe(0)
    } finally {
      await rm(copy, { recursive: true })
    }
    const config = await loadConfig({
      repository: repo.path,
      origin: 'the test',
      values: { tool: program.tool, directory: folder, database: 'embedded' },
    })
    const { pending, versionDrift, schemaDrift, notChecked } = await dryRun({
      config,
      rules,
      repository: repo.path,
      url: urlOf(staging.database),
      mode: 'plan',
      limits: { lockTimeoutMs: 2000, statementTimeoutMs: 10_000 },
      versionTable: undefined,
      signal: new AbortController().signal,
      log: () => undefined,
    })
    expect({ pending, versionDrift, schemaDrift, notChecked }).toEqual({
      pending: [],
      versionDrift: [],
      schemaDrift: [],
      notChecked: [],
    })
  })
})
