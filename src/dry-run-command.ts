import { resolve } from 'node:path'
import pico from 'picocolors'
import manifest from '../package.json' with { type: 'json' }
import { loadConfig } from './config.ts'
import { dryRun, dryRunExitCode } from './dry-run.ts'
import { limitsOf } from './dry-run-limits.ts'
import { type DryRun, type DryRunMode, dryRunFormats } from './model/dry-run.ts'
import { Cancelled, UserError } from './model/errors.ts'
import type { Rule } from './model/rule.ts'
import { writeOutput } from './output-file.ts'
import { repositoryRoot } from './read/changed-files.ts'
import { dryRunJson } from './report/dry-run-json.ts'
import { dryRunMarkdown } from './report/dry-run-markdown.ts'
import { dryRunTerminal } from './report/dry-run-terminal.ts'
import { line, withoutCommands } from './report/inert.ts'
import { redact, secretsOf } from './report/redact.ts'
import { rulebook } from './rulebook.ts'

type Format = (typeof dryRunFormats)[number]

export interface DryRunFlags {
  readonly databaseUrl: string
  readonly mode: DryRunMode
  /** With a unit, as `limitsOf` reads it. */
  readonly lockTimeout: string
  readonly statementTimeout: string
  readonly versionTable?: string
  readonly to?: string
  readonly config?: string
  readonly tool?: string
  readonly directory?: string
  readonly failOn?: string
  readonly format?: readonly { readonly format: string; readonly file: string | undefined }[]
  readonly quiet?: boolean
  readonly color: boolean
  readonly cwd: string
}

/** What `migration-gate dry-run` does. @returns the exit code */
export async function dryRunCommand(builtIn: readonly Rule[], flags: DryRunFlags): Promise<number> {
  const outputs = flags.format ?? [{ format: 'terminal', file: undefined }]
  if (outputs.filter(({ file }) => !file).length > 1)
    throw new UserError('Only one --format can go to standard output. Give the others a file: --format json=gate.json')
  const strange = outputs.find(({ format }) => !dryRunFormats.some((each) => each === format))
  if (strange) throw new UserError(`A dry run is told as ${dryRunFormats.join(', ')}; not as ${strange.format}.`)
  const limits = limitsOf(flags)
  const repository = await repositoryRoot(resolve(flags.cwd))
  const config = await loadConfig({
    repository,
    file: flags.config,
    origin: 'the command line',
    values: { tool: flags.tool, directory: flags.directory, 'fail-on': flags.failOn },
    databaseUrl: process.env.MIGRATION_GATE_DATABASE_URL,
  })
  const rules = await rulebook({ builtIn, config, repository })
  const cancel = new AbortController()
  const end = (signal: NodeJS.Signals) => cancel.abort(new Cancelled(`Ended by ${signal}. Nothing was decided.`))
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, end)
  try {
    const run = await dryRun({
      config,
      rules,
      repository,
      url: flags.databaseUrl,
      mode: flags.mode,
      limits,
      versionTable: flags.versionTable,
      to: flags.to,
      signal: cancel.signal,
      log: flags.quiet ? () => undefined : (message) => process.stderr.write(`${withoutCommands(line(message))}\n`),
    })
    const shown = redact(run, [...secretsOf(flags.databaseUrl), ...secretsOf(config.databaseUrl)])
    for (const { format, file } of outputs) {
      const text = render(format as Format, shown, flags.color && !file)
      if (file) await writeOutput(flags.cwd, file, text)
      else process.stdout.write(text)
    }
    return dryRunExitCode(run, config.failOn)
  } catch (error) {
    throw cancel.signal.aborted ? cancel.signal.reason : error
  } finally {
    for (const signal of signals) process.off(signal, end)
  }
}

function render(format: Format, run: DryRun, mayColor: boolean): string {
  if (format === 'json') return dryRunJson(run)
  if (format === 'markdown') return dryRunMarkdown(run, { version: manifest.version })
  return dryRunTerminal(run, pico.createColors(mayColor && pico.isColorSupported && Boolean(process.stdout.isTTY)))
}
