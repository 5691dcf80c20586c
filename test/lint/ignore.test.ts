import { describe, expect, test } from 'vitest'
import { rules } from '../../rules/index.ts'
import { ignoresIn } from '../../src/lint/comments.ts'
import { type IgnoreSetting, withoutIgnored } from '../../src/lint/ignore.ts'
import { lint } from '../../src/lint/lint.ts'
import { parseMigration } from '../../src/parse/parse.ts'
import { script } from '../examples.ts'

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

describe("eugene's comments", () => {
  test.each([
    [`-- eugene: ignore E6\n${index}`, []],
    [`-- eugene: ignore E1, E6\n${index}`, []],
    [`-- eugene: ignore\n${index}`, []],
    [`-- eugene: ignore E1\n${index}`, ['3 blocking-index']],
    [`-- eugene: ignored\n${index}`, ['3 blocking-index']],
  ])('%j', async (sql, left) => {
    expect(await found(`SELECT 1;\n${sql}`)).toEqual(left)
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
