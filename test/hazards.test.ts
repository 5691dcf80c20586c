import { describe, expect, inject, test } from 'vitest'
import { rules } from '../rules/index.ts'
import { loadConfig } from '../src/config.ts'
import { run } from '../src/run.ts'
import { python } from './python.ts'
import { syncEnv } from './rehearse/alembic-project.ts'
import { repository } from './repository.ts'

// Sixteen hazards that linters of single files pass over, each as plain SQL and as Alembic's Python.

interface Hazard {
  readonly name: string
  readonly before: readonly string[]
  /** One migration or several, a statement a line. */
  readonly sql: readonly (readonly string[])[]
  /** The same for Alembic: the lines of each `upgrade()`. */
  readonly python: readonly (readonly string[])[]
  readonly down?: { readonly sql: readonly string[]; readonly python: readonly string[] }
  /** The rule, and the line of the last migration in which it reports; in SQL, and among the lines of `python`. */
  readonly rule: string
  readonly lines: readonly [sql: number, python: number]
  /** What it takes to find it besides reading. */
  readonly server?: true
  readonly queries?: string
}

const users = 'CREATE TABLE users (id bigint PRIMARY KEY, email text, seen_at timestamptz);'

const hazards: readonly Hazard[] = [
  {
    name: 'a NOT VALID check before its backfill refuses updates of old rows',
    before: [users],
    sql: [
      ['ALTER TABLE users ADD CONSTRAINT users_email CHECK (email IS NOT NULL) NOT VALID;'],
      ["UPDATE users SET email = '' WHERE email IS NULL AND id BETWEEN 1 AND 1000;"],
    ],
    python: [
      ["op.create_check_constraint('users_email', 'users', 'email IS NOT NULL', postgresql_not_valid=True)"],
      [
        'with op.get_context().autocommit_block():',
        `    op.execute("UPDATE users SET email = '' WHERE email IS NULL AND id BETWEEN 1 AND 1000")`,
      ],
    ],
    rule: 'not-valid-check-blocks-updates',
    lines: [-1, -1],
  },
  {
    name: 'batches in one transaction',
    before: [users],
    sql: [
      [
        'DO $$ BEGIN FOR i IN 0..9 LOOP',
        '  UPDATE users SET email = lower(email) WHERE id BETWEEN i * 1000 AND i * 1000 + 999;',
        'END LOOP; END $$;',
      ],
    ],
    python: [
      [
        'for low in range(0, 10000, 1000):',
        '    op.execute(f"UPDATE users SET email = lower(email) WHERE id BETWEEN {low} AND {low + 999}")',
      ],
    ],
    rule: 'pseudo-batched-update',
    lines: [2, 2],
  },
  {
    name: 'one transaction across revisions',
    before: [users],
    sql: [
      [
        'BEGIN;',
        'ALTER TABLE users ADD CONSTRAINT users_email CHECK (length(email) < 100) NOT VALID;',
        'ALTER TABLE users VALIDATE CONSTRAINT users_email;',
        'COMMIT;',
      ],
    ],
    python: [
      ["op.create_check_constraint('users_email', 'users', 'length(email) < 100', postgresql_not_valid=True)"],
      ["op.execute('ALTER TABLE users VALIDATE CONSTRAINT users_email')"],
    ],
    rule: 'validated-in-same-transaction',
    lines: [3, 1],
  },
  {
    name: 'the downgrade drops what was there before the upgrade',
    before: [users],
    sql: [['ALTER TABLE users ADD COLUMN IF NOT EXISTS email text;']],
    python: [["op.add_column('users', sa.Column('email', sa.Text()), if_not_exists=True)"]],
    down: {
      sql: ['ALTER TABLE users DROP COLUMN IF EXISTS email;'],
      python: ["op.drop_column('users', 'email', if_exists=True)"],
    },
    rule: 'downgrade-drops-what-was-there',
    lines: [1, 1],
  },
  {
    name: 'a function is replaced below an index',
    before: [
      users,
      "CREATE FUNCTION norm(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(t)';",
      'CREATE UNIQUE INDEX users_norm_idx ON users (norm(email));',
    ],
    sql: [["CREATE OR REPLACE FUNCTION norm(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(trim(t))';"]],
    python: [
      [
        `op.execute("CREATE OR REPLACE FUNCTION norm(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(trim(t))'")`,
      ],
    ],
    rule: 'stale-index-function',
    lines: [1, 1],
    server: true,
  },
  {
    name: 'ON CONFLICT of old code has no unique index left',
    before: [users, 'CREATE UNIQUE INDEX users_email_key ON users (email);'],
    sql: [
      [
        'CREATE UNIQUE INDEX CONCURRENTLY users_email_seen ON users (email) WHERE seen_at IS NULL;',
        'DROP INDEX CONCURRENTLY users_email_key;',
      ],
    ],
    python: [
      [
        'with op.get_context().autocommit_block():',
        "    op.drop_index('users_email_key', table_name='users', postgresql_concurrently=True)",
      ],
    ],
    rule: 'arbiter-index-lost',
    lines: [2, 2],
  },
  {
    name: 'what is made again has lost its grants',
    before: [
      users,
      'CREATE VIEW seen_users AS SELECT id FROM users WHERE seen_at IS NOT NULL;',
      'GRANT SELECT ON seen_users TO pg_monitor;',
    ],
    sql: [
      [
        'BEGIN;',
        'DROP VIEW seen_users;',
        'CREATE VIEW seen_users AS SELECT email, id FROM users WHERE seen_at IS NOT NULL;',
        'COMMIT;',
      ],
    ],
    python: [
      [
        "op.execute('DROP VIEW seen_users')",
        "op.execute('CREATE VIEW seen_users AS SELECT email, id FROM users WHERE seen_at IS NOT NULL')",
      ],
    ],
    rule: 'lost-grants',
    lines: [3, 2],
    server: true,
  },
  {
    name: 'a column of a domain that refuses some values',
    before: [users, "CREATE DOMAIN address AS text CHECK (VALUE LIKE '%@%');"],
    sql: [['ALTER TABLE users ADD COLUMN contact address;']],
    python: [["op.execute('ALTER TABLE users ADD COLUMN contact address')"]],
    rule: 'rewriting-domain-column',
    lines: [1, 1],
  },
  {
    name: 'a change of the key of a parent locks its children',
    before: [
      'CREATE TABLE users (id int PRIMARY KEY);',
      'CREATE TABLE logins (id bigint PRIMARY KEY, user_id int REFERENCES users);',
    ],
    sql: [['ALTER TABLE users ALTER COLUMN id TYPE bigint;']],
    python: [["op.alter_column('users', 'id', type_=sa.BigInteger(), existing_type=sa.Integer())"]],
    rule: 'parent-table-locked',
    lines: [1, 1],
    server: true,
  },
  {
    name: 'advice that is an error on a partitioned table',
    before: [
      'CREATE TABLE visits (id bigint, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);',
      "CREATE TABLE visits_2026 PARTITION OF visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
    ],
    sql: [['CREATE INDEX CONCURRENTLY visits_day_idx ON visits (day);']],
    python: [
      [
        'with op.get_context().autocommit_block():',
        "    op.create_index('visits_day_idx', 'visits', ['day'], postgresql_concurrently=True)",
      ],
    ],
    rule: 'partitioned-table-advice',
    lines: [1, 2],
  },
  {
    name: 'CREATE OR REPLACE makes a second function',
    before: ["CREATE FUNCTION fee(amount int) RETURNS int LANGUAGE sql AS 'SELECT amount / 100';"],
    sql: [
      [
        "CREATE OR REPLACE FUNCTION fee(amount int, rate int DEFAULT 100) RETURNS int LANGUAGE sql AS 'SELECT amount / rate';",
      ],
    ],
    python: [
      [
        `op.execute("CREATE OR REPLACE FUNCTION fee(amount int, rate int DEFAULT 100) RETURNS int LANGUAGE sql AS 'SELECT amount / rate'")`,
      ],
    ],
    rule: 'ambiguous-overload',
    lines: [1, 1],
  },
  {
    name: 'a setting of the session reaches the next migration',
    before: [users],
    sql: [["SELECT pg_catalog.set_config('search_path', '', false);"]],
    python: [[`op.execute("SELECT pg_catalog.set_config('search_path', '', false)")`]],
    rule: 'session-setting-leak',
    lines: [1, 1],
  },
  {
    name: 'a concurrent build under a short timeout',
    before: [users],
    sql: [["SET statement_timeout = '5s';", 'CREATE INDEX CONCURRENTLY users_email_idx ON users (email);']],
    python: [
      [
        'with op.get_context().autocommit_block():',
        `    op.execute("SET statement_timeout = '5s'")`,
        "    op.create_index('users_email_idx', 'users', ['email'], postgresql_concurrently=True)",
      ],
    ],
    rule: 'timeout-kills-concurrent-build',
    lines: [2, 3],
  },
  {
    name: 'an enum is exchanged for another of the same name',
    before: ["CREATE TYPE mood AS ENUM ('happy', 'sad');", 'CREATE TABLE users (id bigint PRIMARY KEY, mood mood);'],
    sql: [
      [
        'BEGIN;',
        'ALTER TYPE mood RENAME TO mood_old;',
        "CREATE TYPE mood AS ENUM ('happy');",
        'ALTER TABLE users ALTER COLUMN mood TYPE mood USING mood::text::mood;',
        'DROP TYPE mood_old;',
        'COMMIT;',
      ],
    ],
    python: [
      [
        "op.execute('ALTER TYPE mood RENAME TO mood_old')",
        "sa.Enum('happy', name='mood').create(op.get_bind())",
        "op.alter_column('users', 'mood', type_=sa.Enum('happy', name='mood'), postgresql_using='mood::text::mood')",
        "op.execute('DROP TYPE mood_old')",
      ],
    ],
    rule: 'dropped-object',
    lines: [5, 4],
  },
  {
    name: 'a column more changes what a prepared SELECT * gives',
    before: [users],
    sql: [['ALTER TABLE users ADD COLUMN phone text;']],
    python: [["op.add_column('users', sa.Column('phone', sa.Text()))"]],
    rule: 'cached-plan-change',
    lines: [1, 1],
    server: true,
    queries: 'SELECT * FROM users WHERE id = $1;',
  },
  {
    name: 'an index over text without a bound',
    before: ['CREATE TABLE documents (id bigint PRIMARY KEY, body text);'],
    sql: [['CREATE INDEX CONCURRENTLY documents_body_idx ON documents (body);']],
    python: [
      [
        'with op.get_context().autocommit_block():',
        "    op.create_index('documents_body_idx', 'documents', ['body'], postgresql_concurrently=True)",
      ],
    ],
    rule: 'index-on-unbounded-text',
    lines: [1, 2],
  },
]

/** The files of a hazard in plain SQL, and where the change is judged. */
function sqlProject({ before, sql, down }: Hazard) {
  const files = sql.map((lines, index) => [`migrations/00${index + 2}_step.sql`, `${lines.join('\n')}\n`])
  const last = `migrations/00${sql.length + 1}_step`
  return {
    base: { 'migrations/001_before.sql': before.join('\n') },
    change: {
      ...Object.fromEntries(files),
      ...(down ? { [`${last}_rollback.sql`]: down.sql.join('\n') } : {}),
    },
    fileOf: (index: number, isDown: boolean) => `migrations/00${index + 2}_step${isDown ? '_rollback' : ''}.sql`,
    lineOf: (_: 'up' | 'down', line: number) => line,
  }
}

/** Lines of a version file before the first of `upgrade()`. */
const head = 7

function alembicProject({ before, python, down }: Hazard) {
  const version = (id: string, parent: string | undefined, up: readonly string[], back: readonly string[]) =>
    [
      'import sqlalchemy as sa',
      'from alembic import op',
      '',
      `revision = '${id}'`,
      `down_revision = ${parent === undefined ? 'None' : `'${parent}'`}`,
      '',
      'def upgrade():',
      ...up.map((line) => `    ${line}`),
      '',
      'def downgrade():',
      ...(back.length > 0 ? back : ['pass']).map((line) => `    ${line}`),
      '',
    ].join('\n')
  const name = (index: number) => `step${index}`
  return {
    base: {
      'alembic.ini': '[alembic]\nscript_location = db\n',
      'db/env.py': syncEnv(),
      'db/versions/a_before.py': version(
        'before',
        undefined,
        before.map((sql) => `op.execute(${JSON.stringify(sql)})`),
        [],
      ),
    },
    change: Object.fromEntries(
      python.map((lines, index) => [
        `db/versions/b_${name(index)}.py`,
        version(name(index), index === 0 ? 'before' : name(index - 1), lines, down?.python ?? []),
      ]),
    ),
    fileOf: (index: number) => `db/versions/b_${name(index)}.py`,
    lineOf: (direction: 'up' | 'down', line: number, up = 0) => head + line + (direction === 'down' ? up + 2 : 0),
  }
}

/** `file:line` of each finding of the rule. */
async function placesOf(hazard: Hazard, kind: 'sql' | 'alembic'): Promise<string[]> {
  const { base, change } = kind === 'sql' ? sqlProject(hazard) : alembicProject(hazard)
  await using repo = await repository({
    ...base,
    ...(hazard.queries ? { 'queries.sql': hazard.queries, '.migration-gate.yml': 'queries: queries.sql\n' } : {}),
  })
  await repo.commit(change)
  const isRun = hazard.server !== undefined
  const config = await loadConfig({
    repository: repo.path,
    values: {
      base: 'main',
      ...(isRun ? { database: 'url' } : { 'round-trip': 'off' }),
      ...(isRun && kind === 'alembic' ? { alembic: { command: [(await python()).alembic] } } : {}),
    },
    databaseUrl: inject('postgresUrl'),
    origin: 'the test',
  })
  const { findings } = await run({
    config,
    rules,
    repository: repo.path,
    signal: new AbortController().signal,
    log: () => undefined,
  })
  return findings.flatMap(({ rule, at }) => (rule === hazard.rule ? `${at.file}:${at.line}` : []))
}

describe.each(hazards)('$name', (hazard) => {
  const { rule, lines, down } = hazard
  // A negative line: the finding stands in the first migration, because of what the last one does.
  const [sqlLine, pythonLine] = lines

  test(`SQL: ${rule}`, async () => {
    const index = sqlLine < 0 ? 0 : hazard.sql.length - 1
    const { fileOf } = sqlProject(hazard)
    expect(await placesOf(hazard, 'sql')).toEqual([`${fileOf(index, down !== undefined)}:${Math.abs(sqlLine)}`])
  })

  test(`Alembic: ${rule}`, async () => {
    const index = pythonLine < 0 ? 0 : hazard.python.length - 1
    const { fileOf, lineOf } = alembicProject(hazard)
    const place = lineOf(down ? 'down' : 'up', Math.abs(pythonLine), hazard.python[index]?.length ?? 0)
    expect(await placesOf(hazard, 'alembic')).toEqual([`${fileOf(index)}:${place}`])
  })
})
