import { type Arguments, argument, option, Undecided, type Value, whyNot } from './values.ts'

/**
 * What types of other libraries are on PostgreSQL: SQL, or the type of SQLAlchemy that stands behind them. `test/read/alembic/types.test.ts`
 * compares them with the libraries themselves.
 */
type Foreign = (given: Arguments) => string | { readonly type: string; readonly given: Arguments }

const none: Arguments = { positional: [], named: new Map() }

/** A number given by name or place. Throws `Undecided`. */
function number(given: Arguments, name: string, index: number): number | undefined {
  const value = argument(given, index, name)
  if (value === undefined || value.kind === 'none') return undefined
  if (value.kind !== 'number' || !Number.isInteger(value.value)) throw new Undecided(whyNot(value, `\`${name}\``))
  return value.value
}

function varchar(name: string, index: number, otherwise: number): Foreign {
  return (given) => `VARCHAR(${number(given, name, index) ?? otherwise})`
}

function vector(word: string): Foreign {
  return (given) => {
    const dimensions = number(given, 'dim', 0)
    return dimensions === undefined ? word : `${word}(${dimensions})`
  }
}

/** The type that it decorates, with what it is given itself. */
function decorating(type: string): Foreign {
  return ({ named }) => ({ type, given: { positional: [], named } })
}

function text(value: Value | undefined, otherwise: string): string {
  if (value === undefined) return otherwise
  if (value.kind !== 'string') throw new Undecided(whyNot(value, "a type's option"))
  return value.text.value
}

/** PostGIS. With `spatial_index`, which is the default, GeoAlchemy makes an index by itself. */
function spatial(name: string): Foreign {
  return (given) => {
    if (option(given, 'spatial_index') !== false)
      throw new Undecided(
        'GeoAlchemy makes an index for this column by itself, in a way that is not followed (`spatial_index=False` and `op.create_index` say it plainly)',
      )
    const kind = argument(given, 0, 'geometry_type')
    if (kind?.kind === 'none') return name
    return `${name}(${text(kind, 'GEOMETRY')},${number(given, 'srid', 1) ?? -1})`
  }
}

const types: { readonly [library: string]: { readonly [name: string]: Foreign } } = {
  sqlalchemy_utils: {
    UUIDType: (given) => {
      if (option(given, 'native', 1) === false)
        throw new Undecided('`UUIDType(native=False)` has no type on PostgreSQL')
      return 'UUID'
    },
    EmailType: varchar('length', 0, 255),
    URLType: () => 'TEXT',
    JSONType: () => 'JSON',
    CountryType: () => 'VARCHAR(2)',
    CurrencyType: () => 'VARCHAR(3)',
    LocaleType: () => 'VARCHAR(10)',
    ColorType: varchar('max_length', 0, 20),
    TimezoneType: () => 'VARCHAR(50)',
    IPAddressType: varchar('max_length', 0, 50),
    PhoneNumberType: varchar('max_length', 1, 20),
    TSVectorType: () => 'TSVECTOR',
    LtreeType: () => 'LTREE',
    ScalarListType: () => 'TEXT',
    ArrowType: decorating('DateTime'),
    EncryptedType: () => 'BYTEA',
    StringEncryptedType: ({ named }) => {
      const length = number({ positional: [], named }, 'length', 0)
      return length === undefined ? 'VARCHAR' : `VARCHAR(${length})`
    },
  },
  fastapi_users_db_sqlalchemy: { GUID: () => 'UUID', TIMESTAMPAware: decorating('TIMESTAMP') },
  sqlalchemy_jsonfield: {
    JSONField: (given) => {
      if (argument(given, 3, 'json_type')) throw new Undecided('`JSONField(json_type=…)` is not read')
      return option(given, 'enforce_string', 0) ? 'TEXT' : { type: 'JSON', given: none }
    },
  },
  pgvector: {
    Vector: vector('VECTOR'),
    VECTOR: vector('VECTOR'),
    HALFVEC: vector('HALFVEC'),
    SPARSEVEC: vector('SPARSEVEC'),
    BIT: (given) => `BIT(${number(given, 'length', 0) ?? 1})`,
  },
  geoalchemy2: {
    Geometry: spatial('geometry'),
    Geography: spatial('geography'),
  },
}

/** The type of another library, by its dotted name, made with these arguments. Undefined: it is not known. Throws `Undecided`. */
export function foreignType(path: string, given: Arguments): ReturnType<Foreign> | undefined {
  const parts = path.split('.')
  const library = types[parts[0] ?? '']
  const name = parts.at(-1) ?? ''
  return library && Object.hasOwn(library, name) ? library[name]?.(given) : undefined
}
