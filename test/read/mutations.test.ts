import { describe, expect, test } from 'vitest'
import type { Project } from '../../src/model/migration.ts'
import { parseMigration } from '../../src/parse/parse.ts'
import { goose } from '../../src/read/goose.ts'
import { type Random, rounds, withinASecond } from '../rounds.ts'
import { inMemory, projects, type Tree } from './layout-projects.ts'

describe.each(projects.map(([layout, tree]) => ({ tool: layout.tool, layout, tree })))('$tool', ({ layout, tree }) => {
  test('a hundred damaged projects: each is read or told, at once, and every place is right', async () => {
    await rounds({ seed: layout.tool.length * 7919, count: 100 }, async (random, round) => {
      const damaged = round === 0 ? tree : damage(tree, random)
      const files = inMemory(damaged)
      const project = await withinASecond(damaged, async () => {
        await layout.find(files, round % 2 === 0)
        const read = await layout.read('', files)
        for (const migration of read.migrations) await parseMigration(migration, { defaultSchema: 'public' })
        return read
      })
      expectPlaces(project, damaged)
      if (round === 0) expect(project.migrations.length, JSON.stringify(project)).toBeGreaterThan(0)
    })
  })
})

test('a long file is read in time that grows with its length', async () => {
  const long = `-- +goose Up\n${`INSERT INTO t VALUES ('${"it''s ".repeat(200)}');\n`.repeat(2000)}-- +goose Down\nSELECT 'open${' '.repeat(500_000)}`
  const { notChecked } = await withinASecond('a long file', () => goose.read('', inMemory({ '1_a.sql': long })))
  expect(notChecked).toEqual([])
})

/** Every fragment is what the file holds at its place. */
function expectPlaces({ migrations }: Project, tree: Tree): void {
  for (const { up, down } of migrations)
    for (const script of down ? [up, down] : [up]) {
      const text = (tree[script.file] ?? '').replace(/^\uFEFF/, '')
      const lines = text.split('\n')
      for (const part of script.fragments) {
        const place = part.kind === 'sql' ? part.anchors[0] : part.at
        const offset =
          lines.slice(0, (place?.line ?? 0) - 1).reduce((sum, line) => sum + line.length + 1, 0) +
          (place?.column ?? 0) -
          1
        expect(offset).toBeLessThanOrEqual(text.length)
        if (part.kind === 'sql') expect(text.slice(offset, offset + part.sql.length)).toBe(part.sql)
      }
    }
}

/** One to five faults: a character, a line or a token, in a text or in a name. */
function damage(tree: Tree, random: Random): Tree {
  const files = Object.entries(tree)
  for (let faults = 1 + random(5); faults > 0; faults--) {
    const index = random(files.length)
    const [path = '', text = ''] = files[index] ?? []
    const at = random(text.length + 1)
    const lines = text.split('\n')
    const line = random(lines.length)
    const noise = [
      "'",
      '"',
      '$$',
      '$f$',
      '/*',
      '*/',
      '--',
      ';',
      '(',
      ')',
      '\r',
      '\n',
      '\0',
      '\uFEFF',
      '${',
      '{{',
      '\u{1F600}',
      '\uD800',
      'BEGIN ATOMIC',
    ]
    const token = noise[random(noise.length)] ?? ''
    const change = [
      () => [path, text.slice(0, at) + token + text.slice(at)],
      () => [path, text.slice(0, at) + text.slice(at + 1 + random(9))],
      () => [path, lines.toSpliced(line, 1).join('\n')],
      () => [path, lines.toSpliced(line, 0, lines[random(lines.length)] ?? '').join('\n')],
      () => [path, text.replaceAll('\n', random(2) ? '\r\n' : '\r')],
      () => [path, text.slice(0, at)],
      () => [path.slice(0, random(path.length)) + path.slice(random(path.length)), text],
    ][random(7)]
    files[index] = (change?.() ?? [path, text]) as [string, string]
  }
  return Object.fromEntries(files.filter(([path]) => path !== '' && !path.endsWith('/')))
}
