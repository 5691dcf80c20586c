import type { Received } from './lint/received.ts'
import type { Location } from './model/location.ts'
import type { Direction, ParsedMigration, ParsedScript, Script, Statement } from './model/migration.ts'
import type { NotChecked } from './model/result.ts'
import type { RoundTrip, WatchedStatement } from './model/round-trip.ts'
import { type ParseOptions, parseScript } from './parse/parse.ts'

/**
 * Reads what the server received from the first upgrade of each migration and no file shows: what a loop, a helper or a query put
 * together. Each statement stands at the first unreadable part behind the one before it, or at the beginning of the script.
 */
export async function receivedIn(
  migrations: readonly ParsedMigration[],
  roundTrips: ReadonlyMap<string, RoundTrip>,
  options: ParseOptions,
): Promise<Received> {
  const found = new Map<WatchedStatement, Statement>()
  for (const { id, up } of migrations) {
    let line = 0
    const sent = (roundTrips.get(id)?.watched?.statements ?? []).filter(
      ({ direction, attempt, isOwn }) => direction === 'up' && attempt === 1 && !isOwn,
    )
    for (const statement of sent) {
      if (statement.at) {
        line = statement.at.line
        continue
      }
      const at = up.unreadable.find((part) => part.at.line >= line)?.at ?? up.unreadable[0]?.at ?? up.at
      const parsed = await read(statement.sql, at, options)
      const isRepeated = sent.some((other) => other !== statement && other.sql === statement.sql)
      if (parsed) found.set(statement, { ...parsed, repeated: isRepeated })
    }
  }
  return found
}

/** What of a migration nobody has read: not in its files, and not on the way to the server. */
export function unreadableParts(
  migration: ParsedMigration,
  trip: RoundTrip | undefined,
  received: Received,
): NotChecked[] {
  const scripts = migration.down ? [migration.up, migration.down] : [migration.up]
  return scripts.flatMap((script) =>
    // That a downgrade refuses to run is a finding: nothing of it is left to check.
    script.unreadable
      .filter(({ refusal }) => refusal === undefined || script.direction === 'up')
      .filter(({ code }) => code === undefined || !isSeenToRun(script.direction, trip, received))
      .map((part) => ({
        what: `A part of ${migration.name} (${script.direction})`,
        why: `${part.reason}.`,
        at: part.at,
      })),
  )
}

/** The statements of a migration that were read: those of its files, and of a program those that it was seen to send. */
export function statementsIn(
  { up, down }: ParsedMigration,
  trip: RoundTrip | undefined,
  received: Received,
): Statement[] {
  const isProgram = up.unreadable.some(({ code }) => code !== undefined)
  const sent = isProgram ? (trip?.watched?.statements ?? []).flatMap((statement) => received.get(statement) ?? []) : []
  return [...up.statements, ...sent, ...(down?.statements ?? [])]
}

/** Migrations that somebody's own command runs, wrapped in transactions as it was seen to wrap them. */
export function wrappedAsSeen(
  migrations: readonly ParsedMigration[],
  roundTrips: ReadonlyMap<string, RoundTrip>,
): ParsedMigration[] {
  return migrations.map((migration) => {
    const seen = roundTrips.get(migration.id)?.watched?.statements ?? []
    const as = (script: ParsedScript): ParsedScript => ({ ...script, transaction: wrapping(script, seen) })
    return { ...migration, up: as(migration.up), down: migration.down && as(migration.down) }
  })
}

function wrapping({ direction, transaction }: ParsedScript, seen: readonly WatchedStatement[]): Script['transaction'] {
  const all = seen.filter((each) => each.direction === direction && each.attempt === 1)
  const own = all.filter(({ isOwn }) => !isOwn)
  const [first] = own
  if (!first) return transaction
  const isBegun = all.some(
    (each) => each.transaction === first.transaction && !each.at && /^\s*(?:BEGIN|START)\b/i.test(each.sql),
  )
  if (isBegun) return 'script'
  // Several of one transaction that nobody began came in one query.
  const isOne = own.length > 1 && own.every((each) => each.transaction === first.transaction)
  return isOne && !own.some(({ sql }) => /^\s*(?:BEGIN|START)\b/i.test(sql)) ? 'query' : transaction
}

/**
 * Whether a program did all that it does, and all that it sent was read. Of a way back it is the outcome that counts.
 * @param trip undefined: it was not run
 */
function isSeenToRun(direction: Direction, trip: RoundTrip | undefined, received: Received): boolean {
  const step = trip?.steps.find((each) => each.direction === direction)
  if (step?.outcome !== 'ok' || !trip?.watched) return false
  const unplaced = trip.watched.statements.filter(
    (each) => each.direction === 'up' && each.attempt === 1 && !each.isOwn && each.at === undefined,
  )
  return direction === 'down' || unplaced.every((statement) => received.has(statement))
}

/** @returns undefined for what holds no statement, or several */
async function read(sql: string, at: Location, options: ParseOptions): Promise<Statement | undefined> {
  const { statements } = await parseScript(
    {
      direction: 'up',
      file: at.file,
      at,
      fragments: [
        {
          kind: 'sql',
          sql,
          file: at.file,
          anchors: [{ offset: 0, line: at.line, column: at.column, verbatim: false }],
        },
      ],
      transaction: 'none',
    },
    options,
  )
  return statements.length === 1 ? statements[0] : undefined
}
