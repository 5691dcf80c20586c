import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'truncated-identifier',
  summary: 'PostgreSQL cuts names to 63 bytes, so that two long ones may become the same',
  severity: 'warning',
  aliases: ['squawk:identifier-too-long'],

  *check({ migration }) {
    for (const { operations } of migration.up.statements) {
      for (const op of operations) {
        if (op.kind !== 'truncated-identifier') continue
        yield {
          at: op.at,
          direction: 'up',
          message: `${op.written} has ${Buffer.byteLength(op.written)} bytes: PostgreSQL calls it ${op.stored}.`,
          help: 'Choose a name of 63 bytes or less. A tool that compares names does not find the one that it wrote.',
        }
      }
    }
  },
})
