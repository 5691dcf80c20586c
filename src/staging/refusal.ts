import type { ServerError } from '../postgres/server.ts'

/** The database cannot be asked: one sentence, without URL, host, user and password. Nothing was decided: exit code 3. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
}

/** What the SQLSTATEs of a refused connection mean to the one who gave the URL. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const sentences: { readonly [sqlstate: string]: string } = {
  '28P01': 'The server refuses the user or the password.',
  '28000':
    'The server lets this user in from here under no circumstances: see its pg_hba.conf, and whether it wants TLS.',
  '3D000': 'There is no database of that name on the server.',
  '42501':
    'The user lacks a privilege: it needs CONNECT on the database, USAGE on the schemas and SELECT on the tables.',
  '53300': 'The server has no connection left.',
  '57P01': 'An administrator ended the connection.',
  '57P03': 'The server is starting or stopping, and takes no connections.',
  '25006': 'The server is read-only.',
  '57014': 'The time limit was reached before the server answered.',
  '55P03': 'A lock was not granted within lock_timeout.',
}

/**
 * An error of the server or of the way to it, as a sentence for the one who gave the URL. Names neither host nor user.
 * @param what was asked: `The version table`
 */
export function refusal(error: ServerError, what?: string): Unavailable {
  return new Unavailable(what === undefined ? said(error) : `${what} could not be read. ${said(error)}`)
}

function said({ sqlstate, message }: ServerError): string {
  const pooler = poolerSaid(message)
  if (pooler) return pooler
  const known = sqlstate === undefined ? undefined : sentences[sqlstate]
  if (known) return `${known} (${sqlstate})`
  if (sqlstate !== undefined) return `The server refuses the connection (${sqlstate}).`
  if (/ECONNREFUSED/.test(message)) return 'No server listens at that host and port (ECONNREFUSED).'
  if (/ENOTFOUND|EAI_AGAIN/.test(message)) return 'The name of the host is not known (ENOTFOUND).'
  if (/timeout|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/.test(message))
    return 'The server cannot be reached: nothing answers at that host and port. Is it inside a network that this machine is not in?'
  if (/does not support SSL/.test(message)) return 'The URL asks for TLS, and the server has none.'
  if (/certificate|self.signed/i.test(message)) return 'The certificate of the server cannot be verified.'
  if (/password must be a (?:non-empty )?string/.test(message))
    return 'The server asks for a password, and the URL has none.'
  return 'The connection failed.'
}

/** https://www.pgbouncer.org/config.html: what a pooler in front of the server says in its place. */
function poolerSaid(message: string): string | undefined {
  if (/unsupported startup parameter/.test(message))
    return 'A pooler such as PgBouncer stands in between and refuses settings at the start of a connection (unset PGOPTIONS), or give the URL of the server itself.'
  if (/no such (?:database|user)|server login has been failing|pgbouncer cannot connect to server/.test(message))
    return 'A pooler such as PgBouncer stands in between, and cannot connect to the server for this user and database.'
  if (/query_wait_timeout|no more connections allowed|too many clients/.test(message))
    return 'A pooler such as PgBouncer stands in between, and has no connection left.'
  return undefined
}
