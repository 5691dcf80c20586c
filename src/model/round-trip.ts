import type { Location } from './location.ts'
import type { Direction } from './migration.ts'
import type { Attribute } from './schema.ts'

/** What PostgreSQL, or the tool that was run, said when a step failed. Never holds row data (`DETAIL`, `CONTEXT`). */
export interface StepError {
  /** Five characters of https://www.postgresql.org/docs/current/errcodes-appendix.html; undefined where no server was asked. */
  readonly sqlstate: string | undefined
  readonly message: string
  /** The statement that failed, where it is known. */
  readonly statement: string | undefined
  readonly at: Location | undefined
  /** The names that PostgreSQL sent with the error. */
  readonly table: string | undefined
  readonly column: string | undefined
  readonly constraint: string | undefined
  /** The step was ended because its time was up. */
  readonly timedOut: boolean
}

/** One run of one script. */
export interface Step {
  readonly direction: Direction
  readonly attempt: 1 | 2
  readonly outcome: 'ok' | 'failed' | 'skipped'
  readonly error: StepError | undefined
  /** Milliseconds on the machine that ran it; not a forecast. */
  readonly ms: number
}

/**
 * How a difference between two schemas matters. `contract`: programs can tell. `order`: only the order of columns.
 * `physical`: only storage, such as the place that a dropped column leaves. `name-only`: a name that PostgreSQL made up.
 */
export type DriftClass = 'contract' | 'order' | 'physical' | 'name-only'

/** One difference between the schema that was expected after a step and the one that was found. */
export interface Drift {
  /** `down`: compared with the schema before the upgrade. `up-again`: the second upgrade compared with the first. */
  readonly after: 'down' | 'up-again'
  readonly kind: string
  /** The object's identity: `public.users_email_idx`. */
  readonly object: string
  readonly class: DriftClass
  readonly change: 'left-behind' | 'missing' | 'changed'
  /** The attributes that differ (all of them where the object is on one side only); null: no such object on this side. */
  readonly expected: { readonly [name: string]: Attribute } | null
  readonly found: { readonly [name: string]: Attribute } | null
}

/** One difference between the rows of before and those of after. */
export interface DataChange {
  readonly after: 'down' | 'up-again'
  readonly table: string
  /** Undefined where the number of rows differs, or the table itself is gone. */
  readonly column: string | undefined
  readonly change: 'rows-lost' | 'rows-left-behind' | 'values-changed' | 'values-lost'
  readonly rowsBefore: number
  readonly rowsAfter: number
}

/** What happened when one migration was run up, down and up again on a PostgreSQL server. */
export interface RoundTrip {
  readonly migration: string
  readonly steps: readonly Step[]
  /** Whether the downgrade gave back schema and rows. Null: not known, because a step did not run or failed. */
  readonly restored: boolean | null
  /** Whether the second upgrade built what the first did. Null: not known. */
  readonly repeatable: boolean | null
  readonly drift: readonly Drift[]
  readonly data: readonly DataChange[]
  /** Tables that the migration touched and that held no rows, so that nothing was shown about data in them. */
  readonly withoutRows: readonly string[]
}
