/** Whether two texts are the same statement but for white space and a semicolon at the end. */
export function isSameSql(a: string, b: string): boolean {
  return comparable(a) === comparable(b)
}

/** The text by which `isSameSql` compares. */
export function comparable(sql: string): string {
  return sql.trim().replace(/;$/, '').replace(/\s+/g, ' ').trim()
}
