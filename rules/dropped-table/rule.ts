import type { Name } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'dropped-table',
  summary: 'Code that still names a dropped table fails, and the rows are gone',
  severity: 'warning',
  breaks: ['42P01', '42703', '0A000'],
  aliases: ['squawk:ban-drop-table'],

  *check({ migration, earlier }) {
    const own = new Set(migration.up.statements.flatMap(({ operations }) => operations))
    const created = new Set<Name>()
    for (const op of [...earlier, ...migration.up.statements].flatMap(({ operations }) => operations)) {
      if (op.kind === 'create-table' && !op.ifNotExists) created.add(op.table)
      if (op.kind !== 'drop-table' || created.delete(op.table) || !own.has(op)) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `From here on every statement that names ${op.table} fails, in the release that still runs as well; its rows are gone.`,
        help: 'Release code first that names the table no more. Drop it in the release after, when a backup holds its rows.',
      }
    }
  },
})
