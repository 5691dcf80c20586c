import type { ColumnType } from './tables.ts'

/**
 * Values for a column, as PostgreSQL reads them: first an ordinary one, then the one that goes to the limit of its type, then
 * others that migrations trip over. They are not meant to be plausible; that they fit the type is all that is promised.
 *
 * Integers stop short of their type's end, but beyond the next smaller type: narrowing fails, arithmetic does not.
 */
export function pool(type: ColumnType): readonly string[] {
  if (type.element) return arrays(type.element)
  if (type.kind === 'e') return type.labels
  if (type.kind === 'c') return [`(${','.repeat(Math.max(0, type.fields - 1))})`]
  const make = pools.get(type.name)
  if (make) return make(type.modifier)
  if (type.kind === 'm') return ['{}']
  if (type.kind === 'r') return ['empty', '(,)']
  return unknown
}

/** False for a type that this file does not know: its values are guesses, and PostgreSQL may refuse any of them. */
export function isKnown(type: ColumnType): boolean {
  return type.element ? isKnown(type.element) : type.kind === 'e' || type.kind === 'c' || pools.has(type.name)
}

/**
 * A value for a column whose values must differ from row to row, different for each `n` as far as the type has room.
 * @param n from 0; the same number gives the same value
 */
export function distinct(type: ColumnType, n: number): string | undefined {
  if (type.kind === 'e') return type.labels[n % type.labels.length]
  if (type.element) {
    const inner = distinct(type.element, n)
    return inner === undefined ? undefined : `{${inner}}`
  }
  return series.get(type.name)?.(n, type.modifier)
}

type Values = (modifier: number) => readonly string[]

/** Length 1 to 10,485,760 by the manual; long enough is long enough. */
const longest = 2000
const length = (modifier: number, otherwise: number) => (modifier < 0 ? otherwise : Math.min(modifier - 4, longest))
const cut = (text: string, characters: number) => [...text].slice(0, characters).join('')
const unique = (values: readonly string[]) => [...new Set(values)]

const texts = ['Ada', '', 'ada', ' b c ', `it's "q"`, 'Ünïcødé ☃', '0', 'x@y.example', '2020-01-01', 'A-1', 'NULL']
const text: Values = (modifier) => {
  const limit = length(modifier, 300)
  const fitting = texts.filter((value) => [...value].length <= limit)
  const [first = cut('Ada', limit), ...others] = fitting
  return unique([first, 'x'.repeat(limit), ...others])
}

/** Bits 16 to 31 hold the precision, the lowest 11 the scale as a signed number, https://github.com/postgres/postgres numeric.c. */
const numeric: Values = (modifier) => {
  if (modifier < 0) return ['7.125', '123456789012345678.123456789', '0', '-0.01', '1000']
  const precision = ((modifier - 4) >> 16) & 0xffff
  const scale = (((modifier - 4) & 0x7ff) ^ 1024) - 1024
  if (scale < 0 || scale > precision) return ['0']
  const whole = '9'.repeat(precision - scale) || '0'
  const fraction = scale > 0 ? `.${'9'.repeat(scale)}` : ''
  return unique([
    precision > scale ? '1' : '0',
    `${whole}${fraction}`,
    '0',
    `-${whole}`,
    scale > 0 ? `0.${'0'.repeat(scale - 1)}1` : '0',
  ])
}

const same =
  (...values: string[]): Values =>
  () =>
    values

/** pgvector: the modifier is the number of dimensions. */
const vector: Values = (modifier) => {
  const size = modifier < 1 ? 3 : modifier
  return ['1', '0', '-0.5'].map((value) => `[${Array(size).fill(value).join(',')}]`)
}

const pools: ReadonlyMap<string, Values> = new Map<string, Values>([
  ['bool', same('true', 'false')],
  ['int2', same('1', '32000', '0', '-1', '7', '18', '42', '100')],
  ['int4', same('1', '1234567', '0', '-1', '7', '18', '42', '100', '40000')],
  ['int8', same('1', '5000000019', '0', '-1', '7', '18', '42', '100', '40000')],
  ['oid', same('1', '3000000000')],
  ['numeric', numeric],
  ['float4', same('1.5', '1e10', '0', '-1e-9')],
  ['float8', same('1.5', '3.141592653589793', '0', '-1e10', '1e-9')],
  ['money', same('1', '1234.56', '0')],
  ['text', text],
  ['varchar', text],
  ['citext', text],
  ['bpchar', (modifier) => unique(text(modifier).map((value) => value || 'a'))],
  ['char', same('a', 'z')],
  ['name', same('Ada', 'x'.repeat(63))],
  ['date', same('2024-02-29', '9999-12-31', '1970-01-01', '0001-01-01')],
  ['time', same('12:30:00', '23:59:59.999999', '00:00:00')],
  ['timetz', same('12:30:00+00', '23:59:59.999999-11', '00:00:00+13')],
  [
    'timestamp',
    same('2024-02-29 12:30:00', '2024-03-10 02:30:00.123456', '1970-01-01 00:00:00', '9999-12-31 23:59:59'),
  ],
  [
    'timestamptz',
    same('2024-02-29 12:30:00+00', '2024-11-03 01:30:00.123456-04', '1970-01-01 00:00:00+00', '9999-12-31 00:00:00+00'),
  ],
  ['interval', same('1 day', '-3 years 2 mons 4 days 05:06:07.891', '0', '36:00:00')],
  [
    'uuid',
    same(
      '6f1ed002-ab5d-4a0b-8a5e-5d3c8f2a9b10',
      'ffffffff-ffff-ffff-ffff-ffffffffffff',
      '00000000-0000-0000-0000-000000000000',
    ),
  ],
  ['json', same('{"a": 1}', '{"a": 1, "a": 2}', '{}', '[]', 'null', '"s"')],
  ['jsonb', same('{"a": 1}', '{"a": {"b": [1, 2, null]}}', '{}', '[]', 'null', '"s"')],
  ['bytea', same('\\xdeadbeef', `\\x${'00ff'.repeat(100)}`, '\\x')],
  ['inet', same('10.0.0.1', '2001:db8::1/64', '192.168.0.0/16')],
  ['cidr', same('10.0.0.0/8', '2001:db8::/32')],
  ['macaddr', same('08:00:2b:01:02:03')],
  ['macaddr8', same('08:00:2b:01:02:03:04:05')],
  ['bit', (modifier) => ['1', '0'].map((bit) => bit.repeat(Math.max(1, modifier)))],
  ['varbit', (modifier) => ['1', '1'.repeat(modifier < 0 ? 70 : modifier), '']],
  ['xml', same('<a/>', 'text')],
  ['tsvector', same("'ada':1 'x':2", '')],
  ['tsquery', same("'ada' & 'x'", '')],
  ['jsonpath', same('$.a')],
  ['pg_lsn', same('0/1', 'FFFFFFFF/FFFFFFFF')],
  ['point', same('(1,2)', '(-0.5,1e10)')],
  ['line', same('{1,2,3}')],
  ['lseg', same('[(0,0),(1,1)]')],
  ['box', same('(1,1),(0,0)')],
  ['path', same('[(0,0),(1,1)]', '((0,0),(1,1))')],
  ['polygon', same('((0,0),(1,1),(1,0))')],
  ['circle', same('<(0,0),1>')],
  ['int4range', same('[1,10)', '[1,)', 'empty', '(,)')],
  ['int8range', same('[1,10)', '[5000000019,)', 'empty', '(,)')],
  ['numrange', same('[1.5,2.5)', '[1,)', 'empty', '(,)')],
  ['daterange', same('[2024-01-01,2024-02-01)', '[2024-03-01,)', 'empty', '(,)')],
  ['tsrange', same('[2024-01-01,2024-02-01)', '[2024-03-01,)', 'empty', '(,)')],
  ['tstzrange', same('[2024-01-01,2024-02-01)', '[2024-03-01,)', 'empty', '(,)')],
  ['hstore', same('a=>1', 'a=>NULL, b=>"x y"', '')],
  ['ltree', same('a', 'a.b.c')],
  ['vector', vector],
  ['halfvec', vector],
  ['geometry', same('POINT(0 0)', 'SRID=4326;POINT(1 2)')],
  ['geography', same('POINT(0 0)', 'SRID=4326;POINT(1 2)')],
])

const unknown = ['1', 'a', '', '{}', '(1,1)', '[1,2,3]', 'null']

const day = (n: number) => new Date(Date.UTC(2001, 0, 1) + (n % 2_000_000) * 86_400_000).toISOString().slice(0, 10)
const hexadecimal = (n: number, digits: number) => n.toString(16).padStart(digits, '0')

/** Short names first, so that a column of a few characters still has different values; every third one fills its column. */
const numberedText = (n: number, modifier: number) => {
  const limit = length(modifier, 60)
  const label = `${n % 2 === 0 ? 'k' : 'K'}${n}`
  if (label.length > limit) return n.toString(36).slice(-limit)
  return n % 3 === 2 ? label.padEnd(limit, 'x') : label
}

const series: ReadonlyMap<string, (n: number, modifier: number) => string> = new Map([
  ['bool', (n) => String(n % 2 === 0)],
  ['int2', (n) => String(1 + (n % 32_000))],
  ['int4', (n) => String(n % 3 === 2 ? 1_000_000 + n : 1 + n)],
  ['int8', (n) => String(n % 3 === 2 ? 5_000_000_000 + n : 1 + n)],
  ['oid', (n) => String(1 + n)],
  ['numeric', (n) => String(1 + n)],
  ['float4', (n) => String(n + 0.5)],
  ['float8', (n) => String(n + 0.5)],
  ['text', numberedText],
  ['varchar', numberedText],
  ['bpchar', numberedText],
  ['citext', numberedText],
  ['name', numberedText],
  ['date', (n) => day(n)],
  ['time', (n) => `${String(n % 24).padStart(2, '0')}:${String(Math.floor(n / 24) % 60).padStart(2, '0')}:00`],
  ['timestamp', (n) => `${day(n)} 12:30:00.123456`],
  ['timestamptz', (n) => `${day(n)} 12:30:00.123456+00`],
  ['uuid', (n) => `00000000-0000-4000-8000-${hexadecimal(n, 12)}`],
  ['bytea', (n) => `\\x${hexadecimal(n, 8)}`],
  ['inet', (n) => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`],
  ['jsonb', (n) => `{"a": ${n}}`],
  ['ltree', (n) => `k${n}`],
  ['int4range', (n) => `[${2 * n},${2 * n + 1})`],
  ['int8range', (n) => `[${2 * n},${2 * n + 1})`],
  ['numrange', (n) => `[${2 * n},${2 * n + 1})`],
  ['daterange', (n) => `[${day(2 * n)},${day(2 * n + 1)})`],
  ['tsrange', (n) => `[${day(2 * n)},${day(2 * n + 1)})`],
  ['tstzrange', (n) => `[${day(2 * n)} 00:00+00,${day(2 * n + 1)} 00:00+00)`],
])

function arrays(element: ColumnType): string[] {
  const quoted = pool(element).map((value) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`)
  const [first = 'NULL'] = quoted
  return unique([`{${first}}`, `{${quoted.slice(0, 6).join(',')}}`, '{}', `{${first},${first},NULL}`])
}
