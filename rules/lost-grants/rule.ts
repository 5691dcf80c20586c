import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'lost-grants',
  summary: 'What is dropped and made again comes back without its grants, owner, policies and triggers',
  severity: 'error',

  *observe({ roundTrip: { lost = [], oldCode = [] } }) {
    for (const { kind, object, what, because } of lost) {
      const shown = what.slice(0, 5).join(', ')
      const more = what.length > 5 ? ` and ${what.length - 5} more` : ''
      const failing = oldCode.filter((each) => each.sqlstate === '42501' && each.object === object)
      yield {
        ...(because && { at: because }),
        direction: 'up',
        message: `The ${kind} ${object} is made anew, and of the old one this did not come back: ${shown}${more}.`,
        help: `Change it in place (CREATE OR REPLACE, ALTER), or say again in the same migration what belonged to it.`,
        evidence: [
          ...what.map((each) => `before and not after: ${each}`),
          ...failing.map(
            ({ verb, role, message, sqlstate }) =>
              `${verb} ${object} as ${role ?? 'the migrating role'}: ${message} (${sqlstate})`,
          ),
        ],
      }
    }
  },
})
