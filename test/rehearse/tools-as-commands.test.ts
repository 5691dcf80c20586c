import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Tool } from '../../src/model/migration.ts'
import type { Result } from '../../src/model/result.ts'
import { python as python3 } from '../python.ts'
import { goTool, lacks, mavenLibraries, npmPackages } from '../read/tools.ts'
import { repository } from '../repository.ts'
import { asyncEnv, syncEnv } from './alembic-project.ts'
import { gate } from './gate.ts'

/** All but what differs from run to run: durations, numbers of transactions, and what the tool itself sends. */
function told({ verdict, findings, migrations, notChecked }: Result) {
  return {
    verdict,
    findings,
    notChecked,
    migrations: migrations.map(({ id, roundTrip: trip }) => ({
      id,
      steps: trip?.steps.map(({ ms: _, ...step }) => step),
      restored: trip?.restored,
      repeatable: trip?.repeatable,
      drift: trip?.drift,
      data: trip?.data,
      locks: trip?.watched?.locks
        .filter(({ existedBefore, statement }) => existedBefore && statement.at)
        .map(({ relation, mode, statement }) => `${statement.direction} ${statement.at?.line} ${mode} ${relation}`),
      rewrites: trip?.watched?.rewrites.map(({ relation, statement }) => `${statement.at?.line} ${relation}`),
    })),
  }
}

interface Steps {
  readonly up: string
  readonly down: string
}

/** Two on the base branch; of the new ones one is clean, one locks, rewrites and does not come all the way back, and one fails. */
const base: readonly Steps[] = [
  {
    up: 'CREATE TABLE users (id serial PRIMARY KEY, email varchar(50) NOT NULL, name text);',
    down: 'DROP TABLE users;',
  },
  { up: "INSERT INTO users (email, name) VALUES ('a@example.test', 'A');", down: 'DELETE FROM users;' },
]
const added: readonly Steps[] = [
  { up: 'ALTER TABLE users ADD COLUMN phone text;', down: 'ALTER TABLE users DROP COLUMN phone;' },
  {
    up: 'CREATE INDEX users_name_idx ON users (name);\nALTER TABLE users ALTER COLUMN id TYPE bigint;',
    down: 'ALTER TABLE users ALTER COLUMN id TYPE int;',
  },
  { up: 'ALTER TABLE users ADD COLUMN age int;\nSELECT 1 / 0;', down: 'ALTER TABLE users DROP COLUMN age;' },
]

interface Case {
  readonly tool: Tool
  readonly needs: readonly { readonly name: string; readonly ask: string }[]
  /** Installs it. @returns the settings, and the folder to be put on the PATH */
  install(): Promise<{ settings: Readonly<Record<string, unknown>>; path?: string }>
  files(number: number, steps: Steps): Readonly<Record<string, string>>
}

const go = { name: 'go', ask: 'version' }
const cases: readonly Case[] = [
  {
    tool: 'dbmate',
    needs: [],
    async install() {
      return { settings: { upgrade: 'tool' }, path: join(await npmPackages('dbmate@2.36.0'), 'node_modules/.bin') }
    },
    files: (n, { up, down }) => ({
      [`db/migrations/00${n}_step.sql`]: `-- migrate:up\n${up}\n\n-- migrate:down\n${down}\n`,
    }),
  },
  {
    tool: 'goose',
    needs: [go],
    async install() {
      const program = await goTool({
        module: 'github.com/pressly/goose/v3/cmd/goose',
        version: 'v3.27.3',
        tags: 'no_clickhouse,no_libsql,no_mssql,no_mysql,no_sqlite3,no_vertica,no_ydb,no_turso,no_duckdb',
      })
      return { settings: { upgrade: 'tool' }, path: dirname(program) }
    },
    files: (n, { up, down }) => ({
      [`migrations/0000${n}_step.sql`]: `-- +goose Up\n${up}\n-- +goose Down\n${down}\n`,
    }),
  },
  {
    tool: 'golang-migrate',
    needs: [go],
    async install() {
      const program = await goTool({
        module: 'github.com/golang-migrate/migrate/v4/cmd/migrate',
        version: 'v4.19.1',
        tags: 'postgres',
      })
      return { settings: { upgrade: 'tool' }, path: dirname(program) }
    },
    files: (n, { up, down }) => ({
      [`migrations/${n}_step.up.sql`]: `${up}\n`,
      [`migrations/${n}_step.down.sql`]: `${down}\n`,
    }),
  },
  {
    tool: 'node-pg-migrate',
    needs: [],
    async install() {
      const folder = await npmPackages('node-pg-migrate@9.0.0', 'pg@8.23.1')
      return { settings: { upgrade: 'tool' }, path: join(folder, 'node_modules/.bin') }
    },
    files: (n, { up, down }) => ({
      [`migrations/${n}_step.sql`]: `-- Up Migration\n${up}\n-- Down Migration\n${down}\n`,
    }),
  },
  {
    tool: 'tern',
    needs: [go],
    async install() {
      const program = await goTool({ module: 'github.com/jackc/tern/v2', version: 'v2.3.4' })
      return { settings: { upgrade: 'tool' }, path: dirname(program) }
    },
    files: (n, { up, down }) => ({
      [`migrations/00${n}_step.sql`]: `${up}\n---- create above / drop below ----\n${down}\n`,
    }),
  },
  {
    tool: 'flyway',
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
      await writeFile(
        program,
        `import org.flywaydb.core.Flyway;
         public class Migrate {
           public static void main(String[] given) {
             Flyway.configure().dataSource(given[0], given[1], given[2]).locations("filesystem:" + given[3]).load().migrate();
           }
         }`,
      )
      const upgrade = [
        'java',
        '-cp',
        join(libraries, '*'),
        program,
        '{jdbc-url}',
        '{user}',
        '{password}',
        '{directory}',
      ]
      return { settings: { upgrade } }
    },
    files: (n, { up }) => ({ [`db/migration/V${n}__step.sql`]: `${up}\n` }),
  },
]

describe.each(cases)('what our own runner gives: $tool', ({ tool, needs, install, files }) => {
  const all = (steps: readonly Steps[], from: number) =>
    Object.assign({}, ...steps.map((step, i) => files(from + i, step))) as Record<string, string>

  test('for the same files', { timeout: 600_000 }, async ({ skip }) => {
    const missing = await lacks(...needs)
    if (missing !== undefined) skip(missing)
    const { settings, path } = await install()
    await using repo = await repository(all(base, 1))
    await repo.commit(all(added, 3))
    const usual = process.env.PATH
    try {
      if (path) process.env.PATH = `${path}:${usual}`
      const ours = told(await gate(repo, { tool }))
      expect(ours.migrations.map(({ steps }) => steps?.map(({ outcome }) => outcome).join(' '))).toEqual(
        tool === 'flyway'
          ? ['ok skipped skipped', 'ok skipped skipped', 'failed skipped skipped']
          : ['ok ok ok', 'ok ok failed', 'failed skipped skipped'],
      )
      expect(told(await gate(repo, { tool, ...settings }))).toEqual(ours)
    } finally {
      process.env.PATH = usual
    }
  })
})

describe('what our own runner gives: Alembic', () => {
  /** Findings and what was seen, without what is said otherwise of SQL files and of Python: places, names, what to write instead. */
  const same = ({ verdict, findings, migrations, notChecked }: Result) => ({
    verdict,
    notChecked,
    findings: findings
      .map(({ rule, severity, direction, seen, message, evidence }) =>
        [severity, rule, direction, seen, message, ...evidence].join(' | ').replaceAll(/\b(?:002|b)(?:_\w+)?\b/g, '…'),
      )
      .sort(),
    migrations: migrations.map(({ roundTrip: trip }) => ({
      steps: trip?.steps.map(({ outcome, error }) => [outcome, error?.sqlstate]),
      restored: trip?.restored,
      repeatable: trip?.repeatable,
      drift: trip?.drift,
      data: trip?.data,
      preconditions: trip?.preconditions?.map(({ at: _, ...precondition }) => precondition),
      oldCode: trip?.oldCode?.map(({ because: _, ...statement }) => statement),
      blocked: trip?.watched?.blocked.map(({ relation, mode, during }) => [relation, mode, during.length]),
    })),
  })
  const first = ['CREATE TABLE users (id serial PRIMARY KEY, email varchar(50) NOT NULL, name text)']
  const up = [
    'ALTER TABLE users ADD COLUMN phone text',
    'CREATE UNIQUE INDEX users_email_idx ON users (email)',
    'ALTER TABLE users ALTER COLUMN id TYPE bigint',
    'ALTER TABLE users DROP COLUMN name',
  ]
  const down = ['ALTER TABLE users ALTER COLUMN id TYPE int', 'ALTER TABLE users ADD COLUMN name text']

  test.each([
    ['psycopg2', syncEnv()],
    ['psycopg', syncEnv("create_engine('postgresql+psycopg://x/x')")],
    ['asyncpg', asyncEnv('postgresql+asyncpg://x/x')],
  ])('for the same SQL, with %s', { timeout: 300_000 }, async (_, env) => {
    const python = (lines: readonly string[]) => lines.map((sql) => `    op.execute("${sql}")`).join('\n')
    const revision = (id: string, parent: string, run: readonly string[], undo: readonly string[]) =>
      `from alembic import op\nrevision = "${id}"\ndown_revision = ${parent}\n\n\ndef upgrade():\n${python(run)}\n\n\ndef downgrade():\n${python(undo)}\n`
    const sql = (lines: readonly string[]) => `BEGIN;\n${lines.join(';\n')};\nCOMMIT;\n`
    await using files = await repository({ 'm/001_a.sql': sql(first), 'm/001_a_rollback.sql': 'DROP TABLE users;\n' })
    await files.commit({ 'm/002_b.sql': sql(up), 'm/002_b_rollback.sql': sql(down) })
    await using revisions = await repository({
      'alembic.ini': '[alembic]\nscript_location = migrations\n',
      'migrations/env.py': env,
      'migrations/versions/a.py': revision('a', 'None', first, ['DROP TABLE users']),
    })
    await revisions.commit({ 'migrations/versions/b.py': revision('b', '"a"', up, down) })
    const { alembic } = await python3()

    const ours = same(await gate(files, { tool: 'numbered-sql' }))
    expect(ours.findings.map((line) => line.split(' | ')[1])).toEqual(
      expect.arrayContaining([
        'blocking-index',
        'rewriting-type-change',
        'data-dependent-upgrade',
        'incomplete-downgrade',
      ]),
    )
    expect(same(await gate(revisions, { alembic: { command: [alembic] } }))).toEqual(ours)
  })
})
