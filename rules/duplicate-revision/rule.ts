import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'duplicate-revision',
  summary: 'Of two migrations with one number or revision, a database gets one, or neither',
  severity: 'error',

  *history({ tool, faults }) {
    for (const fault of faults) {
      if (fault.kind !== 'duplicate') continue
      yield {
        at: fault.at,
        direction: 'up',
        migration: fault.migration,
        message:
          tool === 'alembic'
            ? `${fault.other} has the revision ${fault.migration} as well: Alembic keeps one of the two files and leaves the other out.`
            : `${fault.other} has the number ${fault.migration} as well: which of them runs first, and whether both do, is not defined.`,
        help:
          tool === 'alembic'
            ? 'Give this file a revision of its own, and let it come after the other: alembic revision makes a new one.'
            : 'Give this one the next free number. The other is on the base branch already, or is merged first.',
      }
    }
  },
})
