import { UserError } from '../model/errors.ts'
import { ServerError } from '../postgres/server.ts'
import type { CopySession } from '../postgres/session.ts'
import { split } from '../tap/split.ts'

/** A part of a dump: SQL, or the rows of a `COPY … FROM stdin`. */
type Part = { readonly sql: string; readonly line: number; readonly rows?: string }

const copying = /^COPY .+ FROM stdin(?: WITH .+)?;$/i

/**
 * Runs a dump in plain text, as pg_dump writes it, without psql.
 * @param name of the file, for messages
 * @throws UserError for a dump of another kind, and for one that does not fit the database
 */
export async function applyDump(session: CopySession, name: string, text: string): Promise<void> {
  for (const { sql, line, rows } of partsOf(name, text)) {
    try {
      if (rows === undefined) await session.query(sql)
      else await session.copyIn(sql, rows)
    } catch (error) {
      if (!(error instanceof ServerError) || isHarmless(sql, error)) {
        if (error instanceof ServerError) continue
        throw error
      }
      throw new UserError(
        `baseline: ${name}:${line}: ${error.message}${error.sqlstate ? ` (${error.sqlstate})` : ''}.${advice(error)}`,
        {
          cause: error,
        },
      )
    }
  }
}

/** A newer pg_dump sets what an older server does not know, and dumps of one schema make it, though it is there. psql goes on. */
function isHarmless(sql: string, { sqlstate }: ServerError): boolean {
  return (/^SET\b/i.test(sql) && sqlstate === '42704') || (/^CREATE SCHEMA public$/i.test(sql) && sqlstate === '42P06')
}

function advice({ sqlstate, message }: ServerError): string {
  if (sqlstate === '42704' && message.startsWith('role '))
    return ' Name the role under `roles:`, or make the dump with --no-owner --no-privileges.'
  if (sqlstate === '42P07' || sqlstate === '42710') return ' The dump is applied to an empty database, before all else.'
  return ''
}

function partsOf(name: string, text: string): Part[] {
  if (text.startsWith('PGDMP'))
    throw new UserError(`baseline: ${name} is a dump in pg_dump’s own format. Make it with --format=plain.`)
  const parts: Part[] = []
  const lines = text.replace(/^\uFEFF/, '').split('\n')
  let open: string[] = []
  let from = 1
  const close = () => {
    const sql = open.join('\n')
    const pieces = split(sql, { backslashes: false })
    if (!pieces) return false
    for (const piece of pieces)
      parts.push({ sql: piece.sql, line: from + (sql.slice(0, piece.offset).match(/\n/g)?.length ?? 0) })
    open = []
    return true
  }
  for (let i = 0; i < lines.length; i++) {
    const line = (lines[i] ?? '').replace(/\r$/, '')
    const isSpecial = copying.test(line) || line.startsWith('\\')
    // Inside of a string or the body of a function it is text like any other.
    if (!isSpecial || !close()) {
      if (open.length === 0) from = i + 1
      open.push(line)
      continue
    }
    if (line.startsWith('\\')) {
      // Written around the dump since 2025, for psql: https://www.postgresql.org/docs/current/app-pgdump.html
      if (/^\\(un)?restrict /.test(line)) continue
      throw new UserError(
        `baseline: ${name}:${i + 1}: ${line.split(' ')[0]} is a command of psql. Make the dump with pg_dump, without --create.`,
      )
    }
    let end = i + 1
    while (end < lines.length && !/^\\\.\r?$/.test(lines[end] ?? '')) end++
    if (end === lines.length) throw new UserError(`baseline: ${name}:${i + 1}: the rows of this COPY do not end.`)
    parts.push({
      sql: line.slice(0, -1),
      line: i + 1,
      rows: lines
        .slice(i + 1, end)
        .map((row) => `${row}\n`)
        .join(''),
    })
    i = end
  }
  if (!close()) throw new UserError(`baseline: ${name}:${from}: a statement does not end.`)
  return parts
}
