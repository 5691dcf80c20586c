import type { ParsedScript, Statement } from '../model/migration.ts'
import type { Operation } from '../model/operation.ts'
import type { StepError } from '../model/round-trip.ts'
import { isSameSql } from '../model/same-sql.ts'

/** The operations of the statement that failed: the one at the error's place, else the only one with its text. */
export function failedOperations(scripts: readonly ParsedScript[], { at, statement }: StepError): readonly Operation[] {
  const statements = scripts.flatMap((script) => script.statements)
  const isFailed = ({ sql }: Statement) => statement !== undefined && isSameSql(sql, statement)
  const there = statements.filter(
    (each) => at && each.at.file === at.file && each.at.line <= at.line && at.line <= each.at.endLine,
  )
  const found =
    there.find((each) => each.at.line === at?.line && each.at.column === at.column) ??
    there.find(isFailed) ??
    (there.length === 1 ? there[0] : undefined)
  if (found) return found.operations
  const named = statements.filter(isFailed)
  return named.length === 1 ? (named[0]?.operations ?? []) : []
}

/** The error in a line of evidence. Only PostgreSQL's own errors have a SQLSTATE. */
export function said({ sqlstate, message }: StepError): string {
  return sqlstate === undefined ? message : `PostgreSQL: ${message} (${sqlstate})`
}
