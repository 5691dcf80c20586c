import type { Statement } from '../model/migration.ts'
import type { Operation } from '../model/operation.ts'
import type { Code, Part, Reached } from './reach.ts'

/**
 * Why a statement is not run on staging, not even in a transaction that is rolled back; undefined: nothing speaks against it. What no rollback
 * takes back is looked for in the text as well, because code in strings is not read; also in the functions that it calls, and in the
 * triggers of its tables.
 */
export function whyLeftOut({ operations }: Statement, { parts, opaque }: Reached, { power }: Code): string | undefined {
  for (const operation of operations) {
    const why = operation.inside === 'function' ? undefined : whyNot(operation)
    if (why) return why
  }
  const isOnRows = operations.some(({ kind }) => onRows.has(kind))
  for (const part of parts) {
    if (part.isForeign && !isOnRows) continue
    const why = whyOutside(part)
    if (why) return why
  }
  if (opaque === undefined || power === undefined) return undefined
  const what = opaque === 'the statement' ? 'It puts' : `It may call ${opaque}, which puts`
  return `${what} SQL together while it runs, and ${power}: what that does outside of a transaction, no rollback takes back. Use the role of the migrations.`
}

/** Statements that look at rows or change them, or may. */
const onRows = new Set([
  'insert',
  'update',
  'delete',
  'truncate',
  'copy',
  'query',
  'do-block',
  'create-table',
  'refresh-materialized-view',
  'other',
])

/** Why what a statement sets going reaches beyond its transaction. Undefined: nothing says so. */
export function whyOutside({ name, text, language, isTrusted, isForeign }: Part): string | undefined {
  const said = outside.find(({ words }) => words.test(text))
  const way = name === 'the statement' ? '' : ` (in ${name})`
  if (said) return `${said.why}${way}, which no rollback takes back.`
  if (isForeign)
    return `It may reach ${name}, whose rows are elsewhere, and what that moves there no rollback takes back.`
  if (language !== undefined && (!isTrusted || language === 'c'))
    return `It may call ${name}, whose code in ${language} can do on the server whatever PostgreSQL’s own user can.`
  return undefined
}

/** The server’s word for what it refuses in a transaction, or in the part of one: CALL of a procedure that commits, CREATE DATABASE in code. */
export function isRefusedInTransaction(sqlstate: string | undefined): boolean {
  return sqlstate === '25001' || sqlstate === '2D000'
}

/** BEGIN or COMMIT of the script itself. */
export function isWrapper({ operations }: Statement): boolean {
  return operations.some((op) => op.kind === 'transaction-control' && (op.action === 'begin' || op.action === 'commit'))
}

function whyNot(op: Operation): string | undefined {
  switch (op.kind) {
    case 'create-index':
    case 'drop-index':
    case 'detach-partition':
      return op.concurrently ? alone('CONCURRENTLY') : undefined
    case 'reindex':
      return op.concurrently || ['schema', 'database', 'system'].includes(op.scope)
        ? alone(op.concurrently ? 'CONCURRENTLY' : `REINDEX ${op.scope.toUpperCase()}`)
        : undefined
    case 'vacuum':
      return alone('VACUUM')
    case 'cluster':
      return op.table === undefined ? alone('CLUSTER of all tables') : undefined
    case 'transaction-control':
      return ['savepoint', 'release', 'rollback-to'].includes(op.action)
        ? undefined
        : 'The script opens or ends a transaction, and there is one around all of it already.'
    case 'set-for-later':
      return op.on === 'system' ? alone('ALTER SYSTEM') : undefined
    case 'set':
      return guarded.test(op.setting)
        ? `${op.setting} is set by the dry run, and a script may not loosen it.`
        : undefined
    case 'copy':
      if (op.place === 'client') return 'Its rows come from the client that the tool brings.'
      return 'It reaches files or programs of the server.'
    case 'create-function':
    case 'do-block':
      return untrusted.test(op.language) && op.kind === 'do-block'
        ? `Code in ${op.language} can do on the server whatever PostgreSQL’s own user can.`
        : undefined
    case 'other':
      return ofTheServer[op.statement]
    case 'unparsed':
      return 'It could not be read, so nobody knows what it would do.'
    case 'hidden-sql':
      return op.why === 'language' ? 'What its code does is not known.' : undefined
    default:
      return undefined
  }
}

function alone(what: string): string {
  return `PostgreSQL refuses ${what} in a transaction.`
}

/** What holds the dry run within its limits, and who it is. */
const guarded =
  /^(?:lock_timeout|statement_timeout|transaction_timeout|idle_in_transaction_session_timeout|transaction_read_only|default_transaction_read_only|role|session_authorization|session_replication_role|client_connection_check_interval|all|migration_gate\..*)$/i

const ofTheServer: { readonly [statement: string]: string | undefined } = {
  CheckPointStmt: 'It acts on the server as a whole, which no rollback takes back.',
  LoadStmt: 'It loads code of the server into the session, which no rollback takes back.',
}

const untrusted = /^(?:c|internal|pl.*u|plpython[23]?)$/i

/** https://www.postgresql.org/docs/current/functions-admin.html */
const outside: readonly { readonly words: RegExp; readonly why: string }[] = [
  {
    words:
      /\b(?:dblink\w*|postgres_fdw_disconnect\w*|http(?:_(?:get|post|put|patch|delete|head))?|(?:aws_s3|aws_lambda)\.\w+)\s*\(/i,
    why: 'It reaches other servers over a connection of its own',
  },
  {
    words: /\bpg_(?:create|drop|copy|replication)\w*(?:slot|origin)\w*\s*\(/i,
    why: 'It makes or drops a replication slot',
  },
  { words: /\blo_(?:import|export)\s*\(/i, why: 'It reaches files of the server' },
  {
    words: /\bCOPY\b[^;]*?\b(?:FROM|TO)\s+(?:PROGRAM\b|E?'|\$)/i,
    why: 'It reaches files or programs of the server',
  },
  { words: /\bpg_(?:terminate|cancel)_backend\s*\(/i, why: 'It ends the work of others' },
  {
    words:
      /\bpg_(?:reload_conf|rotate_logfile|switch_wal|create_restore_point|promote|backup_start|backup_stop|start_backup|stop_backup|wal_replay_\w+|stat_(?:\w+_)?reset\w*|file_\w+|read_(?:binary_)?file|logical_emit_message)\s*\(/i,
    why: 'It acts on the server as a whole',
  },
  { words: /\b(?:CREATE|ALTER|DROP)\s+SUBSCRIPTION\b/i, why: 'It reaches another server' },
  { words: /\b(?:CREATE|DROP|ALTER)\s+(?:DATABASE|TABLESPACE)\b/i, why: 'It acts on the server as a whole' },
  { words: /\b(?:COMMIT|ROLLBACK|PREPARE)\s+(?:PREPARED|TRANSACTION)\b/i, why: 'It ends a transaction' },
  {
    words:
      /\bDISCARD\b|\bSET\s+(?:SESSION\s+)?(?:ROLE|AUTHORIZATION)\b|\bRESET\s+(?:ROLE|SESSION\b|ALL\b)|\bSET\s+SESSION\s+CHARACTERISTICS\b/i,
    why: 'It makes another role or another session of this one',
  },
]
