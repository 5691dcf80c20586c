import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'zoneless-timestamp',
  summary: 'A timestamp without a time zone does not say which moment it means',
  severity: 'warning',
  aliases: ['squawk:prefer-timestamp-tz'],
  isPolicy: true,

  *check({ migration, typedColumns }) {
    for (const op of migration.up.statements.flatMap(({ operations }) => operations)) {
      for (const { table, name, type } of typedColumns(op)) {
        if (!/^timestamp(?:\(\d\))? without time zone/.test(type)) continue
        yield {
          at: op.at,
          direction: 'up',
          message: `${table}.${name} keeps what a clock showed, and not where: two writers in two time zones mean two moments by one value.`,
          help: 'Use timestamptz (timestamp with time zone), which takes as many bytes and keeps the moment.',
        }
      }
    }
  },
})
