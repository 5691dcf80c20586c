import type { Script } from '../model/migration.ts'
import { byText } from './history.ts'
import { type Dialect, refused, type Section, sectioned, sections } from './sections.ts'
import { fragment, lines, placeOf } from './text.ts'

const marker = /^--[ \t]*migrate:(up|down)(?:[ \t\r]|$)/

/** dbmate, https://github.com/amacneil/dbmate: what it refuses was tried, test/read/tools.test.ts. */
const dialect: Dialect = {
  tool: 'dbmate',
  expected: 'files such as 20240131120000_create_users.sql with the lines “-- migrate:up” and “-- migrate:down”',
  name: /^(\d+).*\.sql$/s,
  nameExpected: 'a number at the beginning, such as 20240131120000_add_email.sql',
  marker: /(?:^|\n)--[ \t]*migrate:(?:up|down)\b/,
  id: (_, number) => number,
  order: byText,

  read(file, text) {
    const { head, sections: found } = sections(text, (line) => {
      const direction = marker.exec(line)?.[1]
      return direction === 'up' || direction === 'down' ? direction : undefined
    })
    const [up, down, extra] = found
    if ([...lines(text, 0, head)].some((line) => /\S/.test(line.text) && !/^\s*--/.test(line.text)))
      return refused(
        file,
        text,
        0,
        up
          ? 'dbmate refuses it: only comments may stand before the line “-- migrate:up”.'
          : 'dbmate refuses it: expected the line “-- migrate:up” before the upgrade, and “-- migrate:down” before the downgrade.',
      )
    if (up?.direction !== 'up')
      return refused(file, text, up?.marker.start ?? 0, 'dbmate refuses it: expected the line “-- migrate:up” first.')
    if (down?.direction !== 'down')
      return refused(
        file,
        text,
        down?.marker.start ?? up.marker.start,
        'dbmate refuses it: expected the line “-- migrate:down” behind the upgrade, even where nothing follows it.',
      )
    if (extra)
      return refused(
        file,
        text,
        extra.marker.start,
        'dbmate runs each pair of sections as a migration with the same version, which its table cannot hold twice. Expected one “-- migrate:up” and one “-- migrate:down”.',
      )
    const script = (section: Section): Script => ({
      direction: section.direction,
      file,
      at: placeOf(file, text, section.marker.start),
      fragments: [fragment(file, text, section.start, section.end)],
      // Without a transaction of its own the section is still one query.
      transaction: section.marker.text.trim().split(/\s+/).includes('transaction:false') ? 'query' : 'script',
    })
    return { up: script(up), down: script(down) }
  },
}

export const dbmate = sectioned(dialect)
