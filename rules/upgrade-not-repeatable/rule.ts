import type { RoundTrip } from '../../src/model/round-trip.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'upgrade-not-repeatable',
  summary: 'After a downgrade the upgrade fails, or builds something else than the first time',
  severity: 'error',

  *observe({ migration, roundTrip, isEmpty, said }) {
    // Where nothing is undone, another rule says so in one sentence.
    if (migration.down && isEmpty(migration.down)) return
    const error = roundTrip.steps.find(({ direction, attempt }) => direction === 'up' && attempt === 2)?.error
    if (error) {
      yield {
        at: error.at,
        direction: 'up',
        message: error.timedOut
          ? `After its downgrade, the upgrade of ${migration.name} was ended because its time was up.`
          : `After its downgrade, the upgrade of ${migration.name} fails: ${error.message}.`,
        help: 'Undo in the downgrade all that the upgrade does; what it leaves behind stands in the way of the next upgrade.',
        evidence: [said(error)],
        sqlstate: error.sqlstate,
      }
      return
    }
    const differences = ownDifferences(roundTrip)
    if (differences.length === 0) return

    yield {
      direction: 'up',
      message: `Run again after its downgrade, the upgrade of ${migration.name} gives something else: ${differences.join('; ')}.`,
      help: 'Let the upgrade depend on nothing that its downgrade does not restore.',
      evidence: differences,
    }
  },
})

/**
 * What differs after the second upgrade and did not yet after the downgrade, of which other rules tell. Values may differ:
 * now(), gen_random_uuid() and sequences give others each time.
 */
function ownDifferences({ drift, data }: RoundTrip): string[] {
  const known = new Set([
    ...drift.flatMap(({ after, object }) => (after === 'down' ? object : [])),
    ...data.flatMap(({ after, table }) => (after === 'down' ? table : [])),
  ])
  return [
    ...drift.flatMap(({ after, kind, object, class: how, change }) =>
      after === 'up-again' && how === 'contract' && !known.has(object) ? `${kind} ${object} (${change})` : [],
    ),
    ...data.flatMap(({ after, table, change, rowsBefore, rowsAfter }) =>
      after === 'up-again' && (change === 'rows-lost' || change === 'rows-left-behind') && !known.has(table)
        ? `${table} (${rowsAfter} rows, ${rowsBefore} the first time)`
        : [],
    ),
  ]
}
