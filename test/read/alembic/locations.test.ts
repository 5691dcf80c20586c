import { describe, expect, test } from 'vitest'
import type { SqlFragment } from '../../../src/model/migration.ts'
import { parseScript } from '../../../src/parse/parse.ts'
import { parsePython } from '../../../src/read/alembic/source.ts'
import { readFile, readVersionFiles } from './reading.ts'
import { places } from './verbatim.ts'

/** The place of a character of a fragment's SQL, as the anchors tell it. */
function place(fragment: SqlFragment, offset: number): { line: number; column: number; verbatim: boolean } {
  const anchor = fragment.anchors.filter((each) => each.offset <= offset).at(-1)
  if (!anchor) throw new Error('no anchor')
  if (!anchor.verbatim) return { line: anchor.line, column: anchor.column, verbatim: false }
  const between = fragment.sql.slice(anchor.offset, offset).split('\n')
  const last = between.at(-1) ?? ''
  const column = between.length === 1 ? anchor.column + last.length : last.length + 1
  return { line: anchor.line + between.length - 1, column, verbatim: true }
}

const body = `op.execute("SELECT one, two")
    op.execute("""
        UPDATE t
\tSET three = 'größe 😀 four'
        WHERE five = 5
    """)
    op.execute('SELECT \\'six\\' || \\u0041 || seven'
               r"\\ || eight"  # a comment
               f' || {name} || nine')
    op.execute("SELECT ten, \\
        eleven")
    op.execute(TEXT + "thirteen")
    op.execute("SELECT %s, fourteen" % name)
    op.execute(sa.text("SELECT :p, fifteen, '\\\\:x', sixteen").bindparams(p=1))
    op.execute(textwrap.dedent("""
        SELECT seventeen,
            eighteen
    """).strip())
    op.create_table("nineteen", sa.Column("twenty", sa.Integer()))`

const file = `"""Größe"""
import sqlalchemy as sa, textwrap
from alembic import op
revision = '1'
TEXT = """SELECT
  twelve, """
def upgrade():
    name = "x"
    ${body}
`

const words =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen'.split(
    ' ',
  )

describe.each([
  ['LF', file],
  ['CRLF', file.replaceAll('\n', '\r\n')],
  ['CR', file.replaceAll('\n', '\r')],
  ['a byte order mark', `\uFEFF${file}`],
])('with %s', (_, text) => {
  const fragments = readFile(text).up.fragments.flatMap((part) => (part.kind === 'sql' ? [part] : []))
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)

  test.each(words)('the word %s of a string is where the file has it', (word) => {
    const fragment = fragments.find(({ sql }) => new RegExp(`\\b${word}\\b`).test(sql))
    if (!fragment) throw new Error(`no fragment holds ${word}`)
    const at = place(fragment, fragment.sql.search(new RegExp(`\\b${word}\\b`)))
    const line = lines.findIndex((each) => new RegExp(`\\b${word}\\b`).test(each))
    expect(at).toEqual({
      line: line + 1,
      column: (lines[line] ?? '').search(new RegExp(`\\b${word}\\b`)) + 1,
      verbatim: true,
    })
  })

  test('what is put into a string, and what Alembic makes, is generated at its place', () => {
    const line = (word: string): number => lines.findIndex((each) => each.includes(word)) + 1
    const [format] = fragments.filter(({ sql }) => sql.includes('nine'))
    const [table] = fragments.slice(-1)
    expect(format && place(format, format.sql.indexOf('x ||'))).toEqual({
      line: line('{name}'),
      column: 22,
      verbatim: false,
    })
    expect(table?.anchors).toEqual([{ offset: 0, line: line('create_table'), column: 5, verbatim: false }])
  })

  test('line ends inside of strings are those of Python', () => {
    expect(fragments.map(({ sql }) => sql).filter((sql) => sql.includes('\r'))).toEqual([])
  })
})

/** The same program with other line ends, indentation and characters before its statements. */
const variants: { readonly [name: string]: (text: string) => string } = {
  'as it is': (text) => text,
  CRLF: (text) => text.replaceAll('\n', '\r\n'),
  CR: (text) => text.replaceAll('\n', '\r'),
  'a byte order mark': (text) => `\uFEFF${text}`,
  tabs: (text) => text.replace(/^( {4})+/gm, (spaces) => '\t'.repeat(spaces.length / 4)),
  'characters of two and four bytes': withStrings,
  'all of them': (text) => `\uFEFF${variants.tabs?.(withStrings(text)).replaceAll('\n', '\r\n')}`,
}

/** Puts a string before each statement of a function that begins a line. */
function withStrings(text: string): string {
  const source = parsePython('a.py', text)
  const starts: number[] = []
  source.tree.cursor().iterate(({ name, node }) => {
    if (name === 'ExpressionStatement' && node.parent?.name === 'Body') starts.push(node.from)
  })
  return starts.reduceRight((before, at) => `${before.slice(0, at)}"größe 😀"; ${before.slice(at)}`, text)
}

const files = readVersionFiles()

describe.each(Object.entries(variants))('%s', (name, variant) => {
  test.each(Object.entries(files))('each place in %s is right, and the SQL is the same', (file, text) => {
    const written = variant(text)
    const [plain, version] = [readFile(text, file), readFile(written, file)]
    expect(places(version, written).wrong).toEqual([])
    // Tabs and strings that hold several lines are part of the SQL, and of its places.
    const shape = ({ up, down }: typeof plain) =>
      [up, down].map((script) =>
        script?.fragments.map((part) =>
          part.kind === 'sql' ? part.sql.replace(/\s+/g, ' ') : part.reason.replace(/\s+/g, ' '),
        ),
      )
    expect(shape(version)).toEqual(shape(plain))
    expect(places(version, written).checked).toBe(places(plain, text).checked)
    if (name === 'as it is') expect(written).toBe(text)
  })
})

describe.each(Object.entries(variants))('%s', (_, variant) => {
  test.each(Object.entries(files))(
    'each statement of %s begins where it is written, or at the call that makes it',
    async (file, text) => {
      const written = variant(text)
      const { up, down } = readFile(written, file)
      const lines = written.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
      const wrong: unknown[] = []
      for (const script of down ? [up, down] : [up]) {
        const { statements } = await parseScript(script, { defaultSchema: 'public' })
        for (const { sql, at, operations } of statements) {
          const there = (lines[at.line - 1] ?? '').slice(at.column - 1)
          const [first = ''] = /^\S+/.exec(sql) ?? []
          // A string, a name that stands for one, or a call.
          if (!there.startsWith(first) && !/^(?:[\w.]+\(|[{\w"'])/.test(there)) wrong.push({ sql, at, there })
          for (const op of operations)
            if (op.at.line < at.line || op.at.endLine > at.endLine || op.at.file !== file) wrong.push({ sql, at, op })
        }
      }
      expect(wrong).toEqual([])
    },
  )
})

test('the files hold places to compare', () => {
  const checked = Object.entries(files).map(([file, text]) => places(readFile(text, file), text).checked)
  expect(checked.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(60)
})

test('a place that is wrong is found', () => {
  const [file = '', text = ''] = Object.entries(files).find(([name]) => name.endsWith('a04_statements.py')) ?? []
  const version = readFile(text, file)
  expect(places(version, `\n${text}`).wrong.length).toBeGreaterThan(0)
  expect(places(version, text.replace('SELECT', 'select')).wrong.length).toBeGreaterThan(0)
})
