import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'failing-downgrade',
  summary: 'The downgrade fails on a server',
  severity: 'error',
  general: true,

  *observe({ migration, roundTrip, said }) {
    const error = roundTrip.steps.find(({ direction }) => direction === 'down')?.error
    if (!error) return

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
