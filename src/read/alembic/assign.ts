import type { SyntaxNode } from '@lezer/common'
import { evaluate } from './evaluate.ts'
import type { Run } from './run.ts'
import { childrenOf, groupsOf, textOf } from './source.ts'
import { assign, iterated, own, type Scope, setEntry, unknown, type Value } from './values.ts'

/** Assigns a value to what stands left of `=` or after `for`: `a`, `a, b`, `(a, *b)`, `a[0]`, `a.b`. */
export function unpack(targets: readonly SyntaxNode[], value: Value, scope: Scope, run: Run): void {
  const [target] = targets
  if (!target) return
  if (targets.length > 1) unpackEach(groupsOf(targets), value, scope, run)
  else if (target.name === 'VariableName') assign(scope, textOf(run.source, target), value)
  else if (target.name === 'TupleExpression' || target.name === 'ArrayExpression') {
    unpackEach(groupsOf(childrenOf(target).slice(1, -1)), value, scope, run)
  } else if (target.name === 'ParenthesizedExpression') unpack(childrenOf(target).slice(1, -1), value, scope, run)
  else if (target.name === 'MemberExpression') setMember(target, value, scope, run)
}

/** What cannot be taken apart becomes unknown. */
function unpackEach(targets: readonly SyntaxNode[][], value: Value, scope: Scope, run: Run): void {
  const parts = iterated(value)
  const starred = targets.some(([first]) => first?.name === '*')
  const reason =
    value.kind === 'unknown' ? value.reason : 'a part of an assignment is known only when the migration runs'
  for (const [index, [first, second]] of targets.entries()) {
    const node = first?.name === '*' ? second : first
    const known = !starred && parts?.length === targets.length ? parts[index] : undefined
    if (node) unpack([node], known ?? unknown(reason, value.kind === 'unknown' && value.reaches), scope, run)
  }
}

/** `a[key] = value` on a dictionary or list of the file. Attributes that are set are not followed. */
function setMember(target: SyntaxNode, value: Value, scope: Scope, run: Run): void {
  const [of, bracket, key] = childrenOf(target)
  if (!of || !key || bracket?.name !== '[') return
  const owner = evaluate(of, scope, run)
  const index = evaluate(key, scope, run)
  if (owner.kind === 'dict') setEntry(owner.entries, index, value)
  else if (owner.kind === 'list' && index.kind === 'number') own(owner.items)[index.value] = value
}
