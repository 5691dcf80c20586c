import { describe, expect, test } from 'vitest'
import { rules } from '../../rules/index.ts'
import { loadConfig } from '../../src/config.ts'
import { writeKnown } from '../../src/known-findings.ts'
import { ignoresIn } from '../../src/lint/comments.ts'
import { type IgnoreSetting, withoutIgnored } from '../../src/lint/ignore.ts'
import { lint } from '../../src/lint/lint.ts'
import { parseMigration } from '../../src/parse/parse.ts'
import { run } from '../../src/run.ts'
import { script } from '../examples.ts'
import { repository } from '../repository.ts'

async function judged(sql: string, settings: readonly IgnoreSetting[] = [], wasRun = false) {
  const file = 'm/001.sql'
  const migration = await parseMigration(
    { id: '1', name: '1', file, parents: [], up: script('up', file, sql), down: undefined, status: 'new' },
    { defaultSchema: 'public' },
  )
  const findings = lint({ tool: 'numbered-sql', migrations: [migration] }, rules)
  const texts = new Map([[file, sql]])
  return withoutIgnored(findings, { migrations: [migration], texts, rules, wasRun: () => wasRun, settings })
}

/** Line and rule of each finding that is left. Every one of these migrations lacks a downgrade, which is told in line 1. */
async function found(sql: string, settings: readonly IgnoreSetting[] = []): Promise<string[]> {
  const { findings } = await judged(sql, settings)
  return findings.map(({ at, rule }) => `${at.line} ${rule}`).filter((each) => each !== '1 missing-downgrade')
}

const index = 'CREATE INDEX i ON t (a);'

describe('our comments', () => {
  test('at the end of the line, or before it, ignore what they name there', async () => {
    expect(await found(`SELECT 1;\n${index}\n${index}`)).toEqual(['2 blocking-index', '3 blocking-index'])
    expect(await found(`SELECT 1;\n${index} -- migration-gate: ignore blocking-index: twelve rows\n${index}`)).toEqual([
      '3 blocking-index',
    ])
    expect(
      await found(`SELECT 1;\n--migration-gate:ignore blocking-index: twelve: rows\n\n-- Why.\n${index}\n${index}`),
    ).toEqual(['6 blocking-index'])
    expect(
      await found(`SELECT 1;\nCREATE INDEX i\n  ON t (a); -- migration-gate: ignore blocking-index: twelve rows`),
    ).toEqual([])
    expect(await found(`SELECT 1;\n/* migration-gate: ignore blocking-index: twelve rows */\n${index}`)).toEqual([])
  })

  test('above all code, they speak of the file as a whole, too', async () => {
    const forward = '-- migration-gate: ignore missing-downgrade: forward only'
    const left = async (sql: string) => (await judged(sql)).findings.map(({ rule }) => rule)
    expect(await left(`/* Licence,\n of two lines. */\n${forward}\n${index}`)).toEqual(['blocking-index'])
    expect(await left(`SELECT 1;\n${forward}\n${index}`)).toEqual([
      'missing-downgrade',
      'unused-ignore',
      'blocking-index',
    ])
    expect(await left(`SELECT 1;\n${index}\n-- migration-gate: ignore-file missing-downgrade: forward only`)).toEqual([
      'blocking-index',
    ])
  })

  test('without a reason, or for no rule that there is, they ignore nothing, and that is told', async () => {
    for (const text of [
      'ignore blocking-index',
      'ignore blocking-index:',
      'ignore blocking: why',
      'ignore: why',
      'off',
    ])
      expect(await found(`SELECT 1;\n${index} -- migration-gate: ${text}`)).toEqual([
        '2 blocking-index',
        '2 unused-ignore',
      ])
  })

  test('an unknown name: the nearest one is offered, also by the name that another linter has', async () => {
    const { findings } = await judged(
      `SELECT 1;\n-- migration-gate: ignore blocking-indexes, ban-drop-colum, xyz: why\n${index}`,
    )
    expect(findings.filter(({ rule }) => rule === 'unused-ignore').map(({ message, help }) => [message, help])).toEqual(
      [
        ['There is no rule ban-drop-colum, so this comment ignores nothing by that name.', 'Write ban-drop-column.'],
        ['There is no rule blocking-indexes, so this comment ignores nothing by that name.', 'Write blocking-index.'],
        [
          'There is no rule xyz, so this comment ignores nothing by that name.',
          'The command "migration-gate rules" lists them all.',
        ],
      ],
    )
  })

  test('a rule that has to see the migration run is not said to be unused where it was not run', async () => {
    const sql =
      'SELECT 1;\n-- migration-gate: ignore failing-upgrade: the extension is only there in production\nSELECT 2;'
    const unused = async (wasRun: boolean) =>
      (await judged(sql, [], wasRun)).findings.filter(({ rule }) => rule === 'unused-ignore').length
    expect([await unused(false), await unused(true)]).toEqual([0, 1])
  })

  test('a rule that is off is left alone', async () => {
    const sql = 'SELECT 1;\n-- migration-gate: ignore blocking-index: twelve rows\nSELECT 2;'
    const off = rules.map((rule) => (rule.name === 'blocking-index' ? { ...rule, isOff: true } : rule))
    const migration = await parseMigration(
      { id: '1', name: '1', file: 'a', parents: [], up: script('up', 'a', sql), down: undefined, status: 'new' },
      { defaultSchema: 'public' },
    )
    const given = { migrations: [migration], texts: new Map([['a', sql]]), wasRun: () => true }
    expect(withoutIgnored([], { ...given, rules: off })).toEqual({ findings: [], ignored: 0 })
    expect(withoutIgnored([], { ...given, rules }).findings.map(({ rule }) => rule)).toEqual(['unused-ignore'])
  })
})

// What squawk-cli 2.66.0 was seen to do with each of these.
describe("squawk's comments", () => {
  const drop = 'ALTER TABLE t DROP COLUMN a;'
  test.each([
    [`-- squawk-ignore ban-drop-column\n${drop}`, true],
    [`${drop} -- squawk-ignore ban-drop-column`, true],
    [`/* squawk-ignore ban-drop-column */\n${drop}`, true],
    [`-- squawk-ignore ban-drop-table, ban-drop-column -- nobody reads it\n${drop}`, true],
    [`${drop}\n-- squawk-ignore-file ban-drop-column`, true],
    [`-- squawk-ignore-file\n${drop}`, true],
    [`-- squawk-ignore no-such-rule\n${drop}`, false],
    [`-- squawk-ignore\n${drop}`, false],
    [`-- squawk-ignore: ban-drop-column\n${drop}`, false],
    [`-- squawk-ignore-next-statement ban-drop-column\n${drop}`, false],
    [`-- squawk-disable-assume-in-transaction\n${drop}`, false],
    [`-- squawk-ignore dropped-column\n${drop}`, false],
  ])('%j: %s', async (sql, isIgnored) => {
    const left = (await found(`SELECT 1;\n${sql}`)).map((each) => each.split(' ')[1])
    expect(left.includes('dropped-column')).toBe(!isIgnored)
    expect(left).not.toContain('unused-ignore')
  })
})

// eugene 0.8.3 from its registry (cargo install eugene; it wants libclang), `eugene lint` on a file of each: it tells E6 at the line that is
// expected here, or does not tell it. It refuses to read on at `ignored`, which here ignores nothing.
describe("eugene's comments", () => {
  test.each([
    [`-- eugene: ignore E6\n${index}`, []],
    [`  -- eugene: ignore E6 \n${index}`, []],
    [`-- eugene: ignore E1, E6\n${index}`, []],
    [`-- eugene: ignore E6,E9\n${index}`, []],
    [`-- eugene: ignore E6, small table\n${index}`, []],
    [`-- eugene: ignore\n${index}`, []],
    [`${index} -- eugene: ignore E6`, []],
    [`CREATE INDEX i\n  -- eugene: ignore E6\n  ON t (a);`, []],
    [`-- why\n-- eugene: ignore E6\n\n-- more\n${index}`, []],
    [`-- eugene: ignore E1\n${index}`, ['3 blocking-index']],
    [`-- eugene: ignored\n${index}`, ['3 blocking-index']],
    [`-- eugene: ignore e6\n${index}`, ['3 blocking-index']],
    [`-- eugene: ignore E6 E9\n${index}`, ['3 blocking-index']],
    [`-- eugene: ignore E6 because it is small\n${index}`, ['3 blocking-index']],
    [`-- eugene ignore E6\n${index}`, ['3 blocking-index']],
    [`-- eugene:ignore E6\n${index}`, ['3 blocking-index']],
    [`--  eugene:  ignore  E6\n${index}`, ['3 blocking-index']],
    [`--eugene: ignore E6\n${index}`, ['3 blocking-index']],
    [`/* eugene: ignore E6 */\n${index}`, ['3 blocking-index']],
    [`SELECT '-- eugene: ignore E6';\n${index}`, ['3 blocking-index']],
  ])('%j', async (sql, left) => {
    expect(await found(`SELECT 1;\n${sql}`)).toEqual(left)
  })

  // Its help says so of them. In fact the first one of a file, wherever it stands, silences every statement of it.
  test('speak of one statement', async () => {
    expect(await found(`${index}\n-- eugene: ignore E6\n${index}\n${index}`)).toEqual([
      '1 blocking-index',
      '4 blocking-index',
    ])
  })
})

test('in Python: above upgrade() and below the docstring, in the SQL, and behind it', () => {
  const lines = [
    '"""add an index',
    '',
    'Revision ID: 1',
    '"""',
    '# migration-gate: ignore missing-downgrade: forward only',
    'from alembic import op',
    '',
    '# migration-gate: ignore empty-downgrade: forward only',
    'def upgrade():',
    '    op.execute("""',
    '        -- migration-gate: ignore blocking-index: twelve rows',
    '        CREATE INDEX i ON t (a)',
    '    """)',
    '    op.create_index("j", "t", ["a"])  # migration-gate: ignore blocking-index: twelve rows',
  ]
  expect(
    ignoresIn(lines.join('\n'), rules).map(({ line, from, to, names }) => [
      line,
      from,
      to,
      names.map(({ name }) => name),
    ]),
  ).toEqual([
    [5, 1, 6, ['missing-downgrade']],
    [8, 8, 9, ['empty-downgrade']],
    [11, 11, 12, ['blocking-index']],
    [14, 14, 14, ['blocking-index']],
  ])
})

describe('the configuration', () => {
  const setting = (rule: string, files: string): IgnoreSetting => ({
    rules: [rule],
    files: [files],
    reason: 'small tables',
    place: '',
  })
  test.each([
    ['blocking-index', 'm/*.sql', true],
    ['blocking-index', '**', true],
    ['blocking-index', 'm/001.sql', true],
    ['require-concurrent-index-creation', 'm/**', true],
    ['blocking-index', '*.sql', false],
    ['blocking-index', 'M/*.sql', false],
    ['blocking-unique', 'm/*.sql', false],
  ])('%s in %s', async (rule, files, isIgnored) => {
    const { findings, ignored } = await judged(`SELECT 1;\n${index}`, [setting(rule, files)])
    expect(findings.some((each) => each.rule === 'blocking-index')).toBe(!isIgnored)
    expect(ignored).toBe(isIgnored ? 1 : 0)
  })
})

describe('a finding in a file of the base branch', () => {
  const revision = (id: string, parent: string, note = '') =>
    `from alembic import op\n\nrevision = "${id}"\n${note}down_revision = ${parent}\n\n\ndef upgrade():\n    op.execute("SELECT 1")\n\n\ndef downgrade():\n    op.execute("SELECT 1")\n`

  /** Of a change that adds one revision more to a history in which an old one's parent is missing. */
  async function told(note: string) {
    await using repo = await repository({
      'alembic.ini': '[alembic]\nscript_location = m\n',
      'm/env.py': '',
      'm/versions/a.py': revision('a', 'None'),
      'm/versions/b.py': revision('b', '"gone"', note),
    })
    await repo.commit({ 'm/versions/c.py': revision('c', '"a"') })
    const config = await loadConfig({
      repository: repo.path,
      origin: 'x',
      values: { base: 'main', 'round-trip': 'off' },
    })
    const signal = new AbortController().signal
    const { findings, coverage } = await run({ config, rules, repository: repo.path, signal, log: () => undefined })
    return [findings.map(({ rule, at }) => `${at.file}:${at.line} ${rule}`), coverage.ignored]
  }

  test('is ignored by a comment that stands there, with every change anew', async () => {
    expect(await told('')).toEqual([['m/versions/b.py:4 missing-parent'], 0])
    expect(await told('# migration-gate: ignore missing-parent: squashed away, and no database is older\n')).toEqual([
      [],
      1,
    ])
  })

  test('is not, where the comment names another; and nobody says now that the old comment is of no use', async () => {
    expect(await told('# migration-gate: ignore blocking-index: twelve rows\n')).toEqual([
      ['m/versions/b.py:5 missing-parent'],
      0,
    ])
  })
})

test.each(['001_b', '1_b'])(
  'a number that %s has twice on the base branch is known once it was recorded',
  async (name) => {
    await using repo = await repository({
      'm/001_a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);',
      'm/001_a_rollback.sql': 'DROP TABLE a;',
      [`m/${name}.sql`]: 'CREATE TABLE b (id bigint PRIMARY KEY);',
      [`m/${name}_rollback.sql`]: 'DROP TABLE b;',
    })
    const config = await loadConfig({
      repository: repo.path,
      origin: 'x',
      values: { base: 'main', 'round-trip': 'off' },
    })
    const options = { config, rules, repository: repo.path, signal: new AbortController().signal, log: () => undefined }
    const { known } = await run({ ...options, all: true, recordKnown: true })
    expect(known?.recorded?.map(({ file, rule }) => `${file} ${rule}`)).toEqual([`m/${name}.sql duplicate-revision`])
    await repo.commit({
      'm/002_c.sql': 'CREATE TABLE c (id bigint PRIMARY KEY);',
      'm/002_c_rollback.sql': 'DROP TABLE c;',
    })
    expect((await run(options)).findings.map(({ rule, at }) => `${at.file} ${rule}`)).toEqual([
      `m/${name}.sql duplicate-revision`,
    ])
    await writeKnown(repo.path, config, known?.recorded ?? [])
    const { findings, known: after } = await run(options)
    expect([findings, after?.findings, after?.stale]).toEqual([[], 1, []])
  },
)

test('a file that the change deletes holds no comment', async () => {
  await using repo = await repository({
    'm/001_a.sql': 'SELECT 1;',
    'm/001_a_rollback.sql': 'SELECT 1;',
    'm/002_b.sql': '-- migration-gate: ignore-file deleted-migration: never ran\nSELECT 1;',
  })
  repo.git('rm', '--quiet', 'm/002_b.sql')
  await repo.commit({})
  const values = { base: 'main', 'round-trip': 'off', tool: 'numbered-sql' }
  const config = await loadConfig({ repository: repo.path, origin: 'x', values })
  const signal = new AbortController().signal
  const { findings } = await run({ config, rules, repository: repo.path, signal, log: () => undefined })
  expect(findings.map(({ rule, at }) => `${at.file}:${at.line} ${rule}`)).toEqual(['m/002_b.sql:1 deleted-migration'])
})
