import type { SyntaxNode } from '@lezer/common'
import { builtins, isStandard, reaches, symbol } from './library.ts'
import { resolve } from './modules.ts'
import { silentOperations } from './operations.ts'
import type { Run } from './run.ts'
import { childrenOf, textOf } from './source.ts'
import { lookUp, type Scope, type Value } from './values.ts'

/**
 * Whether the code under a node could send statements, as far as can be told without running it: true unless every call in it is known
 * to send nothing. Decides whether code that is not executed must be told as unreadable.
 */
export function mayReach(node: SyntaxNode, scope: Scope, run: Run, entered: Set<string> = new Set()): boolean {
  let found = false
  node.cursor().iterate((at) => {
    if (found) return false
    if (at.name === 'CallExpression') found = callReaches(at.node, scope, run, entered)
    return !found && at.name !== 'FunctionDefinition' && at.name !== 'ClassDefinition'
  })
  return found
}

/** Whether the value of an expression may be something through which statements can be sent: a function, `op`, a connection. */
export function mayHold(node: SyntaxNode, scope: Scope, run: Run): boolean {
  let found = false
  node.cursor().iterate((at) => {
    if (found || at.name !== 'VariableName') return !found
    const name = textOf(run.source, at)
    const known = lookUp(scope, name)
    found = known ? holds(known, run) : !builtins.has(name)
    return !found
  })
  return found
}

/** Whether statements may be sent through a value, or by calling it. */
export function holds(known: Value, run: Run): boolean {
  const value = resolve(known, run)
  if (value.kind === 'function') return functionReaches(value, run)
  if (value.kind === 'imported') return !symbol(value) && !isStandard(value.path) && !value.path.startsWith('builtins.')
  return reaches(value)
}

/** What a method can be called on without reaching the database. */
const literals = new Set(
  'String FormatString ContinuedString Number ArrayExpression DictionaryExpression TupleExpression SetExpression'.split(
    ' ',
  ),
)

function callReaches(node: SyntaxNode, scope: Scope, run: Run, entered: Set<string>): boolean {
  const callee = node.firstChild
  if (!callee) return true
  const written = textOf(run.source, callee)
  const rootNode = leftmost(callee)
  if (rootNode.name !== 'VariableName') return !literals.has(rootNode.name)
  const name = textOf(run.source, rootNode)
  const known = lookUp(scope, name)
  if (!known) return !builtins.has(name)
  const found = resolve(dotted(known, callee, run), run)
  const value = found.kind === 'imported' ? known : found
  const member = written.slice(written.lastIndexOf('.') + 1)
  const creates = ['create', 'drop', 'create_all', 'drop_all', 'execute'].includes(member)
  switch (value.kind) {
    case 'imported':
      if (value.path.startsWith('alembic.'))
        return !(silentOperations.has(member) && isDotted(callee)) && member !== 'is_offline_mode'
      if (symbol(value)) return creates
      return !isStandard(value.path) && !(constructs(value.path, member, callee) && !handsOn(node, scope, run))
    case 'function':
      return functionReaches(value, run, entered)
    case 'live':
      return value.what !== 'inspector' && value.what !== 'dialect'
    case 'batch':
      return true
    case 'class':
      // A class that maps a table or lists values sends nothing when it is only named or made.
      return creates || [...value.members.values()].some(({ kind }) => kind === 'function')
    case 'call':
    case 'attribute':
    case 'computed':
      return creates || !goesBackToLibrary(value)
    default:
      return reaches(value)
  }
}

/** The name, call or literal at which `a.b(c).d` begins. */
function leftmost(node: SyntaxNode): SyntaxNode {
  let at = node
  while ((at.name === 'MemberExpression' || at.name === 'CallExpression') && at.firstChild) at = at.firstChild
  return at
}

/** `op.f`, and not `op.get_bind().execute`. */
function isDotted(node: SyntaxNode): boolean {
  return (
    node.name === 'VariableName' || (node.name === 'MemberExpression' && childrenOf(node)[0]?.name !== 'CallExpression')
  )
}

/** A class of another package that is only constructed. */
function constructs(path: string, member: string, callee: SyntaxNode): boolean {
  const name = callee.name === 'VariableName' ? path.slice(path.lastIndexOf('.') + 1) : member
  return /^_*[A-Z]/.test(name) && isDotted(callee)
}

/** Whether something through which statements can be sent is among the arguments of a call. */
function handsOn(node: SyntaxNode, scope: Scope, run: Run): boolean {
  let found = false
  node
    .getChild('ArgList')
    ?.cursor()
    .iterate((at) => {
      const value = at.name === 'VariableName' ? lookUp(scope, textOf(run.source, at)) : undefined
      found ||= value !== undefined && reaches(value)
      return !found
    })
  return found
}

/** `a.b.c` where `a` was imported: the name of what is called. */
function dotted(value: Value, callee: SyntaxNode, run: Run): Value {
  if (value.kind !== 'imported' || callee.name !== 'MemberExpression' || !isDotted(callee)) return value
  const chain = textOf(run.source, callee).split('.').slice(1)
  return chain.every((name) => /^\s*\w+\s*$/.test(name))
    ? { kind: 'imported', path: [value.path, ...chain.map((name) => name.trim())].join('.') }
    : value
}

/** Whether a call of a function of the file could send statements. */
export function functionReaches(
  value: Extract<Value, { kind: 'function' }>,
  run: Run,
  entered: Set<string> = new Set(),
): boolean {
  const key = `${value.source.file}:${value.node.from}`
  if (entered.has(key)) return false
  if (entered.size > 100) return true
  entered.add(key)
  const body = childrenOf(value.node).find((part) => part.name === 'Body') ?? value.node.lastChild
  const inside = value.source === run.source ? run : { ...run, source: value.source }
  return body ? mayReach(body, value.scope, inside, entered) : false
}

function goesBackToLibrary(value: Value): boolean {
  if (value.kind === 'call')
    return (
      symbol(value.callee) !== undefined || (value.callee.kind === 'attribute' && goesBackToLibrary(value.callee.of))
    )
  if (value.kind === 'attribute') return goesBackToLibrary(value.of)
  return value.kind === 'computed'
}
