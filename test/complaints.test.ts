import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const page = readFileSync('docs/complaints.md', 'utf8')
const rows = page.split('\n').filter((line) => /^\| (?!---)/.test(line) && !line.endsWith('| Shown by |'))
const shown = /\[([^\]]*)\]\(\.\.\/([^)]*)\): “([^”]*)”/g

test('each complaint names what shows how we deal with it', () => {
  expect(rows.length).toBeGreaterThan(50)
  // Nothing else stands in the last column.
  const last = rows.map((row) => row.split(' | ').at(-1)?.replace(/ \|$/, '') ?? '')
  expect(last.filter((cell) => cell === '' || cell.replace(shown, '').trim() !== '')).toEqual([])
})

test.each([...page.matchAll(shown)].map(([, text = '', path = '', words = '']) => ({ text, path, words })))(
  '$path: $words',
  ({ text, path, words }) => {
    expect(text).toBe(path)
    const file = readFileSync(path, 'utf8')
    if (path.endsWith('.md')) {
      // The paragraph that says it, with an example behind it.
      const [, after = ''] = file.split(words)
      expect(after).toMatch(/```sql (?:bad|good)/)
    } else {
      const titles = file.split('\n').filter((line) => /^\s*(?:(?:test|describe)\b|\]\)\()/.test(line))
      expect(titles.filter((line) => line.includes(words))).not.toEqual([])
    }
  },
)
