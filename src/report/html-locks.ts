import type { JudgedMigration } from '../model/result.ts'
import { type About, permalink } from './about.ts'
import { htmlCode, htmlWhole, html as words } from './inert.ts'
import { barWords, shutOut, type Timeline, timelines } from './timeline.ts'

/** More lines tell nobody anything. */
const limit = 50

/** The lock timeline of a migration: a bar for each table, and the statements that the columns stand for. */
export function locksOf({ name, roundTrip }: JudgedMigration, about: About): string[] {
  return (roundTrip ? timelines(roundTrip) : []).map((timeline) =>
    [
      `<article><h3>${htmlCode(name)} <span class="quiet">${timeline.direction === 'down' ? 'downgrade: ' : ''}${shutOut([timeline])}</span></h3>`,
      drawn(timeline),
      `<ol>${statements(timeline, about)}</ol>`,
      '</article>',
    ].join('\n'),
  )
}

/** SVG without a style of its own, which the page's policy would refuse. */
function drawn({ bars, statements }: Timeline): string {
  const width = statements.length
  const rows = bars.slice(0, limit).map((bar) => {
    const { relation, shutsOut, from, to } = bar
    const look = shutsOut === 'writes' ? 'writes' : 'all'
    return `<tr><th scope="row">${htmlCode(relation)} <span class="quiet">${words(barWords(bar))}</span></th><td><svg viewBox="0 0 ${width} 1" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="${width}" height="1"/><rect class="${look}" x="${from - 1}" width="${to - from + 1}" height="1"/></svg></td></tr>`
  })
  const more = bars.length > limit ? `<p>And ${bars.length - limit} more.</p>` : ''
  return `<table class="locks"><thead><tr><th scope="col">Table</th><th scope="col">Statement 1 to ${width}</th></tr></thead><tbody>${rows.join('')}</tbody></table>${more}`
}

function statements({ statements }: Timeline, { links }: About): string {
  const lines = statements.slice(0, limit).map(({ sql, at }) => {
    const link = at && permalink(links, at)
    const place = at ? htmlCode(`${at.file}:${at.line}`) : ''
    const where = link ? `<a href="${htmlWhole(link)}">${place}</a>` : place
    return `<li>${htmlCode(sql.length > 200 ? `${sql.slice(0, 200)}…` : sql)}${where ? ` in ${where}` : ''}</li>`
  })
  const more = statements.length - limit
  return [...lines, ...(more > 0 ? [`<li>and ${more} more</li>`] : [])].join('')
}
