import type { CreateFunction } from '../model/definition-operation.ts'
import type { Operation } from '../model/operation.ts'
import { codeOperations } from './bodies.ts'
import { functionSettings } from './changes.ts'
import { literalFrom } from './literals.ts'
import { constantOf, definitions, option } from './options.ts'
import type { CreateFunctionStmt, CreateTrigStmt, DoStmt, FunctionParameter, Node } from './pg-query.ts'
import type { Source } from './source.ts'
import { text, texts } from './types.ts'

const modes: { readonly [mode: string]: CreateFunction['arguments'][number]['mode'] | undefined } = {
  FUNC_PARAM_OUT: 'out',
  FUNC_PARAM_INOUT: 'inout',
  FUNC_PARAM_VARIADIC: 'variadic',
  FUNC_PARAM_TABLE: 'table',
}

export function createFunction(statement: CreateFunctionStmt, source: Source): CreateFunction {
  const { at, names } = source
  const { funcname, parameters, returnType, options, is_procedure: isProcedure, replace = false } = statement
  const { securityDefiner = false, settings } = functionSettings(options)
  const volatility = constantOf(option(options, 'volatility')?.arg)
  const parts = option(options, 'as')?.arg
  const [body] = parts && 'List' in parts ? texts(parts.List.items) : []
  const language = constantOf(option(options, 'language')?.arg)?.toLowerCase() ?? 'sql'
  return {
    kind: 'create-function',
    at,
    function: names.qualify(texts(funcname)),
    object: isProcedure ? 'procedure' : 'function',
    arguments: (parameters ?? []).flatMap((node) =>
      'FunctionParameter' in node ? argument(node.FunctionParameter, source) : [],
    ),
    returns: returnType && `${returnType.setof ? 'SETOF ' : ''}${names.type(returnType)}`,
    language,
    replace,
    securityDefiner,
    volatility: volatility === 'immutable' || volatility === 'stable' ? volatility : 'volatile',
    settings,
    text: body,
    body: statement.sql_body
      ? atomicBody(statement.sql_body, source)
      : bodyOf(language, body, option(options, 'as')?.location, source),
  }
}

function argument(
  { name, mode, argType, defexpr }: FunctionParameter,
  { names }: Source,
): CreateFunction['arguments'][number] {
  return {
    name,
    mode: modes[mode ?? ''] ?? 'in',
    type: names.type(argType),
    userType: names.userType(argType),
    hasDefault: defexpr !== undefined,
  }
}

/** `RETURN expression` or `BEGIN ATOMIC … END`. */
function atomicBody(body: Node, source: Source): Operation[] {
  const within = { ...source, names: source.names.copy() }
  return nodesOf(body).flatMap((node) => source.operations(node, within).map((op) => ({ ...op, inside: 'function' })))
}

function nodesOf(body: Node): Node[] {
  return 'List' in body ? (body.List.items ?? []).flatMap(nodesOf) : 'ReturnStmt' in body ? [] : [body]
}

function bodyOf(language: string, body: string | undefined, byte: number | undefined, source: Source): Operation[] {
  if (body === undefined || language === 'c' || language === 'internal') return []
  const found = literalFrom(source.sql, source.offset(byte), source.span.end)
  // A string with backslashes is not followed character by character: all of it stands where the statement stands.
  const code = found?.text === body ? found : { text: body, offset: () => source.span.start }
  return codeOperations(language, code, 'function', { ...source, names: source.names.copy() })
}

/** The block, followed by what it does. */
export function doBlock({ args }: DoStmt, source: Source): Operation[] {
  const all = definitions(args)
  const body = all.find(({ defname }) => defname === 'as')
  const language = constantOf(all.find(({ defname }) => defname === 'language')?.arg)?.toLowerCase() ?? 'plpgsql'
  const content = text(body?.arg)
  const found = literalFrom(source.sql, source.offset(body?.location), source.span.end)
  const code = found?.text === content ? found : { text: content, offset: () => source.span.start }
  return [
    { kind: 'do-block', at: source.at, language, text: content },
    ...codeOperations(language, code, 'do-block', source),
  ]
}

export function createTrigger(statement: CreateTrigStmt, { at, names }: Source): Operation {
  const { trigname = '', relation, funcname, args, row, timing = 0, events = 0, columns, whenClause } = statement
  const of = columns ? ` of ${texts(columns).join(', ')}` : ''
  return {
    kind: 'create-trigger',
    at,
    table: names.relation(relation),
    trigger: trigname,
    // TRIGGER_TYPE_*: src/include/catalog/pg_trigger.h
    timing: timing & 2 ? 'before' : timing & 64 ? 'instead of' : 'after',
    events: [
      ...(events & 4 ? ['insert'] : []),
      ...(events & 8 ? ['delete'] : []),
      ...(events & 16 ? [`update${of}`] : []),
      ...(events & 32 ? ['truncate'] : []),
    ],
    forEach: row ? 'row' : 'statement',
    function: names.qualify(texts(funcname)),
    arguments: texts(args),
    when: whenClause !== undefined,
    replace: statement.replace ?? false,
    constraint: statement.isconstraint ?? false,
    special:
      statement.transitionRels !== undefined ||
      statement.deferrable === true ||
      statement.initdeferred === true ||
      statement.constrrel !== undefined,
  }
}
