import type { Severity } from '../../src/model/finding.ts'
import type { Difference } from '../../src/model/round-trip.ts'
import { defineRule } from '../../src/model/rule.ts'
import type { Attribute } from '../../src/model/schema.ts'

const shown = 20

export default defineRule({
  name: 'models-out-of-step',
  summary: 'The migrations build another schema than the models, or a schema file, say',
  severity: 'error',

  *observe({ tool, roundTrip: { outOfStep = [] } }) {
    const differences = [...outOfStep].sort((a, b) => rank(a) - rank(b))
    const [first] = differences
    if (!first) return
    const more = differences.length - 1
    const mend =
      tool === 'alembic'
        ? 'Write the migration that is missing (alembic revision --autogenerate, then review it), or mend the models.'
        : 'Write the migration that is missing, or mend the models.'
    yield {
      direction: 'up',
      message: `${told(first)}${more > 0 ? `; ${more} more ${more === 1 ? 'difference' : 'differences'}` : ''}.`,
      help: `${mend} A model that is not imported where the tables are made is missing there too.`,
      severity: severityOf(first),
      evidence: [
        ...differences.slice(0, shown).map(told),
        ...(differences.length > shown ? [`and ${differences.length - shown} more`] : []),
      ],
    }
  },
})

/** The gravest first. */
function rank(difference: Difference): number {
  return severityOf(difference) === 'error' ? 0 : 1
}

/** What the migrations build besides hurts the code only where it keeps it from writing. */
function severityOf({ change, kind, found, expected }: Difference): Severity {
  if (change === 'left-behind')
    return kind === 'column' && found?.notNull === true && found.default === undefined && found.identity === undefined
      ? 'error'
      : 'warning'
  return kind === 'index' && expected?.definition !== undefined && !/^CREATE UNIQUE/.test(String(expected.definition))
    ? 'warning'
    : 'error'
}

function told({ kind, object, change, expected, found }: Difference): string {
  const what = `${kind} ${object}`
  if (change === 'missing') return `The models have the ${what}, and no migration builds it`
  if (change === 'left-behind') return `The migrations build the ${what}, and the models do not have it`
  const names = Object.keys({ ...expected, ...found })
  const parts = names.map(
    (name) =>
      `${words[name] ?? name} ${value(expected?.[name])} in the models and ${value(found?.[name])} after the migrations`,
  )
  return `The ${what} has ${parts.join(', ')}`
}

const words: Readonly<Record<string, string>> = { notNull: 'NOT NULL', labels: 'the values' }

function value(of: Attribute | undefined): string {
  if (of === undefined || of === null) return 'none'
  if (typeof of === 'boolean') return of ? 'yes' : 'no'
  return Array.isArray(of) ? of.map(String).join(', ') : String(of)
}
