import { describe, expect, test } from 'vitest'
import { UserError } from '../../../src/model/errors.ts'
import type { Project } from '../../../src/model/migration.ts'
import { readAlembicProject } from '../../../src/read/alembic/project.ts'
import { parts } from './reading.ts'

const head = `import sqlalchemy as sa
from alembic import op
revision = '1'
`

/** Reads a project with one version file, whose `upgrade()` begins on line 4 after its own imports. */
async function upgrade(
  imports: string,
  body: string,
  files: { readonly [path: string]: string },
): Promise<{ parts: string[]; project: Project }> {
  const all: { readonly [path: string]: string } = {
    'alembic.ini': '[alembic]\nscript_location = db\n',
    'db/versions/1.py': `${imports};${head}def upgrade():\n${body.replace(/^/gm, '    ')}\n`,
    ...files,
  }
  const project = await readAlembicProject({
    directory: '',
    paths: Object.keys(all),
    readText: async (path) => {
      const text = all[path]
      if (text === 'not UTF-8') throw new UserError('it is not UTF-8 text')
      if (text === undefined) throw new Error(`no file ${path}`)
      return text
    },
    statusOf: () => 'base',
  })
  return { parts: parts(project.migrations[0]?.up), project }
}

const helpers = `from alembic import op

SQL = """
SELECT 'from a module'
"""

def trigger(table, when="BEFORE"):
    op.execute(
        f"CREATE TRIGGER t {when} UPDATE ON {table} EXECUTE FUNCTION f()"
    )
    op.execute(SQL)

def guarded(table):
    if op.get_bind().execute("SELECT 1").scalar():
        op.drop_table(table)
    op.execute("SELECT 2")
`

describe('functions and constants of other modules', () => {
  test('are read, at the place of the call', async () => {
    const { parts: found, project } = await upgrade(
      'from app.helpers import trigger, SQL as TEXT',
      `trigger("users")
op.execute(TEXT)
op.execute("/* here */" + TEXT)
for table in ["a"]:
    trigger(table, when="AFTER")`,
      { 'app/helpers.py': helpers },
    )
    expect(found).toEqual([
      '5 CREATE TRIGGER t BEFORE UPDATE ON users EXECUTE FUNCTION f()',
      "5 SELECT 'from a module'",
      "6 SELECT 'from a module'",
      "7 /* here */ SELECT 'from a module'",
      '9 CREATE TRIGGER t AFTER UPDATE ON a EXECUTE FUNCTION f()',
      "9 SELECT 'from a module'",
    ])
    const [first, , , mixed] = project.migrations[0]?.up.fragments ?? []
    expect(first).toEqual({
      kind: 'sql',
      sql: 'CREATE TRIGGER t BEFORE UPDATE ON users EXECUTE FUNCTION f()',
      file: 'db/versions/1.py',
      anchors: [{ offset: 0, line: 5, column: 5, verbatim: false }],
    })
    expect(mixed?.kind === 'sql' && mixed.anchors).toEqual([
      { offset: 0, line: 7, column: 17, verbatim: true },
      { offset: 10, line: 7, column: 5, verbatim: false },
    ])
  })

  test('what they cannot decide is told at the call, with the line of the module', async () => {
    const { parts: found } = await upgrade('from app import helpers', 'helpers.guarded("t")\nop.execute("SELECT 3")', {
      'app/helpers.py': helpers,
    })
    expect(found).toEqual([
      '5 SELECT 1',
      '5 ! in `guarded()`, at line 14 of app/helpers.py: what is done here depends on `op.get_bind().execute("SELECT 1").scalar()`, which is known only when the migration runs',
      '5 SELECT 2',
      '6 SELECT 3',
    ])
  })

  test.each([
    ['import app.helpers', 'app.helpers.trigger("t")'],
    ['import app.helpers as h', 'h.trigger("t")'],
    ['from app import helpers as h', 'h.trigger("t")'],
    ['from app import trigger', 'trigger("t")'],
    ['from app.again import again', 'again("t")'],
    ['import importlib', 'importlib.import_module("app.helpers").trigger("t")'],
    ['from app.helpers import trigger as upgrade_it', 'call = upgrade_it\ncall("t")'],
  ])('%s', async (imports, body) => {
    const { parts: found } = await upgrade(imports, body, {
      'app/__init__.py': 'from .helpers import trigger',
      'app/helpers.py': helpers,
      'app/again.py':
        'from . import helpers\nfrom .helpers import trigger as one\nfrom ..app.helpers import SQL\nagain = one\n',
    })
    expect(found.map((part) => part.slice(2))).toEqual([
      'CREATE TRIGGER t BEFORE UPDATE ON t EXECUTE FUNCTION f()',
      "SELECT 'from a module'",
    ])
  })

  test('a function that comes from a module whole', async () => {
    const { project } = await upgrade('from app.helpers import guarded, trigger as downgrade', 'pass', {
      'app/helpers.py': 'from alembic import op\ndef guarded(): pass\ndef trigger():\n    op.execute("SELECT 1")\n',
    })
    expect(parts(project.migrations[0]?.down)).toEqual(['1 SELECT 1'])
  })
})

describe('where a package is taken from', () => {
  const module = (word: string): string => `from alembic import op\ndef f(t):\n    op.execute("SELECT '${word}'")\n`

  test.each<[string, string, { readonly [path: string]: string }, string]>([
    ['beside alembic.ini', '', { 'app/steps.py': module('one') }, 'one'],
    ['in src', '', { 'src/app/steps.py': module('one') }, 'one'],
    [
      'prepend_sys_path decides between two',
      'prepend_sys_path = lib',
      { 'app/steps.py': module('one'), 'lib/app/steps.py': module('two') },
      'two',
    ],
    [
      'a package wins over a folder',
      '',
      { 'app/other.py': module('one'), 'src/app/__init__.py': '', 'src/app/steps.py': module('two') },
      'two',
    ],
  ])('%s', async (_, setting, files, word) => {
    const { parts: found } = await upgrade('from app.steps import f', 'f("t")', {
      'alembic.ini': `[alembic]\nscript_location = db\n${setting}\n`,
      ...files,
    })
    expect(found).toEqual([`5 SELECT '${word}'`])
  })
})

describe('what is not followed is told', () => {
  const call = 'f("t")'
  const unread = (name: string, module: string): string[] => [
    `5 ! \`${name}\` comes from \`${module}\`, which is not read`,
  ]

  test.each<[string, { readonly [path: string]: string }]>([
    ['no such module', {}],
    ['no such name', { 'app/steps.py': 'g = 1\n' }],
    ['a name that is made while it runs', { 'app/steps.py': 'globals()["f"] = print\n' }],
    ['a module that is not Python', { 'app/steps.py': 'def f(:\n' }],
    ['a module that is not UTF-8', { 'app/steps.py': 'not UTF-8' }],
    [
      'modules that import one another',
      { 'app/steps.py': 'from app.other import f', 'app/other.py': 'from app.steps import f' },
    ],
    ['a package that is in two places', { 'app/steps.py': 'def f(t): pass\n', 'src/app/steps.py': 'def f(t): pass\n' }],
    ['a module of another folder', { 'else/app/steps.py': 'def f(t): pass\n' }],
  ])('%s', async (_, files) => {
    const { parts: found } = await upgrade('from app.steps import f', call, files)
    expect(found.map((part) => part.replace('app.other', 'app.steps'))).toEqual(unread('f', 'app.steps'))
  })

  test.each<[string, string, string]>([
    [
      'a decorated function',
      '@decorator\ndef f(t): pass\n',
      '5 ! `f` is decorated, so what it does is known only when the migration runs',
    ],
    [
      'a name that depends on the machine',
      'import os\nfrom alembic import op\nif os.environ.get("X"):\n    f = op.drop_table\nelse:\n    f = print\n',
      '5 ! a value that depends on a condition is known only when the migration runs',
    ],
    [
      'a function that ends in an error',
      'def f(t):\n    raise ValueError(t)\n',
      '5 ! in `f()`, at line 2 of app/steps.py: it refuses to run: `raise ValueError(t)`',
    ],
    [
      'a loop without an end',
      'def f(t):\n    f(t)\n',
      '4 ! its loops, calls or expressions go on for too long to be followed',
    ],
  ])('%s', async (_, module, expected) => {
    const { parts: found } = await upgrade('from app.steps import f', call, { 'app/steps.py': module })
    expect(found).toEqual([expected])
  })

  test("Python's and SQLAlchemy's own names are never looked for in the repository", async () => {
    const { parts: found } = await upgrade(
      'import json, logging',
      'op.execute(sa.text("SELECT 1"))\nlogging.info("x")',
      {
        'sqlalchemy.py': 'def text(x): return "SELECT 2"\n',
        'alembic/op.py': 'def execute(x): pass\n',
        'logging.py': 'from alembic import op\ndef info(x):\n    op.execute("SELECT 3")\n',
      },
    )
    expect(found).toEqual(['5 SELECT 1'])
  })
})

test('a list of a module that one version file changes is whole for the next', async () => {
  const version = (revision: string, down: string): string =>
    `from alembic import op\nfrom app.lists import TABLES, add\nrevision = '${revision}'\ndown_revision = ${down}\ndef upgrade():\n    TABLES.append('${revision}')\n    add('x')\n    for table in TABLES:\n        op.drop_table(table)\n`
  const { project } = await upgrade('import json', 'pass', {
    'db/versions/1.py': version('1', 'None'),
    'db/versions/2.py': version('2', "'1'"),
    'app/lists.py':
      "TABLES = ['a']\nMORE = []\ndef add(name):\n    global MORE\n    MORE = [name]\n    TABLES.extend(MORE)\n",
  })
  expect(project.migrations.map(({ up }) => parts(up))).toEqual([
    ['9 DROP TABLE a', '9 DROP TABLE "1"', '9 DROP TABLE x'],
    ['9 DROP TABLE a', '9 DROP TABLE "2"', '9 DROP TABLE x'],
  ])
})

describe('names that the metadata gives', () => {
  const conventions = `CONVENTION = {"uq": "uq_%(table_name)s_%(column_0_name)s"}\n`
  const body = `op.create_unique_constraint(None, "t", ["a"])
op.create_unique_constraint("given", "t", ["b"])`
  const named = ['5 ALTER TABLE t ADD CONSTRAINT uq_t_a UNIQUE (a)', '6 ALTER TABLE t ADD CONSTRAINT given UNIQUE (b)']
  const env = (imports: string, target: string): string =>
    `from alembic import context\n${imports}\ndef run(connection):\n    context.configure(connection=connection, target_metadata=${target})\n`

  test.each<[string, { readonly [path: string]: string }]>([
    [
      'MetaData',
      {
        'db/env.py': env('from app.m import metadata', 'metadata'),
        'app/m.py': `import sqlalchemy as sa\n${conventions}metadata = sa.MetaData(naming_convention=CONVENTION)`,
      },
    ],
    [
      'DeclarativeBase',
      {
        'db/env.py': env('from app import m', 'm.Base.metadata'),
        'app/m.py': `from sqlalchemy import MetaData\nfrom sqlalchemy.orm import DeclarativeBase\n${conventions}class Root(DeclarativeBase):\n    metadata = MetaData(naming_convention=CONVENTION)\nclass Base(Root): pass\n`,
      },
    ],
    [
      'declarative_base()',
      {
        'db/env.py': env('from app.m import Base\ntarget_metadata = Base.metadata', 'target_metadata'),
        'app/m.py': `from sqlalchemy import MetaData\nfrom sqlalchemy.orm import declarative_base\n${conventions}Base = declarative_base(metadata=MetaData(naming_convention=CONVENTION))\n`,
      },
    ],
    [
      'Flask-SQLAlchemy',
      {
        'db/env.py': env('from app.m import db', 'db.metadata'),
        'app/m.py': `from sqlalchemy import MetaData\nfrom flask_sqlalchemy import SQLAlchemy\n${conventions}db = SQLAlchemy(metadata=MetaData(naming_convention=CONVENTION))\n`,
      },
    ],
    [
      'SQLModel, in env.py',
      {
        'db/env.py': env(
          `from sqlmodel import SQLModel\nfrom app.m import CONVENTION\ntarget_metadata = SQLModel.metadata\ntarget_metadata.naming_convention = CONVENTION`,
          'target_metadata',
        ),
        'app/m.py': conventions,
      },
    ],
  ])('%s', async (_, files) => {
    expect((await upgrade('import json', body, files)).parts).toEqual(named)
  })

  test('no convention anywhere', async () => {
    const files = { 'db/env.py': env('from elsewhere import metadata', 'metadata'), 'app/m.py': 'x = 1' }
    expect((await upgrade('import json', body, files)).parts).toEqual([
      '5 ALTER TABLE t ADD UNIQUE (a)',
      '6 ALTER TABLE t ADD CONSTRAINT given UNIQUE (b)',
    ])
  })

  test('one that cannot be followed: names that are not given are not known, given ones are', async () => {
    const files = {
      'db/env.py': env('from elsewhere import load', 'load()'),
      'app/m.py': `from sqlmodel import SQLModel\n${conventions}SQLModel.metadata.naming_convention = {**CONVENTION, "ck": "ck_%(constraint_name)s"}\n`,
    }
    const more = `${body}\nop.create_check_constraint("positive", "t", "a > 0")\nop.create_check_constraint(op.f("final"), "t", "a > 0")`
    const reason = 'a `naming_convention` is set in app/m.py, where it is not followed, so the name here is not known'
    expect((await upgrade('import json', more, files)).parts).toEqual([
      `5 ! ${reason}`,
      '6 ALTER TABLE t ADD CONSTRAINT given UNIQUE (b)',
      `7 ! ${reason}`,
      '8 ALTER TABLE t ADD CONSTRAINT final CHECK (a > 0)',
    ])
  })

  test('what only batch_alter_table is given is not one', async () => {
    const files = {
      'db/env.py': env('from elsewhere import load', 'load()'),
      'app/batch.py': `naming_convention = {}\ndef f(op):\n    op.batch_alter_table("t", naming_convention=naming_convention)\n`,
    }
    expect((await upgrade('import json', body, files)).parts[0]).toEqual('5 ALTER TABLE t ADD UNIQUE (a)')
  })
})

describe('how migrations are wrapped', () => {
  const transaction = async (env: string): Promise<unknown> => {
    const { project } = await upgrade('import json', 'op.execute("SELECT 1")', { 'db/env.py': env })
    return [project.migrations[0]?.up.transaction, ...project.notChecked.map(({ why }) => why)]
  }
  const online = (options: string, around = 'with engine.connect() as connection:'): string =>
    `from alembic import context\ndef run():\n    ${around}\n        context.configure(connection=connection${options})\n`

  test.each([
    ['by default', online(''), ['run']],
    ['one for each', online(', transaction_per_migration=True'), ['script']],
    ['one for each, by a constant', `EACH = True\n${online(', transaction_per_migration=EACH')}`, ['script']],
    ['not for each', online(', transaction_per_migration=False'), ['run']],
    [
      'in one that somebody began',
      online(', transaction_per_migration=True', 'with engine.begin() as connection:'),
      ['run'],
    ],
    ['without transactional DDL', online(', transactional_ddl=False'), ['script']],
    [
      'only offline',
      `from alembic import context\ndef off():\n    context.configure(url="x", transaction_per_migration=True)\n${online('')}`,
      ['run'],
    ],
    ['known only when it runs', online(', transaction_per_migration=settings.each'), ['run']],
    ['an env.py that is not Python', 'def (', ['run', 'It could not be read as Python (line 1, column 5).']],
    [
      'an env.py that picks the folders itself',
      `${online('')}context.script.version_locations = ["x"]\n`,
      ['run', 'It sets `version_locations` itself, which is not followed. Name the folders in the configuration file.'],
    ],
  ])('%s', async (_, env, expected) => {
    expect(await transaction(env)).toEqual(expected)
  })
})
