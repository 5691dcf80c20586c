import type { SyntaxNode } from '@lezer/common'
import { memberOf } from './attributes.ts'
import { call } from './calls.ts'
import { evaluate } from './evaluate.ts'
import type { Run } from './run.ts'
import { childrenOf, groupsOf, type Source, textOf } from './source.ts'
import { assign, type ClassValue, isEnumClass, type Scope, unknown, type Value } from './values.ts'

/** `import a.b as c`, `from a.b import (c as d)`. */
export function imports(node: SyntaxNode, scope: Scope, run: Run): void {
  const parts = childrenOf(node).filter((part) => part.name !== '(' && part.name !== ')')
  const at = parts.findIndex((part) => part.name === 'import')
  const module = parts
    .slice(1, Math.max(at, 1))
    .map((part) => textOf(run.source, part))
    .join('')
    .replace(/^\.+/, (dots) => packageAbove(run.source, dots.length))
  const from = parts[0]?.name === 'from'
  for (const group of groupsOf(parts.slice(at + 1))) {
    const as = group.findIndex((part) => part.name === 'as')
    const path = (as < 0 ? group : group.slice(0, as)).map((part) => textOf(run.source, part)).join('')
    const alias = as < 0 ? undefined : group[as + 1]
    if (path === '*') continue
    if (from)
      assign(scope, alias ? textOf(run.source, alias) : path, {
        kind: 'imported',
        path: `${module}${module.endsWith('.') ? '' : '.'}${path}`,
      })
    else if (alias) assign(scope, textOf(run.source, alias), { kind: 'imported', path })
    else assign(scope, path.split('.')[0] ?? path, { kind: 'imported', path: path.split('.')[0] ?? path })
  }
}

/** What the dots of `from ..a import b` stand for. Where there is no such package they stay: nothing is found under such a name. */
function packageAbove({ module }: Source, dots: number): string {
  const names = module?.name.split('.') ?? []
  const kept = names.slice(0, names.length - dots + (module?.isPackage ? 1 : 0))
  return kept.length > 0 ? `${kept.join('.')}.` : '.'.repeat(dots)
}

/** A class: its constants, its columns if it maps a table, its members if it is an enum. */
export function classDefinition(node: SyntaxNode, scope: Scope, run: Run): void {
  const parts = childrenOf(node)
  const name = textOf(run.source, parts.find((part) => part.name === 'VariableName') ?? node)
  const list = parts.find((part) => part.name === 'ArgList')
  const body = parts.find((part) => part.name === 'Body')
  const bases = list
    ? groupsOf(childrenOf(list).slice(1, -1)).flatMap((group) =>
        group[0] && group.length === 1 ? [evaluate(group[0], scope, run)] : [],
      )
    : []
  const inner: Scope = { names: new Map(), parent: scope, globals: new Set() }
  if (body) run.execute(body, inner, run)
  const isEnum = isEnumClass({ bases })
  const members = new Map<string, Value>()
  for (const [key, value] of inner.names) {
    const isMember = isEnum && !key.startsWith('_') && value.kind !== 'function' && value.kind !== 'class'
    // A method does not see the names of its class.
    const own: Value = value.kind === 'function' && value.scope === inner ? { ...value, scope } : value
    members.set(key, isMember ? { kind: 'enum member', name: key, value } : own)
  }
  const value: ClassValue = {
    kind: 'class',
    name,
    bases,
    members,
    method: (method, positional) => {
      const member = memberOf(value, method)
      if (member?.kind !== 'function') return member && unknown(`\`${name}.${method}\` is not a plain method`)
      const quiet: Run = { ...run, sends: false, site: undefined }
      return call(member, { positional, named: new Map() }, node, quiet)
    },
    isCompiled: new RegExp(`\\bcompiles\\(\\s*${name}\\b`).test(run.source.text),
  }
  assign(scope, name, value)
}

/** `def name(…)`. */
export function functionDefinition(node: SyntaxNode, scope: Scope, run: Run): void {
  const part = childrenOf(node).find(({ name }) => name === 'VariableName')
  if (!part) return
  const name = textOf(run.source, part)
  assign(scope, name, { kind: 'function', node, name, scope, source: run.source })
}

/** What a decorator makes of a function or class is not known. */
export function decorated(node: SyntaxNode, scope: Scope, run: Run): void {
  const definition = childrenOf(node).find(
    (part) => part.name === 'FunctionDefinition' || part.name === 'ClassDefinition',
  )
  const name = definition && childrenOf(definition).find((part) => part.name === 'VariableName')
  if (!definition || !name) return
  if (definition.name === 'ClassDefinition') {
    classDefinition(definition, scope, run)
    return
  }
  const word = textOf(run.source, name)
  assign(scope, word, unknown(`\`${word}\` is decorated, so what it does is known only when the migration runs`, true))
}
