import type { SyntaxNode } from '@lezer/common'
import { builtins, isStandard, reaches, symbol } from './library.ts'
import { silentOperations } from './operations.ts'
import type { Run } from './run.ts'
import { childrenOf, textOf } from './source.ts'
import { lookUp, type Scope, type Value } from './values.ts'

/**
 * Whether the code under a node could send statements, as far as can be told without running it: true unless every call in it is known
 * to send nothing. Decides whether code that is not executed must be told as unreadable.
 */
export function mayReach(node: SyntaxNode, scope: Scope, run: Run, entered: Set<number> = new Set()): boolean {
  let found = false
  node.cursor().iterate((at) => {
    if (found) return false
    if (at.name === 'CallExpression') found = callReaches(at.node, scope, run, entered)
    return !found && at.name !== 'FunctionDefinition' && at.name !== 'ClassDefinition'
  })
  return found
}

/** What a method can be called on without reaching the database. */
const literals = new Set(
  'String FormatString ContinuedString Number ArrayExpression DictionaryExpression TupleExpression SetExpression'.split(
    ' ',
  ),
)

function callReaches(node: SyntaxNode, scope: Scope, run: Run, entered: Set<number>): boolean {
  const callee = node.firstChild
  if (!callee) return true
  const written = textOf(run.source, callee)
  const rootNode = leftmost(callee)
  if (rootNode.name !== 'VariableName') return !literals.has(rootNode.name)
  const name = textOf(run.source, rootNode)
  const value = lookUp(scope, name)
  if (!value) return !builtins.has(name)
  const member = written.slice(written.lastIndexOf('.') + 1)
  const creates = ['create', 'drop', 'create_all', 'drop_all', 'execute'].includes(member)
  switch (value.kind) {
    case 'imported':
      if (value.path.startsWith('alembic.'))
        return !(silentOperations.has(member) && isDotted(callee)) && member !== 'is_offline_mode'
      return symbol(value) ? creates : !isStandard(value.path) && !constructs(value.path, member, callee)
    case 'function':
      return functionReaches(value, run, entered)
    case 'live':
      return value.what !== 'inspector' && value.what !== 'dialect'
    case 'batch':
      return true
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

/** Whether a call of a function of the file could send statements. */
export function functionReaches(
  value: Extract<Value, { kind: 'function' }>,
  run: Run,
  entered: Set<number> = new Set(),
): boolean {
  if (entered.has(value.node.from)) return false
  if (entered.size > 100) return true
  entered.add(value.node.from)
  const body = childrenOf(value.node).find((part) => part.name === 'Body') ?? value.node.lastChild
  return body ? mayReach(body, value.scope, run, entered) : false
}

function goesBackToLibrary(value: Value): boolean {
  if (value.kind === 'call')
    return (
      symbol(value.callee) !== undefined || (value.callee.kind === 'attribute' && goesBackToLibrary(value.callee.of))
    )
  if (value.kind === 'attribute') return goesBackToLibrary(value.of)
  return value.kind === 'computed'
}
