import { resolve } from 'node:path'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import pico from 'picocolors'
import manifest from '../package.json' with { type: 'json' }
import { rules } from '../rules/index.ts'
import { type Config, configFile, loadConfig } from './config.ts'
import type { DryRunFlags } from './dry-run-command.ts'
import { usualLimits } from './dry-run-limits.ts'
import type { InitFlags } from './init-command.ts'
import { writeKnown } from './known-findings.ts'
import { dryRunFormats, dryRunModes } from './model/dry-run.ts'
import { Cancelled, UserError } from './model/errors.ts'
import { tools } from './model/migration.ts'
import type { Result } from './model/result.ts'
import type { Rule } from './model/rule.ts'
import { writeOutput } from './output-file.ts'
import { repositoryRoot } from './read/changed-files.ts'
import { block, line, withoutCommands } from './report/inert.ts'
import { redact, secretsOf } from './report/redact.ts'
import { terminal } from './report/terminal.ts'
import { explain, listFormats, listRules, type RuleFlags } from './rule-commands.ts'
import { rulebook } from './rulebook.ts'
import { run } from './run.ts'
import { statsText } from './sizes.ts'
import { exitCode } from './verdict.ts'

const formats = ['terminal', 'markdown', 'html', 'json', 'sarif', 'gitlab', 'junit'] as const
type Format = (typeof formats)[number]

interface Output {
  readonly format: Format
  /** Undefined: standard output. */
  readonly file: string | undefined
}

interface Flags {
  readonly base?: string
  readonly all?: boolean
  readonly config?: string
  readonly tool?: string
  readonly directory?: string
  readonly database?: string
  readonly postgresVersion?: string
  readonly roundTrip?: string
  readonly timeout?: string
  readonly failOn?: string
  readonly format?: readonly Output[]
  readonly quiet?: boolean
  readonly color: boolean
  readonly cwd: string
  readonly printConfig?: boolean
  readonly writeKnown?: boolean
}

/**
 * The command. Sets `process.exitCode`: 0 nothing at or above --fail-on, 1 findings, 2 usage or configuration, 3 not decided.
 * @param argv as `process.argv`
 */
export async function cli(argv: readonly string[]): Promise<void> {
  const program = new Command('migration-gate')
    .description('Shows what a PostgreSQL migration does before it is merged: reads it, rehearses it, reports.')
    .version(manifest.version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', examples)
  for (const { name, summary, isReading } of [
    {
      name: 'check',
      summary: 'read the changed migrations, rehearse them on a throwaway PostgreSQL, report',
      isReading: false,
    },
    {
      name: 'lint',
      summary: 'only read the changed migrations: no server, for editors and pre-commit',
      isReading: true,
    },
  ])
    withOptions(program.command(name).description(summary), isReading).action(async (flags: Flags) => {
      process.exitCode = await judge(isReading ? { ...flags, roundTrip: 'off' } : flags)
    })

  program
    .command('dry-run')
    .description('hold the pending migrations against staging, which is only read unless --mode says otherwise')
    .addOption(
      new Option('--database-url <url>', 'staging, with a role that may read')
        .env('MIGRATION_GATE_STAGING_URL')
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--mode <mode>', 'plan reads staging, rehearse runs on a copy, apply-and-rollback tries there')
        .choices(dryRunModes)
        .default('plan'),
    )
    .option('--lock-timeout <time>', 'how long a statement of ours may wait for a lock', usualLimits.lockTimeout)
    .option('--statement-timeout <time>', 'how long one statement of ours may run', usualLimits.statementTimeout)
    .option('--to <migration>', 'the last one to include: a revision, version, number or file (default: all pending)')
    .option('--version-table <schema.table>', 'where the tool notes what it applied (default: the tool’s own)')
    .option('--config <file>', `configuration file (default: ${configFile}, if there is one)`)
    .addOption(new Option('--tool <tool>', 'the migrations’ tool').choices(tools))
    .option('--directory <folder>', 'where the migrations are, from the root of the repository')
    .addOption(
      new Option('--fail-on <severity>', 'what makes the exit code 1 (default: error)').choices([
        'error',
        'warning',
        'never',
      ]),
    )
    .option(
      '--format <format[=file]>',
      `${dryRunFormats.join(', ')}; repeatable with files (default: terminal)`,
      toOutput,
    )
    .option('--quiet', 'no progress on standard error')
    .option('--no-color', 'plain text')
    .option('--cwd <folder>', 'run as if started there', '.')
    .allowExcessArguments(false)
    .action(async (flags: DryRunFlags) => {
      const { dryRunCommand } = await import('./dry-run-command.ts')
      process.exitCode = await dryRunCommand(rules, flags)
    })

  program
    .command('stats')
    .description('write the sizes of the tables of a database, for the rules: a file to commit')
    .addOption(
      new Option('--database-url <url>', 'the database to ask; only its catalogs are read')
        .env('MIGRATION_GATE_DATABASE_URL')
        .makeOptionMandatory(),
    )
    .option('--output <file>', 'the file to write (default: standard output)')
    .option('--cwd <folder>', 'run as if started there', '.')
    .allowExcessArguments(false)
    .action(stats)

  program
    .command('init')
    .description('write the workflow and the configuration for this repository')
    .option('--public', 'forks may open pull requests: a second workflow writes the comment')
    .addOption(
      new Option('--private', 'all pull requests come from branches of this repository (default)').conflicts('public'),
    )
    .option('--staging <environment>', 'a workflow, too, for dry runs against the database of this GitHub environment')
    .addOption(new Option('--tool <tool>', 'the migrations’ tool').choices(tools))
    .option('--directory <folder>', 'where the migrations are, from the root of the repository')
    .option('--force', 'replace files that are there')
    .option('--cwd <folder>', 'run as if started there', '.')
    .allowExcessArguments(false)
    .action(async (flags: InitFlags) => {
      const { initCommand } = await import('./init-command.ts')
      await initCommand(flags)
    })

  program
    .command('rules')
    .description('list the rules, with the severities that this repository gives them')
    .addOption(new Option('--format <format>', 'how').choices(listFormats).default('terminal'))
    .option('--config <file>', `configuration file (default: ${configFile}, if there is one)`)
    .option('--no-color', 'plain text')
    .option('--cwd <folder>', 'run as if started there', '.')
    .allowExcessArguments(false)
    .action(async (flags: Parameters<typeof listRules>[1]) => {
      process.stdout.write(await listRules(rules, flags))
    })
  program
    .command('explain')
    .description('show the page of a rule: what it finds, why, and what to write instead')
    .argument('<rule>', 'its name, or the name that squawk or eugene has for the hazard')
    .option('--config <file>', `configuration file (default: ${configFile}, if there is one)`)
    .option('--no-color', 'plain text')
    .option('--cwd <folder>', 'run as if started there', '.')
    .allowExcessArguments(false)
    .action(async (name: string, flags: RuleFlags) => {
      process.stdout.write(await explain(rules, name, flags))
    })

  program
    .command('cache')
    .description('what is kept between runs: servers that were downloaded, prepared data folders, baselines')
    .command('clear')
    .description('remove it; the next run makes it anew')
    .allowExcessArguments(false)
    .action(async () => {
      const { clearCache } = await import('./postgres/cache.ts')
      const { folder, removed } = await clearCache()
      process.stdout.write(
        `${folder}: ${removed.length > 0 ? `removed ${removed.join(', ')}` : 'nothing to remove'}.\n`,
      )
    })

  try {
    await program.parseAsync(argv)
  } catch (error) {
    process.exitCode = failed(error)
  }
}

function withOptions(command: Command, isReading: boolean): Command {
  command
    .option(
      '--base <ref>',
      'branch, tag or commit to compare with (default: the base branch of the pull request, or origin’s default branch)',
    )
    .option('--all', 'take every migration of the history as changed')
    .option('--config <file>', `configuration file (default: ${configFile}, if there is one)`)
    .addOption(new Option('--tool <tool>', 'the migrations’ tool').choices(tools))
    .option('--directory <folder>', 'where the migrations are, from the root of the repository')
  if (!isReading)
    command
      .option(
        '--database <where>',
        'auto, embedded, local, docker, or the URL of a server on which a scratch database may be made and dropped',
      )
      .option('--postgres-version <major>', 'major version to rehearse on, 12 to 18 (default: 17)')
      .addOption(
        new Option('--round-trip <when>', 'upgrade, downgrade, upgrade on a server').choices([
          'auto',
          'required',
          'off',
        ]),
      )
      .option('--timeout <seconds>', 'time limit for one run of one migration (default: 60)')
  return command
    .addOption(
      new Option('--fail-on <severity>', 'findings that make the exit code 1 (default: error)').choices([
        'error',
        'warning',
        'never',
      ]),
    )
    .option('--format <format[=file]>', `${formats.join(', ')}; repeatable with files (default: terminal)`, toOutput)
    .option('--write-known', 'with --all: write what is found to the file of known findings, which do not block')
    .option('--quiet', 'no progress on standard error')
    .option('--no-color', 'plain text')
    .option('--cwd <folder>', 'run as if started there', '.')
    .option('--print-config', 'show every setting and where it came from, and end')
    .allowExcessArguments(false)
}

/** Reads only the catalogs of the database. The URL goes into no message and no file. */
async function stats(flags: { databaseUrl: string; output?: string; cwd: string }): Promise<void> {
  const { askSizes } = await import('./postgres/sizes.ts')
  const { version, sizes } = await askSizes(flags.databaseUrl)
  const text = statsText(version, sizes, new Date())
  if (flags.output) await writeOutput(flags.cwd, flags.output, text)
  else process.stdout.write(text)
}

const examples = `
Examples:
  $ migration-gate check                          what this branch changes, against origin's default branch
  $ migration-gate check --base release --fail-on warning
  $ migration-gate check --format json=gate.json --format markdown=gate.md
  $ migration-gate lint --all                     the whole history, without a server
  $ migration-gate check --all --write-known      adopt the gate: what is there already does not block
  $ migration-gate explain blocking-index
  $ migration-gate stats --output tables.json     sizes of the tables, for stats in the configuration
  $ migration-gate init                           writes the workflow for GitHub and the configuration
  $ migration-gate init --staging staging         and the one for dry runs against staging

The URL of a server may also stand in MIGRATION_GATE_DATABASE_URL, where other users of the machine cannot see it.

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage or configuration, 3 something could not be checked.`

async function judge(flags: Flags): Promise<number> {
  const outputs: readonly Output[] = flags.format ?? [{ format: 'terminal', file: undefined }]
  const toStdout = outputs.filter((output) => !output.file)
  if (toStdout.length > 1)
    throw new UserError('Only one --format can go to standard output. Give the others a file: --format json=gate.json')

  const repository = await repositoryRoot(resolve(flags.cwd))
  const isUrl = /^postgres(?:ql)?:\/\//.test(flags.database ?? '')
  const config = await loadConfig({
    repository,
    file: flags.config,
    origin: 'the command line',
    values: {
      base: flags.base,
      tool: flags.tool,
      directory: flags.directory,
      database: isUrl ? 'url' : flags.database,
      'postgres-version': flags.postgresVersion,
      'round-trip': flags.roundTrip,
      timeout: flags.timeout,
      'fail-on': flags.failOn,
    },
    databaseUrl: isUrl ? flags.database : process.env.MIGRATION_GATE_DATABASE_URL,
  })
  if (flags.printConfig) {
    process.stdout.write(settings(config))
    return 0
  }

  if (flags.writeKnown && !flags.all)
    throw new UserError('--write-known needs --all: the file of known findings holds those of the whole history.')
  const chosen = await rulebook({ builtIn: rules, config, repository })

  const cancel = new AbortController()
  const end = (signal: NodeJS.Signals) => {
    if (!cancel.signal.aborted) process.stderr.write(`\nEnding (${signal}): stopping what was started …\n`)
    cancel.abort(new Cancelled(`Ended by ${signal}; nothing was left running. Nothing was decided.`))
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, end)
  try {
    const result = await run({
      config,
      rules: chosen,
      repository,
      all: flags.all ?? false,
      recordKnown: flags.writeKnown ?? false,
      signal: cancel.signal,
      log: flags.quiet ? () => undefined : progress(flags.color),
    })
    if (result.known?.recorded) {
      const said = await writeKnown(repository, config, result.known.recorded)
      if (!flags.quiet) process.stderr.write(`${line(said)}\n`)
    }
    const shown = redact(result, secretsOf(config.databaseUrl))
    for (const { format, file } of outputs) {
      const text = await render(format, shown, chosen, flags.color && !file)
      if (file) await writeOutput(flags.cwd, file, text)
      else process.stdout.write(text)
    }
    return exitCode(result, config.failOn)
  } catch (error) {
    throw cancel.signal.aborted ? cancel.signal.reason : error
  } finally {
    for (const signal of signals) process.off(signal, end)
  }
}

/** Loads only the report that is asked for: a module costs as much as the reading of hundreds of files. */
async function render(format: Format, result: Result, rules: readonly Rule[], mayColor: boolean): Promise<string> {
  const about = { version: manifest.version }
  switch (format) {
    case 'json':
      return (await import('./report/json.ts')).json(result)
    case 'sarif':
      return (await import('./report/sarif.ts')).sarif(result, rules, about)
    case 'markdown':
      return (await import('./report/markdown.ts')).markdown(result, about)
    case 'html':
      return (await import('./report/html.ts')).html(result, about)
    case 'gitlab':
      return (await import('./report/gitlab.ts')).gitlab(result)
    case 'junit':
      return (await import('./report/junit.ts')).junit(result)
    case 'terminal':
      return terminal(result, pico.createColors(mayColor && pico.isColorSupported && Boolean(process.stdout.isTTY)))
  }
}

function progress(mayColor: boolean): (message: string) => void {
  const { dim } = pico.createColors(mayColor && Boolean(process.stderr.isTTY))
  return (message) => process.stderr.write(`${dim(withoutCommands(line(message)))}\n`)
}

function settings(config: Config): string {
  const { sources, databaseUrl, ...values } = config
  const lines = Object.entries(values).map(([key, value]) => {
    const name = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    return `${name}: ${value === undefined ? '' : JSON.stringify(value)}  # ${sources[name]}`
  })
  return `${lines.join('\n')}\n# database URL: ${databaseUrl ? 'given (not shown)' : 'not given'}\n`
}

function toOutput(value: string, previous: readonly Output[] = []): Output[] {
  const [name = '', ...rest] = value.split('=')
  const format = formats.find((known) => known === name)
  if (!format) throw new InvalidArgumentError(`There are ${formats.join(', ')}.`)
  return [...previous, { format, file: rest.length > 0 ? rest.join('=') : undefined }]
}

function failed(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const say = (text: string) => process.stderr.write(`migration-gate: ${withoutCommands(block(text))}\n`)
  if (error instanceof UserError) {
    say(error.message)
    return 2
  }
  if (error instanceof Cancelled) {
    say(error.message)
    return 3
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  say(`this is a defect of the gate itself, please report it with what follows.\n${stack}`)
  return 3
}
