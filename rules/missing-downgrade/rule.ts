import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'missing-downgrade',
  summary: 'A migration without a downgrade has no way back',
  severity: 'error',

  *check({ tool, migration, isEmpty }) {
    const { up, down } = migration
    if (down || isEmpty(up)) return

    yield {
      direction: 'down',
      message: `${migration.name} has no downgrade, so a release that needs it cannot be taken back.`,
      help:
        tool === 'alembic'
          ? 'Write downgrade(): undo what upgrade() does, in the opposite order.'
          : `Write ${migration.file.replace(/\.sql$/i, '')}_rollback.sql: undo what the upgrade does, in the opposite order.`,
    }
  },
})
