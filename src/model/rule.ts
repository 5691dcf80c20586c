import type { Report, Severity } from './finding.ts'
import type { ParsedMigration, ParsedScript, Statement, Tool } from './migration.ts'
import type { Name, Operation, SetNotNull } from './operation.ts'
import type { LockMode, RoundTrip, StepError } from './round-trip.ts'
import type { Tables } from './tables.ts'

/** What is done together: all of it, or nothing. Locks are held to the end. */
export interface Transaction {
  /** The tool, or the script's own BEGIN; undefined: nobody, and each statement is committed at once. */
  readonly openedBy: 'tool' | 'file' | undefined
  /** In order; where the tool runs several migrations in one transaction, also those of the migrations before. */
  readonly operations: readonly Operation[]
}

/** An operation where it stands. */
export interface Placed {
  readonly op: Operation
  readonly statement: Statement
  readonly transaction: Transaction
}

export interface TableLock {
  readonly table: Name
  readonly mode: LockMode
}

export interface ColumnType {
  /** As PostgreSQL prints it: `character varying(50)`. */
  readonly type: string
  /** The type's own name where it is not one of PostgreSQL's. */
  readonly userType: Name | undefined
}

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
  /** True for a column that this change adds to a table: no release that runs knows it yet. */
  isNewColumn(table: Name, column: string): boolean
  /** True where these columns hold a whole primary or unique key of the table, as far as the migrations tell. */
  isKey(table: Name, columns: readonly string[]): boolean
  /** What a script does, in order, without the constraints that come with CREATE TABLE and without BEGIN and COMMIT. */
  placed(script: ParsedScript): readonly Placed[]
  /** The locks stronger than ROW EXCLUSIVE that an operation takes on the tables it names. */
  locks(op: Operation): readonly TableLock[]
  /** The type that the operation finds; undefined where the migrations do not tell. */
  typeBefore(op: Extract<Operation, { kind: 'alter-column-type' }>): ColumnType | undefined
  /** The type that a column has where the operation begins; undefined where the migrations do not tell that it is there. */
  typeAt(op: Operation, table: Name, column: string): ColumnType | undefined
  /** A validated CHECK says already that the column is not null, as far as the migrations tell. */
  isProven(op: SetNotNull): boolean
  /** The partition that is attached has a valid CHECK, as far as the migrations tell. What it says is not compared with the bound. */
  isChecked(op: Extract<Operation, { kind: 'attach-partition' }>): boolean
  /** The table of an index, as far as the migrations tell. */
  tableOf(index: Name): Name | undefined
  isPartitioned(table: Name): boolean
  /** The tables just before the statement of an operation: in a downgrade, after the upgrade that it undoes. */
  tablesBefore(op: Operation): Tables
  /** The tables after the upgrade. */
  tablesAfter(): Tables
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
  readonly lock?:
    | 'ShareUpdateExclusiveLock'
    | 'ShareLock'
    | 'ShareRowExclusiveLock'
    | 'ExclusiveLock'
    | 'AccessExclusiveLock'
  /**
   * What PostgreSQL must be seen to do to the rows of an old table in every bad example while the table is locked against writes, and
   * in no good one.
   */
  readonly work?: 'rewrite' | 'scan' | 'index build'
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
