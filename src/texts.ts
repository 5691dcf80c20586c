import { UserError } from './model/errors.ts'
import type { Finding } from './model/finding.ts'
import type { ParsedMigration } from './model/migration.ts'
import { readerOf } from './read/files.ts'

/**
 * The texts in which a comment can ignore one of these findings, by path: those of the migrations, and of every other file in which a finding
 * stands, such as an old revision whose parent is missing. What was accepted there once is accepted with every later change.
 */
export function textsOf(
  repository: string,
  migrations: readonly ParsedMigration[],
  findings: readonly Finding[],
): ReadonlyMap<string, string> {
  const own = new Set(migrations.flatMap(({ up, down }) => [up.file, ...(down ? [down.file] : [])]))
  const others = new Set(findings.flatMap(({ at: { file } }) => (own.has(file) ? [] : file)))
  const read = readerOf(repository)
  const found = new Map([...own].map((file) => [file, read(file)]))
  for (const file of others) {
    try {
      found.set(file, read(file))
    } catch (error) {
      // Deleted by the change, or not text: there is no comment in it.
      if (!(error instanceof UserError)) throw error
    }
  }
  return found
}
