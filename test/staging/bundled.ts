import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'

/** The command, or the action, as it is in the source now, as a file that Node runs; its folder is the caller's to remove. */
export async function bundled(what: 'cli' | 'action' = 'cli'): Promise<string> {
  // Below node_modules, so that packages are found from there.
  const folder = resolve(`node_modules/.cache/migration-gate/staging-test-${what}-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  const outfile = join(folder, `${what}.mjs`)
  const call = what === 'cli' ? 'cli(process.argv)' : 'action()'
  await build({
    stdin: {
      contents: `import { ${what} } from './src/${what}.ts'\nawait ${call}`,
      resolveDir: resolve('.'),
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  })
  return outfile
}

/** Runs it. `meanwhile` may end it. */
export async function runs(
  file: string,
  args: readonly string[],
  options: {
    cwd: string
    env?: Readonly<Record<string, string>>
    meanwhile?: (kill: (signal: NodeJS.Signals) => void) => Promise<void>
  },
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [file, ...args], {
    cwd: options.cwd,
    env: { ...process.env, NO_COLOR: '1', ...options.env },
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
  await options.meanwhile?.((signal) => void child.kill(signal))
  const [code] = (await closed) as [number | null]
  return { code, stdout, stderr }
}
