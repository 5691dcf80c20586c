import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import {
  block,
  code,
  fenced,
  html,
  htmlCode,
  line,
  pathInUrl,
  prose,
  shorten,
  visible,
  withoutCommands,
} from '../../src/report/inert.ts'
import { hostileText } from './results.ts'

/** What GitHub's Markdown makes of it, before GitHub looks for mentions and the like. */
function rendered(markdown: string): string {
  return micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })
}

/** The text that a reader sees, without the zero-width spaces that stand in it. */
function read(text: string): string {
  return text
    .replace(/<[^>]*>/g, '')
    .replaceAll('\u200b', '')
    .replace(/&(quot|lt|gt|amp);/g, (_, name: string) => ({ quot: '"', lt: '<', gt: '>', amp: '&' })[name] ?? '')
}

describe.each(hostileText.map((text) => [JSON.stringify(text), text] as const))('%s', (_, text) => {
  test('as prose is one paragraph of itself', () => {
    const shown = rendered(prose(text))
    expect(shown).toMatch(/^<p>[^<]*<\/p>$/)
    expect(read(shown)).toBe(line(text))
  })

  test('as prose gives GitHub nothing to link', () => {
    expect(rendered(prose(text))).not.toMatch(/@[\w-]|#\d|GH-\d|:\/\/|www\.\w|:\w+:/)
  })

  test('in the middle of prose is itself', () => {
    const shown = rendered(`Before ${prose(text)} after`)
    expect(shown).toMatch(/^<p>Before [^<]* after<\/p>$/)
    expect(read(shown)).toBe(`Before ${line(text)} after`)
  })

  test('as code in a cell is itself', () => {
    const shown = rendered(`| a | b |\n| --- | --- |\n| ${code(text)} | after |`)
    const cell = /<tbody>\s*<tr>\s*<td>(<code>[^<]*<\/code>)<\/td>\s*<td>after<\/td>\s*<\/tr>\s*<\/tbody>/.exec(shown)
    expect(read(cell?.[1] ?? 'no cell')).toBe(line(text))
  })

  test('as code is itself', () => {
    const shown = rendered(`Before ${code(text)} after`)
    expect(shown).toMatch(/^<p>Before <code>[^<]*<\/code> after<\/p>$/)
    expect(read(shown)).toBe(`Before ${line(text)} after`)
  })

  test('as code that needs HTML for its | is itself', () => {
    const shown = rendered(`Before ${code(`${text} | ${text}`)} after`)
    expect(shown).toMatch(/^<p>Before <code>[^<]*<\/code> after<\/p>$/)
    expect(read(shown)).toBe(`Before ${line(`${text} | ${text}`)} after`)
  })

  test('as code in HTML is itself', () => {
    const shown = rendered(`<details><summary>${htmlCode(text)}</summary>\n\nafter\n\n</details>`)
    expect(shown).toMatch(/^<details><summary><code>[^<]*<\/code><\/summary>\n<p>after<\/p>\n<\/details>$/)
  })

  test('in a listing is itself', () => {
    const shown = rendered(`${fenced(`${text}\n${text}`, 'sql')}\n\nafter`)
    expect(shown).toMatch(/^<pre><code class="language-sql">[^<]*<\/code><\/pre>\n<p>after<\/p>$/)
    expect(read(shown)).toBe(`${block(`${text}\n${text}`)}\n\nafter`)
  })

  test('in a link leads to one path', () => {
    const link = `https://github.com/o/r/blob/abc/${pathInUrl(`migrations/${text}.sql`)}`
    expect(new URL(link).href).toBe(link)
    expect(rendered(`[x](${link})`)).toBe(`<p><a href="${link}">x</a></p>`)
  })

  test('in a log is no command', () => {
    expect(withoutCommands(`  ${text}\n${text}`)).not.toMatch(/^\s*::|##\[/m)
  })
})

test('what cannot be seen is written out', () => {
  expect(visible('\u001b[31m\u0000\u007f\u009b\u202e\u200b\u2028\ud800é🙂')).toBe(
    '␛[31m␀␡⟨U+009B⟩⟨U+202E⟩⟨U+200B⟩⟨U+2028⟩⟨U+D800⟩é🙂',
  )
  expect(line(' a\r\n\tb\u0007 ')).toBe('a b␇')
  expect(block('a\r\n\tb\u0007\r')).toBe('a\n    b␇\n')
})

test('overlong words are shortened where one can see it, ordinary ones are not touched', () => {
  const name = 'n'.repeat(63)
  expect(line(`${name}.${name} ok`)).toBe(`${name}.${name} ok`)
  expect(line(`${'x'.repeat(10_240)} ok`)).toBe(`${'x'.repeat(120)}…(10080 more characters)…${'x'.repeat(40)} ok`)
  expect(shorten('abcdefghij', 8)).toBe('abcdef…(2 more characters)…ij')
  expect(html('"<a>" & \'b\'')).toBe('&#34;&#60;a&#62;&#34; &#38; &#39;b&#39;')
})

test('prose stays readable where nothing is special', () => {
  const text =
    'Building users_email_idx blocks every INSERT on public.users (10 rows); it fails with 23505: duplicate key.'
  expect(prose(text)).toBe(text)
})
