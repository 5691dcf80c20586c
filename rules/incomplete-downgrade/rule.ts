import type { DataChange, Drift } from '../../src/model/round-trip.ts'
import { defineRule } from '../../src/model/rule.ts'
import type { Attribute } from '../../src/model/schema.ts'

export default defineRule({
  name: 'incomplete-downgrade',
  summary: 'The downgrade does not give back the schema and the rows of before',
  severity: 'error',

  *observe({ migration, roundTrip, isEmpty }) {
    // A downgrade that does nothing leaves everything: another rule says that in one sentence.
    if (!migration.down || isEmpty(migration.down)) return
    const drift = roundTrip.drift.filter((each) => each.after === 'down' && each.class === 'contract')
    const rows = roundTrip.data.filter((each) => each.after === 'down' && each.change === 'rows-left-behind')
    const differences = [...drift.map(difference), ...rows.map(leftBehind)]
    if (differences.length === 0) return

    const shown = differences.slice(0, 3).join('; ')
    const more = differences.length > 3 ? `; and ${differences.length - 3} more` : ''
    yield {
      direction: 'down',
      message: `After the downgrade of ${migration.name} the database is not as before: ${shown}${more}.`,
      help: 'Undo in the downgrade all that the upgrade does, in the opposite order.',
      evidence: differences,
    }
  },
})

function difference({ kind, object, change, expected, found }: Drift): string {
  if (change === 'left-behind') return `${kind} ${object} is left behind`
  if (change === 'missing') return `${kind} ${object} is missing`
  const names = [...new Set([...Object.keys(expected ?? {}), ...Object.keys(found ?? {})])]
  const changed = names.map((name) => `${name} was ${print(expected?.[name])} and is ${print(found?.[name])}`)
  return `${kind} ${object} has changed (${changed.join(', ')})`
}

function print(value: Attribute | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null)
}

function leftBehind({ table, rowsBefore, rowsAfter }: DataChange): string {
  const rows = `${table} holds ${rowsAfter} ${rowsAfter === 1 ? 'row' : 'rows'} and held ${rowsBefore}`
  return /version|migration/i.test(table)
    ? `${rows}: the downgrade leaves the migration recorded as applied`
    : `${rows}: rows that the upgrade wrote are left behind`
}
