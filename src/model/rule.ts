import type { Report, Severity } from './finding.ts'
import type { IgnoreComment } from './ignore.ts'
import type { History } from './lineage.ts'
import type { Location } from './location.ts'
import type { ParsedMigration, ParsedScript, Statement, Tool } from './migration.ts'
import type { ColumnDefinition, Name, Operation, SetNotNull } from './operation.ts'
import type { LockMode, RoundTrip, StepError, WatchedStatement } from './round-trip.ts'
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

/** A column that is made or changed, with its new type. */
export type TypedColumn = { readonly table: Name } & Pick<ColumnDefinition, 'name' | 'type' | 'userType' | 'filledBy'> &
  Partial<Pick<ColumnDefinition, 'primaryKey'>>

export interface Refusal {
  readonly at: Location
  /** Why, in its own words; '' where it gives no reason. */
  readonly says: string
}

/** What a rule may ask about the migration that it looks at. */
export interface Context {
  readonly tool: Tool
  /** Whether a migration without a downgrade is one whose way back was forgotten; false where the tool or the project knows none. */
  readonly hasDowngrades: boolean
  /** The major version of PostgreSQL that the migrations are for. */
  readonly major: number
  /** What the server, the database or the role that migrates has set, as the configuration tells: `lock_timeout` → `2s`. */
  readonly settings: Readonly<Record<string, string>>
  readonly migration: ParsedMigration
  /** The scripts that exist: up, and down where there is one. */
  readonly scripts: readonly ParsedScript[]
  /** All migrations that run before this one, in order. */
  readonly before: readonly ParsedMigration[]
  /** The upgrades of this change before this migration, in order. */
  readonly earlier: readonly Statement[]
  /** The upgrades after this migration, in order. */
  readonly later: readonly Statement[]
  /** True for a script without effect: nothing in it, or only comments and BEGIN … COMMIT. What could not be read may have one. */
  isEmpty(script: ParsedScript): boolean
  /** Where a script refuses to run, on purpose and whatever the database holds; undefined: it does not. */
  refusal(script: ParsedScript): Refusal | undefined
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
  /** The columns that an operation gives a type. */
  typedColumns(op: Operation): readonly TypedColumn[]
  /** The type that the operation finds; undefined where the migrations do not tell. */
  typeBefore(op: Extract<Operation, { kind: 'alter-column-type' }>): ColumnType | undefined
  /** The type that a column has where the operation begins; undefined where the migrations do not tell that it is there. */
  typeAt(op: Operation, table: Name, column: string): ColumnType | undefined
  /** The column is NOT NULL already, or a validated CHECK says that it is not null, as far as the migrations tell. */
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
  /** The rows that a table has in production; undefined where nobody said. */
  rows(table: Name): number | undefined
}

/** What a statement of the upgrade was seen to do with the rows of a table that others use. */
export interface SeenWork {
  readonly statement: WatchedStatement
  /** Undefined for a foreign key whose table is not known: PostgreSQL names the constraint. */
  readonly table: Name | undefined
  /** The strongest lock that its transaction held on the table meanwhile. */
  readonly mode: LockMode | undefined
  /** The index that was built, the foreign key that was checked. */
  readonly object: string | undefined
  /** Its text does not say it: a function, a trigger or dynamic SQL did it. */
  readonly isHidden: boolean
  readonly evidence: readonly string[]
}

/** What a rule may ask about a migration that was run. */
export interface Observed extends Context {
  readonly roundTrip: RoundTrip
  /** What the statement does at which a step stopped; empty where it is not known which one that was. */
  failed(error: StepError): readonly Operation[]
  /** The error in a line of evidence: who said what, with its SQLSTATE. */
  said(error: StepError): string
  /** What a statement that the server received does, read in the file or in the statement itself. */
  operationsOf(statement: WatchedStatement): readonly Operation[]
  /** Work of one kind that the first upgrade was seen to do on tables of before, in order. Truncating is not rewriting. */
  works(kind: NonNullable<Rule['work']>): readonly SeenWork[]
}

export interface Rule {
  /** The name of the rule's folder. Names the hazard, so that `-- ignore blocking-index` reads well. */
  readonly name: string
  /** One line, without a full stop: lists, SARIF and the summary table show it. */
  readonly summary: string
  readonly severity: Severity
  /**
   * The lock that PostgreSQL must be seen to take in every bad example, and in no good one. What `check` reads in an upgrade is held
   * against it: confirmed where the server took the lock there, dropped where it was watched and did not.
   */
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
  /** The SQLSTATE, or one of those, with which every bad example must fail on a table with rows, and no good one. */
  readonly fails?: string | readonly string[]
  /** Reports that a failure happened, not why: dropped where a rule that `fails` with the same SQLSTATE explains the place. */
  readonly general?: boolean
  /**
   * SQLSTATEs with which statements of the running release fail after what the rule reports: a `general` report of one of them at the same
   * place is evidence for this rule's.
   */
  readonly breaks?: readonly string[]
  /** A matter of taste or of house rules: off until the configuration names it. */
  readonly isPolicy?: boolean
  /** What other linters call this hazard: `squawk:ban-drop-column`, `eugene:E6`. Understood wherever a rule is named. */
  readonly aliases?: readonly string[]
  /** What the configuration can set, by name. */
  readonly options?: RuleOptions
  /** What the configuration did set; the others keep their defaults. */
  readonly values?: OptionValues
  /** The severity is the configuration's: it holds for every report, graver and lighter ones too. */
  readonly isSeveritySet?: boolean
  /** Switched off by the configuration. */
  readonly isOff?: boolean
  /** Where its page stands, where the rule is not one of ours: a path from the root of the repository, '' for none. */
  readonly page?: string
  /** Reads the migration. */
  check?(context: Context, options: OptionValues): Iterable<Report>
  /** Judges what the server did. */
  observe?(context: Observed, options: OptionValues): Iterable<Report>
  /** Judges the history as a whole: its links, and what the change does to migrations of the base branch. */
  history?(history: History): Iterable<HistoryReport>
  /** Judges the ignore comments of a migration, once it is known what they ignored. */
  review?(comments: readonly IgnoreComment[]): Iterable<Report>
}

/** A report on a migration that the change need not touch otherwise, or that is no longer there. */
interface HistoryReport extends Report {
  readonly at: Location
  /** Its id. */
  readonly migration: string
}

export type OptionValue = number | string | boolean | readonly string[]
export type OptionValues = Readonly<Record<string, OptionValue>>

/** The type of the default is the type of the option. Numbers are 0 or more. */
export interface RuleOption {
  readonly default: OptionValue
  /** One sentence without a full stop, with the unit of a number. */
  readonly description: string
}
type RuleOptions = Readonly<Record<string, RuleOption>>

type Wide<T> = T extends number ? number : T extends boolean ? boolean : T extends string ? string : readonly string[]
type ValuesOf<O extends RuleOptions> = { readonly [K in keyof O]: Wide<O[K]['default']> }

/** A rule whose options have types. */
type RuleWith<O extends RuleOptions> = Omit<Rule, 'options' | 'check' | 'observe'> & {
  readonly options?: O
  check?(context: Context, options: ValuesOf<O>): Iterable<Report>
  observe?(context: Observed, options: ValuesOf<O>): Iterable<Report>
}

/** Gives a rule file its types. Returns its argument. */
export function defineRule<const O extends RuleOptions = Readonly<Record<never, RuleOption>>>(rule: RuleWith<O>): Rule {
  return rule
}
