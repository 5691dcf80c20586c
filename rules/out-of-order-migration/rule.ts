import type { Tool } from '../../src/model/migration.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'out-of-order-migration',
  summary: 'A new migration that sorts before an old one runs late, or never',
  severity: 'warning',

  *history({ tool, migrations, faults }) {
    const isOnBase = (migration: (typeof migrations)[number]) => migration.status !== 'new' && !migration.isRepeatable
    const duplicates = new Set(faults.flatMap((fault) => (fault.kind === 'duplicate' ? fault.at.file : [])))
    for (const [index, migration] of migrations.entries()) {
      if (migration.status !== 'new' || migration.isRepeatable || duplicates.has(migration.file)) continue
      const after = migrations.slice(index + 1).filter(isOnBase)
      const first = tool === 'alembic' ? descendant(migration.id, after) : after.at(-1)
      if (!first) continue
      yield {
        at: migration.up.at,
        direction: 'up',
        migration: migration.id,
        message: `${migration.name} is new and comes before ${first.name}, which is on the base branch already and may be applied. ${late[tool] ?? 'Where it is, this one runs after it, in another order than on a new database.'}`,
        help:
          tool === 'alembic'
            ? `Let it come after the head, and give ${first.name} its old down_revision back.`
            : 'Give it a number or a time after the last one of the base branch.',
      }
    }
  },
})

/** A revision that the new one was put below. What the order leaves open is not out of order. */
function descendant<T extends { readonly id: string; readonly parents: readonly string[] }>(
  id: string,
  after: readonly T[],
): T | undefined {
  return after.find(({ parents }) => parents.includes(id))
}

/** What a tool does with it in a database that is beyond it. */
const late: { readonly [tool in Tool]?: string } = {
  alembic: 'A database that is beyond it never runs it.',
  'golang-migrate': 'golang-migrate keeps the last number only: a database that is beyond it never runs it.',
  tern: 'tern keeps the last number only: a database that is beyond it never runs it.',
  drizzle: 'drizzle-kit keeps the time of the last one: a database that is beyond it never runs it.',
  flyway: 'Flyway refuses it on a database that is beyond it, unless outOfOrder is set.',
  goose: 'goose refuses it on a database that is beyond it, unless --allow-missing is given.',
  'node-pg-migrate': 'node-pg-migrate refuses it on a database that is beyond it, unless the order is not checked.',
  supabase: 'supabase db push refuses it on a database that is beyond it, unless --include-all is given.',
}
