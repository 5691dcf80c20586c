import type { Direction } from '../model/migration.ts'
import type { Blocked, RoundTrip, WatchedStatement } from '../model/round-trip.ts'
import { count } from './headline.ts'
import { label } from './inert.ts'

/** Others are shut out of one table from one statement to another, both counted from 1. */
interface Bar extends Pick<Blocked, 'relation' | 'shutsOut' | 'mode'> {
  readonly from: number
  readonly to: number
}

/**
 * Who was shut out while a script ran, statement by statement: how long each takes in production depends on the size of the tables there,
 * and what the rehearsal measured says nothing about it.
 */
export interface Timeline {
  readonly direction: Direction
  /** Without BEGIN, COMMIT and the tool's own. */
  readonly statements: readonly WatchedStatement[]
  readonly bars: readonly Bar[]
}

/** What the migration itself sent, in order. */
export function sentBy({ watched }: RoundTrip): readonly WatchedStatement[] {
  return watched?.statements.filter(({ isOwn, attempt }) => !isOwn && attempt === 1) ?? []
}

/** Of the first upgrade and of the downgrade, where anybody was shut out of a table of before. */
export function timelines(trip: RoundTrip): readonly Timeline[] {
  return (['up', 'down'] as const).flatMap((direction) => {
    const blocked = trip.watched?.blocked.filter(({ statement }) => statement.direction === direction) ?? []
    const held = new Set(blocked.flatMap(({ during }) => during))
    // What stands in no file and holds nobody up is what a driver asks the server.
    const statements = sentBy(trip).filter((sent) => sent.direction === direction && (sent.at || held.has(sent)))
    const bars = blocked.map(({ relation, shutsOut, mode, during }) => {
      const at = during.map((statement) => statements.indexOf(statement) + 1).filter((position) => position > 0)
      return { relation, shutsOut, mode, from: Math.min(...at, statements.length), to: Math.max(...at, 1) }
    })
    return bars.length > 0 && statements.length > 0 ? [{ direction, statements, bars }] : []
  })
}

/** `reads and writes of 2 tables shut out` */
export function shutOut(all: readonly Timeline[]): string {
  const bars = all.flatMap((timeline) => timeline.bars)
  const tables = new Set(bars.map(({ relation }) => relation)).size
  const what = bars.some(({ shutsOut }) => shutsOut === 'reads and writes') ? 'reads and writes' : 'writes'
  return `${what} of ${count(tables, 'table')} shut out`
}

/** `no writes, SHARE` */
function barred({ shutsOut, mode }: Bar): string {
  return `no ${shutsOut === 'writes' ? 'writes' : 'reads or writes'}, ${mode}`
}

/** `no writes, SHARE, during statements 2 to 5` */
export function barWords(bar: Bar): string {
  const { from, to } = bar
  return `${barred(bar)}, ${from === to ? `during statement ${from}` : `during statements ${from} to ${to}`}`
}

/** More bars would not fit a screen. */
const barLimit = 20

/**
 * A chart in Mermaid's language, https://mermaid.js.org/syntax/gantt.html, without its fence. Time is told in seconds there, of which each
 * stands for one statement.
 */
export function chart({ bars, statements }: Timeline): string {
  const shown = bars.slice(0, barLimit)
  const columns = Math.max(...shown.map(({ to }) => to)) - Math.min(...shown.map(({ from }) => from)) + 1
  const relations = [...new Set(shown.map(({ relation }) => relation))]
  const widest = Math.max('Statements'.length, ...relations.map((relation) => label(relation).length))
  return [
    // Left to itself, Mermaid writes names of more than ten letters over the bars.
    `%%{init: {"gantt": {"leftPadding": ${widest * 7 + 20}}}}%%`,
    'gantt',
    '  dateFormat x',
    '  axisFormat %s',
    ...(columns <= 20 ? ['  tickInterval 1second'] : []),
    '  todayMarker off',
    '  section Statements',
    `  1 to ${statements.length} :done, 1000, ${(statements.length + 1) * 1000}`,
    ...relations.flatMap((relation) => [
      `  section ${label(relation)}`,
      ...shown
        .filter((bar) => bar.relation === relation)
        .map(
          (bar) =>
            `  ${barred(bar)} :${bar.shutsOut === 'writes' ? 'active' : 'crit'}, ${bar.from * 1000}, ${(bar.to + 1) * 1000}`,
        ),
    ]),
  ].join('\n')
}
