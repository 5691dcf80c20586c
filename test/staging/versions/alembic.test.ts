import { describe, expect, test } from 'vitest'
import { python } from '../../python.ts'
import { type Run, url } from '../../read/programs.ts'
import { ran } from '../../read/tools.ts'
import { type Files, installed, sql, stagingOf, versionTables, without } from './against-tool.ts'

const where = { tool: 'alembic', folder: '.' } as const
const alembic = {
  needs: [{ name: 'python3', ask: '--version' }],
  async install(): Promise<Run> {
    const { alembic: program } = await python()
    return (folder, database, ...args) =>
      ran(program, args, {
        cwd: folder,
        env: { DATABASE_URL: url(database).replace('postgres:', 'postgresql+psycopg:').replace(/\?.*/, '') },
      })
  },
}

/** A revision that makes the table of its name. */
function revision(id: string, parents: readonly string[], more = ''): Files {
  const down = parents.length === 0 ? 'None' : `(${parents.map((parent) => `'${parent}'`).join(', ')},)`
  return {
    [`db/versions/${id}.py`]: `from alembic import op
revision = '${id}'
down_revision = ${down}
${more}
def upgrade():
    op.execute("${sql(id)}")
def downgrade():
    op.execute("DROP TABLE ${id}")
`,
  }
}

const project = {
  'alembic.ini': '[alembic]\nscript_location = db\n',
  'db/env.py': `import os
from alembic import context
from sqlalchemy import create_engine
with create_engine(os.environ['DATABASE_URL']).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
`,
}
const files = { ...project, ...revision('a', []), ...revision('b', ['a']) }
const next = { ...files, ...revision('c', ['b']) }
const expected = { table: 'public.alembic_version', applied: ['b'], current: ['b'], pending: ['c'] }
const found = { ...expected, drift: [], notChecked: [] }

versionTables({
  ...where,
  program: alembic,
  up: ['upgrade', 'heads'],
  files,
  next,
  expected,
  drifts: {
    gone: {
      files: { ...without(next, 'db/versions/b.py'), ...revision('c', ['a']) },
      told: { pending: ['a', 'c'], drift: ['unknown b, refused'] },
      tool: ['refuses'],
    },
    edited: { files: { ...next, ...revision('a', [], '# more') }, told: {}, tool: ['runs', 'c'] },
    // One that is put between two applied ones counts as applied.
    late: {
      files: { ...next, ...revision('late', ['a']), ...revision('b', ['late']) },
      told: {},
      tool: ['runs', 'c'],
    },
    'a branch of its own is not late': {
      files: { ...next, ...revision('late', ['a']) },
      told: { pending: ['c', 'late'] },
      tool: ['runs', 'c', 'late'],
    },
  },
})

describe('alembic', () => {
  const given = installed(alembic)
  const branched = { ...files, ...revision('x', ['a']) }
  const merged = { ...branched, ...revision('m', ['b', 'x']) }

  test('several heads, one of them behind, and then merged', async ({ skip }) => {
    await using staging = await stagingOf(where, given(skip))
    await staging.applied(branched, 'upgrade', 'b')
    expect(await staging.read(branched)).toEqual({ ...found, pending: ['x'] })
    await staging.applied(branched, 'upgrade', 'heads')
    const heads = { ...found, applied: ['b', 'x'], current: ['b', 'x'] }
    expect(await staging.read(merged)).toEqual({ ...heads, pending: ['m'] })
    expect(await staging.read(files)).toEqual({ ...heads, pending: [], drift: ['unknown x, refused'] })
    await staging.applied(merged, 'upgrade', 'heads')
    expect(await staging.read(merged)).toEqual({ ...found, applied: ['m'], current: ['m'], pending: [] })
  })

  test('a revision on which a head depends is applied with it', async ({ skip }) => {
    await using staging = await stagingOf(where, given(skip))
    const depending = { ...files, ...revision('x', []), ...revision('y', ['b'], "depends_on = 'x'") }
    await staging.applied(depending, 'upgrade', 'y')
    const { rows } = await staging.query<{ heads: string[] }>(
      'SELECT array_agg(version_num ORDER BY 1) AS heads FROM alembic_version',
    )
    const read = await staging.read(depending)
    expect(rows[0]?.heads).toEqual(read.applied)
    expect({ pending: read.pending, drift: read.drift }).toEqual({ pending: [], drift: [] })
    expect(await staging.tables('a', 'b', 'x', 'y')).toEqual(['a', 'b', 'x', 'y'])
  })

  test('stamped without running; taken back to nothing', async ({ skip }) => {
    await using staging = await stagingOf(where, given(skip))
    await staging.applied(next, 'stamp', 'b')
    expect(await staging.read(next)).toEqual(found)
    await staging.applied(next, 'stamp', 'base')
    expect(await staging.read(next)).toEqual({ ...found, applied: [], current: [], pending: ['a', 'b', 'c'] })
  })

  test('a revision that fails leaves the one before it', async ({ skip }) => {
    await using staging = await stagingOf(where, given(skip))
    await staging.applied(files, 'upgrade', 'heads')
    const [file = '', text = ''] = Object.entries(revision('c', ['b']))[0] ?? []
    const broken = {
      ...files,
      [file]: text.replace('\ndef downgrade', '\n    op.execute("SELECT 1 / 0")\ndef downgrade'),
    }
    expect((await staging.run(broken, 'upgrade', 'heads')).code).not.toBe(0)
    expect(await staging.read(broken)).toEqual(found)
  })
})
