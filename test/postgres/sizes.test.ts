import { expect, test } from 'vitest'
import { UserError } from '../../src/model/errors.ts'
import { askSizes } from '../../src/postgres/sizes.ts'
import { sizesOf, statsText } from '../../src/sizes.ts'
import { repository } from '../repository.ts'
import { testDatabase } from '../server.ts'

test('sizes are asked of the catalogs, written to a file, and read from it; the configuration wins', async () => {
  await using session = await testDatabase(`
    CREATE TABLE "Odd" (id int PRIMARY KEY, note text); INSERT INTO "Odd" SELECT g, 'x' FROM generate_series(1, 5000) g;
    CREATE TABLE parts (id int) PARTITION BY RANGE (id);
    CREATE TABLE low PARTITION OF parts FOR VALUES FROM (0) TO (10); CREATE TABLE high PARTITION OF parts FOR VALUES FROM (10) TO (99);
    INSERT INTO parts SELECT g FROM generate_series(0, 29) g; CREATE TABLE bare (); CREATE TEMP TABLE mine (id int); ANALYZE`)
  const { host, port, user, password, name } = session.database
  const url = `postgres://${user}:${password}@${encodeURIComponent(host)}:${port}/${name}`
  const { version, sizes } = await askSizes(url)
  const odd = sizes.get('public.Odd')
  expect([...sizes].map(([table, { rows }]) => [table, rows])).toEqual([
    ['public.Odd', 5000],
    ['public.bare', 0],
    ['public.high', 20],
    ['public.low', 10],
    ['public.parts', 30],
  ])
  expect(odd?.heapBytes).toBeGreaterThan(100_000)
  expect(odd?.indexBytes).toBeGreaterThan(50_000)
  expect(sizes.get('public.parts')?.heapBytes).toBe(2 * (sizes.get('public.low')?.heapBytes ?? 0))

  await using work = await repository({ 'tables.json': statsText(version, sizes, new Date(0)) })
  const options = { repository: work.path, file: 'tables.json', tables: {}, defaultSchema: 'public' }
  expect(await sizesOf(options)).toEqual(sizes)
  const tables = { bare: { rows: 7, bytes: 8 }, 'app.other': { rows: 9 } }
  expect([...(await sizesOf({ ...options, tables }))].slice(1)).toEqual([
    ['public.bare', { rows: 7, heapBytes: 8, toastBytes: undefined, indexBytes: undefined }],
    ...[...sizes].slice(2),
    ['app.other', { rows: 9, heapBytes: undefined, toastBytes: undefined, indexBytes: undefined }],
  ])
})

test('a file that is none, or is not there, and a database that cannot be asked', async () => {
  await using work = await repository({ 'a.json': '{"version": 1}', 'b.json': 'x' })
  const said = async (file: string) =>
    await sizesOf({ repository: work.path, file, tables: {}, defaultSchema: 'public' }).catch((error: unknown) =>
      error instanceof UserError ? error.message : error,
    )
  expect([await said('a.json'), await said('b.json'), await said('c.json')]).toEqual([
    'stats: a.json is not what migration-gate stats writes: at: Invalid input: expected string, received undefined.',
    'stats: b.json is not JSON.',
    'stats: c.json cannot be read (ENOENT).',
  ])
  await expect(askSizes('postgres://u:secret@127.0.0.1:1/x')).rejects.toThrow(
    'Cannot ask the database for the sizes of its tables: connection refused: no server listens there (ECONNREFUSED).',
  )
})
