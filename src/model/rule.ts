import type { Report, Severity } from './finding.ts'
import type { ParsedMigration, ParsedScript, Statement, Tool } from './migration.ts'
import type { Name, Operation } from './operation.ts'
import type { RoundTrip, StepError } from './round-trip.ts'

/** What a rule may ask about the migration that it looks at. */
export interface Context {
  readonly tool: Tool
  /** Whether a migration without a downgrade is one whose way back was forgotten; false where the tool or the project knows none. */
  readonly hasDowngrades: boolean
  readonly migration: ParsedMigration
  /** The scripts that exist: up, and down where there is one. */
  readonly scripts: readonly ParsedScript[]
  /** The upgrades of this change before this migration, in order. */
  readonly earlier: readonly Statement[]
  /** The upgrades after this migration, in order. */
  readonly later: readonly Statement[]
  /** True for a script without effect: nothing in it, or only comments and BEGIN … COMMIT. What could not be read may have one. */
  isEmpty(script: ParsedScript): boolean
  /** True for a table that this change creates: it has no rows to rewrite and no readers to block. */
  isNew(table: Name): boolean
  /** True where these columns hold a whole primary or unique key of the table, as far as the migrations tell. */
  isKey(table: Name, columns: readonly string[]): boolean
}

/** What a rule may ask about a migration that was run. */
export interface Observed extends Context {
  readonly roundTrip: RoundTrip
  /** What the statement does at which a step stopped; empty where it is not known which one that was. */
  failed(error: StepError): readonly Operation[]
  /** The error in a line of evidence: who said what, with its SQLSTATE. */
  said(error: StepError): string
}

export interface Rule {
  /** The name of the rule's folder. Names the hazard, so that `-- ignore blocking-index` reads well. */
  readonly name: string
  /** One line, without a full stop: lists, SARIF and the summary table show it. */
  readonly summary: string
  readonly severity: Severity
  /** The lock that PostgreSQL must be seen to take in every bad example, and in no good one. */
  readonly lock?: 'ShareLock' | 'AccessExclusiveLock'
  /** The SQLSTATE with which every bad example must fail on a table with rows, and no good one. */
  readonly fails?: string
  /** Reports that a failure happened, not why: dropped where a rule that `fails` with the same SQLSTATE explains the place. */
  readonly general?: boolean
  /** Reads the migration. */
  readonly check?: (context: Context) => Iterable<Report>
  /** Judges what the server did. */
  readonly observe?: (context: Observed) => Iterable<Report>
}

/** Gives a rule file its types. Returns its argument. */
export function defineRule(rule: Rule): Rule {
  return rule
}
