import type { DataChange, Drift, RoundTrip } from '../model/round-trip.ts'
import type { Attribute } from '../model/schema.ts'
import { htmlCode, html as words } from './inert.ts'
import { changes, dataChanges, value } from './round-trip.ts'

/** What a round trip left different: the schema side by side, then the rows. */
export function differencesOf({ drift, data }: RoundTrip): string[] {
  const told = drift.filter((one) => one.class !== 'physical')
  return [
    ...(told.length ? ['<h4>Schema</h4>', schemas(told)] : []),
    ...(data.length ? ['<h4>Rows</h4>', rows(data)] : []),
  ]
}

/** What only storage knows of, such as the place of a dropped column: nearly every way back leaves one. */
export function storedOf({ drift }: RoundTrip): string[] {
  const stored = new Set(drift.filter((one) => one.class === 'physical').map(physical))
  return stored.size > 0 ? [`<p class="quiet">Different only in storage: ${[...stored].join('; ')}.</p>`] : []
}

const steps = { down: 'after the downgrade', 'up-again': 'after the second upgrade' } as const
const classes = { contract: '', order: ', only the order', physical: '', 'name-only': ', only the name' } as const

function schemas(drift: readonly Drift[]): string {
  const lines = drift.map((one) => {
    const { expected, found } = one
    const all = [...new Set([...Object.keys(expected ?? {}), ...Object.keys(found ?? {})])].sort()
    // Of an object that is on one side only, what it is not would fill the table.
    const names = all.filter((name) =>
      expected && found ? value(expected[name], asIs) !== value(found[name], asIs) : tells((expected ?? found)?.[name]),
    )
    const side = (attributes: Drift['found']) =>
      attributes === null
        ? '<i>not there</i>'
        : names.map((name) => `<code>${words(`${name}: ${value(attributes[name], asIs)}`)}</code>`).join('')
    return row(
      `${words(one.kind)} ${htmlCode(one.object)} <span class="quiet">${changes[one.change]}${classes[one.class]}, ${steps[one.after]}</span>`,
      ['Expected', side(expected)],
      ['Found', side(found)],
    )
  })
  return table(['Object', 'Expected', 'Found'], lines)
}

function asIs(text: string): string {
  return text
}

function tells(attribute: Attribute | undefined): boolean {
  return attribute !== undefined && attribute !== null && attribute !== false && attribute !== ''
}

function rows(data: readonly DataChange[]): string {
  const lines = data.map(({ after, table, column, change, rowsBefore, rowsAfter }) =>
    row(
      `${htmlCode(table)}${column === undefined ? '' : `, column ${htmlCode(column)}`} <span class="quiet">${dataChanges[change]}, ${steps[after]}</span>`,
      ['Rows before', `${rowsBefore}`],
      ['Rows after', `${rowsAfter}`],
    ),
  )
  return table(['Table', 'Rows before', 'Rows after'], lines)
}

function physical({ kind, object }: Drift): string {
  return `${words(kind)} of ${htmlCode(object)}`
}

function table(heads: readonly string[], lines: readonly string[]): string {
  return `<table><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead><tbody>${lines.join('')}</tbody></table>`
}

/** The label is shown in front of a cell where there is no room for columns. */
function row(head: string, ...cells: readonly (readonly [label: string, text: string])[]): string {
  return `<tr><th scope="row">${head}</th>${cells.map(([label, text]) => `<td data-label="${label}">${text}</td>`).join('')}</tr>`
}
