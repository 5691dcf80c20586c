import { alembicRunner } from '../../src/rehearse/alembic.ts'
import { python } from '../python.ts'
import { testDatabase } from '../server.ts'
import type { AlembicProject } from './alembic-project.ts'

export async function open(
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
export async function upgrade(project: AlembicProject, options: Parameters<typeof open>[1] = {}) {
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
