import { describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { alembicSteps, settings } from '../../src/init/settings.ts'
import { repository } from '../repository.ts'

describe('what Alembic needs', () => {
  test.each([
    ['', ['requirements.txt', 'pyproject.toml'], 'pip install -r requirements.txt'],
    ['backend', ['requirements.txt', 'backend/requirements.txt'], 'pip install -r backend/requirements.txt'],
    ['backend', ['requirements.txt', 'backend/pyproject.toml'], 'pip install ./backend/'],
    ['backend', ['requirements.txt'], 'pip install -r requirements.txt'],
    ['', ['pyproject.toml'], 'pip install ./'],
    ['', [], 'pip install -r requirements.txt'],
    ['a b; rm -rf x', ['a b; rm -rf x/requirements.txt', 'requirements.txt'], 'pip install -r requirements.txt'],
  ])('in %j with %j: %s', (directory, paths, install) => {
    expect(alembicSteps([{ tool: 'alembic', directory }], paths)).toEqual({ install })
  })

  test('nothing where there is no Alembic', () => {
    expect(alembicSteps([{ tool: 'numbered-sql', directory: '' }], ['requirements.txt'])).toBe(undefined)
  })
})

describe('the settings', () => {
  test.each(['', 'migrations', 'a: #b "c"\nd', 'yes', '- x'])(
    'of %j are read as they were written',
    async (directory) => {
      await using repo = await repository({
        '.migration-gate.yml': settings([{ tool: 'numbered-sql', directory }]),
      })
      const config = await loadConfig({ repository: repo.path, values: {}, origin: 'the test' })
      expect({ tool: config.tool, directory: config.directory }).toEqual({ tool: 'numbered-sql', directory })
    },
  )

  test('name no tool and no folder where there are several', async () => {
    const text = settings([
      { tool: 'alembic', directory: 'a\nb: c' },
      { tool: 'numbered-sql', directory: '' },
    ])
    await using repo = await repository({ '.migration-gate.yml': text })
    const config = await loadConfig({ repository: repo.path, values: {}, origin: 'the test' })
    expect([config.tool, config.directory]).toEqual([undefined, undefined])
    expect(text).toContain('# found: alembic in "a\\nb: c"\n# found: numbered-sql in "."\n')
  })
})
