import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'several-heads',
  summary: 'With two heads, alembic upgrade head runs nothing at all',
  severity: 'error',

  *history({ heads, headsBefore, faults }) {
    const unlabelled = heads.filter(({ isLabelled }) => !isLabelled)
    // A link that does not resolve makes heads that are none.
    if (faults.length > 0 || unlabelled.length < 2 || heads.length <= Math.max(1, headsBefore)) return
    const added = unlabelled.filter(({ isNew }) => isNew)
    for (const head of added.length > 0 ? added : unlabelled.slice(-1)) {
      const others = unlabelled.filter((each) => each !== head).map(({ migration }) => migration)
      yield {
        at: head.at,
        direction: 'up',
        migration: head.migration,
        message: `${head.migration} is a head beside ${others.join(', ')}: alembic upgrade head refuses to choose, and runs nothing.`,
        help:
          others.length === 1
            ? `Set down_revision to ${others[0]}, so that this one comes after it; or join them: alembic merge heads.`
            : 'Let each come after another by its down_revision; or join them: alembic merge heads.',
        suggestion: others.length === 1 ? `down_revision = "${others[0]}"` : undefined,
      }
    }
  },
})
