import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'refused-downgrade',
  summary: 'A downgrade that refuses to run leaves a backup as the only way back',
  severity: 'warning',

  *check({ migration, refusal }) {
    const refused = migration.down && refusal(migration.down)
    if (!refused) return
    yield {
      at: refused.at,
      direction: 'down',
      message: `The downgrade of ${migration.name} refuses to run${refused.says === '' ? ', and does not say why' : `: “${refused.says}”`}. A release that needs it can be taken back only as far as its code.`,
      help:
        refused.says === ''
          ? 'Say in the exception why there is no way back, and what to do instead; or bring the old schema back without the data that is gone.'
          : 'Keep the upgrade in a release of its own, and take a backup before it. Where the schema can come back without its data, let the downgrade do that.',
    }
  },
})
