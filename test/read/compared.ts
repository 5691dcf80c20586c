import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ParsedScript, Project, Tool } from '../../src/model/migration.ts'
import { parseMigration } from '../../src/parse/parse.ts'
import type { Database, Session } from '../../src/postgres/server.ts'
import { readProject } from '../../src/read/read.ts'
import { repository } from '../repository.ts'
import { testDatabase } from '../server.ts'
import { lacks, type Ran } from './tools.ts'

/** A tool as its users run it. */
interface Command {
  /** Applies everything that is pending. */
  up(folder: string, database: Database): Promise<Ran>
  /** Takes the last migration back; undefined: it cannot, in the edition that is to be had. */
  down?(folder: string, database: Database): Promise<Ran>
  /** What its version table says, in the order in which it says it was applied; only the last one where the table holds no more. */
  versions: string
}

export interface Case {
  readonly tool: Tool
  /** The tool’s, where it is left out. */
  readonly name?: string
  readonly folder: string
  /** What has to be on the machine. */
  readonly needs: readonly { name: string; ask: string }[]
  install(): Promise<Command>
  /** A small project. `{a}` stands for a statement that writes down its letter and its transaction. */
  readonly project: Readonly<Record<string, string>>
  readonly order: readonly string[]
  /** Letters that were written in one transaction stand together: `ab c`. */
  readonly up: string
  /** The same for the way back, a line for each migration, the last first. */
  readonly down?: readonly string[]
  /** Files beside the rule: what the tool makes of them. The reader must make the same of them. */
  readonly odd: readonly [what: string, files: Readonly<Record<string, string>>, outcome: Outcome][]
}

type Outcome = 'accepted' | 'refused' | 'refused on the way back'

/** Runs the projects of each case with the real tool, and compares what it does with what the reader says of them. */
export function compareWithTool(...cases: readonly Case[]): void {
  describe.each(cases.map((each) => ({ ...each, name: each.name ?? each.tool })))('$name', compared)
}

function compared(each: Case): void {
  let command: Command
  let missing: string | undefined

  beforeAll(async () => {
    missing = await lacks(...each.needs)
    if (missing === undefined) command = await each.install()
  }, 600_000)

  test('the order, what is in one transaction, and the way back', async ({ skip }) => {
    if (missing !== undefined) skip(missing)
    await using copy = await laidOut(each, each.project, [])
    const { project, path } = copy
    expect(project.notChecked).toEqual([])
    expect(project.migrations.map(({ id }) => id)).toEqual(each.order)
    const scripts = await parsed(project)
    expect(transactions(scripts.map(({ up }) => up))).toEqual(each.up)

    await using database = await testDatabase(log)
    const { code, output } = await command.up(path, database.database)
    expect(code, output).toBe(0)
    expect(await seen(database)).toBe(each.up)
    const { rows } = await database.query<{ version: string }>(command.versions)
    const versions = rows.map(({ version }) => version)
    expect(versions).toEqual(versions.length === 1 ? [each.order.at(-1)] : each.order)

    if (each.down && command.down) {
      const back: string[] = []
      for (const { down } of scripts.toReversed()) {
        await database.query('TRUNCATE gate.log')
        const step = await command.down(path, database.database)
        const expected = step.code !== 0 && !down ? 'refused' : down ? transactions([down]) : ''
        back.push(step.code === 0 ? await seen(database) : 'refused')
        expect(back.at(-1), step.output).toBe(expected)
      }
      expect(back).toEqual(each.down)
    }
  })

  test.for(each.odd)('%s', async ([, files, outcome], { skip }) => {
    if (missing !== undefined) skip(missing)
    await using copy = await laidOut(each, files)
    const { project, path } = copy
    await using database = await testDatabase(log)
    const up = await command.up(path, database.database)
    const down = up.code === 0 ? await command.down?.(path, database.database) : undefined
    const tool: Outcome = up.code !== 0 ? 'refused' : down && down.code !== 0 ? 'refused on the way back' : 'accepted'
    expect(tool, `${up.output}\n${down?.output}`).toBe(outcome)
    expect(await outcomeOf(project), JSON.stringify(project, null, 1)).toBe(outcome)
  })
}

// In a schema of its own: Flyway wants to find its own empty.
const log = 'CREATE SCHEMA gate; CREATE TABLE gate.log (id serial, tag text, transaction text)'

/** Lays the files out in a repository, and reads them. The tool gets a copy of the folder, as some write into it. */
async function laidOut({ tool, folder }: Case, files: Readonly<Record<string, string>>, changed?: []) {
  const tagged = Object.entries(files).map(([name, text]) => [
    `${folder}/${name}`,
    text.replace(/\{(\w)\}/g, "INSERT INTO gate.log (tag, transaction) VALUES ('$1', txid_current()::text);"),
  ])
  const base: Record<string, string> = Object.fromEntries(tagged)
  const repo = await repository(base)
  const project = await readProject({ repository: repo.path, tool, directory: folder, changed })
  const copy = join(repo.path, '.git', 'copy')
  for (const path of Object.keys(base)) {
    const to = join(copy, path.slice(folder.length + 1))
    mkdirSync(join(to, '..'), { recursive: true })
    copyFileSync(join(repo.path, path), to)
  }
  return { project, path: copy, [Symbol.asyncDispose]: () => repo[Symbol.asyncDispose]() }
}

async function parsed(project: Project) {
  return await Promise.all(
    project.migrations.map((migration) => parseMigration(migration, { defaultSchema: 'public' })),
  )
}

/** What the reader says about the transactions of scripts that run one after the other. */
function transactions(scripts: readonly ParsedScript[]): string {
  const groups: string[] = []
  let isOpen = false
  for (const { transaction, statements } of scripts) {
    if (transaction !== 'run') isOpen = false
    let hasBegun = false
    for (const { sql, operations, autocommit } of statements) {
      if (autocommit) isOpen = false
      const [operation] = operations
      if (operation?.kind === 'transaction-control') {
        hasBegun = operation.action === 'begin'
        // In one query, BEGIN takes the implicit transaction over.
        if (transaction === 'none' || !hasBegun) isOpen = false
        continue
      }
      for (const [, tag = ''] of sql.matchAll(/VALUES \('(\w)'/g)) {
        if (isOpen) groups.push(`${groups.pop() ?? ''}${tag}`)
        else groups.push(tag)
        isOpen = true
      }
      if (autocommit || (transaction === 'none' && !hasBegun)) isOpen = false
    }
    if (transaction !== 'run') isOpen = false
  }
  return groups.join(' ')
}

/** What was written down, in the same form. */
async function seen(session: Session): Promise<string> {
  const { rows } = await session.query<{ tag: string; transaction: string }>('SELECT * FROM gate.log ORDER BY id')
  return rows
    .map(({ tag, transaction }, i) => (i > 0 && rows[i - 1]?.transaction !== transaction ? ` ${tag}` : tag))
    .join('')
}

/** What the reader makes of a project, in the same words as what the tool does. */
async function outcomeOf(project: Project): Promise<Outcome> {
  if (project.notChecked.length > 0 || (project.lineage?.faults.length ?? 0) > 0) return 'refused'
  const scripts = await parsed(project)
  const isBroken = ({ statements, unreadable }: ParsedScript) =>
    unreadable.length > 0 || statements.some(({ operations }) => operations.some(({ kind }) => kind === 'unparsed'))
  if (scripts.some(({ up }) => isBroken(up))) return 'refused'
  const refusesMissing = ['node-pg-migrate', 'tern', 'alembic'].includes(project.tool)
  const isOneWay = scripts.some(({ down }) => (down ? isBroken(down) : refusesMissing))
  return isOneWay ? 'refused on the way back' : 'accepted'
}
