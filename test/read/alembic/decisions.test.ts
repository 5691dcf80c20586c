import { describe, expect, test } from 'vitest'
import { readVersionFile } from '../../../src/read/alembic/version-file.ts'
import { parts, readFile, readUpgrade } from './reading.ts'

describe('the history', () => {
  test('revisions, labels and message', () => {
    const version = readFile(`"""add a thing

Revision ID: c
"""
revision: str = "c"
down_revision = ("a", "b")
branch_labels = ["left"]
depends_on = "d"
def upgrade(): pass
`)
    expect({ ...version, up: undefined }).toEqual({
      file: 'versions/one.py',
      at: { file: 'versions/one.py', line: 6, column: 1, endLine: 6 },
      revision: 'c',
      downRevisions: ['a', 'b'],
      dependsOn: ['d'],
      branchLabels: ['left'],
      message: 'add a thing',
      up: undefined,
      down: undefined,
    })
  })

  test('a text that is not Python names the place', () => {
    expect(readVersionFile('a.py', 'revision = "1"\ndef upgrade(:\n    pass\n')).toEqual({
      what: 'a.py',
      why: 'It could not be read as Python (line 2, column 13).',
      at: { file: 'a.py', line: 2, column: 13, endLine: 2 },
    })
  })

  test('a file without a revision, or with one that only running it tells', () => {
    const at = { file: 'a.py', line: 1, column: 1, endLine: 1 }
    const why = "It has no `revision` that can be read, so it has no place in Alembic's history."
    expect(readVersionFile('a.py', 'def upgrade(): pass')).toEqual({ what: 'a.py', why, at })
    expect(readVersionFile('a.py', 'import os\nrevision = os.environ["R"]\n')).toEqual({ what: 'a.py', why, at })
    expect(readVersionFile('a.py', 'import os\nrevision = "1"\ndown_revision = os.environ["R"]\n')).toEqual({
      what: 'a.py',
      why: 'Its place in Alembic\'s history could not be read: `os.environ["R"]` is known only when the migration runs.',
      at,
    })
  })
})

describe('the downgrade', () => {
  const file = (downgrade: string): string => `revision = '1'\ndef upgrade(): pass\n${downgrade}`

  test('no function, an empty one, and one that refuses', () => {
    expect(readFile(file('')).down).toBeUndefined()
    expect(readFile(file('def downgrade():\n    """none"""\n    # nothing\n    pass\n')).down).toEqual({
      direction: 'down',
      file: 'versions/one.py',
      at: { file: 'versions/one.py', line: 3, column: 1, endLine: 3 },
      fragments: [],
      transaction: 'run',
    })
    expect(parts(readFile(file('def downgrade():\n    raise NotImplementedError("no way back")\n')).down)).toEqual([
      '4 ! it refuses to run: `raise NotImplementedError("no way back")`',
    ])
    const refusal = (code: string) => {
      const [part] = readFile(file(`def downgrade():\n    ${code}\n`)).down?.fragments ?? []
      return part?.kind === 'unreadable' ? part.refusal : undefined
    }
    expect(refusal('raise NotImplementedError("no way back")')).toBe('no way back')
    expect(refusal('raise NotImplementedError')).toBe('')
    expect(refusal('op.execute(somewhere)')).toBe(undefined)
  })

  test('one that is imported, and a file without upgrade()', () => {
    const version = readFile("revision = '1'\nfrom app.shared import downgrade\n")
    expect(parts(version.down)).toEqual([
      '2 ! `downgrade` is imported from `app.shared.downgrade`, so what it does is not read',
    ])
    expect(parts(version.up)).toEqual(['1 ! there is no `upgrade()` function'])
  })
})

describe('loops', () => {
  test('a batch loop is one statement that stands for many', () => {
    const script = readUpgrade(`    conn = op.get_bind()
    size = 1000
    while True:
        result = conn.execute(sa.text(f"UPDATE t SET a = 1 WHERE a IS NULL LIMIT {size}"))
        if result.rowcount == 0:
            break
    op.execute("SELECT 'after'")
    rows = 1
    while rows > 0:
        rows = conn.execute(sa.text("DELETE FROM t WHERE id IN (SELECT id FROM t LIMIT :n)"), {"n": size}).rowcount
    last = 0
    while True:
        op.execute(f"UPDATE t SET a = 1 WHERE id > {last}")
        last += 1000
        if last > conn.execute(sa.text("SELECT max(id) FROM t")).scalar():
            break`)
    expect(parts(script)).toEqual([
      '10 [repeated] UPDATE t SET a = 1 WHERE a IS NULL LIMIT 1000',
      "13 SELECT 'after'",
      '16 [repeated] DELETE FROM t WHERE id IN (SELECT id FROM t LIMIT 1000)',
      '19 ! `f"UPDATE t SET a = 1 WHERE id > {last}"` is known only when the migration runs',
      '21 [repeated] SELECT max(id) FROM t',
    ])
  })

  test('loops with an end that is known are followed', () => {
    expect(
      parts(
        readUpgrade(`    i = 0
    while i < 2:
        i += 1
        op.execute(f"SELECT {i}")
    for name in ["a", "b", "c"]:
        if name == "b":
            continue
        op.drop_table(name)
    while True:
        op.execute("SELECT 'once'")
        break`),
      ),
    ).toEqual(['10 SELECT 1', '10 SELECT 2', '14 DROP TABLE a', '14 DROP TABLE c', "16 SELECT 'once'"])
  })

  test('a loop over what the database holds is not read', () => {
    expect(
      parts(
        readUpgrade(`    for row in op.get_bind().execute(sa.text("SELECT id FROM t")):
        op.execute(f"DELETE FROM u WHERE id = {row.id}")
    for table in sa.inspect(op.get_bind()).get_table_names():
        print(table)`),
      ),
    ).toEqual([
      '7 SELECT id FROM t',
      '7 ! what this loop goes through (`op.get_bind().execute(sa.text("SELECT id FROM t"))`) is known only when the migration runs',
    ])
  })
})

describe('what cannot be decided is told, never guessed, never dropped', () => {
  const cases: { readonly [what: string]: [body: string, expected: string[]] } = {
    'a condition on the database': [
      `    if sa.inspect(op.get_bind()).has_table("t"):
        op.drop_table("t")
    op.execute("SELECT 1")`,
      [
        '7 ! what is done here depends on `sa.inspect(op.get_bind()).has_table("t")`, which is known only when the migration runs',
        '9 SELECT 1',
      ],
    ],
    'an early return': [
      `    op.execute("SELECT 1")
    if not sa.inspect(op.get_bind()).has_table("t"):
        return
    op.execute("SELECT 2")`,
      [
        '7 SELECT 1',
        '8 ! what follows here depends on `not sa.inspect(op.get_bind()).has_table("t")`, which is known only when the migration runs',
      ],
    ],
    'a value from the environment': [
      `    import os
    op.execute("CREATE ROLE " + os.environ["NAME"])
    name = os.getenv("SCHEMA", "public")
    op.drop_table("t", schema=name)`,
      [
        '8 ! `"CREATE ROLE " + os.environ["NAME"]` is known only when the migration runs',
        '10 ! what `getenv()` gives is known only when the migration runs',
      ],
    ],
    'helpers of other modules': [
      `    from app.migrations import create_audit_trigger, Helper
    create_audit_trigger("t")
    Helper(op).run()
    Helper("t").run()`,
      [
        '8 ! `create_audit_trigger` comes from `app.migrations`, which is not read',
        '9 ! `Helper` comes from `app.migrations`, which is not read',
        '10 ! `Helper("t").run()` is not read',
      ],
    ],
    'operations that Alembic does not have': [
      `    op.create_view("v", "SELECT 1")
    op.run_async(lambda connection: None)
    getattr(op, "drop_table")("t")
    globals()["upgrade_main"]()
    list(map(op.drop_table, ["a", "b"]))
    [op.drop_table(name) for name in open("tables")]`,
      [
        "7 ! `op.create_view()` is not one of Alembic's own operations, or what it sends is known only when it runs",
        "8 ! `op.run_async()` is not one of Alembic's own operations, or what it sends is known only when it runs",
        '9 ! what `getattr()` gives is known only when the migration runs',
        '10 ! `globals()["upgrade_main"]` is known only when the migration runs',
        '11 ! what `map(op.drop_table, ["a", "b"])` does is known only when the migration runs',
        '12 ! `[op.drop_table(name) for name in open("tables")]` is known only when the migration runs',
      ],
    ],
    'names that are defined under a condition': [
      `    known = op.get_bind().execute(sa.text("SELECT 1")).scalar()
    drop, text = print, "a"
    def f(): pass
    def g(): pass
    if known:
        drop = op.drop_table
        text = "b"
        def f(): op.drop_table("f")
        from elsewhere import g
    drop("t")
    f()
    g()
    print(text)
    op.execute(text)`,
      ['7 SELECT 1', '16-20 ! a value that depends on a condition is known only when the migration runs'],
    ],
    'classes under a condition': [
      `    known = op.get_bind().execute(sa.text("SELECT 1")).scalar()
    class Made:
        __tablename__ = "made"
        __table__ = sa.Table("made", sa.MetaData(), sa.Column("a", sa.Text()))
        def work(self): op.drop_table("t")
    if known:
        Made.__table__.create(op.get_bind())
    if known:
        Made().work()
    if known:
        print(Made.__tablename__)`,
      ['7 SELECT 1', '12-14 ! what is done here depends on `known`, which is known only when the migration runs'],
    ],
    'short circuits': [
      `    known = op.get_bind().execute(sa.text("SELECT 1")).scalar()
    known and op.drop_table("a")
    op.drop_table("b") if known else op.drop_table("c")
    True and op.drop_table("d")`,
      [
        '7 SELECT 1',
        '8 ! whether `op.drop_table("a")` runs is known only when the migration runs',
        '9 ! `op.drop_table("b") if known else op.drop_table("c")` is known only when the migration runs',
        '10 DROP TABLE d',
      ],
    ],
    'what is caught when it fails': [
      `    try:
        op.drop_constraint("a", "t")
    except Exception:
        op.drop_constraint("b", "t")
    try:
        op.drop_constraint(None, "t")
        op.drop_column("t", "c")
    except Exception:
        pass`,
      [
        '8 ALTER TABLE t DROP CONSTRAINT a',
        '9 ! this runs only when the statements before it fail',
        '12 ! a constraint without a name cannot be dropped',
        '13 ! whether this runs depends on whether what stands before it fails',
      ],
    ],
    'sessions and mapped classes': [
      `    from sqlalchemy.orm import Session
    session = Session(bind=op.get_bind())
    session.execute(sa.text("DELETE FROM t"))
    session.query(object).delete()
    session.commit()`,
      ['9 DELETE FROM t', '10 ! `.query()` of a session is not read'],
    ],
    'types that are not known': [
      `    from app.types import Money
    op.add_column("t", sa.Column("a", Money()))
    op.add_column("t", sa.Column("b", sa.Integer()), **{"schema": "s"})
    op.alter_column("t", "c", existing_type=Money(), nullable=False)`,
      [
        "8 ! the type `app.types.Money` is not one of SQLAlchemy's, so its SQL is not known",
        '9 ALTER TABLE s.t ADD COLUMN b INTEGER',
        '10 ALTER TABLE t ALTER COLUMN c SET NOT NULL',
      ],
    ],
    'a parameter without a value': [
      `    op.execute("UPDATE t SET a = '{\\"b\\":1}'")`,
      ['7 ! SQLAlchemy reads `:1` in this text as a parameter, and no value is given for it'],
    ],
    'a batch that copies the table': [
      `    with op.batch_alter_table("t", recreate="always") as batch_op:
        batch_op.drop_column("a")`,
      ['7-8 ! a batch that recreates the table copies it, in steps that depend on the table it finds'],
    ],
  }

  test.each(Object.entries(cases))('%s', (_, [body, expected]) => {
    expect(parts(readUpgrade(body))).toEqual(expected)
  })
})

test('what sends nothing is not told', () => {
  expect(
    parts(
      readUpgrade(
        `    """docstring"""
    import logging, datetime, uuid, json
    logger = logging.getLogger(__name__)
    logger.info("start %s", datetime.datetime.now())
    print("x", uuid.uuid4())
    unused = json.dumps({"a": 1})
    existing = [column["name"] for column in sa.inspect(op.get_bind()).get_columns("t")]
    assert existing
    if "a" in existing:
        print("has a")
    return existing`,
      ),
    ),
  ).toEqual([])
})

test('values that are not known become parameters of a statement that is', () => {
  const script = readUpgrade(`    import datetime
    conn = op.get_bind()
    conn.execute(sa.text("INSERT INTO t (a, b, c) VALUES (:a, :b, :a)"), {"a": datetime.datetime.now(), "b": "x"})
    rows = conn.execute(sa.text("SELECT id FROM t")).fetchall()
    conn.execute(sa.text("UPDATE t SET a = :a WHERE id = :id"), [{"a": 1, "id": row.id} for row in rows])
    t = sa.table("t", sa.column("a"), sa.column("b"))
    op.bulk_insert(t, [{"a": datetime.date.today(), "b": 1}])`)
  expect(parts(script)).toEqual([
    "9 INSERT INTO t (a, b, c) VALUES ($1, 'x', $1)",
    '10 SELECT id FROM t',
    '11 UPDATE t SET a = $1 WHERE id = $2',
    '13 INSERT INTO t (a, b) VALUES ($1, 1)',
  ])
})

test('autocommit_block', () => {
  const script = readUpgrade(`    op.execute("SELECT 1")
    with op.get_context().autocommit_block():
        op.create_index("i", "t", ["a"], postgresql_concurrently=True)
        op.execute("ALTER TYPE x ADD VALUE 'y'")
    op.execute("SELECT 2")`)
  expect(parts(script)).toEqual([
    '7 SELECT 1',
    '9 [autocommit] CREATE INDEX CONCURRENTLY i ON t (a)',
    "10 [autocommit] ALTER TYPE x ADD VALUE 'y'",
    '11 SELECT 2',
  ])
})

test('a program without an end is given up', () => {
  const endless = ' ! its loops, calls or expressions go on for too long to be followed'
  expect(parts(readUpgrade('    f()', 'def f():\n    f()'))).toEqual([`6${endless}`])
  expect(
    parts(
      readUpgrade('    for a in range(9000):\n        for b in range(9000):\n            op.execute(f"SELECT {a}")'),
    ).slice(-1),
  ).toEqual([`6${endless}`])
  expect(parts(readUpgrade('    s = "ab"\n    for i in range(60):\n        s = s + s\n    op.execute(s)'))).toEqual([
    '6 ! a string grows too long to be followed',
  ])
  expect(parts(readUpgrade(`    op.execute(${'('.repeat(2000)}"SELECT 1"${')'.repeat(2000)})`))).toEqual([
    `6${endless}`,
  ])
})
