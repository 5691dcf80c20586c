import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Fault } from '../../src/model/lineage.ts'
import type { Project, Script, Tool } from '../../src/model/migration.ts'
import { changedFiles } from '../../src/read/changed-files.ts'
import { readProject, readProjects } from '../../src/read/read.ts'
import { type Repository, repository } from '../repository.ts'

export type Tree = Readonly<Record<string, string | Uint8Array>>

/** What a reader makes of a project whose files on the base branch are `base`, and which a pull request adds to. */
export async function read(
  base: Tree,
  added: Tree = {},
  options: { tool?: Tool; directory?: string; commands?: { hasDowngrade: boolean } } = {},
): Promise<ReturnType<typeof summary>> {
  await using repo = await repository(base)
  await repo.write(added)
  const changed = await changedFiles(repo.path, 'main')
  return summary(await readProject({ ...where(repo, options), changed, commands: options.commands }), repo)
}

/** The same for every project that the change touches. */
export async function readAll(base: Tree, added: Tree = {}): Promise<ReturnType<typeof summary>[]> {
  await using repo = await repository(base)
  await repo.write(added)
  const changed = await changedFiles(repo.path, 'main')
  const projects = await readProjects({ ...where(repo, {}), changed })
  return projects.map((project) => summary(project, repo))
}

function where(repo: Repository, { tool, directory }: { tool?: Tool; directory?: string }) {
  return { repository: repo.path, tool, directory }
}

/** A project as lines that a test can compare whole. Every fragment is held against the file that it came from. */
function summary(project: Project, repo: Repository) {
  const { tool, directory, migrations, notChecked, lineage, hasGaps, hasDowngrades } = project
  const faults = lineage?.faults ?? []
  return {
    tool: `${tool} in ${directory || '.'}`,
    migrations: migrations.map(({ id, name, status, parents, up, down, isRepeatable }) =>
      [
        `${id} (${name}) ${status} after ${parents.join() || 'nothing'}${isRepeatable ? ', repeatable' : ''}`,
        line(up, repo),
        ...(down ? [line(down, repo)] : []),
      ].join('\n'),
    ),
    notChecked: notChecked.map(({ what, why, at }) => `${what}${at ? `:${at.line}` : ''}: ${why}`),
    ...(faults.length > 0 ? { faults: faults.map(told) } : {}),
    hasGaps,
    hasDowngrades,
  }
}

function told(fault: Fault): string {
  return fault.kind === 'duplicate'
    ? `${fault.at.file} has the ${fault.date === undefined ? 'number' : `date ${fault.date}`} of ${fault.other}`
    : `${fault.at.file}: ${fault.kind}`
}

function line(script: Script, repo: Repository): string {
  const text = readFileSync(join(repo.path, script.file), 'utf8').replace(/^\uFEFF/, '')
  const parts = script.fragments.map((part) => {
    if (part.kind === 'unreadable') return `! ${part.at.line}:${part.at.column} ${part.reason}`
    const [anchor, ...others] = part.anchors
    expect(others).toEqual([])
    expect(part.file).toBe(script.file)
    // The place of the anchor, counted again: what the file holds there is the fragment.
    const start =
      text
        .split('\n')
        .slice(0, (anchor?.line ?? 0) - 1)
        .join('\n').length + ((anchor?.line ?? 0) > 1 ? 1 : 0)
    const from = start + (anchor?.column ?? 0) - 1
    expect({ ...anchor, sql: part.sql }).toEqual({
      offset: 0,
      line: anchor?.line,
      column: anchor?.column,
      verbatim: true,
      sql: text.slice(from, from + part.sql.length),
    })
    return `${anchor?.line}:${anchor?.column} ${JSON.stringify(part.sql)}${part.autocommit ? ' autocommit' : ''}`
  })
  return `  ${script.direction} ${script.file}:${script.at.line} [${script.transaction}] ${parts.join(' | ')}`
}
