import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Session } from '../../src/postgres/server.ts'
import { belongs } from '../../src/rehearse/preconditions/bounds.ts'
import { testDatabase } from '../server.ts'

let session: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  session = await testDatabase(`
    CREATE TYPE mood AS ENUM ('sad', 'so-so', 'glad');
    CREATE TABLE rows (i int, n numeric(5,2), t text, c varchar(3) COLLATE "C", d date, at timestamptz, b boolean, m mood, "O""dd, (name" int);
    INSERT INTO rows SELECT i, i / 3.0, chr(60 + i), chr(90 + i), date '2024-01-01' + i, timestamptz '2024-01-01 00:00+00' + i * interval '1 hour',
      i % 2 = 0, ('{sad,so-so,glad}'::mood[])[1 + i % 3], i FROM generate_series(-20, 40) i WHERE i % 5 <> 0;
    INSERT INTO rows (i) VALUES (1), (NULL); INSERT INTO rows (d) VALUES ('2024-01-05'), ('infinity')`)
}, 60_000)
afterAll(() => session[Symbol.asyncDispose]())

/** What PostgreSQL itself asks of the rows of such a partition. */
async function judged(
  by: string,
  bound: string,
  work: Session,
): Promise<{ rule: string; printed: string; by: string }> {
  await work.query(`CREATE TABLE p (LIKE rows) PARTITION BY ${by}; CREATE TABLE part PARTITION OF p ${bound}`)
  const { rows } = await work.query<{ rule: string; printed: string; by: string }>(
    `SELECT coalesce(pg_get_partition_constraintdef('part'::regclass), 'true') AS rule, pg_get_expr(relpartbound, oid) AS printed,
       pg_get_partkeydef('p'::regclass) AS by FROM pg_class WHERE oid = 'part'::regclass`,
  )
  return rows[0] ?? { rule: '', printed: '', by: '' }
}

const columnOf = (name: string) => {
  const types = {
    i: 'integer',
    n: 'numeric(5,2)',
    t: 'text',
    c: 'character varying(3)',
    d: 'date',
    b: 'boolean',
    m: 'public.mood',
  }
  if (name === '"O""dd, (name"') return { sql: name, type: 'integer' }
  const type = name === 'at' ? 'timestamp with time zone' : types[name as keyof typeof types]
  return type === undefined ? undefined : { sql: name, type }
}

test.each([
  ['LIST (i)', 'FOR VALUES IN (1, 2, 3 + 4, NULL)'],
  ['LIST (i)', 'FOR VALUES IN (NULL)'],
  ['LIST (t)', `FOR VALUES IN ('A', ',', E'\\'', $$K$$, 'L' /* ) */)`],
  ['LIST (b)', 'FOR VALUES IN (true)'],
  ['LIST (m)', `FOR VALUES IN ('sad', 'glad')`],
  ['LIST (n)', 'FOR VALUES IN (1.333, 2)'],
  ['RANGE (i)', 'FOR VALUES FROM (-3) TO (7)'],
  ['RANGE (i)', 'FOR VALUES FROM (1.6) TO (2.5 + 2.6)'],
  ['RANGE ("O""dd, (name")', 'FOR VALUES FROM (MINVALUE) TO (7)'],
  ['RANGE (d)', `FOR VALUES FROM ('2024-01-05') TO (maxvalue)`],
  ['RANGE (d)', `FOR VALUES FROM (date '2024-01-05' - 2) TO ('infinity')`],
  ['RANGE (at)', `FOR VALUES FROM ('2024-01-01') TO ('2024-01-01 11:00+02')`],
  ['RANGE (m)', `FOR VALUES FROM ('so-so') TO (MAXVALUE)`],
  ['RANGE (c)', `FOR VALUES FROM ('Z') TO ('k')`],
  ['RANGE (t COLLATE "C")', `FOR VALUES FROM ('F') TO ('b')`],
  ['RANGE (b, i)', 'FOR VALUES FROM (false, 3) TO (true, 4)'],
  ['RANGE (b, i)', 'FOR VALUES FROM (false, MINVALUE) TO (true, MINVALUE)'],
  ['RANGE (b, i)', 'FOR VALUES FROM (false, MAXVALUE) TO (true, MAXVALUE)'],
  ['RANGE (b, i, d)', `FOR VALUES FROM (false, 1, MINVALUE) TO (false, 7, '2024-01-08')`],
  ['RANGE (i, t)', 'FOR VALUES FROM (MINVALUE, MINVALUE) TO (MAXVALUE, MAXVALUE)'],
  ['RANGE (abs(i))', 'FOR VALUES FROM (3) TO (12)'],
  ['RANGE ((i * 2), lower(t))', `FOR VALUES FROM (-4, 'a') TO (6, 'z')`],
  ['HASH (i)', 'FOR VALUES WITH (modulus 3, remainder 1)'],
  ['HASH (t, i)', 'FOR VALUES WITH (REMAINDER 0, MODULUS 2)'],
])('the rows that belong to a partition are those that PostgreSQL takes: %s, %s', async (by, bound) => {
  await session.query('BEGIN')
  try {
    const { rule, printed, by: printedBy } = await judged(by, bound, session)
    const ours = belongs({ by, table: 'public.p' }, bound, columnOf)
    const read = belongs({ by: printedBy, table: 'public.p' }, printed, columnOf)
    const { rows } = await session.query<{ taken: number; all: number }>(
      `SELECT count(*) FILTER (WHERE ${rule})::int AS taken, count(*)::int AS all,
         count(*) FILTER (WHERE (${rule}) IS DISTINCT FROM (${ours}))::int AS ours,
         count(*) FILTER (WHERE (${rule}) IS DISTINCT FROM (${read}))::int AS read FROM rows`,
    )
    expect(rows).toEqual([{ taken: expect.any(Number), all: expect.any(Number), ours: 0, read: 0 }])
    expect(rows.every(({ taken, all }) => taken > 0 && taken < all)).toBe(true)
  } finally {
    await session.query('ROLLBACK')
  }
})

test.each([
  ['LIST (t text_pattern_ops)', `FOR VALUES IN ('a')`],
  ['RANGE (i, d date_ops)', `FOR VALUES FROM (1, '2024-01-01') TO (2, '2024-01-01')`],
  ['RANGE (lower(t))', `FOR VALUES FROM (lower('A')) TO ('b')`],
  ['RANGE (gone)', 'FOR VALUES FROM (1) TO (2)'],
  ['RANGE (i)', 'FOR VALUES FROM (1, 2) TO (2, 3)'],
  ['HASH (i)', 'FOR VALUES WITH (modulus 3)'],
])('what nothing is known of is not said: %s, %s', (by, bound) => {
  expect(belongs({ by, table: 'public.p' }, bound, columnOf)).toBe(undefined)
})
