import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readVersionFile } from '../../../src/read/alembic/version-file.ts'

/** Numbers that are the same in every run (https://en.wikipedia.org/wiki/Linear_congruential_generator). */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const folder = 'test/read/alembic/versions'
const originals = readdirSync(folder)
  .filter((name) => name.endsWith('.py'))
  .sort()
  .map((name) => readFileSync(join(folder, name), 'utf8'))

const insertions = [
  '(',
  ')',
  '"""',
  "'",
  '\\',
  '{',
  '\n',
  '    ',
  ':',
  ' if x else ',
  'while True:\n',
  '\u0000',
  '\uD800',
  '*',
  '**',
  ' = ',
  'lambda ',
]

function mutate(text: string, pick: (below: number) => number): string {
  const at = pick(text.length)
  const width = pick(60)
  switch (pick(5)) {
    case 0:
      return text.slice(0, at)
    case 1:
      return text.slice(0, at) + text.slice(at + width)
    case 2:
      return text.slice(0, at) + (insertions[pick(insertions.length)] ?? '') + text.slice(at)
    case 3:
      return text.slice(0, at) + text.slice(pick(text.length)).slice(0, width) + text.slice(at)
    default: {
      const lines = text.split('\n')
      const [line = ''] = lines.splice(pick(lines.length), 1)
      lines.splice(pick(lines.length), 0, line)
      return lines.join('\n')
    }
  }
}

test('600 random changes of valid files: each gives a result or an error, within a second', () => {
  const pick = numbers(20260729)
  let read = 0
  let slowest = 0
  for (let round = 0; round < 600; round++) {
    const text = mutate(originals[round % originals.length] ?? '', pick)
    const before = performance.now()
    const version = readVersionFile('versions/x.py', text)
    slowest = Math.max(slowest, performance.now() - before)
    if (!('why' in version)) read++
  }
  expect(slowest).toBeLessThan(1000)
  // Both ways out are taken, or the test would show nothing.
  expect(read).toBeGreaterThan(100)
  expect(read).toBeLessThan(500)
})
