import type { Tool } from '../../src/model/migration.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'renamed-migration',
  summary: 'Under another name, a migration that was applied is a new one',
  severity: 'error',

  *history({ tool, migrations, changes }) {
    for (const change of changes) {
      const migration = migrations.find(({ id }) => change.kind === 'renamed' && id === change.migration)
      if (change.kind !== 'renamed' || !migration) continue
      const { before } = change
      const isSameId = before.id === migration.id
      const why = isSameId ? byName[tool] : undefined
      if (isSameId && why === undefined) continue
      yield {
        at: migration.up.at,
        direction: 'up',
        migration: migration.id,
        message: isSameId
          ? `${before.name} is on the base branch, and is called ${migration.name} here: ${why}.`
          : tool === 'alembic'
            ? `The revision ${before.id} is on the base branch, and is called ${migration.id} here: Alembic does not find the revision that the database is at, and stops.`
            : `${before.name} is on the base branch, and is called ${migration.name} here: a database that has applied it under its old name is given it again.`,
        help: `Give it its old name back: ${before.file}${isSameId ? '' : `, with ${tool === 'alembic' ? 'revision' : 'number'} ${before.id}`}.`,
      }
    }
  },
})

/** What becomes of another file name where the number is the same. Other tools look at the number alone. */
const byName: { readonly [tool in Tool]?: string } = {
  'numbered-sql': 'whatever notes the applied files by their names applies it again',
  flyway: 'Flyway compares the description with the recorded one, and stops (validate)',
}
