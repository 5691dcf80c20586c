import type { DryRun } from '../model/dry-run.ts'

/** `version` grows when a field changes its meaning or goes. What is not known is null. */
export function dryRunJson(run: DryRun): string {
  const unknown = (_: string, value: unknown) => (value === undefined ? null : value)
  return `${JSON.stringify({ version: 1, kind: 'dry-run', ...run }, unknown, 2)}\n`
}
