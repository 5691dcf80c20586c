import type { ChangedFile } from '../model/change.ts'
import type { PastChange } from '../model/lineage.ts'
import type { Migration, Project, Script } from '../model/migration.ts'
import { textIn } from './changed-files.ts'
import type { Files } from './files.ts'
import { statements } from './statements.ts'

/**
 * The files as they are in a commit, where the work tree differs from it by `changed` and nothing else.
 * @param repository absolute path of the root
 */
export function filesIn(
  commit: string,
  repository: string,
  changed: readonly ChangedFile[],
  files: (paths: readonly string[]) => Files,
  now: Files,
): Files {
  const added = new Set(changed.flatMap(({ path, status }) => (status === 'added' ? path : [])))
  const others = new Set(changed.flatMap(({ path, status }) => (status === 'added' ? [] : path)))
  const before = files([...new Set([...now.paths.filter((path) => !added.has(path)), ...others])])
  const text = (path: string) => textIn(repository, commit, path)
  return {
    ...before,
    readText: async (path) => (others.has(path) ? (await text(path)).replace(mark, '') : await now.readText(path)),
    hasByteOrderMark: async (path) =>
      others.has(path) ? mark.test(await text(path)) : await now.hasByteOrderMark(path),
    statusOf: () => 'base',
  }
}

const mark = /^\uFEFF/

/** What became of the migrations of the base branch. Those that the tool runs again when they change may change. */
export function pastChanges(before: Project, now: Project): PastChange[] {
  const left = new Map(now.migrations.map((migration) => [migration.id, migration]))
  const fresh = now.migrations.filter(({ id }) => !before.migrations.some((each) => each.id === id))
  return before.migrations.flatMap((old): PastChange[] => {
    if (old.isRepeatable) return []
    const same = left.get(old.id)
    if (same) return changesTo(old, same, now.tool)
    const other = fresh.find((each) => sqlOf(each.up) === sqlOf(old.up) && sqlOf(old.up) !== '')
    const { id, name, file } = old
    if (other) return [{ kind: 'renamed', migration: other.id, before: { id, name, file } }]
    return [{ kind: 'deleted', migration: id, name, file }]
  })
}

function changesTo(old: Migration, now: Migration, tool: Project['tool']): PastChange[] {
  const { id, name, file } = old
  const found: PastChange[] = []
  if (now.name !== name) found.push({ kind: 'renamed', migration: id, before: { id, name, file } })
  if (sqlOf(now.up) !== sqlOf(old.up)) found.push({ kind: 'edited', migration: id, what: 'sql' })
  // Elsewhere the parent of a migration is the one before it, whatever that is.
  else if (tool === 'alembic' && now.parents.join() !== old.parents.join())
    found.push({ kind: 'edited', migration: id, what: 'parents' })
  else if (textOf(now.up) !== textOf(old.up)) found.push({ kind: 'edited', migration: id, what: 'text' })
  return found
}

/** What a script sends, without comments and white space between the words. */
function sqlOf({ fragments, transaction }: Script): string {
  const parts = fragments.map((part) =>
    part.kind === 'sql'
      ? [plain(part.sql), part.autocommit ?? false, part.repeated ?? false]
      : (part.code ?? part.reason),
  )
  // Alembic's own is said elsewhere, for all revisions at once.
  return fragments.length === 0 ? '' : JSON.stringify([transaction === 'run' ? '' : transaction, parts])
}

function textOf({ fragments }: Script): string {
  return JSON.stringify(fragments.map((part) => (part.kind === 'sql' ? part.sql : (part.code ?? part.reason))))
}

function plain(sql: string): string {
  return statements(sql)
    .map(({ start, end }) => words(sql.slice(start, end)))
    .filter((text) => text !== '' && text !== ';')
    .join('\n')
}

const word =
  /((?:--[^\n\r]*|\/\*[\s\S]*?\*\/|\s)+)|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\2\$|[^\s'"$/-]+|[\s\S]/g

/** Comments are white space, and white space is one space; what stands in quotes stays as it is. */
function words(sql: string): string {
  return sql.replace(word, (found: string, space: string | undefined) => (space === undefined ? found : ' ')).trim()
}
