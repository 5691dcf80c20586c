import type { OldStatement } from '../../model/old-code.ts'

/** A statement that is tried before the migration and after it, in a transaction that is rolled back. */
export interface Probe extends Pick<OldStatement, 'source' | 'verb' | 'object' | 'role' | 'sql' | 'isDirect'> {
  /** `explain`: planned and not run. `describe`: only analysed. */
  readonly run: 'execute' | 'explain' | 'describe'
  /** Run before it in the same transaction; it may fail. */
  readonly setup: string | undefined
  /** Columns, without quotes, that it leaves or makes NULL. That a migration refuses NULL there depends on what the release writes. */
  readonly nulls: readonly string[]
}
