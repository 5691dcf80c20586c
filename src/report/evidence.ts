import type { Finding } from '../model/finding.ts'

/** The lines of evidence that the message does not already hold. */
export function unsaidEvidence({ evidence, message }: Finding): readonly string[] {
  return evidence.filter((line) => !message.includes(line))
}

/** The comment that makes the gate ignore a finding; the reason is left to be written. */
export function ignoreComment({ rule, at }: Finding): string {
  return `${at.file.endsWith('.py') ? '#' : '--'} migration-gate: ignore ${rule}: <reason>`
}
