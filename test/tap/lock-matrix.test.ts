import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LockMode } from '../../src/model/round-trip.ts'
import type { Database } from '../../src/postgres/server.ts'
import { openTap, type Sight } from '../../src/tap/tap.ts'
import { testServer } from '../server.ts'
import { type Row, rows, schema } from './lock-matrix.ts'

// What the tap sees of each statement, sent as a project's SQL is sent, is what was measured.

const server = await testServer()
let template: Database
beforeAll(async () => {
  template = await server.createDatabase()
  await using session = await template.connect()
  await session.query(
    "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_r') THEN CREATE ROLE app_r; END IF; END $$",
  )
  await session.query(schema)
  await session.query('VACUUM ANALYZE')
})
afterAll(async () => {
  await using database = await server.createDatabase()
  await template[Symbol.asyncDispose]()
  await using session = await database.connect()
  await session.query('DROP ROLE app_r')
})

test.each(
  rows
    .filter(({ from = 14 }) => from <= server.major)
    .map((row) => [row.before ? `${row.sql} [${row.before}]` : row.sql, row] as const),
)('%s', async (_, row) => {
  await using database = await server.createDatabase(template)
  const inSession = /^set\b/i.test(row.before ?? '') && row.before
  if (row.before && !inSession) {
    await using session = await database.connect()
    await session.query(row.before)
  }
  await using tap = await openTap(database)
  {
    await using session = await tap.connect()
    if (inSession) await session.query(inSession)
    const isOutside = /concurrently|^vacuum/.test(row.sql) && !row.sql.startsWith('refresh')
    const needsBlock = /^lock/.test(row.sql)
    if (needsBlock) await session.query('BEGIN')
    const blocker = isOutside ? await snapshotHeldIn(database) : undefined
    await session.query(row.sql)
    await blocker
    if (needsBlock) await session.query('COMMIT')
  }
  const sight = await tap.finish()
  expect(sight.trouble).toEqual([])
  const seen = told(sight, row.sql)
  const expected = expectedOn(server.major, row)
  if (!row.fleeting) return expect(seen).toBe(expected)
  const [locks, work] = apart(seen)
  const [mayLock, mustWork] = apart(expected)
  expect(work).toEqual(mustWork)
  expect(mayLock).toEqual(expect.arrayContaining(locks))
})

/** CONCURRENTLY waits for it in each of its phases, so that there is time to look. */
async function snapshotHeldIn(database: Database): Promise<void> {
  const session = await database.connect()
  await session.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM t LIMIT 1')
  void delay(150).then(() => session[Symbol.asyncDispose]())
}

/** The relations that are locked, and what else is told. */
function apart(told: string): [locked: string[], work: string[]] {
  const words = told.split(' ').filter((word) => word !== '')
  const isLock = (word: string) => /=|^idxAEX/.test(word)
  return [words.filter(isLock).map((word) => word.replace(/[=:].*/, '')), words.filter((word) => !isLock(word))]
}

function expectedOn(version: number, { seen }: Row): string {
  if (typeof seen === 'string') return seen
  const from = Object.keys(seen)
    .map(Number)
    .filter((each) => each <= version)
  return seen[Math.max(...from)] ?? ''
}

const short: { readonly [mode in LockMode]: string } = {
  'ACCESS SHARE': 'AS',
  'ROW SHARE': 'RS',
  'ROW EXCLUSIVE': 'RX',
  'SHARE UPDATE EXCLUSIVE': 'SUX',
  SHARE: 'S',
  'SHARE ROW EXCLUSIVE': 'SRX',
  EXCLUSIVE: 'EX',
  'ACCESS EXCLUSIVE': 'AEX',
}
const order = Object.values(short)

function told({ statements, locks }: Sight, sql: string): string {
  const statement = statements.find((each) => each.sql === sql)
  if (!statement) throw new Error('The statement was not seen.')
  const strongest = new Map<string, string>()
  const indexes = new Set<string>()
  for (const lock of locks) {
    if (lock.statement !== statement || !lock.existedBefore) continue
    const mode = short[lock.mode]
    if (lock.relation.table !== undefined) {
      if (mode === 'AEX') indexes.add(lock.relation.name)
      continue
    }
    const other = strongest.get(lock.relation.bare)
    if (!other || order.indexOf(other) < order.indexOf(mode)) strongest.set(lock.relation.bare, mode)
  }
  const named = (names: readonly string[]) => [...new Set(names)].sort().join(',')
  const tables = (kind: 'rewrite' | 'scan') =>
    named(statement.work.flatMap((each) => (each.kind === kind ? [each.table] : [])))
  const count = (kind: string) => statement.work.filter((each) => each.kind === kind).length
  const files = named(statement.newFiles.map(({ bare }) => bare))
  return [
    ...[...strongest].map(([name, mode]) => `${name}=${mode}`).sort(),
    ...(indexes.size > 0 ? [`idxAEX:${indexes.size}`] : []),
    ...(tables('rewrite') ? [`REWRITE(${tables('rewrite')})`] : []),
    ...(tables('scan') ? [`SCAN(${tables('scan')})`] : []),
    ...(count('foreign-key-scan') > 0 ? ['FKSCAN'] : []),
    ...(count('spared-scan') > 0 ? ['SKIPSCAN'] : []),
    ...(files ? [`NEWFILE(${files})`] : []),
    ...(count('index-build') > 0 ? [`INDEXBUILD×${count('index-build')}`] : []),
  ].join(' ')
}
