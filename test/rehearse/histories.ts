import type { ParsedMigration } from '../../src/model/migration.ts'
import type { RoundTrip } from '../../src/model/round-trip.ts'
import { parseMigration } from '../../src/parse/parse.ts'
import { readProject } from '../../src/read/read.ts'
import { type Rehearsal, type RehearseOptions, rehearse } from '../../src/rehearse/rehearse.ts'
import { python } from '../python.ts'
import { repository } from '../repository.ts'
import { testServer } from '../server.ts'
import { alembicProject, type Revision } from './alembic-project.ts'

type Files = Readonly<Record<string, string>>

/** Rehearses numbered SQL files: those of `base` are on the base branch, the others are new. */
export async function rehearseSql(
  base: Files,
  added: Files,
  options: Partial<RehearseOptions> = {},
): Promise<Rehearsal> {
  const inFolder = (files: Files) =>
    Object.fromEntries(Object.entries(files).map(([name, sql]) => [`migrations/${name}.sql`, sql]))
  await using work = await repository(inFolder(base))
  await work.write(inFolder(added))
  const changed = Object.keys(inFolder(added)).map((path) => ({ path, status: 'added' as const }))
  const project = await readProject({ repository: work.path, tool: undefined, directory: undefined, changed })
  const migrations: ParsedMigration[] = []
  for (const migration of project.migrations)
    migrations.push(await parseMigration(migration, { defaultSchema: 'public' }))
  return await rehearse({
    ...(await common()),
    repository: work.path,
    project,
    migrations,
    alembic: undefined,
    ...options,
  })
}

export async function rehearseAlembic(
  revisions: Readonly<Record<string, Revision>>,
  options: Partial<RehearseOptions> = {},
): Promise<Rehearsal> {
  await using work = await alembicProject({ revisions })
  return await rehearse({
    ...(await common()),
    repository: work.path,
    project: { tool: 'alembic', directory: '' },
    migrations: work.migrations,
    alembic: { command: [(await python()).alembic] },
    ...options,
  })
}

async function common() {
  return {
    server: await testServer(),
    timeoutMs: 60_000,
    environment: {},
    signal: new AbortController().signal,
    log: () => undefined,
  }
}

/** A round trip in a few lines. */
export function told(trip: RoundTrip | undefined) {
  if (!trip) return undefined
  return {
    steps: trip.steps.map(
      ({ direction, outcome, error }) =>
        `${direction} ${outcome}${error ? ` ${error.sqlstate}: ${error.message}` : ''}`,
    ),
    restored: trip.restored,
    repeatable: trip.repeatable,
    drift: trip.drift.map(
      ({ after, kind, object, class: kindOf, change }) => `${after}: ${kind} ${object} ${change} (${kindOf})`,
    ),
    data: trip.data.map(
      ({ after, table, column, change }) => `${after}: ${table}${column ? `.${column}` : ''} ${change}`,
    ),
  }
}

export const clean = { steps: ['up ok', 'down ok', 'up ok'], restored: true, repeatable: true, data: [] as string[] }
