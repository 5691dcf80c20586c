import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'circular-history',
  summary: 'Revisions that come after one another have no order, and no tool runs any of them',
  severity: 'error',

  *history({ faults }) {
    for (const fault of faults) {
      if (fault.kind !== 'cycle') continue
      const others = fault.files.filter((file) => file !== fault.at.file)
      yield {
        at: fault.at,
        direction: 'up',
        migration: fault.migration,
        message: `${fault.name} comes after itself${others.length > 0 ? `, by way of ${shortened(others)}` : ''}: Alembic finds a cycle, and runs nothing.`,
        help: 'Name the revision that was the head before as down_revision of the first of them.',
      }
    }
  },
})

function shortened(files: readonly string[]): string {
  return files.length > 5 ? `${files.slice(0, 5).join(', ')} and ${files.length - 5} more` : files.join(', ')
}
