import type { Location } from '../model/location.ts'
import { lockStrength, shutOutBy } from '../model/locks.ts'
import type { Direction, ParsedScript } from '../model/migration.ts'
import type { Blocked, IndexBuild, Lock, Rewrite, Scan, Watched, WatchedStatement } from '../model/round-trip.ts'
import { comparable } from '../model/same-sql.ts'
import type { Relation } from '../tap/monitor.ts'
import type { SeenStatement } from '../tap/record.ts'
import type { NamedLock, Sight } from '../tap/tap.ts'
import { ourProbe } from './apply.ts'

export interface WatchOf {
  readonly sight: Sight
  readonly script: ParsedScript
  readonly direction: Direction
  readonly attempt: 1 | 2
  /** The tool's own tables, as PostgreSQL prints their names: what is done to them is not the migration's. */
  readonly bookkeeping: readonly string[]
  /** The script holds all that the migration sends: whatever else came is the tool's own. */
  readonly isWhole?: boolean
}

/** Tells what a tap saw in the words of the model: where each statement stands, and who was shut out meanwhile. */
export function watched({ sight: whole, script, direction, attempt, bookkeeping, isWhole }: WatchOf): Watched {
  const sight = { ...whole, statements: whole.statements.filter(({ sql }) => sql !== ourProbe) }
  const place = placesIn(script)
  const names = bookkeeping.map((name) => name.slice(name.indexOf('.') + 1))
  const isOwn = (sql: string, at: Location | undefined) =>
    /^\s*(?:BEGIN|COMMIT|ROLLBACK)\b/i.test(sql) || (!at && names.some((name) => code(sql).includes(name)))
  const statements = new Map<SeenStatement, WatchedStatement>()
  for (const seen of sight.statements) {
    const { sql, ms, transaction } = seen
    const [tag, rows] = answer(seen.tag)
    const at = place(sql)
    statements.set(seen, {
      ...{ sql, at, direction, attempt, ms, tag, rows, transaction },
      ...((isOwn(sql, at) || (isWhole && !at)) && { isOwn: true }),
      ...(seen.looked !== 'end' && { isSampled: true }),
    })
  }
  const told = (seen: SeenStatement): WatchedStatement => {
    const statement = statements.get(seen)
    if (!statement) throw new Error('A lock or a scan belongs to a statement that was seen.')
    return statement
  }
  const locks = strongest(sight.locks.filter(({ relation }) => !bookkeeping.includes(relation.table ?? relation.name)))
  const works = sight.statements.flatMap((seen) => worksOf(seen, sight, told(seen)))
  const isTheirs = ({ relation }: { readonly relation: string | undefined }) =>
    relation === undefined || !bookkeeping.includes(relation)
  return {
    statements: [...statements.values()],
    locks: locks.map(({ statement, relation, mode, existedBefore }): Lock => {
      const { name, table } = relation
      return {
        statement: told(statement),
        relation: name,
        kind: kinds[relation.kind] ?? 'relation',
        table,
        mode,
        existedBefore,
      }
    }),
    rewrites: works.flatMap((each) => each.rewrites).filter(isTheirs),
    scans: works.flatMap((each) => each.scans).filter(isTheirs),
    indexBuilds: works.flatMap((each) => each.indexBuilds).filter(isTheirs),
    blocked: blocked(
      locks,
      sight.statements.filter((seen) => !told(seen).isOwn),
      told,
    ),
  }
}

/** Joins what was seen in one step and in the next. */
export function joined(a: Watched | undefined, b: Watched | undefined): Watched | undefined {
  if (!a || !b) return a ?? b
  return {
    statements: [...a.statements, ...b.statements],
    locks: [...a.locks, ...b.locks],
    rewrites: [...a.rewrites, ...b.rewrites],
    scans: [...a.scans, ...b.scans],
    indexBuilds: [...a.indexBuilds, ...b.indexBuilds],
    blocked: [...a.blocked, ...b.blocked],
  }
}

/** `pg_class.relkind` in the words of the manual. */
const kinds: { readonly [kind: string]: string } = {
  r: 'table',
  p: 'table',
  i: 'index',
  I: 'index',
  S: 'sequence',
  v: 'view',
  m: 'materialized view',
  f: 'foreign table',
  c: 'composite type',
}

/** The statements of a script are sent in its order, so that of several with the same text the next one is meant; of a loop, the same one. */
function placesIn({ statements }: ParsedScript): (sql: string) => Location | undefined {
  const bySql = new Map<string, number[]>()
  for (const [i, { sql }] of statements.entries()) {
    const key = comparable(sql)
    const same = bySql.get(key)
    if (same) same.push(i)
    else bySql.set(key, [i])
  }
  let next = 0
  return (sql) => {
    const same = bySql.get(comparable(sql)) ?? []
    const ahead = same.find((i) => i >= next)
    if (ahead !== undefined) next = ahead + 1
    return statements[ahead ?? same[0] ?? -1]?.at
  }
}

/** Without comments and strings, in which anybody may name the tool's tables; but a query may ask the catalog for one. */
function code(sql: string): string {
  const isAsking = /^\s*SELECT\b[\s\S]*\bpg_catalog\b/i.test(sql)
  return sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, (text) =>
    isAsking && text.startsWith("'") ? text : ' ',
  )
}

/** `INSERT 0 5` → INSERT, 5 */
function answer(tag: string | undefined): [tag: string | undefined, rows: number | undefined] {
  const [, verb, rows] = /^(INSERT|UPDATE|DELETE|MERGE|COPY)(?: \d+)? (\d+)$/.exec(tag ?? '') ?? []
  return verb ? [verb, Number(rows)] : [tag?.replace(/ \d+$/, ''), undefined]
}

interface Works {
  readonly rewrites: readonly Rewrite[]
  readonly scans: readonly Scan[]
  readonly indexBuilds: readonly IndexBuild[]
}

/**
 * DEBUG1 lines name a table without its schema: it is one of before with that name on which the statement's transaction holds a lock, and
 * none where it holds locks and no such one, because then the migration made the table.
 */
function worksOf(seen: SeenStatement, { locks, before }: Sight, statement: WatchedStatement): Works {
  if (seen.work.length === 0 && seen.newFiles.length === 0) return { rewrites: [], scans: [], indexBuilds: [] }
  const held = locks.filter(
    (lock) =>
      lock.statement.transaction === seen.transaction && lock.statement.start <= seen.start && lock.until > seen.start,
  )
  const among =
    seen.looked === 'end' ? held.filter(({ existedBefore }) => existedBefore).map(({ relation }) => relation) : before
  const old = (bare: string): readonly Relation[] => {
    const known = among.find((relation) => relation.bare === bare)
    return known ? [known] : []
  }
  const rewrites: Rewrite[] = []
  const scans: Scan[] = []
  const indexBuilds: IndexBuild[] = []
  for (const work of seen.work) {
    if (work.kind === 'rewrite')
      for (const { name } of old(work.table)) rewrites.push({ statement, relation: name, how: 'rewritten' })
    if (work.kind === 'scan')
      for (const { name } of old(work.table)) scans.push({ statement, relation: name, constraint: undefined })
    if (work.kind === 'foreign-key-scan') scans.push({ statement, relation: undefined, constraint: work.constraint })
    if (work.kind === 'index-build')
      for (const { name } of old(work.table)) indexBuilds.push({ statement, relation: name, index: work.index })
  }
  for (const { name, kind } of seen.newFiles) {
    // A sequence has one row.
    if (kind === 'S') continue
    rewrites.push({ statement, relation: name, how: seen.tag === 'TRUNCATE TABLE' ? 'truncated' : 'rewritten' })
  }
  return { rewrites, scans, indexBuilds }
}

/** Of several locks that one statement took on one relation, such as `ALTER TABLE … TYPE` for its parts, the strongest. */
function strongest(locks: readonly NamedLock[]): NamedLock[] {
  const found = new Map<SeenStatement, Map<number, NamedLock>>()
  for (const lock of locks) {
    const taken = found.get(lock.statement) ?? new Map<number, NamedLock>()
    found.set(lock.statement, taken)
    const other = taken.get(lock.relation.oid)
    if (!other || lockStrength(other.mode) < lockStrength(lock.mode)) taken.set(lock.relation.oid, lock)
  }
  // pg_locks has no order. Tables come before their indexes, what was there before what is new.
  const key = ({ relation: { table, name, oid } }: NamedLock) => [table === undefined ? 0 : 1, name, oid] as const
  return [...found.values()].flatMap((taken) => [...taken.values()].sort((a, b) => compare(key(a), key(b))))
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const at = a.findIndex((part, i) => part !== b[i])
  return at < 0 ? 0 : (a[at] ?? 0) < (b[at] ?? 0) ? -1 : 1
}

const holdsRows = new Set(['r', 'p', 'm', 'v', 'f'])

/** For each relation the first lock that shuts out writes, and the first that shuts out reads too, unless it is the same. */
function blocked(
  locks: readonly NamedLock[],
  statements: readonly SeenStatement[],
  told: (seen: SeenStatement) => WatchedStatement,
): Blocked[] {
  const found: Blocked[] = []
  const spans = new Map<string, { until: number; shutsOut: Blocked['shutsOut'] }>()
  for (const { relation, mode, statement, until, existedBefore } of locks) {
    const shutsOut = shutOutBy(mode)
    if (!shutsOut || !existedBefore || !holdsRows.has(relation.kind)) continue
    const key = `${statement.transaction} ${relation.oid}`
    const open = spans.get(key)
    if (open && open.until > statement.start && (open.shutsOut === shutsOut || shutsOut === 'writes')) continue
    spans.set(key, { until, shutsOut })
    const during = statements.filter(
      ({ transaction, start }) => transaction === statement.transaction && start >= statement.start && start < until,
    )
    found.push({
      relation: relation.name,
      shutsOut,
      mode,
      statement: told(statement),
      during: during.map(told),
      ms: until - statement.start,
    })
  }
  return found
}
