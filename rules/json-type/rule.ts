import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'json-type',
  summary: 'json has no equality, so DISTINCT, GROUP BY and UNION fail on it',
  severity: 'warning',
  aliases: ['eugene:E3'],
  isPolicy: true,

  *check({ migration, typedColumns }) {
    for (const op of migration.up.statements.flatMap(({ operations }) => operations)) {
      for (const { table, name, type } of typedColumns(op)) {
        if (type.replace(/\[\]$/, '') !== 'json') continue
        yield {
          at: op.at,
          direction: 'up',
          message: `${table}.${name} is json: DISTINCT, GROUP BY and UNION over it fail (42883), no index finds what is in it, and each read parses the text again.`,
          help: 'Use jsonb.',
        }
      }
    }
  },
})
