import { listed } from '../../src/model/listed.ts'
import type { Location } from '../../src/model/location.ts'
import type { OldStatement } from '../../src/model/old-code.ts'
import { defineRule } from '../../src/model/rule.ts'

/** Errors that rules of their own explain: a lost arbiter, and two functions for one call. */
const explained = new Set(['42P10', '42725'])
const shown = 5

export default defineRule({
  name: 'old-code-breaks',
  summary: 'A statement that the running release sends fails once the migration is done',
  severity: 'error',
  general: true,

  *observe({ migration, roundTrip: { oldCode = [], lost = [] } }) {
    const failing = oldCode.filter((each) => {
      if (each.outcome === 'changes') return isCall(each) && each.changed.some(({ how }) => how === 'gone')
      if (each.source.kind === 'file') return true
      const isLost = each.sqlstate === '42501' && lost.some(({ object }) => object === each.object)
      return !isLost && !explained.has(each.sqlstate ?? '')
    })
    for (const group of grouped(failing)) {
      const [first] = group
      if (!first) continue
      const isSent = first.source.kind === 'file'
      const names = [...new Set(group.flatMap(({ object }) => object ?? []))]
      const about = names.length > 0 ? ` on ${listed(names)}` : ''
      const subject = isSent
        ? `${group.length === 1 ? 'A query' : `${group.length} queries`} of ${listed(files(group))}`
        : first.isDirect
          ? `A statement${about} that the running release may send`
          : `A statement${about}, which rests on this,`
      yield {
        ...(first.because && { at: first.because }),
        direction: 'up',
        message: `${subject} ${isSent && group.length > 1 ? 'fail' : 'fails'} after ${migration.name}: ${first.message}.`,
        help: first.isDirect
          ? 'Keep what it uses until no release that runs sends it any more, and take it away in a later migration.'
          : 'Change it in the same migration, or keep what it uses until nothing needs it any more.',
        evidence: [
          ...group.slice(0, shown).map(evidence),
          ...(group.length > shown ? [`and ${group.length - shown} more`] : []),
        ],
        // Only what the migration itself changes is told by the rules that read it.
        ...(first.isDirect && !isSent && { sqlstate: first.sqlstate }),
      }
    }
  },
})

function isCall({ verb }: OldStatement): boolean {
  return verb === 'call'
}

/** By the place and the error; those of the project's own files, and what only rests on the place, apart from the others. */
function grouped(statements: readonly OldStatement[]): OldStatement[][] {
  const groups = new Map<string, OldStatement[]>()
  for (const each of statements) {
    const { source, because, sqlstate, isDirect } = each
    const key = JSON.stringify([place(because), source.kind === 'file' ? 'file' : isDirect ? sqlstate : 'rests'])
    const group = groups.get(key)
    if (group) group.push(each)
    else groups.set(key, [each])
  }
  return [...groups.values()]
}

function place(at: Location | undefined): unknown {
  return at && [at.file, at.line, at.column]
}

function files(statements: readonly OldStatement[]): string[] {
  return [...new Set(statements.flatMap(({ source }) => (source.kind === 'file' ? [source.at.file] : [])))]
}

function evidence({ source, verb, object, role, sql, outcome, message, sqlstate }: OldStatement): string {
  const where = source.kind === 'file' ? `${source.at.file}:${source.at.line}: ` : ''
  const what =
    source.kind === 'file' ? sql.replace(/\s+/g, ' ').trim().slice(0, 100) : `${verb}${object ? ` ${object}` : ''}`
  const who = role === undefined ? '' : ` as ${role}`
  return `${where}${what}${who}: ${outcome === 'fails' ? `${message} (${sqlstate})` : message}`
}
