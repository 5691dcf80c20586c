import { defineRule } from '../../src/model/rule.ts'
import { suggested } from '../../src/model/suggestion.ts'

export default defineRule({
  name: 'invalid-index-left-behind',
  summary: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS takes the invalid index of a failed try for the index',
  severity: 'warning',

  *check({ tool, migration, isNew }) {
    const dropped = new Set<string>()
    for (const { sql, operations } of migration.up.statements) {
      for (const op of operations) {
        if (op.kind === 'drop-index') dropped.add(op.index)
        if (op.kind !== 'create-index' || !op.concurrently || !op.ifNotExists || isNew(op.table)) continue
        const schema = op.table.slice(0, op.table.indexOf('.'))
        if (op.index === undefined || dropped.has(`${schema}.${op.index}`)) continue

        const isPlain = /^[a-z_]\w*$/.test(op.index) && schema === 'public'
        yield {
          at: op.at,
          direction: 'up',
          message: `A build of ${op.index} that fails leaves an invalid index behind; the next try finds the name taken, does nothing, and reports success.`,
          help: `Drop what a failed try has left, DROP INDEX CONCURRENTLY IF EXISTS, before it is built; then leave IF NOT EXISTS out.`,
          suggestion: isPlain
            ? suggested(tool, [
                { sql: `DROP INDEX CONCURRENTLY IF EXISTS ${op.index}`, own: true },
                { sql: sql.replace(/\bIF\s+NOT\s+EXISTS\s+/i, ''), own: true },
              ])
            : undefined,
        }
      }
    }
  },
})
