import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'renamed-enum-value',
  summary: 'Code that runs writes a renamed value of an enum and fails, and reads one that it does not know',
  severity: 'error',
  breaks: ['22P02'],

  *check({ migration, earlier, tool }) {
    const types = new Set<string>()
    const values = new Set<string>()
    const own = new Set(migration.up.statements.flatMap(({ operations }) => operations))
    for (const op of [...earlier, ...migration.up.statements].flatMap(({ operations }) => operations)) {
      if (op.kind === 'create-type') types.add(op.type)
      if (op.kind === 'add-enum-value') values.add(`${op.type} ${op.value}`)
      if (op.kind !== 'rename' || op.object !== 'enum value' || op.table === undefined || !own.has(op)) continue
      if (types.has(op.table) || values.has(`${op.table} ${op.name}`)) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `'${op.name}' of ${op.table} becomes '${op.to}' in every row at once: the release that still runs fails where it writes or compares '${op.name}' (22P02), and reads '${op.to}', which it does not know.`,
        help: `Add '${op.to}' beside it${tool === 'alembic' ? ', in an autocommit_block()' : ''}; let the code read both and write the new one; change the rows in batches. The old value can stay.`,
      }
    }
  },
})
