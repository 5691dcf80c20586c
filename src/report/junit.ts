import type { Finding } from '../model/finding.ts'
import type { JudgedMigration, NotChecked, Result } from '../model/result.ts'
import { unsaidEvidence } from './evidence.ts'
import { headline } from './headline.ts'
import { htmlBlock, htmlWhole, html as words } from './inert.ts'
import { differences, outcome, steps } from './round-trip.ts'

interface TestCase {
  readonly name: string
  readonly file: string | undefined
  /** Seconds. */
  readonly time: number
  readonly failures: readonly Finding[]
  readonly errors: readonly NotChecked[]
  readonly output: readonly string[]
}

/**
 * JUnit's XML, as Jenkins, GitLab, Azure and others read it: a test case for each migration. Errors and warnings are failures
 * (the format knows no weaker word), what was not checked is an error in a case of its own, and notes are output.
 */
export function junit(result: Result): string {
  const cases = testCases(result)
  const number = (key: 'failures' | 'errors') => cases.filter((one) => one[key].length > 0).length
  const time = cases.reduce((sum, one) => sum + one.time, 0)
  const totals = `tests="${cases.length}" failures="${number('failures')}" errors="${number('errors')}" time="${time.toFixed(3)}"`
  const suite = [
    `<testsuite name="migrations" ${totals} skipped="0">`,
    ...cases.map((one) => testCase(one, result)),
    '</testsuite>',
  ]
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites name="migration-gate" ${totals}>`, ...suite]
  return characters(`${lines.join('\n')}\n</testsuites>\n`)
}

function testCases(result: Result): TestCase[] {
  const known = new Set(result.migrations.map(({ id }) => id))
  const others = new Set(result.findings.map(({ migration }) => migration).filter((id) => !known.has(id)))
  const cases = [
    ...result.migrations.map((migration) => ofMigration(migration, result)),
    ...[...others].map((id) => ({ ...empty(id), ...judged(id, result) })),
    ...result.notChecked.map((one) => ({ ...empty(one.what), file: one.at?.file, errors: [one] })),
  ]
  // Some readers take a report without a test for a broken one.
  return cases.length > 0 ? cases : [empty(headline(result).title)]
}

function empty(name: string): TestCase {
  return { name, file: undefined, time: 0, failures: [], errors: [], output: [] }
}

function ofMigration({ id, name, file, roundTrip: trip }: JudgedMigration, result: Result): TestCase {
  const { failures, output } = judged(id, result)
  const way = trip ? steps(trip).map((step) => `${step.name} ${step.outcome}`) : []
  return {
    ...empty(name),
    file,
    time: (trip?.steps ?? []).reduce((sum, step) => sum + step.ms, 0) / 1000,
    failures,
    output: [
      trip ? `Round trip: ${way.join(', ')}: ${outcome(trip)}` : 'Not rehearsed.',
      ...(trip ? differences(trip, (text) => text) : []),
      ...output,
    ],
  }
}

function judged(id: string, { findings }: Result): Pick<TestCase, 'failures' | 'output'> {
  const own = findings.filter(({ migration }) => migration === id)
  return {
    failures: own.filter(({ severity }) => severity !== 'info'),
    output: own.filter(({ severity }) => severity === 'info').flatMap((found) => [`info: ${found.rule}`, told(found)]),
  }
}

function testCase({ name, file, time, failures, errors, output }: TestCase, { tool }: Result): string {
  const place = file === undefined ? '' : ` file="${htmlWhole(file)}"`
  const inside = [
    ...failures.map((found) => failure(found)),
    ...errors.map((one) => error(one)),
    ...(output.length ? [`<system-out>${output.map(htmlBlock).join('\n')}</system-out>`] : []),
  ]
  const start = `<testcase classname="${words(tool ?? 'migration-gate')}" name="${words(name)}"${place} time="${time.toFixed(3)}"`
  return inside.length ? [`${start}>`, ...inside, '</testcase>'].join('\n') : `${start}/>`
}

function failure(found: Finding): string {
  const { severity, rule, message } = found
  return `<failure type="${words(rule)}" message="${words(`${severity}: ${message}`)}">${htmlBlock(told(found))}</failure>`
}

function told(found: Finding): string {
  return [
    `${found.at.file}:${found.at.line}`,
    found.message,
    `Instead: ${found.help}`,
    ...(found.suggestion === undefined ? [] : [found.suggestion]),
    ...unsaidEvidence(found).map((seen) => `Seen: ${seen}`),
    found.url,
  ].join('\n')
}

function error({ what, why, at }: NotChecked): string {
  const place = at ? `${at.file}:${at.line}\n` : ''
  return `<error type="not-checked" message="${words(`${what}: ${why}`)}">${htmlBlock(`${place}${what}: ${why}`)}</error>`
}

/** XML 1.0 has no way of writing these two, not even as a reference: https://www.w3.org/TR/xml/#charsets */
function characters(text: string): string {
  return text.replace(/[\ufffe\uffff]/g, '\ufffd')
}
