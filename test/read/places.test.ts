import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Location } from '../../src/model/location.ts'
import type { ParsedScript } from '../../src/model/migration.ts'
import type { Operation } from '../../src/model/operation.ts'
import { tokens } from '../../src/parse/lexer.ts'
import { parseMigration } from '../../src/parse/parse.ts'
import { split } from '../../src/parse/split.ts'
import { readProject } from '../../src/read/read.ts'
import { examplesIn } from '../examples.ts'
import { repository } from '../repository.ts'
import { inMemory, projects } from './layout-projects.ts'

// Every history and every example of the tests, written to disk as other editors would write it, and read from there.

const options = { defaultSchema: 'public' }

/** What is put before the character at an offset, or in place of it. */
interface Edit {
  readonly at: number
  readonly text: string
  readonly replaces?: number
}

interface Written {
  readonly text: string
  /** Where a character of the original is now. */
  readonly moved: (offset: number) => number
}

function edited(original: string, edits: readonly Edit[]): Written {
  const sorted = [...edits].sort((a, b) => a.at - b.at)
  const moved = new Uint32Array(original.length + 1)
  let text = ''
  let next = 0
  for (let at = 0; at <= original.length; ) {
    let replaced = 0
    for (; sorted[next]?.at === at; next++) {
      const { text: put = '', replaces = 0 } = sorted[next] ?? {}
      text += put
      replaced = Math.max(replaced, replaces)
    }
    moved.fill(text.length, at, at + Math.max(1, replaced))
    if (replaced === 0) text += original[at] ?? ''
    at += Math.max(1, replaced)
  }
  return { text, moved: (offset) => moved[offset] ?? text.length }
}

function found(text: string, pattern: RegExp): number[] {
  return [...text.matchAll(pattern)].map(({ index }) => index)
}

/** Before each statement, and behind the first word of it. */
function wordsOfOtherScripts(text: string): Edit[] {
  return split(text)
    .filter(({ kind }) => kind === 'sql')
    .flatMap(({ start }) => {
      const first = tokens(text, start).next().value
      return [{ at: start, text: '/* Größe 🦄 */ ' }, ...(first ? [{ at: first.end, text: ' /* 数 é */' }] : [])]
    })
}

const crlf = (text: string): Edit[] => found(text, /(?<!\r)\n/g).map((at) => ({ at, text: '\r' }))
const tabs = (text: string): Edit[] => split(text).map(({ start }) => ({ at: start, text: '\t \t' }))
const mark = (): Edit[] => [{ at: 0, text: '\uFEFF' }]

const variants: { readonly [name: string]: (text: string) => Edit[] } = {
  'as it is': () => [],
  CRLF: crlf,
  'a byte order mark': mark,
  tabs,
  'words of other scripts': wordsOfOtherScripts,
  'all of them': (text) => [...mark(), ...crlf(text), ...tabs(text), ...wordsOfOtherScripts(text)],
}

function below(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file))
    .sort()
}

const pages = readdirSync('rules', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => [`rules/${name}/README.md`, `rules/${name}/cases.md`])
  .filter((page) => existsSync(page))

const corpus: string[] = [
  ...['examples', 'test/lint/histories', 'test/parse', 'test/postgres']
    .flatMap((folder) => below(folder, '.sql'))
    .map((file) => readFileSync(file, 'utf8')),
  ...pages.flatMap(examplesIn).flatMap(({ before, up, down = '' }) => [before, up, down]),
]
const files = [...new Set(corpus)].filter((sql) => sql !== '')

/** Each statement and each operation in it, in order, with its place. */
function placesIn({ statements, unreadable }: ParsedScript): { what: string; at: Location }[] {
  const inside = (op: Operation): { what: string; at: Location }[] => [
    { what: op.kind, at: op.at },
    ...('body' in op ? op.body.flatMap(inside) : []),
  ]
  return [
    ...statements.flatMap(({ at, operations }) => [{ what: 'statement', at }, ...operations.flatMap(inside)]),
    ...unreadable.map(({ at }) => ({ what: 'unreadable', at })),
  ]
}

function lineStarts(text: string): number[] {
  return [0, ...found(text, /\n/g).map((at) => at + 1)]
}

async function readFromDisk(texts: readonly string[]): Promise<ParsedScript[]> {
  const name = (index: number) => `migrations/${String(index + 1).padStart(4, '0')}_file.sql`
  await using repo = await repository(Object.fromEntries(texts.map((text, index) => [name(index), text])))
  const project = await readProject({
    repository: repo.path,
    tool: 'numbered-sql',
    directory: undefined,
    changed: [],
  })
  expect(project.notChecked).toEqual([])
  expect(project.migrations).toHaveLength(texts.length)
  const scripts: ParsedScript[] = []
  for (const migration of project.migrations) scripts.push((await parseMigration(migration, options)).up)
  return scripts
}

const plain = await readFromDisk(files)

describe.each(Object.entries(variants))('%s', (_, edits) => {
  test('each statement is written at its place, and each operation where it was before', async () => {
    const written = files.map((text) => edited(text, edits(text)))
    const scripts = await readFromDisk(written.map(({ text }) => text))
    const wrong: unknown[] = []
    let checked = 0
    for (const [index, script] of scripts.entries()) {
      const [original = '', { text, moved } = { text: '', moved: () => 0 }] = [files[index], written[index]]
      // Editors do not show the mark.
      const shown = text.replace(/^\uFEFF/, '')
      const [starts, startsBefore] = [lineStarts(shown), lineStarts(original)]
      for (const { at, sql } of script.statements) {
        const from = (starts[at.line - 1] ?? 0) + at.column - 1
        if (shown.slice(from, from + sql.length) !== sql) wrong.push({ at, sql })
        if (at.endLine !== at.line + sql.split('\n').length - 1) wrong.push({ at, sql })
        checked++
      }
      const expected = placesIn(plain[index] as ParsedScript).map(({ what, at }) => {
        const offset = (startsBefore[at.line - 1] ?? 0) + at.column - 1
        const now = moved(offset) - (text.length - shown.length)
        const column = now - (starts[at.line - 1] ?? 0) + 1
        return { what, at: { ...at, column } }
      })
      const actual = placesIn(script)
      for (const [i, { what, at }] of actual.entries()) {
        const { what: kind, at: place } = expected[i] ?? {}
        const same =
          kind === what && place?.line === at.line && place.column === at.column && place.endLine === at.endLine
        if (!same) wrong.push({ original, what, at, expected: expected[i] })
      }
      if (actual.length !== expected.length) wrong.push({ original, actual, expected })
    }
    expect(wrong.slice(0, 5)).toEqual([])
    expect(checked).toBeGreaterThan(1000)
  })
})

/** The files that hold SQL in another form of themselves; the rest as it is. */
function inVariant(tree: Readonly<Record<string, string>>, edits: (text: string) => Edit[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tree).map(([path, text]) => [path, path.endsWith('.sql') ? edited(text, edits(text)).text : text]),
  )
}

describe.each(projects.map(([layout, tree]) => ({ tool: layout.tool, layout, tree })))('$tool', ({ layout, tree }) => {
  test.each(Object.entries(variants))('%s: each statement is what the file holds at its place', async (name, edits) => {
    // A tool does not know its own marker behind a tab or another comment.
    const isMoved = /tabs|words|all/.test(name)
    const written = inVariant(tree, (text) =>
      edits(text).filter(({ at }) => !isMoved || at === 0 || !isMarker(text, at)),
    )
    const { migrations } = await layout.read('', inMemory(written))
    let statements = 0
    for (const migration of migrations) {
      const { up, down } = await parseMigration(migration, options)
      for (const script of down ? [up, down] : [up]) {
        const shown = (written[script.file] ?? '').replace(/^\uFEFF/, '')
        const starts = lineStarts(shown)
        for (const { at, sql } of script.statements) {
          const from = (starts[at.line - 1] ?? 0) + at.column - 1
          expect([script.file, at, shown.slice(from, from + sql.length)]).toEqual([script.file, at, sql])
          expect(at.endLine - at.line).toBe(sql.split('\n').length - 1)
          statements++
        }
        for (const { at, reason } of script.unreadable)
          if (reason.includes('byte order mark')) expect(at).toMatchObject({ line: 1, column: 1, endLine: 1 })
      }
    }
    if (!/mark|all/.test(name)) expect(statements).toBeGreaterThan(1)
  })
})

/** Whether the line that this offset is on, or the one before, is a comment that its tool may read. */
function isMarker(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)
  return /^\s*--/.test(line)
}
