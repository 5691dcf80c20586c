import { UserError } from '../model/errors.ts'
import type { Location } from '../model/location.ts'
import type { Result } from '../model/result.ts'
import type { RoundTrip, StepError, Watched, WatchedStatement } from '../model/round-trip.ts'
import { type JsonResult, resultSchema } from './result-schema.ts'

/**
 * The result that a report in JSON was made from, as far as a report for people shows it: of what the server was seen to do, who was shut
 * out. The text may come from anybody.
 * @param pages beginnings of the addresses that it may lead a reader to
 * @throws UserError where it is not such a report
 */
export function readJson(text: string, pages: readonly string[]): Result {
  const { findings, migrations, notChecked, tool, postgres, verdict, coverage, known } = checked(text)
  const { refuted, ...counts } = coverage
  const strange = findings.find(({ url }) => !isPage(url, pages))
  if (strange) throw new UserError('The report leads to a page that is not ours and not of this repository.')
  return {
    verdict,
    tool: tool ?? undefined,
    postgres: postgres ?? undefined,
    findings: findings.map(({ location, ...finding }) => ({ ...finding, at: location })),
    migrations: migrations.map(({ roundTrip: trip, ...migration }) => ({
      ...migration,
      roundTrip: trip && roundTrip(migration.id, trip),
    })),
    coverage: { ...counts, ...(refuted !== undefined && { refuted }) },
    known,
    notChecked: notChecked.map(({ location, ...rest }) => ({ ...rest, at: location })),
  }
}

function checked(text: string): JsonResult {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw new UserError('The report is not JSON.', { cause })
  }
  const parsed = resultSchema.safeParse(data)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UserError(
    `The report is not the JSON of this version of migration-gate: ${issue?.path.map(String).join('.')}: ${issue?.message}`,
  )
}

/** Reports put these addresses where Markdown expects one, as they are. */
function isPage(url: string, pages: readonly string[]): boolean {
  return pages.some((page) => url.startsWith(page)) && /^https:\/\/[\w.-]+(?::\d+)?(?:\/[\w.~%-]*)*$/.test(url)
}

type JsonRoundTrip = NonNullable<JsonResult['migrations'][number]['roundTrip']>

function roundTrip(migration: string, trip: JsonRoundTrip): RoundTrip {
  return {
    migration,
    steps: trip.steps.map(({ direction, attempt, outcome, ms, ...told }) => ({
      direction,
      attempt,
      outcome,
      ms,
      error: told.error === undefined ? undefined : stepError({ ...told, error: told.error }),
    })),
    restored: trip.restored,
    repeatable: trip.repeatable,
    drift: trip.drift,
    data: trip.data.map(({ column, ...change }) => ({ ...change, column })),
    withoutRows: trip.withoutRows,
    refusedRows: trip.refusedRows === undefined ? undefined : stepError({ error: trip.refusedRows }),
    preconditions: trip.preconditions?.map(({ kind, sqlstate, count, location, ...rest }) => ({
      ...rest,
      // Nothing that people read depends on it.
      kind: kind as 'check',
      sqlstate,
      count,
      at: location,
    })),
    watched: watched(trip),
  }
}

interface ToldError {
  readonly error: string
  readonly sqlstate?: string | undefined
  readonly statement?: string | undefined
  readonly location?: Location | undefined
  readonly timedOut?: true | undefined
}

function stepError({ error, sqlstate, statement, location, timedOut }: ToldError): StepError {
  const names = { table: undefined, column: undefined, constraint: undefined }
  return { message: error, sqlstate, statement, at: location, timedOut: timedOut ?? false, ...names }
}

function watched({ statements: told, blocked }: JsonRoundTrip): Watched | undefined {
  if (!told || !blocked) return undefined
  const statements = told.map(
    ({ statement, location, tag, rows, ...rest }): WatchedStatement => ({
      ...rest,
      sql: statement,
      at: location,
      tag,
      rows,
      transaction: 0,
    }),
  )
  return {
    statements,
    blocked: blocked.flatMap(({ relation, shutsOut, mode, first = -1, during, ms }) => {
      const statement = statements[first]
      return statement
        ? [{ relation, shutsOut, mode, ms, statement, during: statements.slice(first, first + during) }]
        : []
    }),
    locks: [],
    rewrites: [],
    scans: [],
    indexBuilds: [],
  }
}
