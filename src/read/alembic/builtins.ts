import { formatCall, madeString } from './operators.ts'
import { concatenate, replaceAll, slice, split, strip, type Text } from './text.ts'
import {
  type Arguments,
  booleanValue,
  equal,
  isSequence,
  iterated,
  none,
  numberValue,
  own,
  printed,
  represented,
  stringOf,
  truth,
  unknown,
  type Value,
} from './values.ts'

/** A call of one of Python's own functions. `at` is the place in the file for text that it makes. */
export function callBuiltin(name: string, given: Arguments, at: number): Value {
  const [first, second, third] = given.positional
  const list = first ? iterated(first) : undefined
  switch (name) {
    case 'str':
    case 'repr': {
      const shown = first ? (name === 'str' ? printed(first) : represented(first)) : ''
      if (first?.kind === 'string' && name === 'str') return first
      if (shown !== undefined) return madeString(shown, at)
      break
    }
    case 'len':
      if (first?.kind === 'string') return numberValue([...first.text.value].length)
      if (list) return numberValue(list.length)
      break
    case 'int':
      if (first?.kind === 'number' && Number.isInteger(first.value)) return first
      if (first?.kind === 'string' && /^\s*-?\d{1,15}\s*$/.test(first.text.value))
        return numberValue(Number(first.text.value))
      break
    case 'bool': {
      const known = first ? truth(first) : false
      if (known !== undefined) return booleanValue(known)
      break
    }
    case 'list':
    case 'tuple':
    case 'set':
    case 'frozenset':
      if (!first || list) return { kind: name === 'frozenset' ? 'set' : name, items: [...(list ?? [])] }
      break
    case 'dict':
      if (!first || first.kind === 'dict') {
        const named = [...given.named].map(([key, value]): [Value, Value] => [madeString(key, at), value])
        if (!given.named.has('**')) return { kind: 'dict', entries: [...(first?.entries ?? []), ...named] }
      }
      break
    case 'range': {
      const numbers = given.positional.map((value) => (value.kind === 'number' ? value.value : undefined))
      const [start, end, width] =
        numbers.length === 1 ? [0, numbers[0], 1] : [numbers[0], numbers[1], third ? numbers[2] : 1]
      if (start === undefined || end === undefined || !width || (end - start) / width > 10_000) break
      const items: Value[] = []
      for (let value = start; width > 0 ? value < end : value > end; value += width) items.push(numberValue(value))
      return { kind: 'list', items }
    }
    case 'enumerate': {
      const start = second ?? given.named.get('start')
      if (!list || (start && start.kind !== 'number')) break
      return {
        kind: 'list',
        items: list.map((item, index) => ({ kind: 'tuple', items: [numberValue(index + (start?.value ?? 0)), item] })),
      }
    }
    case 'zip': {
      const lists = given.positional.map(iterated)
      if (lists.includes(undefined) || lists.length === 0) break
      const length = Math.min(...lists.map((each) => each?.length ?? 0))
      const items = Array.from(
        { length },
        (_, index): Value => ({
          kind: 'tuple',
          items: lists.map((each) => each?.[index] ?? none),
        }),
      )
      return { kind: 'list', items }
    }
    case 'reversed':
      if (list) return { kind: 'list', items: [...list].reverse() }
      break
    case 'sorted': {
      const texts = list?.map((item) => (item.kind === 'string' ? item.text.value : undefined))
      if (!list || !texts || texts.includes(undefined) || given.named.size > 0) break
      const compare = (a: Value, b: Value): number => ((printed(a) ?? '') < (printed(b) ?? '') ? -1 : 1)
      return { kind: 'list', items: [...list].sort(compare) }
    }
    case 'any':
    case 'all': {
      const known = list?.map(truth)
      const deciding = name === 'any'
      if (known?.includes(deciding)) return booleanValue(deciding)
      if (known && !known.includes(undefined)) return booleanValue(!deciding)
      break
    }
    case 'isinstance': {
      const known = first && second ? isInstance(first, second) : undefined
      if (known !== undefined) return booleanValue(known)
      break
    }
    case 'print':
    case 'input':
      return none
  }
  return unknown(`what \`${name}()\` gives is known only when the migration runs`, false)
}

/** `isinstance(bind.dialect, MySQLDialect)`, which files ask to tell one database from another. Undefined: not known. */
function isInstance(value: Value, type: Value): boolean | undefined {
  if (type.kind === 'tuple') {
    const known = type.items.map((item) => isInstance(value, item))
    return known.includes(true) ? true : known.includes(undefined) ? undefined : false
  }
  const dialect = type.kind === 'imported' ? /^sqlalchemy\.dialects\.(\w+)\./.exec(type.path)?.[1] : undefined
  if (value.kind === 'live' && value.what === 'dialect' && dialect) return dialect === 'postgresql'
  const names: { readonly [kind: string]: string } = {
    string: 'str',
    list: 'list',
    tuple: 'tuple',
    dict: 'dict',
    boolean: 'bool',
  }
  const own = names[value.kind]
  return own && type.kind === 'imported' && type.path.startsWith('builtins.')
    ? type.path === `builtins.${own}`
    : undefined
}

/** A method of a string, list or dictionary of the file. */
export function callMethod(of: Value, name: string, given: Arguments, at: number): Value {
  const known =
    of.kind === 'string'
      ? stringMethod(of, name, given, at)
      : of.kind === 'dict'
        ? dictionaryMethod(of, name, given)
        : isSequence(of)
          ? listMethod(of, name, given)
          : undefined
  return known ?? unknown(`what \`.${name}()\` gives is known only when the migration runs`)
}

function stringMethod(
  of: Extract<Value, { kind: 'string' }>,
  name: string,
  { positional, named }: Arguments,
  at: number,
): Value | undefined {
  const text = of.text.value
  const [first, second] = positional.map((value) => (value.kind === 'string' ? value.text.value : undefined))
  if (positional.length > 0 && first === undefined && !['join', 'format', 'zfill'].includes(name)) return undefined
  switch (name) {
    case 'format':
      return formatCall(of, positional, named)
    case 'strip':
      return stringOf(strip(of.text, 'both', first))
    case 'lstrip':
      return stringOf(strip(of.text, 'start', first))
    case 'rstrip':
      return stringOf(strip(of.text, 'end', first))
    case 'upper':
      return madeString(text.toUpperCase(), of.text.origins[0]?.at ?? at)
    case 'lower':
      return madeString(text.toLowerCase(), of.text.origins[0]?.at ?? at)
    case 'startswith':
      return first === undefined ? undefined : booleanValue(text.startsWith(first))
    case 'endswith':
      return first === undefined ? undefined : booleanValue(text.endsWith(first))
    case 'removeprefix':
      return first && text.startsWith(first) ? stringOf(slice(of.text, first.length)) : of
    case 'removesuffix':
      return first && text.endsWith(first) ? stringOf(slice(of.text, 0, text.length - first.length)) : of
    case 'replace': {
      if (!first || second === undefined || positional.length > 2) return undefined
      const pattern = new RegExp(first.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'g')
      return stringOf(replaceAll(of.text, pattern, () => second))
    }
    case 'split': {
      if (positional.length > 1 || named.size > 0) return undefined
      if (first === '') return undefined
      const parts = first === undefined ? words(of.text) : split(of.text, first)
      return { kind: 'list', items: parts.map(stringOf) }
    }
    case 'splitlines':
      if (positional.length > 0) return undefined
      return {
        kind: 'list',
        items: split(text.endsWith('\n') ? slice(of.text, 0, text.length - 1) : of.text, '\n').map(stringOf),
      }
    case 'join': {
      const list = positional[0] ? iterated(positional[0]) : undefined
      const texts = list?.map((item) => (item.kind === 'string' ? item.text : undefined))
      if (!texts || texts.includes(undefined)) return undefined
      const parts = texts.flatMap((part, index) => (part ? (index === 0 ? [part] : [of.text, part]) : []))
      return parts.length === 0 ? madeString('', at) : stringOf(concatenate(parts))
    }
    default:
      return undefined
  }
}

function words(text: Text): Text[] {
  return [...text.value.matchAll(/\S+/g)].map((match) => slice(text, match.index, match.index + match[0].length))
}

function dictionaryMethod(
  of: Extract<Value, { kind: 'dict' }>,
  name: string,
  { positional }: Arguments,
): Value | undefined {
  const [key, fallback] = positional
  switch (name) {
    case 'items':
      return { kind: 'list', items: of.entries.map((entry) => ({ kind: 'tuple', items: [...entry] })) }
    case 'keys':
      return { kind: 'list', items: of.entries.map(([entry]) => entry) }
    case 'values':
      return { kind: 'list', items: of.entries.map(([, value]) => value) }
    case 'get': {
      if (!key) return undefined
      const found = of.entries.find(([entry]) => equal(entry, key))
      const unclear = of.entries.some(([entry]) => equal(entry, key) === undefined)
      return found?.[1] ?? (unclear ? undefined : (fallback ?? none))
    }
    case 'copy':
      return { kind: 'dict', entries: of.entries.map(([entry, value]) => [entry, value]) }
    default:
      // Whatever else changes it is not followed: nothing may be read from it afterwards.
      own(of.entries).splice(0, of.entries.length, [unknown('a changed dictionary is not followed'), none])
      return undefined
  }
}

/** Longer lists than people write are not followed. */
const longestList = 20_000

function listMethod(
  of: Extract<Value, { items: Value[] }>,
  name: string,
  { positional }: Arguments,
): Value | undefined {
  const [first] = positional
  switch (name) {
    case 'append':
    case 'add':
      if (first && (name === 'append' || !of.items.some((item) => equal(item, first)))) own(of.items).push(first)
      return none
    case 'extend':
    case 'update': {
      const more = first ? iterated(first) : undefined
      if (more && of.items.length + more.length <= longestList) own(of.items).push(...more)
      else own(of.items).push(unknown('a list is known only when the migration runs'))
      return none
    }
    case 'copy':
      return { kind: of.kind, items: [...of.items] }
    case 'index': {
      const at = first ? of.items.findIndex((item) => equal(item, first)) : -1
      return at < 0 ? undefined : numberValue(at)
    }
    case 'count':
    case 'union':
    case 'difference':
    case 'intersection':
    case 'issubset':
      return undefined
    default:
      own(of.items).splice(0, of.items.length, unknown('a changed list is not followed'))
      return undefined
  }
}
