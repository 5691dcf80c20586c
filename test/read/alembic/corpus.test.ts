import { describe, expect, test } from 'vitest'
import { applications } from './corpus/applications.ts'
import { type Figures, measure, NotReachable } from './corpus/measure.ts'

/**
 * The histories of two large applications, taken from the package registry. `node bench/alembic.mjs` does the same for all in
 * `applications.ts` and prints the figures of docs/reading-alembic.md.
 */
const small = applications.filter(({ name }) => ['prefect', 'apache-airflow'].includes(name))

interface Measured {
  readonly name: string
  readonly figures: Figures
}

const measured: Measured[] = []
const unreachable: string[] = []
for (const application of small) {
  try {
    measured.push({ name: application.name, figures: await measure(application) })
  } catch (error) {
    // On a machine without a network the rest of the tests can still be run.
    if (!(error instanceof NotReachable) || process.env.CI) throw error
    unreachable.push(application.name)
    console.warn(`${application.name} is not compared with Alembic: ${error.message}.`)
  }
}

describe.each(measured)('$name', ({ figures }) => {
  test('every version file is read', () => {
    expect(figures.notRead).toEqual([])
    expect(figures.read).toBe(figures.revisions)
    expect(figures.revisions).toBeGreaterThan(100)
  })

  test('what Alembic prints is read or told to be unreadable, and nothing else is read', () => {
    const { missing, extra, printed, same, marked } = figures
    expect({ missing, extra }).toEqual({ missing: [], extra: [] })
    expect(same + marked).toBe(printed)
    expect(same / printed).toBeGreaterThanOrEqual(0.97)
    expect(printed).toBeGreaterThan(400)
  })

  test('every place that is said to hold a text holds it', () => {
    expect(figures.places.wrong).toEqual([])
    expect(figures.places.checked).toBeGreaterThan(20)
  })
})

test('each application was compared, or could not be reached', () => {
  expect(measured.length + unreachable.length).toBe(small.length)
})
