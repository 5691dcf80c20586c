import { defineRule } from '../../src/model/rule.ts'

const remedies = {
  index:
    'REINDEX INDEX CONCURRENTLY it in a migration that follows; or make a function of another name, and a new index with it.',
  'generated column':
    'Make a function of another name and a new column with it; the values that are stored are not computed again.',
  check: 'Drop the constraint, add it again NOT VALID, and validate it: old rows were checked by the old body.',
  'partition key':
    'Rows lie in partitions that the old body chose: make a new table, with a function of another name, and move them.',
} as const

export default defineRule({
  name: 'stale-index-function',
  summary: 'A function whose body is replaced gives other values than those that an index or a column has stored',
  severity: 'error',

  *observe({ roundTrip }) {
    for (const { function: called, kind, object, because } of roundTrip.stale ?? []) {
      yield {
        ...(because && { at: because }),
        direction: 'up',
        message: `The ${kind} ${object} was made with the old body of ${called} and is not made anew: queries find too little, and what must be unique is there twice.`,
        help: remedies[kind],
        evidence: [`${kind} ${object} depends on ${called}, and is the same file as before`],
      }
    }
  },
})
