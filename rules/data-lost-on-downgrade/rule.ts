import type { DataChange } from '../../src/model/round-trip.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'data-lost-on-downgrade',
  summary: 'Upgrade and downgrade together lose or change rows that were there before',
  severity: 'error',

  *observe({ migration, roundTrip, isEmpty }) {
    // Where nothing is undone, another rule says so in one sentence.
    if (!migration.down || isEmpty(migration.down)) return
    const losses = roundTrip.data.flatMap((change) => (change.after === 'down' ? (loss(change) ?? []) : []))
    const later = (roundTrip.laterRows?.data ?? []).flatMap((change) => loss(change) ?? [])
    if (later.length > 0)
      yield {
        direction: 'down',
        severity: later.some((each) => / rows$/.test(each)) ? 'warning' : 'info',
        message: `The downgrade of ${migration.name} gives up what was written since the upgrade: ${later.join('; ')}.`,
        help: 'Where that is not meant, keep such rows and values in a table or column of their own, which the downgrade leaves in place.',
        evidence: later,
      }
    if (losses.length === 0) return

    yield {
      direction: 'down',
      message: `After the upgrade and the downgrade of ${migration.name}, ${losses.join('; ')}.`,
      help:
        'Keep what the upgrade removes or shortens, in a column or table that the downgrade can restore it from; ' +
        'or remove it in a later release, when no way back is needed any more.',
      evidence: losses,
    }
  },
})

function loss({ table, column, change, rowsBefore, rowsAfter }: DataChange): string | undefined {
  const where = column === undefined ? table : `${table}.${column}`
  switch (change) {
    case 'rows-lost':
      return `${where} has ${rowsAfter} of ${rowsBefore} rows`
    case 'values-lost':
      return `values of ${where} are gone`
    case 'values-changed':
      return `values of ${where} are not what they were`
    default:
      return undefined
  }
}
