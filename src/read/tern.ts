import type { Direction, Script, SqlFragment, Unreadable } from '../model/migration.ts'
import { inside } from './files.ts'
import { byNumber } from './history.ts'
import { type Dialect, refused, sectioned } from './sections.ts'
import { isBlank, withHoles } from './statements.ts'
import { fragment, placeOf } from './text.ts'

const separator = '---- create above / drop below ----'

/** tern, https://github.com/jackc/tern */
const dialect: Dialect = {
  tool: 'tern',
  expected: `files such as 001_create_users.sql with the line “${separator}”`,
  name: /^(\d+)_.+\.sql$/s,
  nameExpected: 'a number and an underscore, such as 003_add_email.sql',
  marker: /---- create above \/ drop below ----/,
  id: (_, number) => String(BigInt(number)),
  order: (a, b) => byNumber(/^\d+/.exec(a)?.[0] ?? '0', /^\d+/.exec(b)?.[0] ?? '0'),
  isNamed: async (files, folder) => files.has(inside(folder, 'tern.conf')),

  gaps(numbers, directory) {
    const missing = numbers.findIndex((number, i) => BigInt(number) > BigInt(i + 1))
    if (missing < 0 || new Set(numbers.map(BigInt)).size < numbers.length) return []
    const why = `tern refuses the folder: migration ${missing + 1} is missing. Expected the numbers from 1 on, without a gap.`
    return [{ what: directory || 'The root of the repository', why }]
  },

  read(file, text) {
    const found = text.indexOf(separator)
    const upEnd = found < 0 ? text.length : found
    if (isBlank(text.slice(0, upEnd)))
      return refused(file, text, 0, `tern refuses it: expected the SQL of the upgrade above the line “${separator}”.`)
    const below = found + separator.length
    // An empty downgrade makes the migration irreversible, as a missing one does.
    const hasDown = found >= 0 && text.slice(below).trim() !== ''
    return {
      up: script('up', file, text, 0, upEnd),
      down: hasDown ? script('down', file, text, below, text.length) : undefined,
    }
  },
}

function script(direction: Direction, file: string, text: string, start: number, end: number): Script {
  const isBare = /(?:^|\n)---- tern: disable-tx ----(?:\n|$)/.test(text.slice(start, end).trim())
  return {
    direction,
    file,
    at: placeOf(file, text, direction === 'up' ? start : start - separator.length),
    fragments: fragments(file, text, start, end),
    transaction: isBare ? 'none' : 'script',
  }
}

/** tern takes each file for a template of Go before it runs it. */
function fragments(file: string, text: string, start: number, end: number): (SqlFragment | Unreadable)[] {
  if (!text.slice(start, end).includes('{{')) return [fragment(file, text, start, end)]
  return withHoles(file, text, start, end, (from, to) => {
    const brace = text.slice(from, to).indexOf('{{')
    return brace < 0 ? undefined : { at: from + brace, reason: 'tern fills in a template here' }
  })
}

export const tern = sectioned(dialect)
