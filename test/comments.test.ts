import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { expect, inject, test } from 'vitest'
import { makeRepository } from '../examples/repository.mjs'
import { rules } from '../rules/index.ts'
import { loadConfig } from '../src/config.ts'
import type { Result } from '../src/model/result.ts'
import type { About } from '../src/report/about.ts'
import { commentBytes, markdown } from '../src/report/markdown.ts'
import { run } from '../src/run.ts'
import { python } from './python.ts'

// docs/comments/: what the gate writes below the example pull requests, from a real run each.

/** The name of the page, the project, the pull request on top of it, and what the gate must decide for the page to show it. */
const comments = [
  ['clean', 'sql', 'clean', 'pass'],
  ['warning', 'sql', 'full-name', 'warn'],
  ['blocked', 'sql', 'demo', 'block'],
  ['missing-rollback', 'sql', 'missing-rollback', 'block'],
  ['broken-sql', 'sql', 'backfill-with-limit', 'block'],
  ['edited-migration', 'sql', 'edited-migration', 'block'],
  ['two-heads', 'alembic', 'two-heads', 'block'],
  ['no-migration', 'sql', 'no-migration', 'pass'],
] as const

const about: About = {
  version: '0.1.0',
  links: {
    repository: 'https://github.com/octo/shop',
    sha: '0123456789abcdef0123456789abcdef01234567',
    run: 'https://github.com/octo/shop/actions/runs/42',
  },
}

/** The pages do not say which server the tests ran on: its minor version changes every few months. */
function withoutServer(result: Result): Result {
  return { ...result, postgres: result.postgres && { version: '17.x', source: 'embedded' } }
}

test.each(comments)('%s', async (page, project, pullRequest, verdict) => {
  await using repository = await makeRepository({ project, pullRequest })
  const alembic = project === 'alembic' ? { command: [(await python()).alembic] } : undefined
  const config = await loadConfig({
    repository: repository.path,
    values: { base: 'main', database: 'url', ...(alembic && { alembic }) },
    databaseUrl: inject('postgresUrl'),
    origin: 'the test',
  })
  const result = await run({
    config,
    rules,
    repository: repository.path,
    signal: new AbortController().signal,
    log: () => undefined,
  })
  const text = markdown(withoutServer(result), about, commentBytes)
  expect(result.verdict).toBe(verdict)
  await expect(text).toMatchFileSnapshot(`../docs/comments/${page}.md`)
  expect(text).not.toContain(repository.path)
})

test('each page is one of these, and the list names them all', async () => {
  const pages = readdirSync('docs/comments').filter((name) => name !== 'README.md')
  expect(pages.sort()).toEqual(comments.map(([page]) => `${page}.md`).sort())
  const list = await readFile('docs/comments/README.md', 'utf8')
  expect([...list.matchAll(/\]\(([a-z-]+\.md)\)/g)].map(([, page]) => page).sort()).toEqual(pages)
})

/** Lines of a screen of 100 characters that a comment takes before anything is unfolded. */
function lines(comment: string): number {
  const html = micromark(comment, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })
  const folded = html.replace(/<details>\s*(<summary>.*?<\/summary>).*?<\/details>/gs, '$1')
  // The cells of a row stand side by side.
  const words = folded
    .replace(/<\/t[dh]>\s*/g, ' ')
    .replace(/<[^>]*>/g, '')
    .split('\n')
  return words.reduce((sum, line) => sum + Math.ceil(line.trim().length / 100), 0)
}

test.each(comments)('%s takes one screen or less before anything is unfolded', async (page) => {
  expect(lines(await readFile(`docs/comments/${page}.md`, 'utf8'))).toBeLessThanOrEqual(50)
})
