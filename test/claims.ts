import pg from 'pg'
import { expect } from 'vitest'
import { rules } from '../rules/index.ts'
import { withoutIgnored } from '../src/lint/ignore.ts'
import { lint } from '../src/lint/lint.ts'
import { weigh } from '../src/lint/weigh.ts'
import type { Difference } from '../src/model/round-trip.ts'
import type { Rule } from '../src/model/rule.ts'
import type { Schema } from '../src/model/schema.ts'
import type { Server } from '../src/postgres/server.ts'
import { snapshot } from '../src/postgres/snapshot.ts'
import { outOfStep } from '../src/rehearse/expected.ts'
import { rehearse } from '../src/rehearse/rehearse.ts'
import { asMigrations, type Example, foundIn, projectOf, textsOf } from './examples.ts'
import { type LockClaim, lockedSchema } from './lock-claims.ts'

// What a rule states of PostgreSQL (`lock`, `work`, `fails`), as a server shows it in an example of the rule's page.

/** What all rules say of the example after it was run, in the form of `expectedIn`. A policy looks where its own page asks for it. */
export async function judged(example: Example, { name }: Rule, server: Server): Promise<string[]> {
  const looking = rules.map((each) => (each.name === name ? { ...each, isPolicy: false } : each))
  const { project, roundTrips } = await rehearsed(example, server)
  const weighed = weigh(lint(project, looking), project, roundTrips, looking)
  const { findings } = withoutIgnored(weighed, {
    migrations: project.migrations.slice(1),
    texts: textsOf(example),
    rules: looking,
    wasRun: () => true,
  })
  return foundIn(example, findings)
}

/** The SQLSTATEs with which the example failed: on the rows of the rehearsal, or on some that an experiment found. */
export async function errorsOf(example: Example, server: Server): Promise<string[]> {
  const roundTrip = (await rehearsed(example, server)).roundTrips.get('002')
  const refused = [...(roundTrip?.steps ?? []).map(({ error }) => error), ...(roundTrip?.preconditions ?? [])]
  return [...new Set(refused.flatMap((error) => error?.sqlstate ?? []))].sort()
}

/** The example's migrations, run on the server as a user's are. Whatever could not be run is a failure of the test. */
async function rehearsed(example: Example, server: Server) {
  const project = await projectOf(example, server.major)
  try {
    const { roundTrips, notChecked } = await rehearse({
      repository: '/nowhere',
      project,
      migrations: project.migrations,
      server,
      alembic: undefined,
      timeoutMs: 30_000,
      environment: {},
      sizes: project.sizes,
      signal: new AbortController().signal,
      log: () => undefined,
    })
    expect(notChecked).toEqual([])
    const trip = roundTrips.get('002')
    if (example.expected === '' || !trip) return { project, roundTrips }
    const outOfStep = await stepsApart(example, server)
    return { project, roundTrips: new Map([...roundTrips, ['002', { ...trip, outOfStep }]]) }
  } finally {
    await dropRoles(example, server)
  }
}

/** What the example builds otherwise than its page says that the models do. */
async function stepsApart(example: Example, server: Server): Promise<Difference[]> {
  const migrations = await asMigrations(example)
  const statements = migrations.flatMap(({ up }) => up.statements.map(({ sql }) => sql))
  const models = await schemaOf([example.expected], server)
  return outOfStep(models, await schemaOf(statements, server), true)
}

async function schemaOf(statements: readonly string[], server: Server): Promise<Schema> {
  await using database = await server.createDatabase()
  await using session = await database.connect()
  for (const sql of statements) await session.query(sql)
  return await snapshot(session, { exclude: [] })
}

/** Roles belong to the whole server, so no scratch database takes them along. */
async function dropRoles({ up }: Example, server: Server): Promise<void> {
  const roles = [...up.matchAll(/\bCREATE ROLE (\w+)/g)].map((found) => found[1])
  if (roles.length === 0) return
  await using database = await server.createDatabase()
  await using session = await database.connect()
  for (const role of roles) await session.query(`DROP ROLE IF EXISTS ${role}`)
}

/** CONCURRENTLY cannot run inside of a transaction, and without one the locks are gone before anybody can look. */
export function keepsItsLocks({ up }: Example): boolean {
  return !/\bCONCURRENTLY\b/i.test(up)
}

/** The modes of all locks that the example holds, before it commits, on what was there before it. */
export async function locksOnOldRelations(example: Example, server: Server): Promise<string[]> {
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

const modes = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
] as const

/** The strongest lock that each claim's statements hold on its relations before they commit. */
export async function strongestLocks(claims: readonly LockClaim[], server: Server): Promise<LockClaim['takes'][]> {
  await using database = await server.createDatabase()
  await using session = await database.connect()
  await session.query(lockedSchema)
  const seen: LockClaim['takes'][] = []
  // A table that is dropped or renamed is known by the name that it had.
  await session.query('CREATE TEMP TABLE old AS SELECT oid, relname FROM pg_class')
  for (const { sql, takes } of claims) {
    await session.query('BEGIN')
    await session.query(sql)
    const { rows } = await session.query<{ relation: string; mode: string }>(
      'SELECT old.relname AS relation, mode FROM pg_locks JOIN old ON old.oid = relation WHERE pid = pg_backend_pid()',
    )
    await session.query('ROLLBACK')
    const held = (relation: string) => rows.flatMap((row) => (row.relation === relation ? asWritten(row.mode) : []))
    const strongest = (relation: string) => modes.findLast((mode) => held(relation).includes(mode)) ?? 'none'
    seen.push(Object.fromEntries(Object.keys(takes).map((relation) => [relation, strongest(relation)])))
  }
  return seen
}

/** `AccessExclusiveLock` as `ACCESS EXCLUSIVE`. */
function asWritten(mode: string): string {
  return mode
    .replace(/Lock$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase()
}

const messages = [
  [/^rewriting table "(.*)"$/, 'rewrite'],
  [/^verifying table "(.*)"$/, 'scan'],
  [/^validating foreign key constraint/, 'scan'],
  [/^building index ".*" on table "(.*?)"/, 'index build'],
] as const

/** What the server does to the rows of tables that it locks against writes at the same time, statement by statement. */
export async function workOnOldTables(example: Example, server: Server): Promise<string[]> {
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
