import { isCallOf, symbol } from './library.ts'
import { literal, stringLiteral, type Writing } from './literals.ts'
import { identifier, qualified, quoted, schemaName } from './names.ts'
import { columnClass, columnReference } from './references.ts'
import { replaceAll, type Text } from './text.ts'
import { typeOf } from './types.ts'
import {
  type Arguments,
  argument,
  isSequence,
  iterated,
  knownString,
  option,
  Undecided,
  type Value,
  whyNot,
} from './values.ts'

/** How tightly the operators bind, as in https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-PRECEDENCE. */
const level = { or: 1, and: 2, not: 3, is: 4, comparison: 5, like: 6, other: 7, sum: 8, product: 9, atom: 20 }

interface Piece {
  readonly sql: string
  readonly level: number
}

function atom(sql: string): Piece {
  return { sql, level: level.atom }
}

/** The SQL of an expression. Throws `Undecided`. */
export function expression(value: Value, writing: Writing): string {
  return piece(value, writing).sql
}

/** The SQL of an expression, in parentheses unless it stands for itself: as an index or a constraint needs it. */
export function grouped(value: Value, writing: Writing): string {
  return within(piece(value, writing), level.atom)
}

function within(inner: Piece, least: number): string {
  return inner.level < least ? `(${inner.sql})` : inner.sql
}

/** The text of `sa.text("…")`, with `.bindparams(…)`. Undefined: the value is something else. */
export function textClause(value: Value): { text: Text; bound: Map<string, Value> } | undefined {
  if (value.kind !== 'call') return undefined
  if (value.callee.kind === 'attribute') {
    const inner = textClause(value.callee.of)
    if (!inner) return undefined
    const { name } = value.callee
    if (name === 'bindparams') {
      for (const parameter of value.given.positional) {
        if (!isCallOf(parameter, 'bindparam')) throw new Undecided(whyNot(parameter, 'a parameter'))
        inner.bound.set(knownString(argument(parameter.given, 0, 'key'), 'the name of a parameter'), parameter)
      }
      for (const [key, bound] of value.given.named) inner.bound.set(key, bound)
    } else if (!['columns', 'execution_options', 'self_group'].includes(name))
      throw new Undecided(`\`text().${name}()\` is not read`)
    return inner
  }
  if (!isCallOf(value, 'text', 'literal_column')) return undefined
  const text = argument(value.given, 0, 'text')
  if (text?.kind !== 'string') throw new Undecided(whyNot(text, 'the SQL'))
  return { text: text.text, bound: new Map() }
}

/** Letters, digits and `_` in any script, as Python's `\w`. */
const parameterName =
  /\\(:[\p{L}\p{N}_$]*)(?![:\p{L}\p{N}_$])|(?<![:\p{L}\p{N}_$\\]):([\p{L}\p{N}_$]+)(?![:\p{L}\p{N}_$])/gu

/** The text with its `:name` parameters replaced and `\:` read as a colon, as SQLAlchemy does. Throws `Undecided`. */
export function fillIn(text: Text, writing: Writing): Text {
  const used = new Map<string, string>()
  return replaceAll(text, parameterName, (match) => {
    const name = match[2]
    if (name === undefined) return match[1] ?? ''
    let sql = used.get(name)
    if (sql === undefined) {
      const value = writing.bound.get(name) ?? writing.boundElsewhere
      if (!value)
        throw new Undecided(`SQLAlchemy reads \`:${name}\` in this text as a parameter, and no value is given for it`)
      sql = parameter(value, writing)
      used.set(name, sql)
    }
    return sql
  })
}

function parameter(value: Value, writing: Writing): string {
  if (!isCallOf(value, 'bindparam')) return literal(value, writing)
  const { given } = value
  const name = argument(given, 0, 'key')
  const bound =
    argument(given, 1, 'value') ??
    (name?.kind === 'string' ? writing.bound.get(name.text.value) : undefined) ??
    writing.boundElsewhere
  if (!bound || bound === value) throw new Undecided('a parameter has no value')
  const type = argument(given, 2, 'type_')
  if (option(given, 'expanding')) return list(bound, writing)
  return literal(bound, writing, type && type.kind !== 'none' ? typeOf(type).family : undefined)
}

function list(value: Value, writing: Writing): string {
  const items = isSequence(value) ? value.items : undefined
  if (!items) return literal(value, writing)
  return items.length === 0 ? '(NULL)' : `(${items.map((item) => expression(item, writing)).join(', ')})`
}

const operators: { readonly [operator: string]: [sql: string, level: number] } = {
  '==': ['=', level.comparison],
  '!=': ['!=', level.comparison],
  '<': ['<', level.comparison],
  '>': ['>', level.comparison],
  '<=': ['<=', level.comparison],
  '>=': ['>=', level.comparison],
  '*': ['*', level.product],
  '/': ['/', level.product],
  '-': ['-', level.sum],
  '&': ['AND', level.and],
  '|': ['OR', level.or],
}

/** Functions of the SQL standard that are written without parentheses. */
const withoutParentheses = new Set(
  'current_date current_time current_timestamp current_user localtime localtimestamp session_user user'.split(' '),
)

function piece(value: Value, writing: Writing): Piece {
  const text = textClause(value)
  if (text) return atom(fillIn(text.text, { ...writing, bound: new Map([...writing.bound, ...text.bound]) }).value)
  const column = columnReference(value)
  if (column) {
    const table = writing.qualify && column.table ? `${column.table.sql}.` : ''
    return atom(`${table}${quoted(column.name)}`)
  }
  if (value.kind === 'computed') return computed(value.operator, value.operands, writing)
  if (value.kind !== 'call') return atom(literal(value, writing))
  if (value.callee.kind === 'attribute') return method(value.callee.of, value.callee.name, value.given, writing)
  const called = symbol(value.callee)
  const { given } = value
  const first = given.positional[0]
  const all = (): string[] => given.positional.map((item) => expression(item, writing))
  if (called?.sqlFunction) {
    const name = called.sqlFunction
    const words = name.split('.').map((part) => (/^[a-z_][a-z0-9_$]*$/i.test(part) ? part : quoted(part)))
    if (withoutParentheses.has(name.toLowerCase())) return atom(name.toUpperCase())
    return atom(`${words.join('.')}(${given.positional.length === 0 && name === 'count' ? '*' : all().join(', ')})`)
  }
  switch (called?.name) {
    case 'and_':
    case 'or_': {
      const word = called.name === 'and_' ? 'and' : 'or'
      const parts = given.positional.map((item) => within(piece(item, writing), level[word]))
      if (parts.length === 1 && first) return piece(first, writing)
      return { sql: parts.join(` ${word.toUpperCase()} `), level: level[word] }
    }
    case 'not_':
      return negated(required(first), writing)
    case 'null':
      return atom('NULL')
    case 'true':
    case 'false':
      return atom(called.name)
    case 'literal':
    case 'inline_literal': {
      const type = argument(given, 1, 'type_')
      return atom(literal(required(first), writing, type && type.kind !== 'none' ? typeOf(type).family : undefined))
    }
    case 'bindparam':
      return atom(parameter(value, writing))
    case 'cast':
    case 'type_coerce': {
      const inner = expression(required(first), writing)
      return atom(called.name === 'cast' ? `CAST(${inner} AS ${typeOf(given.positional[1]).sql})` : inner)
    }
    case 'desc':
    case 'asc':
      return { sql: `${named(required(first), writing)} ${called.name.toUpperCase()}`, level: level.atom }
    case 'nullslast':
    case 'nulls_last':
    case 'nullsfirst':
    case 'nulls_first':
      return {
        sql: `${named(required(first), writing)} NULLS ${called.name.includes('last') ? 'LAST' : 'FIRST'}`,
        level: level.atom,
      }
    case 'case':
      return choice(given, writing)
    case 'tuple_':
      return atom(`(${all().join(', ')})`)
    case 'conv':
    case 'DefaultClause':
      return piece(required(first), writing)
    case 'extract': {
      const [field, from] = given.positional
      return atom(`EXTRACT(${knownString(field, 'the field')} FROM ${expression(required(from), writing)})`)
    }
  }
  if (value.callee.kind === 'imported' && value.callee.path === 'alembic.op.inline_literal') {
    return atom(literal(required(first), writing))
  }
  throw new Undecided(`the SQL of \`${called?.name ?? 'this expression'}\` is not read`)
}

/** A string names a column where an order is given. */
function named(value: Value, writing: Writing): string {
  return value.kind === 'string' ? quoted(value.text.value) : expression(value, writing)
}

function required(value: Value | undefined): Value {
  if (!value) throw new Undecided('an argument is missing')
  return value
}

/** `sa.case((condition, value), …, else_=value)`; before SQLAlchemy 1.4 the pairs were in a list. */
function choice({ positional, named: words }: Arguments, writing: Writing): Piece {
  const [first] = positional
  const pairs = first?.kind === 'list' ? first.items : positional
  const whens = pairs.map((pair) => {
    if (pair.kind !== 'tuple' || words.has('value')) throw new Undecided('the SQL of this `case` is not read')
    const [condition, result] = pair.items
    return `WHEN ${expression(required(condition), writing)} THEN ${expression(required(result), writing)}`
  })
  const otherwise = words.get('else_')
  const tail = otherwise && otherwise.kind !== 'none' ? ` ELSE ${expression(otherwise, writing)}` : ''
  return atom(`CASE ${whens.join(' ')}${tail} END`)
}

/** What SQLAlchemy makes of a negation: the opposite operator where there is one. */
const opposites: { readonly [operator: string]: string } = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  in_: 'not_in',
  not_in: 'in_',
  notin_: 'in_',
  like: 'not_like',
  ilike: 'not_ilike',
  is_: 'is_not',
  is_not: 'is_',
  isnot: 'is_',
}

function negated(value: Value, writing: Writing): Piece {
  if (value.kind === 'computed') {
    const operator = value.operands.length === 2 ? opposites[value.operator] : undefined
    if (operator) return computed(operator, value.operands, writing)
  }
  if (value.kind === 'call' && value.callee.kind === 'attribute') {
    const name = opposites[value.callee.name]
    if (name) return method(value.callee.of, name, value.given, writing)
  }
  return { sql: `NOT ${within(piece(value, writing), level.atom)}`, level: level.not }
}

/** Comparisons as the other side has them. */
const mirrored: { readonly [operator: string]: string } = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
}

function computed(operator: string, operands: readonly Value[], writing: Writing): Piece {
  const [left, right] = operands
  const mirror = mirrored[operator]
  if (mirror && left && right && columnClass(left) === 'column' && columnClass(right) === 'Column')
    return computed(mirror, [right, left], writing)
  if (!left) throw new Undecided('an operand is missing')
  if (!right) {
    if (operator === '~') return negated(left, writing)
    return { sql: `${operator}${within(piece(left, writing), level.atom)}`, level: level.product }
  }
  if ((operator === '==' || operator === '!=') && (right.kind === 'none' || isCallOf(right, 'null'))) {
    return {
      sql: `${within(piece(left, writing), level.like)} IS ${operator === '==' ? '' : 'NOT '}NULL`,
      level: level.is,
    }
  }
  if (operator === '+') return sum(left, right, writing)
  const known = operators[operator]
  if (!known) throw new Undecided(`the operator \`${operator}\` in an expression is not read`)
  const [sql, own] = known
  const associative = own === level.and || own === level.or
  return {
    sql: `${within(piece(left, writing), own === level.comparison ? own + 1 : own)} ${sql} ${within(piece(right, writing), associative ? own : own + 1)}`,
    level: own,
  }
}

/** `+` is `||` for strings: SQLAlchemy decides by the type of the left side, or of a string constant. */
function sum(left: Value, right: Value, writing: Writing): Piece {
  const family = familyOf(left) ?? familyOf(right)
  if (!family) throw new Undecided('whether `+` adds or concatenates depends on a type that is not known here')
  const sql = family === 'string' ? '||' : '+'
  const own = family === 'string' ? level.other : level.sum
  return { sql: `${within(piece(left, writing), own)} ${sql} ${within(piece(right, writing), own + 1)}`, level: own }
}

function familyOf(value: Value): 'string' | 'number' | undefined {
  if (value.kind === 'string') return 'string'
  if (value.kind === 'number') return 'number'
  if (value.kind === 'computed' && value.operator === '+') return familyOf(value.operands[0] as Value)
  const column = isCallOf(value, 'column', 'Column')
    ? value
    : columnReference(value)?.table?.columns.find(({ name }) => name === columnReference(value)?.name)?.value
  const type = column?.kind === 'call' ? column.given.positional[1] : undefined
  if (!type) return undefined
  const { family } = typeOf(type)
  return family === 'string' || family === 'number' ? family : undefined
}

/** A method of a column or another expression. */
function method(of: Value, name: string, given: { positional: readonly Value[] }, writing: Writing): Piece {
  const [first, second] = given.positional
  const left = (least: number): string => within(piece(of, writing), least)
  const right = (least: number): string => within(piece(required(first), writing), least)
  switch (name) {
    case 'is_':
      return { sql: `${left(level.like)} IS ${right(level.like)}`, level: level.is }
    case 'is_not':
    case 'isnot':
      return { sql: `${left(level.like)} IS NOT ${right(level.like)}`, level: level.is }
    case 'in_':
    case 'not_in':
    case 'notin_': {
      const items = first ? iterated(first) : undefined
      if (!items || items.length === 0)
        throw new Undecided('the values of an IN are known only when the migration runs')
      const sql = `${left(level.other)} ${name === 'in_' ? '' : 'NOT '}IN ${list(required(first), writing)}`
      return { sql: name === 'in_' ? sql : `(${sql})`, level: name === 'in_' ? level.like : level.atom }
    }
    case 'like':
    case 'ilike':
    case 'not_like':
    case 'notlike':
    case 'not_ilike':
    case 'notilike': {
      const words = `${name.startsWith('not') ? 'NOT ' : ''}${name.endsWith('ilike') ? 'ILIKE' : 'LIKE'}`
      return { sql: `${left(level.other)} ${words} ${right(level.other)}`, level: level.like }
    }
    case 'between':
      return {
        sql: `${left(level.other)} BETWEEN ${right(level.other)} AND ${within(piece(required(second), writing), level.other)}`,
        level: level.like,
      }
    case 'desc':
    case 'asc':
      return atom(`${left(0)} ${name.toUpperCase()}`)
    case 'nulls_last':
    case 'nullslast':
      return atom(`${left(0)} NULLS LAST`)
    case 'nulls_first':
    case 'nullsfirst':
      return atom(`${left(0)} NULLS FIRST`)
    case 'cast':
      return atom(`CAST(${left(0)} AS ${typeOf(first).sql})`)
    case 'self_group':
      return piece(of, writing)
    case 'next_value':
      if (isCallOf(of, 'Sequence')) {
        const sequence = qualified(
          identifier(argument(of.given, 0, 'name'), 'a sequence'),
          schemaName(argument(of.given, undefined, 'schema')),
        )
        return atom(`nextval(${stringLiteral(sequence)})`)
      }
      throw new Undecided('the sequence of `.next_value()` is not known')
    case 'label':
      return atom(left(0))
    default:
      throw new Undecided(`\`.${name}()\` of an expression is not read`)
  }
}

/** The text of a value that must be SQL text: a string or `sa.text(…)`, with the places it came from. */
export function sqlText(value: Value, writing: Writing): Text | undefined {
  if (value.kind === 'string') return fillIn(value.text, writing)
  const clause = textClause(value)
  return clause && fillIn(clause.text, { ...writing, bound: new Map([...writing.bound, ...clause.bound]) })
}
