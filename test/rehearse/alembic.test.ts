import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Cancelled } from '../../src/model/errors.ts'
import { alembicCommand } from '../../src/rehearse/alembic.ts'
import { testDatabase } from '../server.ts'
import { alembicProject, asyncEnv, syncEnv } from './alembic-project.ts'
import { open, upgrade } from './alembic-runs.ts'
import { isRunning, until } from './processes.ts'

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

  test('a lock that another connection of the same migration holds ends it long before its time is up', async () => {
    await using project = await alembicProject({
      revisions: {
        a: {
          up: [
            "op.execute('CREATE TABLE t (id int)')",
            "op.execute('COMMIT')",
            'with op.get_bind().engine.connect() as other:',
            "    other.exec_driver_sql('SELECT * FROM t')",
            "    op.execute('ALTER TABLE t ADD COLUMN a int')",
          ],
          down: [],
        },
      },
    })
    const { session, error } = await upgrade(project, { timeoutMs: 300_000 })
    await using _ = session
    expect(error).toEqual({
      sqlstate: undefined,
      message:
        '`ALTER TABLE t ADD COLUMN a int` waits for a lock that another connection of the migration holds, and would wait for ever: that one is still in its transaction, after `SELECT * FROM t`',
      statement: 'ALTER TABLE t ADD COLUMN a int',
      at: { file: 'migrations/versions/a.py', line: 9, column: 1, endLine: 9 },
      table: undefined,
      column: undefined,
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
