import type { Result } from '../model/result.ts'

/** More are only counted. */
const limit = 20

/**
 * A line for each entry of the file of known findings that was not found again, and what to do about them; empty where there is none.
 * @param inert makes text of the repository harmless for where it is shown
 */
export function staleKnown({ known }: Result, inert: (text: string) => string): string[] {
  const { file = '', stale = [] } = known ?? {}
  if (stale.length === 0) return []
  const entries = stale.slice(0, limit).map(({ file: at, rule, statement }) => {
    return `${inert(at)}: ${rule === '' ? '' : inert(rule)}${statement === '' ? '' : `: ${inert(statement)}`}`
  })
  const more = stale.length > limit ? [`and ${stale.length - limit} more`] : []
  return [
    ...entries,
    ...more,
    `Take them out of ${inert(file)}, or write it anew: migration-gate check --all --write-known`,
  ]
}
