import type { Direction, Script } from '../model/migration.ts'
import { byNumber, byText } from './history.ts'
import { type Dialect, refused, type Section, sectioned, sections, unfinished } from './sections.ts'
import { isBlank } from './statements.ts'
import { fragment, placeOf, unreadable } from './text.ts'

/** The words behind `-- +migrate`; undefined for any other line. */
function command(line: string): string[] | undefined {
  return /^-- \+migrate(?: |$)/.test(line) ? line.slice('-- +migrate'.length).trim().split(/\s+/) : undefined
}

const directions: Readonly<Record<string, Direction>> = { Up: 'up', Down: 'down' }

/** sql-migrate, https://github.com/rubenv/sql-migrate */
const dialect: Dialect = {
  tool: 'sql-migrate',
  expected: 'files such as 20240131120000-create_users.sql with the lines “-- +migrate Up” and “-- +migrate Down”',
  name: /^(\d*).*\.sql$/s,
  nameExpected: 'the ending .sql',
  marker: /(?:^|\n)-- \+migrate\b/,
  id: (name) => name,
  order(a, b) {
    const [first, second] = [/^\d+/.exec(a)?.[0], /^\d+/.exec(b)?.[0]]
    if (first !== undefined && second !== undefined) return byNumber(first, second) || byText(a, b)
    return first !== undefined ? -1 : second !== undefined ? 1 : byText(a, b)
  },

  read(file, text) {
    const { head, sections: found } = sections(text, (line) => directions[command(line)?.[0] ?? ''])
    if (found.length === 0)
      return refused(
        file,
        text,
        0,
        'sql-migrate refuses it: expected the line “-- +migrate Up” before the upgrade, and “-- +migrate Down” before the downgrade.',
      )
    const script = (direction: Direction): Script | undefined => {
      const own = found.filter((section) => section.direction === direction)
      const [first] = own
      if (!first) return undefined
      const isBare = own.some((section) => command(section.marker.text)?.includes('notransaction'))
      return {
        direction,
        file,
        at: placeOf(file, text, first.marker.start),
        fragments: own.map((section) => part(file, text, section)),
        transaction: isBare ? 'none' : 'script',
      }
    }
    const up = script('up') ?? {
      direction: 'up',
      file,
      at: placeOf(file, text, 0),
      fragments: [],
      transaction: 'script',
    }
    const dropped = text.slice(0, head)
    if (isBlank(dropped)) return { up, down: script('down') }
    const reason = 'sql-migrate does not run what stands before the line “-- +migrate Up”'
    return { up: { ...up, fragments: [unreadable(file, text, 0, reason), ...up.fragments] }, down: script('down') }
  },
}

function part(file: string, text: string, section: Section) {
  const broken = unfinished(text, section, (line) => {
    const said = command(line)?.[0]
    return said === 'StatementBegin' ? 'begin' : said === 'StatementEnd' ? 'end' : undefined
  })
  return broken
    ? unreadable(file, text, broken.at, `sql-migrate refuses it: ${broken.why}`)
    : fragment(file, text, section.start, section.end)
}

export const sqlMigrate = sectioned(dialect)
