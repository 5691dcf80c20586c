import { expect, test } from 'vitest'
import { knownFunctions } from '../../src/parse/volatility.ts'
import { testDatabase, testServer } from '../server.ts'

/** Words of the standard that call a function without parentheses. They are no functions of the catalog. */
const words = `current_catalog current_date current_role current_time current_timestamp localtime localtimestamp user`

test('functions are as volatile as the catalog says', async () => {
  await using session = await testDatabase()
  const { rows } = await session.query<{ name: string; volatility: string }>(`
    SELECT proname::text AS name, CASE max(CASE provolatile WHEN 'v' THEN 3 WHEN 's' THEN 2 ELSE 1 END)
      WHEN 3 THEN 'volatile' WHEN 2 THEN 'stable' ELSE 'immutable' END AS volatility
    FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace GROUP BY proname`)
  const catalog = new Map(rows.map(({ name, volatility }) => [name, volatility]))
  // Functions that came with a later version than the server's are not there to compare.
  const later = [
    'array_sample',
    'array_shuffle',
    'random_normal',
    'pg_current_xact_id',
    'pg_current_snapshot',
    'array_reverse',
  ]
  const told = [...knownFunctions()].filter(
    ([name]) => !words.split(' ').includes(name) && (catalog.has(name) || !later.includes(name)),
  )
  expect(told.length).toBeGreaterThan(200)
  const different = told.filter(([name, volatility]) => catalog.get(name) !== volatility)
  // timezone, which is AT TIME ZONE, was immutable before PostgreSQL 17.
  const older = (await testServer()).major < 17 ? ['timezone'] : []
  expect(different.filter(([name]) => !older.includes(name))).toEqual([])
})
