import type { Cost } from '../model/cost.ts'
import type { Finding } from '../model/finding.ts'
import type { Location } from '../model/location.ts'
import type { OldStatement } from '../model/old-code.ts'
import type { Precondition } from '../model/precondition.ts'
import type { Result } from '../model/result.ts'
import type { DataChange, LaterRows, RoundTrip, Step, Watched, WatchedStatement } from '../model/round-trip.ts'
import { ofSeverity } from './headline.ts'
import { sentBy } from './timeline.ts'

/**
 * The result as JSON, `version: 1`: keys are added, never renamed or given another meaning, as long as that number stays.
 * Strings are whole and unescaped data; only what a terminal would act on is written as `\u…`.
 */
export function json(result: Result): string {
  return serialize({
    version: 1,
    verdict: result.verdict,
    tool: result.tool ?? null,
    postgres: result.postgres ?? null,
    summary: {
      errors: ofSeverity(result, 'error').length,
      warnings: ofSeverity(result, 'warning').length,
      infos: ofSeverity(result, 'info').length,
    },
    findings: result.findings.map(finding),
    migrations: result.migrations.map(({ id, name, file, isNew, roundTrip: trip }) => ({
      id,
      name,
      file,
      isNew,
      ...(trip && { roundTrip: roundTrip(trip) }),
    })),
    coverage: result.coverage,
    ...(result.known && {
      known: { file: result.known.file, findings: result.known.findings, stale: result.known.stale },
    }),
    notChecked: result.notChecked.map(({ what, why, at }) => ({ what, why, ...(at && { location: location(at) }) })),
  })
}

/** JSON whose text holds no character that a terminal or an editor acts on: the same values, more of them escaped. */
export function serialize(value: unknown): string {
  const text = JSON.stringify(value, null, 2)
  return `${text.replace(/[\p{Cf}\p{Zl}\p{Zp}\x7f-\x9f]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  )}\n`
}

function finding(found: Finding) {
  return {
    rule: found.rule,
    severity: found.severity,
    direction: found.direction,
    migration: found.migration,
    location: location(found.at),
    message: found.message,
    help: found.help,
    ...(found.suggestion !== undefined && { suggestion: found.suggestion }),
    seen: found.seen,
    evidence: found.evidence,
    url: found.url,
  }
}

function location({ file, line, column, endLine }: Location) {
  return { file, line, column, endLine }
}

function roundTrip(trip: RoundTrip) {
  return {
    steps: trip.steps.map(step),
    restored: trip.restored,
    repeatable: trip.repeatable,
    drift: trip.drift.map(({ after, kind, object, class: how, change, expected, found }) => ({
      after,
      kind,
      object,
      class: how,
      change,
      expected,
      found,
    })),
    data: trip.data.map(dataChange),
    withoutRows: trip.withoutRows,
    ...(trip.refusedRows && { refusedRows: trip.refusedRows.message }),
    ...(trip.oldCode && { oldCode: trip.oldCode.map(oldStatement) }),
    ...(trip.preconditions && { preconditions: trip.preconditions.map(precondition) }),
    // Left out where nobody watched: an empty list would say that there was nothing.
    ...(trip.watched && watched(trip.watched, sentBy(trip))),
    ...(trip.costs && { costs: trip.costs.map(cost) }),
    ...(trip.laterRows && { laterRows: laterRows(trip.laterRows) }),
  }
}

function dataChange({ after, table, column, change, rowsBefore, rowsAfter }: DataChange) {
  return { after, table, ...(column !== undefined && { column }), change, rowsBefore, rowsAfter }
}

function cost({ statement, class: work, relation, mode, estimate }: Cost) {
  return { ...sent(statement), class: work, relation, mode, ...(estimate && { estimate }) }
}

function laterRows({ tables, error, data }: LaterRows) {
  return {
    tables,
    outcome: error ? 'failed' : 'ok',
    ...(error && { ...(error.sqlstate && { sqlstate: error.sqlstate }), error: error.message }),
    data: data.map(dataChange),
  }
}

function oldStatement({ source, verb, object, role, sql, outcome, sqlstate, message, because }: OldStatement) {
  return {
    source: source.kind === 'file' ? { kind: source.kind, location: location(source.at) } : source,
    verb,
    ...(object !== undefined && { object }),
    ...(role !== undefined && { role }),
    sql: sql.slice(0, 500),
    outcome,
    ...(sqlstate !== undefined && { sqlstate }),
    message,
    ...(because && { because: location(because) }),
  }
}

function watched({ locks, rewrites, scans, indexBuilds, blocked }: Watched, statements: readonly WatchedStatement[]) {
  return {
    statements: statements.map((statement) => ({
      ...sent(statement),
      ...(statement.tag !== undefined && { tag: statement.tag }),
      ...(statement.rows !== undefined && { rows: statement.rows }),
      ms: statement.ms,
    })),
    locks: locks.map(({ statement, relation, kind, table, mode, existedBefore }) => ({
      ...sent(statement),
      relation,
      kind,
      ...(table !== undefined && { table }),
      mode,
      existedBefore,
    })),
    rewrites: rewrites.map(({ statement, relation, how }) => ({ ...sent(statement), relation, how })),
    scans: scans.map(({ statement, relation, constraint }) => ({ ...sent(statement), relation, constraint })),
    indexBuilds: indexBuilds.map(({ statement, relation, index }) => ({ ...sent(statement), relation, index })),
    blocked: blocked.map(({ statement, relation, shutsOut, mode, during, ms }) => ({
      ...sent(statement),
      relation,
      shutsOut,
      mode,
      first: during[0] ? statements.indexOf(during[0]) : -1,
      during: during.length,
      ms,
    })),
  }
}

/** Which statement it was. Of the text, the beginning: a statement may be megabytes long. */
function sent({ sql, at, direction, attempt }: WatchedStatement) {
  return { direction, attempt, statement: sql.slice(0, 500), ...(at && { location: location(at) }) }
}

function precondition({ kind, table, columns, outcome, sqlstate, needs, count, at }: Precondition) {
  return {
    kind,
    table,
    columns,
    outcome,
    ...(sqlstate !== undefined && { sqlstate }),
    needs,
    ...(count !== undefined && { count }),
    ...(at && { location: location(at) }),
  }
}

function step({ direction, attempt, outcome, error, ms }: Step) {
  return {
    direction,
    attempt,
    outcome,
    ...(error && {
      ...(error.sqlstate && { sqlstate: error.sqlstate }),
      error: error.message,
      ...(error.timedOut && { timedOut: true }),
      ...(error.statement !== undefined && { statement: error.statement }),
      ...(error.at && { location: location(error.at) }),
    }),
    ms,
  }
}
