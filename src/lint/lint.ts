import type { Finding, Report } from '../model/finding.ts'
import type { Location } from '../model/location.ts'
import type { ParsedMigration, ParsedScript } from '../model/migration.ts'
import type { RoundTrip } from '../model/round-trip.ts'
import type { Context, Observed, Rule } from '../model/rule.ts'
import { failedOperations, said } from './failed.ts'
import { contexts, type ParsedProject } from './history.ts'
import { inOrder } from './order.ts'
import { operationsIn, type Received } from './received.ts'
import { worksIn } from './seen.ts'
import { active, valuesOf } from './settings.ts'

export const pages = 'https://github.com/migration-gate/migration-gate/blob/main/rules'

/** What the rules read in the migrations that differ from the base, in order. */
export function lint(project: ParsedProject, rules: readonly Rule[]): Finding[] {
  const readers = active(rules).flatMap((rule) => {
    const values = valuesOf(rule)
    return rule.check ? { rule, check: (context: Context) => rule.check?.(context, values) ?? [] } : []
  })
  const findings: Finding[] = []
  for (const context of contexts(project)) {
    for (const { rule, check } of readers)
      for (const report of check(context)) findings.push(stamp(report, rule, context.migration, 'read'))
  }
  return inOrder([...findings, ...ofHistory(project, rules)], project.migrations)
}

/** What the rules say of the history as a whole. */
function ofHistory(project: ParsedProject, rules: readonly Rule[]): Finding[] {
  const { tool, migrations, lineage } = project
  if (!lineage) return []
  return active(rules).flatMap((rule) =>
    [...(rule.history?.({ ...lineage, tool, migrations }) ?? [])].map((report) => ({
      ...report,
      rule: rule.name,
      severity: severityOf(report, rule),
      seen: 'read' as const,
      evidence: report.evidence ?? [],
      url: pageOf(rule),
    })),
  )
}

/** What the rules see in the round trips, by the migration's id; a migration without one gives nothing. In order. */
export function observe(
  project: ParsedProject,
  roundTrips: ReadonlyMap<string, RoundTrip>,
  rules: readonly Rule[],
  received: Received = new Map(),
): Finding[] {
  if (roundTrips.size === 0) return []
  const findings = contexts(project).flatMap((context) => {
    const roundTrip = roundTrips.get(context.migration.id)
    if (!roundTrip) return []
    const operationsOf = operationsIn(context.migration.up, received)
    const observed: Observed = {
      ...context,
      roundTrip,
      operationsOf,
      works: (kind) =>
        worksIn(roundTrip.watched, kind, operationsOf).filter(({ table }) => !table || !context.isNew(table)),
      failed: (error) => failedOperations(context.scripts, error),
      said,
    }
    return active(rules).flatMap((rule) =>
      [...(rule.observe?.(observed, valuesOf(rule)) ?? [])].map((report) =>
        stamp(report, rule, context.migration, 'server'),
      ),
    )
  })
  return inOrder(findings, project.migrations)
}

/** What a rule reports, as a finding: with its name, its severity and its page. */
export function stamp(report: Report, rule: Rule, migration: ParsedMigration, seen: Finding['seen']): Finding {
  const script = (report.direction === 'down' ? migration.down : undefined) ?? migration.up
  return {
    ...report,
    ...(report.suggestion !== undefined && { suggestion: placed(report.suggestion, script, report.at) }),
    at: report.at ?? script.at,
    rule: rule.name,
    severity: severityOf(report, rule),
    migration: migration.id,
    seen,
    evidence: report.evidence ?? [],
    url: pageOf(rule),
  }
}

/** What a block of Alembic holds back is sent at its end: what stands in its place inside would run before all the rest of it. */
function placed(suggestion: string, { statements }: ParsedScript, at: Location | undefined): string {
  const isHeld = statements.some(
    (statement) => statement.inBatch && statement.at.line === at?.line && statement.at.column === at.column,
  )
  return isHeld ? `# after the block of batch_alter_table, and not in it:\n${suggestion}` : suggestion
}

function severityOf(report: Report, rule: Rule): Finding['severity'] {
  return rule.isSeveritySet ? rule.severity : (report.severity ?? rule.severity)
}

function pageOf(rule: Rule): string {
  return rule.page ?? `${pages}/${rule.name}/README.md`
}
