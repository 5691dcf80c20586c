import type { Location } from './location.ts'

/**
 * Data on which an upgrade fails, or changes what it was not asked to change. Found by experiment: the upgrade was run on a copy that
 * held such rows, unless it is `untried`.
 */
export interface Precondition {
  readonly kind:
    | 'not-null'
    | 'unique'
    | 'exclusion'
    | 'check'
    | 'foreign-key'
    | 'length'
    | 'range'
    | 'scale'
    | 'enum'
    | 'cast'
    | 'no-rows'
  /** As PostgreSQL prints it: `public.users`, quoted where SQL needs it. */
  readonly table: string
  /** Without quotes; empty where it is about rows as such. */
  readonly columns: readonly string[]
  /**
   * `fails`: the upgrade stops there. `changes`: it goes through, and values are other ones afterwards. `untried`: the statement asks for
   * it, and no row could be made that does not meet it, so that nothing is known of such rows.
   */
  readonly outcome: 'fails' | 'changes' | 'untried'
  /** The error on such rows; undefined where values change silently, or nothing was tried. */
  readonly sqlstate: string | undefined
  /** The statement that met the rows. */
  readonly at: Location | undefined
  /** One sentence: `no two rows have the same public.users.email`. */
  readonly needs: string
  /**
   * A query that only reads and gives one row with one bigint, `count`: the rows in the way, on the schema of before the migration.
   * Undefined where no query can tell.
   */
  readonly count: string | undefined
}
