import type { Precondition } from '../../model/precondition.ts'
import { literal } from '../tables.ts'
import { operand } from './in-the-way.ts'

/** The type of a column before and after. */
export interface TypeChange {
  /** The column as SQL. */
  readonly column: string
  /** The column in a sentence: `public.users.phone`. */
  readonly name: string
  /** As PostgreSQL prints them, domains seen through. */
  readonly from: string
  readonly to: string
  /** The expression after USING; undefined: PostgreSQL casts as in an assignment. */
  readonly using: string | undefined
  /** Of the type before, where it is an enum. */
  readonly oldLabels: readonly string[] | undefined
  /** Of the type after, where it is an enum. */
  readonly labels: readonly string[] | undefined
  /** The major version of PostgreSQL on which the count is to run. */
  readonly major: number
}

/** Values of a column that its new type has no room for. */
export interface Narrowing extends Pick<Precondition, 'kind' | 'outcome'> {
  /** A sentence: `no value of public.users.phone is longer than 20 characters`. */
  readonly needs: string
  /** SQL for the rows with such a value; undefined: no query can tell. */
  readonly where: string | undefined
  readonly sqlstates: readonly string[]
  /** Values of the old type that are such, to try. */
  readonly values: readonly string[]
}

/** What a change of type asks of the values. Empty for one that loses nothing, and for one that is not known here. */
export function narrowings(change: TypeChange): Narrowing[] {
  const from = typeOf(change.from)
  const to = typeOf(change.to)
  const value = change.using === undefined ? change.column : operand(change.using)
  const isPlain = change.using === undefined || isCastOf(change.using, change.column)
  if (change.labels) return isPlain ? labelsOf(change, change.labels) : []
  if (!from || !to) return isPlain ? casts(change, from, to) : []
  if (isText(from) && isText(to)) return lengths(change, value, from, to)
  if (isNumber(from) && isNumber(to))
    return isPlain || /\b(round|trunc|floor|ceil)\s*\(/i.test(value) ? numbers(change, value, from, to) : []
  if (isTime(from) && isTime(to)) return isPlain ? times(change, from, to) : []
  return isPlain ? casts(change, from, to) : []
}

interface Type {
  readonly name: string
  readonly arguments: readonly number[]
}

/** `numeric(10,2)`; undefined for what has another form: an array, a type of the user's own. */
function typeOf(printed: string): Type | undefined {
  const [, head = '', inner, tail = ''] = /^([a-z ]+?)(?:\(([-\d,]+)\))?( with(?:out)? time zone)?$/.exec(printed) ?? []
  return head === '' ? undefined : { name: head + tail, arguments: inner?.split(',').map(Number) ?? [] }
}

/** https://www.postgresql.org/docs/current/datatype-character.html: `character` alone has one. */
function lengthOf({ name, arguments: [length] }: Type): number {
  return length ?? (name === 'character' ? 1 : Number.POSITIVE_INFINITY)
}

const isText = ({ name }: Type) => ['text', 'character varying', 'character'].includes(name)
const isTime = ({ name }: Type) => /^(date$|time|interval)/.test(name)
const isFloat = ({ name }: Type) => name === 'real' || name === 'double precision'
const isNumber = (type: Type) => type.name in whole || type.name === 'numeric' || isFloat(type)

/** The largest value; the smallest is one further from zero. */
const whole: { readonly [type: string]: string } = {
  smallint: '32767',
  integer: '2147483647',
  bigint: '9223372036854775807',
}

/** `phone::varchar(20)`, `CAST(phone AS text)::mood`: nothing is done but to cast the column. */
function isCastOf(using: string, column: string): boolean {
  const bare = using
    .replace(/\bcast\s*\((.*)\s+as\s+[^()]*(?:\([\d,\s]*\))?\)/i, '$1')
    .replace(/::\s*("[^"]*"|[\w. ]+)(\.("[^"]*"|\w+))?(\([\d,\s]*\))?(\[\])?/g, '')
  const name =
    bare
      .replace(/[()\s]/g, '')
      .split('.')
      .at(-1) ?? ''
  return name.toLowerCase() === column.toLowerCase() || name === column.replaceAll('"', '')
}

/** `phone::code`, `CAST(phone AS code)`: one cast, to the new type itself. */
export function isOneCast(using: string, column: string): boolean {
  return isCastOf(using, column) && (using.match(/::|\bcast\s*\(/gi)?.length ?? 0) === 1
}

/**
 * An assignment refuses text that is too long unless only spaces stand beyond the limit; an explicit cast, like `left`, cuts it off
 * (https://www.postgresql.org/docs/current/datatype-character.html).
 */
function lengths({ column, name, using }: TypeChange, value: string, from: Type, to: Type): Narrowing[] {
  const none = (which: string) => `no value of ${name} ${which}`
  const limit = lengthOf(to)
  const cuts = using !== undefined && /\b(left|right|substr|substring|overlay)\s*\(|::|\bcast\s*\(/i.test(using)
  const tooLong = 'x'.repeat(Math.min(lengthOf(from), limit === Number.POSITIVE_INFINITY ? 2000 : limit + 1))
  const found: Narrowing[] = []
  if (lengthOf(from) > limit || using !== undefined) {
    if (limit < Number.POSITIVE_INFINITY)
      found.push({
        kind: 'length',
        outcome: 'fails',
        needs: none(`is longer than ${limit} ${limit === 1 ? 'character' : 'characters'}`),
        where: `char_length(rtrim(${value}::text, ' ')) > ${limit}`,
        sqlstates: ['22001'],
        values: [tooLong],
      })
    if (cuts)
      found.push({
        kind: 'length',
        outcome: 'changes',
        needs: none(
          limit < Number.POSITIVE_INFINITY
            ? `is longer than ${limit} ${limit === 1 ? 'character' : 'characters'}`
            : 'is cut off',
        ),
        where: `rtrim(${value}::text, ' ') <> rtrim(${column}::text, ' ')`,
        sqlstates: [],
        values: [tooLong],
      })
  }
  return found
}

function numbers(change: TypeChange, value: string, from: Type, to: Type): Narrowing[] {
  const none = (which: string) => `no value of ${change.name} ${which}`
  const exact = isFloat(from) ? `${value}::numeric` : value
  const range = { kind: 'range', outcome: 'fails', sqlstates: ['22003'] } as const
  const scale = { kind: 'scale', outcome: 'changes', sqlstates: [] as string[] } as const
  const found: Narrowing[] = []
  const largest = whole[to.name]
  const isWhole = from.name in whole
  if (largest !== undefined) {
    const rounded = isWhole ? value : `round(${exact})`
    const smallest = `-${largest.slice(0, -1)}8`
    if (!isWhole || (whole[from.name]?.length ?? 0) > largest.length)
      found.push({
        ...range,
        needs: none(`is outside of ${change.to} (${smallest} to ${largest})`),
        where: `${rounded} NOT BETWEEN ${smallest} AND ${largest}`,
        values: [
          `${largest.slice(0, -1)}8`,
          '9'.repeat(Math.max(1, (from.arguments[0] ?? 19) - (from.arguments[1] ?? 0))),
        ],
      })
    if (!isWhole && (from.arguments.length === 0 || (from.arguments[1] ?? 0) > 0))
      found.push({ ...scale, needs: none('has a fraction'), where: `${exact} <> round(${exact})`, values: ['1.5'] })
  } else if (to.name === 'numeric' && to.arguments.length > 0) {
    const [precision = 0, digits = 0] = to.arguments
    const [oldPrecision, oldDigits = 0] = from.name === 'numeric' ? from.arguments : []
    const room = precision - digits
    const oldRoom = isWhole
      ? (whole[from.name]?.length ?? 0)
      : oldPrecision === undefined
        ? 1_000
        : oldPrecision - oldDigits
    const rounded = isWhole ? value : `round(${exact}, ${digits})`
    if (oldRoom > room || (oldRoom === room && oldDigits > digits))
      found.push({
        ...range,
        needs: none(`has more than ${room} ${room === 1 ? 'digit' : 'digits'} before the point`),
        where: `abs(${rounded}) >= 1${'0'.repeat(Math.max(0, room))}${room < 0 ? '::numeric' : ''}`,
        values:
          oldRoom > room ? [`1${'0'.repeat(Math.max(0, room))}`] : [`${'9'.repeat(room)}.${'9'.repeat(oldDigits)}`],
      })
    if (!isWhole && (oldPrecision === undefined || oldDigits > digits))
      found.push({
        ...scale,
        needs: none(`has more than ${digits} ${digits === 1 ? 'digit' : 'digits'} after the point`),
        where: `${exact} <> round(${exact}, ${digits})`,
        values: [`0.${'1'.repeat(digits + 1)}`],
      })
  } else if (isFloat(to) && (to.name === 'real' || !isFloat(from)) && from.name !== to.name) {
    if (to.name === 'real' && !isWhole)
      found.push({
        ...range,
        needs: none('is outside of real (about ±3.4e38)'),
        where: `abs(${value}) > 3.4028235e38`,
        values: ['1e39'],
      })
    found.push({
      ...scale,
      needs: none(`has more digits than ${change.to} can hold`),
      where: `CASE WHEN abs(${value}) <= 3.4028235e38 THEN ${value}::${change.to}::${change.from} <> ${value} ELSE false END`,
      values: isWhole ? ['2147483647', '9007199254740993'] : ['3.141592653589793', '12345678901234567890.123456789'],
    })
  }
  return found
}

/** Parts of a time that the new type has no room for are rounded or cut off without a word. */
function times(change: TypeChange, from: Type, to: Type): Narrowing[] {
  const precision = (type: Type) => (type.name === 'date' ? -1 : (type.arguments[0] ?? 6))
  const isStamp = (type: Type) => type.name.startsWith('timestamp') || type.name === 'date'
  if (precision(to) >= precision(from)) return []
  if (from.name !== to.name && !(isStamp(from) && isStamp(to))) return []
  return [
    {
      kind: 'scale',
      outcome: 'changes',
      needs: `no value of ${change.name} ${to.name === 'date' ? 'has a time of day' : `has more than ${precision(to)} digits of a second`}`,
      where: `${change.column}::${change.to}::${change.from} <> ${change.column}`,
      sqlstates: [],
      values: ['2024-03-10 02:30:00.123456', '02:30:00.123456'],
    },
  ]
}

function labelsOf({ column, name, oldLabels, to }: TypeChange, labels: readonly string[]): Narrowing[] {
  if (oldLabels?.every((label) => labels.includes(label))) return []
  return [
    {
      kind: 'enum',
      outcome: 'fails',
      needs: `every value of ${name} is a label of ${to}`,
      where: `${column}::text <> ALL (ARRAY[${labels.map(literal).join(', ')}]::text[])`,
      sqlstates: ['22P02'],
      values: oldLabels ? oldLabels.filter((label) => !labels.includes(label)) : ['no such label'],
    },
  ]
}

/** What text must look like to be read as another type, on servers before 16; none where no pattern says it all. */
const forms: { readonly [type: string]: string } = {
  smallint: String.raw`^\s*[-+]?\d+\s*$`,
  integer: String.raw`^\s*[-+]?\d+\s*$`,
  bigint: String.raw`^\s*[-+]?\d+\s*$`,
  numeric: String.raw`^\s*([-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?|[nN][aA][nN])\s*$`,
  uuid: String.raw`^(\{([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}\}|([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4})$`,
  boolean: String.raw`^\s*([tT]|[tT][rR]|[tT][rR][uU]|[tT][rR][uU][eE]|[fF]|[fF][aA]|[fF][aA][lL]|[fF][aA][lL][sS]|[fF][aA][lL][sS][eE]|[yY]|[yY][eE]|[yY][eE][sS]|[nN]|[nN][oO]|[oO][nN]|[oO][fF]|[oO][fF][fF]|1|0)\s*$`,
}

/** Text that is read as another type. `pg_input_is_valid` asks the type itself, from PostgreSQL 16 on. */
function casts(
  { column, name, from, to, major }: TypeChange,
  source: Type | undefined,
  target: Type | undefined,
): Narrowing[] {
  if (!source || !isText(source) || (target && isText(target))) return []
  const form = forms[target?.name ?? '']
  return [
    {
      kind: 'cast',
      outcome: 'fails',
      needs: `every value of ${name} can be read as ${to}`,
      where:
        major >= 16
          ? `NOT pg_input_is_valid(${column}::text, ${literal(to)})`
          : form === undefined
            ? undefined
            : refused(column, form, target?.name ?? ''),
      // The likeliest first.
      sqlstates: [
        ...(target && isTime(target) ? ['22007', '22008', '22P02'] : ['22P02', '22007', '22008']),
        '22003',
        '22023',
        '22001',
      ],
      values: from === 'character(1)' ? ['x'] : ['no value of this type', 'x'],
    },
  ]
}

function refused(column: string, form: string, target: string): string {
  const isOther = `${column}::text !~ ${literal(form)}`
  const largest = whole[target]
  if (largest === undefined) return isOther
  const outside = `${column}::text::numeric NOT BETWEEN -${largest.slice(0, -1)}8 AND ${largest}`
  return `CASE WHEN ${isOther} THEN true ELSE ${outside} END`
}
