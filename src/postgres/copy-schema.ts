import type { Difference } from '../model/round-trip.ts'
import type { Schema } from '../model/schema.ts'
import { compareSchemas } from './drift/schemas.ts'
import { keyOf, type Making } from './print/catalog.ts'
import { print } from './print/print.ts'
import { ServerError, type Session } from './server.ts'
import { snapshot } from './snapshot.ts'

export interface Copied {
  /** What made the copy, in an order in which each succeeds. */
  readonly sql: readonly string[]
  /** What is other than in the original, or not there: the copy was read again and compared. */
  readonly differences: readonly Difference[]
  /** What PostgreSQL said, by `kind identity`, where it refused a statement. */
  readonly refused: ReadonlyMap<string, string>
}

/** Names are printed with their schemas; the body of a function may name what is not there yet. */
const prelude = `SET search_path = ''; SET check_function_bodies = off; SET client_min_messages = error`

/**
 * Makes a schema anew in an empty database of one's own, and looks whether it is the same. The roles that it names must be there.
 *
 * An object may need one that is made after it, so that what fails is tried again as long as anything succeeds.
 * @param session of a superuser, for owners and privileges. Rejects with ServerError where the connection is lost
 */
export async function copySchema(session: Session, original: Schema): Promise<Copied> {
  const { statements, last } = print(original)
  const done: string[] = []
  const refused = new Map<string, string>()
  await session.query(prelude)
  if (!original.some(({ kind, identity }) => kind === 'schema' && identity === 'public')) {
    await session.query('DROP SCHEMA public')
    done.push('DROP SCHEMA public')
  }
  for (const all of [statements, last])
    for (const { making, why } of await runAll(session, all, done)) refused.set(keyOf(making.of), why)
  await session.query('RESET ALL')
  const found = await snapshot(session, { exclude: [] })
  return { sql: [prelude, ...done, 'RESET ALL'], differences: differences(original, found), refused }
}

interface Refused {
  readonly making: Making
  readonly why: string
}

async function runAll(session: Session, all: readonly Making[], done: string[]): Promise<readonly Refused[]> {
  let left: readonly Refused[] = all.map((making) => ({ making, why: '' }))
  for (let before = left.length + 1; left.length > 0 && left.length < before; ) {
    before = left.length
    const again: Refused[] = []
    for (const { making } of left) {
      const made = await make(session, making)
      if (made.why === undefined) done.push(made.sql)
      else again.push({ making, why: made.why })
    }
    left = again
  }
  return left
}

async function make(
  session: Session,
  { sql, orElse }: Making,
): Promise<{ readonly sql: string; readonly why: string | undefined }> {
  const why = await refusalOf(session, sql)
  if (why === undefined || orElse === undefined) return { sql, why }
  return { sql: orElse, why: await refusalOf(session, orElse) }
}

async function refusalOf(session: Session, sql: string): Promise<string | undefined> {
  try {
    await session.query(sql)
    return undefined
  } catch (error) {
    if (!(error instanceof ServerError) || error.sqlstate === undefined) throw error
    return `${error.message} (${error.sqlstate})`
  }
}

/**
 * Left out: where files lie; the order of columns that a table has from others, which no statement can give back; and what PostgreSQL prints
 * otherwise once it has read what it printed itself, such as the cast of a list.
 */
function differences(original: Schema, found: Schema): Difference[] {
  return compareSchemas(original, found, 'down')
    .filter((each) => each.class === 'contract')
    .filter(({ change, expected, found: other }) => change !== 'changed' || !areOnly(immaterial, expected, other))
    .map(({ after: _, ...difference }) => difference)
}

const immaterial = new Set(['tablespace', 'definition', 'default', 'using', 'check', 'partition', 'partitionBy'])

function areOnly(names: ReadonlySet<string>, ...sides: readonly (object | null)[]): boolean {
  return sides.every((side) => side !== null && Object.keys(side).every((key) => names.has(key)))
}
