import picomatch from 'picomatch'
import { UserError } from '../model/errors.ts'
import type { Script, SqlFragment } from '../model/migration.ts'
import type { NotChecked } from '../model/result.ts'
import { listFiles } from './changed-files.ts'
import { readerOf } from './files.ts'
import { fragment, placeOf } from './text.ts'

/** A file of queries: written by hand, or an export of pg_stat_statements (CSV or JSON with a column `query`). */
export interface QueryFile {
  readonly isExport: boolean
  readonly script: Script
}

/**
 * The files that `queries:` names, by path or glob.
 * @throws UserError for a path that no file has, and for a glob that fits none
 */
export async function readQueryFiles(
  repository: string,
  patterns: readonly string[],
): Promise<{ readonly files: readonly QueryFile[]; readonly notChecked: readonly NotChecked[] }> {
  const paths = await listFiles(repository)
  const chosen = new Set<string>()
  for (const pattern of patterns) {
    const isMatch = picomatch(pattern.replace(/^\.\//, ''), { dot: true })
    const found = paths.filter((path) => isMatch(path))
    if (found.length === 0) throw new UserError(`queries: no file of the repository is ${pattern}.`)
    for (const path of found) chosen.add(path)
  }
  const read = readerOf(repository)
  const files: QueryFile[] = []
  const notChecked: NotChecked[] = []
  for (const path of chosen) {
    try {
      files.push(queryFile(path, read(path)))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      const at = { file: path, line: 1, column: 1, endLine: 1 }
      notChecked.push({ what: `The queries of ${path}`, why: `${error.message}.`, at })
    }
  }
  return { files, notChecked }
}

function queryFile(path: string, text: string): QueryFile {
  const records = path.endsWith('.csv') ? fromCsv(text) : path.endsWith('.json') ? fromJson(text) : undefined
  const fragments = records ? records.map((record) => generated(path, text, record)) : [fragment(path, text)]
  const at = placeOf(path, text, 0)
  return {
    isExport: records !== undefined,
    script: { direction: 'up', file: path, at, fragments, transaction: 'none' },
  }
}

/** A query, and where in the file its record begins. */
interface Found {
  readonly sql: string
  readonly offset: number
}

function generated(file: string, text: string, { sql, offset }: Found): SqlFragment {
  const { line, column } = placeOf(file, text, offset)
  return { kind: 'sql', sql, file, anchors: [{ offset: 0, line, column, verbatim: false }] }
}

function fromJson(text: string): Found[] {
  let records: unknown
  try {
    records = JSON.parse(text)
  } catch (cause) {
    throw new UserError('it is not JSON', { cause })
  }
  if (!Array.isArray(records)) throw new UserError('it is not a list of records with a `query` each')
  let from = 0
  return records.flatMap((record: unknown) => {
    const sql = typeof record === 'object' && record !== null && 'query' in record ? record.query : undefined
    if (typeof sql !== 'string') throw new UserError('it is not a list of records with a `query` each')
    // The text as it is written, where the writer escapes as JSON.stringify does.
    const offset = text.indexOf(JSON.stringify(sql), from)
    if (offset >= 0) from = offset + sql.length
    return { sql, offset: Math.max(offset, 0) }
  })
}

/** https://www.rfc-editor.org/rfc/rfc4180, also with semicolons or tabs between the fields, as spreadsheets and psql write them. */
function fromCsv(text: string): Found[] {
  const [header, ...rows] = csvRows(text)
  const place = header?.fields.findIndex((name) => name.trim().toLowerCase() === 'query') ?? -1
  if (place < 0) throw new UserError('its first line names no column `query`')
  return rows.flatMap(({ fields, offset }) => {
    const sql = fields[place]
    return sql === undefined ? [] : { sql, offset }
  })
}

function csvRows(text: string): { fields: string[]; offset: number }[] {
  const first = text.slice(0, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n'))
  const separator = [',', ';', '\t'].find((each) => first.includes(each)) ?? ','
  const field = new RegExp(`(?:"((?:[^"]|"")*)"|((?!")[^${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`, 'y')
  const rows: { fields: string[]; offset: number }[] = []
  let fields: string[] = []
  let offset = 0
  while (field.lastIndex < text.length) {
    const match = field.exec(text)
    if (!match) throw new UserError('it is not CSV: a quote is not closed')
    const [, quoted, plain = '', end] = match
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === separator && field.lastIndex < text.length) continue
    if (fields.length > 1 || fields[0] !== '') rows.push({ fields, offset })
    fields = []
    offset = field.lastIndex
  }
  return rows
}
