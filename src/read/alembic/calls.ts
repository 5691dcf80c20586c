import type { SyntaxNode } from '@lezer/common'
import { unpack } from './assign.ts'
import { callBuiltin, callMethod } from './builtins.ts'
import { functionReaches } from './effects.ts'
import { evaluate } from './evaluate.ts'
import { handsOnConnection, isCallOf, isStandard, reaches, symbol } from './library.ts'
import { callLive } from './live.ts'
import { resolve } from './modules.ts'
import { qualified } from './names.ts'
import { plainNaming } from './naming.ts'
import { operate } from './operations.ts'
import { emit, originOf, type Run, step, unreadable } from './run.ts'
import { decided, send } from './send.ts'
import { childrenOf, excerpt, groupsOf, type Source, textOf } from './source.ts'
import { createTable } from './tables.ts'
import { dedent } from './text.ts'
import { createEnum, isEnum, typeOf } from './types.ts'
import {
  type Arguments,
  type ClassValue,
  enumMembers,
  equal,
  isEnumClass,
  isSequence,
  none,
  type Scope,
  stringOf,
  Undecided,
  unknown,
  type Value,
} from './values.ts'

/** Calls a value. What it sends is added to the script; the value is what the call gives. */
export function call(callee: Value, given: Arguments, node: SyntaxNode, run: Run): Value {
  step(run)
  switch (callee.kind) {
    case 'imported':
      return callImported(callee.path, given, node, run)
    case 'function':
      return callFunction(callee, given, node, run)
    case 'class':
      return callClass(callee, given)
    case 'method':
      if (callee.of.kind === 'live') return callLive(callee.of, callee.name, given, node, run)
      if (callee.of.kind === 'batch') return operate(run, callee.name, given, node, callee.of.batch)
      return callMethod(callee.of, callee.name, given, originOf(run, node))
    case 'attribute':
      return callAttribute(callee, given, node, run)
    case 'call':
      // What a constructor gave is called: `sessionmaker(bind=…)()`.
      if (isCallOf(callee, 'sessionmaker', 'scoped_session')) return { kind: 'live', what: 'session' }
      return opaque(
        `what \`${excerpt(run.source, node)}\` gives is known only when the migration runs`,
        given,
        node,
        run,
      )
    case 'unknown':
      if (callee.reaches || handsOnConnection(given)) unreadable(run, callee.reason, node)
      return callee
    default:
      return opaque(`\`${excerpt(run.source, node)}\` is known only when the migration runs`, given, node, run)
  }
}

/** A call that is not followed: unreadable where it is handed something to send statements with. */
function opaque(reason: string, given: Arguments, node: SyntaxNode, run: Run): Value {
  const reaching = handsOnConnection(given)
  if (reaching) unreadable(run, reason, node)
  return unknown(reason, reaching)
}

function callImported(path: string, given: Arguments, node: SyntaxNode, run: Run): Value {
  const name = path.slice(path.lastIndexOf('.') + 1)
  if (path.startsWith('alembic.op.')) return operate(run, path.slice('alembic.op.'.length), given, node)
  if (path.startsWith('alembic.context.')) return callContext(name, given, node, run)
  if (path.startsWith('builtins.')) {
    handOn(given, node, run)
    const value = callBuiltin(name, given, originOf(run, node))
    // `getattr(op, name)` and `globals()[name]` can be anything.
    const anything = handsOnConnection(given) || ['globals', 'locals', 'vars'].includes(name)
    return value.kind === 'unknown' && anything ? unknown(value.reason, true) : value
  }
  if (path === 'importlib.import_module') {
    const [module] = given.positional
    if (module?.kind === 'string') return resolve({ kind: 'imported', path: module.text.value }, run)
  }
  if (path === 'textwrap.dedent') {
    const [text] = given.positional
    if (text?.kind === 'string') return stringOf(dedent(text.text))
  }
  if (isStandard(path)) {
    const reason = `what \`${name}()\` gives is known only when the migration runs`
    handOn(given, node, run)
    return unknown(reason, path.startsWith('functools.') && given.positional.some(isCallable))
  }
  const known = symbol({ kind: 'imported', path })
  if (known) {
    if (known.name === 'inspect' || path.endsWith('.Inspector.from_engine') || known.name === 'Inspector')
      return { kind: 'live', what: 'inspector' }
    if (['Session', 'AsyncSession'].includes(known.name)) return { kind: 'live', what: 'session' }
    return { kind: 'call', callee: { kind: 'imported', path }, given: withLabels(known.name, given, node, run) }
  }
  // A class of another package is not made to send anything; a function may be.
  const module = path.slice(0, Math.max(0, path.lastIndexOf('.')))
  const reason = `\`${name}\` comes from \`${module}\`, which is not read`
  if (/^_*[A-Z]/.test(name) && !handsOnConnection(given))
    return { kind: 'call', callee: { kind: 'imported', path }, given }
  unreadable(run, reason, node)
  return unknown(reason, true)
}

/** Python's own functions call what they are given: `map(op.drop_table, names)`. Unreadable where that could send something. */
function handOn(given: Arguments, node: SyntaxNode, run: Run): void {
  for (const value of [...given.positional, ...given.named.values()]) {
    const calls =
      value.kind === 'function' ? functionReaches(value, run) : value.kind === 'imported' && isCallable(value)
    if (calls) unreadable(run, `what \`${excerpt(run.source, node)}\` does is known only when the migration runs`, node)
  }
}

/** Whether a value can be called and may then send something. `functools.partial(op.execute, …)` keeps it for later. */
function isCallable(value: Value): boolean {
  return (
    value.kind === 'function' ||
    (value.kind !== 'live' && reaches(value) && !(value.kind === 'imported' && value.path === 'alembic.op'))
  )
}

/** The labels of `sa.Enum(PythonEnum, values_callable=…)`, which a function of the file chooses. */
function withLabels(name: string, given: Arguments, node: SyntaxNode, run: Run): Arguments {
  const [first] = given.positional
  const chooser = given.named.get('values_callable')
  if ((name !== 'Enum' && name !== 'ENUM') || first?.kind !== 'class' || chooser?.kind !== 'function') return given
  const labels = callFunction(chooser, { positional: [first], named: new Map() }, node, run)
  if (!isSequence(labels)) return given
  const named = new Map(given.named)
  named.delete('values_callable')
  if (!named.has('name'))
    named.set(
      'name',
      stringOf({ value: first.name.toLowerCase(), origins: [{ offset: 0, at: originOf(run, node), verbatim: false }] }),
    )
  return { positional: labels.items, named }
}

function callContext(name: string, given: Arguments, node: SyntaxNode, run: Run): Value {
  switch (name) {
    case 'is_offline_mode':
      return { kind: 'boolean', value: false }
    case 'get_context':
      return { kind: 'live', what: 'migration context' }
    case 'get_bind':
      return { kind: 'live', what: 'connection' }
    case 'execute':
      return send(run, given.positional[0] ?? none, undefined, node)
    case 'get_x_argument':
    case 'get_tag_argument':
    case 'get_head_revision':
      return unknown(`what \`context.${name}()\` gives is known only when the migration runs`)
    default:
      return opaque(`\`context.${name}()\` is not read`, given, node, run)
  }
}

function callClass(callee: ClassValue, given: Arguments): Value {
  const [first] = given.positional
  if (first && isEnumClass(callee)) {
    const found = enumMembers(callee)?.find((member) => equal(member.value, first))
    if (found) return found
  }
  return { kind: 'call', callee, given }
}

/** A method of something that a library's constructor made: `sa.text(…).bindparams(…)`, `sa.Enum(…).create(bind)`. */
function callAttribute(
  callee: Extract<Value, { kind: 'attribute' }>,
  given: Arguments,
  node: SyntaxNode,
  run: Run,
): Value {
  const { of, name } = callee
  const reaching = handsOnConnection(given)
  if (of.kind === 'call' && reaching && (name === 'create' || name === 'drop')) {
    if (isEnum(of)) {
      decided(run, node, () => {
        const type = typeOf(of).enum
        if (!type) throw new Undecided('an enum type without a name of its own is not created')
        emit(run, name === 'create' ? createEnum(type) : `DROP TYPE ${qualified(type.name, type.schema)}`, node)
      })
      return none
    }
    if (isCallOf(of, 'Table')) {
      decided(run, node, () => {
        if (name === 'drop') throw new Undecided('`Table.drop()` is not read')
        // A table object has its MetaData between its name and its columns.
        const parts = of.given.positional.filter((part) => !isCallOf(part, 'MetaData'))
        for (const sql of createTable({ ...of.given, positional: parts }, new Set(), plainNaming)) emit(run, sql, node)
      })
      return none
    }
  }
  if (root(of)) {
    if (reaching || ['create', 'drop', 'create_all', 'drop_all', 'execute', 'scalar'].includes(name))
      unreadable(run, `\`${excerpt(run.source, node)}\` is not read`, node)
    if (reaching) return opaque(`\`${excerpt(run.source, node)}\` is not read`, given, node, run)
    return { kind: 'call', callee, given }
  }
  const reason = `\`${excerpt(run.source, node)}\` is not read`
  unreadable(run, reason, node)
  return unknown(reason, true)
}

/** Whether a value goes back to SQLAlchemy, whose objects send nothing by themselves, or to a class of the file that maps a table. */
function root(value: Value): boolean {
  switch (value.kind) {
    case 'call':
      return value.callee.kind === 'attribute'
        ? root(value.callee.of)
        : symbol(value.callee) !== undefined || isInlined(value.callee)
    case 'attribute':
      return root(value.of)
    case 'class':
      return value.members.has('__tablename__')
    case 'computed':
      return value.operands.some(root)
    default:
      return false
  }
}

function isInlined(callee: Value): boolean {
  return callee.kind === 'imported' && callee.path.startsWith('alembic.op.')
}

/** Calls a function of the file, or of a module of the repository: its body is executed with the arguments. */
function callFunction(
  callee: Extract<Value, { kind: 'function' }>,
  given: Arguments,
  node: SyntaxNode,
  run: Run,
): Value {
  const { statement, source, site } = run
  const enter = (): void => {
    run.source = callee.source
    if (callee.source === run.main) run.site = undefined
    else run.site ??= { node, name: callee.name }
  }
  const leave = (): void => {
    run.source = source
    run.site = site
  }
  const scope: Scope = { names: new Map(), parent: callee.scope, globals: new Set() }
  enter()
  const parts = childrenOf(callee.node)
  const missing = bindParameters(
    parts.find((part) => part.name === 'ParamList'),
    given,
    scope,
    run,
  )
  leave()
  if (missing) return opaque(missing, given, node, run)
  if (suspends(callee.node, callee.source)) {
    const reason = `\`${callee.name}()\` is a generator or a coroutine, whose steps are known only when the migration runs`
    if (functionReaches(callee, run)) unreadable(run, reason, node)
    return unknown(reason)
  }
  run.depth++
  enter()
  try {
    if (callee.node.name === 'LambdaExpression') {
      const body = parts[parts.length - 1]
      return body ? evaluate(body, scope, run) : none
    }
    const body = parts.find((part) => part.name === 'Body')
    const flow = body ? run.execute(body, scope, run) : undefined
    if (flow?.kind === 'raise') {
      const reason = `it refuses to run: \`${excerpt(run.source, flow.node)}\``
      unreadable(run, reason, flow.node)
      return unknown(reason)
    }
    return flow?.kind === 'return'
      ? flow.value
      : flow?.kind === 'lost'
        ? unknown(`what \`${callee.name}()\` gives is known only when the migration runs`)
        : none
  } finally {
    run.depth--
    run.statement = statement
    leave()
  }
}

/** Whether a function's body does not run when it is called. */
function suspends(node: SyntaxNode, source: Source): boolean {
  if (node.firstChild?.name === 'async') return true
  let found = false
  node.cursor().iterate((at) => {
    if (at.from > node.from && (at.name === 'FunctionDefinition' || at.name === 'LambdaExpression')) return false
    if (at.name === 'YieldStatement' || at.name === 'YieldExpression') found = true
    // As `acceptable` has to write a `yield` without a value.
    if (at.name === 'None' && source.text.startsWith('yield', at.from)) found = true
    return !found
  })
  return found
}

/** Puts arguments under the names of the parameters. Gives the reason where that is not possible. */
function bindParameters(
  list: SyntaxNode | null | undefined,
  given: Arguments,
  scope: Scope,
  run: Run,
): string | undefined {
  if (given.named.has('**')) return 'arguments given with `**` are known only when the migration runs'
  const nodes = list
    ? childrenOf(list).filter((part) => part.name !== '(' && part.name !== ')' && part.name !== 'TypeDef')
    : []
  const positional = [...given.positional]
  const named = new Map(given.named)
  for (const group of groupsOf(nodes)) {
    const [first, second, third] = group
    if (!first) continue
    if (first.name === '/') continue
    if (first.name === '*') {
      if (second) scope.names.set(textOf(run.source, second), { kind: 'tuple', items: positional.splice(0) })
    } else if (first.name === '**' && second) {
      const entries = [...named].map(([key, value]): [Value, Value] => [
        stringOf({ value: key, origins: [{ offset: 0, at: originOf(run, first), verbatim: false }] }),
        value,
      ])
      scope.names.set(textOf(run.source, second), { kind: 'dict', entries })
      named.clear()
    } else {
      const name = textOf(run.source, first)
      const value = positional.shift() ?? named.get(name)
      named.delete(name)
      if (value) unpack([first], value, scope, run)
      else if (second?.name === 'AssignOp' && third)
        unpack([first], evaluate(third, scope.parent ?? scope, run), scope, run)
      else return `the argument \`${name}\` of a call is missing`
    }
  }
  return undefined
}
