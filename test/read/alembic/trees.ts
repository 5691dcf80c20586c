import { loadModule, parseSync } from 'libpg-query'

await loadModule()

/** Each statement's parse tree without places in the text: what makes two ways of writing the same statement equal. */
export function trees(sql: string): string[] {
  return (parseSync(sql).stmts ?? []).map(({ stmt }) => JSON.stringify(stmt, withoutPlaces))
}

const places = new Set([
  'location',
  'stmt_location',
  'stmt_len',
  'rexpr_list_start',
  'rexpr_list_end',
  'list_start',
  'list_end',
])

function withoutPlaces(key: string, value: unknown): unknown {
  return places.has(key) ? undefined : value
}
