import type { Finding } from '../model/finding.ts'
import type { ParsedMigration } from '../model/migration.ts'

/** Sorts findings as the migrations run, upgrades before downgrades in files of their own, then by place and rule. */
export function inOrder(findings: readonly Finding[], migrations: readonly ParsedMigration[]): Finding[] {
  const positions = new Map(migrations.map((migration, index) => [migration.id, { index, file: migration.file }]))
  const keys = (finding: Finding): readonly (string | number)[] => {
    const position = positions.get(finding.migration)
    return [
      position?.index ?? migrations.length,
      finding.at.file === position?.file ? 0 : 1,
      finding.at.file,
      finding.at.line,
      finding.at.column,
      finding.rule,
      finding.direction === 'up' ? 0 : 1,
      finding.message,
    ]
  }
  return findings
    .map((finding) => ({ finding, key: keys(finding) }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ finding }) => finding)
}

/** By code units, so that the order is the same on every machine. */
function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? ''
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}
