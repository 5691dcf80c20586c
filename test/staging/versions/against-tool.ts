import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Tool } from '../../../src/model/migration.ts'
import type { Session } from '../../../src/postgres/server.ts'
import { readProject } from '../../../src/read/read.ts'
import { openStaging } from '../../../src/staging/session.ts'
import { readVersions } from '../../../src/staging/versions/versions.ts'
import { type Program, type Run, url } from '../../read/programs.ts'
import { lacks, type Ran } from '../../read/tools.ts'
import { repository } from '../../repository.ts'
import { testDatabase } from '../../server.ts'

// Version tables as the tools themselves make them.

export type Files = Readonly<Record<string, string>>

/** What is read of a version table. Drift is told as `edited 3`, and `edited 3, refused` where its message says that the tool refuses to run. */
interface Told {
  readonly table: string | undefined
  readonly applied: readonly string[] | undefined
  readonly current: readonly string[] | undefined
  readonly pending: readonly string[]
  readonly drift: readonly string[]
  readonly notChecked: readonly { readonly what: string; readonly why: string }[]
}

export interface Staging extends AsyncDisposable, Pick<Session, 'query'> {
  /** Runs the tool on these migrations. */
  run(files: Files, ...args: string[]): Promise<Ran>
  /** The same, where it must succeed. */
  applied(files: Files, ...args: string[]): Promise<void>
  /** @param table where the tool was told to keep its versions */
  read(files: Files, table?: string): Promise<Told>
  /** Those of the tables that are there, by name. */
  tables(...names: string[]): Promise<readonly string[]>
}

/** Where a tool looks for its migrations: the folder is put before the names of the files. */
export interface Where {
  readonly tool: Tool
  readonly folder: string
}

/** An empty database, on which a tool runs. */
export async function stagingOf({ tool, folder }: Where, command?: Run): Promise<Staging> {
  const database = await testDatabase()
  const run = async (files: Files, ...args: string[]) => {
    if (!command) throw new Error(`no ${tool} to run`)
    await using repo = await repository(below('migrations', files))
    return await command(join(repo.path, 'migrations'), database.database, ...args)
  }
  return {
    query: database.query,
    run,
    async applied(files, ...args) {
      const { code, output } = await run(files, ...args)
      expect(code, output).toBe(0)
    },
    async read(files, table) {
      const directory = folder === '.' ? '' : folder
      await using repo = await repository(below(directory, files))
      const project = await readProject({ repository: repo.path, tool, directory, changed: [] })
      await using staging = await openStaging({
        url: url(database.database),
        limits: { lockTimeoutMs: 2000, statementTimeoutMs: 10_000 },
      })
      const versions = await staging.read((session) =>
        readVersions(session, {
          tool,
          table,
          defaultSchema: 'public',
          repository: {
            migrations: project.migrations,
            directory,
            bytes: (file) => readFile(join(repo.path, file)).catch(() => undefined),
          },
        }),
      )
      return {
        table: versions.table?.table,
        applied: versions.table?.applied,
        current: versions.table?.current,
        pending: [...versions.pending],
        drift: versions.drift.map(
          ({ kind, version, message }) => `${kind} ${version}${/ refuses to run /.test(message) ? ', refused' : ''}`,
        ),
        notChecked: versions.notChecked,
      }
    },
    async tables(...names) {
      const { rows } = await database.query<{ name: string }>(
        'SELECT relname::text AS name FROM pg_class WHERE relname::text = ANY ($1::text[]) ORDER BY 1',
        [names],
      )
      return rows.map(({ name }) => name)
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

/** Installs it before the tests. @returns what gives it, or skips the test where the machine lacks what it needs */
export function installed(program: Pick<Program, 'needs' | 'install'>): (skip: (why: string) => void) => Run {
  let run: Run | undefined
  let missing: string | undefined
  beforeAll(async () => {
    missing = await lacks(...program.needs)
    if (missing === undefined) run = await program.install()
  }, 600_000)
  return (skip) => {
    if (missing !== undefined) skip(missing)
    if (!run) throw new Error('nothing is installed')
    return run
  }
}

export const sql = (name: string) => `CREATE TABLE ${name} (id bigint PRIMARY KEY);`

/** Three migrations, of which the tool applies two, and what became of the repository since. */
export interface Case extends Where {
  readonly program: Pick<Program, 'needs' | 'install'>
  /** The arguments by which it applies everything. */
  readonly up: readonly string[]
  /** Those that are applied. They make the tables `a` and `b`. */
  readonly files: Files
  /** With one more behind them, which makes the table `c`. */
  readonly next: Files
  readonly expected: Omit<Told, 'drift' | 'notChecked'>
  /** Gone is the second one; edited the first; late is one between them, which makes the table `late`. */
  readonly drifts: Readonly<Record<string, Drifted>>
}

interface Drifted {
  readonly files: Files
  /** What is read then: what it does not name is as before. */
  readonly told: Partial<Told>
  /** What the tool itself does with it: whether it succeeds, and which of the tables `c` and `late` are there then. */
  readonly tool: readonly ['runs' | 'refuses', ...tables: readonly string[]]
}

/** Compares what is read of each tool's version table, and what the tool itself makes of the same files. */
export function versionTables(...cases: readonly Case[]): void {
  describe.each(cases)('$tool', (each) => {
    const given = installed(each.program)

    test('two applied, one pending', async ({ skip }) => {
      await using staging = await stagingOf(each, given(skip))
      await staging.applied(each.files, ...each.up)
      expect(await staging.tables('a', 'b', 'c')).toEqual(['a', 'b'])
      const whole = { ...each.expected, drift: [], notChecked: [] }
      expect(await staging.read(each.next)).toEqual(whole)
      await staging.applied(each.next, ...each.up)
      expect((await staging.read(each.next)).pending).toEqual([])
    })

    test.for(Object.entries(each.drifts))('%s', async ([, { files, told, tool }], { skip }) => {
      await using staging = await stagingOf(each, given(skip))
      await staging.applied(each.files, ...each.up)
      const whole = { ...each.expected, drift: [], notChecked: [] }
      expect(await staging.read(files)).toEqual({ ...whole, ...told })
      const { code, output } = await staging.run(files, ...each.up)
      const tables = await staging.tables('c', 'late')
      expect([code === 0 ? 'runs' : 'refuses', ...tables], output).toEqual(tool)
    })
  })
}

function below(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [join(folder, name), text]))
}

/** Files without some of them. */
export function without(files: Files, ...names: readonly string[]): Files {
  return Object.fromEntries(Object.entries(files).filter(([name]) => !names.includes(name)))
}
