import { join, resolve } from 'node:path'
import * as core from '@actions/core'
import picocolors from 'picocolors'
import packageJson from '../package.json' with { type: 'json' }
import { rules as builtIn } from '../rules/index.ts'
import { type Config, loadConfig } from './config.ts'
import { dryRunStep, stagingVariable } from './dry-run-action.ts'
import { type Api, connect } from './github/api.ts'
import { changedFiles } from './github/changed-files.ts'
import { type Event, readEvent } from './github/event.ts'
import { type Inputs, readInputs } from './github/inputs.ts'
import { withoutCommands, writeReport, writeSummary } from './github/step.ts'
import { keepBaselines } from './keep-baselines.ts'
import { Cancelled, UserError } from './model/errors.ts'
import type { Result } from './model/result.ts'
import type { Rule } from './model/rule.ts'
import { repositoryRoot } from './read/changed-files.ts'
import type { About } from './report/about.ts'
import { type Annotations, annotations, heldBackWords } from './report/annotations.ts'
import { headline, ofSeverity, roundTripState } from './report/headline.ts'
import { html } from './report/html.ts'
import { block, line } from './report/inert.ts'
import { json } from './report/json.ts'
import { markdown, summaryBytes } from './report/markdown.ts'
import { redact, secretsOf } from './report/redact.ts'
import { sarif } from './report/sarif.ts'
import { terminal } from './report/terminal.ts'
import { undecided } from './report/undecided.ts'
import { comment, commentFrom, waits } from './report-comment.ts'
import { rulebook } from './rulebook.ts'
import { run } from './run.ts'
import { exitCode, verdict } from './verdict.ts'

/** Ten of each level are shown for a step; the last is kept for what the step says about itself. */
const annotationLimit = 9

/** The action, as `action.yml` starts it. Never rejects: a failure becomes an error of the step and its exit code. */
export async function action(): Promise<void> {
  const secrets = hideSecrets()
  const stop = new AbortController()
  const cancel = () => stop.abort()
  process.once('SIGINT', cancel)
  process.once('SIGTERM', cancel)
  try {
    await gate(secrets, stop.signal)
  } catch (error) {
    const isCancelled = error instanceof Cancelled || stop.signal.aborted
    core.setFailed(isCancelled ? 'Migration gate was cancelled before it could decide.' : failure(error, secrets))
  } finally {
    process.off('SIGINT', cancel)
    process.off('SIGTERM', cancel)
  }
}

/** Comes before anything that can fail and quote a secret. */
function hideSecrets(): readonly string[] {
  const token = core.getInput('github-token')
  const urls = [core.getInput('database-url'), process.env[stagingVariable]]
  const secrets = [...urls.flatMap(secretsOf), ...(token ? [token] : [])]
  for (const secret of secrets) core.setSecret(secret)
  return secrets
}

async function gate(secrets: readonly string[], signal: AbortSignal): Promise<void> {
  const inputs = readInputs()
  // What is started from here on inherits this environment.
  for (const name of Object.keys(process.env)) if (/^INPUT_|^ACTIONS_.*TOKEN$/.test(name)) delete process.env[name]
  const event = await readEvent(process.env)
  const api = connect(inputs.token, process.env.GITHUB_API_URL ?? 'https://api.github.com')
  if (inputs.commentFrom) return await commentFrom(inputs.commentFrom, inputs, event, api, signal)
  if (inputs.keepBaseline) return await withoutCommands(() => keepBaseline(inputs, event, secrets, signal))
  if (inputs.dryRun) {
    const repository = await checkout(inputs.workingDirectory)
    return await dryRunStep({ inputs, event, repository, secrets, signal })
  }
  const judged = await withoutCommands(async () => {
    const judged = await judge(inputs, event, api, secrets, signal)
    const result = redact(judged.result, secrets)
    print(terminal(result, picocolors.createColors(true)))
    return { ...judged, result }
  })
  await deliver(judged.result, judged.rules, inputs, event, api, signal)
  fail(judged.result, judged.failOn)
}

interface Judged {
  readonly result: Result
  readonly failOn: Config['failOn']
  /** As they judged. */
  readonly rules: readonly Rule[]
}

/** A run that fails still has a result: that it could not decide. Only a cancelled one has none. */
async function judge(
  inputs: Inputs,
  event: Event,
  api: Api,
  secrets: readonly string[],
  signal: AbortSignal,
): Promise<Judged> {
  const log = (message: string) => print(block(redact(message, secrets)))
  try {
    const repository = await checkout(inputs.workingDirectory)
    const config = await configure(inputs, event, repository, log)
    // A base that somebody has named is what they want to compare with, whatever the event says.
    const changed = config.base ? undefined : await changedFiles({ api, event, repository, waits, signal, log })
    const based = { ...config, base: config.base ?? event.base }
    const { rules, withheld } = await chosenRules(config, event, repository)
    const result = await run({ config: based, rules, repository, changed, signal, log })
    return { result: { ...result, ...withheld(result) }, failOn: config.failOn, rules }
  } catch (error) {
    if (error instanceof Cancelled || signal.aborted) throw error
    if (!(error instanceof UserError)) log(error instanceof Error ? (error.stack ?? error.message) : String(error))
    return { result: undecided(failure(error, secrets)), failOn: 'error', rules: builtIn }
  }
}

/**
 * Rules of the repository's own are code that runs beside the token of this job. They are read from the commit that a change is proposed
 * for; where that code may not run either, that they did not judge is something that was not checked.
 */
async function chosenRules(
  config: Config,
  event: Event,
  repository: string,
): Promise<{ rules: readonly Rule[]; withheld: (result: Result) => Partial<Result> }> {
  const { customRules: folder } = config
  const pages = `${process.env.GITHUB_SERVER_URL ?? 'https://github.com'}/${event.owner}/${event.repository}/blob/HEAD/`
  if (folder === undefined || event.mayRunMigrations) {
    const rules = await rulebook({ builtIn, config, repository, commit: event.trustedCommit, pages })
    return { rules, withheld: () => ({}) }
  }
  const rules = await rulebook({ builtIn, config: { ...config, customRules: undefined }, repository })
  const why = `They are code, which is not run on ${event.name}: the workflow may hold secrets, and the files may come from a fork. Use pull_request.`
  return {
    rules,
    withheld: ({ findings, notChecked: others }) => {
      const notChecked = [{ what: `The rules in ${folder}`, why }, ...others]
      return { notChecked, verdict: verdict(findings, notChecked) }
    },
  }
}

/** Only makes later runs faster: where it cannot be done, they say why, and this one does not fail. */
async function keepBaseline(inputs: Inputs, event: Event, secrets: readonly string[], signal: AbortSignal) {
  const log = (message: string) => print(block(redact(message, secrets)))
  const repository = await checkout(inputs.workingDirectory)
  const config = await configure(inputs, event, repository, log)
  const { listCache } = await import('./postgres/cache.ts')
  const before = await listCache()
  const failed = await keepBaselines({ config, repository, signal, log })
  for (const why of failed) log(`No baseline is kept: ${why}`)
  core.setOutput('cache-changed', `${before}` !== `${await listCache()}`)
}

async function checkout(workingDirectory: string): Promise<string> {
  try {
    return await repositoryRoot(resolve(process.env.GITHUB_WORKSPACE ?? '.', workingDirectory))
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause
    throw new UserError(`${cause.message} Is there a step with actions/checkout before this one?`, { cause })
  }
}

async function configure(
  inputs: Inputs,
  event: Event,
  repository: string,
  log: (message: string) => void,
): Promise<Config> {
  const { config: file, values, databaseUrl } = inputs
  const config = await loadConfig({ repository, file, values, databaseUrl, origin: "the action's inputs" })
  if (event.mayRunMigrations) return config
  const because = `Migrations are not run on ${event.name}, where the workflow may hold secrets and the files may come from a fork`
  if (config.roundTrip === 'required')
    throw new UserError(`${because}, but round-trip is "required". Use pull_request, or set round-trip to auto.`)
  log(`${because}: they are read only.`)
  return { ...config, roundTrip: 'off' }
}

async function deliver(
  result: Result,
  rules: readonly Rule[],
  inputs: Inputs,
  event: Event,
  api: Api,
  signal: AbortSignal,
): Promise<void> {
  const server = process.env.GITHUB_SERVER_URL ?? 'https://github.com'
  const links = { repository: `${server}/${event.owner}/${event.repository}`, sha: event.sha, run: event.run.url }
  const about: About = { version: packageJson.version, links }
  const marks = annotations(result, annotationLimit)

  await summarize(result, about, inputs.annotations ? heldBackWords(marks) : '')
  await writeFiles(result, rules, about, inputs)
  core.setOutput('verdict', result.verdict)
  core.setOutput('blocking-count', ofSeverity(result, 'error').length)
  core.setOutput('warning-count', ofSeverity(result, 'warning').length)
  core.setOutput('round-trip', roundTripState(result))
  core.setOutput(
    'migrations',
    result.migrations.map(({ id, name, file, isNew }) => ({ id, name, file, isNew })),
  )
  const { pullRequest } = event
  core.setOutput(
    'comment-id',
    pullRequest ? await comment({ result, about, inputs, event, api, ...pullRequest, signal }) : '',
  )
  if (inputs.annotations) annotate(marks)
}

async function summarize(result: Result, about: About, addition: string): Promise<void> {
  const text = `${markdown(result, about, summaryBytes)}${addition ? `\n${addition}\n` : ''}`
  const isWritten = await writeSummary(process.env.GITHUB_STEP_SUMMARY, text)
  if (!isWritten) core.info('This runner has no job summary.')
}

async function writeFiles(
  result: Result,
  rules: readonly Rule[],
  about: About,
  { reportFile, sarifFile, commentKey }: Inputs,
): Promise<void> {
  const workspace = process.env.GITHUB_WORKSPACE ?? '.'
  const report = reportFile
    ? resolve(workspace, reportFile)
    : join(process.env.RUNNER_TEMP ?? workspace, 'migration-gate', `${commentKey}.md`)
  await writeReport(report, inFormatOf(report, result, about))
  core.setOutput('report-path', report)
  if (!sarifFile) return
  const path = resolve(workspace, sarifFile)
  await writeReport(path, sarif(result, rules, about))
  core.setOutput('sarif-path', path)
}

function inFormatOf(file: string, result: Result, about: About): string {
  if (file.endsWith('.json')) return json(result)
  if (file.endsWith('.html')) return html(result, about)
  return markdown(result, about, summaryBytes)
}

function annotate({ shown }: Annotations): void {
  const issue = { error: core.error, warning: core.warning, notice: core.notice }
  for (const { level, title, message, at } of shown)
    issue[level](message, { title, ...(at && { file: at.file, startLine: at.line, endLine: at.endLine }) })
}

/** Findings and what was not checked fail the step in different words: one is answered in the migration, the other is not. */
function fail(result: Result, failOn: Config['failOn']): void {
  const { title, consequence } = headline(result)
  switch (exitCode(result, failOn)) {
    case 1:
      core.setFailed(`Migration gate: ${title}. ${line(consequence)}`)
      break
    case 3: {
      const [first, ...others] = result.notChecked
      const what = first
        ? ` ${line(first.what)}: ${line(first.why)}${others.length ? ` And ${others.length} more.` : ''}`
        : ''
      core.setFailed(`Migration gate could not check everything, and so cannot say that this is safe.${what}`)
      break
    }
    case 0:
      core.info(`Migration gate: ${title}.`)
  }
}

function failure(error: unknown, secrets: readonly string[]): string {
  const message = redact(error instanceof Error ? error.message : String(error), secrets)
  if (error instanceof UserError) return block(message)
  return `migration-gate itself failed: ${line(message)}. This is a fault of ours; the log of the job holds what a report of it needs.`
}

function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}
