/** Whether two texts are the same statement but for white space and a semicolon at the end. */
export function isSameSql(a: string, b: string): boolean {
  return words(a) === words(b)
}

function words(sql: string): string {
  return sql.trim().replace(/;$/, '').replace(/\s+/g, ' ').trim()
}
