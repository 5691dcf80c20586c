import type { Location } from '../../src/model/location.ts'
import type { Precondition } from '../../src/model/precondition.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'data-dependent-upgrade',
  summary: 'The upgrade succeeds, or keeps every value, only on some data',
  severity: 'warning',
  general: true,

  *observe({ migration, roundTrip, said }) {
    const { refusedRows: own } = roundTrip
    if (own && (own.sqlstate === undefined || own.sqlstate === 'P0001'))
      yield {
        at: own.at,
        direction: 'up',
        message: `The upgrade of ${migration.name} stops at rows that were made up for the rehearsal, and goes through without them: ${own.message.replace(/\.$/, '')}.`,
        help: 'Look for such rows in production before this is released. Where there can be none, forbid them with a constraint, or give the rehearsal rows like yours: seeds in .migration-gate.yml.',
        evidence: [said(own)],
        sqlstate: own.sqlstate,
      }
    const isTried = (at: Location | undefined) =>
      migration.up.statements.some(
        ({ at: place, operations }) =>
          place.line === at?.line &&
          operations.length > 0 &&
          operations.every((op) => op.kind === 'validate-constraint'),
      )
    // VALIDATE CONSTRAINT is there to be tried: where it fails, nothing has changed and nobody has waited.
    const found = (roundTrip.preconditions ?? []).filter(
      ({ kind, outcome, at }) => kind !== 'no-rows' && outcome !== 'untried' && !isTried(at),
    )
    for (const together of byPlace(found)) {
      const [first] = together
      if (!first) continue
      const needs = together.map((each) => each.needs)
      yield {
        at: first.at,
        direction: 'up',
        message:
          first.outcome === 'fails'
            ? `This fails unless ${needs.join(', and ')}.`
            : `This changes values without a word unless ${needs.join(', and ')}.`,
        help:
          first.outcome === 'fails'
            ? 'Count such rows in production with the query below, and correct them in a step before this one, or say in the statement what becomes of them.'
            : 'Count such rows in production with the query below. Where they matter, keep the old values in a column of their own until nobody asks for them.',
        evidence: together.flatMap(evidence),
        sqlstate: first.sqlstate,
      }
    }
  },
})

/** Those that one statement asks for, and that end alike. */
function byPlace(found: readonly Precondition[]): Precondition[][] {
  const groups = new Map<string, Precondition[]>()
  for (const each of found) {
    const { at, outcome, sqlstate } = each
    const key = JSON.stringify([at?.file, at?.line, at?.column, outcome, sqlstate])
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  return [...groups.values()]
}

function evidence({ outcome, sqlstate, needs, count }: Precondition): string[] {
  const seen =
    outcome === 'fails'
      ? `On rows of another kind the upgrade failed${sqlstate === undefined ? '' : ` (${sqlstate})`}, and without them it did not: ${needs}`
      : `On rows of another kind the upgrade went through and their values were other ones afterwards: ${needs}`
  return count === undefined ? [seen] : [seen, count]
}
