import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'useless-lock-timeout',
  summary: 'A lock_timeout that is 0, or that is SET LOCAL outside of a transaction, bounds no wait',
  severity: 'warning',

  *check({ migration, placed }) {
    for (const { op, transaction } of placed(migration.up)) {
      if (op.kind !== 'set' || op.setting !== 'lock_timeout' || op.value === undefined || op.inside) continue

      if (op.scope === 'local' && transaction.openedBy === undefined) {
        yield {
          at: op.at,
          direction: 'up',
          message:
            'SET LOCAL outside of a transaction does nothing: PostgreSQL warns, and the statements that follow wait without a limit.',
          help: 'Use SET lock_timeout, or put BEGIN before it.',
          suggestion: `SET lock_timeout = '${op.value.replaceAll("'", "''")}';`,
        }
      } else if (/^0+\s*[a-z]*$/i.test(op.value.trim())) {
        yield {
          at: op.at,
          direction: 'up',
          message: 'A lock_timeout of 0 is none: the statements that follow wait without a limit.',
          help: 'Set a limit, such as 2s. RESET lock_timeout gives back the one of role and configuration.',
        }
      }
    }
  },
})
