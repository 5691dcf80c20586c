import type { Received } from './lint/received.ts'
import type { Location } from './model/location.ts'
import type { ParsedMigration, Statement } from './model/migration.ts'
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
