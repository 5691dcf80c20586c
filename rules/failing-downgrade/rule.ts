import type { Report } from '../../src/model/finding.ts'
import type { StepError } from '../../src/model/round-trip.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'failing-downgrade',
  summary: 'The downgrade fails on a server',
  severity: 'error',
  general: true,

  *observe({ migration, roundTrip, said, refusal }) {
    // One that refuses to run does what it means to.
    if (migration.down && refusal(migration.down)) return
    const error = roundTrip.steps.find(({ direction }) => direction === 'down')?.error
    if (!error) {
      const later = roundTrip.laterRows?.error
      if (later) yield { ...onLaterRows(migration.name, later), evidence: [said(later)] }
      return
    }

    const isAboutRows = /^2[23]/.test(error.sqlstate ?? '')
    yield {
      at: error.at,
      direction: 'down',
      message: error.timedOut
        ? `The downgrade of ${migration.name} was ended because its time was up.`
        : `The downgrade of ${migration.name} fails${isAboutRows ? ' on rows that the new schema allows' : ''}: ${error.message}.`,
      help: error.timedOut
        ? 'Look for a loop that never ends, or a lock that the downgrade itself holds on another connection; or allow it more time.'
        : isAboutRows
          ? 'Say what becomes of rows that were written since the upgrade and that the old schema does not take.'
          : 'Undo what the upgrade does, in the opposite order, and try it: upgrade, downgrade, upgrade.',
      evidence: [said(error)],
      sqlstate: error.sqlstate,
    }
  },
})

/** At once it works, as a roll-back of a bad release would; a day later it may not. */
function onLaterRows(name: string, error: StepError): Report {
  return {
    at: error.at,
    direction: 'down',
    severity: 'warning',
    message: error.timedOut
      ? `The downgrade of ${name} works at once, and does not end once rows have been written that the new schema allows.`
      : `The downgrade of ${name} works at once, and fails once rows have been written that the new schema allows and the old one does not: ${error.message}.`,
    help: 'Say in the downgrade what becomes of such rows, before the statement that cannot take them; or say in the file why none can come.',
    sqlstate: error.sqlstate,
  }
}
