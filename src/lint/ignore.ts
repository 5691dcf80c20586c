import type { Finding } from '../model/finding.ts'

/** `-- migration-gate: ignore blocking-index: twelve rows`, or `#` in Python. Several rules are separated by commas. */
const comment = /(?:--|#)\s*migration-gate:\s*ignore\s+([a-z-]+(?:\s*,\s*[a-z-]+)*)\s*:\s*\S/

/**
 * The findings without those that their file asks to ignore: with a comment at the end of a line of the statement, or on lines
 * of its own before it. Above all code, it speaks of the file as a whole, too. The reason is mandatory: a comment without one
 * ignores nothing.
 *
 * @param texts the files' text by path; a file that is not in it ignores nothing
 */
export function withoutIgnored(findings: readonly Finding[], texts: ReadonlyMap<string, string>): Finding[] {
  const ignored = new Map([...texts].map(([file, text]) => [file, ignoresIn(text)]))
  return findings.filter(
    ({ at, rule }) =>
      !ignored.get(at.file)?.some((each) => each.rules.includes(rule) && each.from <= at.endLine && at.line <= each.to),
  )
}

interface Ignore {
  readonly rules: readonly string[]
  /** The lines that it covers, from 1, both included. */
  readonly from: number
  readonly to: number
}

function ignoresIn(text: string): Ignore[] {
  const lines = text.split('\n')
  const isCode = (line: string) => !/^\s*(?:(?:--|#).*)?$/.test(line)
  return lines.flatMap((line, index): Ignore[] => {
    const rules = comment
      .exec(line)?.[1]
      ?.split(',')
      .map((name) => name.trim())
    if (!rules) return []
    if (isCode(line)) return [{ rules, from: index + 1, to: index + 1 }]
    const next = lines.findIndex((each, at) => at > index && isCode(each))
    return [{ rules, from: lines.findIndex(isCode) === next ? 1 : index + 1, to: next < 0 ? lines.length : next + 1 }]
  })
}
