import { defineRule } from '../../src/model/rule.ts'

/** Settings that change what the SQL after them means, or what it is allowed to do. */
const telling = new Set([
  'search_path',
  'session_replication_role',
  'role',
  'session_authorization',
  'row_security',
  'timezone',
])

export default defineRule({
  name: 'session-setting-leak',
  summary: 'A setting of the session outlives the script and changes what the next one means',
  severity: 'warning',

  *check({ scripts }) {
    for (const { direction, statements } of scripts) {
      const operations = statements.flatMap((statement) => statement.operations)
      for (const [index, op] of operations.entries()) {
        if (op.kind !== 'set' || op.scope === 'local' || op.value === undefined) continue
        const setting = op.setting.toLowerCase()
        if (!telling.has(setting)) continue
        const isLast = !operations
          .slice(index + 1)
          .some(
            (each) =>
              each.kind === 'set' && each.scope === 'session' && [setting, 'all'].includes(each.setting.toLowerCase()),
          )
        if (!isLast) continue

        yield {
          at: op.at,
          direction,
          message: `${setting} stays as it is set here after the script: the next migration on this connection, and the tool's own version table, meet it.`,
          help: `Use SET LOCAL ${setting} in a transaction, or RESET ${setting} at the end; for names, write the schema before them.`,
        }
      }
    }
  },
})
