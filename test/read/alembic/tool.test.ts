import { python } from '../../python.ts'
import { type Case, compareWithTool } from '../compared.ts'
import { url } from '../programs.ts'
import { ran } from '../tools.ts'

const env = (configured = '', begun = '') => `import os
from alembic import context
from sqlalchemy import create_engine

engine = create_engine(os.environ.get("DATABASE_URL", "postgresql://nowhere").replace("postgres://", "postgresql+psycopg2://"))
with engine.connect() as connection:
    context.configure(connection=connection${configured})
    ${begun}with context.begin_transaction():
        context.run_migrations()
`

/** The settings, and the version files by their revision. */
function project(
  versions: Readonly<Record<string, string>>,
  { name = 'versions/', ...env_ }: { configured?: string; name?: string } = {},
): Record<string, string> {
  return {
    'alembic.ini': '[alembic]\nscript_location = %(here)s\n',
    'env.py': env(env_.configured),
    ...Object.fromEntries(Object.entries(versions).map(([file, text]) => [`${name}${file}`, text])),
  }
}

interface Steps {
  /** Python lines; `{a}` alone stands for a call that writes down its letter, `[a]` for the SQL that does. */
  readonly up?: readonly string[]
  readonly down?: readonly string[] | undefined
  /** What else the file sets, such as `depends_on = "a"`. */
  readonly more?: string
}

function version(revision: string, parent: string | undefined, { up = [], down = [], more = '' }: Steps = {}): string {
  const body = (lines: readonly string[]) =>
    ['pass', ...lines]
      .map((line) => `    ${line.replace(/\{(\w)\}/g, 'op.execute("""[$1]""")').replace(/\[([a-z])\]/g, '{$1}')}\n`)
      .join('')
  return `from alembic import op
revision = "${revision}"
down_revision = ${parent ?? 'None'}
${more}
def upgrade():
${body(up)}
def downgrade():
${body(down)}`
}

async function install() {
  const { alembic } = await python()
  const run = (folder: string, database: Parameters<typeof url>[0], ...args: string[]) =>
    ran(alembic, args, { cwd: folder, env: { DATABASE_URL: url(database).replace('?sslmode=disable', '') } })
  return {
    up: (folder: string, database: Parameters<typeof url>[0]) => run(folder, database, 'upgrade', 'heads'),
    down: (folder: string, database: Parameters<typeof url>[0]) => run(folder, database, 'downgrade', '-1'),
    versions: 'SELECT version_num AS version FROM alembic_version',
  }
}

const alembic = { tool: 'alembic', folder: 'db', needs: [{ name: 'python3', ask: '--version' }], install } as const

const concurrently = [
  'with op.get_context().autocommit_block():',
  '    op.execute("CREATE INDEX CONCURRENTLY i ON gate.log (tag)")',
  '    {d}',
  '    {e}',
]

/** `c` before a block, `f` behind it, and the same on the way back. */
const versions = {
  'z_first.py': version('1', undefined, { up: ['{a}', '{b}'], down: ['{n}'] }),
  'a_second.py': version('2', '"1"', {
    up: ['{c}', ...concurrently, '{f}'],
    down: [
      '{o}',
      'with op.get_context().autocommit_block():',
      '    op.drop_index("i", schema="gate")',
      '    {p}',
      '{q}',
    ],
  }),
  'm_third.py': version('3', '"2"', { up: ['op.get_bind().exec_driver_sql("""[g]""")', '{h}'], down: ['{r}', '{s}'] }),
  'b_fourth.py': version('4', '"3"', { up: ['for each in (1,):', '    {i}'], down: ['{t}'] }),
}

const inOne: Case = {
  ...alembic,
  name: 'Alembic, one transaction for all',
  project: project(versions),
  order: ['1', '2', '3', '4'],
  up: 'abc d e fghi',
  down: ['t', 'rs', 'o p q', 'n'],
  odd: [
    ['a parent that is missing', project({ 'a.py': version('1', '"0"') }), 'refused'],
    ['parents in a circle', project({ 'a.py': version('1', '"2"'), 'b.py': version('2', '"1"') }), 'refused'],
    ['a file that is not Python', project({ 'a.py': 'def upgrade(:\n' }), 'refused'],
    ['a file without a revision', project({ 'a.py': 'x = 1\n' }), 'refused'],
    ['no upgrade()', project({ 'a.py': 'revision = "1"\ndown_revision = None\n' }), 'refused'],
    [
      'no downgrade()',
      project({ 'a.py': 'revision = "1"\ndown_revision = None\ndef upgrade(): pass\n' }),
      'refused on the way back',
    ],
    [
      'a downgrade() that refuses',
      project({ 'a.py': version('1', undefined, { down: ['raise NotImplementedError("no")'] }) }),
      'refused on the way back',
    ],
    ['a downgrade() that does nothing', project({ 'a.py': version('1', undefined) }), 'accepted'],
    ['a byte order mark', project({ 'a.py': `\uFEFF${version('1', undefined)}` }), 'accepted'],
    ['CRLF', project({ 'a.py': version('1', undefined, { up: ['{a}'] }).replaceAll('\n', '\r\n') }), 'accepted'],
    ['SQL that is refused', project({ 'a.py': version('1', undefined, { up: ['op.execute("no SQL")'] }) }), 'refused'],
    [
      'a location that is not there',
      { ...project({ 'a.py': version('1', undefined) }), 'alembic.ini': '[alembic]\nscript_location = x\n' },
      'refused',
    ],
    [
      'an option that is not there',
      { ...project({ 'a.py': version('1', undefined) }), 'alembic.ini': '[alembic]\nscript_location = %(x)s\n' },
      'refused',
    ],
    [
      'a dependency on the head of a branch',
      project({
        'a.py': version('1', undefined, { more: 'branch_labels = "side"' }),
        'b.py': version('2', undefined, { more: 'depends_on = "side@head"' }),
      }),
      'refused',
    ],
    [
      'a dependency that is not there',
      project({ 'a.py': version('1', undefined, { more: 'depends_on = "9"' }) }),
      'refused',
    ],
  ],
}

const forEach: Case = {
  ...alembic,
  name: 'Alembic, transaction_per_migration',
  project: project(versions, { configured: ', transaction_per_migration=True' }),
  order: ['1', '2', '3', '4'],
  up: 'ab c d e f gh i',
  down: ['t', 'rs', 'o p q', 'n'],
  odd: [],
}

const notTransactional: Case = {
  ...alembic,
  name: 'Alembic, transactional_ddl=False',
  project: project(
    {
      '1.py': version('1', undefined, { up: ['{a}', '{b}'], down: ['{c}', '{d}'] }),
      '2.py': version('2', '"1"', { up: ['{e}'] }),
    },
    { configured: ', transactional_ddl=False' },
  ),
  order: ['1', '2'],
  up: 'ab e',
  down: ['', 'cd'],
  odd: [],
}

/** Branches, a merge, a second base that depends on a branch. One letter for each revision tells the order in which they run. */
const branched: Case = {
  ...alembic,
  name: 'Alembic, branches',
  project: project({
    '1.py': version('a1', undefined, { up: ['{a}'] }),
    'z.py': version('b1', '"a1"', { up: ['{b}'] }),
    'y.py': version('b2', '"b1"', { up: ['{c}'] }),
    'x.py': version('c1', '"a1"', { up: ['{d}'] }),
    'w.py': version('m1', '("b2", "c1")', { up: ['{e}'] }),
    'v.py': version('other', undefined, { up: ['{f}'], more: 'branch_labels = ("side",)\ndepends_on = "b1"' }),
    'u.py': version('last', '"m1"', { up: ['{g}'], more: 'depends_on = "side"' }),
  }),
  order: ['a1', 'c1', 'b1', 'other', 'b2', 'm1', 'last'],
  up: 'adbfceg',
  odd: [],
}

compareWithTool(inOne, forEach, notTransactional, branched)
