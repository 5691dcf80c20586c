import { getInput } from '@actions/core'
import { type DryRunMode, dryRunModes } from '../model/dry-run.ts'
import { UserError } from '../model/errors.ts'

/** The action's inputs, except for the values of the configuration unread. */
export interface Inputs {
  /** By the names of the configuration file. Undefined or '': not given. */
  readonly values: Readonly<Record<string, string | undefined>>
  readonly config: string | undefined
  readonly databaseUrl: string | undefined
  readonly comment: 'on-findings' | 'always' | 'never'
  readonly commentKey: string
  /** A report in JSON to write as a comment, instead of judging anything. */
  readonly commentFrom: string | undefined
  /** Build the baseline of the next change, instead of judging anything. */
  readonly keepBaseline: boolean
  /** Hold the pending migrations against staging, instead of judging a change. */
  readonly dryRun: DryRunInputs | undefined
  readonly annotations: boolean
  readonly sarifFile: string | undefined
  readonly reportFile: string | undefined
  readonly workingDirectory: string
  readonly token: string
}

interface DryRunInputs {
  readonly mode: DryRunMode
  /** With a unit; '' where it is not given. */
  readonly lockTimeout: string
  readonly statementTimeout: string
  readonly versionTable: string | undefined
  /** The last migration to include. */
  readonly to: string | undefined
}

/** @throws UserError for a value that an input does not take */
export function readInputs(): Inputs {
  return {
    values: {
      directory: getInput('directory'),
      tool: getInput('tool'),
      base: getInput('base-ref'),
      database: getInput('database'),
      'postgres-version': getInput('postgres-version'),
      'round-trip': getInput('round-trip'),
      timeout: getInput('timeout'),
      'fail-on': getInput('fail-on'),
    },
    config: getInput('config') || undefined,
    databaseUrl: getInput('database-url') || undefined,
    comment: oneOf('comment', ['on-findings', 'always', 'never']),
    commentKey: key(),
    commentFrom: getInput('comment-from') || undefined,
    keepBaseline: oneOf('keep-baseline', ['false', 'true']) === 'true',
    dryRun: oneOf('command', ['check', 'dry-run']) === 'dry-run' ? dryRun() : undefined,
    annotations: oneOf('annotations', ['true', 'false']) === 'true',
    sarifFile: getInput('sarif-file') || undefined,
    reportFile: reportFile(),
    workingDirectory: getInput('working-directory') || '.',
    token: getInput('github-token'),
  }
}

function dryRun(): DryRunInputs {
  return {
    mode: oneOf('mode', dryRunModes),
    lockTimeout: getInput('lock-timeout'),
    statementTimeout: getInput('statement-timeout'),
    versionTable: getInput('version-table') || undefined,
    to: getInput('to') || undefined,
  }
}

function oneOf<const T extends string>(name: string, values: readonly [T, ...T[]]): T {
  const given = getInput(name).toLowerCase()
  if (!given) return values[0]
  const value = values.find((one) => one === given)
  if (!value) throw new UserError(`The input ${name} is "${given}". It can be ${values.join(', ')}.`)
  return value
}

function key(): string {
  const given = getInput('comment-key') || 'default'
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(given))
    throw new UserError(`The input comment-key is "${given}". It can have 1 to 64 letters, digits, ".", "_" and "-".`)
  return given
}

function reportFile(): string | undefined {
  const given = getInput('report-file')
  if (given && !/\.(md|html|json)$/.test(given))
    throw new UserError(`The input report-file is "${given}". It must end in .md, .html or .json.`)
  return given || undefined
}
