import type { NotChecked } from '../model/result.ts'

/** What was not checked for the same reason, together: a report says the reason once. In the order of the first of each. */
export function byReason(all: readonly NotChecked[]): [why: string, things: readonly NotChecked[]][] {
  const reasons = new Map<string, NotChecked[]>()
  for (const one of all) {
    const others = reasons.get(one.why)
    if (others) others.push(one)
    else reasons.set(one.why, [one])
  }
  return [...reasons]
}
