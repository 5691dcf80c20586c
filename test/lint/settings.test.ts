import { describe, expect, test } from 'vitest'
import { rules } from '../../rules/index.ts'
import { nearest } from '../../src/lint/nearest.ts'
import { configured, rulesNamed } from '../../src/lint/settings.ts'

const setting = (severity: 'error' | 'warning' | 'info' | 'on' | 'off') => ({ severity, options: {}, place: 'a:1' })
const severities = (settings: Parameters<typeof configured>[1], ...names: string[]) =>
  configured(rules, settings)
    .filter(({ name }) => names.includes(name))
    .map(({ name, severity, isOff }) => [name, isOff ? 'off' : severity])

test('a name of our own wins over one from another linter, wherever it stands', () => {
  const both = { 'blocking-check': setting('info'), 'constraint-missing-not-valid': setting('off') }
  const expected = [
    ['blocking-check', 'info'],
    ['blocking-foreign-key', 'off'],
  ]
  expect(severities(both, 'blocking-check', 'blocking-foreign-key')).toEqual(expected)
  const reversed = Object.fromEntries(Object.entries(both).reverse())
  expect(severities(reversed, 'blocking-check', 'blocking-foreign-key')).toEqual(expected)
})

test('a policy that is named looks, with its own severity or another', () => {
  const [policy] = rules.filter(({ isPolicy }) => isPolicy)
  const name = policy?.name ?? ''
  const [on] = configured(rules, { [name]: setting('on') }).filter((rule) => rule.name === name)
  expect([on?.isPolicy, on?.severity]).toEqual([false, policy?.severity])
})

test.each([
  ['blocking-idnex', 'blocking-index'],
  ['Blocking-Index', 'blocking-index'],
  ['blocking', undefined],
  ['', undefined],
])('nearest to %j is %s', (written, expected) => {
  expect(nearest(written, ['blocking-unique', 'blocking-index'])).toBe(expected)
})

describe('names of other linters', () => {
  // All that squawk-cli 2.66.0 accepts for --exclude. Without a counterpart: matters of style, and of what is not checked here.
  const without = [
    'ban-alter-domain-with-add-constraint',
    'ban-create-domain-with-constraint',
    'ban-drop-database',
    'prefer-identity',
    'prefer-robust-stmts',
    'prefer-text-field',
    'require-enum-value-ordering',
    'require-statement-timeout',
    'require-table-schema',
  ]
  const squawk = [
    'adding-field-with-default',
    'adding-foreign-key-constraint',
    'adding-not-nullable-field',
    'adding-required-field',
    'adding-serial-primary-key-field',
    ...without,
    'ban-char-field',
    'ban-concurrent-index-creation-in-transaction',
    'ban-drop-column',
    'ban-drop-not-null',
    'ban-drop-table',
    'ban-truncate-cascade',
    'ban-uncommitted-transaction',
    'changing-column-type',
    'constraint-missing-not-valid',
    'disallowed-unique-constraint',
    'identifier-too-long',
    'prefer-bigint-over-int',
    'prefer-bigint-over-smallint',
    'prefer-repack',
    'prefer-timestamp-tz',
    'renaming-column',
    'renaming-table',
    'require-concurrent-index-creation',
    'require-concurrent-index-deletion',
    'require-concurrent-partition-detach',
    'require-concurrent-reindex',
    'require-lock-timeout',
    'require-timeout-settings',
    'transaction-nesting',
    'unused-ignore',
  ]
  const eugene = ['E1', 'E2', 'E3', 'E4', 'E5', 'E6', 'E7', 'E8', 'E9', 'E10', 'E11', 'E15', 'W14']

  test('every name of squawk means a rule, or is known to have no counterpart', () => {
    expect(squawk.filter((name) => rulesNamed(`squawk:${name}`, rules).length === 0)).toEqual(without)
  })

  test('every alias is a name that the other linter has', () => {
    const known = [...squawk.map((name) => `squawk:${name}`), ...eugene.map((name) => `eugene:${name}`)]
    const aliases = [...new Set(rules.flatMap(({ aliases = [] }) => aliases))]
    expect(aliases.filter((alias) => !known.includes(alias))).toEqual([])
    expect(eugene.filter((name) => rulesNamed(`eugene:${name}`, rules).length === 0)).toEqual([])
  })
})
