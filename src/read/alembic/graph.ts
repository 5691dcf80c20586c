import type { NotChecked } from '../../model/result.ts'
import type { VersionFile } from './version-file.ts'

/** A version file in its place of the history. */
interface Ordered {
  readonly version: VersionFile
  /** The revisions that must be applied before it: its parents, and what it depends on. */
  readonly parents: readonly string[]
}

/** A history in the order in which Alembic can run it, and what is wrong with it. */
export interface History {
  readonly migrations: readonly Ordered[]
  readonly problems: readonly NotChecked[]
}

/**
 * Orders revisions so that each comes after its parents and after what it depends on; where that leaves a choice, by file path. Several
 * heads are no problem for reading. Missing parents, revisions that two files claim, and cycles are.
 */
export function order(files: readonly VersionFile[]): History {
  const problems: NotChecked[] = []
  const byPath = [...files].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
  const revisions = new Map<string, VersionFile>()
  for (const version of byPath) {
    const other = revisions.get(version.revision)
    if (other)
      problems.push(
        problem(
          version,
          `Its revision ${version.revision} is also that of ${other.file}; Alembic takes only one of them.`,
        ),
      )
    else revisions.set(version.revision, version)
  }

  const waiting = [...revisions.values()].map((version): Ordered => {
    const parents: string[] = []
    for (const [name, word] of [
      ...version.downRevisions.map((revision) => [revision, 'comes after'] as const),
      ...version.dependsOn.map((revision) => [revision, 'depends on'] as const),
    ]) {
      const found = word === 'depends on' ? resolve(name, revisions) : revisions.get(name)
      if (found) parents.push(found.revision)
      else problems.push(problem(version, `It ${word} revision ${name}, which no file has.`))
    }
    return { version, parents: [...new Set(parents)] }
  })

  const migrations: Ordered[] = []
  const done = new Set<string>()
  while (waiting.length > 0) {
    const at = waiting.findIndex(({ parents }) => parents.every((parent) => done.has(parent)))
    const [first] = at < 0 ? [] : waiting.splice(at, 1)
    if (!first) break
    migrations.push(first)
    done.add(first.version.revision)
  }
  for (const { version } of waiting) {
    problems.push(
      problem(
        version,
        `Its parents come back to it or to one another, so it has no place in the order: a cycle among ${cycle(waiting)}.`,
      ),
    )
  }
  return { migrations, problems }
}

function problem(version: VersionFile, why: string): NotChecked {
  return { what: version.file, why, at: { file: version.file, line: 1, column: 1, endLine: 1 } }
}

/** What `depends_on` names: a revision, the beginning of one, or the label of a branch. */
function resolve(name: string, revisions: ReadonlyMap<string, VersionFile>): VersionFile | undefined {
  const exact = revisions.get(name)
  if (exact) return exact
  const all = [...revisions.values()]
  const labelled = all.filter((version) => version.branchLabels.includes(name))
  const begun = name.length < 4 ? [] : all.filter((version) => version.revision.startsWith(name))
  const found = labelled.length > 0 ? labelled : begun
  return found.length === 1 ? found[0] : undefined
}

function cycle(waiting: readonly Ordered[]): string {
  const files = waiting.map(({ version }) => version.file)
  return files.length > 5 ? `${files.slice(0, 5).join(', ')} and ${files.length - 5} more` : files.join(', ')
}
