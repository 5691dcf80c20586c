import { defineRule } from '../../src/model/rule.ts'

/** Words that would fit any migration. */
const vague = new Set(
  `a add alter and another change changed changes cleanup correct db database ddl do edit final fix fixed fixes fixup hotfix it
  migration migrations minor misc modification modifications modify more new other patch refactor revision rework schema script
  small sql stuff table tables temp test the tmp todo update updated updates upgrade various wip work`.split(/\s+/),
)

export default defineRule({
  name: 'vague-name',
  summary: 'A name that would fit any migration tells nobody what this one did',
  severity: 'warning',
  isPolicy: true,

  *check({ tool, migration }) {
    const { id, name } = migration
    const words = name
      .replace(/^[VR](?=[\d_])/, '')
      .split(/[^\p{L}\p{N}]+/u)
      .flatMap((part) => part.split(/(?<=\p{Ll})(?=\p{Lu})/u))
      .map((word) => word.toLowerCase())
      .filter((word) => word !== '' && word !== id.toLowerCase() && !/^(?:\d+|[0-9a-f]{8,})$/.test(word))
    if (words.some((word) => !vague.has(word))) return

    yield {
      direction: 'up',
      message: words.length === 0 ? `${name} has no name but its number.` : `${name} says nothing of what it does.`,
      help: `Name what it changes, and where: ${tool === 'alembic' ? 'alembic revision -m "add phone to users"' : 'add_phone_to_users'}.`,
    }
  },
})
