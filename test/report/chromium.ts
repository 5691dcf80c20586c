import { execFile } from 'node:child_process'
import { access, constants, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Absolute path of a Chromium: the one in CHROMIUM, or the first on the PATH. Undefined where there is none. */
export async function findChromium(): Promise<string | undefined> {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const places = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  for (const place of process.env.CHROMIUM ? [process.env.CHROMIUM] : places)
    if (
      await access(place, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return place
  return undefined
}

/** What a browser makes of a page. */
export interface Seen {
  /** Pixels by which the page is wider than the window. */
  readonly overflow: number
  /** Names of the elements in it, each once, in alphabetical order. */
  readonly elements: readonly string[]
  /** `onclick` and the like: code in attributes. */
  readonly handlers: readonly string[]
  /** Addresses of links that are not `https:`. */
  readonly strangeLinks: readonly string[]
  /** What was loaded besides the page. */
  readonly loaded: readonly string[]
  /** The page's own scripts have set `parent.owned`. */
  readonly owned: boolean
  readonly text: string
  readonly background: string
}

/** Opens a page in a frame of that many pixels and looks at it from outside. */
export async function look(chromium: string, page: string, width: number, isDark = false): Promise<Seen> {
  const folder = await mkdtemp(join(tmpdir(), 'migration-gate-page-'))
  try {
    const file = join(folder, 'frame.html')
    await writeFile(file, framed(page, width))
    const { stdout } = await run(
      chromium,
      [
        '--headless',
        '--disable-gpu',
        '--no-first-run',
        '--hide-scrollbars',
        // Chromium's sandbox refuses root, as which containers run. The page is ours.
        '--no-sandbox',
        '--host-resolver-rules=MAP * ~NOTFOUND',
        `--user-data-dir=${join(folder, 'profile')}`,
        ...(isDark ? ['--blink-settings=preferredColorScheme=0'] : []),
        '--virtual-time-budget=2000',
        '--dump-dom',
        pathToFileURL(file).href,
      ],
      { maxBuffer: 64 * 1024 * 1024 },
    )
    const [, found = ''] = /<output>(.*?)<\/output>/s.exec(stdout) ?? []
    return JSON.parse(decodeURIComponent(found)) as Seen
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function framed(page: string, width: number): string {
  const quoted = page.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  return `<!doctype html><meta charset="utf-8"><output></output>
<iframe width="${width}" height="800" style="border:0" srcdoc="${quoted}"></iframe>
<script>
document.querySelector('iframe').addEventListener('load', ({ target }) => setTimeout(() => {
  const { document: page, performance, getComputedStyle } = target.contentWindow
  const all = [...page.querySelectorAll('*')]
  const seen = {
    overflow: page.documentElement.scrollWidth - ${width},
    elements: [...new Set(all.map((one) => one.localName))].sort(),
    handlers: all.flatMap((one) => [...one.attributes].map(({ name }) => name).filter((name) => name.startsWith('on'))),
    strangeLinks: [...page.links].map(({ href }) => href).filter((href) => !href.startsWith('https://')),
    loaded: performance.getEntriesByType('resource').map(({ name }) => name),
    owned: window.owned !== undefined,
    text: page.body.innerText,
    background: getComputedStyle(page.body).backgroundColor,
  }
  document.querySelector('output').textContent = encodeURIComponent(JSON.stringify(seen))
}, 200))
</script>`
}
