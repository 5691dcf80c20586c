import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { firstError, parsePython } from '../../../src/read/alembic/source.ts'
import { parts, readUpgrade } from './reading.ts'

/** Python that the parser alone does not accept. */
const texts = {
  'with in parentheses': `with (
    open("a") as a,  # a comment, with (an open one
    open("b, c as d") as b,
):
    pass
with (open("a") as a): pass
async def f():
    async with (g() as h, i()):
        pass
`,
  'targets that are not names': `with open("a") as self.file, open("b") as (c, d), f(x)[0] as e["k"]:
    pass
`,
  'numbers that end in a point': 'x = [1., 2.*3, 1_0., x[1.], 4.]\ny = 5.\n',
  'yield without a value': `def f():
    yield
    x = yield  # a comment
    return (yield)
`,
  'starred names in comprehensions': 'x = [b for a, *b in c]\ny = {a: d for *_, a, d in c}\n',
  patterns: `match x:
    case str():
        pass
    case {"a": dict() as b, **rest} if b:
        pass
    case [] | A(b=1) | (C(), *_):
        pass
    case (
        D()
    ):
        pass
case = 1
case.x = case[0] = case
`,
  'all of them, and text that looks like them': `"""with (a as b):
1. yield
"""
s = 'case str():' "for *a in" r'\\ ' # with (a as b):
with (open("a") as a):
    t = 2.
`,
}

/** Before 3.10 Python has no patterns. */
const accepts = 'import ast, sys; sys.version_info < (3, 10) or ast.parse(sys.stdin.read())'

test.each(Object.entries(texts))('%s', (_, text) => {
  execFileSync('python3', ['-c', accepts], { input: text })
  const source = parsePython('a.py', text)
  expect(firstError(source)).toBeUndefined()
  expect(source.text).toBe(text)
})

test('what is not Python stays an error', () => {
  for (const text of ['with (a as b, :\n    pass\n', 'x = 1.2.\n', 'case str(): pass\n', 'def f(:\n    yield\n'])
    expect(firstError(parsePython('a.py', text))).toBeDefined()
})

test('the code in it is read, at its place', () => {
  const script = readUpgrade(
    `    with (
        op.batch_alter_table("t") as t,  # first
        op.batch_alter_table("u") as u,
    ):
        u.drop_column("b")
        t.drop_column("a")
    with (op.get_context().autocommit_block()):
        op.execute("SELECT 1")
    with (op.batch_alter_table("v"), op.get_context().autocommit_block()):
        op.execute("SELECT 2")
    one = 1.
    op.execute(f"SELECT {one}")
    match op.get_bind().dialect.name:
        case str():
            op.execute("SELECT 3")
    for row in steps():
        op.execute("SELECT 4")
    rows = [op.execute(f"SELECT {rest}") for first, *rest in [(1, 2)]]`,
    'def steps():\n    op.execute("SELECT 5")\n    yield',
  )
  expect(parts(script)).toEqual([
    '11 ALTER TABLE u DROP COLUMN b',
    '12 ALTER TABLE t DROP COLUMN a',
    '14 [autocommit] SELECT 1',
    '16 [autocommit] SELECT 2',
    '18 SELECT 1.0',
    '19 ! `match op.get_bind().dialect.name: case str(): op.execute(…` is not read',
    '22 ! `steps()` is a generator or a coroutine, whose steps are known only when the migration runs',
    '24 ! `f"SELECT {rest}"` is known only when the migration runs',
  ])
})
