import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { rules } from '../rules/index.ts'
import { lint } from '../src/lint/lint.ts'
import { asMigrations, examplesIn, expectedIn, foundIn } from './examples.ts'

const readers = new Set(rules.flatMap((rule) => (rule.check ? rule.name : [])))

test('rules/index.ts lists every folder of rules/, in order', () => {
  const folders = readdirSync('rules', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(rules.map((rule) => rule.name)).toEqual(folders.map((folder) => folder.name).sort())
})

describe.each(rules)('$name', (rule) => {
  const readme = readFileSync(`rules/${rule.name}/README.md`, 'utf8')
  const shown = examplesIn(`rules/${rule.name}/README.md`)
  const cases = existsSync(`rules/${rule.name}/cases.md`) ? examplesIn(`rules/${rule.name}/cases.md`) : []

  test('has something to say', () => {
    expect(rule.check ?? rule.observe).toBeDefined()
  })

  test('README opens with the name and the summary, and has its sections', () => {
    expect(readme.split('\n')[0]).toBe(`# ${rule.name}`)
    expect(readme.split('\n')[2]?.replaceAll('`', '')).toBe(`${rule.summary}.`)
    expect(readme.match(/^## .*/gm)).toEqual(['## Why', '## Bad', '## Good', '## When to ignore it'])
  })

  test('README shows what is bad and what is good', () => {
    expect([...new Set(shown.map(({ kind }) => kind))].sort()).toEqual(['bad', 'good'])
  })

  // Every rule runs over every example: advice that another rule flags is not advice.
  test.each([...shown, ...cases])('$page:$line ($kind)', async (example) => {
    const expected = expectedIn(example)
    const names = expected.map((mark) => mark.split(' ')[2])
    expect(names.includes(rule.name)).toBe(example.kind === 'bad')
    if (example.kind === 'good') expect(names).toEqual([])

    const findings = lint({ tool: 'numbered-sql', migrations: await asMigrations(example) }, rules)
    const readable = expected.filter((mark) => readers.has(mark.split(' ')[2] ?? ''))
    expect(foundIn(example, findings)).toEqual(readable)
  })
})
