import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { python } from '../../python.ts'
import { parts, readUpgrade } from './reading.ts'

/** Types of other libraries as migrations write them, by the module that they are imported from. */
const types: { readonly [module: string]: readonly string[] } = {
  sqlalchemy_utils: [
    'UUIDType()',
    'UUIDType(binary=False)',
    'EmailType()',
    'EmailType(length=50)',
    'URLType()',
    'URLType',
    'JSONType()',
    'CountryType()',
    'CountryType(length=2)',
    'LtreeType()',
    'ScalarListType()',
    'IPAddressType()',
    'IPAddressType(max_length=12)',
    'TSVectorType()',
    "TSVectorType('name', weights={'name': 'A'})",
  ],
  sqlalchemy_jsonfield: ['JSONField()', 'JSONField(enforce_string=True)', 'JSONField(enforce_unicode=False)'],
  'pgvector.sqlalchemy': [
    'Vector(3)',
    'Vector(dim=1536)',
    'VECTOR()',
    'HALFVEC(4)',
    'SPARSEVEC(dim=5)',
    'BIT(6)',
    'BIT()',
  ],
  geoalchemy2: [
    "Geometry('POINT', 4326, spatial_index=False)",
    'Geometry(spatial_index=False)',
    "Geography(geometry_type='POLYGON', srid=4326, spatial_index=False)",
    'Geometry(geometry_type=None, spatial_index=False)',
  ],
}

const program = `
import importlib, json, sys
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import to_instance
answer = {}
for module, types in json.load(sys.stdin).items():
    try:
        names = vars(importlib.import_module(module))
    except ModuleNotFoundError:
        continue
    answer[module] = {t: to_instance(eval(t, dict(names))).compile(dialect=postgresql.dialect()) for t in types}
json.dump(answer, sys.stdout)
`

const { python: interpreter } = await python()
const running = promisify(execFile)(interpreter, ['-W', 'ignore', '-c', program])
running.child.stdin?.end(JSON.stringify(types))
const compiled: { readonly [module: string]: { readonly [type: string]: string } } = JSON.parse((await running).stdout)

/** Libraries that have no release for an old Python are not installed there, see \`test/requirements.txt\`. */
const missing = Object.keys(types).filter((module) => !compiled[module])
if (missing.length > 0) console.warn(`Not compared, because this Python has no release of them: ${missing.join(', ')}.`)

describe.each(Object.entries(compiled))('%s', (module, expected) => {
  test.each(Object.entries(expected))('%s is %s', (type, sql) => {
    const script = readUpgrade(`    from ${module} import ${/^\w+/.exec(type)?.[0]}
    op.add_column("t", sa.Column("c", ${type}))`)
    expect(parts(script)).toEqual([`8 ALTER TABLE t ADD COLUMN c ${sql}`])
  })
})

test('what those libraries decide themselves is told', () => {
  const script = readUpgrade(`    import geoalchemy2, sqlalchemy_utils
    op.add_column("t", sa.Column("a", geoalchemy2.Geometry("POINT")))
    op.add_column("t", sa.Column("b", sqlalchemy_utils.ChoiceType([("a", "b")])))
    op.add_column("t", sa.Column("c", sqlalchemy_utils.UUIDType(native=False)))`)
  expect(parts(script)).toEqual([
    '8 ! GeoAlchemy makes an index for this column by itself, in a way that is not followed (`spatial_index=False` and `op.create_index` say it plainly)',
    "9 ! the type `sqlalchemy_utils.ChoiceType` is not one of SQLAlchemy's, so its SQL is not known",
    '10 ! `UUIDType(native=False)` has no type on PostgreSQL',
  ])
})

describe('types that the repository makes', () => {
  const column = (type: string, before: string): string[] =>
    parts(readUpgrade(`    op.add_column("t", sa.Column("c", ${type}))`, before))

  test.each([
    ['a plain TypeDecorator', 'T()', 'class T(sa.TypeDecorator):\n    impl = sa.Text', 'TEXT'],
    ['… whose arguments go on', 'T(20)', 'class T(sa.TypeDecorator):\n    impl = sa.String', 'VARCHAR(20)'],
    ['… and not to an object', 'T(20)', 'class T(sa.TypeDecorator):\n    impl = sa.String(5)', 'VARCHAR(5)'],
    [
      'one for each database',
      'T',
      'class T(sa.TypeDecorator):\n    impl = sa.Text\n    def load_dialect_impl(self, dialect):\n        if dialect.name == "postgresql":\n            return dialect.type_descriptor(postgresql.JSONB())\n        return dialect.type_descriptor(sa.JSON())\nfrom sqlalchemy.dialects import postgresql',
      'JSONB',
    ],
    [
      'a type with its own name',
      'T()',
      'class T(sa.types.UserDefinedType):\n    def get_col_spec(self, **kw):\n        return "BOX"',
      'BOX',
    ],
    [
      'another name for a type',
      'T(timezone=True)',
      'class T(sa.DateTime):\n    """ours"""',
      'TIMESTAMP WITH TIME ZONE',
    ],
  ])('%s', (_, type, definition, sql) => {
    expect(column(type, definition)).toEqual([`7 ALTER TABLE t ADD COLUMN c ${sql}`])
  })

  test.each([
    [
      'made by code',
      'class T(sa.TypeDecorator):\n    impl = sa.Text\n    def __init__(self, x=1):\n        self.impl = sa.String(x)',
    ],
    [
      'left to the class above',
      'class T(sa.TypeDecorator):\n    impl = sa.Text\n    def load_dialect_impl(self, dialect):\n        return super().load_dialect_impl(dialect)',
    ],
    [
      'told to the compiler',
      'class T(sa.Text):\n    pass\n@compiles(T, "postgresql")\ndef f(*a, **k):\n    return "X"',
    ],
    ['changed by a method', 'class T(sa.String):\n    def __init__(self):\n        super().__init__(9)'],
  ])('%s: not known', (_, definition) => {
    expect(column('T()', definition)).toEqual(['7 ! the SQL of the type `T` is made by its own code'])
  })
})
