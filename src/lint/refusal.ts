import type { ParsedScript } from '../model/migration.ts'
import type { Refusal } from '../model/rule.ts'

/** The first thing of a block's code is an exception; without a level, RAISE is one. */
const raise = /^\s*(?:DECLARE\b[\s\S]*?)?BEGIN\s+RAISE\s+(?:EXCEPTION\s+)?(?:'((?:[^']|'')*)'|[A-Z_]\w*|USING\b|;)/i
const otherLevel = /^\s*(?:DECLARE\b[\s\S]*?)?BEGIN\s+RAISE\s+(?:DEBUG|LOG|INFO|NOTICE|WARNING)\b/i

/** Where a script refuses to run, on purpose and whatever the database holds: by `raise` in Python, by RAISE in a DO block. */
export function refusalIn({ statements, unreadable }: ParsedScript): Refusal | undefined {
  for (const { refusal, at } of unreadable) if (refusal !== undefined) return { at, says: refusal }
  for (const { operations } of statements) {
    for (const op of operations) {
      if (op.kind !== 'do-block' || otherLevel.test(op.text)) continue
      const match = raise.exec(withoutComments(op.text))
      if (match) return { at: op.at, says: (match[1] ?? '').replaceAll("''", "'") }
    }
  }
  return undefined
}

function withoutComments(code: string): string {
  return code.replace(/^\s*--.*$/gm, '')
}
