// Milliseconds a statement, straight to the server and through the wire tap, in one run and in turns.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const rounds = Number(process.argv[2] ?? 5)
const count = 200
// Below node_modules, so that packages are found from there.
const folder = join(import.meta.dirname, `../node_modules/.cache/migration-gate/bench-${process.pid}`)
let server
await mkdir(folder, { recursive: true })
try {
  const { startServer } = await load('postgres/start')
  const { openTap } = await load('tap/tap')
  const signal = new AbortController().signal
  server = await startServer({ kind: 'embedded', major: 17, signal, log: () => undefined })

  /** @type {{ name: string, wrap: boolean, sql: (n: number) => string }[]} */
  const kinds = [
    {
      name: 'ALTER TABLE … ADD COLUMN, in a transaction',
      wrap: true,
      sql: (n) => `ALTER TABLE t ADD COLUMN c${n} int`,
    },
    { name: 'CREATE TABLE, in a transaction', wrap: true, sql: (n) => `CREATE TABLE t${n} (id int PRIMARY KEY)` },
    { name: 'CREATE TABLE, each in its own', wrap: false, sql: (n) => `CREATE TABLE t${n} (id int PRIMARY KEY)` },
    { name: 'INSERT, the same text, in a transaction', wrap: true, sql: () => 'INSERT INTO t VALUES (1)' },
    { name: 'SELECT 1, each in its own', wrap: false, sql: () => 'SELECT 1' },
  ]
  console.log(`Milliseconds a statement, ${count} statements, median of ${rounds} rounds:`)
  for (const { name, wrap, sql } of kinds) {
    /** @type {number[]} */
    const straight = []
    /** @type {number[]} */
    const tapped = []
    for (let round = 0; round < rounds; round++) {
      for (const times of round % 2 ? [straight, tapped] : [tapped, straight]) {
        const database = await server.createDatabase()
        const first = await database.connect()
        await first.query('CREATE TABLE t (id int)')
        await first[Symbol.asyncDispose]()
        const tap = times === tapped ? await openTap(database) : undefined
        const session = await (tap ?? database).connect()
        const started = performance.now()
        if (wrap) await session.query('BEGIN')
        for (let n = 0; n < count; n++) await session.query(sql(n))
        if (wrap) await session.query('COMMIT')
        times.push((performance.now() - started) / count)
        await session[Symbol.asyncDispose]()
        const sight = await tap?.finish()
        if (sight?.trouble.length) throw new Error(sight.trouble.join('\n'))
        await tap?.[Symbol.asyncDispose]()
        await database[Symbol.asyncDispose]()
      }
    }
    const [a, b] = [median(straight), median(tapped)]
    console.log(
      `  ${name.padEnd(44)} ${a.toFixed(2)} → ${b.toFixed(2)}  (+${(b - a).toFixed(2)}, ×${(b / a).toFixed(1)})`,
    )
  }
} finally {
  await server?.[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
}

/** @param {string} module a source file below src/, as JavaScript */
async function load(module) {
  const outfile = join(folder, `${module.replace('/', '-')}.mjs`)
  const entry = join(import.meta.dirname, `../src/${module}.ts`)
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
  })
  return await import(pathToFileURL(outfile).href)
}

/** @param {number[]} times */
function median(times) {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
}
