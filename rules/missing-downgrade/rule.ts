import type { Tool } from '../../src/model/migration.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'missing-downgrade',
  summary: 'A migration without a downgrade has no way back',
  severity: 'error',

  *check({ tool, hasDowngrades, migration, isEmpty }) {
    const { up, down } = migration
    if (down || isEmpty(up) || !hasDowngrades || migration.isRepeatable) return

    yield {
      direction: 'down',
      message: `${migration.name} has no downgrade, so a release that needs it cannot be taken back.`,
      help: `Write ${place[tool] ?? 'its down script'}: undo what the upgrade does, in the opposite order.`,
    }
  },
})

/** Where a tool looks for the way back. */
const place: { readonly [tool in Tool]?: string } = {
  alembic: 'downgrade()',
  'numbered-sql': 'a file of the same name that ends in _rollback.sql',
  'golang-migrate': 'a file of the same name that ends in .down.sql',
  sqlx: 'a file of the same name that ends in .down.sql',
  'node-pg-migrate': 'a section after -- Down Migration',
  diesel: 'down.sql in its folder',
  hasura: 'down.sql in its folder',
  dbmate: 'a section after -- migrate:down',
  goose: 'a section after -- +goose Down',
  'sql-migrate': 'a section after -- +migrate Down',
  tern: 'a section below ---- create above / drop below ----',
  flyway: 'an undo script, U and the same version',
  sqitch: 'its script in revert/',
}
