import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'char-type',
  summary: 'char(n) is filled up with spaces that count in some places and not in others',
  severity: 'warning',
  aliases: ['squawk:ban-char-field'],
  isPolicy: true,

  *check({ migration, typedColumns }) {
    for (const op of migration.up.statements.flatMap(({ operations }) => operations)) {
      for (const { table, name, type } of typedColumns(op)) {
        if (!/^character\(\d+\)/.test(type)) continue
        yield {
          at: op.at,
          direction: 'up',
          message: `${table}.${name} is ${type}: shorter values are stored with spaces at the end, which LIKE sees and = does not.`,
          help: 'Use text or varchar(n), with a CHECK on the length where it is fixed.',
        }
      }
    }
  },
})
