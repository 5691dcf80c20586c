import type { Finding } from '../model/finding.ts'
import type { Rule } from '../model/rule.ts'
import type { ParsedProject } from './history.ts'
import { inOrder } from './order.ts'

/**
 * Joins what was read and what was seen. One rule at one place is one finding, `seen` on the server, with all evidence.
 * A finding of a `general` rule is dropped where an error of a rule that `fails` with its SQLSTATE stands at the same
 * place, or a finding of a rule that `breaks` old code with it; that one was then seen too. An error without a SQLSTATE may be
 * explained by any rule that says how it fails.
 */
export function merge(
  read: readonly Finding[],
  seen: readonly Finding[],
  project: Pick<ParsedProject, 'migrations'>,
  rules: readonly Rule[],
): Finding[] {
  const byName = new Map(rules.map((rule) => [rule.name, rule]))
  const isGeneral = (finding: Finding) => byName.get(finding.rule)?.general ?? false
  const explains = (finding: Finding, failure: Finding) => {
    const { fails, breaks } = byName.get(finding.rule) ?? {}
    if (failure.sqlstate !== undefined && breaks?.includes(failure.sqlstate)) return standsWith(finding, failure)
    return (
      finding.severity === 'error' &&
      fails !== undefined &&
      (failure.sqlstate === undefined || [fails].flat().includes(failure.sqlstate)) &&
      standsWith(finding, failure)
    )
  }

  const merged = [...read]
  const add = (finding: Finding, matches: (other: Finding) => boolean) => {
    const there = merged.filter(matches)
    const other = there.find((each) => each.message === finding.message) ?? there.find(startsWith(finding)) ?? there[0]
    if (other) merged[merged.indexOf(other)] = witnessed(other, finding)
    else merged.push(finding)
  }
  for (const finding of seen.filter((each) => !isGeneral(each))) {
    add(finding, (other) => other.rule === finding.rule && standsWith(other, finding))
  }
  for (const finding of seen.filter(isGeneral)) add(finding, (other) => explains(other, finding))
  return inOrder(merged, project.migrations)
}

function standsWith(a: Finding, b: Finding): boolean {
  return (
    a.migration === b.migration &&
    a.direction === b.direction &&
    a.at.file === b.at.file &&
    a.at.line <= b.at.endLine &&
    b.at.line <= a.at.endLine
  )
}

function startsWith({ at }: Finding): (other: Finding) => boolean {
  return (other) => other.at.line === at.line && other.at.column === at.column
}

/** The finding that was read, with the proof of the one that was seen. */
function witnessed(read: Finding, seen: Finding): Finding {
  return { ...read, seen: 'server', evidence: [...new Set([...read.evidence, ...seen.evidence])] }
}
