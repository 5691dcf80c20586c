import { createHash } from 'node:crypto'
import type { Finding } from '../model/finding.ts'

/**
 * What another system knows a finding by, 32 hexadecimal digits. A finding keeps it when lines move; a second one that is the
 * same in all but its line gets another.
 */
export function fingerprints(findings: readonly Finding[]): ReadonlyMap<Finding, string> {
  const seen = new Map<string, number>()
  return new Map(
    findings.map((found) => {
      const same = JSON.stringify([found.rule, found.at.file, found.direction, found.message])
      const nth = (seen.get(same) ?? 0) + 1
      seen.set(same, nth)
      return [found, digest(`${same}${nth}`)]
    }),
  )
}

/** The 32 digits of any text. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
