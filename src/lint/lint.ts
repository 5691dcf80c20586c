import type { Finding, Report } from '../model/finding.ts'
import type { ParsedMigration } from '../model/migration.ts'
import type { RoundTrip } from '../model/round-trip.ts'
import type { Observed, Rule } from '../model/rule.ts'
import { failedOperations, said } from './failed.ts'
import { contexts, type ParsedProject } from './history.ts'
import { inOrder } from './order.ts'

const pages = 'https://github.com/migration-gate/migration-gate/blob/main/rules'

/** What the rules read in the migrations that differ from the base, in order. */
export function lint(project: ParsedProject, rules: readonly Rule[]): Finding[] {
  const findings = contexts(project).flatMap((context) =>
    rules.flatMap((rule) =>
      [...(rule.check?.(context) ?? [])].map((report) => stamp(report, rule, context.migration, 'read')),
    ),
  )
  return inOrder(findings, project.migrations)
}

/** What the rules see in the round trips, by the migration's id; a migration without one gives nothing. In order. */
export function observe(
  project: ParsedProject,
  roundTrips: ReadonlyMap<string, RoundTrip>,
  rules: readonly Rule[],
): Finding[] {
  const findings = contexts(project).flatMap((context) => {
    const roundTrip = roundTrips.get(context.migration.id)
    if (!roundTrip) return []
    const observed: Observed = {
      ...context,
      roundTrip,
      failed: (error) => failedOperations(context.scripts, error),
      said,
    }
    return rules.flatMap((rule) =>
      [...(rule.observe?.(observed) ?? [])].map((report) => stamp(report, rule, context.migration, 'server')),
    )
  })
  return inOrder(findings, project.migrations)
}

function stamp(report: Report, rule: Rule, migration: ParsedMigration, seen: Finding['seen']): Finding {
  const script = (report.direction === 'down' ? migration.down : undefined) ?? migration.up
  return {
    ...report,
    at: report.at ?? script.at,
    rule: rule.name,
    severity: rule.severity,
    migration: migration.id,
    seen,
    evidence: report.evidence ?? [],
    url: `${pages}/${rule.name}/README.md`,
  }
}
