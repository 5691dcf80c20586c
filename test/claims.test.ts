import { existsSync } from 'node:fs'
import pg from 'pg'
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
  if (rule.work) {
    test.each(examplesIn(`rules/${rule.name}/README.md`))(`$page:$line ($kind) ${rule.work}`, async (example) => {
      const work = await workOnOldTables(example)
      expect(work.includes(rule.work ?? '')).toBe(example.kind === 'bad')
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

const messages = [
  [/^rewriting table "(.*)"$/, 'rewrite'],
  [/^verifying table "(.*)"$/, 'scan'],
  [/^validating foreign key constraint/, 'scan'],
  [/^building index ".*" on table "(.*?)"/, 'index build'],
] as const

/** What the server does to the rows of tables that it locks against writes at the same time, statement by statement. */
async function workOnOldTables(example: Example): Promise<string[]> {
  await using database = await server.createDatabase()
  const { name, host, port, user, password } = database
  const client = new pg.Client({ database: name, host, port, user, password })
  const said: string[] = []
  client.on('notice', ({ message }) => said.push(message ?? ''))
  await client.connect()
  try {
    const [before, shown] = await asMigrations(example)
    for (const { sql } of before?.up.statements ?? []) await client.query(sql)
    await client.query(`CREATE TEMP TABLE old AS SELECT oid, relname FROM pg_class WHERE relkind IN ('r', 'p', 'm')`)
    const old = await client.query<{ relname: string }>('SELECT relname FROM old')
    const names = new Set(old.rows.map(({ relname }) => relname))
    await client.query('SET client_min_messages = debug1')
    const work: string[] = []
    let isOpen = false
    for (const { sql, operations } of shown?.up.statements ?? []) {
      const control = operations.find((op) => op.kind === 'transaction-control')
      if (control || /\bCONCURRENTLY\b/i.test(sql)) {
        await client.query(sql)
        isOpen = /^\s*BEGIN\b/i.test(sql)
        continue
      }
      if (!isOpen) await client.query('BEGIN')
      said.length = 0
      await client.query(sql)
      const done = messages.flatMap(([pattern, what]) =>
        said.flatMap((message) => {
          const match = pattern.exec(message)
          return match && (match[1] === undefined || names.has(match[1])) ? what : []
        }),
      )
      const { rowCount } = await client.query(
        `SELECT FROM pg_locks JOIN old ON old.oid = relation WHERE pid = pg_backend_pid()
          AND mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')`,
      )
      if (rowCount) work.push(...done)
      if (!isOpen) await client.query('COMMIT')
    }
    return work
  } finally {
    await client.end()
  }
}
