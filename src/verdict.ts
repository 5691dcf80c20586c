import type { Finding } from './model/finding.ts'
import type { NotChecked, Result, Verdict } from './model/result.ts'

/** Findings decide first; without a blocking one, whatever was not checked keeps the verdict from being green. */
export function verdict(findings: readonly Finding[], notChecked: readonly NotChecked[]): Verdict {
  if (findings.some((finding) => finding.severity === 'error')) return 'block'
  if (notChecked.length > 0) return 'error'
  return findings.some((finding) => finding.severity === 'warning') ? 'warn' : 'pass'
}

/**
 * 0: checked, and nothing at or above `failOn`. 1: findings at or above it. 3: something was not checked, and no finding
 * decides. `failOn: never` makes findings advice; it does not make what was not checked green.
 */
export function exitCode(result: Result, failOn: 'error' | 'warning' | 'never'): 0 | 1 | 3 {
  const counts = failOn === 'warning' ? ['error', 'warning'] : failOn === 'error' ? ['error'] : []
  if (result.findings.some((finding) => counts.includes(finding.severity))) return 1
  return result.notChecked.length > 0 ? 3 : 0
}
