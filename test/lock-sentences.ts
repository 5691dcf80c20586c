import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Sentence {
  readonly page: string
  readonly text: string
  /** The lock modes that it names, in order of the alphabet. */
  readonly modes: readonly string[]
}

/** A mode that is one word counts where it is set as code: `SHARE`. */
const mode =
  /\bACCESS EXCLUSIVE\b|\b(?:SHARE )?ROW EXCLUSIVE\b|\bSHARE UPDATE EXCLUSIVE\b|\b(?:ROW|ACCESS) SHARE\b|`(?:SHARE|EXCLUSIVE)`|\b(?<=holds )SHARE\b/g

/** Every sentence of our pages that names a lock mode, and every text of a rule that does. */
export function lockSentences(): Sentence[] {
  const pages = ['README.md', 'CONTRIBUTING.md', ...filesIn('docs', '.md'), ...filesIn('rules', '.md')]
  const texts = pages.flatMap((page) => sentences(readFileSync(page, 'utf8')).map((text) => ({ page, text })))
  const messages = filesIn('rules', 'rule.ts').flatMap((page) =>
    told(readFileSync(page, 'utf8')).map((text) => ({ page, text })),
  )
  return [...texts, ...messages].flatMap(({ page, text }) => {
    const modes = [...new Set([...text.matchAll(mode)].map(([found]) => found.replaceAll('`', '')))].sort()
    return modes.length === 0 ? [] : { page, text, modes }
  })
}

/** Without docs/comments, which shows what rules say. */
function filesIn(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && !file.startsWith('comments'))
    .map((file) => join(folder, file))
    .sort()
}

function sentences(markdown: string): string[] {
  const prose = markdown
    .replace(/^```[\s\S]*?^```$/gm, '\n')
    .replace(/\]\([^)]*\)/g, '')
    .replace(/\[(?=[^\]])/g, '')
  return prose
    .split(/\n\s*\n|\n(?=\|)/)
    .flatMap((paragraph) => paragraph.replace(/\s+/g, ' ').split(/(?<=[.]) (?=[A-Z`])/))
}

/** What a rule tells its readers: texts with a blank, in one line. */
function told(source: string): string[] {
  return source.split('\n').flatMap((line) => {
    const text = /^\s+(?:message:|help:|\?|:)? ?([`'"])(.* .*)\1,?$/.exec(line)?.[2]
    return text === undefined ? [] : text
  })
}
