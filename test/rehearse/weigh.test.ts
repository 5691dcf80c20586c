import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { rules } from '../../rules/index.ts'
import { withoutIgnored } from '../../src/lint/ignore.ts'
import { lint } from '../../src/lint/lint.ts'
import { configured } from '../../src/lint/settings.ts'
import { refuted, weigh } from '../../src/lint/weigh.ts'
import type { Finding } from '../../src/model/finding.ts'
import { parseMigration } from '../../src/parse/parse.ts'
import { readProject } from '../../src/read/read.ts'
import { receivedIn } from '../../src/received.ts'
import { rehearse } from '../../src/rehearse/rehearse.ts'
import { python } from '../python.ts'
import { testServer } from '../server.ts'
import { alembicProject } from './alembic-project.ts'
import { judged } from './rehearsal.ts'

/** The findings about the upgrade, a line each, without what is only read and of no matter here. */
function told(findings: readonly Finding[], only: RegExp): string[] {
  return findings
    .filter(({ direction, rule }) => direction === 'up' && only.test(rule))
    .map(({ rule, at, seen, evidence }) => [`${at.line} ${rule} ${seen}`, ...evidence].join(' | '))
}

const locks = /^(?:blocking|rewriting|slow-work|many-tables|validated|parent-table|drop-cascade)/
const base = `CREATE TABLE users (id int PRIMARY KEY, email text, age int, CONSTRAINT aged CHECK (age IS NOT NULL) NOT VALID);
CREATE TABLE orders (id int PRIMARY KEY, user_id int CONSTRAINT orders_user REFERENCES users);
CREATE TABLE items (id int PRIMARY KEY);
DELETE FROM users WHERE age IS NULL;`

describe('what was read', () => {
  test('is confirmed by what the server did: the lock, the work, what ran until the end', async () => {
    const { findings } = await judged({
      base,
      up: [
        'BEGIN;',
        'CREATE INDEX users_email ON users (email);',
        'ALTER TABLE orders ADD CHECK (id <> 7);',
        'ALTER TABLE items ADD COLUMN at timestamptz DEFAULT clock_timestamp();',
        'COMMIT;',
      ].join('\n'),
    })
    expect(told(findings, locks)).toEqual([
      '2 blocking-index server | PostgreSQL built users_email from the rows of public.users under SHARE. | SHARE on public.users was held until the end of the transaction, through 2 more statements.',
      '3 blocking-check server | PostgreSQL read every row of public.orders under ACCESS EXCLUSIVE. | ACCESS EXCLUSIVE on public.orders was held until the end of the transaction, through 1 more statement.',
      '4 rewriting-default server | PostgreSQL wrote every row of public.items anew under ACCESS EXCLUSIVE.',
    ])
  })

  test('is dropped where the server was watched and did not do it', async () => {
    const { read, findings } = await judged({
      base: `${base} CREATE INDEX users_email ON users (email); CREATE FUNCTION one() RETURNS int LANGUAGE sql VOLATILE AS 'SELECT 1';`,
      up: [
        'CREATE INDEX IF NOT EXISTS users_email ON users (email);',
        'ALTER TABLE users ADD COLUMN n int DEFAULT one();',
        'ALTER TABLE users ADD COLUMN IF NOT EXISTS id serial;',
      ].join('\n'),
    })
    expect([told(read, locks), told(findings, locks)]).toEqual([
      ['1 blocking-index read', '3 rewriting-generated-column read'],
      [],
    ])
  })

  test('stays where the server need not have taken the way that production takes', async () => {
    const { findings } = await judged({
      base,
      up: [
        'DO $$ BEGIN IF (SELECT count(*) > 1000 FROM users) THEN CREATE INDEX users_email ON users (email); END IF; END $$;',
      ].join('\n'),
    })
    expect(told(findings, /^blocking/)).toEqual(['1 blocking-index read'])
  })
})

test('what functions do is seen, and nothing of it could be read', async () => {
  const { read, findings } = await judged({
    base: `${base}
      CREATE FUNCTION build() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'CREATE INDEX hidden ON users (email)'; END $$;
      CREATE FUNCTION alter_it() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'ALTER TABLE users ALTER id TYPE bigint'; END $$;`,
    up: 'SELECT build();\nSELECT alter_it();',
  })
  expect([told(read, locks), told(findings, locks)]).toEqual([
    [],
    [
      '1 blocking-index server | PostgreSQL built hidden from the rows of public.users under SHARE.',
      '2 blocking-foreign-key server | PostgreSQL looked up every row for the foreign key orders_user.',
      '2 parent-table-locked server | PostgreSQL took ACCESS EXCLUSIVE on public.orders, which shuts out reads and writes.',
      '2 slow-work-under-lock server | PostgreSQL wrote every row of public.users anew under ACCESS EXCLUSIVE.',
    ],
  ])
})

test('a table that is not named, and one that nobody can tell from the file', async () => {
  const { findings } = await judged({
    base: `${base} CREATE DOMAIN positive AS int; CREATE TABLE counts (n positive);`,
    up: 'DROP TABLE orders;\nALTER DOMAIN positive ADD CHECK (VALUE > 0) NOT VALID;\nALTER DOMAIN positive ADD CHECK (VALUE > -99);',
  })
  expect(told(findings, /^parent-table/)).toEqual([
    '1 parent-table-locked server | PostgreSQL took ACCESS EXCLUSIVE on public.users, which shuts out reads and writes.',
    '3 parent-table-locked server | PostgreSQL took SHARE on public.counts, which shuts out writes.',
  ])
})

test('what a loop over a query sends is read when the server has received it', async () => {
  await using work = await alembicProject({
    revisions: {
      a: { up: base.split('\n').map((sql) => `op.execute("${sql.trim()}")`), down: [], status: 'base' },
      b: {
        parents: ['a'],
        up: [
          "for name in [row[0] for row in op.get_bind().execute(sa.text(\"SELECT 'users' UNION SELECT 'orders' ORDER BY 1\"))]:",
          '    op.execute(f"CREATE INDEX {name}_x ON {name} (id)")',
        ],
        down: [],
      },
    },
  })
  execFileSync('git', ['init', '--quiet', work.path])
  const changed = [{ path: 'migrations/versions/b.py', status: 'added' as const }]
  const found = await readProject({ repository: work.path, tool: 'alembic', directory: undefined, changed })
  const migrations = await Promise.all(
    found.migrations.map((each) => parseMigration(each, { defaultSchema: 'public' })),
  )
  const { roundTrips } = await rehearse({
    repository: work.path,
    project: found,
    migrations,
    server: await testServer(),
    alembic: { command: [(await python()).alembic] },
    timeoutMs: 60_000,
    environment: {},
    signal: new AbortController().signal,
    log: () => undefined,
  })
  const project = { tool: 'alembic', migrations } as const
  const read = lint(project, rules)
  const received = await receivedIn(migrations, roundTrips, { defaultSchema: 'public' })
  const all = weigh(read, project, roundTrips, rules, received)
  expect([told(read, /^blocking/), told(all, /^blocking/).map((line) => line.replace(/^\d+ /, ''))]).toEqual([
    [],
    [
      'blocking-index server | The server received: CREATE INDEX orders_x ON orders (id) | PostgreSQL built orders_x from the rows of public.orders under SHARE. | SHARE on public.orders was held until the end of the transaction, through 1 more statement.',
      'blocking-index server | The server received: CREATE INDEX users_x ON users (id) | PostgreSQL built users_x from the rows of public.users under SHARE.',
    ],
  ])
})

test('a finding that the server refutes is counted, and a comment that asks to ignore it has its use', async () => {
  const ignoring = '-- migration-gate: ignore blocking-index: it is there already'
  const up = `${ignoring}\nCREATE INDEX IF NOT EXISTS users_email ON users (email);\n`
  const { project, roundTrips, read } = await judged({
    base: `${base} CREATE INDEX users_email ON users (email);`,
    up,
    down: 'SELECT 1;',
  })
  const dropped = refuted(read, project, roundTrips, rules)
  expect(told(dropped, locks)).toEqual(['2 blocking-index read'])
  const unused = (without: readonly Finding[]) =>
    withoutIgnored(weigh(read, project, roundTrips, rules), {
      migrations: project.migrations.slice(1),
      texts: new Map([['002.sql', up]]),
      rules,
      wasRun: () => true,
      refuted: without,
    }).findings.filter(({ rule }) => rule === 'unused-ignore').length
  expect([unused(dropped), unused([])]).toEqual([0, 1])
})

test('a severity that the configuration gives holds for graver and lighter reports too', async () => {
  const { project, roundTrips, read } = await judged({
    base: 'CREATE TABLE t (id int PRIMARY KEY, a int);',
    up: 'ALTER TABLE t ALTER a TYPE bigint;',
    down: 'ALTER TABLE t ALTER a TYPE int;',
  })
  const severity = (given: 'on' | 'error' | 'info') =>
    weigh(
      read,
      project,
      roundTrips,
      configured(rules, { 'failing-downgrade': { severity: given, options: {}, place: '' } }),
    )
      .filter(({ rule }) => rule === 'failing-downgrade')
      .map((finding) => finding.severity)
  expect([severity('on'), severity('error'), severity('info')]).toEqual([['warning'], ['error'], ['info']])
})

test('work that code hides is told once, by the rule about it', async () => {
  const { findings } = await judged({
    base: `${base} CREATE FUNCTION hidden() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'CREATE INDEX users_email ON us' || 'ers (email)'; END $$;`,
    up: 'SELECT hidden();',
  })
  expect(told(findings, locks).map((line) => line.split(' | ')[0])).toEqual(['1 blocking-index server'])
})
