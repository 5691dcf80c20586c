import { concatenate, madeAt, replaceAll } from './text.ts'
import {
  booleanValue,
  equal,
  isSequence,
  iterated,
  numberValue,
  printed,
  represented,
  stringOf,
  unknown,
  type Value,
} from './values.ts'

/** Whether a value stands for SQL that SQLAlchemy builds, so that operators on it build more of it. */
function isExpression(value: Value): boolean {
  return value.kind === 'call' || value.kind === 'attribute' || value.kind === 'computed'
}

/** A comparison, `in` or `is`. Undefined: the operator is none of them, or the answer is not known. */
export function compare(operator: string, left: Value, right: Value): Value | undefined {
  if (isExpression(left) || isExpression(right)) {
    if (!['==', '!=', '<', '>', '<=', '>='].includes(operator)) return undefined
    return { kind: 'computed', operator, operands: [left, right] }
  }
  const answer = (known: boolean | undefined): Value | undefined =>
    known === undefined ? undefined : booleanValue(known)
  switch (operator) {
    case '==':
      return answer(equal(left, right))
    case '!=': {
      const same = equal(left, right)
      return answer(same === undefined ? undefined : !same)
    }
    case 'is':
    case 'is not': {
      const same = right.kind === 'none' && left.kind !== 'unknown' ? left.kind === 'none' : equal(left, right)
      return answer(same === undefined ? undefined : same === (operator === 'is'))
    }
    case 'in':
    case 'not in': {
      const found = contains(left, right)
      return answer(found === undefined ? undefined : found === (operator === 'in'))
    }
  }
  if (left.kind !== right.kind || (left.kind !== 'number' && left.kind !== 'string')) return undefined
  const a = left.kind === 'number' ? left.value : left.text.value
  const b = right.kind === 'number' ? right.value : right.kind === 'string' ? right.text.value : ''
  switch (operator) {
    case '<':
      return booleanValue(a < b)
    case '>':
      return booleanValue(a > b)
    case '<=':
      return booleanValue(a <= b)
    case '>=':
      return booleanValue(a >= b)
    default:
      return undefined
  }
}

function contains(value: Value, container: Value): boolean | undefined {
  if (container.kind === 'string')
    return value.kind === 'string' ? container.text.value.includes(value.text.value) : undefined
  const found = iterated(container)?.map((item) => equal(item, value))
  if (!found || (found.includes(undefined) && !found.includes(true))) return undefined
  return found.includes(true)
}

/** An operator on numbers, strings, lists or SQL expressions. Undefined: not known. */
export function arithmetic(operator: string, operands: readonly [Value, Value?]): Value | undefined {
  const [left, right] = operands
  if (isExpression(left) || (right && isExpression(right))) {
    return { kind: 'computed', operator, operands: right ? [left, right] : [left] }
  }
  if (!right) {
    if (left.kind !== 'number') return undefined
    return operator === '-' ? numberValue(-left.value) : operator === '+' ? left : undefined
  }
  if (left.kind === 'string') {
    if (operator === '+' && right.kind === 'string') return stringOf(concatenate([left.text, right.text]))
    if (operator === '%') return percent(left, right)
    if (operator === '*' && right.kind === 'number') return repeat(left, right.value)
    return undefined
  }
  if (isSequence(left)) {
    if (operator === '+' && isSequence(right) && left.items.length + right.items.length < 20_000)
      return { kind: left.kind, items: [...left.items, ...right.items] }
    if (operator === '*' && right.kind === 'number' && right.value * left.items.length < 10_000) {
      return { kind: left.kind, items: Array.from({ length: right.value }, () => left.items).flat() }
    }
    return undefined
  }
  if (left.kind === 'dict' && right.kind === 'dict' && operator === '|') {
    return { kind: 'dict', entries: [...left.entries.filter(([key]) => !contains(key, right)), ...right.entries] }
  }
  return left.kind === 'number' && right.kind === 'number' ? number(operator, left.value, right.value) : undefined
}

function repeat(left: Extract<Value, { kind: 'string' }>, times: number): Value | undefined {
  if (times * left.text.value.length > 100_000) return undefined
  return stringOf(concatenate(Array.from({ length: Math.max(0, times) }, () => left.text)))
}

function number(operator: string, left: number, right: number): Value | undefined {
  const results: { readonly [operator: string]: number } = {
    '+': left + right,
    '-': left - right,
    '*': left * right,
    '//': Math.floor(left / right),
    '%': left - right * Math.floor(left / right),
    '**': left ** right,
  }
  const result = results[operator]
  // Python prints floating-point numbers in its own way, and whole ones without limit.
  if (result === undefined || !Number.isSafeInteger(result)) return undefined
  return Number.isInteger(left) && Number.isInteger(right) ? numberValue(result) : undefined
}

/** `"…%s…" % values`: what is put in is generated, the rest keeps its place. Undefined: not known. */
function percent(left: Extract<Value, { kind: 'string' }>, right: Value): Value | undefined {
  const given = right.kind === 'tuple' ? right.items : [right]
  let next = 0
  let known = true
  const text = replaceAll(left.text, /%(?:\((\w+)\))?(.?)/gs, (match) => {
    if (match[2] === '%') return '%'
    const key = match[1]
    const value =
      key === undefined
        ? given[next++]
        : right.kind === 'dict'
          ? right.entries.find(([name]) => printed(name) === key)?.[1]
          : undefined
    const shown =
      value && match[2] === 's'
        ? printed(value)
        : value && match[2] === 'r'
          ? represented(value)
          : value?.kind === 'number' && match[2] === 'd' && Number.isInteger(value.value)
            ? value.text
            : undefined
    if (shown === undefined) known = false
    return shown ?? ''
  })
  return known ? stringOf(text) : undefined
}

/** `format(value, specification)` for the specifications that migrations use: widths of numbers. Undefined: not known. */
export function formatted(value: Value, specification: string): string | undefined {
  if (specification === '') return printed(value)
  const width = /^0(\d+)d?$/.exec(specification)?.[1]
  if (value.kind !== 'number' || width === undefined || !Number.isInteger(value.value) || value.value < 0)
    return undefined
  return value.text.padStart(Math.min(Number(width), 100), '0')
}

/** `"…{}…{name}".format(…)`. Undefined: not known. */
export function formatCall(
  of: Extract<Value, { kind: 'string' }>,
  positional: readonly Value[],
  named: ReadonlyMap<string, Value>,
): Value {
  let next = 0
  let known = true
  const text = replaceAll(of.text, /\{\{|\}\}|\{([^{}]*)\}/g, (match) => {
    if (match[1] === undefined) return match[0].slice(1)
    const [, field = '', conversion, specification = ''] = /^(\w*)(?:!(\w))?(?::(.*))?$/s.exec(match[1]) ?? [
      undefined,
      '?',
    ]
    const value = field === '' ? positional[next++] : /^\d+$/.test(field) ? positional[Number(field)] : named.get(field)
    const shown = !value ? undefined : conversion === 'r' ? represented(value) : formatted(value, specification)
    if (shown === undefined || (conversion !== undefined && conversion !== 'r')) known = false
    return shown ?? ''
  })
  return known ? stringOf(text) : unknown('a value put into a string is known only when the migration runs')
}

/** The text of a string put in the place of `node`: not written in the file as it is. */
export function madeString(value: string, at: number): Value {
  return stringOf(madeAt(value, at))
}
