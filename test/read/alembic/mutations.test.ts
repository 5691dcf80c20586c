import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findAlembic, readAlembicProject } from '../../../src/read/alembic/project.ts'
import { parsePython } from '../../../src/read/alembic/source.ts'
import { readVersionFile } from '../../../src/read/alembic/version-file.ts'
import { type Random, rounds, withinASecond } from '../../rounds.ts'
import { readVersionFiles } from './reading.ts'
import { places } from './verbatim.ts'

/** Some of a list, in place of nothing, of one or of a few of another. */
function spliced<T>(list: readonly T[], pick: Random, others: readonly T[]): T[] {
  const from = pick(list.length + 1)
  const source = pick(others.length)
  const [gone, come] = [pick(4), pick(4)]
  return [...list.slice(0, from), ...others.slice(source, source + come), ...list.slice(from + gone)]
}

const bytes = [...Buffer.from('()[]{}"\'\\#:=,.*@%\n\t \0\u00e9\u{1f600}')]

/** Bytes: taken out, put in, flipped. What is no longer UTF-8 is read with the replacement character. */
function byBytes(text: string, pick: Random): string {
  const list = spliced([...Buffer.from(text)], pick, bytes)
  const at = pick(list.length)
  if (pick(2) === 0) list[at] = (list[at] ?? 0) ^ (1 << pick(8))
  return Buffer.from(list).toString('utf8')
}

/** Lines: taken out, doubled, moved, indented, cut off. */
function byLines(text: string, pick: Random): string {
  const lines = text.split('\n')
  const at = pick(lines.length)
  switch (pick(4)) {
    case 0:
      lines[at] = `${' '.repeat(pick(9))}${(lines[at] ?? '').slice(pick(4))}`
      return lines.join('\n')
    case 1:
      return lines.slice(0, at).join('\n')
    default:
      return spliced(lines, pick, lines).join('\n')
  }
}

/** The text between and in the leaves of the syntax tree. */
function tokensOf(text: string): string[] {
  const tokens: string[] = []
  let done = 0
  parsePython('a.py', text)
    .tree.cursor()
    .iterate(({ node }) => {
      if (node.firstChild || node.to <= done) return
      tokens.push(text.slice(done, node.from), text.slice(node.from, node.to))
      done = node.to
    })
  return [...tokens, text.slice(done)]
}

const strange = [
  'while True:\n',
  ' if x else ',
  'lambda: ',
  '**',
  ' = ',
  'op',
  'yield',
  'None',
  '"""',
  "f'{x}'",
  '1e999',
  '\uD800',
]

function byTokens(text: string, pick: Random, other: string): string {
  return spliced(tokensOf(text), pick, pick(3) === 0 ? strange : tokensOf(other)).join('')
}

function mutate(text: string, pick: Random, other: string): string {
  const kind = pick(3)
  return kind === 0 ? byBytes(text, pick) : kind === 1 ? byLines(text, pick) : byTokens(text, pick, other)
}

const originals = Object.values(readVersionFiles())

test('a thousand random changes of valid version files: each gives a result or an error, within a second', async () => {
  let read = 0
  await rounds({ seed: 20260729, count: 1000 }, async (random, round) => {
    let text = originals[round % originals.length] ?? ''
    for (let times = 1 + random(3); times > 0; times--)
      text = mutate(text, random, originals[random(originals.length)] ?? '')
    const version = await withinASecond(text, () => readVersionFile('versions/x.py', text))
    if ('why' in version) return
    read++
    expect(places(version, text).wrong).toEqual([])
  })
  // Both ways out are taken, or the test would show nothing.
  expect(read).toBeGreaterThan(200)
  expect(read).toBeLessThan(800)
})

test('random changes of what a project’s version files import, and of its configuration', async () => {
  const root = 'test/read/alembic/projects/library'
  const files = readdirSync(root, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
  const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]))
  const others = files.filter((file) => !file.includes('versions/') && texts.get(file))
  const outcomes = new Set<string>()
  await rounds({ seed: 7, count: 200 }, async (random) => {
    const changed = others[random(others.length)] ?? ''
    const text = mutate(texts.get(changed) ?? '', random, originals[random(originals.length)] ?? '')
    const readText = async (path: string) => (path === changed ? text : (texts.get(path) ?? ''))
    const project = await withinASecond({ changed, text }, async () => {
      await findAlembic(files, readText)
      return await readAlembicProject({ directory: '', paths: files, readText, statusOf: () => 'base' })
    })
    const unread = project.migrations.some(({ up }) => up.fragments.some(({ kind }) => kind === 'unreadable'))
    outcomes.add(project.migrations.length === 0 ? 'none' : unread ? 'in part' : 'whole')
  })
  expect([...outcomes].sort()).toEqual(['in part', 'none', 'whole'])
})
