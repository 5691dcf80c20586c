import type { ServerError } from '../postgres/server.ts'

/** The database cannot be asked: one sentence, without URL, host, user and password. Nothing was decided: exit code 3. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
}

/** What the SQLSTATEs of a refused connection mean to the one who gave the URL. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const sentences: { readonly [sqlstate: string]: string } = {
  '28P01': 'The server refuses the user or the password.',
  '28000':
    'The server does not let this user in from here: see its pg_hba.conf, whether the role may log in, and whether it wants TLS (sslmode=require in the URL).',
  '3D000': 'There is no database of that name on the server.',
  '42501':
    'The user lacks a privilege: it needs CONNECT on the database, USAGE on the schemas and SELECT on the tables, and BYPASSRLS where policies hide rows from it.',
  '53300':
    'The server, the database or the role has no connection left: try again later, or raise max_connections or the limit of the database or the role.',
  '57P01': 'An administrator ended the connection.',
  '57P02': 'The server went down.',
  '57P03': 'The server is starting or stopping, and takes no connections: try again later.',
  '57P04': 'The database was dropped.',
  '57P05': 'The server ended the connection, which was idle for longer than idle_session_timeout.',
  '25P03': 'The server ended the connection, which was idle for longer than idle_in_transaction_session_timeout.',
  '25P04': 'The server ended the connection, whose transaction took longer than transaction_timeout.',
  '25006': 'The server is read-only.',
  '57014': 'The time limit was reached before the server answered.',
  '55P03': 'A lock was not granted within lock_timeout.',
  '40001':
    'The server is a replica, and what it replays came in the way of the question: try again, or ask the primary.',
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
  const particular = byMessage.find(({ words }) => words.test(message))?.sentence
  const known = sqlstate === undefined ? undefined : (particular ?? sentences[sqlstate])
  if (known) return `${known} (${sqlstate})`
  if (sqlstate !== undefined) return `The server refuses what was asked (${sqlstate}).`
  return onTheWay.find(({ words }) => words.test(message))?.sentence ?? 'The connection failed.'
}

/** The same SQLSTATE for several things: told apart where the server speaks English. */
const byMessage: readonly { readonly words: RegExp; readonly sentence: string }[] = [
  {
    words: /pg_hba\.conf.*(?:no encryption|SSL off)/,
    sentence:
      'The server lets nobody in from here without TLS, or not this user: try sslmode=require in the URL, and see its pg_hba.conf.',
  },
  { words: /is not permitted to log in/, sentence: 'The role may not log in: give it LOGIN.' },
  {
    words: /not currently accepting connections/,
    sentence: 'The database takes no connections (ALLOW_CONNECTIONS false).',
  },
]

/** By what the client and its system say. */
const onTheWay: readonly { readonly words: RegExp; readonly sentence: string }[] = [
  { words: /ECONNREFUSED/, sentence: 'No server listens at that host and port (ECONNREFUSED).' },
  { words: /ENOENT/, sentence: 'There is no socket of a server in that folder and for that port (ENOENT).' },
  { words: /ENOTFOUND|EAI_AGAIN/, sentence: 'The name of the host is not known (ENOTFOUND).' },
  {
    words: /timeout|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/,
    sentence:
      'The server cannot be reached: nothing answers at that host and port. Is it inside a network that this machine is not in?',
  },
  {
    words: /does not support SSL/,
    sentence: 'The URL asks for TLS, and the server has none: with sslmode=disable in the URL it is asked without.',
  },
  {
    words: /CERT|SIGNATURE|self.signed/i,
    sentence:
      'The certificate of the server cannot be verified: give the one that signed it with sslrootcert in the URL, and the host by the name in the certificate.',
  },
  {
    words: /EPROTO|ERR_SSL|establishing an SSL/,
    sentence: 'TLS with the server failed: is it PostgreSQL that listens there?',
  },
  {
    words: /password must be a (?:non-empty )?string|No password/i,
    sentence: 'The server asks for a password, and the URL has none.',
  },
  {
    words: /terminated|ECONNRESET|EPIPE/,
    sentence: 'The connection was closed from the other side: by the server, or by something on the way to it.',
  },
  {
    words: /received|unexpected|invalid|unknown.*(?:response|message)/i,
    sentence: 'What answers there does not speak as PostgreSQL does: are host and port right?',
  },
]

/** https://www.pgbouncer.org/config.html: what a pooler in front of the server says in its place. */
function poolerSaid(message: string): string | undefined {
  const said = pooler.find(({ words }) => words.test(message))?.said
  return said && `A pooler such as PgBouncer stands in between, ${said}`
}

const pooler: readonly { readonly words: RegExp; readonly said: string }[] = [
  {
    words: /unsupported startup parameter/,
    said: 'and refuses settings at the start of a connection: give the URL of the server itself.',
  },
  {
    words: /transaction blocks not allowed/,
    said: 'in statement mode, which knows no transactions: give the URL of the server itself, or of a pool in session or transaction mode.',
  },
  { words: /^SASL authentication failed$/, said: 'and refuses the user or the password.' },
  {
    words: /no such (?:database|user)|server login has been failing|pgbouncer cannot connect to server/,
    said: 'and cannot connect to the server for this user and database: see its [databases] and auth_file.',
  },
  {
    words: /query_wait_timeout|no more connections allowed|too many clients/,
    said: 'and has no connection left, or none to the server: try again later, or give the URL of the server itself.',
  },
  {
    words: /server conn crashed|server closed the connection|client_idle_timeout|idle_transaction_timeout|pgbouncer/,
    said: 'and closed the connection.',
  },
]
