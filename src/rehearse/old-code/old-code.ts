import type { Location } from '../../model/location.ts'
import type { ParsedMigration } from '../../model/migration.ts'
import type { Lost, OldQuery, OldStatement, Stale } from '../../model/old-code.ts'
import type { Operation } from '../../model/operation.ts'
import type { NotChecked } from '../../model/result.ts'
import type { RoundTrip } from '../../model/round-trip.ts'
import type { Schema } from '../../model/schema.ts'
import { type Database, type Server, ServerError, type Session } from '../../postgres/server.ts'
import { type Limits, limited, seconds } from '../limit.ts'
import { readTables, type Table } from '../tables.ts'
import { type Affected, affected, changedObjects } from './affected.ts'
import { type Attempt, attemptAll } from './attempt.ts'
import { blame } from './blame.ts'
import { isAboutRows, type Judged, judge } from './judge.ts'
import { madeProbes } from './made.ts'
import type { Probe } from './probe.ts'
import { lostWith, type Numbers, readNumbers, staleObjects } from './remade.ts'
import { acceptedRow, type Row } from './row.ts'

export interface OldCodeOptions {
  readonly server: Server
  readonly migration: ParsedMigration
  /** A copy of the database from before the upgrade. */
  readonly before: Database
  /** The database after it; nobody is connected. It stays as it is. */
  readonly after: Database
  readonly schemas: { readonly before: Schema; readonly after: Schema }
  readonly queries: readonly OldQuery[]
  /** Queries that are not tried any more: they failed before a migration, or an earlier one broke them. More are added. */
  readonly settled: Set<OldQuery>
  /** The tool's own tables, as PostgreSQL prints their names. */
  readonly exclude: readonly string[]
  readonly limits: Limits
  readonly notChecked: NotChecked[]
}

/** What leaves every statement of before as it was. */
const harmless = new Set([
  'create-table',
  'create-index',
  'comment',
  'transaction-control',
  'truncated-identifier',
  'grant',
])

/** False where no statement of the running release can fare otherwise after the upgrade, so that none need be tried. */
function mayAffectOldCode({ up }: ParsedMigration, queries: readonly OldQuery[]): boolean {
  if (queries.length > 0 || up.unreadable.length > 0) return true
  const isHarmless = (op: Operation) => harmless.has(op.kind) || (op.kind === 'add-constraint' && op.with !== undefined)
  return up.statements.some(({ operations }) => operations.length === 0 || !operations.every(isHarmless))
}

type Seen = Pick<RoundTrip, 'oldCode' | 'lost' | 'stale'>

/** More are not tried: a migration that changes so many has its answer in the first. */
const most = { relations: 150, functions: 150 }

/**
 * Tries the statements of the running release before the upgrade and after it: those that the schema of before suggests, and those of the
 * project's files of queries. Whatever is tried is rolled back, on copies, so that not even a sequence moves in the rehearsed database.
 *
 * @throws Cancelled when the run is ended. What could not be tried is in `notChecked`.
 */
export async function tryOldCode(options: OldCodeOptions): Promise<Seen> {
  const { server, migration, after, limits, notChecked } = options
  const missed = (why: string, at?: Location) =>
    notChecked.push({ what: `What old code does after ${migration.name}`, why, at: at ?? migration.up.at })
  if (!mayAffectOldCode(migration, options.queries)) return { oldCode: [], lost: [], stale: [] }
  try {
    const then = await within(options.before, limits, (session) => before(session, options, missed))
    const now = await onCopy(server, after, limits, async (session) => ({
      attempts: await attemptAll(session, then.probes),
      numbers: await readNumbers(session),
    }))
    return told(options, then, now)
  } catch (error) {
    if (!(error instanceof ServerError)) throw error
    missed(`${error.message}.`)
    return {}
  }
}

interface Old {
  readonly probes: readonly Probe[]
  readonly attempts: readonly Attempt[]
  readonly numbers: Numbers
}

async function before(
  session: Session,
  { schemas, queries, settled, exclude, notChecked }: OldCodeOptions,
  missed: (why: string) => void,
): Promise<Old> {
  const all = await affected(session, changedObjects(schemas.before, schemas.after), exclude)
  const bounded = boundedTo(all, missed)
  const made = madeProbes(bounded, await facts(session, bounded, schemas.after))
  const left = queries.filter((query) => !settled.has(query))
  const probes = [...made, ...left.map(fromFile)]
  const attempts = await attemptAll(session, probes)
  const failing = left.flatMap((query, index) => {
    const [probe, { error } = {}] = [probes[made.length + index], attempts[made.length + index]]
    return probe && error && !isAboutRows(error, probe) ? [{ query, error }] : []
  })
  for (const { query } of failing) settled.add(query)
  notChecked.push(...failedBefore(failing))
  return { probes, attempts, numbers: await readNumbers(session) }
}

function boundedTo({ relations, functions }: Affected, missed: (why: string) => void): Affected {
  const left = relations.slice(most.relations).length + functions.slice(most.functions).length
  if (left > 0)
    missed(
      `The migration affects so much that ${left} tables, views and functions were left out, those that only rest on what it changes first.`,
    )
  return { relations: relations.slice(0, most.relations), functions: functions.slice(0, most.functions) }
}

async function facts(session: Session, { relations }: Affected, after: Schema) {
  const tables = new Map((await readTables(session)).map((table) => [table.name, table]))
  const rows = new Map<string, Row | undefined>()
  for (const { name } of relations) {
    const table = tables.get(name)
    if (table) rows.set(name, await acceptedRow(session, table))
  }
  const columns = new Set(after.flatMap(({ kind, identity }) => (kind === 'column' ? [identity] : [])))
  return (name: string) => ({
    row: rows.get(name),
    filled: filledIn(tables.get(name)),
    remaining: new Set(
      relations
        .find((each) => each.name === name)
        ?.columns.flatMap((column) => (columns.has(`${name}.${column.name}`) ? [column.name] : [])),
    ),
  })
}

function filledIn(table: Table | undefined): string[] {
  return table?.columns.filter(({ filled }) => filled).map(({ name }) => name) ?? []
}

/** Only what reads is run; all else is planned. A parameter's value is not known, so neither is what it finds. */
function fromFile({ sql, at }: OldQuery): Probe {
  const verb = /^[\s(]*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? ''
  const runs = (verb === 'SELECT' || verb === 'VALUES') && !/\$\d/.test(sql)
  return {
    source: { kind: 'file', at },
    verb,
    object: undefined,
    role: undefined,
    sql,
    run: runs ? 'execute' : verb === 'CALL' ? 'describe' : 'explain',
    setup: undefined,
    nulls: [],
    isDirect: false,
  }
}

function told(
  { migration, schemas, queries, settled }: OldCodeOptions,
  old: Old,
  now: { attempts: readonly Attempt[]; numbers: Numbers },
): Seen {
  const place = (judged: Pick<Judged, 'message' | 'object' | 'sqlstate' | 'sql'>) =>
    blame(migration.up, judged, schemas.before)
  const made = (object: string) => place({ message: '', object, sqlstate: '42501', sql: '' })
  const lost = lostWith(
    { schema: schemas.before, numbers: old.numbers },
    { schema: schemas.after, numbers: now.numbers },
  ).map((each): Lost => ({ ...each, because: made(each.object) }))
  const judged = old.probes.flatMap((probe, index) => {
    const [a, b] = [old.attempts[index], now.attempts[index]]
    return (a && b && judge(probe, a, b)) ?? []
  })
  const broken = judged.flatMap(({ source, outcome }) =>
    source.kind === 'file' && outcome === 'fails' ? [source.at] : [],
  )
  for (const query of queries) if (broken.includes(query.at)) settled.add(query)
  const oldCode = withoutRepeated(judged).map((each): OldStatement => {
    const remade = each.sqlstate === '42501' ? lost.find(({ object }) => object === each.object) : undefined
    return { ...each, because: remade ? remade.because : place(each) }
  })
  const stale = staleObjects(old.numbers, now.numbers).map(
    (each): Stale => ({ ...each, because: place({ message: '', object: each.function, sqlstate: '42725', sql: '' }) }),
  )
  return { oldCode, lost, stale }
}

/** A role meets the error that everybody meets; and a statement that is one of two variants, the error of the other. */
function withoutRepeated(judged: readonly Judged[]): Judged[] {
  const seen = new Set<string>()
  return judged.filter(({ source, verb, object, role, message, outcome }) => {
    if (source.kind === 'file') return true
    const [everybody, own] = [undefined, role].map((who) => JSON.stringify([verb, object, outcome, message, who]))
    if (everybody === undefined || own === undefined || seen.has(everybody) || seen.has(own)) return false
    seen.add(own)
    return true
  })
}

async function onCopy<T>(
  server: Server,
  of: Database,
  limits: Limits,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  await of.terminateConnections()
  await using copy = await server.createDatabase(of)
  return await within(copy, limits, work)
}

async function within<T>(database: Database, limits: Limits, work: (session: Session) => Promise<T>): Promise<T> {
  return await limited(database, limits, async (limit) => {
    try {
      await using session = await database.connect()
      return await work(session)
    } catch (error) {
      if (error instanceof ServerError && limit.timedOut)
        throw new ServerError(`it did not finish within ${seconds(limits.timeoutMs)}`, {}, error)
      throw error
    }
  })
}

interface Failing {
  readonly query: OldQuery
  readonly error: ServerError
}

const fewQueries = 5

/** An export may hold thousands that belong to another database: beyond a few, they are told by file. */
function failedBefore(failing: readonly Failing[]): NotChecked[] {
  const byFile = new Map<string, Failing[]>()
  for (const each of failing) byFile.set(each.query.at.file, [...(byFile.get(each.query.at.file) ?? []), each])
  return [...byFile].flatMap(([file, all]) => {
    const isMany = all.length > fewQueries
    return (isMany ? all.slice(0, 1) : all).map(({ query: { sql, at }, error }) => ({
      what: isMany ? `${all.length} queries of ${file}` : `The query ${shortened(sql)}`,
      why: `${isMany ? 'They fail' : 'It fails'} already before the migration, so that nothing can be told of the time after: ${error.message} (${error.sqlstate}).`,
      at,
    }))
  })
}

function shortened(sql: string): string {
  const line = sql.replace(/\s+/g, ' ').trim()
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}
