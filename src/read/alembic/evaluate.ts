import type { SyntaxNode } from '@lezer/common'
import { unpack } from './assign.ts'
import { attributeOf } from './attributes.ts'
import { call } from './calls.ts'
import { mayReach } from './effects.ts'
import { builtins, symbol } from './library.ts'
import { resolve } from './modules.ts'
import { arithmetic, compare, formatted } from './operators.ts'
import { type Run, step, unreadable } from './run.ts'
import { childrenOf, excerpt, groupsOf, textOf } from './source.ts'
import { formatStringValue, stringValue } from './strings.ts'
import { concatenate, elsewhere, madeAt, slice, type Text } from './text.ts'
import {
  type Arguments,
  assign,
  booleanValue,
  enumMembers,
  equal,
  isSequence,
  iterated,
  lookUp,
  none,
  printed,
  represented,
  type Scope,
  setEntry,
  stringOf,
  truth,
  unknown,
  type Value,
} from './values.ts'

/** The value of an expression, as far as it can be known. Calls in it that send statements add them to the script. */
export function evaluate(node: SyntaxNode, scope: Scope, run: Run): Value {
  run.depth++
  step(run)
  const value = evaluateNode(node, scope, run)
  run.depth--
  return value
}

function evaluateNode(node: SyntaxNode, scope: Scope, run: Run): Value {
  const reason = (): string => `\`${excerpt(run.source, node)}\` is known only when the migration runs`
  const atRunTime = (): Value => unknown(reason())
  /** For a part that was not evaluated, and may send something when it is. */
  const skipped = (part: SyntaxNode): Value => {
    const reaching = mayReach(part, scope, run)
    if (reaching) unreadable(run, reason(), part)
    return unknown(reason(), reaching)
  }
  switch (node.name) {
    case 'None':
      return none
    case 'Boolean':
      return booleanValue(textOf(run.source, node) === 'True')
    case 'Number':
      // `1.` is read without its point.
      return number(`${textOf(run.source, node)}${run.source.text[node.to] === '.' ? '.0' : ''}`)
    case 'String':
    case 'FormatString':
    case 'ContinuedString': {
      const text = literal(node, scope, run)
      if (!text) return atRunTime()
      return stringOf(run.source === run.main ? text : madeAt(text.value, elsewhere))
    }
    case 'VariableName': {
      const name = textOf(run.source, node)
      const value = lookUp(scope, name)
      if (value) return resolve(value, run)
      if (builtins.has(name)) return { kind: 'imported', path: `builtins.${name}` }
      return unknown(`\`${name}\` is not defined in this file`, true)
    }
    case 'ParenthesizedExpression':
    case 'AwaitExpression': {
      const inner = childrenOf(node).find((child) => child.name !== '(' && child.name !== ')' && child.name !== 'await')
      return inner ? evaluate(inner, scope, run) : atRunTime()
    }
    case 'TupleExpression':
    case 'ArrayExpression':
    case 'SetExpression': {
      const items = sequence(childrenOf(node).slice(1, -1), scope, run)
      const kind = node.name === 'TupleExpression' ? 'tuple' : node.name === 'SetExpression' ? 'set' : 'list'
      return items ? { kind, items } : atRunTime()
    }
    case 'DictionaryExpression':
      return dictionary(node, scope, run) ?? atRunTime()
    case 'ArrayComprehensionExpression':
    case 'ComprehensionExpression':
    case 'SetComprehensionExpression':
    case 'DictionaryComprehensionExpression':
      return comprehension(node, scope, run) ?? skipped(node)
    case 'CallExpression': {
      const [calleeNode, list] = childrenOf(node)
      if (!calleeNode || !list) return atRunTime()
      const callee = evaluate(calleeNode, scope, run)
      return call(callee, argumentsOf(list, scope, run), node, run)
    }
    case 'MemberExpression':
      return member(node, scope, run)
    case 'ConditionalExpression': {
      const [whenTrue, , test, , whenFalse] = childrenOf(node)
      if (!whenTrue || !test || !whenFalse) return atRunTime()
      const decided = truth(evaluate(test, scope, run))
      if (decided !== undefined) return evaluate(decided ? whenTrue : whenFalse, scope, run)
      skipped(whenTrue)
      return skipped(whenFalse)
    }
    case 'NamedExpression': {
      const [target, , right] = childrenOf(node)
      if (!target || !right) return atRunTime()
      const value = evaluate(right, scope, run)
      assign(scope, textOf(run.source, target), value)
      return value
    }
    case 'UnaryExpression': {
      const [operator, operand] = childrenOf(node)
      if (!operator || !operand) return atRunTime()
      const value = evaluate(operand, scope, run)
      if (operator.name !== 'not') return arithmetic(textOf(run.source, operator), [value]) ?? atRunTime()
      const known = truth(value)
      return known === undefined ? atRunTime() : booleanValue(!known)
    }
    case 'BinaryExpression':
      return binary(node, scope, run) ?? atRunTime()
    case 'LambdaExpression':
      return { kind: 'function', node, name: 'lambda', scope, source: run.source }
    default:
      return skipped(node)
  }
}

function number(text: string): Value {
  const plain = text.replaceAll('_', '')
  const value = Number(plain)
  if (Number.isNaN(value)) return unknown(`the number ${text} is not read`)
  return { kind: 'number', value, text: /^0[xob]/i.test(plain) ? String(value) : plain }
}

/** The text of a string literal, of a format string whose parts are known, or of several written side by side. */
function literal(node: SyntaxNode, scope: Scope, run: Run): Text | undefined {
  if (node.name === 'String') return stringValue(run.source, node)
  if (node.name === 'FormatString') {
    return formatStringValue(run.source, node, (replacement) => {
      const parts = childrenOf(replacement).filter((part) => part.name !== '{' && part.name !== '}')
      const [expression, ...extras] = parts
      if (!expression) return undefined
      const value = evaluate(expression, scope, run)
      if (extras.length === 0) return printed(value)
      const [extra] = extras
      if (extras.length > 1 || !extra) return undefined
      if (extra.name === 'FormatConversion') {
        const conversion = textOf(run.source, extra)
        return conversion === '!r' ? represented(value) : conversion === '!s' ? printed(value) : undefined
      }
      if (extra.name === 'FormatSpec' && !extra.firstChild?.nextSibling) {
        return formatted(value, textOf(run.source, extra).slice(1))
      }
      return undefined
    })
  }
  const parts = childrenOf(node).map((part) => literal(part, scope, run))
  return parts.includes(undefined) ? undefined : concatenate(parts.filter((part) => part !== undefined))
}

/** The values of `a, b, *c`. Undefined where a starred one is not known. */
function sequence(nodes: readonly SyntaxNode[], scope: Scope, run: Run): Value[] | undefined {
  const items: Value[] = []
  let known = true
  for (const [first, second] of groupsOf(nodes)) {
    if (!first) continue
    if (first.name === '*' && second) {
      const list = iterated(evaluate(second, scope, run))
      items.push(...(list ?? []))
      known &&= list !== undefined
    } else items.push(evaluate(first, scope, run))
  }
  return known ? items : undefined
}

/** The value of `a` or of `a, b`, which is a tuple. */
export function evaluateList(nodes: readonly SyntaxNode[], scope: Scope, run: Run): Value {
  const [only] = nodes
  if (only && nodes.length === 1 && only.name !== '*') return evaluate(only, scope, run)
  const items = sequence(nodes, scope, run)
  return items ? { kind: 'tuple', items } : unknown('a list is known only when the migration runs')
}

function dictionary(node: SyntaxNode, scope: Scope, run: Run): Value | undefined {
  const entries: [Value, Value][] = []
  let known = true
  for (const group of groupsOf(childrenOf(node).slice(1, -1))) {
    const [key, , value] = group
    if (key?.name === '**' && group[1]) {
      const spread = evaluate(group[1], scope, run)
      known &&= spread.kind === 'dict'
      if (spread.kind === 'dict') for (const [name, item] of spread.entries) setEntry(entries, name, item)
    } else if (key && value) setEntry(entries, evaluate(key, scope, run), evaluate(value, scope, run))
  }
  return known ? { kind: 'dict', entries } : undefined
}

/** `f(x for x in y)`: a comprehension without brackets of its own. */
function generated(parts: readonly SyntaxNode[], scope: Scope, run: Run): Value {
  const value = comprehensionOf(parts, 'ComprehensionExpression', scope, run)
  if (value) return value
  const reaching = parts.filter((part) => mayReach(part, scope, run))
  const reason = 'what a list is made from is known only when the migration runs'
  if (reaching[0]) unreadable(run, reason, reaching[0])
  return unknown(reason, reaching.length > 0)
}

function comprehension(node: SyntaxNode, scope: Scope, run: Run): Value | undefined {
  return comprehensionOf(childrenOf(node).slice(1, -1), node.name, scope, run)
}

function comprehensionOf(parts: readonly SyntaxNode[], kind: string, scope: Scope, run: Run): Value | undefined {
  const at = parts.findIndex((part) => part.name === 'for')
  const [key, , mapped] = parts
  if (at < 0 || !key) return undefined
  const items: Value[] = []
  const entries: [Value, Value][] = []
  const inner: Scope = { names: new Map(), parent: scope, globals: new Set() }

  const clause = (rest: readonly SyntaxNode[]): boolean => {
    const [word] = rest
    if (!word) {
      if (kind === 'DictionaryComprehensionExpression') {
        if (!mapped) return false
        setEntry(entries, evaluate(key, inner, run), evaluate(mapped, inner, run))
      } else items.push(evaluate(key, inner, run))
      return true
    }
    const next = rest.findIndex((part, index) => index > 0 && (part.name === 'for' || part.name === 'if'))
    const end = next < 0 ? rest.length : next
    if (word.name === 'if') {
      const test = rest[1] ? truth(evaluate(rest[1], inner, run)) : undefined
      return test === undefined ? false : !test || clause(rest.slice(end))
    }
    const isIn = rest.findIndex((part) => part.name === 'in')
    const source = rest[isIn + 1]
    if (word.name !== 'for' || isIn < 0 || !source) return false
    const over = iterated(evaluate(source, inner, run))
    if (!over) return false
    return over.every((item) => {
      step(run)
      unpack(rest.slice(1, isIn), item, inner, run)
      return clause(rest.slice(end))
    })
  }
  if (!clause(parts.slice(at))) return undefined
  if (kind === 'DictionaryComprehensionExpression') return { kind: 'dict', entries }
  return { kind: kind === 'SetComprehensionExpression' ? 'set' : 'list', items }
}

/** What a call is given: the values of its `ArgList`. */
export function argumentsOf(list: SyntaxNode, scope: Scope, run: Run): Arguments {
  const positional: Value[] = []
  const named = new Map<string, Value>()
  const nodes = childrenOf(list).slice(1, -1)
  for (const group of groupsOf(nodes)) {
    const [first, second, third] = group
    if (!first) continue
    if (first.name === '*' && second) {
      const value = evaluate(second, scope, run)
      const list = iterated(value)
      if (list) positional.push(...list)
      else {
        positional.push(
          value.kind === 'unknown' ? value : unknown('a list of arguments is known only when the migration runs'),
        )
        named.set('**', none)
      }
    } else if (first.name === '**' && second) {
      const value = evaluate(second, scope, run)
      if (value.kind !== 'dict') named.set('**', value)
      else for (const [key, item] of value.entries) named.set(printed(key) ?? '**', item)
    } else if (second?.name === 'AssignOp' && third) named.set(textOf(run.source, first), evaluate(third, scope, run))
    else if (second?.name === 'for') positional.push(generated(group, scope, run))
    else positional.push(evaluate(first, scope, run))
  }
  return { positional, named }
}

function member(node: SyntaxNode, scope: Scope, run: Run): Value {
  const [of, dot, ...rest] = childrenOf(node)
  if (!of || !dot) return none
  const value = evaluate(of, scope, run)
  if (dot.name === '.') return resolve(attributeOf(value, rest[0] ? textOf(run.source, rest[0]) : ''), run)
  // `TypeDecorator[str]` is the class for a type checker.
  if (value.kind === 'imported' && symbol(value)) return value
  const inside = rest.slice(0, -1)
  const atRunTime = unknown(
    `\`${excerpt(run.source, node)}\` is known only when the migration runs`,
    value.kind === 'unknown' && value.reaches,
  )
  const colon = inside.findIndex((part) => part.name === ':')
  if (colon >= 0) {
    const bound = (part: SyntaxNode | undefined): number | undefined => {
      const limit = part ? evaluate(part, scope, run) : undefined
      return limit?.kind === 'number' ? limit.value : undefined
    }
    const [from, to] = [bound(inside[colon - 1]), bound(inside[colon + 1])]
    const unclear = (colon > 0 && from === undefined) || (inside.length > colon + 1 && to === undefined)
    if (unclear || inside.length > colon + 2) return atRunTime
    if (value.kind === 'list' || value.kind === 'tuple')
      return { kind: value.kind, items: value.items.slice(from ?? 0, to) }
    if (value.kind !== 'string') return atRunTime
    const length = value.text.value.length
    const clamp = (limit: number): number => Math.min(length, Math.max(0, limit < 0 ? length + limit : limit))
    return stringOf(slice(value.text, clamp(from ?? 0), Math.max(clamp(from ?? 0), clamp(to ?? length))))
  }
  const [keyNode] = inside
  if (!keyNode || inside.length > 1) return atRunTime
  const key = evaluate(keyNode, scope, run)
  if (value.kind === 'dict') return value.entries.find(([known]) => equal(known, key))?.[1] ?? atRunTime
  if (isSequence(value) && key.kind === 'number') return value.items.at(key.value) ?? atRunTime
  if (key.kind !== 'string') return atRunTime
  if (value.kind === 'attribute') return { kind: 'attribute', of: value, name: key.text.value }
  return enumMembers(value)?.find((known) => known.name === key.text.value) ?? atRunTime
}

function binary(node: SyntaxNode, scope: Scope, run: Run): Value | undefined {
  const parts = childrenOf(node)
  const [left, right] = [parts[0], parts[parts.length - 1]]
  if (!left || !right || parts.length < 3) return undefined
  const operator = parts
    .slice(1, -1)
    .map((part) => textOf(run.source, part))
    .join(' ')
  const first = evaluate(left, scope, run)
  if (operator === 'and' || operator === 'or') {
    const known = truth(first)
    if (known !== undefined) return known === (operator === 'or') ? first : evaluate(right, scope, run)
    if (mayReach(right, scope, run)) {
      unreadable(run, `whether \`${excerpt(run.source, right)}\` runs is known only when the migration runs`, right)
      return unknown('an answer is known only when the migration runs', true)
    }
    const second = truth(evaluate(right, scope, run))
    return second === (operator === 'or') ? booleanValue(operator === 'or') : undefined
  }
  const second = evaluate(right, scope, run)
  if (chained(left)) return undefined
  return compare(operator, first, second) ?? arithmetic(operator, [first, second])
}

/** `a < b < c` is not `(a < b) < c` in Python. */
function chained(left: SyntaxNode): boolean {
  return left.name === 'BinaryExpression' && childrenOf(left)[1]?.name === 'CompareOp'
}
