import type { Tried } from '../model/tried.ts'
import { ServerError, type Session } from '../postgres/server.ts'

/** The last number of each sequence, by its name; undefined: never drawn from, or not to be read by this role. */
export type SequenceValues = ReadonlyMap<string, string | undefined>

export async function sequenceValues(session: Session): Promise<SequenceValues> {
  const { rows } = await session.query<{ name: string; value: string | null }>(
    `SELECT pg_catalog.format('%I.%I', schemaname, sequencename) AS name, last_value::text AS value FROM pg_catalog.pg_sequences ORDER BY 1`,
  )
  return new Map(rows.map(({ name, value }) => [name, value ?? undefined]))
}

export function difference(before: SequenceValues, after: SequenceValues): Tried['movedSequences'] {
  return [...before].flatMap(([sequence, value]) =>
    after.has(sequence) && after.get(sequence) !== value
      ? [{ sequence, before: value, after: after.get(sequence) }]
      : [],
  )
}

/**
 * Keeps sequences from moving in the transaction of `session`. ALTER SEQUENCE is taken back with its transaction: it gives the sequence a new
 * file, to which nextval and setval then write (since PostgreSQL 10, https://www.postgresql.org/docs/10/release-10.html;
 * `test/staging/escapes.test.ts`). Others that draw from it wait until the transaction ends, as they do for a table that is altered.
 *
 * @param names as SQL writes them, or all of the database
 * @param kept those that are kept already; grows
 * @returns why one that this role may draw from cannot be kept; undefined where all are
 */
export async function keepStill(
  session: Session,
  names: readonly string[] | 'all',
  kept: Set<string>,
): Promise<string | undefined> {
  const wanted = names === 'all' ? null : names.filter((name) => !kept.has(name))
  if (wanted?.length === 0) return undefined
  const { rows } = await session.query<{ name: string; increment: string; isOurs: boolean; isOpen: boolean }>(drawn, [
    wanted,
  ])
  for (const { name, increment, isOurs, isOpen } of rows) {
    if (kept.has(name) || !(isOurs || isOpen)) continue
    if (!isOurs)
      return `It may draw from ${name}, which no rollback takes back, and which only its owner can keep from moving.`
    if (!(await altered(session, name, increment)))
      return `It may draw from ${name}, which no rollback takes back: somebody holds it in an open transaction, and did not let go within lock_timeout.`
    kept.add(name)
  }
  return undefined
}

/** False: a lock was not granted in time. */
async function altered(session: Session, name: string, increment: string): Promise<boolean> {
  await session.query('SAVEPOINT migration_gate_sequence')
  try {
    await session.query(`ALTER SEQUENCE ${name} INCREMENT BY ${increment}`)
    await session.query('RELEASE SAVEPOINT migration_gate_sequence')
    return true
  } catch (error) {
    if (!(error instanceof ServerError) || error.sqlstate !== '55P03') throw error
    await session.query('ROLLBACK TO SAVEPOINT migration_gate_sequence')
    return false
  }
}

const drawn = `
  SELECT f.name, s.seqincrement::text AS increment, pg_catalog.pg_has_role(c.relowner, 'USAGE') AS "isOurs",
    pg_catalog.has_sequence_privilege(c.oid, 'USAGE') OR pg_catalog.has_sequence_privilege(c.oid, 'UPDATE') AS "isOpen"
  FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace,
    LATERAL pg_catalog.format('%I.%I', n.nspname, c.relname) AS f (name)
  WHERE c.relpersistence <> 't' AND ($1::text[] IS NULL OR f.name = ANY ($1::text[])) ORDER BY 1`
