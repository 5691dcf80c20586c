import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import picocolors from 'picocolors'
import type { Log } from 'sarif'
import { describe, expect, test } from 'vitest'
import type { Result } from '../../src/model/result.ts'
import type { About } from '../../src/report/about.ts'
import { annotations, heldBackWords } from '../../src/report/annotations.ts'
import { headline, roundTripState } from '../../src/report/headline.ts'
import { json } from '../../src/report/json.ts'
import { commentBytes, markdown } from '../../src/report/markdown.ts'
import { sarif } from '../../src/report/sarif.ts'
import { terminal } from '../../src/report/terminal.ts'
import { chart, timelines } from '../../src/report/timeline.ts'
import { undecided } from '../../src/report/undecided.ts'
import {
  blocked,
  clean,
  hostile,
  hostileText,
  large,
  longName,
  madeOf,
  noMigrations,
  notChecked,
  warned,
  wholeTrip,
} from './results.ts'

const plain = picocolors.createColors(false)
const about: About = { version: '0.1.0' }
const onGitHub: About = {
  version: '0.1.0',
  links: {
    repository: 'https://github.com/octo/shop',
    sha: '0123456789abcdef0123456789abcdef01234567',
    run: 'https://github.com/octo/shop/actions/runs/42',
  },
}
const rules = [
  { name: 'blocking-index', summary: 'CREATE INDEX without CONCURRENTLY blocks writes [until] it is {built}' },
]
const results = { 'no-migrations': noMigrations, clean, warned, blocked, 'not-checked': notChecked }

describe.each(Object.entries(results))('%s', (name, result) => {
  test('markdown', async () => {
    await expect(markdown(result, onGitHub)).toMatchFileSnapshot(`snapshots/${name}.md.txt`)
  })

  test('terminal', async () => {
    await expect(terminal(result, plain)).toMatchFileSnapshot(`snapshots/${name}.txt`)
  })
})

test('what was not checked for one reason is told with the reason once, at a terminal and in the comment', () => {
  const why = 'Its name has no number.'
  const things = ['a.sql', 'b_*.sql'].map((what) => ({ what, why }))
  const result = {
    ...notChecked,
    findings: [],
    migrations: [],
    notChecked: [{ what: 'c.sql', why: 'Gone.' }, ...things],
  }
  const between = (text: string, from: string, to: string) => text.slice(text.indexOf(from), text.indexOf(to))
  expect(between(terminal(result, plain), 'Not checked', '\n\n')).toBe(
    'Not checked\n  c.sql: Gone.\n  Its name has no number.\n    a.sql\n    b_*.sql',
  )
  expect(between(markdown(result, about), '### Not checked', '\n\n<sub>')).toBe(
    '### Not checked\n\n- `c.sql`: Gone.\n- Its name has no number.\n  - `a.sql`\n  - `b_*.sql`',
  )
})

test('a terminal shows the first lines of long lists', () => {
  const evidence = [...Array(40).keys()].map((n) => `view public.v${n} is missing`)
  const result = { ...blocked, findings: blocked.findings.slice(0, 1).map((each) => ({ ...each, evidence })) }
  const lines = terminal(result, plain).split('\n')
  expect(lines.filter((each) => each.startsWith('  seen: ')).slice(-2)).toEqual([
    '  seen: view public.v11 is missing',
    '  seen: and 28 more, which --format json has',
  ])
})

test('json', async () => {
  await expect(json(blocked)).toMatchFileSnapshot('snapshots/blocked.json.txt')
  await expect(json(notChecked)).toMatchFileSnapshot('snapshots/not-checked.json.txt')
})

test('sarif', async () => {
  await expect(sarif(blocked, rules, onGitHub)).toMatchFileSnapshot('snapshots/blocked.sarif.txt')
  await expect(sarif(notChecked, rules, about)).toMatchFileSnapshot('snapshots/not-checked.sarif.txt')
})

test('the verdict in words', () => {
  const alone = (result: Result): Result => ({ ...result, migrations: result.migrations.slice(-1) })
  const both: Result = { ...blocked, notChecked: notChecked.notChecked }
  const words = [noMigrations, clean, warned, alone(warned), blocked, both, notChecked, undecided('No checkout.')].map(
    (result) => {
      const { icon, title } = headline(result)
      return `${icon} ${title}; round trip: ${roundTripState(result)}`
    },
  )
  expect(words).toEqual([
    '✅ no migrations changed; round trip: none',
    '✅ 1 migration checked, nothing found; round trip: passed',
    '⚠️ 1 warning in 1 of 2 migrations; round trip: off',
    '⚠️ 1 warning in one migration; round trip: off',
    '❌ 2 blocking findings in 1 of 2 migrations, 1 warning; round trip: failed',
    '❌ 2 blocking findings in 1 of 2 migrations, 1 warning, 2 things not checked; round trip: failed',
    '⛔ could not decide, 2 things not checked; round trip: incomplete',
    '⛔ could not decide, 1 thing not checked; round trip: incomplete',
  ])
})

test('colors are the only difference that colors make', () => {
  const colored = terminal(blocked, picocolors.createColors(true))
  expect(colored).not.toBe(terminal(blocked, plain))
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences of picocolors begin with one
  expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(terminal(blocked, plain))
})

describe('a report that is too long', () => {
  const number = 120
  const whole = Buffer.byteLength(markdown(large(number), onGitHub))
  /** Each length that a report can be shortened to, found by asking for one byte less than the last. */
  const lengths: number[] = []
  for (let bytes = whole; ; ) {
    const length = Buffer.byteLength(markdown(large(number), onGitHub, bytes))
    if (length > bytes || lengths.includes(length)) break
    lengths.push(length)
    bytes = length - 1
  }

  test('has five lengths, the last below what a comment can take after the first was refused', () => {
    expect(lengths.length).toBe(5)
    expect(Math.max(...lengths)).toBe(whole)
    expect(Math.min(...lengths)).toBeLessThan(commentBytes / 4)
  })

  test.each(lengths)('is whole in its structure at %i bytes', (bytes) => {
    const text = markdown(large(number), onGitHub, bytes)
    const fences = text.match(/^`{3,}/gm) ?? []
    expect(fences.length % 2).toBe(0)
    expect(text.match(/<details/g)?.length ?? 0).toBe(text.match(/^<\/details>$/gm)?.length ?? 0)
    expect(rendered(text)).toMatch(/<sub>Checked 120 migrations, .*<\/sub>/)
    expect(text).toContain('### Not checked')
    expect(text.includes('This report is too long to be shown whole')).toBe(bytes < whole)
  })

  test('is no longer than a comment may be, whatever is in it', () => {
    const results = [
      large(20),
      large(100),
      large(1000),
      large(3000),
      hostile,
      madeOf([longName, '🙂'.repeat(9000)], longName),
    ]
    const tooLong = results
      .map((result) => Buffer.byteLength(markdown(result, onGitHub, commentBytes)))
      .filter((bytes) => bytes > commentBytes)
    expect(tooLong).toEqual([])
  })
})

/** The tags that GitHub makes of it, without what stands between and in them. */
function rendered(text: string): string {
  return micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })
}

describe('hostile text', () => {
  const harmless = madeOf(
    hostileText.map(() => 'harmless'),
    longName,
  )

  test('has no effect on the structure of the Markdown', () => {
    const tags = (result: Result) => rendered(markdown(result, onGitHub)).match(/<\/?[a-z][a-z0-9]*|<!--/g)
    expect(tags(hostile)).toEqual(tags(harmless))
  })

  test('gives GitHub nothing to mention, link or replace', () => {
    const text = rendered(markdown(hostile, onGitHub))
    const outside = text.replace(/<pre>.*?<\/pre>|<code>.*?<\/code>|<[^>]*>/gs, '')
    expect(outside).not.toMatch(/@[\w-]|#\d|GH-\d|:\/\/|www\.\w|:\w+:/)
    expect(outside).toContain('everyone')
  })

  test('reaches no terminal as anything but text', () => {
    const text = terminal(hostile, plain)
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
    expect(text).not.toMatch(/^\s*::|##\[/m)
    const shape = (result: Result) =>
      terminal(result, plain)
        .split('\n')
        .map((one) => /^ */.exec(one)?.[0].length)
    expect(shape(hostile)).toEqual(shape(harmless))
  })

  test('is data in JSON, without a character that a terminal acts on', () => {
    const text = json(hostile)
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
    expect(JSON.parse(text).findings.map((finding: { message: string }) => finding.message)).toEqual(
      hostile.findings.map(({ message }) => message),
    )
  })

  test('is text in SARIF: no link, no placeholder, valid addresses', () => {
    const log: Log = JSON.parse(sarif(hostile, rules, onGitHub))
    const [found] = log.runs
    for (const result of found?.results ?? []) {
      expect(result.message.text).not.toMatch(/(?<!\\)(\\\\)*[[\]]|(?<!\{)\{(\{\{)*(?!\{)/)
      const uri = result.locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? ''
      expect(new URL(uri, 'https://example.test/').pathname).toBe(`/${uri}`)
    }
  })

  test('stays within an annotation', () => {
    for (const { message, title } of annotations(hostile, 10).shown) {
      expect(message.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
      expect(title).toMatch(/^[a-z -]+$/)
    }
  })
})

describe('the lock timeline', () => {
  test('in Mermaid, one column a statement', () => {
    const [first, second] = timelines(blocked.migrations[1]?.roundTrip ?? wholeTrip('x'))
    expect(first && chart(first)).toMatchInlineSnapshot(`
      "%%{init: {"gantt": {"leftPadding": 111}}}%%
      gantt
        dateFormat x
        axisFormat %s
        tickInterval 1second
        todayMarker off
        section Statements
        1 to 4 :done, 1000, 5000
        section public.orders
        no writes, SHARE :active, 2000, 5000
        section public.notes
        no reads or writes, ACCESS EXCLUSIVE :crit, 3000, 5000"
    `)
    expect(second && chart(second)).toMatchInlineSnapshot(`
      "%%{init: {"gantt": {"leftPadding": 104}}}%%
      gantt
        dateFormat x
        axisFormat %s
        tickInterval 1second
        todayMarker off
        section Statements
        1 to 1 :done, 1000, 2000
        section public.notes
        no reads or writes, ACCESS EXCLUSIVE :crit, 1000, 2000"
    `)
  })

  // https://mermaid.js.org/syntax/gantt.html: a colon parts a task from its times, # and ; end it, %% begins a comment or a directive.
  const directives = [
    'section x',
    'a :crit, 0, 99d',
    '%%{init: {"securityLevel": "loose"}}%%',
    '\nclick a href "https://example.test"',
    '---\nconfig: {}\n---',
    '#35;quot; # ; %% ```',
    'title x',
  ]

  test.each([...hostileText, ...directives].map((text) => [JSON.stringify(text), text] as const))(
    '%s names a table, and nothing else',
    (_, text) => {
      const [, trip] = [0, madeOf([text], text).migrations[0]?.roundTrip]
      for (const timeline of timelines(trip ?? wholeTrip('x'))) {
        const lines = chart(timeline).split('\n')
        const known =
          /^ {2}(?:dateFormat x|axisFormat %s|tickInterval 1second|todayMarker off|section Statements|1 to \d+ :done, 1000, \d+|no (?:reads or )?writes, [A-Z ]+ :(?:active|crit), \d+, \d+)$/
        const sections = lines.slice(2).filter((line) => !known.test(line))
        expect(lines.slice(0, 2)).toEqual([
          expect.stringMatching(/^%%\{init: \{"gantt": \{"leftPadding": \d+\}\}\}%%$/),
          'gantt',
        ])
        expect(sections.filter((line) => !/^ {2}section [\p{L}\p{N}_.$ ·…-]{1,40}$/u.test(line))).toEqual([])
        expect(sections.length).toBe(new Set(timeline.bars.map(({ relation }) => relation)).size)
      }
    },
  )
})

describe('sarif', () => {
  test('a finding keeps its fingerprint when its line moves, and two that are alike have two', () => {
    const prints = (result: Result) =>
      (JSON.parse(sarif(result, rules, about)) as Log).runs[0]?.results?.map(
        (one) => one.partialFingerprints?.['migrationGateFinding/v1'],
      )
    const moved = {
      ...blocked,
      findings: blocked.findings.map((one) => ({ ...one, at: { ...one.at, line: one.at.line + 40 } })),
    }
    expect(prints(moved)).toEqual(prints(blocked))
    const twice = prints({
      ...blocked,
      findings: blocked.findings.flatMap((one) => [one, { ...one, at: { ...one.at, line: 99 } }]),
    })
    expect(new Set(twice).size).toBe(blocked.findings.length * 2)
    expect(twice?.filter((_, index) => index % 2 === 0)).toEqual(prints(blocked))
  })
})

test('annotations are the worst ones, and the others are counted', () => {
  const marks = annotations(large(60), 10)
  expect(marks.shown.map(({ level, title, at }) => `${level} ${title} ${at?.file ?? '-'}`)).toEqual([
    ...[...Array(10).keys()].map((n) => `error incomplete-downgrade migrations/${n * 3}_rollback.sql`),
    ...[...Array(10).keys()].map((n) => `warning incomplete-downgrade migrations/${n * 3 + 1}_rollback.sql`),
    ...[...Array(10).keys()].map((n) => `notice incomplete-downgrade migrations/${n * 3 + 2}_rollback.sql`),
  ])
  // 20 findings of each severity, and 60 things not checked, which are errors too.
  expect(marks.heldBack).toEqual({ error: 70, warning: 10, notice: 10 })
  expect(heldBackWords(marks)).toBe(
    'GitHub shows only so many annotations: 70 errors, 10 warnings, 10 notices more are in this report and not beside the code.',
  )
  expect(heldBackWords(annotations(blocked, 10))).toBe('')
})
