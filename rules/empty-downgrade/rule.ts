import type { Report } from '../../src/model/finding.ts'
import { type Context, defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'empty-downgrade',
  summary: 'A downgrade that does nothing leaves everything that the upgrade did',
  severity: 'error',

  check: (context) => reports(context, []),

  observe({ roundTrip: { steps, drift, data }, said, ...context }) {
    const kept = [
      ...drift.flatMap((each) =>
        each.after === 'down' && each.class === 'contract' ? `${each.kind} ${each.object}` : [],
      ),
      ...data.flatMap((each) => (each.after === 'down' ? `${each.table}${each.column ? `.${each.column}` : ''}` : [])),
    ].map((name) => `${name} is as the upgrade left it`)
    const again = steps.flatMap(({ attempt, error }) =>
      attempt === 2 && error ? `The upgrade, run again: ${said(error)}` : [],
    )
    return kept.length > 0 ? reports(context, [...kept, ...again]) : []
  },
})

function* reports({ tool, migration, isEmpty }: Context, evidence: readonly string[]): Iterable<Report> {
  if (!migration.down || !isEmpty(migration.down) || isEmpty(migration.up)) return

  yield {
    direction: 'down',
    message: `The downgrade of ${migration.name} does nothing, so whoever runs it believes that the upgrade is undone.`,
    help:
      tool === 'alembic'
        ? 'Undo in downgrade() what upgrade() does, in the opposite order.'
        : 'Undo here what the upgrade does, in the opposite order.',
    evidence,
  }
}
