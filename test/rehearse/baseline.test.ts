import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ParsedMigration } from '../../src/model/migration.ts'
import { parseMigration } from '../../src/parse/parse.ts'
import { clearCache } from '../../src/postgres/cache.ts'
import type { Server } from '../../src/postgres/server.ts'
import { startServer } from '../../src/postgres/start.ts'
import { readProject } from '../../src/read/read.ts'
import type { Beginning } from '../../src/rehearse/baseline.ts'
import { type RehearseOptions, rehearse } from '../../src/rehearse/rehearse.ts'
import { python } from '../python.ts'
import { repository } from '../repository.ts'
import { testServer } from '../server.ts'
import { alembicProject, type Revision } from './alembic-project.ts'

/** A cache folder that goes with the test, and holds what the usual one has prepared. */
async function ownCache(): Promise<AsyncDisposable & { readonly baselines: string }> {
  const path = await mkdtemp('/tmp/gate-cache-')
  const usual = process.env.MIGRATION_GATE_CACHE
  process.env.MIGRATION_GATE_CACHE = path
  return {
    baselines: join(path, 'baselines'),
    async [Symbol.asyncDispose]() {
      if (usual === undefined) delete process.env.MIGRATION_GATE_CACHE
      else process.env.MIGRATION_GATE_CACHE = usual
      await rm(path, { recursive: true, force: true })
    },
  }
}

async function embedded(): Promise<Server> {
  const { major } = await testServer()
  return await startServer({ kind: 'embedded', major, signal: new AbortController().signal, log: () => undefined })
}

type Files = Readonly<Record<string, string>>

const empty: Beginning = { extensions: [], roles: [], dump: undefined, dumpIncludes: undefined }
const history: Files = {
  'migrations/001_users.sql':
    "CREATE ROLE gate_reader; CREATE TABLE users (id serial PRIMARY KEY, email text); INSERT INTO users (email) VALUES ('a@example.test');",
  'migrations/002_orders.sql':
    'CREATE TABLE orders (id int, user_id int REFERENCES users); GRANT SELECT ON orders TO gate_reader;',
}
const added: Files = {
  'migrations/003_phone.sql': 'ALTER TABLE users ADD COLUMN phone text;',
  'migrations/003_phone_rollback.sql': 'ALTER TABLE users DROP COLUMN phone;',
}

/** One run of the gate, with a server of its own: what it said, how the steps ended, and what was not checked. */
async function rehearsed(base: Files, change: Files, options: Partial<RehearseOptions> = {}, files: Files = {}) {
  await using work = await repository({ ...base, ...files })
  await work.write(change)
  const changed = Object.keys(change).map((path) => ({ path, status: 'added' as const }))
  const project = await readProject({ repository: work.path, tool: undefined, directory: 'migrations', changed })
  const migrations: ParsedMigration[] = []
  for (const migration of project.migrations)
    migrations.push(await parseMigration(migration, { defaultSchema: 'public' }))
  await using server = await embedded()
  return await told({ repository: work.path, project, migrations, alembic: undefined, server, ...options })
}

async function told(options: Omit<RehearseOptions, 'timeoutMs' | 'environment' | 'signal' | 'log'>) {
  const said: string[] = []
  const { roundTrips, notChecked } = await rehearse({
    timeoutMs: 60_000,
    environment: {},
    signal: new AbortController().signal,
    log: (message) => said.push(message),
    keeping: { version: '1', afterMs: 0 },
    ...options,
  })
  return {
    said: said.filter((line) => /baseline|base branch|cache/.test(line)),
    steps: [...roundTrips.values()].map(({ steps }) => steps.map(({ outcome }) => outcome).join(' ')),
    rows: [...roundTrips.values()].map(({ withoutRows }) => withoutRows),
    notChecked,
  }
}

const built = ['Applying 2 migrations of the base branch.', 'Kept the baseline in the cache.']
const taken = ['Taking up the baseline from the cache: 2 migrations.']
const clean = { steps: ['ok ok ok'], rows: [[]], notChecked: [] }

describe('the baseline', () => {
  test('is built once, and taken up by the next run; roles and rows are in it', async () => {
    await using cache = await ownCache()
    expect(await rehearsed(history, added)).toEqual({ said: built, ...clean })
    expect(await rehearsed(history, added)).toEqual({ said: taken, ...clean })
    const [entry = ''] = await readdir(cache.baselines)
    expect((await stat(join(cache.baselines, entry))).mode & 0o777).toBe(0o700)
  })

  test('is another one for another history, another version of the gate, another beginning', async () => {
    await using cache = await ownCache()
    await rehearsed(history, added)
    const other = { ...history, 'migrations/002_orders.sql': 'CREATE TABLE orders (id int);' }
    expect((await rehearsed(other, added)).said).toEqual(built)
    expect((await rehearsed(history, added, { keeping: { version: '2', afterMs: 0 } })).said).toEqual(built)
    expect((await rehearsed(history, added, { beginning: { ...empty, extensions: ['citext'] } })).said).toEqual(built)
    expect((await readdir(cache.baselines)).length).toBe(4)
    expect((await rehearsed(history, { 'migrations/003_b.sql': 'CREATE TABLE b (id int);' })).said).toEqual(taken)
  })

  test.each([
    ['a changed file', async (entry: string) => await writeFile(join(entry, 'data', 'global', 'pg_control'), 'x')],
    ['a missing file', async (entry: string) => await rm(join(entry, 'data', 'PG_VERSION'))],
    ['a broken description', async (entry: string) => await writeFile(join(entry, 'baseline.json'), '{')],
  ] as const)('that is damaged (%s) is built again', async (_, damage) => {
    await using cache = await ownCache()
    await rehearsed(history, added)
    const [entry = ''] = await readdir(cache.baselines)
    await damage(join(cache.baselines, entry))
    expect(await rehearsed(history, added)).toEqual({ said: built, ...clean })
  })

  test('is not kept where it was quick, and not on a server of somebody else', async () => {
    await using cache = await ownCache()
    expect((await rehearsed(history, added, { keeping: { version: '1', afterMs: 60_000 } })).said).toEqual(
      built.slice(0, 1),
    )
    await expect(readdir(cache.baselines)).rejects.toThrow('ENOENT')
  })

  test('that fails is not kept', async () => {
    await using cache = await ownCache()
    const { notChecked } = await rehearsed({ ...history, 'migrations/002_orders.sql': 'SELECT 1/0;' }, added)
    expect(notChecked[0]?.why).toMatch(
      /^002_orders, which is on the base branch, fails on an empty database: division by zero/,
    )
    await expect(readdir(cache.baselines)).rejects.toThrow('ENOENT')
  })

  test('goes with `cache clear`, and nothing else in the folder does', async () => {
    await using cache = await ownCache()
    await rehearsed(history, added)
    await writeFile(join(cache.baselines, '..', 'mine.txt'), 'x')
    const { removed } = await clearCache()
    expect(removed.map((name) => name.replace(/-.*/, ''))).toEqual(['baselines', 'data'])
    expect(await readdir(join(cache.baselines, '..'))).toEqual(['mine.txt'])
  })
})

describe('of Alembic, the baseline', () => {
  const revisions: Readonly<Record<string, Revision>> = {
    a: { parents: [], up: ["op.execute('CREATE TABLE a (id int PRIMARY KEY)')"], down: ["op.execute('DROP TABLE a')"] },
    b: { parents: ['a'], up: ["op.execute('CREATE TABLE b (id int)')"], down: ["op.execute('DROP TABLE b')"] },
  }

  test('is another one when a file that env.py reads has changed', async () => {
    await using _cache = await ownCache()
    await using work = await alembicProject({ revisions })
    const once = async () => {
      await using server = await embedded()
      const migrations = work.migrations.map((migration, i) => ({
        ...migration,
        status: i === 0 ? ('base' as const) : ('new' as const),
      }))
      return await told({
        repository: work.path,
        project: { tool: 'alembic', directory: '' },
        migrations,
        alembic: { command: [(await python()).alembic] },
        server,
      })
    }
    const first = ['Applying 1 migration of the base branch.', 'Kept the baseline in the cache.']
    const again = ['Taking up the baseline from the cache: 1 migration.']
    expect(await once()).toEqual({ said: first, ...clean })
    expect(await once()).toEqual({ said: again, ...clean })
    const file = join(
      work.path,
      (await readdir(work.path, { recursive: true })).find((name) => name.endsWith('env.py')) ?? '',
    )
    await writeFile(file, `${await readFile(file, 'utf8')}\n# changed\n`)
    expect((await once()).said).toEqual(first)
  })
})

describe('before the history', () => {
  const dump = `--
-- PostgreSQL database dump
--
\\restrict abc
SET statement_timeout = 0;
SET setting_of_tomorrow = 0;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE FUNCTION public.f() RETURNS text LANGUAGE sql AS $$
SELECT 'COPY t FROM stdin;
\\.' $$;
CREATE TABLE public.old (id integer, name text);
ALTER TABLE public.old OWNER TO gate_dump_owner;
COPY public.old (id, name) FROM stdin;
1\tone; 'two
2\t\\N
\\.
ALTER TABLE ONLY public.old ADD CONSTRAINT old_pkey PRIMARY KEY (id);
\\unrestrict abc
`
  const files = { 'db/old.sql': dump }
  const change = {
    'migrations/003_old.sql':
      "DO $$ BEGIN ASSERT (SELECT count(*) FROM old WHERE (id = 1 AND name = 'one; ''two') OR (id = 2 AND name IS NULL)) = 2; END $$; ALTER TABLE old ADD COLUMN x citext;",
    'migrations/003_old_rollback.sql': 'ALTER TABLE old DROP COLUMN x;',
  }
  const beginning: Beginning = {
    extensions: ['citext'],
    roles: ['gate_dump_owner'],
    dump: 'db/old.sql',
    dumpIncludes: undefined,
  }

  test('a dump is applied without psql, with the roles and extensions that are asked for', async () => {
    await using _cache = await ownCache()
    expect(await rehearsed(history, change, { beginning }, files)).toEqual({ said: built, ...clean })
    expect(await rehearsed(history, change, { beginning }, files)).toEqual({ said: taken, ...clean })
  })

  test('a dump that holds a part of the history is gone on from', async () => {
    await using _cache = await ownCache()
    const both = { 'db/old.sql': `${dump}\nCREATE TABLE public.users (id serial PRIMARY KEY, email text);` }
    const from = { ...history, 'migrations/002_orders.sql': 'CREATE TABLE orders (id int);' }
    const options = { beginning: { ...beginning, dumpIncludes: '001' } }
    expect((await rehearsed(from, change, options, both)).said[0]).toBe('Applying 1 migration of the base branch.')
    const wrong = { beginning: { ...beginning, dumpIncludes: '007' } }
    expect((await rehearsed(from, change, wrong, both)).notChecked[0]?.why).toBe(
      'baseline-includes: 007 is not the id of a migration that is on the base branch, in front of all changed ones.',
    )
  })

  test.each([
    [
      'a role that is not there',
      { ...beginning, roles: [] },
      dump,
      'baseline: db/old.sql:12: role "gate_dump_owner" does not exist (42704). Name the role under `roles:`, or make the dump with --no-owner --no-privileges.',
    ],
    [
      'a command of psql',
      beginning,
      '\\connect app\n',
      'baseline: db/old.sql:1: \\connect is a command of psql. Make the dump with pg_dump, without --create.',
    ],
    [
      'a dump in another format',
      beginning,
      'PGDMP\u0001',
      'baseline: db/old.sql is a dump in pg_dump’s own format. Make it with --format=plain.',
    ],
    [
      'rows that do not end',
      beginning,
      'CREATE TABLE t (id int);\nCOPY t FROM stdin;\n1\n',
      'baseline: db/old.sql:2: the rows of this COPY do not end.',
    ],
    [
      'rows that do not fit',
      beginning,
      'CREATE TABLE t (id int);\nCOPY t FROM stdin;\nx\n\\.\n',
      'baseline: db/old.sql:2: invalid input syntax for type integer: "x" (22P02).',
    ],
    [
      'a statement that does not end',
      beginning,
      "SELECT 1;\nSELECT 'x\n",
      'baseline: db/old.sql:1: a statement does not end.',
    ],
    ['no such file', { ...beginning, dump: 'no.sql' }, dump, 'baseline: no.sql cannot be read (ENOENT).'],
    [
      'an extension that is not there',
      { ...beginning, extensions: ['no_such'] },
      dump,
      'extensions: no_such: extension "no_such" is not available (0A000).',
    ],
  ] as const)('%s is told', async (_, what, text, why) => {
    const { notChecked } = await rehearsed({}, change, { beginning: what }, { 'db/old.sql': text })
    expect(notChecked.map((each) => each.why)).toEqual([why])
  })
})

test('a downgrade that drops the role of the upgrade is not held up by our own copy', async () => {
  const roles: Files = {
    'migrations/003_role.sql': 'CREATE ROLE gate_writer; GRANT SELECT ON users TO gate_writer;',
    'migrations/003_role_rollback.sql': 'REVOKE ALL ON users FROM gate_writer; DROP ROLE gate_writer;',
    'migrations/004_more.sql': 'GRANT INSERT ON users TO gate_writer;',
    'migrations/004_more_rollback.sql': 'REVOKE INSERT ON users FROM gate_writer;',
  }
  expect(await rehearsed(history, roles, { keeping: undefined })).toEqual({
    said: [built[0], built[0]],
    steps: ['ok ok ok', 'ok ok ok'],
    rows: [[], []],
    notChecked: [],
  })
})
