import type { Finding } from '../model/finding.ts'
import type { Location } from '../model/location.ts'
import type { ParsedScript, Statement } from '../model/migration.ts'
import type { Operation } from '../model/operation.ts'
import type { RoundTrip, WatchedStatement } from '../model/round-trip.ts'
import type { ParsedProject } from './history.ts'

/**
 * What the server received and no file shows, read after the fact: a statement that code put together, by what the server saw of it. Each
 * stands at the part of the file that could not be read, or at the beginning of the script.
 */
export type Received = ReadonlyMap<WatchedStatement, Statement>

/** What a statement of the upgrade does: the one at its place in the file, or as it was received. */
export function operationsIn(
  { statements }: ParsedScript,
  received: Received,
): (statement: WatchedStatement) => readonly Operation[] {
  const byPlace = new Map(statements.map((each) => [each.at, each.operations]))
  return (statement) => received.get(statement)?.operations ?? (statement.at && byPlace.get(statement.at)) ?? []
}

/**
 * The project with its upgrades as the server received them, for those in which something was received that no file shows. A loop's
 * statement stands in it once.
 */
export function asReceived(
  project: ParsedProject,
  roundTrips: ReadonlyMap<string, RoundTrip>,
  received: Received,
): ParsedProject {
  const migrations = project.migrations.map((migration) => {
    const sent = roundTrips.get(migration.id)?.watched?.statements ?? []
    if (!sent.some((statement) => received.has(statement))) return migration
    const byPlace = new Map(migration.up.statements.map((each) => [each.at, each]))
    const statements = sent
      .filter(({ direction, attempt }) => direction === 'up' && attempt === 1)
      .flatMap((statement) => received.get(statement) ?? (statement.at && byPlace.get(statement.at)) ?? [])
    const once = new Map(statements.map((each) => [`${each.at.line} ${each.at.column} ${each.sql}`, each]))
    return { ...migration, up: { ...migration.up, statements: [...once.values()] } }
  })
  return { ...project, migrations }
}

/** Those that stand in what was received, with the statement as proof: nobody could read it in the file. */
export function amongReceived(findings: readonly Finding[], received: Received): Finding[] {
  // Several may stand at one place of the file, which only the object tells apart.
  const places = new Map<Location, string>()
  for (const { sql, operations } of received.values()) for (const { at } of operations) places.set(at, sql)
  return findings.flatMap((finding) => {
    const sql = places.get(finding.at)
    if (sql === undefined || finding.direction !== 'up') return []
    return {
      ...finding,
      seen: 'server' as const,
      evidence: [`The server received: ${shown(sql)}`, ...finding.evidence],
    }
  })
}

function shown(sql: string): string {
  const text = sql.trim().replace(/\s+/g, ' ')
  return text.length > 200 ? `${text.slice(0, 200)} …` : text
}
