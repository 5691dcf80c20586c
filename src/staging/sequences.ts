import type { ParsedMigration, Statement } from '../model/migration.ts'
import type { Tried } from '../model/tried.ts'
import { ServerError, type Session } from '../postgres/server.ts'
import { namesIn } from './touched.ts'

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
 * Keeps the sequences of the tables that these upgrades name from moving. ALTER SEQUENCE is taken back with its transaction: it gives the
 * sequence a new file, to which nextval and setval then write (since PostgreSQL 10, https://www.postgresql.org/docs/10/release-10.html;
 * `test/staging/apply.test.ts`). Others that draw from it wait until the transaction ends, as they do for a table that is altered.
 * @returns whether all are kept: one that this role does not own stays as it is, and is told where it moves
 */
export async function shelter(session: Session, migrations: readonly ParsedMigration[]): Promise<boolean> {
  let isWhole = true
  for (const { name, increment } of await sequencesOf(session, migrations)) {
    await session.query('SAVEPOINT migration_gate_sequence')
    try {
      await session.query(`ALTER SEQUENCE ${name} INCREMENT BY ${increment}`)
    } catch (error) {
      // Not its owner.
      if (!(error instanceof ServerError) || error.sqlstate !== '42501') throw error
      await session.query('ROLLBACK TO SAVEPOINT migration_gate_sequence')
      isWhole = false
    }
    await session.query('RELEASE SAVEPOINT migration_gate_sequence')
  }
  return isWhole
}

/**
 * Why a statement that sets a sequence is not run: of one that is not sheltered, the value would stay. Undefined for one that may run. What
 * `nextval` takes is only a gap, and is told.
 */
export function whyItSets({ sql, operations }: Statement, isSheltered: boolean): string | undefined {
  const sets = operations.filter((op) => op.kind === 'set-sequence' && op.inside !== 'function')
  const isKnown = sets.every((op) => op.kind === 'set-sequence' && (op.sequence !== undefined || op.of !== undefined))
  if (!/\bsetval\b/i.test(sql) || (isSheltered && isKnown && sets.length > 0)) return undefined
  return 'It sets a sequence, which no rollback takes back.'
}

/** Anything else makes to_regclass fail. */
const isName = /^(?:"[^"]+"|[\p{L}_][\p{L}\d_$]*)(?:\.(?:"[^"]+"|[\p{L}_][\p{L}\d_$]*))?$/u

/** Those of the columns of every table that is named, those that a default or an expression names, and what stands there as a text. */
async function sequencesOf(
  session: Session,
  migrations: readonly ParsedMigration[],
): Promise<readonly { readonly name: string; readonly increment: string }[]> {
  const texts = migrations.flatMap(({ up }) =>
    up.statements.flatMap(({ sql }) => [...sql.matchAll(/'([^']+)'/g)].flatMap(([, text]) => text ?? [])),
  )
  const { rows } = await session.query<{ name: string; increment: string }>(
    `WITH named AS (
       SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname || '.' || c.relname = ANY ($1::text[])
       UNION SELECT pg_catalog.to_regclass(text)::oid FROM pg_catalog.unnest($2::text[]) text
     ), drawn AS (
       SELECT d.objid AS oid FROM pg_catalog.pg_depend d JOIN named ON named.oid = d.refobjid
       WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
       UNION SELECT d.refobjid FROM pg_catalog.pg_attrdef a JOIN named ON named.oid = a.adrelid
         JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.objid = a.oid
       UNION SELECT oid FROM named
     )
     SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, s.seqincrement::text AS increment
     FROM drawn JOIN pg_catalog.pg_sequence s ON s.seqrelid = drawn.oid JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
       JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relpersistence <> 't' ORDER BY 1`,
    [namesIn(migrations), [...new Set(texts)].filter((text) => isName.test(text))],
  )
  return rows
}
