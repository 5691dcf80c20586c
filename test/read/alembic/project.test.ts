import { describe, expect, test } from 'vitest'
import { UserError } from '../../../src/model/errors.ts'
import type { Project } from '../../../src/model/migration.ts'
import { findAlembic, readAlembicProject } from '../../../src/read/alembic/project.ts'
import { touches } from '../../../src/read/read.ts'

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
    ['script_location = alembic\nversion_locations = two\nrecursive_version_locations = yes', ['c']],
    ['script_location = pkg:migrations', ['e']],
    ['script_location = src:pkg:migrations', ['e']],
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

describe('pyproject.toml', () => {
  const found = async (toml: string, ini?: string): Promise<unknown> => {
    const files = repository({
      'service/pyproject.toml': toml,
      ...(ini === undefined ? {} : { 'service/alembic.ini': ini }),
      'service/db/versions/a.py': version('a'),
      'service/one/b.py': version('b'),
      'service/two/deep/c.py': version('c'),
    })
    const places = await findAlembic(files.paths, files.readText)
    if (places.length === 0) return []
    const { migrations, notChecked } = await readAlembicProject({ directory: places[0] ?? '', ...files })
    return [...places, ...migrations.map(({ id }) => id), ...notChecked.map(({ what, why }) => `${what}: ${why}`)]
  }
  const toml = '[tool.alembic]\nscript_location = "%(here)s/db"\n'

  test.each<[string, string, string | undefined, unknown]>([
    ['the location', toml, undefined, ['service', 'a']],
    ['an inline table', 'tool = { alembic = { script_location = "db" } }\n', undefined, ['service', 'a']],
    ['folders', `${toml}version_locations = ["%(here)s/db/versions", "one"]\n`, undefined, ['service', 'a', 'b']],
    [
      'folders in folders',
      `${toml}version_locations = ["two"]\nrecursive_version_locations = true\n`,
      undefined,
      ['service', 'c'],
    ],
    ['beside an alembic.ini, whose options win', toml, '[alembic]\nversion_locations = one\n', ['service', 'b']],
    ['beside an alembic.ini without the section', toml, '[loggers]\nkeys = root\n', ['service', 'a']],
    ['no such table', '[tool.other]\nname = "alembic"\n', undefined, []],
    ['not TOML, and not about Alembic', 'alembic = [\n', undefined, []],
    [
      'not TOML',
      '[tool.alembic]\nscript_location = db\n',
      undefined,
      ['service', 'service/pyproject.toml: It could not be read as TOML (line 2, column 19).'],
    ],
    ['no location', '[tool.alembic]\n', undefined, ['service', 'service/pyproject.toml: It sets no script_location.']],
    [
      'not a text',
      '[tool.alembic]\nscript_location = 1\n',
      undefined,
      ['service', 'service/pyproject.toml: Its `script_location` is not a text.'],
    ],
    [
      'not a list',
      `${toml}version_locations = "one"\n`,
      undefined,
      ['service', 'service/pyproject.toml: Its `version_locations` is not a list of texts.'],
    ],
    [
      'another name in %()s',
      '[tool.alembic]\nscript_location = "%(there)s/db"\n',
      undefined,
      ['service', 'service/pyproject.toml: Its `script_location` uses %(there)s, which Alembic does not know there.'],
    ],
  ])('%s', async (_, text, ini, expected) => {
    expect(await found(text, ini)).toEqual(expected)
  })
})

test('Flask-Migrate, which leaves the location out', async () => {
  const files = repository({
    'backend/migrations/alembic.ini': '[alembic]\n# template\n',
    'backend/migrations/env.py': '',
    'backend/migrations/versions/a.py': version('a'),
  })
  expect(await findAlembic(files.paths, files.readText)).toEqual(['backend/migrations'])
  const project = await readAlembicProject({ directory: 'backend/migrations', ...files })
  expect(told(project)).toEqual({
    migrations: ['a backend/migrations/versions/a.py base'],
    folders: ['backend/migrations/versions'],
    notChecked: [],
  })
})

test('a location that starts from the folder above, where Alembic is run', async () => {
  const files = repository({
    'store/db/alembic.ini': '[alembic]\nscript_location = store/db\n',
    'store/db/env.py': '',
    'store/db/versions/a.py': version('a'),
  })
  expect(told(await readAlembicProject({ directory: 'store/db', ...files }))).toEqual({
    migrations: ['a store/db/versions/a.py base'],
    folders: ['store/db/versions'],
    notChecked: [],
  })
})

test('a configuration file of another name', async () => {
  const files = repository({
    'config/migrations.ini': '[alembic]\nscript_location = %(here)s/../db\nversion_locations = db/versions other\n',
    'db/versions/a.py': version('a'),
    'other/b.py': version('b'),
  })
  const project = await readAlembicProject({ directory: '', configuration: 'config/migrations.ini', ...files })
  expect([...project.migrations.map(({ id }) => id), ...project.notChecked]).toEqual(['a', 'b'])
})

test('where env.py picks the folder of the version files, a change in any folder beside it is one of the history', async () => {
  const files = repository({
    'alembic.ini': '[alembic]\nscript_location = db\n',
    'db/env.py': 'from alembic import context\ncontext.script.version_locations = [folder()]\n',
    'db/versions/postgresql/a.py': version('a'),
  })
  const project = await readAlembicProject({ directory: '', ...files })
  expect(told(project)).toEqual({
    migrations: [],
    folders: ['db/versions', 'db/versions/postgresql'],
    notChecked: [
      'db/env.py: It sets `version_locations` itself, which is not followed. Name the folders in the configuration file.',
    ],
  })
  expect(touches(project, [{ path: 'db/versions/postgresql/a.py', status: 'added' }])).toBe(true)
})

test('version_locations that lead nowhere are told, and a change beside them is one of the history', async () => {
  const files = repository({
    'alembic.ini': '[alembic]\nscript_location = db\npath_separator = os\nversion_locations = app:versions\n',
    'db/versions/a.py': version('a'),
  })
  expect(told(await readAlembicProject({ directory: '', ...files }))).toEqual({
    migrations: [],
    folders: ['app', 'db/versions', 'versions'],
    notChecked: ['alembic.ini: Its version_locations are app, versions, and no Python file is there.'],
  })
})

test('a version file that is not UTF-8 is told', async () => {
  const files = repository({ 'alembic.ini': '[alembic]\nscript_location = db\n', 'db/versions/a.py': '' })
  const readText = async (path: string): Promise<string> => {
    if (path.endsWith('.py')) throw new UserError('it is not UTF-8 text')
    return await files.readText(path)
  }
  expect(told(await readAlembicProject({ directory: '', ...files, readText }))).toEqual({
    migrations: [],
    folders: ['db/versions'],
    notChecked: ['db/versions/a.py: It could not be read: it is not UTF-8 text.'],
  })
})

describe('a file of the configuration that cannot be read', () => {
  const tree = {
    'a/alembic.ini': '[alembic]\nscript_location = db\n',
    'a/db/versions/a.py': version('a'),
    'a/db/env.py': 'broken',
    'b/pyproject.toml': '[tool.alembic]\nscript_location = "db"\n',
    'b/db/script.py.mako': '',
    'b/db/versions/b.py': version('b'),
    'c/pyproject.toml': '',
    'c/main.py': '',
  }
  const unreadable = (...names: string[]) => {
    const files = repository(tree)
    const readText = async (path: string): Promise<string> => {
      if (names.includes(path)) throw new UserError('it is not UTF-8 text')
      return await files.readText(path)
    }
    return { ...files, readText }
  }

  test('is told by its own project, and stops no other', async () => {
    const files = unreadable('a/alembic.ini', 'b/pyproject.toml', 'c/pyproject.toml')
    expect(await findAlembic(files.paths, files.readText)).toEqual(['a', 'b'])
    expect(told(await readAlembicProject({ directory: 'a', ...files }))).toEqual({
      migrations: [],
      folders: [],
      notChecked: ['a/alembic.ini: It could not be read: it is not UTF-8 text.'],
    })
    expect(told(await readAlembicProject({ directory: 'b', ...files }))).toEqual({
      migrations: [],
      folders: [],
      notChecked: ['b/pyproject.toml: It could not be read: it is not UTF-8 text.'],
    })
  })

  test('env.py is told, and the versions are read', async () => {
    const project = await readAlembicProject({ directory: 'a', ...unreadable('a/db/env.py') })
    expect(told(project)).toEqual({
      migrations: ['a a/db/versions/a.py base'],
      folders: ['a/db/versions'],
      notChecked: ['a/db/env.py: It could not be read: it is not UTF-8 text.'],
    })
    expect(project.hasGaps).toBe(true)
  })

  test('any other error is ours', async () => {
    const readText = async (): Promise<string> => {
      throw new TypeError('a fault')
    }
    await expect(findAlembic(['alembic.ini'], readText)).rejects.toThrow('a fault')
  })
})

test('options that name one another without an end', async () => {
  const names = [...'abcdefghij'].map((name, i) => `${name} = ${`%(${'bcdefghijk'[i]})s`.repeat(10)}`)
  const files = repository({ 'alembic.ini': `[alembic]\nscript_location = %(a)s\n${names.join('\n')}\nk = x\n` })
  const { notChecked } = await readAlembicProject({ directory: '', ...files })
  expect(notChecked.map(({ what }) => what)).toEqual(['alembic.ini'])
})
