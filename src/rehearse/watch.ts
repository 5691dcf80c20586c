import type { ParsedMigration, ParsedScript } from '../model/migration.ts'
import type { NotChecked } from '../model/result.ts'
import { type Database, ServerError } from '../postgres/server.ts'
import { openTap, type Sight, type Tap } from '../tap/tap.ts'
import type { Limits } from './limit.ts'
import type { WatchedStep } from './round-trip.ts'
import type { Runner } from './runner.ts'
import { watched } from './watched.ts'

/**
 * Runs one script of a migration with a tap between the tool and the database. What the tap could not see is told in `notChecked`; the
 * script runs all the same.
 */
export async function watch(
  work: { runner: Runner; database: Database; limits: Limits; notChecked: NotChecked[] },
  step: { migration: ParsedMigration; script: ParsedScript },
): Promise<WatchedStep> {
  const { runner, database, limits, notChecked } = work
  const { migration, script } = step
  const { direction } = script
  const missed = (why: string) =>
    notChecked.push({
      what: `What the ${direction === 'up' ? 'upgrade' : 'downgrade'} of ${migration.name} locks`,
      why,
      at: script.at,
    })
  await using tap = await open(database, missed)
  const result = await runner[direction](database, migration, limits, tap)
  if (!tap) return { ...result, watched: undefined }
  const sight: Sight = await tap.finish()
  // The time limit ends all connections to the database, the one that asks for locks too.
  if (!result.error?.timedOut) for (const why of sight.trouble) missed(why)
  const { bookkeeping, sendsFiles = false } = runner
  const isWhole = sendsFiles && script.unreadable.length === 0
  return { ...result, watched: watched({ sight, script, direction, attempt: 1, bookkeeping, isWhole }) }
}

async function open(database: Database, missed: (why: string) => void): Promise<Tap | undefined> {
  try {
    return await openTap(database)
  } catch (error) {
    if (!(error instanceof ServerError)) throw error
    missed(`The connection that asks for locks was not opened: ${error.message}.`)
    return undefined
  }
}
