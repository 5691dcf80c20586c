import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Script } from '../../../src/model/migration.ts'
import { python } from '../../python.ts'
import { trees } from './trees.ts'

const run = promisify(execFile)

/** What `alembic --sql` prints for each revision of a project, in the order in which it runs them, without its own bookkeeping. */
export async function printed(
  project: string,
  range: { readonly direction: 'upgrade' | 'downgrade'; readonly from: string; readonly to: string },
): Promise<Map<string, string[]>> {
  const { alembic } = await python()
  // A copy: Python leaves files beside the ones that it runs.
  const folder = await mkdtemp(join(tmpdir(), 'alembic-sql-'))
  try {
    await cp(project, folder, { recursive: true })
    const { stdout } = await run(alembic, [range.direction, `${range.from}:${range.to}`, '--sql'], {
      cwd: folder,
      maxBuffer: 1e8,
    })
    const found = new Map<string, string[]>()
    for (const section of stdout.split(/^-- Running /m).slice(1)) {
      const [, from = '', to = ''] = /^\w+ (\w*) -> (\w*)/.exec(section) ?? []
      const sql = section.slice(section.indexOf('\n'))
      const own = /^(BEGIN|COMMIT);$|alembic_version/
      const statements = sql
        .split(/;\n\n/)
        .map((statement) => `${statement.trim()};`)
        .filter((statement) => statement !== ';' && !own.test(statement))
      found.set(range.direction === 'upgrade' ? to : from, statements.flatMap(trees))
    }
    return found
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The statements of a script, to be compared with what is printed; what could not be read says so. */
export function statements(script: Script | undefined): string[] {
  return (script?.fragments ?? []).flatMap((part) =>
    part.kind === 'sql' ? trees(part.sql) : [`unreadable: ${part.reason}`],
  )
}
