import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'rewriting-domain-column',
  summary: 'ADD COLUMN of a domain that refuses some values writes every row anew',
  severity: 'error',
  work: 'rewrite',

  *check({ migration, isNew, tablesBefore }) {
    for (const { operations } of migration.up.statements) {
      for (const op of operations) {
        if (op.kind !== 'add-column' || isNew(op.table)) continue
        const { name, type, userType } = op.column
        const domain = userType && !type.endsWith('[]') ? tablesBefore(op).typeOf(userType) : undefined
        if (domain?.kind !== 'domain' || !domain.isConstrained) continue

        yield {
          at: op.at,
          direction: 'up',
          message: `${userType} is a domain that refuses some values: to add ${name}, PostgreSQL writes every row of ${op.table} anew, while nobody can read or write the table.`,
          help: `Add ${name} as ${domain.base ?? 'the base type'}, and what the domain asks for as a CHECK that is NOT VALID; validate it in a transaction of its own.`,
        }
      }
    }
  },

  *observe({ works, isNew, operationsOf }) {
    for (const { statement, evidence } of works('rewrite')) {
      for (const op of operationsOf(statement)) {
        if (op.kind !== 'add-column' || op.column.userType === undefined || op.column.default || isNew(op.table))
          continue
        if (op.column.filledBy !== undefined) continue
        yield {
          at: op.at,
          direction: 'up',
          message: `Adding ${op.column.name} of type ${op.column.type} wrote every row of ${op.table} anew, while nobody could read or write the table.`,
          help: `Add ${op.column.name} with the base type, and what the domain asks for as a CHECK that is NOT VALID; validate it in a transaction of its own.`,
          evidence,
        }
      }
    }
  },
})
