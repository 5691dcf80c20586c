import type { SqlFragment } from '../../../src/model/migration.ts'
import type { VersionFile } from '../../../src/read/alembic/version-file.ts'

/** The places that were looked at, and those at which the file has something else. */
export interface Places {
  readonly checked: number
  readonly wrong: readonly string[]
}

/** Compares each place that the scripts of a version file name with the text of the file. */
export function places({ file, up, down }: Pick<VersionFile, 'file' | 'up' | 'down'>, text: string): Places {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  const wrong: string[] = []
  let checked = 0
  for (const part of [...up.fragments, ...(down?.fragments ?? [])]) {
    const named = part.kind === 'sql' ? part.anchors : [part.at]
    for (const { line, column } of named)
      if (line < 1 || column < 1 || column > (lines[line - 1] ?? '').length + 1)
        wrong.push(`${file}:${line}:${column} is not in the file`)
    if ((part.kind === 'sql' ? part.file : part.at.file) !== file) wrong.push(`${file} is not its file`)
    if (part.kind !== 'sql') continue
    for (const { at, sql, there } of stretches(part, lines)) {
      checked++
      if (sql !== there) wrong.push(`${file}:${at}: ${JSON.stringify(sql)} is ${JSON.stringify(there)} there`)
    }
  }
  return { checked, wrong }
}

/** Each line of the SQL that is said to stand in the file as it is, beside what stands at that line and column. */
function stretches(fragment: SqlFragment, lines: readonly string[]): { at: string; sql: string; there: string }[] {
  return fragment.anchors.flatMap((anchor, index) => {
    if (!anchor.verbatim) return []
    const end = fragment.anchors[index + 1]?.offset ?? fragment.sql.length
    const parts = fragment.sql.slice(anchor.offset, end).split('\n')
    return parts.map((sql, line) => {
      const column = line === 0 ? anchor.column - 1 : 0
      const whole = lines[anchor.line - 1 + line] ?? ''
      const isLast = line === parts.length - 1
      // The line end is in the file too, for each line but the last.
      const there = isLast ? whole.slice(column, column + sql.length) : whole.slice(column)
      return { at: `${anchor.line + line}:${column + 1}`, sql, there }
    })
  })
}
