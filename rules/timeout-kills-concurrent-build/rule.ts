import { defineRule } from '../../src/model/rule.ts'
import { suggested } from '../../src/model/suggestion.ts'

export default defineRule({
  name: 'timeout-kills-concurrent-build',
  summary: 'A short timeout ends a concurrent build, and an invalid index stays behind',
  severity: 'warning',
  options: {
    // A build waits for every transaction that is older than itself, and reads the table twice.
    minutes: { default: 10, description: 'A timeout below this many minutes is short' },
  },

  *check({ tool, migration, placed }, { minutes }) {
    const limits = new Map<string, string>()
    for (const { op } of placed(migration.up)) {
      // SET LOCAL ends with its transaction, in which no concurrent build can stand.
      if (op.kind === 'set' && op.scope === 'session') {
        if (op.setting === 'all') limits.clear()
        else if (op.value === undefined) limits.delete(op.setting)
        else limits.set(op.setting, op.value)
        continue
      }
      if ((op.kind !== 'create-index' && op.kind !== 'reindex') || !op.concurrently) continue
      for (const setting of ['lock_timeout', 'statement_timeout']) {
        const value = limits.get(setting)
        const ms = value === undefined ? 0 : milliseconds(value)
        if (ms === 0 || ms >= minutes * 60_000) continue

        yield {
          at: op.at,
          direction: 'up',
          message: `${setting} = ${value} holds here, too: a build that takes longer${setting === 'lock_timeout' ? ', or waits longer for one old transaction,' : ''} is ended, and leaves an index that is invalid and still costs every write.`,
          help: `SET ${setting} = 0 before it. A build beside the writers keeps nobody waiting.`,
          suggestion: suggested(tool, [{ sql: `SET ${setting} = 0` }]),
        }
      }
    }
  },
})

/** https://www.postgresql.org/docs/current/config-setting.html: a number without a unit counts milliseconds. 0 for what is none. */
function milliseconds(value: string): number {
  const [, number = '0', unit = 'ms'] = /^\s*(\d+(?:\.\d+)?)\s*(us|ms|s|min|h|d)?\s*$/.exec(value) ?? []
  const factors: Readonly<Record<string, number>> = {
    us: 0.001,
    ms: 1,
    s: 1000,
    min: 60_000,
    h: 3_600_000,
    d: 86_400_000,
  }
  return Number(number) * (factors[unit] ?? 1)
}
