import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'unsafe-security-definer',
  summary: 'A SECURITY DEFINER function without a search_path of its own runs what its caller puts in the way',
  severity: 'warning',

  *check({ migration }) {
    const operations = migration.up.statements.flatMap((statement) => statement.operations)
    for (const [index, op] of operations.entries()) {
      if (op.kind !== 'create-function' && op.kind !== 'alter-function') continue
      if (!op.securityDefiner || op.settings.includes('search_path')) continue
      const isFixed = operations
        .slice(index + 1)
        .some(
          (each) =>
            each.kind === 'alter-function' && each.function === op.function && each.settings.includes('search_path'),
        )
      // ALTER says nothing of what CREATE has set.
      const isSet = operations
        .slice(0, index)
        .some(
          (each) =>
            each.kind === 'create-function' && each.function === op.function && each.settings.includes('search_path'),
        )
      if (isFixed || (op.kind === 'alter-function' && isSet)) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `${op.function} runs with the rights of its owner and finds names by the search_path of its caller, who can put a table or function of his own in the way.`,
        help: `Add SET search_path = pg_catalog, pg_temp (with the schemas that it needs between the two), or qualify every name and set it to ''.`,
      }
    }
  },
})
