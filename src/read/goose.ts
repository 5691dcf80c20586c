import type { Direction, Script, SqlFragment, Unreadable } from '../model/migration.ts'
import { byNumber } from './history.ts'
import { type Dialect, refused, type Section, sectioned, sections, unfinished } from './sections.ts'
import { withHoles } from './statements.ts'
import { fragment, lines, placeOf, unreadable } from './text.ts'

const page = 'https://pressly.github.io/goose/documentation/annotations/'

/** What an annotation line says, in capitals; undefined for any other line. */
function annotation(line: string): string | undefined {
  return /^\s*--/.test(line) && line.includes('+goose')
    ? line.replaceAll('--', '').replace('+goose', '').trim().toUpperCase()
    : undefined
}

const known = ['UP', 'DOWN', 'STATEMENTBEGIN', 'STATEMENTEND', 'NO TRANSACTION', 'ENVSUB ON', 'ENVSUB OFF']

function directionOf(line: string): Direction | undefined {
  const found = annotation(line)
  return found === 'UP' ? 'up' : found === 'DOWN' ? 'down' : undefined
}

/** goose, https://github.com/pressly/goose: what it refuses was tried, test/read/tools.test.ts. */
const dialect: Dialect = {
  tool: 'goose',
  expected: 'files such as 00001_create_users.sql with the lines “-- +goose Up” and “-- +goose Down”',
  name: /^(\d+)_.*\.sql$/s,
  nameExpected: 'a number and an underscore, such as 00003_add_email.sql',
  // What is before it is looked at where the word was found: that takes a tenth of the time.
  marker: /\+goose(?<=(?:^|\n)[ \t]*--.*)/i,
  program: {
    name: /^\d+_.*(?<!_test)\.go$/s,
    why: 'It is a migration written in Go, which is not read. Only the SQL migrations of goose are.',
  },
  id: (_, number) => String(BigInt(number)),
  order: (a, b) => byNumber(/^\d+/.exec(a)?.[0] ?? '0', /^\d+/.exec(b)?.[0] ?? '0'),

  read(file, text) {
    const { head, sections: found } = sections(text, directionOf)
    const strange = [...lines(text)].find((line) => {
      const said = annotation(line.text)
      return said !== undefined && (/^\s/.test(line.text) || !known.includes(said))
    })
    if (strange)
      return refused(
        file,
        text,
        strange.start,
        `goose refuses this annotation. Expected, at the very beginning of a line, “-- +goose” and one of Up, Down, StatementBegin, StatementEnd, NO TRANSACTION, ENVSUB ON, ENVSUB OFF (${page}).`,
      )
    const [up, down, ...rest] = found
    if (up?.direction !== 'up')
      return refused(
        file,
        text,
        head === text.length ? 0 : head,
        'goose refuses it: expected the line “-- +goose Up” before everything else.',
      )
    const extra = [...(down && down.direction !== 'down' ? [down] : []), ...rest][0]
    if (extra)
      return refused(
        file,
        text,
        extra.marker.start,
        'goose refuses it: expected one “-- +goose Up” and, behind it, at most one “-- +goose Down”.',
      )
    if ([...lines(text, 0, head)].some((line) => /\S/.test(line.text) && !/^\s*--/.test(line.text)))
      return refused(file, text, 0, 'goose refuses it: only comments may stand before the line “-- +goose Up”.')

    const isBare = [...lines(text)].some((line) => annotation(line.text) === 'NO TRANSACTION')
    const script = (section: Section): Script => ({
      direction: section.direction,
      file,
      at: placeOf(file, text, section.marker.start),
      fragments: fragments(file, text, section),
      transaction: isBare ? 'none' : 'script',
    })
    return { up: script(up), down: down && script(down) }
  },
}

function fragments(file: string, text: string, section: Section): (SqlFragment | Unreadable)[] {
  const broken = unfinished(text, section, (line) => {
    const said = annotation(line)
    return said === 'STATEMENTBEGIN' ? 'begin' : said === 'STATEMENTEND' ? 'end' : undefined
  })
  if (broken) return [unreadable(file, text, broken.at, `goose refuses it: ${broken.why}`)]
  const isOn = new Map<number, boolean>()
  let on = false
  for (const line of lines(text)) {
    const said = annotation(line.text)
    if (said === 'ENVSUB ON' || said === 'ENVSUB OFF') on = said === 'ENVSUB ON'
    isOn.set(line.start, on)
  }
  if (![...isOn.values()].some(Boolean)) return [fragment(file, text, section.start, section.end)]
  return withHoles(file, text, section.start, section.end, (from, to) => {
    for (const line of lines(text, from, to)) {
      const dollar = line.text.indexOf('$')
      const begin = text.lastIndexOf('\n', line.start - 1) + 1
      if (dollar >= 0 && isOn.get(begin))
        return { at: line.start + dollar, reason: 'goose puts environment variables in here (ENVSUB ON)' }
    }
    return undefined
  })
}

export const goose = sectioned(dialect)
