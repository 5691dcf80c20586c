import { describe, expect, test } from 'vitest'
import type { Result } from '../../src/model/result.ts'
import type { About } from '../../src/report/about.ts'
import { html } from '../../src/report/html.ts'
import { findChromium, look } from './chromium.ts'
import {
  blocked,
  clean,
  hostile,
  hostileText,
  large,
  longName,
  madeOf,
  noMigrations,
  notChecked,
  warned,
} from './results.ts'

const about: About = {
  version: '0.1.0',
  links: {
    repository: 'https://github.com/octo/shop',
    sha: '0123456789abcdef0123456789abcdef01234567',
    run: 'https://github.com/octo/shop/actions/runs/42',
  },
}

/** Markup that runs as soon as a browser takes it for markup. */
const attacks = [
  ...hostileText,
  '<script>parent.owned = 1</script>',
  '<img src=x onerror="parent.owned = 1">',
  '"><svg onload="parent.owned = 1">',
  "' autofocus onfocus='parent.owned = 1",
  '</style><script>parent.owned = 1</script>',
  '</title><script>parent.owned = 1</script>',
  'javascript:parent.owned=1',
]
const withoutPolicy = (page: string) => page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')

test('the whole of a page', async () => {
  await expect(html(blocked, about)).toMatchFileSnapshot('snapshots/blocked.html.txt')
  await expect(html(notChecked, { version: '0.1.0' })).toMatchFileSnapshot('snapshots/not-checked.html.txt')
})

test('printed to the log of a job, it gives no commands', () => {
  expect(html(hostile, about)).not.toMatch(/^\s*::|##\[/m)
})

const chromium = await findChromium()

// apt-get install chromium, or CHROMIUM=/path/to/it.
describe.skipIf(!chromium)(`in ${chromium ?? 'no browser: there is no Chromium on this machine'}`, () => {
  const see = (page: string, width: number, isDark = false) => look(chromium ?? '', page, width, isDark)
  const results = { 'no-migrations': noMigrations, clean, warned, blocked, 'not-checked': notChecked, hostile }

  test.each(Object.entries(results))('%s fits a phone, and needs nothing but itself', async (_name, result) => {
    expect(await see(html(result, about), 360)).toMatchObject({ overflow: 0, loaded: [], strangeLinks: [] })
  })

  test('many of everything fit, too', async () => {
    expect(await see(html(large(60), about), 360)).toMatchObject({ overflow: 0 })
  })

  test('hostile text is text, also without the policy that would stop it', async () => {
    const harmless = madeOf(
      attacks.map(() => 'harmless'),
      longName,
    )
    const page = (result: Result) => withoutPolicy(html(result, about))
    const seen = await see(page(madeOf(attacks, longName)), 360)
    expect(seen).toMatchObject({ overflow: 0, owned: false, handlers: [], strangeLinks: [], loaded: [] })
    expect(seen.elements).toEqual((await see(page(harmless), 360)).elements)
    expect(seen.text).toContain('<script>parent.owned = 1</script>')
  })

  test('the policy stops what would get through, and not the style sheet', async () => {
    const page = html(blocked, about).replace('</main>', '<script>parent.owned = 1</script></main>')
    expect(await see(page, 360)).toMatchObject({ owned: false, background: 'rgb(255, 255, 255)' })
    expect(await see(withoutPolicy(page), 360)).toMatchObject({ owned: true })
  })

  test('draws the lock timeline', async () => {
    const seen = await see(html(blocked, about), 1280)
    expect(seen.elements).toEqual(expect.arrayContaining(['rect', 'svg']))
    expect(seen.text).toContain('no reads or writes, ACCESS EXCLUSIVE, during statements 3 to 4')
  })

  test('is dark where the reader wants it dark', async () => {
    expect(await see(html(clean, about), 1280, true)).toMatchObject({ background: 'rgb(13, 17, 23)' })
  })
})
