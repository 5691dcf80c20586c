import { join, resolve } from 'node:path'
import * as core from '@actions/core'
import picocolors from 'picocolors'
import manifest from '../package.json' with { type: 'json' }
import { rules as builtIn } from '../rules/index.ts'
import { loadConfig } from './config.ts'
import { dryRun, dryRunExitCode } from './dry-run.ts'
import { limitsOf, usualLimits } from './dry-run-limits.ts'
import type { Event } from './github/event.ts'
import type { Inputs } from './github/inputs.ts'
import { withoutCommands, writeReport, writeSummary } from './github/step.ts'
import { UserError } from './model/errors.ts'
import { dryRunHeadline } from './report/dry-run-headline.ts'
import { dryRunJson } from './report/dry-run-json.ts'
import { dryRunMarkdown } from './report/dry-run-markdown.ts'
import { dryRunTerminal } from './report/dry-run-terminal.ts'
import { block, line } from './report/inert.ts'
import { summaryBytes } from './report/markdown.ts'
import { redact } from './report/redact.ts'
import { rulebook } from './rulebook.ts'

/** Holds staging's URL. Not an input: those are printed in the log where a workflow is debugged. */
export const stagingVariable = 'MIGRATION_GATE_STAGING_URL'

/**
 * `command: dry-run` of the action: the job's summary, the report file and the outputs; no comment, because there is no pull request.
 * @throws UserError for what keeps it from beginning
 */
export async function dryRunStep(options: {
  readonly inputs: Inputs
  readonly event: Event
  /** Absolute path of the work tree's root. */
  readonly repository: string
  readonly secrets: readonly string[]
  readonly signal: AbortSignal
}): Promise<void> {
  const { inputs, event, repository, secrets, signal } = options
  const { dryRun: given, values } = inputs
  const url = process.env[stagingVariable]
  // Nothing that is started from here on inherits it.
  delete process.env[stagingVariable]
  if (!event.mayRunMigrations)
    throw new UserError(
      `A dry run is not done on ${event.name}, where the files may come from a fork. Use workflow_dispatch.`,
    )
  if (!given || !url)
    throw new UserError(
      `There is no URL of staging. Give it in the environment variable ${stagingVariable}, from a secret.`,
    )
  const config = await loadConfig({
    repository,
    file: inputs.config,
    values: { tool: values.tool, directory: values.directory, 'fail-on': values['fail-on'] },
    databaseUrl: inputs.databaseUrl,
    origin: "the action's inputs",
  })
  const limits = limitsOf({
    lockTimeout: given.lockTimeout || usualLimits.lockTimeout,
    statementTimeout: given.statementTimeout || usualLimits.statementTimeout,
  })
  const rules = await rulebook({ builtIn, config, repository })
  const log = (message: string) => void process.stdout.write(`${block(redact(message, secrets))}\n`)
  const { mode, versionTable, to } = given
  const run = await withoutCommands(async () => {
    const found = redact(
      await dryRun({ config, rules, repository, url, mode, limits, versionTable, to, signal, log }),
      secrets,
    )
    process.stdout.write(dryRunTerminal(found, picocolors.createColors(true)))
    return found
  })
  const about = { version: manifest.version }
  if (!(await writeSummary(process.env.GITHUB_STEP_SUMMARY, dryRunMarkdown(run, about, summaryBytes))))
    core.info('This runner has no job summary.')
  const workspace = process.env.GITHUB_WORKSPACE ?? '.'
  const report = inputs.reportFile
    ? resolve(workspace, inputs.reportFile)
    : join(process.env.RUNNER_TEMP ?? workspace, 'migration-gate', 'dry-run.md')
  await writeReport(report, report.endsWith('.json') ? dryRunJson(run) : dryRunMarkdown(run, about))
  core.setOutput('report-path', report)
  core.setOutput('verdict', run.verdict)
  core.setOutput('pending-count', run.server ? run.pending.length : '')
  core.setOutput('blocking-count', run.findings.filter(({ severity }) => severity === 'error').length)
  core.setOutput('warning-count', run.findings.filter(({ severity }) => severity === 'warning').length)
  const { title, consequence } = dryRunHeadline(run)
  const code = dryRunExitCode(run, config.failOn)
  if (code === 0) core.info(`Dry run: ${title}.`)
  else core.setFailed(`Dry run: ${title}. ${line(consequence)}`)
}
