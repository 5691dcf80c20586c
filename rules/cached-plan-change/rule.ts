import type { OldStatement } from '../../src/model/old-code.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'cached-plan-change',
  summary: 'Prepared statements whose result changes fail once in every open connection',
  severity: 'info',
  general: true,

  *observe({ roundTrip }) {
    const told = new Set<string>()
    for (const each of roundTrip.oldCode ?? []) {
      if (each.outcome !== 'changes' || !matters(each)) continue
      const { source, because, object, message } = each
      const isSent = source.kind === 'file'
      const what = isSent ? `the query at ${source.at.file}:${source.at.line}` : `SELECT on ${object}`
      const key = JSON.stringify([because?.line, object, message])
      if (told.has(key)) continue
      told.add(key)
      yield {
        ...(because && { at: because }),
        direction: 'up',
        message: `A connection that has prepared ${what} fails with "cached plan must not change result type" (0A000) the next time: ${message}.`,
        help: 'Let the connections of the running release be opened anew after the migration, or name the columns in the query and add others under new names.',
        evidence: [`${isSent ? each.sql.replace(/\s+/g, ' ').trim().slice(0, 100) : each.sql}: ${message}`],
        sqlstate: '0A000',
      }
    }
  },
})

/**
 * Of what nobody is known to send, only what a change of type does to named columns. That `SELECT *` gives a new column is so with
 * every column that is added, and that a longer text fits is why it was made longer.
 */
function matters({ source, verb, changed }: OldStatement): boolean {
  if (source.kind === 'file') return true
  return verb === 'SELECT' && changed.some(({ how, from, to }) => how === 'type' && !isWider(from, to))
}

/** The same kind of value with another limit, or none. */
function isWider(from: string, to: string): boolean {
  const bare = (type: string) => type.replace(/\([^)]*\)/, '').replace('character varying', 'text')
  return bare(from) === bare(to) || (from === 'cidr' && to === 'inet')
}
