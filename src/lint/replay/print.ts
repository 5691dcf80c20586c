import { unknownValue } from '../../model/schema.ts'
import { literal, quoted } from './quoting.ts'

// Expressions as pg_get_expr prints them, for the forms that migrations are full of. Every other form is unknown, never guessed;
// test/lint/replay.test.ts holds them against a server.

const integers = new Set(['smallint', 'integer', 'bigint'])
const numbers = /^(?:smallint|integer|bigint|real|double precision|numeric(?:\(.*\))?)$/
const times = /^(?:date|time(?:stamp)?(?:\(\d\))? with(?:out)? time zone)$/

/** What is known of the place where an expression stands. */
export interface Scope {
  /** A column's type as PostgreSQL prints it; undefined for what is no column. */
  readonly typeOf: (column: string) => string | undefined
  /** What stands for a column; undefined: its name. */
  readonly shown?: string
  /** `enum` or `domain` for a type of that name, as `format_type` prints it. */
  readonly kindOf: (type: string) => string | undefined
}

/** A default, for a column of this type. */
export function printedDefault(sql: string, type: string, { kindOf }: Pick<Scope, 'kindOf'>): string {
  const text = withoutParentheses(sql)
  const upper = text.toUpperCase()
  if (/^\d+$/.test(text)) return numbers.test(type) && Number(text) < 2 ** 31 ? text : unknownValue
  if (/^\d+\.\d+$/.test(text)) return /^(?:numeric|real|double)/.test(type) ? text : unknownValue
  if (upper === 'TRUE' || upper === 'FALSE') return type === 'boolean' ? text.toLowerCase() : unknownValue
  if (times.test(type)) {
    if (/^NOW\s*\(\s*\)$/.test(upper)) return 'now()'
    if (/^(?:CURRENT_TIMESTAMP|LOCALTIMESTAMP|CURRENT_DATE|CURRENT_TIME|LOCALTIME)$/.test(upper)) return upper
  }
  if (type === 'uuid' && /^GEN_RANDOM_UUID\s*\(\s*\)$/.test(upper)) return 'gen_random_uuid()'
  const string = /^'((?:[^']|'')*)'(?:\s*::\s*([\w. ]+?(?:\s*\([\d, ]+\))?(?:\[\])?))?$/.exec(text)
  return string ? printedString((string[1] ?? '').replaceAll("''", "'"), string[2], type, kindOf) : unknownValue
}

/** @param cast the type that the constant is cast to, as written */
function printedString(value: string, cast: string | undefined, type: string, kindOf: Scope['kindOf']): string {
  const shown = literal(value)
  if (shown === undefined) return unknownValue
  if (cast !== undefined && !isSameType(cast, type)) return unknownValue
  const bare = type.replace(/\(.*\)/, '')
  if (bare === 'text' || bare === 'character varying' || bare === 'json') return `${shown}::${bare}`
  if (bare === 'character') return cast === undefined ? `${shown}::bpchar` : unknownValue
  if (bare.endsWith('[]') && value === '{}') return `${shown}::${bare}`
  if (bare === 'jsonb' && /^(?:\{\}|\[\])$/.test(value)) return `${shown}::jsonb`
  if (bare === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return `${shown}::date`
  if (bare === 'boolean' && /^(?:true|false)$/.test(value)) return value
  return kindOf(bare) === 'enum' ? `${shown}::${bare}` : unknownValue
}

/** Whether a cast as written is to the type, which is as PostgreSQL prints it. Unsure is no. */
function isSameType(cast: string, type: string): boolean {
  const written = cast.toLowerCase().replace(/\s+/g, ' ').trim()
  const long = written.replace(/^varchar\b/, 'character varying')
  return long === type || (type.includes('.') && type.endsWith(`.${written}`))
}

/** A condition, as it stands behind WHERE or in CHECK, in the parentheses that PostgreSQL adds. */
export function printedCondition(sql: string, scope: Scope): string {
  const text = withoutParentheses(sql)
  const all = splitAtAnd(text)
  if (all === undefined) return unknownValue
  const printed = all.map((each) => printedTest(withoutParentheses(each), scope))
  const [only] = printed
  return printed.length === 1 ? (only ?? unknownValue) : `(${printed.join(' AND ')})`
}

const name = '("(?:[^"]|"")+"|[A-Za-z_][A-Za-z0-9_]*)'
const nullTest = new RegExp(`^${name}\\s+IS\\s+(NOT\\s+)?NULL$`, 'i')
const comparison = new RegExp(`^${name}\\s*(<=|>=|<>|!=|=|<|>)\\s*(\\d+|'(?:[^']|'')*')$`)
const oneOf = new RegExp(
  `^${name}\\s+IN\\s*\\(\\s*((?:\\d+|'(?:[^']|'')*')(?:\\s*,\\s*(?:\\d+|'(?:[^']|'')*'))+)\\s*\\)$`,
  'i',
)

function printedTest(text: string, scope: Scope): string {
  const isNull = nullTest.exec(text)
  if (isNull) {
    const column = columnIn(isNull[1], scope)
    return column ? `(${column.shown} IS ${isNull[2] ? 'NOT ' : ''}NULL)` : unknownValue
  }
  const compared = comparison.exec(text)
  if (compared) {
    const [, left, operator = '=', right = ''] = compared
    const column = columnIn(left, scope)
    const shown = operator === '!=' ? '<>' : operator
    if (!column) return unknownValue
    if (integers.has(column.type) && /^\d+$/.test(right) && Number(right) < 2 ** 31)
      return `(${column.shown} ${shown} ${right})`
    const text = right.startsWith("'") ? literal(right.slice(1, -1).replaceAll("''", "'")) : undefined
    if (text === undefined) return unknownValue
    if (column.type === 'text') return `(${column.shown} ${shown} ${text}::text)`
    return isVarchar(column.type) ? `((${column.shown})::text ${shown} ${text}::text)` : unknownValue
  }
  const listed = oneOf.exec(text)
  return listed ? printedList(listed[1], listed[2] ?? '', scope) : unknownValue
}

function printedList(left: string | undefined, list: string, scope: Scope): string {
  const column = columnIn(left, scope)
  const values = list.match(/\d+|'(?:[^']|'')*'/g) ?? []
  if (!column) return unknownValue
  if (integers.has(column.type) && values.every((value) => /^\d+$/.test(value) && Number(value) < 2 ** 31)) {
    return column.type === 'integer' ? `(${column.shown} = ANY (ARRAY[${values.join(', ')}]))` : unknownValue
  }
  const texts = values.map((value) => literal(value.slice(1, -1).replaceAll("''", "'")))
  if (texts.includes(undefined) || values.some((value) => !value.startsWith("'"))) return unknownValue
  if (column.type === 'text')
    return `(${column.shown} = ANY (ARRAY[${texts.map((each) => `${each}::text`).join(', ')}]))`
  if (!isVarchar(column.type)) return unknownValue
  const elements = texts.map((each) => `${each}::character varying`).join(', ')
  return `((${column.shown})::text = ANY ((ARRAY[${elements}])::text[]))`
}

/** An expression of an index: `lower(email)`. */
export function printedKey(sql: string, scope: Scope): string {
  const call = new RegExp(`^(lower|upper)\\s*\\(\\s*${name}\\s*\\)$`, 'i').exec(sql.trim())
  const column = call && columnIn(call[2], scope)
  if (!column) return unknownValue
  const argument =
    column.type === 'text' ? column.shown : isVarchar(column.type) ? `(${column.shown})::text` : undefined
  return argument === undefined ? unknownValue : `${(call[1] ?? '').toLowerCase()}(${argument})`
}

function isVarchar(type: string): boolean {
  return /^character varying(?:\(\d+\))?$/.test(type)
}

function columnIn(written: string | undefined, { typeOf, shown }: Scope): { shown: string; type: string } | undefined {
  if (written === undefined) return undefined
  const plain = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written.toLowerCase()
  const type = typeOf(plain)
  return type === undefined ? undefined : { shown: shown ?? quoted(plain), type }
}

/** The conditions that AND joins at the top; undefined where OR or a string makes it unsure. */
function splitAtAnd(text: string): string[] | undefined {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (const { 0: token, index } of text.matchAll(
    /'(?:[^']|'')*'|"(?:[^"]|"")*"|--|\/\*|\$|[()]|\b(?:AND|OR|BETWEEN|CASE)\b/gi,
  )) {
    if (token === '(') depth++
    else if (token === ')') depth--
    else if (token === '--' || token === '/*' || token === '$') return undefined
    else if (depth === 0 && /^(?:OR|BETWEEN|CASE)$/i.test(token)) return undefined
    else if (depth === 0 && /^AND$/i.test(token)) {
      parts.push(text.slice(start, index))
      start = index + token.length
    }
  }
  return [...parts, text.slice(start)].map((part) => part.trim())
}

function withoutParentheses(sql: string): string {
  let text = sql.trim()
  while (text.startsWith('(') && closes(text)) text = text.slice(1, -1).trim()
  return text
}

/** Whether the last character closes the first. */
function closes(text: string): boolean {
  let depth = 0
  for (const { 0: token, index } of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[()]/g)) {
    if (token === '(') depth++
    if (token === ')' && --depth === 0) return index === text.length - 1
  }
  return false
}
