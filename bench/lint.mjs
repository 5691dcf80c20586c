// CPU time (user + system) of the reading part, beside squawk's over the same files.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeHistory } from './history.mjs'

const squawkVersion = '2.66.0'
const count = Number(process.argv[2] ?? 700)
const folder = await mkdtemp(join(tmpdir(), 'migration-gate-bench-'))
try {
  execFileSync('npm', [
    'install',
    '--silent',
    '--no-save',
    '--prefix',
    join(folder, 'peer'),
    `squawk-cli@${squawkVersion}`,
  ])
  const repository = join(folder, 'repository')
  const files = await writeHistory(repository, count)
  execFileSync('git', ['init', '--quiet', repository])

  const gate = [
    process.execPath,
    join(import.meta.dirname, '../dist/cli.js'),
    'lint',
    '--all',
    '--quiet',
    '--fail-on',
    'never',
  ]
  const squawk = [join(folder, 'peer/node_modules/.bin/squawk'), ...files]
  const empty = [process.execPath, '-e', '0']
  /** @type {[string, number][]} */
  const rows = []
  for (const [name, command] of /** @type {[string, string[]][]} */ ([
    ['node -e 0', empty],
    ['migration-gate lint --all', gate],
    [`squawk ${squawkVersion}`, squawk],
  ]))
    rows.push([name, Math.min(...[1, 2, 3].map(() => cpuSeconds(command, repository)))])

  console.log(`${count} migrations with their ways back (squawk reads the upgrades only), best of 3, CPU seconds:`)
  for (const [name, seconds] of rows) console.log(`  ${name.padEnd(28)} ${seconds.toFixed(2)}`)
  const [, [, ours], [, theirs]] = /** @type {[[string, number], [string, number], [string, number]]} */ (rows)
  console.log(`Ratio to squawk: ${(ours / theirs).toFixed(2)}`)
} finally {
  await rm(folder, { recursive: true, force: true })
}

/** @param {string[]} command @param {string} cwd */
function cpuSeconds(command, cwd) {
  const script = 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1'
  const { stderr } = spawnSync('bash', ['-c', script, 'bench', ...command], { cwd, encoding: 'utf8' })
  const [user = NaN, system = NaN] = stderr.trim().split(' ').map(Number)
  return user + system
}
