import { describe, expect, test } from 'vitest'
import type { Project } from '../../../src/model/migration.ts'
import { findAlembic, readAlembicProject } from '../../../src/read/alembic/project.ts'

const version = (revision: string, down = 'None'): string =>
  `revision = '${revision}'\ndown_revision = ${down}\ndef upgrade(): pass\n`

function repository(files: { readonly [path: string]: string }) {
  const paths = Object.keys(files)
  const readText = async (path: string): Promise<string> => {
    const text = files[path]
    if (text === undefined) throw new Error(`no file ${path}`)
    return text
  }
  return { paths, readText, statusOf: (path: string) => (path.includes('new') ? ('new' as const) : ('base' as const)) }
}

function told(project: Project): unknown {
  return {
    migrations: project.migrations.map(({ name, file, status }) => `${name} ${file} ${status}`),
    folders: project.folders,
    notChecked: project.notChecked.map(({ what, why }) => `${what}: ${why}`),
  }
}

test('folders with an alembic.ini that has an [alembic] section', async () => {
  const { paths, readText } = repository({
    'b/alembic.ini': '; a comment\n[alembic]\nscript_location = x\n',
    'alembic.ini': '\uFEFF[alembic]\r\nscript_location: x\r\n',
    'c/alembic.ini': '[loggers]\nkeys = root\n',
    'd/not-alembic.ini': '[alembic]\n',
  })
  expect(await findAlembic(paths, readText)).toEqual(['', 'b'])
})

test('the version files, in order, with what cannot be read', async () => {
  const files = repository({
    'service/alembic.ini': '[alembic]\n# here\nscript_location = %(here)s/db/alembic\nfile_template = %%(rev)s\n',
    'service/db/alembic/env.py': '',
    'service/db/alembic/versions/__init__.py': '',
    'service/db/alembic/versions/2_second_new.py': version('2', "'1'"),
    'service/db/alembic/versions/3_first.py': version('1'),
    'service/db/alembic/versions/broken.py': 'def (',
    'service/db/alembic/versions/helpers.py': 'def f(): pass\n',
    'service/db/alembic/versions/deeper/4.py': version('4'),
    'service/db/alembic/versions/notes.txt': '',
  })
  expect(told(await readAlembicProject({ directory: 'service', ...files }))).toEqual({
    migrations: [
      '3_first service/db/alembic/versions/3_first.py base',
      '2_second_new service/db/alembic/versions/2_second_new.py new',
    ],
    folders: ['service/db/alembic/versions'],
    notChecked: [
      'service/db/alembic/versions/broken.py: It could not be read as Python (line 1, column 5).',
      "service/db/alembic/versions/helpers.py: It has no `revision` that can be read, so it has no place in Alembic's history.",
    ],
  })
})

describe('where the versions are', () => {
  const found = async (ini: string, directory = ''): Promise<unknown> => {
    const files = repository({
      [directory === '' ? 'alembic.ini' : `${directory}/alembic.ini`]: `[alembic]\n${ini}`,
      'alembic/versions/a.py': version('a'),
      'one/b.py': version('b'),
      'two/c.py': version('c'),
      'two/deep/d.py': version('d'),
      'src/pkg/migrations/versions/e.py': version('e'),
    })
    const { migrations, notChecked } = await readAlembicProject({ directory, ...files })
    return [...migrations.map(({ id }) => id), ...notChecked.map(({ why }) => why)]
  }

  test.each([
    ['script_location = alembic', ['a']],
    ['script_location = ./alembic/', ['a']],
    ['script_location = alembic\nversion_locations = one, two', ['b', 'c']],
    ['script_location = alembic\nversion_locations = %(here)s/one %(here)s/two', ['b', 'c']],
    ['script_location = alembic\nversion_path_separator = os\nversion_locations = one:two', ['b', 'c']],
    ['script_location = alembic\npath_separator = newline\nversion_locations =\n    one\n    two\n', ['b', 'c']],
    ['script_location = alembic\npath_separator = ;\nversion_locations = one;%(more)s\nmore = two', ['b', 'c']],
    ['script_location = alembic\nversion_locations = two\nrecursive_version_locations = true', ['c', 'd']],
    ['script_location = pkg:migrations', ['e']],
    ['prepend_sys_path = .', ['It sets no script_location.']],
    ['script_location = %(nowhere)s', ['It uses %(nowhere)s, which is not set in its [alembic] section.']],
    ['script_location = /srv/alembic', ['Its folder /srv/alembic is not in this repository.']],
    ['script_location = ../alembic', ['Its folder ../alembic is not in this repository.']],
  ])('%s', async (ini, expected) => {
    expect(await found(ini)).toEqual(expected)
  })

  test('from a folder of its own', async () => {
    expect(await found('script_location = ../alembic', 'config')).toEqual(['a'])
  })
})
