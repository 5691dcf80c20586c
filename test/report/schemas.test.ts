import { readFile } from 'node:fs/promises'
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' }
import { Ajv2020 } from 'ajv/dist/2020.js'
import AjvDraft4 from 'ajv-draft-04'
import formats from 'ajv-formats'
import type { Log } from 'sarif'
import { describe, expect, test } from 'vitest'
import type { About } from '../../src/report/about.ts'
import { json } from '../../src/report/json.ts'
import { commentBytes, markdown } from '../../src/report/markdown.ts'
import { readJson } from '../../src/report/read-json.ts'
import { jsonResultSchema } from '../../src/report/result-schema.ts'
import { sarif } from '../../src/report/sarif.ts'
import { blocked, clean, hostile, large, noMigrations, notChecked, warned } from './results.ts'

const about: About = {
  version: '0.1.0',
  links: {
    repository: 'https://github.com/octo/shop',
    sha: '0123456789abcdef0123456789abcdef01234567',
    run: 'https://github.com/octo/shop/actions/runs/42',
  },
}
const results = { noMigrations, clean, warned, blocked, notChecked, hostile, many: large(30) }

describe('SARIF', () => {
  // The schema of the standard, as its authors' package holds it.
  const ajv = new AjvDraft4({ strict: false, allErrors: true, unicodeRegExp: false })
  formats.default(ajv)
  const isValid = ajv.compile(sarifSchema)

  test.each(Object.entries(results))('%s: as the standard has it', (_, result) => {
    isValid(JSON.parse(sarif(result, [], about)))
    expect(isValid.errors).toBe(null)
  })

  test('the schema would have refused something', () => {
    const log = JSON.parse(sarif(blocked, [], about)) as { runs: { results: { level: string }[] }[] }
    for (const result of log.runs[0]?.results ?? []) result.level = 'fatal'
    expect(isValid(log)).toBe(false)
  })

  // https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
  test.each(Object.entries(results))('%s: as GitHub takes it', (_, result) => {
    const log = JSON.parse(sarif(result, [], about)) as Log
    expect(log.runs.length).toBe(1)
    const [run] = log.runs
    const rules = run?.tool.driver.rules ?? []
    expect(run?.results?.length).toBeLessThanOrEqual(25_000)
    for (const [index, rule] of rules.entries()) {
      expect(rule.id.length).toBeLessThanOrEqual(255)
      expect(rule.shortDescription?.text.length).toBeLessThanOrEqual(1024)
      expect(rule.fullDescription?.text.length).toBeLessThanOrEqual(1024)
      expect(rule.help?.text).toBeTruthy()
      expect(rules.findIndex(({ id }) => id === rule.id)).toBe(index)
    }
    for (const { ruleId, ruleIndex, message, locations, partialFingerprints } of run?.results ?? []) {
      expect(rules[ruleIndex ?? -1]?.id).toBe(ruleId)
      expect(message.text).toBeTruthy()
      expect(Object.values(partialFingerprints ?? {}).every((print) => /^[0-9a-f]{32}$/.test(print))).toBe(true)
      const place = locations?.[0]?.physicalLocation
      expect(place?.artifactLocation?.uri).toMatch(/^(?!\/|[a-z]+:)\S+$/)
      expect(place?.region?.startLine).toBeGreaterThanOrEqual(1)
    }
  })
})

describe('JSON', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  const isValid = ajv.compile(jsonResultSchema())

  test.each(Object.entries(results))('%s: as its schema has it, with no other keys', (_, result) => {
    const data = JSON.parse(json(result))
    isValid(data)
    expect(isValid.errors).toBe(null)
    const closed = new Ajv2020({ strict: false, allErrors: true }).compile(jsonResultSchema(true))
    closed(data)
    expect(closed.errors).toBe(null)
  })

  test('the schema that ships is this one', async () => {
    const { $id, title, ...shipped } = JSON.parse(await readFile('schema/result.json', 'utf8'))
    expect(shipped).toEqual(JSON.parse(JSON.stringify(jsonResultSchema())))
    expect([$id, title]).toEqual([
      expect.stringMatching(/\/schema\/result\.json$/),
      'migration-gate: the result as JSON',
    ])
  })

  const pages = ['https://github.com/migration-gate/migration-gate/blob/']

  // What only the JSON shortens is short here.
  test.each(Object.entries({ noMigrations, clean, warned, blocked, notChecked, many: large(30) }))(
    '%s: read back, it gives the same comment',
    (_, result) => {
      expect(markdown(readJson(json(result), pages), about)).toBe(markdown(result, about))
    },
  )

  test('hostile, and read back, it gives the same comment within its bounds', () => {
    const comment = markdown(readJson(json(hostile), pages), about, commentBytes)
    expect(comment).toBe(markdown(hostile, about, commentBytes))
  })

  const data = JSON.parse(json(blocked))
  const [finding] = data.findings
  test.each([
    ['no JSON', 'not json', 'The report is not JSON.'],
    ['something else', '[]', 'The report is not the JSON of this version of migration-gate: '],
    ['another version', JSON.stringify({ ...data, version: 2 }), 'of migration-gate: version: '],
    ['a verdict of its own', JSON.stringify({ ...data, verdict: 'fine' }), 'of migration-gate: verdict: '],
    [
      'a rule with markup',
      JSON.stringify({ ...data, findings: [{ ...finding, rule: '<b>' }] }),
      'of migration-gate: findings.0.rule: ',
    ],
    [
      'a line that is none',
      JSON.stringify({ ...data, findings: [{ ...finding, location: { ...finding.location, line: '1)' } }] }),
      'of migration-gate: findings.0.location.line: ',
    ],
    ...[
      'https://example.test/',
      `${pages[0]})[x](https://example.test/`,
      'javascript:alert(1)',
      `${pages[0]}" onclick="x`,
    ].map((url) => [
      `a link to ${url}`,
      JSON.stringify({ ...data, findings: [{ ...finding, url }] }),
      'The report leads to a page that is not ours and not of this repository.',
    ]),
  ])('%s is refused', (_, text, message) => {
    expect(() => readJson(text ?? '', pages)).toThrow(message)
  })
})
