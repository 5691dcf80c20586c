import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { rules } from '../rules/index.ts'
import { withoutIgnored } from '../src/lint/ignore.ts'
import { lint } from '../src/lint/lint.ts'
import { asMigrations, examplesIn, expectedIn, foundIn, majorOf, textsOf } from './examples.ts'
import { findingsIn, historyExamplesIn } from './history-examples.ts'

const readers = new Set(rules.flatMap((rule) => (rule.check || rule.review ? rule.name : [])))

test('rules/index.ts lists every folder of rules/, in order', () => {
  const folders = readdirSync('rules', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(rules.map((rule) => rule.name)).toEqual(folders.map((folder) => folder.name).sort())
})

test('a rule is a folder and two lines in rules/index.ts', () => {
  const lines = readFileSync('rules/index.ts', 'utf8').split('\n')
  for (const { name } of rules) {
    const identifier = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
    expect(lines.filter((line) => new RegExp(`\\b${identifier}\\b`).test(line))).toEqual([
      `import ${identifier} from './${name}/rule.ts'`,
      `  ${identifier},`,
    ])
  }
})

describe.each(rules)('$name', (rule) => {
  const readme = readFileSync(`rules/${rule.name}/README.md`, 'utf8')
  // A policy looks where it was asked for.
  const looking = rules.map((each) => (each.name === rule.name ? { ...each, isPolicy: false } : each))
  const shown = examplesIn(`rules/${rule.name}/README.md`)
  const cases = existsSync(`rules/${rule.name}/cases.md`) ? examplesIn(`rules/${rule.name}/cases.md`) : []

  test('has something to say', () => {
    expect(rule.check ?? rule.observe ?? rule.review ?? rule.history).toBeDefined()
  })

  test('README opens with the name and the summary, and has its sections', () => {
    expect(readme.split('\n')[0]).toBe(`# ${rule.name}`)
    expect(readme.split('\n')[2]?.replaceAll('`', '')).toBe(`${rule.summary}.`)
    expect(readme.match(/^## .*/gm)).toEqual(['## Why', '## Bad', '## Good', '## When to ignore it'])
  })

  test('README shows what is bad and what is good', () => {
    const kinds = [...shown, ...historyExamplesIn(`rules/${rule.name}/README.md`)].map(({ kind }) => kind)
    expect([...new Set(kinds)].sort()).toEqual(['bad', 'good'])
  })

  // Every rule runs over every example: advice that another rule flags is not advice.
  test.each([...shown, ...cases])('$page:$line ($kind)', async (example) => {
    const expected = expectedIn(example)
    const names = expected.map((mark) => mark.split(' ')[2])
    expect(names.includes(rule.name)).toBe(example.kind === 'bad')
    if (example.kind === 'good') expect(names).toEqual([])

    const migrations = await asMigrations(example)
    const project = { tool: 'numbered-sql', migrations, major: majorOf(example) } as const
    const { findings } = withoutIgnored(lint(project, looking), {
      migrations: migrations.slice(1),
      texts: textsOf(example),
      rules: looking,
      // The comments in the examples name rules that can read what they ignore.
      wasRun: () => true,
    })
    const readable = expected.filter((mark) => readers.has(mark.split(' ')[2] ?? ''))
    expect(foundIn(example, findings)).toEqual(readable)
  })

  // A history is shown in one line a file, without downgrades: only what judges histories, and this rule, looks at it.
  const histories = [`rules/${rule.name}/README.md`, `rules/${rule.name}/cases.md`].filter((page) => existsSync(page))
  const judges = looking.filter((each) => each.history !== undefined || each.name === rule.name)
  for (const example of histories.flatMap(historyExamplesIn)) {
    test(`${example.page}:${example.line} (${example.kind})`, async () => {
      const { found, expected } = await findingsIn(example, judges)
      expect(found).toEqual(expected)
      expect(expected.some((mark) => mark.endsWith(` ${rule.name}`))).toBe(example.kind === 'bad')
    })
  }
})
