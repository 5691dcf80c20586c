import { beforeAll, describe, expect, test } from 'vitest'
import { constantText } from '../../src/parse/constants.ts'
import { loadModule, parseSync } from '../../src/parse/pg-query.ts'
import { ServerError, type Session } from '../../src/postgres/server.ts'
import { testDatabase } from '../server.ts'

beforeAll(loadModule)

/** What our reader makes of an expression; undefined: it is dynamic. */
function ours(expression: string): string | undefined {
  const statement = parseSync(`SELECT ${expression}`).stmts?.[0]?.stmt
  const target = statement && 'SelectStmt' in statement ? statement.SelectStmt.targetList?.[0] : undefined
  const node = target && 'ResTarget' in target ? target.ResTarget.val : undefined
  if (!node) throw new Error(`No expression: ${expression}`)
  return constantText(node, expression)?.text
}

/** What PostgreSQL makes of it; undefined: it refuses, or it is NULL. */
async function theirs(session: Session, expression: string): Promise<string | undefined> {
  return await session.query<{ text: string | null }>(`SELECT (${expression})::text AS text`).then(
    ({ rows }) => rows[0]?.text ?? undefined,
    (error: unknown) => {
      if (error instanceof ServerError && error.sqlstate?.startsWith('22')) return undefined
      throw error
    },
  )
}

const constants = [
  `format('ALTER TABLE %1$I ADD COLUMN %2$I text DEFAULT %3$L', 'users', 'Full Name', 'it''s')`,
  `format('%2$s %1$s %s', 'a', 'b')`,
  `format('%1$s %s %2$s', 'a', 'b')`,
  `format('%I %I %I %I', 'user', 'users', 'a"b', 'été')`,
  `format('%L %L %L', 'a', NULL, E'a\\\\b''c')`,
  `format('[%10s] [%-10s] [%1$-4s] [%2$3I]', 'ab', 'été')`,
  `format('[%*s] [%*1$s] [%-*s]', 5, 'x', 7, 'y')`,
  `format('[%*s] [%*s]', -5, 'x', NULL, 'y')`,
  `format('[%2$*1$s]', 6, 'x')`,
  `format('100%% %s', 5)`,
  `format('%s %s %s %s', true, 1.50, -3, NULL)`,
  `format('%s', 'a'::text) || 'b'::varchar || 3 || false`,
  `format($a$CREATE INDEX %1$I ON %2$I (%3$I)$a$, 'i', 'order', 'c')`,
  `format('%s', 'x'::name)`,
  `quote_ident('select') || quote_literal(E'\\\\') || quote_literal(5) || quote_literal(true) || quote_nullable(NULL)`,
  `concat('a', NULL, 1, true, 'b')`,
  `pg_catalog.format('%s', pg_catalog.concat('a'))`,
  `format(format('%%%s', 's'), 'x')`,
  `format('no specifier', 'left over')`,
]

describe('a constant', () => {
  test.each(constants)('%s is the text that PostgreSQL makes of it', async (expression) => {
    await using session = await testDatabase()
    const text = await theirs(session, expression)
    expect(text).toBeTypeOf('string')
    expect(ours(expression)).toBe(text)
  })

  test.each([
    `format('%I', name)`,
    `format('%s', now())`,
    `format('%s', current_user)`,
    `format('%s', lower('A'))`,
    `format('%s', 'today'::date)`,
    `format('%s', '05'::int)`,
    `format('%s', 'abc'::varchar(2))`,
    `format('%s', 'ab'::char(5))`,
    `format('%s', 'public.users'::regclass)`,
    `format('%s', 1e3)`,
    `format('%s', ARRAY['a'])`,
    `format('%s', VARIADIC ARRAY['a'])`,
    `format('%s', (SELECT 'a'))`,
    `mine.format('%s', 'a')`,
    `'a' OPERATOR(mine.||) 'b'`,
    `coalesce('a', name)`,
    `'a' || name`,
  ])('is not %s', (expression) => {
    expect(ours(expression)).toBe(undefined)
  })

  test.each([
    `format('%s %s', 'a')`,
    `format('%3$s', 'a', 'b')`,
    `format('%0$s', 'a')`,
    `format('%I', NULL)`,
    `format('%', 'a')`,
    `format('%1$', 'a')`,
    `format('%d', 5)`,
    `format('%*1s', 5, 'a')`,
    `format('%-1$s', 'a')`,
    `format('%*s', 'wide', 'a')`,
    `format(NULL, 'a')`,
    `'a' || NULL`,
    `quote_ident(NULL)`,
  ])('is not %s, which PostgreSQL refuses or makes NULL of', async (expression) => {
    await using session = await testDatabase()
    expect(await theirs(session, expression)).toBe(undefined)
    expect(ours(expression)).toBe(undefined)
  })
})

test('of two thousand random patterns, each is what PostgreSQL makes of it, or refused by both', async () => {
  let seed = 20_260_722
  const below = (limit: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((seed / 2 ** 32) * limit)
  }
  const pick = (values: readonly string[]) => values[below(values.length)] ?? ''
  const expressions = Array.from({ length: 2_000 }, () => {
    const pieces = Array.from({ length: 1 + below(4) }, () =>
      below(12) === 0
        ? pick(['%%', '%', 'x', ' été ', '"', "''", '%$', '%1', '%-'])
        : `%${pick(['', '', '', '1$', '2$', '3$', '1$', '2$', '9$', '0$'])}${pick(['', '', '-', '--'])}${pick(['', '', '', '', '', '4', '12', '07', '9', '3', '*', '*1$', '*2$', '*9$'])}${pick(['s', 's', 's', 'I', 'I', 'L', 'L', 'L', 's', 'd'])}`,
    )
    const values = Array.from({ length: 2 + below(4) }, () =>
      pick([
        "'a'",
        "'Ab'",
        "'select'",
        "'it''s'",
        "E'\\\\'",
        "''",
        'NULL',
        '7',
        '-6',
        '0',
        'true',
        '1.50',
        "'12'",
        "' 3 '",
      ]),
    )
    return `format('${pieces.join(pick(['', ' ', '|']))}'${values.map((value) => `, ${value}`).join('')})`
  })
  await using session = await testDatabase()
  const wrong: unknown[] = []
  let known = 0
  for (const expression of expressions) {
    const [mine, real] = [ours(expression), await theirs(session, expression)]
    if (mine !== real) wrong.push({ expression, mine, real })
    if (real !== undefined) known++
  }
  expect(wrong).toEqual([])
  expect(known).toBeGreaterThan(500)
})
