import type { Location } from './location.ts'
import type { Direction } from './migration.ts'

/** A comment in a migration that asks to ignore findings there. */
export interface IgnoreComment {
  readonly at: Location
  readonly direction: Direction
  /** Why; undefined where none is given, and then it ignores nothing. */
  readonly reason: string | undefined
  readonly rules: readonly IgnoredRule[]
}

/** One name in an ignore comment, and what came of it. */
export interface IgnoredRule {
  /** As it is written there. */
  readonly name: string
  /**
   * `used`: it ignored a finding. `unused`: there was none to ignore. `unknown`: no rule is called so. `open`: not known, because the rule
   * is off, or has to see the migration run and did not.
   */
  readonly outcome: 'used' | 'unused' | 'unknown' | 'open'
  /** The name that was probably meant. */
  readonly nearest: string | undefined
}
