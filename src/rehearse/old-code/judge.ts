import type { OldStatement } from '../../model/old-code.ts'
import type { Attempt } from './attempt.ts'
import type { Probe } from './probe.ts'

/** A statement that fares otherwise, before anybody asked why. */
export type Judged = Omit<OldStatement, 'because'>

/**
 * Whether an error says something about the rows or the moment rather than about the statement: the rows of a rehearsal are made up, so
 * that a new check which refuses them is no proof against the running release.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function isAboutRows({ sqlstate = '', message, column }: NonNullable<Attempt['error']>, probe: Probe): boolean {
  // The label was one of the enum's.
  if (sqlstate === '22P02') return !message.startsWith('invalid input value for enum')
  if (sqlstate === '23502') return column !== undefined && probe.nulls.includes(column)
  return /^(?:21|22|23|40|44|53|57|P0)|^55P03$/.test(sqlstate)
}

/** What is different after the migration; undefined: nothing, or nothing that the rows of a rehearsal can show. */
export function judge(probe: Probe, before: Attempt, after: Attempt): Judged | undefined {
  const { source, verb, object, role, sql, isDirect } = probe
  const about = { source, verb, object, role, sql, isDirect }
  if (before.error && !isAboutRows(before.error, probe)) return undefined
  const { error } = after
  if (error) {
    if (isAboutRows(error, probe) || error.sqlstate === before.error?.sqlstate) return undefined
    return { ...about, outcome: 'fails', sqlstate: error.sqlstate, message: error.message, changed: [] }
  }
  // The columns of a statement that failed are not known.
  if (before.error && before.columns.length === 0) return undefined
  const changed = changes(before.columns, after.columns)
  if (changed.length === 0) return undefined
  return { ...about, outcome: 'changes', sqlstate: '0A000', message: changed.map(inWords).join('; '), changed }
}

type Columns = Attempt['columns']
type Change = OldStatement['changed'][number]

/**
 * A prepared statement stays valid where the number, names, types and modifiers of its columns stay:
 * https://www.postgresql.org/docs/current/sql-prepare.html, and equalRowTypes in PostgreSQL's source.
 */
function changes(before: Columns, after: Columns): Change[] {
  const found: Change[] = []
  // Places count among the columns that are on both sides.
  const common = (side: Columns, other: Columns) => side.filter(({ name }) => other.some((each) => each.name === name))
  const [old, now] = [common(before, after), common(after, before)]
  for (const column of before) {
    const index = old.indexOf(column)
    const same = now[index]?.name === column.name ? index : now.findIndex(({ name }) => name === column.name)
    const other = now[same]
    const { name, words } = column
    if (!other) found.push({ how: 'gone', column: name, from: words, to: '' })
    else if (other.type !== column.type || other.modifier !== column.modifier)
      found.push({ how: 'type', column: name, from: words, to: other.words })
    else if (same !== index) found.push({ how: 'moved', column: name, from: `${index + 1}`, to: `${same + 1}` })
  }
  const known = new Set(before.map(({ name }) => name))
  for (const { name, words } of after)
    if (!known.has(name)) found.push({ how: 'added', column: name, from: '', to: words })
  return found
}

function inWords({ how, column, from, to }: Change): string {
  if (how === 'gone') return `no column ${column} any more`
  if (how === 'added') return `a new column ${column} (${to})`
  if (how === 'moved') return `column ${column} has place ${to} instead of ${from}`
  return from === to
    ? `column ${column} has another type of the same name, ${to}`
    : `column ${column} is ${to} and was ${from}`
}
