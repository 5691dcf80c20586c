import type { Session } from './server.ts'

/**
 * Values and expressions print the same whatever the server, the database or the role sets. `row_security = off` makes a query fail where
 * a policy would hide rows from it; a lock that a forgotten connection holds ends it after a minute instead of never.
 */
const fixed = `
  SET LOCAL search_path = '';
  SET LOCAL TimeZone = 'UTC';
  SET LOCAL DateStyle = 'ISO, YMD';
  SET LOCAL IntervalStyle = 'iso_8601';
  SET LOCAL extra_float_digits = 3;
  SET LOCAL bytea_output = 'hex';
  SET LOCAL xmlbinary = 'base64';
  SET LOCAL lc_monetary = 'C';
  SET LOCAL quote_all_identifiers = off;
  SET LOCAL row_security = off;
  SET LOCAL jit = off;`

/** Milliseconds; 0 for none. */
export interface Patience {
  readonly statementTimeoutMs: number
  readonly lockTimeoutMs: number
}

const ownServer: Patience = { statementTimeoutMs: 0, lockTimeoutMs: 60_000 }

/**
 * Runs `work` in a read-only transaction that sees one moment, with fixed settings; afterwards the session has its own settings again.
 * The session must not be in a transaction.
 */
export async function readFixed<Answer>(
  session: Session,
  work: () => Promise<Answer>,
  { statementTimeoutMs, lockTimeoutMs }: Patience = ownServer,
): Promise<Answer> {
  const limits = `SET LOCAL statement_timeout = ${statementTimeoutMs}; SET LOCAL lock_timeout = ${lockTimeoutMs};`
  await session.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${fixed} ${limits}`)
  try {
    return await work()
  } finally {
    await session.query('ROLLBACK')
  }
}
