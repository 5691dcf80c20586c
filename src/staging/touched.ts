import type { ParsedMigration } from '../model/migration.ts'
import { named } from '../model/named.ts'
import type { Name } from '../model/operation.ts'

/** Every relation that these upgrades name, whether it is there or not: tables, views, indexes, sequences. */
export function namesIn(migrations: readonly ParsedMigration[]): Name[] {
  const operations = migrations.flatMap(({ up }) => up.statements.flatMap(({ operations }) => operations))
  const all = operations.map(named).flatMap(({ relations, reads }) => [...relations, ...reads])
  return [...new Set(all)].sort()
}
