import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'deleted-migration',
  summary: 'Deleting a migration takes nothing back where it was applied',
  severity: 'error',

  *history({ tool, changes }) {
    for (const change of changes) {
      if (change.kind !== 'deleted') continue
      const { migration, name, file } = change
      yield {
        at: { file, line: 1, column: 1, endLine: 1 },
        direction: 'up',
        migration,
        message:
          tool === 'alembic'
            ? `${name} is on the base branch and deleted here. A database that is at ${migration} cannot be upgraded or downgraded any more: Alembic does not find that revision.`
            : `${name} is on the base branch and deleted here. A database that has applied it keeps what it did; a new one never gets it, and from here on they differ.`,
        help: 'Keep the file, and take back what it did in a new migration.',
      }
    }
  },
})
