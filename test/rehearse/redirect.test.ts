import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { UserError } from '../../src/model/errors.ts'
import { python } from '../python.ts'
import { testDatabase } from '../server.ts'
import { alembicProject, asyncEnv, syncEnv } from './alembic-project.ts'
import { open, upgrade } from './alembic-runs.ts'

const table = {
  a: { up: ["op.create_table('t', sa.Column('id', sa.Integer, primary_key=True))"], down: ["op.drop_table('t')"] },
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

  test('again, where SQLAlchemy gives the next connection of an engine what it gave the first, as 1.4 does', async () => {
    const env = syncEnv("create_engine('postgresql://db.invalid/prod')").replace(
      'with engine',
      `arguments, parameters = engine.dialect.create_connect_args(engine.url)
for _ in range(2):
    for connect in engine.dialect.dispatch.do_connect:
        connect(engine.dialect, None, arguments, parameters).close()
with engine`,
    )
    await using project = await alembicProject({ env, revisions: table })
    const { session, error } = await upgrade(project)
    await using _ = session
    expect(error).toBeUndefined()
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
      'Alembic’s env.py connects to sqlite through pysqlite. The rehearsal lets it reach only PostgreSQL, through psycopg2, psycopg, asyncpg or pg8000: give it such an address, in a variable that is named under `environment:` in .migration-gate.yml or in alembic.ini. Any will do, since it is replaced.',
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

  test('where env.py ends Python, with what it wrote', async () => {
    expect(await refused({ env: "import sys\nprint('KEY is not set.')\nsys.exit(1)\n" })).toMatch(
      /^Alembic failed before it reached the database \(migrations\/env\.py:3\): the process ended with exit code 1, after it wrote: KEY is not set\. If env\.py needs environment variables/,
    )
  })

  test('where env.py lacks a module', async () => {
    expect(await refused({ env: 'import no_such_module\n' })).toBe(
      "Alembic failed before it reached the database (migrations/env.py:1): ModuleNotFoundError: No module named 'no_such_module'. Install the project’s Python dependencies before this step, where the alembic that is run finds them.",
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
