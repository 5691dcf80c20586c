import type { Finding } from '../model/finding.ts'
import { heldOn, lockStrength, plainName } from '../model/locks.ts'
import type { ParsedMigration, ParsedScript, Statement } from '../model/migration.ts'
import type { Operation } from '../model/operation.ts'
import type { LockMode, RoundTrip, Watched, WatchedStatement } from '../model/round-trip.ts'
import type { Rule } from '../model/rule.ts'
import { operationsIn, type Received } from './received.ts'
import { worksIn } from './seen.ts'

/**
 * Holds what was read against what the server did. A rule says which lock or which work PostgreSQL shows in every bad example: where that
 * was seen at the place of a finding, the finding is `seen` on the server; where the statement was run and watched to its end and it did
 * not happen, the finding is dropped. Whatever was not run, may take another way in production, or could not be watched in full stays as
 * it was read.
 *
 * @returns `refuted`: those that were dropped
 */
export function witnessed(
  findings: readonly Finding[],
  migrations: readonly ParsedMigration[],
  roundTrips: ReadonlyMap<string, RoundTrip>,
  rules: readonly Rule[],
  received: Received,
): { readonly held: Finding[]; readonly refuted: Finding[] } {
  const refuted: Finding[] = []
  const byName = new Map(rules.map((rule) => [rule.name, rule]))
  const partitioned = new Set(migrations.flatMap(({ up }) => partitionedIn(up)))
  const byId = new Map(migrations.map((migration) => [migration.id, migration]))
  const held = findings.flatMap((finding) => {
    const rule = byName.get(finding.rule)
    const watched = roundTrips.get(finding.migration)?.watched
    const migration = byId.get(finding.migration)
    if (!rule || !watched || !migration || finding.direction !== 'up') return [finding]
    const verdict = testimony(finding, rule, watched, migration, received, partitioned)
    if (verdict === 'nothing known') return [finding]
    if (verdict !== 'refuted')
      return [{ ...finding, seen: 'server' as const, evidence: [...new Set([...finding.evidence, ...verdict])] }]
    refuted.push(finding)
    return []
  })
  return { held, refuted }
}

function partitionedIn({ statements }: ParsedScript): string[] {
  return statements.flatMap(({ operations }) =>
    operations.flatMap((op) => (op.kind === 'create-table' && op.partitionBy ? op.table : [])),
  )
}

/** Evidence, a line each, or why there is none. */
function testimony(
  finding: Finding,
  rule: Rule,
  watched: Watched,
  migration: ParsedMigration,
  received: Received,
  partitioned: ReadonlySet<string>,
): readonly string[] | 'refuted' | 'nothing known' {
  const [read, operations] = placeOf(finding, [...migration.up.statements, ...received.values()])
  if (!read) return 'nothing known'
  const runs = watched.statements.filter(
    (each) =>
      each.direction === 'up' &&
      each.attempt === 1 &&
      (each.at === read.at || received.get(each)?.at === read.at) &&
      each.tag,
  )
  if (runs.length === 0) return 'nothing known'
  const evidence = rule.work
    ? workOf(rule.work, runs, operations, watched, operationsIn(migration.up, received))
    : rule.lock
      ? locksOf(spelled(rule.lock), runs, operations, watched)
      : 'nothing known'
  if (evidence === 'nothing known' || evidence.length > 0) return evidence
  // Somebody else may make partitions in production.
  const mayDiffer = operations.some(
    (op) => op.conditional || op.inside || ('table' in op && op.table !== undefined && partitioned.has(op.table)),
  )
  const isPartly = rule.lock !== undefined && runs.some(({ isSampled }) => isSampled)
  return mayDiffer || isPartly ? 'nothing known' : 'refuted'
}

/** The statement that a finding stands in, and of its operations those that it is about. */
function placeOf(
  { at }: Finding,
  statements: readonly Statement[],
): [statement: Statement | undefined, operations: readonly Operation[]] {
  const isSame = (op: Operation) => op.at === at
  const isEqual = (op: Operation) =>
    op.at.file === at.file && op.at.line === at.line && op.at.column === at.column && op.at.endLine === at.endLine
  // Of what only the server received, several statements may stand at one place of the file.
  const isHere = statements.some(({ operations }) => operations.some(isSame)) ? isSame : isEqual
  const found = statements.filter(({ operations }) => operations.some(isHere))
  const [only] = found
  return found.length === 1 && only ? [only, only.operations.filter(isHere)] : [undefined, []]
}

function workOf(
  kind: NonNullable<Rule['work']>,
  runs: readonly WatchedStatement[],
  operations: readonly Operation[],
  watched: Watched,
  operationsOf: (statement: WatchedStatement) => readonly Operation[],
): string[] {
  // What writes every row anew has read them all, and tells only the one.
  const kinds = kind === 'scan' ? (['scan', 'rewrite'] as const) : [kind]
  const tables = tablesOf(operations.filter(({ inside }) => inside))
  return kinds
    .flatMap((each) => worksIn(watched, each, operationsOf))
    .filter(
      ({ statement, table, mode }) =>
        runs.includes(statement) &&
        (tables.length === 0 || table === undefined || tables.includes(table)) &&
        (mode === undefined || lockStrength(mode) >= lockStrength('SHARE')),
    )
    .flatMap(({ evidence }) => evidence)
}

function locksOf(
  mode: LockMode,
  runs: readonly WatchedStatement[],
  operations: readonly Operation[],
  watched: Watched,
): string[] {
  const tables = tablesOf(operations)
  const relations = new Map(
    watched.locks.flatMap(({ existedBefore, relation, table }) => {
      const name = plainName(table ?? relation)
      return existedBefore && (tables.length === 0 || tables.includes(name)) ? [[relation, name]] : []
    }),
  )
  return runs.flatMap((statement) =>
    [...relations.keys()].flatMap((relation) => {
      const held = heldOn(watched, statement, relation)
      if (!held || lockStrength(held) < lockStrength(mode)) return []
      const isNew = watched.locks.some((lock) => lock.statement === statement && lock.relation === relation)
      if (tables.length === 0 && !isNew) return []
      return `PostgreSQL ${isNew ? 'took' : 'held'} ${held} on ${relation}.`
    }),
  )
}

function tablesOf(operations: readonly Operation[]): string[] {
  return operations.flatMap((op) => ('table' in op && op.table !== undefined ? op.table : []))
}

/** `AccessExclusiveLock` as the manual writes it. */
function spelled(mode: NonNullable<Rule['lock']>): LockMode {
  return mode
    .replace(/Lock$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase() as LockMode
}
