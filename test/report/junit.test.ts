import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import type { Result } from '../../src/model/result.ts'
import { junit } from '../../src/report/junit.ts'
import { blocked, hostile, hostileText, longName, madeOf, noMigrations, notChecked, warned } from './results.ts'

/** Reads XML with expat, which refuses what is not well-formed. */
const read = `
import json, sys, xml.etree.ElementTree as tree
def plain(one):
    return {"tag": one.tag, **one.attrib, "text": (one.text or "").strip(), "inside": [plain(each) for each in one]}
print(json.dumps(plain(tree.fromstring(sys.stdin.buffer.read()))))
`

interface Element {
  readonly tag: string
  readonly name?: string
  readonly type?: string
  readonly message?: string
  readonly file?: string
  readonly tests?: string
  readonly failures?: string
  readonly errors?: string
  readonly text: string
  readonly inside: readonly Element[]
}

function parsed(result: Result): Element {
  return JSON.parse(execFileSync('python3', ['-c', read], { input: junit(result), encoding: 'utf8' }))
}

/** A line for each case, and one for each failure and error in it. */
function outline(result: Result): string[] {
  const { tests, failures, errors, inside } = parsed(result)
  const cases = inside.flatMap((suite) => suite.inside)
  return [
    `tests ${tests}, failures ${failures}, errors ${errors}`,
    ...cases.flatMap((one) => [
      `${one.name} (${one.file ?? 'no file'})`,
      ...one.inside
        .filter(({ tag }) => tag !== 'system-out')
        .map(({ tag, type, message, text }) => `  ${tag} ${type} ${text.split('\n')[0]} ${message}`),
    ]),
  ]
}

test('a case for each migration, its findings are failures', () => {
  expect(outline(blocked)).toEqual([
    'tests 2, failures 1, errors 0',
    '002_add_user_phone (migrations/002_add_user_phone.sql)',
    '003_status (migrations/003_status.sql)',
    '  failure blocking-index migrations/003_status.sql:7 error: Building orders_status_idx blocks every INSERT, UPDATE and DELETE on public.orders until it is done.',
    '  failure incomplete-downgrade migrations/003_status_rollback.sql:1 error: After the downgrade, the enum type public.order_status is still there.',
    '  failure unbatched-update migrations/003_status.sql:11 warning: UPDATE rewrites every row of public.orders in one transaction.',
  ])
})

test('what was not checked is an error, in a case of its own', () => {
  expect(outline(notChecked)).toEqual([
    'tests 3, failures 0, errors 2',
    'ae10 add full_name (alembic/versions/ae10_add_full_name.py)',
    'The rehearsal (no file)',
    '  error not-checked The rehearsal: No PostgreSQL was started: docker does not answer. The rehearsal: No PostgreSQL was started: docker does not answer.',
    'A part of ae10 add full_name (up) (alembic/versions/ae10_add_full_name.py)',
    '  error not-checked alembic/versions/ae10_add_full_name.py:21 A part of ae10 add full_name (up): The statement is built by a function of another module.',
  ])
})

test('no migrations: one case that passes, for readers that refuse a report without any', () => {
  expect(outline(noMigrations)).toEqual(['tests 1, failures 0, errors 0', 'no migrations changed (no file)'])
})

test('a note is output and no failure; a finding of a migration that is not listed has a case all the same', () => {
  const notes = { ...warned, findings: warned.findings.map((one) => ({ ...one, severity: 'info' as const })) }
  expect(outline(notes)[0]).toBe('tests 2, failures 0, errors 0')
  expect(junit(notes)).toContain('info: unbatched-update\nmigrations/003_status.sql:11\n')
  expect(outline({ ...warned, migrations: [] }).slice(0, 2)).toEqual(['tests 1, failures 1, errors 0', '003 (no file)'])
})

test('hostile text changes nothing but itself', () => {
  const shape = (one: Element): unknown => [one.tag, one.inside.map(shape)]
  const texts = [...hostileText, ']]>', '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>', '&y;', '\ufffe\uffff']
  const harmless = texts.map(() => 'harmless')
  expect(shape(parsed(madeOf(texts, longName)))).toEqual(shape(parsed(madeOf(harmless, longName))))
  expect(junit(hostile).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
  expect(junit(hostile)).not.toMatch(/^\s*::|##\[/m)
})
