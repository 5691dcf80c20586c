import type { CostClass, Range } from './cost.ts'
import type { Finding } from './finding.ts'
import type { Location } from './location.ts'
import type { Tool } from './migration.ts'
import type { Name } from './operation.ts'
import type { Precondition } from './precondition.ts'
import type { JudgedMigration, NotChecked, Result, Verdict } from './result.ts'
import type { Difference, LockMode } from './round-trip.ts'
import type { Tried } from './tried.ts'

export const dryRunModes = ['plan', 'rehearse', 'apply-and-rollback'] as const

/** How a dry run can be told. */
export const dryRunFormats = ['terminal', 'markdown', 'json'] as const

/**
 * `plan`: staging is only read. `rehearse`: its schema and statistics are copied to a throwaway server, and the gate runs there.
 * `apply-and-rollback`: the pending migrations are run on staging, in one transaction that is rolled back.
 */
export type DryRunMode = (typeof dryRunModes)[number]

/** Where a dry run stops, because somebody said so. */
export interface Target {
  readonly id: string
  readonly name: string
  /** The ids of all that the tool would run to get there, its own included. */
  readonly included: ReadonlySet<string>
}

/** What the pending migrations of one history would meet on staging. Holds no row of staging's, only counts. */
export interface DryRun {
  readonly mode: DryRunMode
  /**
   * `block`: it would fail, or a finding blocks, or staging is not where the repository thinks it is. `error`: something could not be
   * checked. `warn`: it goes through, and there is something to know before.
   */
  readonly verdict: Verdict
  /** Undefined: the repository could not be read so far. */
  readonly tool: Tool | undefined
  /** The folder in which the tool is run, from the root of the repository; '' for the root. */
  readonly directory: string
  /** Undefined: staging could not be asked; `notChecked` says why. */
  readonly server: ServerFacts | undefined
  /** Undefined: not read, or there is no version table. */
  readonly versions: VersionTable | undefined
  /** In the order in which the tool would run them. */
  readonly pending: readonly PendingMigration[]
  /** Where it stops, if it was told to. `leftOut`: what is pending behind that, of which nothing else here tells. */
  readonly target?: TargetReached | undefined
  readonly versionDrift: readonly VersionDrift[]
  /** Every table that the pending migrations touch and staging has, and those that a foreign key ties to one of them. By name. */
  readonly tables: readonly TouchedTable[]
  /** What stands in the way on staging at this moment. */
  readonly blockers: readonly Blocker[]
  readonly lockWindows: readonly LockWindow[]
  readonly preconditions: readonly CountedPrecondition[]
  /** What the rules say of the pending migrations. */
  readonly findings: readonly Finding[]
  /** How staging differs from what its migrations build; undefined: not compared. */
  readonly schemaDrift?: readonly Difference[] | undefined
  /** Of `rehearse`: what became of the pending migrations on the copy. */
  readonly rehearsal?:
    | { readonly postgres: Result['postgres']; readonly migrations: readonly JudgedMigration[] }
    | undefined
  /** Of `apply-and-rollback`. */
  readonly tried?: Tried | undefined
  readonly checklist: readonly ChecklistItem[]
  /** How to do it without downtime; empty where the change is one step anyway. */
  readonly phases: readonly Phase[]
  readonly notChecked: readonly NotChecked[]
}

/** Whether what the mode asks for besides a plan was not done at all. Then `notChecked` says why. */
export function isUndone({ mode, pending, tried, rehearsal }: DryRun): boolean {
  if (pending.length === 0) return false
  if (mode === 'apply-and-rollback') return !tried
  return mode === 'rehearse' && !rehearsal?.migrations.some(({ roundTrip }) => roundTrip)
}

/** The server that staging runs on, as far as it matters for a migration. */
export interface ServerFacts {
  /** `17.5` */
  readonly version: string
  readonly major: number
  readonly isReplica: boolean
  /** Of a replica: how much of what the primary sent it has not replayed, and how old the last change is that it has. */
  readonly behind?: { readonly bytes: number | undefined; readonly seconds: number | undefined } | undefined
  /** Of the role that the URL names: `lock_timeout`, `statement_timeout`, …, each as SHOW prints it, in the order of the report. */
  readonly settings: readonly { readonly name: string; readonly value: string }[]
  readonly replication: {
    readonly slots: readonly {
      readonly name: string
      readonly type: 'physical' | 'logical'
      readonly isActive: boolean
      /** Write-ahead log that the server keeps for it; undefined where the role may not see it. */
      readonly keptBytes: number | undefined
    }[]
    readonly standbys: readonly {
      readonly name: string
      readonly state: string
      readonly lagBytes: number | undefined
    }[]
  }
}

/** The table in which the tool notes what it has applied. */
export interface VersionTable {
  /** As PostgreSQL prints it: `public.alembic_version`. */
  readonly table: string
  /** False: the database has none, so that everything is pending. */
  readonly exists: boolean
  /** What it says is applied, in its own words and its own order; Alembic only keeps the heads. */
  readonly applied: readonly string[]
  /** The newest of them; several where a history has several heads; none for a new database. */
  readonly current: readonly string[]
}

/** How staging's version table and the repository differ. */
export interface VersionDrift {
  /**
   * `unknown`: applied, and not in the repository. `edited`: applied with another text than it has now. `out-of-order`: not applied,
   * and it comes before one that is. `failed`: begun and not finished, or marked as failed or dirty. `unreadable`: a row that means nothing to
   * its tool.
   */
  readonly kind: 'unknown' | 'edited' | 'out-of-order' | 'failed' | 'unreadable'
  /** As the version table has it. */
  readonly version: string
  /** One sentence: what it is and what follows. */
  readonly message: string
}

interface TargetReached extends Pick<Target, 'id' | 'name'> {
  readonly leftOut: readonly { readonly id: string; readonly name: string; readonly file: string }[]
}

export interface PendingMigration {
  readonly id: string
  readonly name: string
  readonly file: string
  /** In order. */
  readonly statements: readonly PlannedStatement[]
  readonly hasDowngrade: boolean
}

/** A statement that would be sent to staging. */
export interface PlannedStatement {
  readonly sql: string
  readonly at: Location
  /** `undefined`: what it costs cannot be told from its text. */
  readonly class: CostClass | undefined
  /** The locks that shut anybody out, on tables that staging has. */
  readonly locks: readonly { readonly table: Name; readonly mode: LockMode }[]
  /** From staging's sizes; undefined where it cannot be told. Waiting for locks is not in it. */
  readonly estimate: (Range & { readonly restsOn: string }) | undefined
  /** PostgreSQL refuses it inside of a transaction. */
  readonly isOutsideTransaction: boolean
  /** The same number: in the same transaction, so that locks are held to the end of the last one. */
  readonly transaction: number
}

/** How long a table of staging is shut: from the statement that takes the lock to the end of its transaction. */
export interface LockWindow {
  readonly table: Name
  readonly mode: LockMode
  readonly shutsOut: 'writes' | 'reads and writes'
  /** The statement that takes it. */
  readonly at: Location
  readonly statements: number
  /** Undefined: one of the statements cannot be estimated. */
  readonly estimate: Range | undefined
}

export interface TouchedTable {
  readonly name: Name
  /** `touched` by a pending migration, or `neighbour`: a foreign key ties it to one. */
  readonly why: 'touched' | 'neighbour'
  /** As of the last VACUUM or ANALYZE. */
  readonly rows: number
  readonly heapBytes: number
  readonly toastBytes: number
  readonly indexBytes: number
  readonly writesPerSecond: number
  /** Never analyzed: `rows` is a guess from the size. */
  readonly isGuess: boolean
  readonly indexes: readonly {
    readonly name: string
    readonly definition: string
    readonly bytes: number
    /** False: left behind by CREATE INDEX CONCURRENTLY, or by one that runs now. */
    readonly isValid: boolean
  }[]
  /** Foreign keys that point from it and to it. */
  readonly foreignKeys: readonly {
    readonly name: string
    readonly from: Name
    readonly to: Name
    readonly isValidated: boolean
  }[]
}

/** A transaction that holds a lock which a pending migration would wait for, or an old one that everybody waits for. */
export interface Blocker {
  readonly kind: 'lock' | 'long-transaction' | 'prepared-transaction' | 'autovacuum'
  readonly pid: number | undefined
  /** Only with `lock`. */
  readonly table: Name | undefined
  readonly mode: LockMode | undefined
  /** What the client calls itself; '' where it says nothing, or the role may not see it. */
  readonly application: string
  /** `active`, `idle in transaction`, … */
  readonly state: string
  /** Since its transaction began. */
  readonly seconds: number
}

/** A precondition with the number of rows of staging that are in the way. */
export interface CountedPrecondition extends Precondition {
  readonly migration: string
  /** A statement of the pending migrations that changes rows of the table before: it may put right what was counted. */
  readonly changedBefore: Location | undefined
  /**
   * `exact`: every row was looked at. `sampled`: `found` of `looked` rows that were read, not the whole table. `not-counted`: `why` says so.
   */
  readonly counted:
    | { readonly how: 'exact'; readonly found: number }
    | { readonly how: 'sampled'; readonly found: number; readonly looked: number; readonly ofAbout: number }
    | { readonly how: 'not-counted'; readonly why: string }
}

export interface ChecklistItem {
  readonly what:
    | 'backup'
    | 'duration'
    | 'lock-window'
    | 'rollback'
    | 'preconditions'
    | 'blockers'
    | 'settings'
    | 'review'
    | 'notify'
  /** `ok`: nothing to do. `do`: before the migration. `stop`: not as it is. `ask`: nobody but the team knows. */
  readonly state: 'ok' | 'do' | 'stop' | 'ask'
  /** One sentence, with the facts. */
  readonly text: string
  /** More facts, a line each. */
  readonly details: readonly string[]
}

/** A step of a change without downtime. */
export interface Phase {
  readonly name: 'expand' | 'deploy' | 'backfill' | 'contract'
  readonly text: string
  readonly sql: readonly string[]
}
