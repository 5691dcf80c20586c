import type { Severity } from '../model/finding.ts'
import type { Location } from '../model/location.ts'
import type { NotChecked, Result } from '../model/result.ts'
import { digest, fingerprints } from './fingerprint.ts'
import { line } from './inert.ts'
import { serialize } from './json.ts'

/** The levels of https://docs.gitlab.com/ci/testing/code_quality/ are info, minor, major, critical and blocker. */
const severities = { error: 'blocker', warning: 'major', info: 'info' } as const satisfies Record<Severity, string>

/**
 * GitLab's Code Quality report, for `artifacts: reports: codequality`. What was not checked is an entry too, with the check
 * `not-checked`: a report without entries says that all is well.
 */
export function gitlab(result: Result): string {
  const prints = fingerprints(result.findings)
  return serialize([
    ...result.findings.map((found) => ({
      description: line(`${found.message} Instead: ${found.help}`),
      check_name: found.rule,
      fingerprint: prints.get(found) ?? '',
      severity: severities[found.severity],
      location: location(found.at),
    })),
    ...result.notChecked.map((one, position) => ({
      description: line(`Not checked: ${one.what}: ${one.why}`),
      check_name: 'not-checked',
      fingerprint: digest(JSON.stringify(['not-checked', one.what, position])),
      severity: 'critical',
      location: location(place(one, result)),
    })),
  ])
}

/** GitLab shows no entry without a file: what belongs to none is shown at the first migration, or at the root. */
function place({ at }: NotChecked, { migrations }: Result): Pick<Location, 'file' | 'line'> {
  return at ?? { file: migrations[0]?.file ?? '.', line: 1 }
}

function location({ file, line }: Pick<Location, 'file' | 'line'>) {
  return { path: file, lines: { begin: line } }
}
