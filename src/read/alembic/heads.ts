import type { Head, Lineage } from '../../model/lineage.ts'
import type { Migration } from '../../model/migration.ts'
import { baseName } from './graph.ts'
import type { VersionFile } from './version-file.ts'

/**
 * The revisions that no other comes after. What only depends on a revision (`depends_on`) does not come after it.
 * https://alembic.sqlalchemy.org/en/latest/branches.html
 */
export function headsOf(
  versions: readonly VersionFile[],
  statusOf: (path: string) => Migration['status'],
): Pick<Lineage, 'heads' | 'headsBefore'> {
  const heads = ends(versions)
  const lines = new Map(heads.map((head) => [head, line(head, versions)]))
  const isLabelled = (head: VersionFile) =>
    [...(lines.get(head) ?? [])].some(
      (version) =>
        version.branchLabels.length > 0 &&
        // A label in the common past of several heads tells none of them from the others.
        !heads.some((other) => other !== head && lines.get(other)?.has(version)),
    )
  return {
    heads: heads.map(
      (head): Head => ({
        migration: head.revision,
        name: baseName(head.file),
        at: head.at,
        isNew: statusOf(head.file) === 'new',
        isLabelled: isLabelled(head),
      }),
    ),
    headsBefore: ends(versions.filter(({ file }) => statusOf(file) !== 'new')).length,
  }
}

function ends(versions: readonly VersionFile[]): VersionFile[] {
  const parents = new Set(versions.flatMap(({ downRevisions }) => downRevisions))
  return versions.filter(({ revision }) => !parents.has(revision))
}

/** A revision with all that comes before it. */
function line(head: VersionFile, versions: readonly VersionFile[]): Set<VersionFile> {
  const byRevision = new Map(versions.map((version) => [version.revision, version]))
  const found = new Set([head])
  for (const version of found)
    for (const parent of version.downRevisions) {
      const before = byRevision.get(parent)
      if (before) found.add(before)
    }
  return found
}
