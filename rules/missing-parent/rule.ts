import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'missing-parent',
  summary: 'A revision that comes after one which no file has stops every command of the tool',
  severity: 'error',

  *history({ faults }) {
    for (const fault of faults) {
      if (fault.kind !== 'missing-parent') continue
      yield {
        at: fault.at,
        direction: 'up',
        migration: fault.migration,
        message: `${fault.name} ${fault.link} ${fault.parent}, which no file has: Alembic cannot build its map of revisions, and neither upgrades nor downgrades anything.`,
        help: `Add the file of ${fault.parent}, which may be on another branch of the code, or name a parent that is there.`,
      }
    }
  },
})
