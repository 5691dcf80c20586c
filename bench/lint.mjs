// CPU time of reading a history and of `migration-gate lint`, beside squawk's, over the same made-up histories of SQL migrations.
//   node bench/lint.mjs [rounds]      5 where it is left out; the command is the one in dist/
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { writeHistory } from './history.mjs'

const squawkVersion = '2.66.0'
const rounds = Number(process.argv[2] ?? 5)
const grammar = [process.execPath, join(import.meta.dirname, 'grammar.mjs')]
const gate = [process.execPath, join(import.meta.dirname, '../dist/cli.js'), 'lint', '--fail-on', 'never']

/** @type {{ name: string, shape: 'small' | 'realistic' | 'squashed', count: number }[]} */
const histories = [
  { name: '700 migrations, one statement each', shape: 'small', count: 700 },
  { name: '700 migrations as a team writes them', shape: 'realistic', count: 700 },
  { name: '2,000 migrations as a team writes them', shape: 'realistic', count: 2000 },
  { name: '700 migrations, the first 300 squashed', shape: 'squashed', count: 700 },
]

const folder = await mkdtemp(join(tmpdir(), 'migration-gate-bench-'))
try {
  const peer = join(folder, 'peer')
  execFileSync('npm', ['install', '--silent', '--no-save', '--prefix', peer, `squawk-cli@${squawkVersion}`])
  const script = join(peer, 'node_modules/.bin/squawk')
  const binary = createRequire(join(peer, 'node_modules/squawk-cli/package.json')).resolve(
    `@squawk-cli/${process.platform}-${process.arch}/bin/squawk`,
  )

  const reader = await readerIn(join(folder, 'reader'))
  const cache = join(folder, 'cache')
  const again = { MIGRATION_GATE_CACHE: cache }
  const empty = () => rmSync(cache, { recursive: true, force: true })

  console.log(
    `Node ${process.versions.node}, squawk ${squawkVersion}, ${cpus()[0]?.model} × ${cpus().length}. CPU seconds, user + system, median of ${rounds} (least), and the ratio to squawk as npm starts it:`,
  )
  console.log(`  ${'node -e 0'.padEnd(36)} ${shown(measured(rounds, folder, [process.execPath, '-e', '0'], isOk, {}))}`)
  for (const { name, shape, count } of histories) {
    const repository = join(folder, `${shape}-${count}`)
    const { files, upgrades, bytes } = await writeHistory(repository, count, shape)
    git(repository, 'init', '--quiet', '--initial-branch=main')
    // All but the last migration are on the base branch: what a pull request is.
    git(repository, 'add', ...files.slice(0, -2))
    git(repository, '-c', 'user.name=bench', '-c', 'user.email=bench@localhost', 'commit', '--quiet', '--message=base')

    const read = [process.execPath, reader, repository]
    const all = [...gate, '--all']
    const one = [...gate, '--base', 'main']
    const peers = /** @type {[string, string[], number][]} */ ([
      ['squawk, all files', [binary, ...files], files.length],
      ['squawk, all files, as npm starts it', [script, ...files], files.length],
      ['squawk, the upgrades alone', [binary, ...upgrades], count],
    ])
    /** @type {[string, number[]][]} */
    const rows = [
      ['the grammar alone', measured(rounds, repository, [...grammar, ...files], saysGrammar(files.length), {})],
      ['read', measured(rounds, repository, read, saysGate(count), again, empty)],
      ['read again', measured(rounds, repository, read, saysGate(count), again)],
      ['lint --all', measured(rounds, repository, all, saysGate(count), again, empty)],
      ['lint --all again', measured(rounds, repository, all, saysGate(count), again)],
      ['lint, one new migration', measured(rounds, repository, one, saysGate(1), again, empty)],
      ['lint, one new migration, again', measured(rounds, repository, one, saysGate(1), again)],
      ...peers.map(
        ([what, command, number]) =>
          /** @type {[string, number[]]} */ ([what, measured(rounds, repository, command, saysSquawk(number), {})]),
      ),
    ]
    console.log(
      `\n${name}: ${files.length} files, of which the upgrades have ${(bytes / 1e6).toFixed(2)} MB, ${Math.round(bytes / count)} bytes each`,
    )
    const started = rows.find(([what]) => what.endsWith('npm starts it'))?.[1] ?? []
    for (const [what, times] of rows)
      console.log(`  ${what.padEnd(36)} ${shown(times)}  ${(median(times) / median(started)).toFixed(2)}`)
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}

/** @param {string} cwd @param {string[]} words */
function git(cwd, ...words) {
  execFileSync('git', words, { cwd })
}

/**
 * Bundles bench/read-history.ts as the command is bundled: with PostgreSQL's grammar beside it, and the name of its build, without
 * which nothing is kept.
 * @param {string} into
 */
async function readerIn(into) {
  const dist = join(import.meta.dirname, '../dist/gate')
  mkdirSync(into, { recursive: true })
  cpSync(join(dist, 'libpg-query'), join(into, 'libpg-query'), { recursive: true })
  cpSync(join(dist, 'build.json'), join(into, 'build.json'))
  await build({
    entryPoints: [join(import.meta.dirname, 'read-history.ts')],
    outdir: into,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    alias: { 'libpg-query': './libpg-query/index.js' },
    external: ['./libpg-query/index.js'],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url)",
    },
    logLevel: 'error',
  })
  return join(into, 'read-history.mjs')
}

/**
 * CPU seconds of a command and the processes that it starts, once a round.
 * @param {number} times
 * @param {string} cwd
 * @param {string[]} command
 * @param {(status: number | null, output: string) => boolean} hasWorked a run that did not do the work is no measurement
 * @param {{ [name: string]: string }} environment
 * @param {() => void} [before] is called before each round
 */
function measured(times, cwd, command, hasWorked, environment, before) {
  return Array.from({ length: times }, () => {
    before?.()
    const script = 'TIMEFORMAT="%U %S"; { time "$@" 2>&3; } 3>&2 2>&4'
    const { status, stdout, stderr, output } = spawnSync('bash', ['-c', script, 'bench', ...command], {
      cwd,
      // Node reads the certificates of a company's network when it starts, which takes longer than all else that it does then.
      env: { ...process.env, NODE_EXTRA_CA_CERTS: undefined, ...environment },
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      stdio: ['ignore', 'pipe', 'pipe', 'ignore', 'pipe'],
    })
    if (!hasWorked(status, stdout + stderr))
      throw new Error(`${command.slice(0, 4).join(' ')}: ${stderr.slice(0, 500)}`)
    const [user = NaN, system = NaN] = String(output[4]).trim().split(' ').map(Number)
    return user + system
  })
}

/** @param {number | null} status */
function isOk(status) {
  return status === 0
}

/** @param {number} migrations @returns {(status: number | null, output: string) => boolean} */
function saysGate(migrations) {
  const read = new RegExp(`^ *${migrations} migrations?, \\d+ statements, 0 not readable`, 'm')
  return (status, output) => status === 0 && read.test(output)
}

/** @param {number} files @returns {(status: number | null, output: string) => boolean} */
function saysGrammar(files) {
  return (status, output) => status === 0 && output.includes(`${files} files, `)
}

/** It ends with 1 where it finds something. @param {number} files @returns {(status: number | null, output: string) => boolean} */
function saysSquawk(files) {
  return (status, output) =>
    (status === 0 || status === 1) &&
    output.includes(`checked ${files} source files`) &&
    !output.includes('syntax-error')
}

/** @param {number[]} times */
function median(times) {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN
}

/** @param {number[]} times */
function shown(times) {
  return `${median(times).toFixed(2)} (${Math.min(...times).toFixed(2)})`
}
