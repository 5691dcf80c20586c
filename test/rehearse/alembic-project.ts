import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ParsedMigration } from '../../src/model/migration.ts'

/** An Alembic project in a folder of its own. Removed when it is disposed. */
export interface AlembicProject extends AsyncDisposable {
  readonly path: string
  readonly migrations: readonly ParsedMigration[]
}

export interface Revision {
  readonly parents?: readonly string[]
  /** Python, a line each, without indentation. */
  readonly up: readonly string[]
  readonly down: readonly string[]
  readonly status?: ParsedMigration['status']
}

/** Connects to a place that does not exist, with a driver. */
export function syncEnv(
  engine = "create_engine('postgresql+psycopg2://prod:secret@db.invalid:1/prod?sslmode=require')",
): string {
  return `
from alembic import context
from sqlalchemy import create_engine, engine_from_config
engine = ${engine}
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()
`
}

export function asyncEnv(url: string): string {
  return `
import asyncio
from alembic import context
from sqlalchemy.ext.asyncio import create_async_engine

def run(connection):
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()

async def main():
    async with create_async_engine('${url}').connect() as connection:
        await connection.run_sync(run)

asyncio.run(main())
`
}

/** The files of a project as `alembic init` lays them out, and what is known of them without reading the Python. */
export async function alembicProject(options: {
  env?: string
  ini?: string
  revisions: Readonly<Record<string, Revision>>
}): Promise<AlembicProject> {
  const path = await mkdtemp(join(tmpdir(), 'migration-gate-test-'))
  const write = async (name: string, text: string) => {
    await mkdir(dirname(join(path, name)), { recursive: true })
    await writeFile(join(path, name), text)
  }
  await write('alembic.ini', `[alembic]\nscript_location = migrations\n${options.ini ?? ''}`)
  await write('migrations/env.py', options.env ?? syncEnv())
  const migrations: ParsedMigration[] = []
  for (const [id, { parents = [], up, down, status = 'new' }] of Object.entries(options.revisions)) {
    const file = `migrations/versions/${id}.py`
    const head = [
      'import time',
      'import sqlalchemy as sa',
      'from alembic import op',
      `revision = '${id}'`,
      `down_revision = ${tuple(parents)}`,
    ]
    const body = (lines: readonly string[]) => (lines.length > 0 ? lines : ['pass']).map((line) => `    ${line}`)
    const lines = [...head, 'def upgrade():', ...body(up), 'def downgrade():', ...body(down)]
    await write(file, `${lines.join('\n')}\n`)
    const script = {
      file,
      at: { file, line: 1, column: 1, endLine: 1 },
      transaction: 'run',
      statements: [],
      unreadable: [],
    } as const
    const scripts = { up: { ...script, direction: 'up' }, down: { ...script, direction: 'down' } } as const
    migrations.push({ id, name: id, file, parents, status, ...scripts })
  }
  return { path, migrations, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

function tuple(parents: readonly string[]): string {
  const [only = 'None', ...others] = parents.map((id) => `'${id}'`)
  return others.length === 0 ? only : `(${[only, ...others].join(', ')})`
}
