import { defineRule } from '../../src/model/rule.ts'

const form = 'migration-gate: ignore blocking-index: twelve rows'

export default defineRule({
  name: 'unused-ignore',
  summary: 'An ignore comment that ignores nothing is out of date, or mistaken',
  severity: 'warning',
  aliases: ['squawk:unused-ignore'],

  *review(comments) {
    for (const { at, direction, reason, rules } of comments) {
      if (rules.length === 0) {
        yield {
          at,
          direction,
          message: 'This comment names no rule to ignore, and ignores nothing.',
          help: `Name the rule and say why: ${form}.`,
        }
        continue
      }
      if (reason === undefined) {
        yield {
          at,
          direction,
          message: 'This comment gives no reason, and ignores nothing.',
          help: `Say why after a colon: ${form}.`,
        }
        continue
      }
      for (const { name, outcome, nearest } of rules) {
        if (outcome === 'unknown')
          yield {
            at,
            direction,
            message: `There is no rule ${name}, so this comment ignores nothing by that name.`,
            help: nearest === undefined ? 'The command "migration-gate rules" lists them all.' : `Write ${nearest}.`,
          }
        if (outcome === 'unused')
          yield {
            at,
            direction,
            message: `${name} finds nothing here: the comment ignores nothing, and would hide what is written here next.`,
            help: `Remove ${rules.length > 1 ? 'the name' : 'the comment'}, or put it above the statement that it is meant for.`,
          }
      }
    }
  },
})
