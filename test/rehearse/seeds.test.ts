import { expect, test } from 'vitest'
import { judged } from './rehearsal.ts'

const base =
  'CREATE TABLE plans (name text PRIMARY KEY); CREATE TABLE users (id serial PRIMARY KEY, plan text REFERENCES plans);'
const only = (names: string) =>
  `DO $$ BEGIN ASSERT (SELECT array_agg(name ORDER BY name) = ARRAY[${names}] FROM plans); ASSERT (SELECT count(*) > 2 FROM users); END $$;`

test('a table that the seeds fill has their rows and no others', async () => {
  const { trip, notChecked } = await judged(
    { base, up: only("'free', 'pro'"), down: 'SELECT 1' },
    { seeds: { file: 'seeds.sql', sql: "INSERT INTO plans VALUES ('free'), ('pro');" } },
  )
  expect([trip?.steps.map(({ outcome }) => outcome), notChecked]).toEqual([['ok', 'ok', 'ok'], []])
})

test('seeds that fail are told, and leave nothing behind', async () => {
  const { trip, notChecked } = await judged(
    { base, up: 'SELECT 1', down: 'SELECT 1' },
    { seeds: { file: 'seeds.sql', sql: "INSERT INTO plans VALUES ('free'); INSERT INTO nowhere VALUES (1);" } },
  )
  expect([trip?.steps[0]?.outcome, notChecked]).toEqual([
    'ok',
    [
      {
        what: 'The seeds in seeds.sql',
        why: 'They fail, so that the rehearsal went without them: relation "nowhere" does not exist (42P01).',
      },
    ],
  ])
})
