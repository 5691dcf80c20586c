import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database, Server, Session } from '../../src/postgres/server.ts'
import { applyAndRollBack } from '../../src/staging/apply.ts'
import { openStaging } from '../../src/staging/session.ts'
import { testServer } from '../server.ts'
import { migration, planOf, urlOf } from './staging.ts'

// Of each kind of data that an upgrade can trip over: what a plan counts, and what becomes of the upgrade on that very data.

let server: Server
let database: Database
let session: Session
const versions = "CREATE TABLE schema_version (version text PRIMARY KEY); INSERT INTO schema_version VALUES ('001');"
beforeAll(async () => {
  server = await testServer()
  database = await server.createDatabase()
  session = await database.connect()
  await session.query(`${versions}
    CREATE TYPE mood AS ENUM ('sad', 'glad');
    CREATE DOMAIN percent AS int;
    CREATE DOMAIN rate AS percent;
    CREATE SCHEMA "my app"; CREATE DOMAIN "my app"."D""om.x'" AS int;
    CREATE DOMAIN small AS int CONSTRAINT small_range CHECK (VALUE BETWEEN 0 AND 100);
    CREATE DOMAIN tight AS small NOT NULL CONSTRAINT tight_positive CHECK (VALUE > 0);
    CREATE TABLE parents (id int PRIMARY KEY, a int, b int, UNIQUE (a, b));
    INSERT INTO parents SELECT i, i, i FROM generate_series(1, 10) i;`)
}, 60_000)
afterAll(async () => {
  await session[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

interface Case {
  /** The first major version that has the syntax, or a way to count. */
  readonly since?: number
  /** Columns of the table `t`, and what they hold. */
  readonly columns: string
  readonly rows: string
  /** Run before the upgrade, and not one of the migrations. */
  readonly around?: string
  readonly upgrade: string
  /** What stands in the way, as the plan has it: kind, and rows. */
  readonly counted: readonly (readonly [kind: string, found: number])[]
  /** SQLSTATE, and the constraint or the column that the error names. */
  readonly fails: readonly [sqlstate: string, named?: string] | undefined
  /** Puts the data right. */
  readonly cleaned: string
}

const cases: Readonly<Record<string, Case>> = {
  'SET NOT NULL': {
    columns: 'a int',
    rows: `SELECT CASE WHEN i > 7 THEN i END FROM generate_series(1, 20) i`,
    upgrade: 'ALTER TABLE t ALTER COLUMN a SET NOT NULL',
    counted: [['not-null', 7]],
    fails: ['23502', 'a'],
    cleaned: 'UPDATE t SET a = 0 WHERE a IS NULL',
  },
  'a column without a value': {
    columns: 'a int',
    rows: 'SELECT generate_series(1, 4)',
    upgrade: 'ALTER TABLE t ADD COLUMN b int NOT NULL',
    counted: [['no-rows', 4]],
    fails: ['23502', 'b'],
    cleaned: 'DELETE FROM t',
  },
  'PRIMARY KEY': {
    columns: 'a int',
    rows: 'VALUES (1), (1), (1), (2), (2), (3), (NULL)',
    upgrade: 'ALTER TABLE t ADD CONSTRAINT t_key PRIMARY KEY (a)',
    counted: [
      ['not-null', 1],
      ['unique', 3],
    ],
    fails: ['23505', 't_key'],
    cleaned: 'DELETE FROM t WHERE ctid NOT IN (SELECT min(ctid) FROM t WHERE a IS NOT NULL GROUP BY a)',
  },
  'UNIQUE over two columns': {
    columns: 'a int, b text',
    rows: `VALUES (1, 'x'), (1, 'x'), (1, 'y'), (NULL, 'z'), (NULL, 'z')`,
    upgrade: 'ALTER TABLE t ADD CONSTRAINT t_unique UNIQUE (a, b)',
    counted: [['unique', 1]],
    fails: ['23505', 't_unique'],
    cleaned: `UPDATE t SET b = ctid::text`,
  },
  'UNIQUE NULLS NOT DISTINCT': {
    since: 15,
    columns: 'a int',
    rows: 'VALUES (1), (NULL), (NULL), (NULL)',
    upgrade: 'ALTER TABLE t ADD CONSTRAINT t_unique UNIQUE NULLS NOT DISTINCT (a)',
    counted: [['unique', 2]],
    fails: ['23505', 't_unique'],
    cleaned: 'DELETE FROM t WHERE a IS NULL',
  },
  'a unique index over an expression, of some rows': {
    columns: 'a text, gone boolean',
    rows: `VALUES ('A', false), ('a', false), ('a', true), ('b', false)`,
    upgrade: 'CREATE UNIQUE INDEX t_lower ON t (lower(a)) WHERE NOT gone',
    counted: [['unique', 1]],
    fails: ['23505', 't_lower'],
    cleaned: `UPDATE t SET gone = true WHERE a = 'A'`,
  },
  'FOREIGN KEY': {
    columns: 'p int',
    rows: 'SELECT i FROM generate_series(8, 15) i UNION ALL SELECT NULL',
    upgrade: 'ALTER TABLE t ADD CONSTRAINT t_parent FOREIGN KEY (p) REFERENCES parents (id)',
    counted: [['foreign-key', 5]],
    fails: ['23503', 't_parent'],
    cleaned: 'DELETE FROM t WHERE p > 10',
  },
  'FOREIGN KEY MATCH FULL': {
    columns: 'a int, b int',
    rows: 'VALUES (1, 1), (1, 2), (NULL, 1), (NULL, NULL)',
    upgrade: 'ALTER TABLE t ADD CONSTRAINT t_parent FOREIGN KEY (a, b) REFERENCES parents (a, b) MATCH FULL',
    counted: [['foreign-key', 2]],
    fails: ['23503', 't_parent'],
    cleaned: 'UPDATE t SET a = 1, b = 1',
  },
  'VALIDATE CONSTRAINT of a foreign key': {
    columns: 'p int',
    rows: 'VALUES (1), (99)',
    upgrade:
      'ALTER TABLE t ADD CONSTRAINT t_parent FOREIGN KEY (p) REFERENCES parents (id) NOT VALID;\nALTER TABLE t VALIDATE CONSTRAINT t_parent',
    counted: [['foreign-key', 1]],
    fails: ['23503', 't_parent'],
    cleaned: 'DELETE FROM t WHERE p = 99',
  },
  CHECK: {
    columns: 'a int',
    rows: 'VALUES (1), (-1), (-2), (NULL)',
    upgrade: 'ALTER TABLE t ADD CONSTRAINT t_positive CHECK (a > 0)',
    counted: [['check', 2]],
    fails: ['23514', 't_positive'],
    cleaned: 'UPDATE t SET a = abs(a)',
  },
  'a CHECK of a domain': {
    columns: 'a percent',
    rows: 'VALUES (1), (101), (102), (103)',
    upgrade: 'ALTER DOMAIN percent ADD CONSTRAINT percent_range CHECK (VALUE <= 100)',
    counted: [['check', 3]],
    fails: ['23514', 'a'],
    cleaned: 'UPDATE t SET a = 100 WHERE a > 100',
  },
  EXCLUDE: {
    columns: 'span int4range',
    rows: `VALUES ('[1,5)'), ('[4,8)'), ('[7,9)'), ('[20,30)'), (NULL)`,
    upgrade: 'ALTER TABLE t ADD CONSTRAINT t_apart EXCLUDE USING gist (span WITH &&)',
    counted: [['exclusion', 2]],
    fails: ['23P01', 't_apart'],
    cleaned: `DELETE FROM t WHERE span = '[4,8)'`,
  },
  'a shorter varchar': {
    columns: 'a varchar(40)',
    rows: `VALUES ('short'), (repeat('x', 11)), (repeat('y', 12)), ('ten' || repeat(' ', 20))`,
    upgrade: 'ALTER TABLE t ALTER COLUMN a TYPE varchar(10)',
    counted: [['length', 2]],
    fails: ['22001'],
    cleaned: 'UPDATE t SET a = left(a, 10)',
  },
  'a smaller integer': {
    columns: 'a bigint',
    rows: 'VALUES (1), (3000000000), (-3000000000)',
    upgrade: 'ALTER TABLE t ALTER COLUMN a TYPE int',
    counted: [['range', 2]],
    fails: ['22003'],
    cleaned: 'UPDATE t SET a = 0 WHERE abs(a) > 5',
  },
  'fewer digits before the point, and behind it': {
    columns: 'a numeric',
    rows: 'VALUES (1.25), (1.5), (12345), (99.99)',
    upgrade: 'ALTER TABLE t ALTER COLUMN a TYPE numeric(4,1)',
    counted: [
      ['range', 1],
      ['scale', 2],
    ],
    fails: ['22003'],
    cleaned: 'UPDATE t SET a = 1.5',
  },
  'an enum without a label': {
    columns: 'a text',
    rows: `VALUES ('sad'), ('angry'), ('angry'), (NULL)`,
    upgrade: 'ALTER TABLE t ALTER COLUMN a TYPE mood USING a::mood',
    counted: [['enum', 2]],
    fails: ['22P02'],
    cleaned: `UPDATE t SET a = 'glad'`,
  },
  'text that is no number': {
    columns: 'a text',
    rows: `VALUES ('1'), (' 2 '), ('three'), (''), (NULL)`,
    upgrade: 'ALTER TABLE t ALTER COLUMN a TYPE int USING a::int',
    counted: [['cast', 2]],
    fails: ['22P02'],
    cleaned: `UPDATE t SET a = '3'`,
  },
  'text that is no date': {
    since: 16,
    columns: 'a text',
    rows: `VALUES ('2024-02-29'), ('yesterday, perhaps'), ('n/a')`,
    upgrade: 'ALTER TABLE t ALTER COLUMN a TYPE date USING a::date',
    counted: [['cast', 2]],
    fails: ['22007'],
    cleaned: `UPDATE t SET a = '2024-03-01'`,
  },
  'text that is no JSON': {
    since: 16,
    columns: 'a text',
    rows: `VALUES ('{}'), ('{'), ('no')`,
    upgrade: 'ALTER TABLE t ALTER COLUMN a TYPE jsonb USING a::jsonb',
    counted: [['cast', 2]],
    fails: ['22P02'],
    cleaned: `UPDATE t SET a = 'null'`,
  },
}

const events = (by: string) => `CREATE TABLE p (a int, at date, "Kind" text) PARTITION BY ${by}`
const columns = 'a int, at date, "Kind" text'
const dates = `VALUES (1, date '2023-12-31', 'x'), (2, '2024-01-01', 'y'), (3, '2024-12-31', 'z'), (4, '2025-01-01', 'Ä'), (5, NULL, NULL)`

/** A row is in the way where it does not belong to the table that becomes a partition, or belongs to the new one and is in the default one. */
const partitions: Readonly<Record<string, Case>> = {
  'ATTACH PARTITION, by a range of dates': {
    columns,
    rows: dates,
    around: events('RANGE (at)'),
    upgrade: `ALTER TABLE p ATTACH PARTITION t FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')`,
    counted: [['check', 3]],
    fails: ['23514'],
    cleaned: `UPDATE t SET at = '2024-06-01'`,
  },
  'ATTACH PARTITION to a table that the migration makes': {
    columns,
    rows: dates,
    upgrade: `ALTER TABLE t RENAME TO old;
CREATE TABLE p (LIKE old) PARTITION BY RANGE (at);
ALTER TABLE p ATTACH PARTITION old FOR VALUES FROM (MINVALUE) TO (date '2024-12-30' + 2);
ALTER TABLE p RENAME TO t`,
    counted: [['check', 2]],
    fails: ['23514'],
    cleaned: `UPDATE t SET at = '2024-06-01'`,
  },
  'ATTACH PARTITION, by a range of two columns': {
    columns,
    rows: `SELECT i / 4, date '2024-01-01' + i % 4, '' FROM generate_series(0, 15) i`,
    around: events('RANGE (a, at)'),
    upgrade: `ALTER TABLE p ATTACH PARTITION t FOR VALUES FROM (1, '2024-01-03') TO (2, MAXVALUE)`,
    counted: [['check', 10]],
    fails: ['23514'],
    cleaned: `UPDATE t SET a = 2`,
  },
  'ATTACH PARTITION, by a list with NULL, of a name that wants quotes': {
    columns,
    rows: dates,
    around: events('LIST ("Kind")'),
    upgrade: `ALTER TABLE p ATTACH PARTITION t FOR VALUES IN ('x', 'a,b)''', lower('Y'), NULL)`,
    counted: [['check', 2]],
    fails: ['23514'],
    cleaned: `DELETE FROM t WHERE "Kind" IN ('z', 'Ä')`,
  },
  'ATTACH PARTITION, by an expression and a collation': {
    columns,
    rows: dates,
    around: events('RANGE (lower("Kind") COLLATE "C", a)'),
    upgrade: `ALTER TABLE p ATTACH PARTITION t FOR VALUES FROM ('x', 2) TO ('z', MINVALUE)`,
    counted: [['check', 4]],
    fails: ['23514'],
    cleaned: `UPDATE t SET "Kind" = 'Y'`,
  },
  'ATTACH PARTITION, by a hash': {
    columns,
    rows: `SELECT i, NULL, 'x' FROM generate_series(1, 100) i`,
    around: events('HASH (a, "Kind" text_pattern_ops)'),
    upgrade: 'ALTER TABLE p ATTACH PARTITION t FOR VALUES WITH (MODULUS 2, REMAINDER 1)',
    counted: [['check', 57]],
    fails: ['23514'],
    cleaned: `DELETE FROM t WHERE NOT satisfies_hash_partition('p'::regclass, 2, 1, a, "Kind")`,
  },
  'ATTACH PARTITION two levels down': {
    columns,
    rows: dates,
    around: `${events('LIST ("Kind")')}; CREATE TABLE q PARTITION OF p FOR VALUES IN ('x', 'y', 'z') PARTITION BY RANGE (at)`,
    upgrade: `ALTER TABLE q ATTACH PARTITION t FOR VALUES FROM ('2024-01-01') TO (MAXVALUE)`,
    counted: [['check', 3]],
    fails: ['23514'],
    cleaned: `DELETE FROM t WHERE a NOT IN (2, 3)`,
  },
  'ATTACH PARTITION as the default one': {
    columns,
    rows: dates,
    around: `${events('RANGE (at)')}; CREATE TABLE q PARTITION OF p FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
      CREATE TABLE r PARTITION OF p FOR VALUES FROM ('2024-02-01') TO (MAXVALUE)`,
    upgrade: `ALTER TABLE p ATTACH PARTITION t DEFAULT`,
    counted: [['check', 3]],
    fails: ['23514'],
    cleaned: `UPDATE t SET at = '2023-12-31' WHERE at > '2024-01-01'; UPDATE t SET at = NULL WHERE a = 2`,
  },
  'a new partition beside a default one': {
    columns,
    rows: dates,
    around: `${events('RANGE (at)')}; ALTER TABLE p ATTACH PARTITION t DEFAULT`,
    upgrade: `CREATE TABLE q PARTITION OF p FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')`,
    counted: [['check', 2]],
    fails: ['23514'],
    cleaned: `DELETE FROM t WHERE a IN (2, 3)`,
  },
  'ATTACH PARTITION beside a default one': {
    columns,
    rows: dates,
    around: `${events('LIST (a)')}; ALTER TABLE p ATTACH PARTITION t DEFAULT; CREATE TABLE q (${columns}); INSERT INTO q VALUES (7), (2)`,
    upgrade: `ALTER TABLE p ATTACH PARTITION q FOR VALUES IN (1, 2, 3)`,
    counted: [
      ['check', 1],
      ['check', 3],
    ],
    fails: ['23514'],
    cleaned: `DELETE FROM t WHERE a <= 3; DELETE FROM q WHERE a = 7`,
  },
}

const domains: Readonly<Record<string, Case>> = {
  'a CHECK of a domain beneath another, and of partitions one by one': {
    columns: 'a rate',
    rows: 'VALUES (1), (101), (102), (103)',
    around:
      'CREATE TABLE p (a rate) PARTITION BY LIST (a); CREATE TABLE q PARTITION OF p DEFAULT; INSERT INTO q VALUES (200)',
    upgrade: 'ALTER DOMAIN percent ADD CONSTRAINT percent_range CHECK (VALUE <= 100)',
    counted: [
      ['check', 1],
      ['check', 3],
    ],
    fails: ['23514', 'a'],
    cleaned: 'UPDATE t SET a = 100 WHERE a > 100; DELETE FROM q',
  },
  'NOT NULL of a domain': {
    columns: 'a percent, b percent NOT NULL',
    rows: 'VALUES (1, 1), (NULL, 2), (NULL, 3)',
    upgrade: 'ALTER DOMAIN percent SET NOT NULL',
    counted: [['not-null', 2]],
    fails: ['23502', 'a'],
    cleaned: 'UPDATE t SET a = 100 WHERE a IS NULL',
  },
  'VALIDATE CONSTRAINT of a domain, added before': {
    columns: 'a rate',
    rows: 'VALUES (1), (101), (102), (NULL)',
    around: 'ALTER DOMAIN percent ADD CONSTRAINT c CHECK (VALUE < 100) NOT VALID',
    upgrade: 'ALTER DOMAIN percent VALIDATE CONSTRAINT c',
    counted: [['check', 2]],
    fails: ['23514', 'a'],
    cleaned: 'UPDATE t SET a = 1',
  },
  'VALIDATE CONSTRAINT of a domain, added by the migration': {
    columns: 'a percent',
    rows: 'VALUES (1), (101), (NULL)',
    upgrade:
      'ALTER DOMAIN percent ADD CONSTRAINT c CHECK (VALUE < 100) NOT VALID;\nALTER DOMAIN percent VALIDATE CONSTRAINT c',
    counted: [['check', 1]],
    fails: ['23514', 'a'],
    cleaned: 'UPDATE t SET a = 1',
  },
  'a column becomes a domain': {
    columns: 'a int',
    rows: 'VALUES (1), (101), (-102), (NULL)',
    upgrade: 'ALTER TABLE t ALTER COLUMN a TYPE tight',
    counted: [
      ['not-null', 1],
      ['check', 2],
      ['check', 1],
    ],
    fails: ['23514', 'small_range'],
    cleaned: 'UPDATE t SET a = 5',
  },
  'text becomes a domain over a number': {
    since: 16,
    columns: 'a text',
    rows: `VALUES ('1'), ('many'), ('101'), (NULL)`,
    upgrade: 'ALTER TABLE t ALTER COLUMN a TYPE small USING a::small',
    counted: [
      ['cast', 1],
      ['check', 1],
    ],
    fails: ['22P02'],
    cleaned: `UPDATE t SET a = '2'`,
  },
  'a column becomes a domain that the migration makes': {
    columns: 'a text',
    rows: `VALUES ('abc'), ('b'), (NULL)`,
    upgrade: `CREATE DOMAIN code AS text CONSTRAINT code_form CHECK (VALUE ~ '^b' -- or so
);
ALTER TABLE t ALTER COLUMN a TYPE code`,
    counted: [['check', 1]],
    fails: ['23514', 'code_form'],
    cleaned: `UPDATE t SET a = 'b'`,
  },
  'an array of domains, and of enums': {
    since: 16,
    columns: 'a int[], b text[]',
    rows: `VALUES ('{1,NULL}', '{sad}'), ('{1,101}', '{angry,sad}'), (NULL, '{"g,lad"}'), ('{}', '{}')`,
    upgrade: 'ALTER TABLE t ALTER COLUMN a TYPE small[];\nALTER TABLE t ALTER COLUMN b TYPE mood[] USING b::mood[]',
    counted: [
      ['check', 1],
      ['enum', 2],
    ],
    fails: ['23514', 'small_range'],
    cleaned: `UPDATE t SET a = '{5}', b = '{glad,sad}'`,
  },
  'a domain over an enum': {
    columns: 'a text',
    rows: `VALUES ('sad'), ('angry'), ('glad'), (NULL)`,
    upgrade: `CREATE DOMAIN joy AS mood CHECK (VALUE = 'glad');\nALTER TABLE t ALTER COLUMN a TYPE joy USING a::joy`,
    counted: [
      ['enum', 1],
      ['check', 1],
    ],
    fails: ['23514', 'joy_check'],
    cleaned: `UPDATE t SET a = 'glad'`,
  },
  'a domain with a name that wants quotes': {
    columns: `a "my app"."D""om.x'"`,
    rows: 'VALUES (1), (2), (NULL)',
    upgrade: `ALTER DOMAIN "my app"."D""om.x'" ADD CONSTRAINT "d'c" CHECK (VALUE < 2)`,
    counted: [['check', 1]],
    fails: ['23514', 'a'],
    cleaned: 'UPDATE t SET a = 1',
  },
  'a column is added as a domain that takes no NULL': {
    columns: 'a int',
    rows: 'VALUES (1), (2)',
    upgrade: 'ALTER TABLE t ADD COLUMN b tight',
    counted: [['no-rows', 2]],
    fails: ['23502'],
    cleaned: 'DELETE FROM t',
  },
  'a column is added as a domain that does not take its default': {
    columns: 'a int',
    rows: 'VALUES (1), (2)',
    upgrade: 'ALTER TABLE t ADD COLUMN b small DEFAULT 50 + 60',
    counted: [['no-rows', 2]],
    fails: ['23514', 'small_range'],
    cleaned: 'DELETE FROM t',
  },
}

async function planned(upgrade: string) {
  const run = await planOf({ '001_initial.sql': versions, '002_upgrade.sql': `${upgrade};\n` }, urlOf(database))
  return {
    preconditions: run.preconditions.map(({ kind, outcome, sqlstate, counted }) => ({
      kind,
      outcome,
      sqlstate,
      counted,
    })),
    notChecked: run.notChecked,
  }
}

async function tried(upgrade: string) {
  await using staging = await openStaging({
    url: urlOf(database),
    limits: { lockTimeoutMs: 500, statementTimeoutMs: 10_000 },
  })
  const { signal } = new AbortController()
  return await applyAndRollBack(staging, {
    migrations: [await migration('002', upgrade)],
    versions: { table: 'public.schema_version', exists: true },
    signal,
  })
}

describe('counted, and then tried', () => {
  test.for(Object.entries({ ...cases, ...partitions, ...domains }))(
    '%s',
    async ([, { since = 0, columns, rows, around = '', upgrade, counted, fails, cleaned }], { skip }) => {
      if (server.major < since) skip(`needs PostgreSQL ${since}`)
      await session.query(`CREATE TABLE t (${columns}); INSERT INTO t ${rows}; ANALYZE t`)
      try {
        await session.query(around)
        const dirty = await planned(upgrade)
        expect(dirty.notChecked).toEqual([])
        expect(dirty.preconditions.map(({ kind, counted }) => [kind, counted])).toEqual(
          counted.map(([kind, found]) => [kind, { how: 'exact', found }]),
        )
        const found = await tried(upgrade)
        expect([found.outcome, found.leftOut]).toEqual([fails ? 'failed' : 'ok', []])
        const { sqlstate, constraint, column } = found.error ?? {}
        expect([sqlstate, constraint ?? column]).toEqual([fails?.[0], fails?.[1]])
        // The code is one of those that were foretold.
        expect(dirty.preconditions.flatMap((each) => each.sqlstate ?? [])).toContain(sqlstate)

        await session.query(cleaned)
        const clean = await planned(upgrade)
        expect([clean.notChecked, clean.preconditions.map(({ counted }) => counted)]).toEqual([
          [],
          counted.map(() => ({ how: 'exact', found: 0 })),
        ])
        expect((await tried(upgrade)).outcome).toBe('ok')
      } finally {
        await session.query('DROP TABLE IF EXISTS t, p, q; ALTER DOMAIN percent DROP CONSTRAINT IF EXISTS c')
      }
    },
  )
})
