import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'

/** How a step ended, and what it left for the job. */
export interface Step {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  /** The workflow commands that a runner would obey, in order. */
  readonly commands: readonly string[]
}

/** A copy of dist/ with nothing beside or above it. Removed when it is disposed. */
export interface Bundle extends AsyncDisposable {
  readonly action: string
  /** Stands for RUNNER_TEMP. */
  readonly temporary: string
}

export async function bundle(): Promise<Bundle> {
  const folder = await mkdtemp(join(tmpdir(), 'migration-gate-dist-'))
  await cp(resolve('dist'), join(folder, 'dist'), { recursive: true })
  return {
    action: join(folder, 'dist', 'action.js'),
    temporary: folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

export interface StepOptions {
  readonly bundle: Bundle
  readonly workspace: string
  readonly api: string
  readonly event: string
  readonly payload: unknown
  readonly inputs?: Readonly<Record<string, string>>
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Is called once the process has started; it may signal it. */
  readonly meanwhile?: (child: ChildProcess, said: () => string) => Promise<void>
}

/** Starts the bundle as a runner starts an action: https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
export async function step(options: StepOptions): Promise<Step> {
  const { bundle, workspace, api, event, payload } = options
  const files = await mkdtemp(join(bundle.temporary, 'step-'))
  const path = (name: string) => join(files, name)
  await Promise.all([
    writeFile(path('event.json'), typeof payload === 'string' ? payload : JSON.stringify(payload)),
    writeFile(path('output'), ''),
    writeFile(path('summary.md'), ''),
  ])
  const inputs = { ...(await defaults()), ...options.inputs }
  const environment = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    LANG: process.env.LANG,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: path('event.json'),
    GITHUB_REPOSITORY: 'octo/shop',
    GITHUB_API_URL: api,
    GITHUB_GRAPHQL_URL: `${api}/graphql`,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: 'c'.repeat(40),
    GITHUB_RUN_ID: '42',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: path('output'),
    GITHUB_STEP_SUMMARY: path('summary.md'),
    RUNNER_TEMP: files,
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    ...options.environment,
  }
  const child = spawn(process.env.MIGRATION_GATE_ACTION_NODE ?? process.execPath, [bundle.action], {
    cwd: workspace,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const closed = once(child, 'close')
  await options.meanwhile?.(child, () => stdout)
  const [code] = (await closed) as [number | null]
  return {
    code,
    stdout,
    stderr,
    outputs: outputs(await readFile(path('output'), 'utf8')),
    summary: await readFile(path('summary.md'), 'utf8'),
    commands: commands(stdout),
  }
}

/** The runner passes the defaults of action.yml like values that were given, and resolves the token's expression. */
async function defaults(): Promise<Record<string, string>> {
  const { inputs } = parse(await readFile('action.yml', 'utf8')) as { inputs: Record<string, { default?: string }> }
  const resolved = Object.entries(inputs).map(([name, input]) => [
    name,
    input.default?.replace('${{ github.token }}', 'test-token') ?? '',
  ])
  return Object.fromEntries(resolved)
}

function outputs(text: string): Record<string, string> {
  const found = text.matchAll(/^(?<name>[^\n]+?)<<(?<end>ghadelimiter_[-0-9a-f]+)\n(?<value>.*?)\n\k<end>$/gms)
  return Object.fromEntries([...found].map(({ groups }) => [groups?.name ?? '', groups?.value ?? '']))
}

/** As the runner reads them: nothing between `stop-commands` and its token, leading space allowed. */
function commands(stdout: string): string[] {
  let stopped: string | undefined
  return stdout.split('\n').flatMap((line) => {
    const text = line.trimStart()
    if (stopped !== undefined) {
      if (text === `::${stopped}::`) stopped = undefined
      return []
    }
    const token = /^::stop-commands::(.*)$/.exec(text)?.[1]
    if (token) stopped = token
    return token || !(/^::.+?::/.test(text) || text.includes('##[')) ? [] : [text]
  })
}
