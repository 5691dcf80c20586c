import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import type { ParsedMigration, Tool } from '../../src/model/migration.ts'
import type { Watched } from '../../src/model/round-trip.ts'
import { parseMigration } from '../../src/parse/parse.ts'
import { readProject } from '../../src/read/read.ts'
import { type Rehearsal, rehearse } from '../../src/rehearse/rehearse.ts'
import { python } from '../python.ts'
import { repository } from '../repository.ts'
import { testServer } from '../server.ts'
import { alembicProject, asyncEnv, syncEnv } from './alembic-project.ts'

async function rehearseAt(path: string, tool: Tool, added: readonly string[]): Promise<Rehearsal> {
  const changed = added.map((file) => ({ path: file, status: 'added' as const }))
  const project = await readProject({ repository: path, tool, directory: undefined, changed })
  const migrations: ParsedMigration[] = []
  for (const each of project.migrations) migrations.push(await parseMigration(each, { defaultSchema: 'public' }))
  return await rehearse({
    server: await testServer(),
    timeoutMs: 60_000,
    environment: {},
    signal: new AbortController().signal,
    log: () => undefined,
    repository: path,
    project,
    migrations,
    alembic: tool === 'alembic' ? { command: [(await python()).alembic] } : undefined,
  })
}

async function watchedSql(up: string, down: string, base = tables): Promise<Watched | undefined> {
  await using work = await repository({ 'm/001_base.sql': base, 'm/002_new.sql': up, 'm/002_new_rollback.sql': down })
  const { roundTrips, notChecked } = await rehearseAt(work.path, 'numbered-sql', [
    'm/002_new.sql',
    'm/002_new_rollback.sql',
  ])
  expect(notChecked).toEqual([])
  return roundTrips.get('002')?.watched
}

const tables = `
CREATE TABLE users (id int PRIMARY KEY, email text);
CREATE TABLE orders (id int PRIMARY KEY, user_id int);`

/** All that was seen, a line each, with the line of the file that it stands in. */
function told(watched: Watched | undefined) {
  if (!watched) return undefined
  const where = ({ at, direction }: Watched['statements'][number]) => `${direction}:${at?.line ?? '-'}`
  return {
    locks: watched.locks.map(({ statement, mode, relation, kind, existedBefore }) =>
      [where(statement), mode, kind, relation, existedBefore ? '' : '(new)'].join(' ').trim(),
    ),
    rewrites: watched.rewrites.map(({ statement, relation, how }) => `${where(statement)} ${relation} ${how}`),
    scans: watched.scans.map(({ statement, relation, constraint }) => `${where(statement)} ${relation ?? constraint}`),
    indexBuilds: watched.indexBuilds.map(
      ({ statement, index, relation }) => `${where(statement)} ${index} ${relation}`,
    ),
    blocked: watched.blocked.map(
      ({ statement, shutsOut, mode, relation, during }) =>
        `${where(statement)} ${mode} shuts out ${shutsOut} of ${relation} during ${during.map(where).join(', ')}`,
    ),
  }
}

const up = [
  'ALTER TABLE users ADD COLUMN phone VARCHAR(20)',
  'ALTER TABLE users ALTER COLUMN id TYPE BIGINT',
  'UPDATE orders SET user_id = 1',
  'CREATE INDEX users_phone_idx ON users (phone)',
  'CREATE TABLE bills (id INT REFERENCES orders)',
  'ALTER TABLE bills ADD COLUMN a INT',
]
const down = [
  'DROP TABLE bills',
  'DROP INDEX users_phone_idx',
  'ALTER TABLE users DROP COLUMN phone',
  'TRUNCATE orders',
]

/** With the lines of the statements in the file. */
const seen = (upLine: number, downLine: number) => {
  const u = (n: number) => `up:${upLine + n}`
  const d = (n: number) => `down:${downLine + n}`
  const during = (line: (n: number) => string, from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => line(from + i)).join(', ')
  return {
    locks: [
      `${u(0)} ACCESS EXCLUSIVE table public.users`,
      `${u(1)} SHARE table public.users`,
      `${u(1)} ACCESS EXCLUSIVE index public.users_pkey`,
      `${u(1)} ACCESS EXCLUSIVE index public.users_pkey (new)`,
      `${u(2)} ROW EXCLUSIVE table public.orders`,
      `${u(2)} ROW EXCLUSIVE index public.orders_pkey`,
      `${u(3)} ACCESS EXCLUSIVE index public.users_phone_idx (new)`,
      `${u(4)} ACCESS EXCLUSIVE table public.bills (new)`,
      `${u(4)} SHARE ROW EXCLUSIVE table public.orders`,
      `${d(0)} ACCESS EXCLUSIVE table public.bills`,
      `${d(0)} ACCESS EXCLUSIVE table public.orders`,
      `${d(1)} ACCESS EXCLUSIVE table public.users`,
      `${d(1)} ACCESS EXCLUSIVE index public.users_phone_idx`,
      `${d(3)} SHARE table public.orders`,
      `${d(3)} ACCESS EXCLUSIVE index public.orders_pkey`,
    ],
    rewrites: [`${u(1)} public.users rewritten`, `${d(3)} public.orders truncated`],
    scans: [],
    indexBuilds: [
      `${u(1)} users_pkey public.users`,
      `${u(3)} users_phone_idx public.users`,
      `${d(3)} orders_pkey public.orders`,
    ],
    blocked: [
      `${u(0)} ACCESS EXCLUSIVE shuts out reads and writes of public.users during ${during(u, 0, 5)}`,
      `${u(4)} SHARE ROW EXCLUSIVE shuts out writes of public.orders during ${during(u, 4, 5)}`,
      `${d(0)} ACCESS EXCLUSIVE shuts out reads and writes of public.bills during ${during(d, 0, 3)}`,
      `${d(0)} ACCESS EXCLUSIVE shuts out reads and writes of public.orders during ${during(d, 0, 3)}`,
      `${d(1)} ACCESS EXCLUSIVE shuts out reads and writes of public.users during ${during(d, 1, 3)}`,
    ],
  }
}

describe('the same is seen of', () => {
  test('SQL files', async () => {
    const script = (lines: readonly string[]) => `BEGIN;\n${lines.join(';\n')};\nCOMMIT;\n`
    expect(told(await watchedSql(script(up), script(down)))).toEqual(seen(2, 2))
  })

  test.each([
    ['psycopg2', syncEnv()],
    ['psycopg', syncEnv("create_engine('postgresql+psycopg://x/x')")],
    ['asyncpg', asyncEnv('postgresql+asyncpg://x/x')],
  ])('Alembic with %s', async (_, env) => {
    const python = (lines: readonly string[]) => lines.map((sql) => `op.execute('${sql}')`)
    const base = tables.split(';').flatMap((sql) => (sql.trim() ? [`op.execute('${sql.trim()}')`] : []))
    await using work = await alembicProject({
      env,
      revisions: {
        a: { up: base, down: [], status: 'base' },
        b: { parents: ['a'], up: python(up), down: python(down) },
      },
    })
    // What a project holds is asked of git.
    execFileSync('git', ['init', '--quiet', work.path])
    const { roundTrips, notChecked } = await rehearseAt(work.path, 'alembic', ['migrations/versions/b.py'])
    expect(notChecked).toEqual([])
    expect(told(roundTrips.get('b')?.watched)).toEqual(seen(7, 14))
  })
})

describe('outside of a transaction', () => {
  test('each statement blocks for itself', async () => {
    const watched = await watchedSql(
      'CREATE INDEX a ON users (email);\nALTER TABLE orders ADD CHECK (id > 0);\nALTER TABLE users RENAME TO people;\nALTER TABLE people ADD x int;',
      'DROP TABLE people;',
    )
    expect(told(watched)?.blocked).toEqual([
      'up:1 SHARE shuts out writes of public.users during up:1',
      'up:2 ACCESS EXCLUSIVE shuts out reads and writes of public.orders during up:2',
      'up:3 ACCESS EXCLUSIVE shuts out reads and writes of public.users during up:3',
      'up:4 ACCESS EXCLUSIVE shuts out reads and writes of public.users during up:4',
      'down:1 ACCESS EXCLUSIVE shuts out reads and writes of public.people during down:1',
    ])
    expect(told(watched)?.scans).toEqual(['up:2 public.orders'])
  })

  test('CONCURRENTLY blocks nobody', async () => {
    const watched = await watchedSql('CREATE INDEX CONCURRENTLY a ON users (email);', 'DROP INDEX CONCURRENTLY a;')
    expect([told(watched)?.blocked, told(watched)?.indexBuilds]).toEqual([[], ['up:1 a public.users']])
    expect(watched?.locks.filter(({ mode }) => /^(SHARE|SHARE ROW EXCLUSIVE|EXCLUSIVE)$/.test(mode))).toEqual([])
  })
})

test('a lock that grows is told twice: for writes, then for reads', async () => {
  const watched = await watchedSql(
    'BEGIN;\nCREATE INDEX a ON users (email);\nSELECT pg_sleep(0.1);\nALTER TABLE users ADD x int;\nSELECT pg_sleep(0.1);\nCOMMIT;',
    'ALTER TABLE users DROP x;\nDROP INDEX a;',
  )
  expect(told(watched)?.blocked.slice(0, 2)).toEqual([
    'up:2 SHARE shuts out writes of public.users during up:2, up:3, up:4, up:5',
    'up:4 ACCESS EXCLUSIVE shuts out reads and writes of public.users during up:4, up:5',
  ])
  const [writes, reads] = watched?.blocked ?? []
  expect(writes?.ms).toBeGreaterThan(200)
  expect(reads?.ms).toBeGreaterThan(100)
  expect(reads?.ms).toBeLessThan(writes?.ms ?? 0)
})

test('of the same name in two schemas the one that is locked is meant', async () => {
  const watched = await watchedSql(
    'ALTER TABLE app.users ALTER id TYPE bigint;\nCREATE SCHEMA made;\nCREATE TABLE made.users (id int);\nALTER TABLE made.users ALTER id TYPE bigint;',
    'DROP SCHEMA made CASCADE;\nALTER TABLE app.users ALTER id TYPE int;',
    `${tables}CREATE SCHEMA app; CREATE TABLE app.users (id int);`,
  )
  expect(told(watched)?.rewrites).toEqual(['up:1 app.users rewritten', 'down:2 app.users rewritten'])
})

test('rows are counted, and statements have what they were answered', async () => {
  const watched = await watchedSql('INSERT INTO users VALUES (-1), (-2);\nSELECT 1;', 'DELETE FROM users WHERE id < 0;')
  expect(watched?.statements.map(({ sql, tag, rows, direction }) => [direction, sql, tag, rows])).toEqual([
    ['up', 'INSERT INTO users VALUES (-1), (-2)', 'INSERT', 2],
    ['up', 'SELECT 1', 'SELECT', undefined],
    ['down', 'DELETE FROM users WHERE id < 0', 'DELETE', 2],
  ])
})

test('what names the tool’s own table in a comment or a string is no statement of the tool', async () => {
  const sent = [
    'ALTER TABLE users ADD COLUMN a INT /* alembic_version */',
    "ALTER TABLE users ADD COLUMN b TEXT DEFAULT 'alembic_version'",
  ]
  const hidden = (sql: string) => `op.execute(str(${JSON.stringify(sql.replace('users', 'orders'))}).lower())`
  await using work = await alembicProject({
    env: syncEnv(),
    revisions: {
      a: {
        up: ["op.execute('CREATE TABLE users (id int)')", "op.execute('CREATE TABLE orders (id int)')"],
        down: [],
        status: 'base',
      },
      b: { parents: ['a'], up: [...sent.map((sql) => `op.execute("""${sql}""")`), ...sent.map(hidden)], down: [] },
    },
  })
  execFileSync('git', ['init', '--quiet', work.path])
  const { roundTrips } = await rehearseAt(work.path, 'alembic', ['migrations/versions/b.py'])
  const statements = roundTrips.get('b')?.watched?.statements.filter(({ attempt }) => attempt === 1) ?? []
  const own = statements.flatMap(({ isOwn, sql }) => (isOwn ? sql.split(/\s+/).slice(0, 2).join(' ') : []))
  expect([...new Set(own)].sort()).toEqual([
    'BEGIN',
    'COMMIT',
    'ROLLBACK',
    'SELECT alembic_version.version_num',
    'SELECT pg_catalog.pg_class.relname',
    'UPDATE alembic_version',
  ])
  const altered = statements.filter(({ isOwn, sql }) => !isOwn && /^alter/i.test(sql))
  expect(altered.map(({ sql }) => sql.toLowerCase())).toEqual([
    ...sent.map((sql) => sql.toLowerCase()),
    ...sent.map((sql) => sql.replace('users', 'orders').toLowerCase()),
  ])
})
