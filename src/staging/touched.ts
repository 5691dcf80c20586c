import type { ParsedMigration } from '../model/migration.ts'
import type { Name, Operation } from '../model/operation.ts'

/** Every relation that these upgrades name, whether it is there or not: tables, views, indexes. Not the columns' types and functions. */
export function namesIn(migrations: readonly ParsedMigration[]): Name[] {
  const operations = migrations.flatMap(({ up }) => up.statements.flatMap(({ operations }) => operations))
  return [...new Set(operations.flatMap(relationsOf))].sort()
}

/** Those of one operation. */
function relationsOf(op: Operation): Name[] {
  const named = op as unknown as { readonly [field: string]: unknown }
  const own = ['table', 'references', 'partition', 'parent', 'view', 'name', 'index', 'tables', 'reads'].flatMap(
    (field) => named[field],
  )
  return own.filter((value): value is Name => typeof value === 'string' && value.includes('.'))
}
