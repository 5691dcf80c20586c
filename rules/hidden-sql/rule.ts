import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'hidden-sql',
  summary: 'SQL that is put together when it runs is not judged by any rule',
  severity: 'info',

  *check({ scripts }) {
    for (const { direction, statements } of scripts) {
      for (const op of statements.flatMap(({ operations }) => operations)) {
        if (op.kind !== 'hidden-sql') continue
        yield {
          at: op.at,
          direction,
          message: because[op.why],
          help: 'Write out the statements, if they are known. Otherwise look at what the rehearsal saw, on a server that resembles production.',
        }
      }
    }
  },
})

const because = {
  dynamic: 'What is run here is put together when it runs, so that no rule has looked at it.',
  language: 'This block is in a language that is not read here, so that no rule has looked at what it does.',
  unreadable: 'This code cannot be read here, so that no rule has looked at what it does.',
} as const
