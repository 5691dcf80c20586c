import type { Log, Notification, ReportingDescriptor, Location as SarifLocation, Result as SarifResult } from 'sarif'
import type { Finding, Severity } from '../model/finding.ts'
import type { Location } from '../model/location.ts'
import type { NotChecked, Result } from '../model/result.ts'
import type { About } from './about.ts'
import { fingerprints } from './fingerprint.ts'
import { block, pathInUrl } from './inert.ts'
import { serialize } from './json.ts'

/** What SARIF needs of a rule. */
interface RuleSummary {
  readonly name: string
  readonly summary: string
}

const levels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>

/**
 * SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. What was not checked is a notification of
 * the tool, and the run then counts as not successful.
 * @param rules where the description of each rule is found
 */
export function sarif(result: Result, rules: readonly RuleSummary[], about: About): string {
  const used = [...new Map(result.findings.map((found) => [found.rule, found])).values()]
  const index = new Map(used.map((found, position) => [found.rule, position]))
  const prints = fingerprints(result.findings)
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'migration-gate',
            semanticVersion: about.version,
            rules: used.map((found) => descriptor(found, rules)),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: result.notChecked.length === 0,
            toolExecutionNotifications: result.notChecked.map(notification),
          },
        ],
        ...(about.links && {
          versionControlProvenance: [{ repositoryUri: about.links.repository, revisionId: about.links.sha }],
        }),
        results: result.findings.map((found) => sarifResult(found, index.get(found.rule) ?? -1, prints)),
      },
    ],
  }
  return serialize(log)
}

function descriptor(found: Finding, rules: readonly RuleSummary[]): ReportingDescriptor {
  const summary = rules.find((rule) => rule.name === found.rule)?.summary ?? found.rule
  return {
    id: found.rule,
    shortDescription: { text: message(summary) },
    fullDescription: { text: message(summary) },
    help: { text: message(`${summary}. See ${found.url}`) },
    helpUri: found.url,
    defaultConfiguration: { level: levels[found.severity] },
  }
}

function sarifResult(found: Finding, ruleIndex: number, prints: ReadonlyMap<Finding, string>): SarifResult {
  return {
    ruleId: found.rule,
    ruleIndex,
    level: levels[found.severity],
    message: { text: message([found.message, found.help, ...found.evidence.map((one) => `Seen: ${one}`)].join('\n')) },
    locations: [location(found.at)],
    partialFingerprints: { 'migrationGateFinding/v1': prints.get(found) ?? '' },
    properties: { migration: found.migration, direction: found.direction, seen: found.seen },
  }
}

function notification({ what, why, at }: NotChecked): Notification {
  return {
    level: 'error',
    message: { text: message(`${what}: ${why}`) },
    ...(at && { locations: [location(at)] }),
  }
}

function location(at: Location): SarifLocation {
  return {
    physicalLocation: {
      artifactLocation: { uri: pathInUrl(at.file), uriBaseId: '%SRCROOT%' },
      region: { startLine: at.line, startColumn: at.column, endLine: at.endLine },
    },
  }
}

/** Text without links (§3.11.6) and placeholders (§3.11.5): brackets are escaped, braces doubled. */
function message(text: string): string {
  return block(text)
    .replace(/[[\]\\]/g, (character) => `\\${character}`)
    .replace(/[{}]/g, (character) => character + character)
}
