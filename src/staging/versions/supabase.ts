import type { VersionDrift } from '../../model/dry-run.ts'
import { byRows, edited, named, type VersionReader } from './reader.ts'

/** https://supabase.com/docs/guides/deployment/database-migrations: each row has the statements that were run. */
export const supabase: VersionReader = {
  tables: ['schema_migrations'],
  schema: 'supabase_migrations',
  columns: ['version'],
  order: ['version'],
  late: 'refuses',
  refuses: ['unknown'],
  async read(rows, repository) {
    const found = rows.map((row) => ({ ...named(row, 'version', repository), statements: row.statements }))
    const drift: VersionDrift[] = []
    for (const { id, version, statements } of found) {
      const file = repository.migrations.find((migration) => migration.id === id)?.file
      const text = file === undefined ? undefined : await repository.bytes(file)
      // A row that was written by hand (supabase migration repair) may have none.
      if (text && statements && !isMadeOf(text.toString(), elementsOf(statements))) drift.push(edited(version))
    }
    return byRows(found, drift)
  },
}

/** Whether a file is these statements one after the other, with only white space and semicolons between them. */
function isMadeOf(file: string, statements: readonly string[]): boolean {
  const text = file.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  let end = 0
  for (const statement of statements.map((each) => each.replaceAll('\r\n', '\n').trim())) {
    const start = text.indexOf(statement, end)
    if (start < 0 || /[^\s;]/.test(text.slice(end, start))) return false
    end = start + statement.length
  }
  return !/[^\s;]/.test(text.slice(end))
}

/** https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO, of an array of texts without a NULL */
function elementsOf(array: string): string[] {
  return [...array.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|[^",]+/gs)].map(([bare, quoted]) =>
    quoted === undefined ? bare : quoted.replace(/\\(.)/gs, '$1'),
  )
}
