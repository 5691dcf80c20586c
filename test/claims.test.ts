import { existsSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { rules } from '../rules/index.ts'
import { lint, observe } from '../src/lint/lint.ts'
import { merge } from '../src/lint/merge.ts'
import type { Server } from '../src/postgres/server.ts'
import { rehearse } from '../src/rehearse/rehearse.ts'
import { asMigrations, type Example, examplesIn, expectedIn, foundIn } from './examples.ts'
import { testServer } from './server.ts'

// What a page says about PostgreSQL is looked at on PostgreSQL, on the way that a user's migrations take.

let server: Server
beforeAll(async () => {
  server = await testServer()
})

describe.each(rules)('$name', (rule) => {
  const pages = [`rules/${rule.name}/README.md`, `rules/${rule.name}/cases.md`].filter((page) => existsSync(page))

  test.each(pages.flatMap(examplesIn))('$page:$line ($kind) gives the findings that are marked', async (example) => {
    const { findings, roundTrip } = await judged(example)
    expect(foundIn(example, findings)).toEqual(expectedIn(example))

    if (rule.fails === undefined || !example.page.endsWith('README.md')) return
    const errors = roundTrip?.steps.flatMap(({ error }) => error?.sqlstate ?? [])
    expect(errors).toEqual(example.kind === 'bad' ? [rule.fails] : [])
  })

  // CONCURRENTLY cannot run inside of a transaction, and without one the locks are gone before anybody can look.
  const watchable = examplesIn(`rules/${rule.name}/README.md`).filter(({ up }) => !/\bCONCURRENTLY\b/i.test(up))
  if (rule.lock) {
    test.each(watchable)(`$page:$line ($kind) ${rule.lock}`, async (example) => {
      const modes = await locksOnOldRelations(example)
      expect(modes.includes(rule.lock ?? '')).toBe(example.kind === 'bad')
    })
  }
})

async function judged(example: Example) {
  const migrations = await asMigrations(example)
  const project = { tool: 'numbered-sql', directory: '', migrations } as const
  try {
    const { roundTrips, notChecked } = await rehearse({
      repository: '/nowhere',
      project,
      migrations,
      server,
      alembic: undefined,
      timeoutMs: 30_000,
      environment: {},
      signal: new AbortController().signal,
      log: () => undefined,
    })
    expect(notChecked).toEqual([])
    const read = lint(project, rules)
    const seen = observe(project, roundTrips, rules)
    return { findings: merge(read, seen, project, rules), roundTrip: roundTrips.get('002') }
  } finally {
    await dropRoles(example)
  }
}

/** Roles belong to the whole server, so no scratch database takes them along. */
async function dropRoles({ up }: Example): Promise<void> {
  const roles = [...up.matchAll(/\bCREATE ROLE (\w+)/g)].map((found) => found[1])
  if (roles.length === 0) return
  await using database = await server.createDatabase()
  await using session = await database.connect()
  for (const role of roles) await session.query(`DROP ROLE IF EXISTS ${role}`)
}

async function locksOnOldRelations(example: Example): Promise<string[]> {
  await using database = await server.createDatabase()
  await using session = await database.connect()
  const [before, shown] = await asMigrations(example)
  for (const { sql } of before?.up.statements ?? []) await session.query(sql)
  await session.query('CREATE TEMP TABLE old AS SELECT oid FROM pg_class')
  await session.query('BEGIN')
  for (const { sql } of shown?.up.statements ?? []) await session.query(sql)
  const { rows } = await session.query<{ mode: string }>(
    'SELECT DISTINCT mode FROM pg_locks JOIN old ON old.oid = relation WHERE pid = pg_backend_pid() ORDER BY mode',
  )
  return rows.map(({ mode }) => mode)
}
