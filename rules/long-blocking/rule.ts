import type { Cost } from '../../src/model/cost.ts'
import { plainName } from '../../src/model/locks.ts'
import type { Blocked } from '../../src/model/round-trip.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'long-blocking',
  summary:
    'Readers or writers of a table are shut out for longer than the limit, by the size of the tables in production',
  severity: 'error',
  options: {
    seconds: {
      default: 1,
      description: 'The longest time, in seconds, that reads or writes of a table may be shut out',
    },
  },

  *observe({ tool, roundTrip, isNew }, { seconds }) {
    for (const span of roundTrip.watched?.blocked ?? []) {
      const { relation, shutsOut, mode, statement } = span
      if (statement.direction !== 'up' || statement.attempt !== 1 || isNew(plainName(relation))) continue
      const costs = (roundTrip.costs ?? []).filter((cost) => span.during.includes(cost.statement))
      const known = costs.flatMap(({ estimate }) => estimate ?? [])
      const total = (end: 'lowMs' | 'highMs') => known.reduce((sum, estimate) => sum + estimate[end], 0)
      if (total('highMs') <= seconds * 1000) continue

      yield {
        at: statement.at,
        direction: 'up',
        message: `At the size that the tables have in production, nobody can ${shutsOut === 'writes' ? 'write' : 'read or write'} ${relation} for ${span.during.length > 1 ? 'as long as this and what follows in its transaction take' : 'as long as this takes'}: an estimated ${between(total('lowMs'), total('highMs'))}.`,
        help:
          span.during.length > 1
            ? `Let the slow statements run in transactions of their own, before or after this one${tool === 'alembic' ? ' (transaction_per_migration=True, autocommit_block())' : ''}, each in the form that takes no such lock.`
            : 'Use the form of the statement that takes a weaker lock, or do the work in batches; each of the other findings here says how.',
        evidence: [`PostgreSQL took ${mode} on ${relation}.`, ...evidence(span, costs)],
      }
    }
  },
})

function evidence({ during }: Blocked, costs: readonly Cost[]): string[] {
  return costs.flatMap(({ statement, class: work, relation, estimate }) => {
    if (work === 'catalog') return []
    const where = statement.at ? `line ${statement.at.line}` : `statement ${during.indexOf(statement) + 1}`
    const what = `${where}: ${work === 'rows' ? 'change of rows' : work}${relation === undefined ? '' : ` of ${relation}`}`
    return estimate
      ? `${what}, ${between(estimate.lowMs, estimate.highMs)} (${estimate.restsOn}).`
      : `${what}, whose time cannot be told.`
  })
}

function between(low: number, high: number): string {
  const [from, to] = [told(low), told(high)]
  return from === to ? from : `${from} to ${to}`
}

/** Two digits: the rest would be made up. */
function told(ms: number): string {
  if (ms < 995) return `${Number(ms.toPrecision(2))} ms`
  if (ms < 119_500) return `${Number((ms / 1000).toPrecision(2))} s`
  if (ms < 7_170_000) return `${Math.round(ms / 60_000)} min`
  return `${Number((ms / 3_600_000).toPrecision(2))} h`
}
