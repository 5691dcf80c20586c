import { expect, test } from 'vitest'
import { loadConfig } from '../src/config.ts'
import { repository } from './repository.ts'

async function load(file: string | undefined, values: Record<string, unknown> = {}, databaseUrl?: string) {
  await using repo = await repository(file === undefined ? {} : { '.migration-gate.yml': file })
  return await loadConfig({ repository: repo.path, values, databaseUrl, origin: 'the command line' })
}

test('defaults, then the file, then what is given; each with its source', async () => {
  const config = await load('fail-on: warning\npostgres-version: 16\ndirectory: ./backend/\n', {
    'postgres-version': '15',
    tool: '',
  })
  const { sources, ...values } = config
  expect(values).toEqual({
    tool: undefined,
    directory: 'backend',
    base: undefined,
    database: 'auto',
    databaseUrl: undefined,
    postgresVersion: 15,
    roundTrip: 'auto',
    failOn: 'warning',
    timeout: 60,
    defaultSchema: 'public',
    environment: [],
    alembic: undefined,
    rules: {},
    ignore: [],
    knownFindings: undefined,
    customRules: undefined,
    queries: [],
    baseline: undefined,
    baselineIncludes: undefined,
    bookkeeping: [],
    dockerImage: undefined,
    downgrade: undefined,
    extensions: [],
    roles: [],
    seeds: undefined,
    settings: {},
    stats: undefined,
    tables: {},
    upgrade: undefined,
  })
  expect([sources['postgres-version'], sources['fail-on'], sources.timeout, sources.tool]).toEqual([
    'the command line',
    '.migration-gate.yml',
    'default',
    'not set',
  ])
})

test.each([
  ['fail-on: maybe\n', '.migration-gate.yml:1: fail-on: "maybe" is not known; it can be error, warning, never'],
  ['fail-on: warnings\n', 'fail-on: "warnings" is not known; did you mean warning? It can be error, warning, never'],
  [
    'tool: albemic\n',
    'tool: "albemic" is not known; did you mean alembic? It can be alembic, numbered-sql, golang-migrate,',
  ],
  ['postgres-version: 99\n', 'postgres-version: "99" is not known; it can be 12, 13, 14, 15, 16, 17, 18'],
  ['round-trip: false\n', 'round-trip: false is not known; it can be auto, required, off'],
  ['timeout: 1h\n', 'timeout: must be a number'],
  ['timeout: 0\n', 'timeout: must be at least 1'],
  ['timeout: 99999\n', 'timeout: must be at most 21600'],
  ['rules: [a]\n', 'rules: must be settings by their names (name: value), and is ["a"]'],
  [
    'tool: alembic\nfail_on: error\n',
    '.migration-gate.yml:2: fail_on: unknown setting; did you mean fail-on? There are alembic, base,',
  ],
  ['a: [\n', '.migration-gate.yml:2: '],
  [
    'alembic:\n  command: alembic\n',
    '.migration-gate.yml:2: alembic.command: must be a list, such as [one, two], and is "alembic"',
  ],
  ['environment: [A=b]\n', 'is not the name of an environment variable'],
  ['just text\n', 'the whole: must be settings by their names (name: value), and is "just text"'],
])('%j is refused: %s', async (file, message) => {
  await expect(load(file)).rejects.toThrow(message)
})

test('a named file that is missing, a URL that is not given, a bad value on the command line', async () => {
  await using repo = await repository()
  const options = { repository: repo.path, origin: 'the command line' }
  await expect(loadConfig({ ...options, file: 'gate.yml', values: {} })).rejects.toThrow(
    'gate.yml: cannot be read (ENOENT).',
  )
  await expect(loadConfig({ ...options, values: { database: 'url' } })).rejects.toThrow('database: url needs a URL')
  await expect(loadConfig({ ...options, values: { 'postgres-version': '9' } })).rejects.toThrow(
    'the command line: postgres-version: ',
  )
})

test('severities, options and what to ignore, each with the line that says so', async () => {
  const config = await load(
    `rules:
  blocking-index: warning
  many-tables-locked: { tables: 5 }
ignore:
  - rule: [a, b]
    files: '**'
    reason: small
custom-rules: ./tools/rules/
`,
  )
  expect(config.rules).toEqual({
    'blocking-index': { severity: 'warning', options: {}, place: '.migration-gate.yml:2' },
    'many-tables-locked': { severity: 'on', options: { tables: 5 }, place: '.migration-gate.yml:3' },
  })
  expect(config.ignore).toEqual([{ rules: ['a', 'b'], files: ['**'], reason: 'small', place: '.migration-gate.yml:5' }])
  expect(config.customRules).toBe('tools/rules')
})

test('the URL of a database is not a setting of the file', async () => {
  await expect(load('database-url: postgresql://a\n')).rejects.toThrow('database-url: unknown setting')
})
