import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Cancelled, UserError } from '../../src/model/errors.ts'
import { alembicCommand, alembicRunner } from '../../src/rehearse/alembic.ts'
import { python } from '../python.ts'
import { testDatabase } from '../server.ts'
import { type AlembicProject, alembicProject, asyncEnv, syncEnv } from './alembic-project.ts'
import { isRunning, until } from './processes.ts'

const table = {
  a: { up: ["op.create_table('t', sa.Column('id', sa.Integer, primary_key=True))"], down: ["op.drop_table('t')"] },
}

async function open(
  project: AlembicProject,
  options: {
    command?: readonly string[]
    timeoutMs?: number
    signal?: AbortSignal
    environment?: Record<string, string>
  } = {},
) {
  const limits = { timeoutMs: options.timeoutMs ?? 60_000, signal: options.signal ?? new AbortController().signal }
  const command = options.command ?? [(await python()).alembic]
  const environment = options.environment ?? {}
  const runner = await alembicRunner(
    { repository: project.path, directory: '', command, environment, log: () => undefined },
    limits,
  )
  return { runner, limits }
}

/** Runs the revisions of a project up, one after another; gives back the first error. */
async function upgrade(project: AlembicProject, options: Parameters<typeof open>[1] = {}) {
  const session = await testDatabase()
  const { runner, limits } = await open(project, options)
  await using _ = runner
  try {
    for (const migration of project.migrations) {
      const { error } = await runner.up(session.database, migration, limits)
      if (error) return { session, error, runner }
    }
    return { session, error: undefined, runner }
  } catch (error) {
    await session[Symbol.asyncDispose]()
    throw error
  }
}

describe('the connection goes to the scratch database', () => {
  test.each([
    ['psycopg2', syncEnv()],
    ['psycopg', syncEnv("create_engine('postgresql+psycopg://prod:secret@db.invalid:1/prod?sslmode=verify-full')")],
    ['asyncpg', asyncEnv('postgresql+asyncpg://prod:secret@db.invalid:1/prod?ssl=require')],
    ['psycopg, asynchronous', asyncEnv('postgresql+psycopg://prod:secret@db.invalid:1/prod')],
    ['alembic.ini', syncEnv("engine_from_config(context.config.get_section('alembic'), prefix='sqlalchemy.')")],
    [
      'a creator',
      syncEnv(
        "create_engine('postgresql://', creator=lambda: __import__('psycopg2').connect('host=db.invalid port=1'))",
      ),
    ],
  ])('%s', async (_, env) => {
    await using project = await alembicProject({
      env,
      ini: 'sqlalchemy.url = postgresql://prod:secret@db.invalid:1/prod\n',
      revisions: table,
    })
    const { session, error } = await upgrade(project)
    await using _session = session
    const { rows } = await session.query(
      "SELECT to_regclass('t')::text AS t, (SELECT version_num FROM alembic_version)",
    )
    expect({ error, rows }).toEqual({ error: undefined, rows: [{ t: 't', version_num: 'a' }] })
  })

  test('although a listener of the project connects elsewhere', async () => {
    const env = syncEnv().replace(
      'with engine',
      `from sqlalchemy import event
@event.listens_for(engine, 'do_connect')
def elsewhere(dialect, record, arguments, parameters):
    raise SystemExit('asked')
with engine`,
    )
    await using project = await alembicProject({ env, revisions: table })
    const { session, error } = await upgrade(project)
    await using _ = session
    expect(error).toBeUndefined()
  })

  test('search_path and other options of the URL stay', async () => {
    const env = syncEnv("create_engine('postgresql://db.invalid/prod?options=-csearch_path%3Dapp')")
    await using project = await alembicProject({ env, revisions: table })
    await using session = await testDatabase('CREATE SCHEMA app')
    const { runner, limits } = await open(project)
    await using _ = runner
    const [migration] = project.migrations
    if (!migration) throw new Error('No migration.')
    const { error } = await runner.up(session.database, migration, limits)
    const { rows } = await session.query("SELECT to_regclass('app.t')::text AS t")
    expect({ error, rows, bookkeeping: runner.bookkeeping }).toEqual({
      error: undefined,
      rows: [{ t: 'app.t' }],
      bookkeeping: ['app.alembic_version'],
    })
  })

  test('a sitecustomize that is hidden by ours is run', async () => {
    await using project = await alembicProject({ env: `import theirs_was_here\n${syncEnv()}`, revisions: table })
    await mkdir(join(project.path, 'theirs'))
    await writeFile(
      join(project.path, 'theirs/sitecustomize.py'),
      "import sys, types\nsys.modules['theirs_was_here'] = types.ModuleType('x')\n",
    )
    const { session, error } = await upgrade(project, { environment: { PYTHONPATH: join(project.path, 'theirs') } })
    await using _ = session
    expect(error).toBeUndefined()
  })

  test('nothing is left in the project or the temporary folder', async () => {
    await using project = await alembicProject({ revisions: table })
    await mkdir(join(project.path, 'tmp'))
    const usual = process.env.TMPDIR
    process.env.TMPDIR = join(project.path, 'tmp')
    try {
      const { session } = await upgrade(project)
      await using _ = session
      expect((await readdir(project.path, { recursive: true })).sort()).toEqual([
        'alembic.ini',
        'migrations',
        'migrations/env.py',
        'migrations/versions',
        'migrations/versions/a.py',
        'tmp',
      ])
    } finally {
      if (usual === undefined) delete process.env.TMPDIR
      else process.env.TMPDIR = usual
    }
  })
})

describe('is not run, and says why', () => {
  const refused = async (options: { env?: string; command?: readonly string[] }): Promise<string> => {
    await using project = await alembicProject({ ...(options.env && { env: options.env }), revisions: table })
    const error = await upgrade(project, options.command ? { command: options.command } : {}).catch(
      (error: unknown) => error,
    )
    if (!(error instanceof UserError)) throw new Error('Expected a UserError.', { cause: error })
    return error.message
  }

  test('on another kind of database', async () => {
    expect(await refused({ env: syncEnv("create_engine('sqlite://')") })).toBe(
      'Alembic’s env.py connects to sqlite through pysqlite. The rehearsal lets it reach only PostgreSQL, through psycopg2, psycopg, asyncpg or pg8000.',
    )
  })

  test('on two databases', async () => {
    const env = `from sqlalchemy import create_engine\ncreate_engine('postgresql://a.invalid/a').connect()\n${syncEnv()}`
    expect(await refused({ env })).toMatch(/^Alembic’s env\.py connects to more than one database\./)
  })

  test.each([
    ['psycopg2', "import psycopg2; psycopg2.connect('host=127.0.0.1 port=1 user=prod')"],
    ['psycopg2', "import psycopg2; psycopg2.connect('host=127.0.0.1', port=1)"],
    ['psycopg', "import psycopg; psycopg.connect('postgresql://prod@127.0.0.1:1/prod')"],
    ['psycopg', "import asyncio, psycopg; asyncio.run(psycopg.AsyncConnection.connect(host='127.0.0.1', port=1))"],
    ['asyncpg', "import asyncio, asyncpg; asyncio.run(asyncpg.connect('postgresql://prod@127.0.0.1:1/prod'))"],
    ['asyncpg', "import asyncio, asyncpg; asyncio.run(asyncpg.connect(host='127.0.0.1', port=1))"],
  ])('where a migration opens a connection of its own: %s, %s', async (driver, line) => {
    await using project = await alembicProject({ revisions: { a: { up: [line], down: [] } } })
    await expect(upgrade(project)).rejects.toThrow(
      `A connection of its own through ${driver} (migrations/versions/a.py:7) was refused: the rehearsal lets only its scratch database be reached, through SQLAlchemy’s engine. Use op.get_bind() there; nothing is known about this migration.`,
    )
  })

  test('where env.py fails before it connects', async () => {
    expect(await refused({ env: "import os\nos.environ['DATABASE_URL']\n" })).toMatch(
      /^Alembic failed before it reached the database \(migrations\/env\.py:2\): KeyError: 'DATABASE_URL'\. /,
    )
  })

  test('where it never connects', async () => {
    expect(await refused({ env: 'pass\n' })).toBe(
      'Alembic ended without connecting to a database through SQLAlchemy, so nothing was rehearsed.',
    )
  })

  test('where the version table is not written', async () => {
    expect(await refused({ env: syncEnv().replace('context.run_migrations()', 'pass') })).toBe(
      'Alembic ended without an error, and the scratch database does not hold revision a in public.alembic_version: the version table is empty.',
    )
  })

  test('without alembic', async () => {
    expect(await refused({ command: ['/nonexistent/alembic'] })).toMatch(
      /^`\/nonexistent\/alembic` was not found\. .*`alembic: command:`/,
    )
    expect(await refused({ command: ['python3', '-m', 'no_such_alembic'] })).toMatch(
      /^`python3 -m no_such_alembic --help` failed \(.*No module named no_such_alembic\)/,
    )
  })

  test('with a Python that does not load the hook: before anything could connect', async () => {
    const { alembic } = await python()
    await using project = await alembicProject({ env: "open('/tmp/reached-by-alembic', 'w')", revisions: table })
    const command = [join(alembic, '../python'), '-I', '-m', 'alembic']
    const error = await upgrade(project, { command }).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(UserError)
    expect((error as Error).message).toMatch(/does not load migration-gate’s hook/)
    expect((await readdir('/tmp')).includes('reached-by-alembic')).toBe(false)
  })
})

describe('errors', () => {
  test('of PostgreSQL come with the statement and the line in the version file, without rows', async () => {
    await using project = await alembicProject({
      revisions: {
        a: {
          up: [
            "op.execute('CREATE TABLE t (id int PRIMARY KEY)')",
            "op.execute('INSERT INTO t VALUES (4711)')",
            'op.execute(',
            "    'INSERT INTO t SELECT id FROM t'",
            ')',
          ],
          down: [],
        },
      },
    })
    const { session, error } = await upgrade(project)
    await using _ = session
    expect(error).toEqual({
      sqlstate: '23505',
      message: 'duplicate key value violates unique constraint "t_pkey"',
      statement: 'INSERT INTO t SELECT id FROM t',
      at: { file: 'migrations/versions/a.py', line: 9, column: 1, endLine: 9 },
      table: 't',
      column: undefined,
      constraint: 't_pkey',
      timedOut: false,
    })
  })

  test.each([
    ['asyncpg', asyncEnv('postgresql+asyncpg://x/x')],
    ['psycopg', syncEnv("create_engine('postgresql+psycopg://x/x')")],
  ])('are the same through %s', async (_, env) => {
    await using project = await alembicProject({
      env,
      revisions: {
        a: {
          up: ["op.execute('CREATE TABLE t (id int NOT NULL)')", "op.execute('INSERT INTO t VALUES (NULL)')"],
          down: [],
        },
      },
    })
    const { session, error } = await upgrade(project)
    await using _session = session
    expect(error).toEqual({
      sqlstate: '23502',
      message: 'null value in column "id" of relation "t" violates not-null constraint',
      statement: 'INSERT INTO t VALUES (NULL)',
      at: { file: 'migrations/versions/a.py', line: 8, column: 1, endLine: 8 },
      table: 't',
      column: 'id',
      constraint: undefined,
      timedOut: false,
    })
  })

  test('of Python are told as Python does', async () => {
    await using project = await alembicProject({
      revisions: { a: { up: [], down: ["raise NotImplementedError('one way')"] } },
    })
    const { session } = await upgrade(project)
    await using _ = session
    const { runner, limits } = await open(project)
    await using _runner = runner
    const [migration] = project.migrations
    if (!migration) throw new Error('No migration.')
    await runner.up(session.database, migration, limits)
    // Already there, so the version before is a itself: down must not be asked for more than it can tell.
    const { error } = await runner.down(session.database, migration, limits)
    expect(error).toMatchObject({
      sqlstate: undefined,
      message: 'NotImplementedError: one way',
      at: { file: 'migrations/versions/a.py', line: 9, column: 1, endLine: 9 },
    })
  })

  test('that the migration catches are not its own', async () => {
    await using project = await alembicProject({
      revisions: {
        a: {
          up: [
            'with op.get_context().autocommit_block():',
            '    try:',
            "        op.execute('SELECT 1/0')",
            '    except sa.exc.DBAPIError:',
            '        pass',
            "{}['missing']",
          ],
          down: [],
        },
      },
    })
    const { session, error } = await upgrade(project)
    await using _ = session
    expect([error?.sqlstate, error?.message]).toEqual([undefined, "KeyError: 'missing'"])
  })
})

describe('time', () => {
  const pid = [
    "import os; op.execute('CREATE TABLE IF NOT EXISTS pids (pid int)')",
    "op.execute(f'INSERT INTO pids VALUES ({os.getpid()})')",
    "op.execute('COMMIT')",
  ]

  const connections = 'SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()'

  test.each([
    ['a statement', "op.execute('SELECT pg_sleep(1e6)')"],
    ['a loop in Python', 'while True: time.sleep(0.01)'],
  ])('ends %s', async (_, endless) => {
    await using project = await alembicProject({ revisions: { a: { up: [...pid, endless], down: [] } } })
    const { session, error } = await upgrade(project, { timeoutMs: 3_000 })
    await using _session = session
    expect(error).toMatchObject({ message: 'did not finish within 3 s', timedOut: true, sqlstate: undefined })
    await using observer = await session.database.connect()
    const { rows } = await observer.query<{ pid: number }>('SELECT pid FROM pids')
    expect(rows).toHaveLength(1)
    expect(await isRunning(rows[0]?.pid)).toBe(false)
    const { rowCount } = await observer.query(connections)
    expect(rowCount).toBe(0)
  })

  test('and the end of the run ends it', async () => {
    await using project = await alembicProject({
      revisions: { a: { up: [...pid, "op.execute('SELECT pg_sleep(1e6)')"], down: [] } },
    })
    await using session = await testDatabase('CREATE TABLE pids (pid int)')
    const controller = new AbortController()
    const { runner, limits } = await open(project, { signal: controller.signal })
    await using _ = runner
    const [migration] = project.migrations
    if (!migration) throw new Error('No migration.')
    const running = runner.up(session.database, migration, limits)
    const pids = async () => (await session.query<{ pid: number }>('SELECT pid FROM pids')).rows
    await until(async () => (await pids()).length === 1)
    const [child] = await pids()
    controller.abort()
    await expect(running).rejects.toBeInstanceOf(Cancelled)
    expect(await isRunning(child?.pid)).toBe(false)
    await using observer = await session.database.connect()
    const { rowCount } = await observer.query(connections)
    expect(rowCount).toBe(0)
  })
})

describe('the way back', () => {
  const step = (id: string, ...parents: string[]) => ({
    [id]: {
      parents,
      up: [`op.execute('CREATE TABLE t_${id} (id int)')`, `op.execute("INSERT INTO ran VALUES ('up ${id}')")`],
      down: [`op.execute('DROP TABLE t_${id}')`, `op.execute("INSERT INTO ran VALUES ('down ${id}')")`],
    },
  })
  const ran = 'CREATE TABLE ran (what text, n serial)'

  test('is one revision, with branches, merges and several bases', async () => {
    await using project = await alembicProject({
      revisions: {
        ...step('r1'),
        ...step('r2a', 'r1'),
        ...step('r2b', 'r1'),
        ...step('m3', 'r2a', 'r2b'),
        ...step('x1'),
        ...step('x2', 'x1'),
      },
    })
    await using session = await testDatabase(ran)
    const { runner, limits } = await open(project)
    await using _ = runner
    const tables = async () => {
      await using observer = await session.database.connect()
      const { rows } = await observer.query<{ name: string }>(
        "SELECT relname AS name FROM pg_class WHERE relname LIKE 't\\__%' ORDER BY 1",
      )
      return rows.map(({ name }) => name.slice(2)).join(' ')
    }
    const seen: string[] = []
    for (const migration of project.migrations) {
      for (const direction of ['up', 'down', 'up'] as const) {
        const { error } = await runner[direction](session.database, migration, limits)
        seen.push(`${direction} ${migration.id}: ${error?.message ?? (await tables())}`)
      }
    }
    expect(seen).toEqual([
      'up r1: r1',
      'down r1: ',
      'up r1: r1',
      'up r2a: r1 r2a',
      'down r2a: r1',
      'up r2a: r1 r2a',
      'up r2b: r1 r2a r2b',
      'down r2b: r1 r2a',
      'up r2b: r1 r2a r2b',
      'up m3: m3 r1 r2a r2b',
      'down m3: r1 r2a r2b',
      'up m3: m3 r1 r2a r2b',
      'up x1: m3 r1 r2a r2b x1',
      'down x1: m3 r1 r2a r2b',
      'up x1: m3 r1 r2a r2b x1',
      'up x2: m3 r1 r2a r2b x1 x2',
      'down x2: m3 r1 r2a r2b x1',
      'up x2: m3 r1 r2a r2b x1 x2',
    ])
    await using observer = await session.database.connect()
    const { rows } = await observer.query<{ what: string }>('SELECT what FROM ran ORDER BY n')
    const once = ({ id }: { id: string }) => [`up ${id}`, `down ${id}`, `up ${id}`]
    expect(rows.map(({ what }) => what)).toEqual(project.migrations.flatMap(once))
  })

  test('a history with two heads is applied whole', async () => {
    await using project = await alembicProject({
      revisions: { ...step('r1'), ...step('r2a', 'r1'), ...step('r2b', 'r1') },
    })
    await using session = await testDatabase(ran)
    const { runner, limits } = await open(project)
    await using _ = runner
    const { error } = await runner.upAll(session.database, project.migrations, limits)
    const { rows } = await session.query('SELECT version_num FROM alembic_version ORDER BY 1')
    expect({ error, rows }).toEqual({ error: undefined, rows: [{ version_num: 'r2a' }, { version_num: 'r2b' }] })
  })
})

describe('alembicCommand', () => {
  const program = async (folder: string, mode = 0o755) => {
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'alembic'), '#!/bin/sh\n')
    await chmod(join(folder, 'alembic'), mode)
    return join(folder, 'alembic')
  }

  test('looks in the configuration, the active environment, the project, the root, the PATH', async () => {
    await using project = await alembicProject({ revisions: {} })
    const root = project.path
    const find = (environment: Record<string, string> = {}, command?: readonly string[]) =>
      alembicCommand({ repository: root, directory: 'backend', command, environment })
    const missing = await find({ PATH: '' })
    const onPath = await program(join(root, 'usr/bin'))
    const environment = { PATH: `/nonexistent:${join(root, 'usr/bin')}`, VIRTUAL_ENV: join(root, 'active') }
    const found = [await find(environment)]
    const inRoot = await program(join(root, 'venv/bin'))
    found.push(await find(environment))
    await program(join(root, 'backend/.venv/bin'), 0o644)
    found.push(await find(environment))
    await chmod(join(root, 'backend/.venv/bin/alembic'), 0o755)
    found.push(await find(environment))
    const active = await program(join(root, 'active/bin'))
    found.push(await find(environment), await find(environment, ['uv', 'run', 'alembic']))
    expect({ missing, found }).toEqual({
      missing: undefined,
      found: [
        [onPath],
        [inRoot],
        [inRoot],
        [join(root, 'backend/.venv/bin/alembic')],
        [active],
        ['uv', 'run', 'alembic'],
      ],
    })
  })
})
