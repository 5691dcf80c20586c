import type { SyntaxNode } from '@lezer/common'
import { type Run, unreadable } from './run.ts'
import { rows, send, sendRaw } from './send.ts'
import { excerpt } from './source.ts'
import { type Arguments, none, unknown, type Value } from './values.ts'

/** A call of a method of a connection, session, migration context, dialect or inspector. */
export function callLive(
  of: Extract<Value, { kind: 'live' }>,
  name: string,
  given: Arguments,
  node: SyntaxNode,
  run: Run,
): Value {
  const [first, second] = given.positional
  const parameters = given.named.get('parameters') ?? given.named.get('params') ?? second
  if (of.what === 'inspector')
    return unknown(`what the database holds (\`${excerpt(run.source, node)}\`) is known only when the migration runs`)
  switch (name) {
    case 'execute':
    case 'scalar':
    case 'scalars': {
      const statement = first ?? given.named.get('statement') ?? given.named.get('sqltext') ?? none
      return send(run, statement, parameters, node)
    }
    case 'exec_driver_sql':
      if (parameters) unreadable(run, 'parameters given to the driver are not read', node)
      else sendRaw(run, first, node)
      return rows
    case 'begin_nested':
      return { kind: 'live', what: 'savepoint' }
    case 'autocommit_block':
      return { kind: 'live', what: 'autocommit block' }
    case 'begin':
    case 'connect':
    case 'begin_transaction':
    case 'get_bind':
      return { kind: 'live', what: 'connection' }
    case 'type_descriptor':
      return of.what === 'dialect' && first ? first : unknown('a type is known only when the migration runs')
    case 'close':
    case 'flush':
    case 'expunge_all':
    case 'expire_all':
    case 'in_transaction':
    case 'get_isolation_level':
      return none
    case 'commit':
    case 'rollback':
      // A session on Alembic's connection leaves the transaction to it.
      if (of.what === 'session') return none
      break
    case 'execution_options':
      if (!given.named.has('isolation_level') && !given.named.has('**')) return of
      break
  }
  const reason = `\`.${name}()\` of a ${of.what} is not read`
  unreadable(run, reason, node)
  return unknown(reason, true)
}
