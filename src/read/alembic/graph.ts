import type { Fault } from '../../model/lineage.ts'
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
  readonly faults: readonly Fault[]
}

/**
 * Orders revisions so that each comes after its parents and after what it depends on; where that leaves a choice, by file path. Several
 * heads are no problem for reading. Missing parents, revisions that two files claim, and cycles are faults.
 */
export function order(files: readonly VersionFile[], isNew: (file: string) => boolean = () => false): History {
  const faults: Fault[] = []
  const byPath = [...files].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
  const revisions = new Map<string, VersionFile>()
  // What is on the base branch keeps its place.
  for (const version of [...byPath.filter(({ file }) => !isNew(file)), ...byPath.filter(({ file }) => isNew(file))]) {
    const other = revisions.get(version.revision)
    if (other) faults.push({ ...marked(version), kind: 'duplicate', other: other.file })
    else revisions.set(version.revision, version)
  }

  const waiting = byPath
    .filter((version) => revisions.get(version.revision) === version)
    .map((version): Ordered => {
      const parents: string[] = []
      for (const [name, word] of [
        ...version.downRevisions.map((revision) => [revision, 'comes after'] as const),
        ...version.dependsOn.map((revision) => [revision, 'depends on'] as const),
      ]) {
        const found = word === 'depends on' ? resolve(name, revisions) : revisions.get(name)
        if (found) parents.push(found.revision)
        else faults.push({ ...marked(version), kind: 'missing-parent', parent: name, link: word })
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
  const inCycle = waiting.map(({ version }) => version.file)
  for (const { version } of waiting) faults.push({ ...marked(version), kind: 'cycle', files: inCycle })
  return { migrations, faults }
}

function marked({ file, revision, at }: VersionFile): Pick<Fault, 'migration' | 'name' | 'at'> {
  return { migration: revision, name: baseName(file), at }
}

/** What a person calls a version file. */
export function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1, -'.py'.length)
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
