import { describe, expect, test } from 'vitest'
import { type Judged, judged } from './rehearsal.ts'
import { ofRows, ofSchemas } from './scenarios.ts'

// Migrations whose way back is known to be good or bad, through the whole gate, on whatever version the tests run on.

describe('rows', () => {
  test.each(ofRows)('$name', async ({ verdict, ...sql }) => {
    expect(told(await judged(sql))).toBe(verdict)
  })
})

describe('schemas', () => {
  test.each(ofSchemas)('$name', async ({ verdict, ...sql }) => {
    // Only PostgreSQL 18 has names for NOT NULL: the one that it makes up is another than the one that was given.
    const found = told(await judged(sql))
    expect(verdict.includes('name-only') ? found : found.replace(' (name-only)', '')).toBe(verdict)
  })
})

test('there are nineteen of each', () => {
  expect([ofRows.length, ofSchemas.length]).toEqual([19, 19])
})

const aboutTheWayBack = [
  'data-lost-on-downgrade',
  'failing-downgrade',
  'incomplete-downgrade',
  'not-null-without-backfill',
  'upgrade-not-repeatable',
]

/** Whether the downgrade gave back what was there, what was different besides values, and what the rules make of it. */
function told({ trip, findings, notChecked }: Judged): string {
  expect(notChecked).toEqual([])
  const [up] = trip?.steps ?? []
  if (up?.error) return `the upgrade fails: ${up.error.sqlstate}`
  const classes = [...new Set(trip?.drift.flatMap((each) => (each.after === 'down' ? each.class : [])))].sort()
  const found = findings
    .filter(
      ({ rule, direction }) => aboutTheWayBack.includes(rule) && (direction === 'down' || rule.startsWith('upgrade')),
    )
    .map(({ rule, severity }) => `${severity} ${rule}`)
  return [
    trip?.restored ? 'restored' : 'not restored',
    classes.length > 0 ? ` (${classes.join(', ')})` : '',
    found.length > 0 ? `: ${[...new Set(found)].sort().join(', ')}` : '',
  ].join('')
}
