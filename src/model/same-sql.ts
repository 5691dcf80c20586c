/** Whether two texts are the same statement but for white space, comments before it and semicolons at the end. */
export function isSameSql(a: string, b: string): boolean {
  return comparable(a) === comparable(b)
}

/** Comments that nest are left as they are. */
const before = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*(?:[^*/]|\*(?!\/)|\/(?!\*))*\*\/)+/

/** The text by which `isSameSql` compares. */
export function comparable(sql: string): string {
  return sql
    .replace(before, '')
    .replace(/[;\s]+$/, '')
    .replace(/\s+/g, ' ')
    .trim()
}
