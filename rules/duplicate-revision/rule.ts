import type { Fault } from '../../src/model/lineage.ts'
import type { Tool } from '../../src/model/migration.ts'
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
        ...told(tool, fault),
      }
    }
  },
})

function told(tool: Tool, { migration, other, date }: Extract<Fault, { kind: 'duplicate' }>) {
  if (tool === 'alembic')
    return {
      message: `${other} has the revision ${migration} as well: Alembic keeps one of the two files and leaves the other out.`,
      help: 'Give this file a revision of its own, and let it come after the other: alembic revision makes a new one.',
    }
  if (date !== undefined)
    return {
      message: `${other} has the date ${date} as well: which of them runs first is not told by their names.`,
      help: `Put a counter behind the date, such as ${date}-2, or a time behind the date of both. The other is on the base branch already, or is merged first.`,
    }
  return {
    message: `${other} has the number ${migration} as well: which of them runs first, and whether both do, is not defined.`,
    help: 'Give this one the next free number. The other is on the base branch already, or is merged first.',
  }
}
