import type { Location } from './location.ts'
import type { LockMode, StepError } from './round-trip.ts'

/** What the pending migrations did on staging, in one transaction that was rolled back. */
export interface Tried {
  /** `failed`: at `error`; what stands behind it was not run. */
  readonly outcome: 'ok' | 'failed'
  readonly error: StepError | undefined
  /** That were run, in order, the failed one included. */
  readonly statements: readonly TriedStatement[]
  /** That were not run, and why: what comes after them may fail for want of them. */
  readonly leftOut: readonly LeftOut[]
  /**
   * Sequences with another value than before: `nextval` and `setval` are not taken back with a transaction. Others that draw from them
   * meanwhile move them too.
   */
  readonly movedSequences: readonly MovedSequence[]
}

export interface TriedStatement {
  readonly migration: string
  readonly sql: string
  readonly at: Location
  /** Milliseconds on staging, waiting for locks included. */
  readonly ms: number
  /** Of INSERT, UPDATE, DELETE, MERGE and COPY; undefined for all others. */
  readonly rows: number | undefined
  /** That the transaction did not hold before, on relations that it did not make itself; the strongest of each. */
  readonly locks: readonly { readonly relation: string; readonly mode: LockMode }[]
}

export interface LeftOut {
  readonly migration: string
  readonly sql: string
  readonly at: Location
  /** One sentence. */
  readonly why: string
  /** The script's own BEGIN or COMMIT, in the place of which stands the transaction around all of it. */
  readonly isWrapper: boolean
}

interface MovedSequence {
  /** `public.users_id_seq`, quoted where SQL needs it. */
  readonly sequence: string
  /** Numbers as text: they may be larger than JavaScript's. Undefined: never drawn from. */
  readonly before: string | undefined
  readonly after: string | undefined
}
