import type { Location } from './location.ts'
import type { Direction } from './migration.ts'

export type Severity = 'error' | 'warning' | 'info'

/** What a rule says about one place. Plain text: the reports escape it. */
export interface Report {
  /** Undefined: the migration as a whole, shown at its first line. */
  readonly at?: Location | undefined
  readonly direction: Direction
  /** What happens here, with the real names. */
  readonly message: string
  /** What to write instead. */
  readonly help: string
  /** SQL, or Python where the file is Alembic, that could stand there instead. */
  readonly suggestion?: string | undefined
  /** What was seen, a line each: an error of PostgreSQL, an object left behind. */
  readonly evidence?: readonly string[] | undefined
  /** Where this case is graver or lighter than the rule's own severity says. */
  readonly severity?: Severity | undefined
  /** The SQLSTATE of the error that this report is about, where it is about one. */
  readonly sqlstate?: string | undefined
}

/** A report, stamped by the engine. */
export interface Finding extends Omit<Report, 'at' | 'severity'> {
  readonly at: Location
  readonly rule: string
  readonly severity: Severity
  /** The migration's id. */
  readonly migration: string
  /** `read` in the file, or `server`: seen on PostgreSQL. */
  readonly seen: 'read' | 'server'
  readonly evidence: readonly string[]
  /** The page that explains the rule. */
  readonly url: string
}
