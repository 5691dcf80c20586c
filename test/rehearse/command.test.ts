import { tmpdir } from 'node:os'
import { describe, expect, test } from 'vitest'
import { Cancelled } from '../../src/model/errors.ts'
import { plainEnvironment, runCommand } from '../../src/rehearse/command.ts'
import { isRunning, until } from './processes.ts'

function run(
  program: readonly string[],
  timeoutMs = 20_000,
  signal = new AbortController().signal,
  line = (_: string) => {},
) {
  return runCommand(program, {
    directory: tmpdir(),
    environment: { PATH: process.env.PATH ?? '' },
    timeoutMs,
    signal,
    line,
  })
}

/** Starts a process that ignores SIGTERM, tells both process ids, and waits for ever. */
const stubborn = ['sh', '-c', 'trap "" TERM; sleep 1000 & echo "$$ $!"; while :; do wait; done']

describe('a command', () => {
  test('tells how it ended and what it wrote', async () => {
    const lines: string[] = []
    const { ms, ...result } = await run(['sh', '-c', 'echo one; echo two >&2; exit 3'], undefined, undefined, (line) =>
      lines.push(line),
    )
    expect({ result: { ...result, output: result.output.split('\n').sort() }, lines: lines.sort() }).toEqual({
      result: { exitCode: 3, timedOut: false, output: ['', 'one', 'two'] },
      lines: ['one', 'two'],
    })
    expect(ms).toBeGreaterThan(0)
  })

  test('goes without a shell, and sees nothing of our environment that was not given', async () => {
    const { output } = await run(['sh', '-c', 'echo "[$1]"; env', 'sh', '$(id); `id` "*"'])
    const [first, ...variables] = output.trim().split('\n')
    expect(first).toBe('[$(id); `id` "*"]')
    expect(
      variables
        .map((line) => line.replace(/=.*/, ''))
        .filter((name) => !['PWD', 'SHLVL', '_', 'OLDPWD'].includes(name)),
    ).toEqual(['PATH'])
  })

  test('keeps the end of a long output', async () => {
    const { output } = await run(['sh', '-c', 'yes 0123456789 | head -n 20000; echo end'])
    expect([output.length, output.endsWith('\nend\n')]).toEqual([64 * 1024, true])
  })

  test('is ended with all that it started when its time is up', async () => {
    let pids: number[] = []
    const result = await run(stubborn, 300, undefined, (line) => {
      pids = line.split(' ').map(Number)
    })
    expect([result.exitCode, result.timedOut, pids.length]).toEqual([null, true, 2])
    await until(async () => !(await isRunning(pids[0])) && !(await isRunning(pids[1])))
  })

  test('is ended with all that it started when the run is', async () => {
    const controller = new AbortController()
    let pids: number[] = []
    const running = run(stubborn, undefined, controller.signal, (line) => {
      pids = line.split(' ').map(Number)
      controller.abort()
    })
    await expect(running).rejects.toBeInstanceOf(Cancelled)
    await until(async () => !(await isRunning(pids[0])) && !(await isRunning(pids[1])))
  })

  test('leaves nothing behind that it started and forgot', async () => {
    const { output, exitCode } = await run(['sh', '-c', 'sleep 1000 & echo $!'])
    expect(exitCode).toBe(0)
    await until(async () => !(await isRunning(Number(output.trim()))))
  })

  test('is not waited for where a process of another group holds its pipes', async () => {
    const started = performance.now()
    const { output } = await run(['sh', '-c', 'setsid sleep 20 & sleep 0.5; echo done'])
    expect(output).toBe('done\n')
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  test('that is not there says so', async () => {
    await expect(run(['/nonexistent/alembic'])).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('no name of a secret is among what is passed on', async () => {
    const names = [
      'GITHUB_TOKEN',
      'AWS_SECRET_ACCESS_KEY',
      'DATABASE_URL',
      'PGPASSWORD',
      'ACTIONS_RUNTIME_TOKEN',
      'INPUT_TOKEN',
    ]
    for (const name of names) process.env[name] ??= 'secret'
    try {
      expect(Object.keys(plainEnvironment()).filter((name) => names.includes(name))).toEqual([])
    } finally {
      for (const name of names) if (process.env[name] === 'secret') delete process.env[name]
    }
  })
})
