import { existsSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { rules } from '../rules/index.ts'
import type { ParsedProject } from '../src/lint/history.ts'
import { lint } from '../src/lint/lint.ts'
import type { Finding } from '../src/model/finding.ts'
import type { Script } from '../src/model/migration.ts'
import type { Rule } from '../src/model/rule.ts'
import { parseMigration } from '../src/parse/parse.ts'
import type { Server } from '../src/postgres/server.ts'
import { asMigrations, type Example, examplesIn, majorOf, script } from './examples.ts'
import { readUpgrade } from './read/alembic/reading.ts'
import { testServer } from './server.ts'

// What a finding suggests is written into the migration, read again by all rules, and run: as SQL, and as Alembic's Python with the
// statements of the example in op.execute().

let server: Server
beforeAll(async () => {
  server = await testServer()
})

/** All others stand in the place of the statement. */
const beside: { readonly [rule: string]: 'before' | 'after' } = {
  'no-lock-timeout': 'before',
  'timeout-kills-concurrent-build': 'before',
  'foreign-key-without-index': 'after',
  'unset-sequence': 'after',
}

/** A migration in one language. Each of its statements is a text of one or more lines. */
const languages = {
  sql: {
    tool: 'numbered-sql',
    firstLine: 1,
    written: (sql: string) => `${sql};`,
    script: (texts: readonly string[]): Script => script('up', 'm/002.sql', texts.join('\n')),
  },
  python: {
    tool: 'alembic',
    // test/read/alembic/reading.ts puts the body there.
    firstLine: 7,
    written: (sql: string) => `op.execute(${JSON.stringify(sql).replace(/(?<!:):(?=\w)/g, '\\\\:')})`,
    script: (texts: readonly string[]): Script => readUpgrade(texts.join('\n').replace(/^/gm, '    ')),
  },
} as const

describe.each(['sql', 'python'] as const)('%s', (language) => {
  for (const rule of rules.filter((each) => each.check)) {
    const pages = [`rules/${rule.name}/README.md`, `rules/${rule.name}/cases.md`].filter((page) => existsSync(page))
    const looking = rules.map((each) => (each.name === rule.name ? { ...each, isPolicy: false } : each))
    const bad = pages.flatMap(examplesIn).filter(({ kind }) => kind === 'bad')

    test.each(bad)('$page:$line', async (example) => {
      const { written } = languages[language]
      const texts = (await statementsOf(example)).map(written)
      const found = upFindings(await projectOf(example, texts, language), looking)
      for (const { finding, statement } of placed(found, texts, language)) {
        if (finding.rule !== rule.name || finding.suggestion === undefined) continue
        const old = texts[statement] ?? ''
        const where = beside[rule.name]
        const text = [where === 'after' ? old : [], finding.suggestion, where === 'before' ? old : []].flat().join('\n')
        const mended = await projectOf(example, texts.with(statement, text), language)

        // What other rules said of the statement before is another matter.
        const known = placed(found, texts, language).flatMap((each) =>
          each.statement === statement ? each.finding.rule : [],
        )
        const left = placed(upFindings(mended, looking), texts.with(statement, text), language).flatMap((each) =>
          each.statement === statement && (each.finding.rule === rule.name || !known.includes(each.finding.rule))
            ? `${each.finding.rule}: ${each.finding.message}`
            : [],
        )
        expect({ suggestion: finding.suggestion, left }).toEqual({ suggestion: finding.suggestion, left: [] })
        expect({ suggestion: finding.suggestion, error: await errorOf(mended) }).toEqual({
          suggestion: finding.suggestion,
          error: undefined,
        })
      }
    })
  }
})

/** Without BEGIN and COMMIT: what is suggested may have to stand outside of them. */
async function statementsOf(example: Example): Promise<string[]> {
  const statements = (await asMigrations(example)).at(-1)?.up.statements ?? []
  return statements.flatMap(({ sql, operations }) =>
    operations.some((op) => op.kind === 'transaction-control' && op.inside === undefined) ? [] : sql,
  )
}

async function projectOf(
  example: Example,
  texts: readonly string[],
  language: keyof typeof languages,
): Promise<ParsedProject> {
  const before = (await asMigrations(example)).slice(0, -1)
  const up = languages[language].script(texts)
  const shown = await parseMigration(
    { id: '002', name: '002', file: up.file, parents: ['001'], up, down: undefined, status: 'new' },
    { defaultSchema: 'public' },
  )
  expect(shown.up.unreadable).toEqual([])
  return {
    tool: languages[language].tool,
    migrations: [...before, shown],
    hasDowngrades: false,
    major: Math.max(server.major, majorOf(example)),
  }
}

function upFindings(project: ParsedProject, looking: readonly Rule[]): Finding[] {
  return lint(project, looking).filter(({ migration, severity }) => migration === '002' && severity !== 'info')
}

/** The findings, each with the number of the text in which it stands. */
function placed(findings: readonly Finding[], texts: readonly string[], language: keyof typeof languages) {
  const lines = texts.flatMap((text, index) => text.split('\n').map(() => index))
  return findings.map((finding) => ({
    finding,
    statement: lines[finding.at.line - languages[language].firstLine] ?? -1,
  }))
}

/** What PostgreSQL says of the history, statement by statement, in transactions that stand around nothing. */
async function errorOf({ migrations }: ParsedProject): Promise<string | undefined> {
  await using database = await server.createDatabase()
  await using session = await database.connect()
  const statements = migrations.flatMap(({ up }) => up.statements)
  for (const { sql } of statements) {
    const error = await session.query(sql).then(
      () => undefined,
      (failure: Error) => `${failure.message} (${sql})`,
    )
    if (error !== undefined) return error
  }
  return undefined
}
