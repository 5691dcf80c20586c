import { expect, test } from 'vitest'
import { parseScript } from '../../src/parse/parse.ts'
import { script } from '../examples.ts'
import { testDatabase } from '../server.ts'

const types = [
  'int',
  'int2',
  'smallint',
  'int8',
  'bigint[]',
  'int[3][3]',
  'bool',
  'real',
  'float',
  'float(3)',
  'float8',
  'double precision',
  'numeric',
  'decimal(5)',
  'numeric(10,2)[]',
  'numeric(3,-2)',
  'char',
  'char(3)',
  'character varying',
  'varchar(50)',
  'bpchar',
  'pg_catalog.varchar',
  '"char"',
  'text',
  'name',
  'bit',
  'bit(3)',
  'bit varying',
  'varbit(5)',
  'time',
  'time(3)',
  'timetz',
  'time with time zone',
  'timestamp(0)',
  'timestamptz',
  'timestamp(3) with time zone',
  'date',
  'interval',
  'interval(3)',
  'interval year to month',
  'interval day to second(2)',
  'interval hour',
  'uuid',
  'jsonb',
  'int4range',
  'money',
  'serial',
  'bigserial',
  'smallserial',
  'serial4',
  'mood',
  'public.mood[]',
  'other.mood',
  '"Odd Name"',
]

test('types are printed as PostgreSQL prints them', async () => {
  const before = `CREATE TYPE mood AS ENUM ('a'); CREATE TYPE "Odd Name" AS ENUM ('a'); CREATE SCHEMA other; CREATE TYPE other.mood AS ENUM ('a')`
  const sql = `CREATE TABLE t (${types.map((type, index) => `c${index} ${type}`).join(', ')})`
  await using session = await testDatabase(`${before}; ${sql}`)
  const { rows } = await session.query<{ type: string }>(
    "SELECT format_type(atttypid, atttypmod) AS type FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0 ORDER BY attnum",
  )

  const { statements } = await parseScript(script('up', 'a.sql', sql), { defaultSchema: 'public' })
  const read = statements.flatMap(({ operations }) =>
    operations.flatMap((op) => (op.kind === 'create-table' ? op.columns.map(({ type }) => type) : [])),
  )
  expect(types.map((type, index) => [type, read[index]])).toEqual(types.map((type, index) => [type, rows[index]?.type]))
})
