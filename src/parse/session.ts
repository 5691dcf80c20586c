import type { Name, Operation } from '../model/operation.ts'
import { functionName, readsAndCalls, stringOf } from './expressions.ts'
import { constantOf } from './options.ts'
import type { FuncCall, Node, SelectStmt, TransactionStmt, VariableSetStmt } from './pg-query.ts'
import { insideWith } from './rows.ts'
import type { Source } from './source.ts'
import { selectInto } from './tables.ts'

const actions: { readonly [kind: string]: TransactionAction | undefined } = {
  TRANS_STMT_BEGIN: 'begin',
  TRANS_STMT_START: 'begin',
  TRANS_STMT_COMMIT: 'commit',
  TRANS_STMT_ROLLBACK: 'rollback',
  TRANS_STMT_SAVEPOINT: 'savepoint',
  TRANS_STMT_RELEASE: 'release',
  TRANS_STMT_ROLLBACK_TO: 'rollback-to',
  TRANS_STMT_PREPARE: 'prepare',
}

type TransactionAction = Extract<Operation, { kind: 'transaction-control' }>['action']

export function transaction({ kind, savepoint_name: savepoint }: TransactionStmt, { at }: Source): Operation {
  const action = actions[kind ?? '']
  if (!action) return { kind: 'other', at, statement: 'TransactionStmt' }
  return { kind: 'transaction-control', at, action, ...(savepoint === undefined ? {} : { savepoint }) }
}

export function setVariable(statement: VariableSetStmt, { at, names }: Source): Operation {
  const { name = '', kind, args = [], is_local: isLocal = false } = statement
  // SET TRANSACTION and SET SESSION CHARACTERISTICS are no settings of one name.
  if (kind === 'VAR_SET_MULTI') return { kind: 'other', at, statement: 'VariableSetStmt' }
  if (name === 'search_path') {
    const schemas = args.map((node) => ('A_Const' in node ? node.A_Const.sval?.sval : undefined))
    const first = schemas.find((schema) => schema !== undefined && schema !== '' && schema !== '$user')
    names.searchPath(kind === 'VAR_SET_VALUE' ? first : undefined)
  }
  const values = args.flatMap((node) => constantOf(node) ?? [])
  return {
    kind: 'set',
    at,
    setting: kind === 'VAR_RESET_ALL' ? 'all' : name,
    value: kind === 'VAR_SET_VALUE' ? values.join(', ') : undefined,
    scope: isLocal ? 'local' : 'session',
  }
}

/** What is asked, with what asking it sets: `set_config` and `setval` with constants. */
export function select(statement: SelectStmt, source: Source): Operation[] {
  const { at } = source
  const within = insideWith(statement.withClause, source)
  const query = readsAndCalls([statement], source)
  const into = statement.intoClause?.rel
  if (into) return [...within, selectInto(into, { SelectStmt: statement }, source)]
  return [
    ...within,
    { kind: 'query', at, statement: 'select', ...query },
    ...(query.calls.some((call) => call === 'set_config' || call === 'setval') ? effects(statement, source) : []),
  ]
}

export function call(funccall: FuncCall | undefined, source: Source): Operation {
  const { reads, calls } = readsAndCalls(funccall?.args ?? [], source)
  return {
    kind: 'query',
    at: source.at,
    statement: 'call',
    reads,
    calls: [...(funccall ? [functionName(funccall)] : []), ...calls],
  }
}

function effects(statement: SelectStmt, { at, names }: Source): Operation[] {
  return (statement.targetList ?? []).flatMap((target): Operation[] => {
    const value = 'ResTarget' in target ? target.ResTarget.val : undefined
    if (!value || !('FuncCall' in value)) return []
    const [first, second, third] = value.FuncCall.args ?? []
    switch (functionName(value.FuncCall)) {
      case 'set_config': {
        const setting = stringOf(first)
        if (setting === undefined) return []
        const text = stringOf(second)
        if (setting.toLowerCase() === 'search_path') {
          names.searchPath(
            text
              ?.split(',')
              .map((schema) => schema.trim().replace(/^"(.*)"$/, '$1'))
              .find((schema) => schema !== '' && schema !== '$user'),
          )
        }
        const scope = third && constantOf(third) === 'true' ? 'local' : 'session'
        return [{ kind: 'set', at, setting: setting.toLowerCase(), value: text, scope }]
      }
      case 'setval': {
        const name = stringOf(first)
        const sequence = name === undefined ? undefined : names.qualify(name.split('.'))
        return [{ kind: 'set-sequence', at, sequence, of: serialColumn(first) }]
      }
      default:
        return []
    }
  })

  /** The column of `pg_get_serial_sequence('users', 'id')`. */
  function serialColumn(node: Node | undefined): { table: Name; column: string } | undefined {
    if (!node || !('FuncCall' in node) || functionName(node.FuncCall) !== 'pg_get_serial_sequence') return undefined
    const [table, column] = (node.FuncCall.args ?? []).map(stringOf)
    if (table === undefined || column === undefined) return undefined
    return { table: names.qualify(table.split('.')), column }
  }
}
