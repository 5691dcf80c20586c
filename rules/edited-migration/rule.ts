import type { Tool } from '../../src/model/migration.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'edited-migration',
  summary: 'A migration that is on the base branch has been applied, and nobody applies it again',
  severity: 'error',

  *history({ tool, migrations, changes }) {
    for (const change of changes) {
      const migration = migrations.find(({ id }) => change.kind === 'edited' && id === change.migration)
      if (change.kind !== 'edited' || !migration) continue
      const { up, id, name } = migration
      const checks = checksums[tool]
      if (change.what === 'text' && !checks) continue
      yield {
        at: up.at,
        direction: 'up',
        migration: id,
        message:
          change.what === 'text'
            ? `${name} is on the base branch already, and ${checks}, also where only a comment has changed.`
            : change.what === 'parents'
              ? `${name} is on the base branch already, and is given another place in the order here: a database that is beyond it never runs what now comes before it.`
              : `${name} is on the base branch already: a database that has applied it keeps the old form, a new one gets the new, and from here on they differ${checks ? `; and ${checks}` : ''}.`,
        help: 'Give the file its old text back, and write what is to change into a new migration.',
      }
    }
  },
})

/** Tools that compare what they have applied with the file. */
const checksums: { readonly [tool in Tool]?: string } = {
  flyway: 'Flyway compares its checksum and stops (validate)',
  sqlx: 'sqlx compares its checksum and stops',
  'graphile-migrate': 'graphile-migrate compares its hash and stops',
  prisma: 'prisma migrate dev wants to reset the database when its checksum differs',
}
