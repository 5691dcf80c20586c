/**
 * The rows of one table that a statement trips over, as SQL on the schema of before: those for which a condition is true, or all but one
 * of those with the same key.
 */
export type InTheWay =
  | { readonly from: string; readonly where: string }
  | { readonly from: string; readonly keys: readonly string[]; readonly where: string | undefined }

/** Reads only; gives one row with one bigint, `count`. */
export function countSql(rows: InTheWay): string {
  if (!('keys' in rows)) return `SELECT count(*) AS count FROM ${rows.from}${whereSql(rows.where)}`
  const groups = `SELECT count(*) AS rows FROM ${rows.from}${whereSql(rows.where)} GROUP BY ${rows.keys.join(', ')} HAVING count(*) > 1`
  return `SELECT coalesce(sum(rows - 1), 0)::bigint AS count FROM (${groups}) AS same`
}

/** The rows themselves: `relation`, `place` (ctid), `hash` of all that the row holds, and `same`, one text for rows with the same key. */
export function findSql(rows: InTheWay): string {
  const row = `tableoid::int8::text AS relation, ctid::text AS place, hashtextextended(${aliasOf(rows.from)}::text, 0)::text AS hash`
  if (!('keys' in rows)) return `SELECT ${row}, NULL AS same FROM ${rows.from}${whereSql(rows.where)}`
  const partition = `PARTITION BY ${rows.keys.join(', ')}`
  return `
    SELECT relation, place, hash, same::text FROM (
      SELECT ${row}, count(*) OVER (${partition}) AS rows, dense_rank() OVER (ORDER BY ${rows.keys.join(', ')}) AS same
      FROM ${rows.from}${whereSql(rows.where)}) AS found
    WHERE rows > 1 ORDER BY same, relation, place`
}

/** How the row as a whole is named in a query over `from`: its alias, or the last part of its name. */
function aliasOf(from: string): string {
  return /(?:"(?:[^"]|"")*"|[^\s".]+)$/.exec(from)?.[0] ?? from
}

function whereSql(where: string | undefined): string {
  return where === undefined ? '' : ` WHERE ${where}`
}

/** An expression of the user's as an operand. A comment at its end must not take what follows. */
export function operand(expression: string): string {
  return /--|\n/.test(expression) ? `(\n${expression}\n)` : `(${expression})`
}
