import { describe, expect, test } from 'vitest'
import type { Cost, Sizes } from '../../src/model/cost.ts'
import { judged } from './rehearsal.ts'

const gigabyte = 1_000_000_000
const size = (rows: number, heapBytes: number) => ({ rows, heapBytes, toastBytes: 0, indexBytes: 0 })
const sizes: Sizes = new Map([
  ['public.users', size(5_000_000, gigabyte)],
  ['public.orders', size(50_000_000, 8 * gigabyte)],
])

const base = `CREATE TABLE users (id int PRIMARY KEY, email text, name varchar(20));
CREATE TABLE orders (id int PRIMARY KEY, user_id int);
CREATE DOMAIN positive AS int;
CREATE TABLE counts (n positive);
CREATE TABLE parts (id int) PARTITION BY RANGE (id);
CREATE TABLE rest PARTITION OF parts DEFAULT;`

function told(costs: readonly Cost[] | undefined): string[] | undefined {
  return costs?.map(({ statement, class: work, relation, mode, estimate }) =>
    [
      `${statement.at?.line} ${work} of ${relation} under ${mode}`,
      ...(estimate ? [`${estimate.lowMs} to ${estimate.highMs} ms`, estimate.restsOn] : []),
    ].join(': '),
  )
}

test('the class of each statement, and its time at the size of production', async () => {
  const { trip } = await judged(
    {
      base,
      up: [
        'ALTER TABLE users ADD COLUMN a int;',
        'ALTER TABLE users ALTER COLUMN id TYPE bigint;',
        'ALTER TABLE users ADD CHECK (id > -99999999999);',
        'CREATE INDEX users_email ON users (email);',
        'ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (user_id) REFERENCES users NOT VALID;',
        'UPDATE users SET name = NULL;',
        'UPDATE users SET name = NULL WHERE id = -5;',
        'TRUNCATE orders;',
        'ALTER DOMAIN positive ADD CHECK (VALUE > -1);',
        'CREATE TABLE part PARTITION OF parts FOR VALUES FROM (1000000) TO (2000000);',
        'CLUSTER orders USING orders_pkey;',
        "COMMENT ON TABLE users IS 'x';",
        'CREATE TABLE made (id int);',
      ].join('\n'),
    },
    { sizes },
  )
  const users = '5,000,000 rows in 1 GB'
  const orders = '50,000,000 rows in 8 GB'
  expect(told(trip?.costs)).toEqual([
    '1 catalog of public.users under ACCESS EXCLUSIVE: 0 to 20 ms: catalog only',
    `2 rewrite of public.users under ACCESS EXCLUSIVE: 13532 to 94317 ms: ${users} read, written and logged at 50 to 300 MB/s; ${users} sorted at 0.5 to 5 µs a row`,
    `3 scan of public.users under ACCESS EXCLUSIVE: 750 to 6500 ms: ${users} read at 0.2 to 2 GB/s`,
    `4 index build of public.users under SHARE: 3532 to 34317 ms: ${users} sorted at 0.5 to 5 µs a row`,
    '5 catalog of public.orders under SHARE ROW EXCLUSIVE: 0 to 20 ms: catalog only',
    '5 catalog of public.users under SHARE ROW EXCLUSIVE: 0 to 20 ms: catalog only',
    '6 rows of public.users under ROW EXCLUSIVE: 50000 to 250000 ms: 5,000,000 rows changed at 10 to 50 µs each',
    '7 rows of public.users under ROW EXCLUSIVE: 0 to 0 ms: up to 1 rows changed at 10 to 50 µs each',
    '8 catalog of public.orders under ACCESS EXCLUSIVE: 0 to 20 ms: catalog only',
    '9 scan of public.counts under SHARE',
    '10 scan of public.rest under ACCESS EXCLUSIVE',
    '10 catalog of public.parts under ACCESS EXCLUSIVE: 0 to 20 ms: catalog only',
    `11 rewrite of public.orders under ACCESS EXCLUSIVE: 118469 to 854693 ms: ${orders} read, written and logged at 50 to 300 MB/s; ${orders} sorted at 0.5 to 5 µs a row`,
    '12 catalog of public.users under SHARE UPDATE EXCLUSIVE: 0 to 20 ms: catalog only',
  ])
})

describe('long-blocking', () => {
  const up =
    'BEGIN;\nALTER TABLE users ADD COLUMN a int;\nUPDATE orders SET user_id = 1;\nCOMMIT;\nALTER TABLE orders ADD COLUMN a int;'
  const about = async (known: Sizes | undefined) => {
    const { findings } = await judged({ base, up }, known ? { sizes: known } : {})
    return findings
      .filter(({ rule }) => rule === 'long-blocking')
      .map(({ at, message, evidence }) => [at.line, message, ...evidence])
  }

  test('adds up what runs while the lock is held', async () => {
    expect(await about(sizes)).toEqual([
      [
        2,
        'At the size that the tables have in production, nobody can read or write public.users for as long as this and what follows in its transaction take: an estimated 8 min to 42 min.',
        'PostgreSQL took ACCESS EXCLUSIVE on public.users.',
        'line 3: change of rows of public.orders, 8 min to 42 min (50,000,000 rows changed at 10 to 50 µs each).',
      ],
    ])
  })

  test('says nothing of what nobody knows the size of, nor of what is small', async () => {
    const small: Sizes = new Map([['public.orders', size(1_000, 100_000)]])
    expect([await about(undefined), await about(small)]).toEqual([[], []])
  })
})
