import type { SyntaxNode } from '@lezer/common'
import { holds, mayHold, mayReach } from './effects.ts'
import type { Run } from './run.ts'
import { childrenOf, textOf } from './source.ts'
import { assign, lookUp, type Scope, unknown } from './values.ts'

const reason = 'a value that depends on a condition is known only when the migration runs'

/**
 * Makes the names that code defines when it runs, and the lists that it may change, unknown: for code that may or may not run. What is
 * called under such a name afterwards may send statements if anything in its definition could.
 */
export function forget(node: SyntaxNode, scope: Scope, run: Run): void {
  const reaching = mayReach(node, scope, run)
  const lose = (targets: readonly SyntaxNode[], reaches: boolean): void => {
    for (const target of targets) {
      if (target.name === 'VariableName') loseName(textOf(run.source, target), reaches)
      else if (target.name === 'MemberExpression') loseContainer(target)
      else lose(childrenOf(target), reaches)
    }
  }
  const loseName = (name: string, reaches: boolean): void => {
    // It may also keep the value that it has, or that another branch gave it.
    const before = lookUp(scope, name)
    assign(scope, name, unknown(reason, reaches || (before !== undefined && holds(before, run))))
  }
  const loseContainer = (member: SyntaxNode | undefined): void => {
    const owner = member?.firstChild
    if (owner?.name !== 'VariableName') return
    const name = textOf(run.source, owner)
    if (['list', 'dict', 'set'].includes(lookUp(scope, name)?.kind ?? ''))
      assign(scope, name, unknown(reason, reaching))
  }
  node.cursor().iterate((at) => {
    const parts = childrenOf(at.node)
    const first = (...names: string[]): number => parts.findIndex((part) => names.includes(part.name))
    switch (at.name) {
      case 'LambdaExpression':
        return false
      case 'FunctionDefinition':
      case 'ClassDefinition':
        lose(parts.slice(0, first('ParamList', 'ArgList', 'Body')), true)
        return false
      case 'ImportStatement':
        lose(parts.slice(first('import')), true)
        break
      case 'AssignStatement': {
        const right = parts.slice(parts.findLastIndex((part) => part.name === 'AssignOp') + 1)
        const holding = reaching || right.some((part) => mayHold(part, scope, run))
        lose(parts.slice(0, Math.max(0, first('AssignOp', 'TypeDef'))), holding)
        break
      }
      case 'UpdateStatement':
      case 'NamedExpression':
        lose(parts.slice(0, 1), reaching)
        break
      case 'ForStatement':
        lose(parts.slice(1, Math.max(1, first('in'))), reaching)
        break
      case 'WithStatement':
        for (const [index, part] of parts.entries())
          if (part.name === 'as') lose(parts.slice(index + 1, index + 2), true)
        break
      case 'CallExpression':
        // `list.append(…)`: the list may or may not have grown.
        loseContainer(parts[0])
        break
    }
    return true
  })
}
