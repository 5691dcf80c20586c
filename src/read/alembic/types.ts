import { memberOf } from './attributes.ts'
import { foreignType } from './foreign-types.ts'
import { calledName, isCallOf, symbol } from './library.ts'
import { identifier, qualified, schemaName } from './names.ts'
import { madeString } from './operators.ts'
import { elsewhere } from './text.ts'
import {
  type Arguments,
  argument,
  type ClassValue,
  enumMembers,
  knownString,
  none,
  option,
  Undecided,
  unknown,
  type Value,
  whyNot,
} from './values.ts'

/** An enum type that has a name of its own in the database. */
export interface EnumType {
  readonly name: string
  readonly schema: string | undefined
  readonly labels: readonly string[]
  /** `create_table` makes it. */
  readonly created: boolean
}

/** The labels that a CHECK constraint allows, where an enum has no type of its own in the database. */
export interface TypeCheck {
  readonly name: Value | undefined
  readonly labels: readonly string[]
}

/** A column's type as PostgreSQL gets it. */
export interface SqlType {
  readonly sql: string
  /** Whether it can count itself up: SQLAlchemy makes a single integer or numeric key SERIAL, BIGSERIAL or SMALLSERIAL. */
  readonly serial: 'SERIAL' | 'BIGSERIAL' | 'SMALLSERIAL' | undefined
  /** How its values are written; `made`: its own code changes them first. */
  readonly family: 'string' | 'number' | 'json' | 'array' | 'other' | 'made'
  readonly enum?: EnumType
  readonly check?: TypeCheck
}

/** Types that are written without arguments, by the name of their SQLAlchemy class. */
const plain: { readonly [name: string]: string } = {
  Boolean: 'BOOLEAN',
  BOOLEAN: 'BOOLEAN',
  Date: 'DATE',
  DATE: 'DATE',
  DATETIME: 'DATETIME',
  DOUBLE: 'DOUBLE',
  LargeBinary: 'BYTEA',
  PickleType: 'BYTEA',
  BYTEA: 'BYTEA',
  BLOB: 'BLOB',
  INET: 'INET',
  CIDR: 'CIDR',
  MACADDR: 'MACADDR',
  MACADDR8: 'MACADDR8',
  MONEY: 'MONEY',
  OID: 'OID',
  REGCLASS: 'REGCLASS',
  REGCONFIG: 'REGCONFIG',
  TSVECTOR: 'TSVECTOR',
  TSQUERY: 'TSQUERY',
  HSTORE: 'HSTORE',
  CITEXT: 'CITEXT',
  JSONPATH: 'JSONPATH',
  INT4RANGE: 'INT4RANGE',
  INT8RANGE: 'INT8RANGE',
  NUMRANGE: 'NUMRANGE',
  DATERANGE: 'DATERANGE',
  TSRANGE: 'TSRANGE',
  TSTZRANGE: 'TSTZRANGE',
  INT4MULTIRANGE: 'INT4MULTIRANGE',
  INT8MULTIRANGE: 'INT8MULTIRANGE',
  NUMMULTIRANGE: 'NUMMULTIRANGE',
  DATEMULTIRANGE: 'DATEMULTIRANGE',
  TSMULTIRANGE: 'TSMULTIRANGE',
  TSTZMULTIRANGE: 'TSTZMULTIRANGE',
}

const strings: { readonly [name: string]: string } = {
  String: 'VARCHAR',
  VARCHAR: 'VARCHAR',
  Unicode: 'VARCHAR',
  AutoString: 'VARCHAR',
  Text: 'TEXT',
  TEXT: 'TEXT',
  UnicodeText: 'TEXT',
  CHAR: 'CHAR',
  NCHAR: 'NCHAR',
  NVARCHAR: 'NVARCHAR',
  CLOB: 'CLOB',
}

const integers: { readonly [name: string]: [sql: string, serial: 'SERIAL' | 'BIGSERIAL' | 'SMALLSERIAL'] } = {
  Integer: ['INTEGER', 'SERIAL'],
  INTEGER: ['INTEGER', 'SERIAL'],
  INT: ['INTEGER', 'SERIAL'],
  BigInteger: ['BIGINT', 'BIGSERIAL'],
  BIGINT: ['BIGINT', 'BIGSERIAL'],
  SmallInteger: ['SMALLINT', 'SMALLSERIAL'],
  SMALLINT: ['SMALLINT', 'SMALLSERIAL'],
}

/** Types of other dialects that SQLAlchemy writes for PostgreSQL under the same name. */
const shared = new Set('INTEGER BIGINT SMALLINT VARCHAR CHAR TEXT JSON DATE BOOLEAN NUMERIC DECIMAL REAL'.split(' '))

function other(sql: string): SqlType {
  return { sql, serial: undefined, family: 'other' }
}

/** The SQL of a type given as a class (`sa.Integer`) or as an object (`sa.String(50)`). Throws `Undecided`. */
export function typeOf(value: Value | undefined, tableSchema?: string): SqlType {
  if (value === undefined || value.kind === 'none') throw new Undecided('a column has no type')
  const call = value.kind === 'call' ? value : undefined
  if (call?.callee.kind === 'attribute') return variant(call, tableSchema)
  const named = call ? call.callee : value
  const given = call?.given ?? { positional: [], named: new Map() }
  if (named.kind === 'class') return localType(named, given, tableSchema)
  const foreign = named.kind === 'imported' ? foreignType(named.path, given) : undefined
  if (typeof foreign === 'string') return made(foreign)
  if (foreign) return typeOf(ofLibrary(foreign.type, foreign.given, value), tableSchema)
  const known = symbol(named)
  if (!known || known.sqlFunction) {
    const path = named.kind === 'imported' ? named.path : undefined
    throw new Undecided(
      path ? `the type \`${path}\` is not one of SQLAlchemy's, so its SQL is not known` : whyNot(value, 'a type'),
    )
  }
  const { name } = known
  if (known.dialect && known.dialect !== 'postgresql' && !shared.has(name)) {
    throw new Undecided(`\`${name}\` is a type of ${known.dialect}, not of PostgreSQL`)
  }
  const integer = integers[name]
  if (integer) return { sql: integer[0], serial: integer[1], family: 'number' }
  if (strings[name]) {
    const length = count(argument(given, 0, 'length'))
    const collation = argument(given, 1, 'collation')
    const suffix = collation && collation.kind !== 'none' ? ` COLLATE "${knownString(collation, 'the collation')}"` : ''
    return { sql: `${strings[name]}${length ? `(${length})` : ''}${suffix}`, serial: undefined, family: 'string' }
  }
  if (plain[name]) return other(plain[name])
  const zone = (index: number): string => (option(given, 'timezone', index) ? 'WITH' : 'WITHOUT')
  const width = (precision: string | undefined): string => (precision ? `(${precision})` : '')
  switch (name) {
    case 'Numeric':
    case 'NUMERIC':
    case 'DECIMAL': {
      const precision = count(argument(given, 0, 'precision'))
      const scale = count(argument(given, 1, 'scale'))
      const word = name === 'DECIMAL' ? 'DECIMAL' : 'NUMERIC'
      const sql = precision === undefined ? word : `${word}(${precision}${scale === undefined ? '' : `, ${scale}`})`
      return { sql, serial: 'SERIAL', family: 'number' }
    }
    case 'Float':
    case 'FLOAT': {
      const precision = count(argument(given, 0, 'precision'))
      return {
        sql: `FLOAT${precision && precision !== '0' ? `(${precision})` : ''}`,
        serial: 'SERIAL',
        family: 'number',
      }
    }
    case 'REAL':
      return { sql: 'REAL', serial: 'SERIAL', family: 'number' }
    case 'Double':
    case 'DOUBLE_PRECISION':
      return { sql: 'DOUBLE PRECISION', serial: 'SERIAL', family: 'number' }
    case 'DateTime':
      return other(`TIMESTAMP ${zone(0)} TIME ZONE`)
    case 'TIMESTAMP':
      return other(
        `TIMESTAMP${width(known.dialect ? count(argument(given, 1, 'precision')) : undefined)} ${zone(0)} TIME ZONE`,
      )
    case 'Time':
      return other(`TIME ${zone(0)} TIME ZONE`)
    case 'TIME':
      return other(
        `TIME${width(known.dialect ? count(argument(given, 1, 'precision')) : undefined)} ${zone(0)} TIME ZONE`,
      )
    case 'Interval':
      return other(`INTERVAL${width(count(argument(given, 1, 'second_precision')))}`)
    case 'INTERVAL': {
      const fields = argument(given, 1, 'fields')
      const words = fields && fields.kind !== 'none' ? ` ${knownString(fields, 'the fields')}` : ''
      return other(`INTERVAL${words}${width(count(argument(given, 0, 'precision')))}`)
    }
    case 'Uuid':
      return other(option(given, 'native_uuid', 1) === false ? 'CHAR(32)' : 'UUID')
    case 'UUID':
      return other('UUID')
    case 'JSON':
    case 'JSONB':
      return { sql: name, serial: undefined, family: 'json' }
    case 'BIT': {
      const varying = option(given, 'varying', 1)
      const length = count(argument(given, 0, 'length'))
      return other(varying ? `BIT VARYING${width(length)}` : `BIT(${length ?? 1})`)
    }
    case 'ARRAY': {
      const inner = typeOf(argument(given, 0, 'item_type'), tableSchema)
      const dimensions = Number(count(argument(given, 2, 'dimensions')) ?? 1)
      const at = inner.sql.indexOf(' COLLATE ')
      const [type, collation] = at < 0 ? [inner.sql, ''] : [inner.sql.slice(0, at), inner.sql.slice(at)]
      const sql = `${type}${'[]'.repeat(Math.min(dimensions, 6))}${collation}`
      return { sql, serial: undefined, family: 'array', ...(inner.enum ? { enum: inner.enum } : {}) }
    }
    case 'Enum':
    case 'ENUM':
      return enumOf(name, value, tableSchema)
    default:
      throw new Undecided(`the type \`${name}\` is not one that is read`)
  }
}

function count(value: Value | undefined): string | undefined {
  if (value === undefined || value.kind === 'none') return undefined
  if (value.kind === 'number' && Number.isInteger(value.value) && value.value >= 0) return value.text
  throw new Undecided(whyNot(value, "a type's length"))
}

/** `type.with_variant(other, 'postgresql')`. */
function variant(call: Extract<Value, { kind: 'call' }>, tableSchema: string | undefined): SqlType {
  const { callee, given } = call
  if (callee.kind !== 'attribute' || callee.name !== 'with_variant') throw new Undecided(whyNot(call, 'a type'))
  const names = given.positional.slice(1).map((name) => knownString(name, 'the dialect of a variant'))
  return typeOf(names.includes('postgresql') ? given.positional[0] : callee.of, tableSchema)
}

/** `sqlalchemy.name(given)`. */
function ofLibrary(name: string, given: Arguments, value: Value): Value {
  if (value.kind !== 'call') return { kind: 'imported', path: `sqlalchemy.${name}` }
  return { ...value, callee: { kind: 'imported', path: `sqlalchemy.${name}` }, given }
}

/** A type whose values go through code of its own before they are sent. */
function made(sql: string): SqlType {
  return { sql, serial: undefined, family: 'made' }
}

/**
 * A type that the repository defines itself: a `TypeDecorator` with a plain `impl` or a `load_dialect_impl` that can be followed, a
 * `UserDefinedType` that names its column type, or another name for one of SQLAlchemy's.
 */
function localType(value: ClassValue, given: Arguments, tableSchema: string | undefined): SqlType {
  const own = new Undecided(`the SQL of the type \`${value.name}\` is made by its own code`)
  const has = (name: string): boolean => memberOf(value, name) !== undefined
  if (value.isCompiled) throw own
  if (goesBackTo(value, 'TypeDecorator')) {
    const chosen = value.method('load_dialect_impl', [unknown(own.message), { kind: 'live', what: 'dialect' }])
    const impl = chosen ?? (has('__init__') ? undefined : implementation(memberOf(value, 'impl'), given))
    if (!impl || impl.kind === 'unknown') throw own
    const { sql, serial } = typeOf(impl, tableSchema)
    return { sql, serial, family: has('process_bind_param') || has('process_literal_param') ? 'made' : 'other' }
  }
  if (goesBackTo(value, 'UserDefinedType')) {
    const written = value.method('get_col_spec', [unknown(own.message)])
    if (written?.kind === 'string') return made(written.text.value)
    throw own
  }
  const [base] = value.bases
  const isPlain = [...value.members.values()].every(({ kind }) => kind !== 'function')
  if (!base || value.bases.length > 1 || !isPlain || (base.kind !== 'class' && !symbol(base))) throw own
  return typeOf(implementation(base, given), tableSchema)
}

/** What a decorator is made of: its arguments go to a class, and to an object that is there already not. */
function implementation(impl: Value | undefined, given: Arguments): Value | undefined {
  const isClass = impl?.kind === 'imported' || impl?.kind === 'class'
  if (!isClass || given.positional.length + given.named.size === 0) return impl
  return { kind: 'call', callee: impl, given }
}

/** Whether a class of the repository is made from one of SQLAlchemy's. */
function goesBackTo(value: ClassValue, name: string): boolean {
  return value.bases.some((base) => (base.kind === 'class' ? goesBackTo(base, name) : symbol(base)?.name === name))
}

/** The labels of `sa.Enum(…)`: strings, or the names of the members of a Python enum. */
function labelsOf(value: Extract<Value, { kind: 'call' }>): string[] {
  const { positional, named } = value.given
  const members = positional[0] ? enumMembers(positional[0]) : undefined
  if (!members) return positional.map((label) => knownString(label, 'a label of an enum type'))
  const chosen = named.get('values_callable')
  if (!chosen || chosen.kind === 'none') return members.map((member) => member.name)
  // Written in one way by everybody: `lambda cls: [member.value for member in cls]`.
  if (chosen.kind === 'function') return members.map((member) => knownString(member.value, 'a label of an enum type'))
  throw new Undecided('the labels of an enum type come from a function')
}

function enumOf(kind: string, value: Value, tableSchema: string | undefined): SqlType {
  if (value.kind !== 'call') throw new Undecided('an enum type has no name')
  const { given } = value
  const [first] = given.positional
  const ofClass = first?.kind === 'class' ? first.name.toLowerCase() : undefined
  const labels = labelsOf(value)
  if (kind === 'Enum' && option(given, 'native_enum') === false) {
    const longest = Math.max(0, ...labels.map((label) => label.length))
    const length = count(argument(given, undefined, 'length'))
    const sql = `VARCHAR(${length === undefined ? longest : Math.max(longest, Number(length))})`
    const name = given.named.get('name') ?? (ofClass === undefined ? undefined : madeString(ofClass, elsewhere))
    return {
      sql,
      serial: undefined,
      family: 'string',
      ...(option(given, 'create_constraint') ? { check: { name, labels } } : {}),
    }
  }
  const nameValue = argument(given, undefined, 'name')
  const name = nameValue && nameValue.kind !== 'none' ? identifier(nameValue, 'the name of an enum type') : ofClass
  if (name === undefined) throw new Undecided('an enum type has no name')
  const inherits = option(given, 'inherit_schema')
  const metadata = argument(given, undefined, 'metadata') ?? none
  const common = isCallOf(metadata, 'MetaData') ? argument(metadata.given, undefined, 'schema') : undefined
  const schema = inherits ? tableSchema : schemaName(argument(given, undefined, 'schema') ?? common)
  const created = metadata.kind === 'none' && (kind === 'Enum' || option(given, 'create_type') !== false)
  const type = { name, schema, labels, created }
  return { sql: qualified(name, schema), serial: undefined, family: 'string', enum: type }
}

/** Whether a value is a type that has a name in the database: an enum. */
export function isEnum(value: Value): boolean {
  const name = calledName(value)
  return name === 'Enum' || name === 'ENUM'
}

/** CREATE TYPE for an enum. */
export function createEnum(type: EnumType): string {
  const labels = type.labels.map((label) => `'${label.replaceAll("'", "''")}'`)
  return `CREATE TYPE ${qualified(type.name, type.schema)} AS ENUM (${labels.join(', ')})`
}

/** Whether a value can be a type at all, so that a column's second argument can be told from a constraint. */
export function isConstraintOrDefault(value: Value): boolean {
  const name = calledName(value)
  return (
    name !== undefined &&
    [
      'ForeignKey',
      'CheckConstraint',
      'UniqueConstraint',
      'PrimaryKeyConstraint',
      'Identity',
      'Computed',
      'Sequence',
      'FetchedValue',
      'DefaultClause',
      'ColumnDefault',
    ].includes(name)
  )
}
