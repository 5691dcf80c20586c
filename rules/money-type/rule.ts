import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'money-type',
  summary: 'The value of money depends on a setting of whoever reads it',
  severity: 'warning',
  isPolicy: true,

  *check({ migration, typedColumns }) {
    for (const op of migration.up.statements.flatMap(({ operations }) => operations)) {
      for (const { table, name, type } of typedColumns(op)) {
        if (type.replace(/\[\]$/, '') !== 'money') continue
        yield {
          at: op.at,
          direction: 'up',
          message: `${table}.${name} is money, which has no currency: lc_monetary of the session says how many decimals it has and how it is read.`,
          help: 'Use numeric(12, 2), or bigint for the smallest unit, with a column for the currency.',
        }
      }
    }
  },
})
