import type { Finding } from '../model/finding.ts'
import type { ParsedMigration } from '../model/migration.ts'

/** Sorts findings as the migrations run, upgrades before downgrades in files of their own, then by place and rule. */
export function inOrder(findings: readonly Finding[], migrations: readonly ParsedMigration[]): Finding[] {
  const positions = new Map(migrations.map(({ id, file }, index) => [id, { index, file }]))
  const order = (a: Finding, b: Finding): number => {
    const [left, right] = [positions.get(a.migration), positions.get(b.migration)]
    return (
      (left?.index ?? migrations.length) - (right?.index ?? migrations.length) ||
      compare(a.at.file !== left?.file, b.at.file !== right?.file) ||
      compare(a.at.file, b.at.file) ||
      a.at.line - b.at.line ||
      a.at.column - b.at.column ||
      compare(a.rule, b.rule) ||
      compare(a.direction !== 'up', b.direction !== 'up') ||
      compare(a.message, b.message)
    )
  }
  return [...findings].sort(order)
}

/** By code units, so that the order is the same on every machine. */
function compare<T extends string | boolean>(a: T, b: T): number {
  return a === b ? 0 : a < b ? -1 : 1
}
