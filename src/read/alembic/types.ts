import { calledName, isCallOf, symbol } from './library.ts'
import { identifier, qualified, schemaName } from './names.ts'
import { argument, enumMembers, knownString, none, option, Undecided, type Value, whyNot } from './values.ts'

/** An enum type that has a name of its own in the database. */
export interface EnumType {
  readonly name: string
  readonly schema: string | undefined
  readonly labels: readonly string[]
  /** `create_table` makes it. */
  readonly created: boolean
}

/** A column's type as PostgreSQL gets it. */
export interface SqlType {
  readonly sql: string
  /** Whether it can count itself up: SQLAlchemy makes a single integer or numeric key SERIAL, BIGSERIAL or SMALLSERIAL. */
  readonly serial: 'SERIAL' | 'BIGSERIAL' | 'SMALLSERIAL' | undefined
  readonly family: 'string' | 'number' | 'json' | 'array' | 'other'
  readonly enum?: EnumType
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

/** Types of other libraries whose PostgreSQL form is fixed. */
const foreign: { readonly [path: string]: string } = {
  'fastapi_users_db_sqlalchemy.generics.GUID': 'UUID',
  'fastapi_users_db_sqlalchemy.GUID': 'UUID',
  'fastapi_users_db_sqlalchemy.generics.TIMESTAMPAware': 'TIMESTAMP WITH TIME ZONE',
  'sqlalchemy_utils.types.uuid.UUIDType': 'UUID',
  'sqlalchemy_utils.UUIDType': 'UUID',
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
  if (named.kind === 'class') return localType(named, tableSchema)
  const given = call?.given ?? { positional: [], named: new Map() }
  if (named.kind === 'imported' && foreign[named.path] && given.positional.length + given.named.size === 0) {
    return other(foreign[named.path] ?? '')
  }
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

/** A type that the file defines itself: a `TypeDecorator` with a plain `impl`. */
function localType(value: Extract<Value, { kind: 'class' }>, tableSchema: string | undefined): SqlType {
  const impl = value.members.get('impl')
  const decorates = value.bases.some((base) => symbol(base)?.name === 'TypeDecorator')
  if (decorates && impl && !value.members.has('load_dialect_impl'))
    return { ...typeOf(impl, tableSchema), serial: undefined }
  throw new Undecided(`the SQL of the type \`${value.name}\` is made by its own code`)
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
  const labels = labelsOf(value)
  if (kind === 'Enum' && option(given, 'native_enum') === false) {
    if (option(given, 'create_constraint')) throw new Undecided('the constraint of an enum type is not read')
    const longest = Math.max(0, ...labels.map((label) => label.length))
    const length = count(argument(given, undefined, 'length'))
    const sql = `VARCHAR(${length === undefined ? longest : Math.max(longest, Number(length))})`
    return { sql, serial: undefined, family: 'string' }
  }
  const nameValue = argument(given, undefined, 'name')
  const ofClass = first?.kind === 'class' ? first.name.toLowerCase() : undefined
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
