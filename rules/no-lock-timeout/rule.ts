import type { Name, Operation } from '../../src/model/operation.ts'
import { type Context, defineRule, type Placed, type Transaction } from '../../src/model/rule.ts'

const blocking = ['SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE']
const timeouts = ['lock_timeout', 'statement_timeout']

export default defineRule({
  name: 'no-lock-timeout',
  summary: 'A statement that waits for its lock without a limit makes everybody wait behind it',
  severity: 'warning',
  aliases: ['squawk:require-lock-timeout', 'squawk:require-timeout-settings', 'eugene:E9'],
  isPolicy: true,

  *check({ tool, settings, before, scripts, placed, isNew, locks }) {
    if (timeouts.some((name) => isLimit(settings[name]))) return
    // A role or a database that has a limit gives it to every session, also of another role than the one that migrates.
    if (before.some(({ up }) => up.statements.some(({ operations }) => operations.some(isForLater)))) return
    for (const script of scripts) {
      let isSession = false
      const local = new Set<Transaction>()
      for (const { op, statement, transaction } of placed(script)) {
        if (op.kind === 'set' && !op.inside && (timeouts.includes(op.setting) || op.setting === 'all')) {
          const isOn = isLimit(op.value)
          if (op.scope === 'session') isSession = isOn
          else if (isOn) local.add(transaction)
          else local.delete(transaction)
          continue
        }
        const table = isSession || local.has(transaction) ? undefined : waitsFor(op, statement, locks, isNew)
        if (table === undefined) continue

        yield {
          at: op.at,
          direction: script.direction,
          message: `This waits for ${table} as long as it takes, and everybody who comes after waits behind it, readers as well where the lock shuts them out.`,
          help: `Set a limit before it and try again when it is over: SET lock_timeout = '2s'.`,
          suggestion: tool === 'alembic' ? `op.execute("SET LOCAL lock_timeout = '2s'")` : "SET lock_timeout = '2s';",
        }
        break
      }
    }
  },
})

/** Zero switches a limit off. */
function isLimit(value: string | undefined): boolean {
  return value !== undefined && !/^0+\s*[a-z]*$/i.test(value.trim())
}

function isForLater(op: Operation): boolean {
  return op.kind === 'set-for-later' && timeouts.includes(op.setting)
}

function waitsFor(
  op: Operation,
  { operations }: Placed['statement'],
  locks: Context['locks'],
  isNew: Context['isNew'],
): Name | undefined {
  const own = locks(op).find(({ table, mode }) => blocking.includes(mode) && !isNew(table))?.table
  if (own || op.kind !== 'create-table') return own
  // A new table with a foreign key locks the one that it points to.
  return operations
    .flatMap((each) => (each.kind === 'add-constraint' && each.references ? each.references : []))
    .find((table) => !isNew(table))
}
