// Seconds for the rehearsal of one new migration behind a long history, the baseline built and taken from the cache, and for a peer that
// sends the same SQL to a server of its own, watching and comparing nothing: psql where it is installed, else a plain client.
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'

const [count = 200, rounds = 3] = process.argv.slice(2).map(Number)
const run = promisify(execFile)
// Below node_modules, so that packages are found from there.
const folder = join(import.meta.dirname, `../node_modules/.cache/migration-gate/bench-${process.pid}`)
const work = await mkdtemp(join(tmpdir(), 'bench-rehearse-'))
const cache = join(work, 'cache')
await mkdir(folder, { recursive: true })
try {
  const { startServer, rehearse, readProject, parseMigration } = await load()
  const signal = new AbortController().signal
  const repository = join(work, 'repository')
  const files = history(count)
  await mkdir(join(repository, 'migrations'), { recursive: true })
  for (const { name, sql } of files) await writeFile(join(repository, 'migrations', name), sql)
  await run('git', ['init', '--quiet'], { cwd: repository })
  await run('git', ['add', '--all'], { cwd: repository })
  const changed = files
    .filter(({ isNew }) => isNew)
    .map(({ name }) => ({ path: `migrations/${name}`, status: 'added' }))
  process.env.MIGRATION_GATE_CACHE = cache
  const start = () => startServer({ kind: 'embedded', major: 17, signal, log: () => undefined })
  // Downloads and prepares what every run finds ready.
  await (await start())[Symbol.asyncDispose]()

  const gate = async () => {
    const started = performance.now()
    const project = await readProject({ repository, tool: 'numbered-sql', directory: 'migrations', changed })
    const migrations = []
    for (const migration of project.migrations)
      migrations.push(await parseMigration(migration, { defaultSchema: 'public' }))
    const server = await start()
    const { notChecked } = await rehearse({
      ...{ repository, project, migrations, server, signal, alembic: undefined, environment: {}, timeoutMs: 600_000 },
      keeping: { version: 'bench', afterMs: 0 },
      log: () => undefined,
    })
    await server[Symbol.asyncDispose]()
    if (notChecked.length > 0) throw new Error(JSON.stringify(notChecked))
    return performance.now() - started
  }
  const psql = await run('psql', ['--version']).then(
    () => true,
    () => false,
  )
  const [up, down] = ['up', 'down'].map((part) => files.find((file) => file.isNew && file.part === part))
  const steps = [...files.filter(({ isNew }) => !isNew), up, down, up].map((file) => file?.sql ?? '')
  const peer = async () => {
    const started = performance.now()
    const server = await start()
    const database = await server.createDatabase()
    if (psql) {
      const script = join(work, 'all.sql')
      await writeFile(script, steps.join('\n'))
      const { host, port, user, password, name } = database
      const url = `postgres://${user}@${host}:${port}/${name}`
      await run('psql', ['-qX', '-v', 'ON_ERROR_STOP=1', '-f', script, url], {
        env: { ...process.env, PGPASSWORD: password },
      })
    } else {
      const session = await database.connect()
      for (const sql of steps) await session.query(sql)
      await session[Symbol.asyncDispose]()
    }
    await server[Symbol.asyncDispose]()
    return performance.now() - started
  }

  /** @type {{ cold: number[], warm: number[], peer: number[] }} */
  const times = { cold: [], warm: [], peer: [] }
  for (let round = 0; round < rounds; round++) {
    await rm(join(cache, 'baselines'), { recursive: true, force: true })
    times.cold.push(await gate())
    times.warm.push(await gate())
    times.peer.push(await peer())
  }
  const [cold, warm, other] = [median(times.cold), median(times.warm), median(times.peer)]
  const name = psql ? 'a prepared server + psql' : 'a prepared server + a plain client (no psql here)'
  console.log(`${count} migrations, one of them new; seconds, median of ${rounds} rounds:`)
  console.log(`  ${name.padEnd(50)} ${(other / 1000).toFixed(2)}`)
  console.log(
    `  ${'migration-gate, the baseline built and kept'.padEnd(50)} ${(cold / 1000).toFixed(2)}  (×${(cold / other).toFixed(1)})`,
  )
  console.log(
    `  ${'migration-gate, the baseline from the cache'.padEnd(50)} ${(warm / 1000).toFixed(2)}  (×${(warm / other).toFixed(1)})`,
  )
} finally {
  await rm(folder, { recursive: true, force: true })
  await rm(work, { recursive: true, force: true })
}

/** A history as a team has it: tables, columns, indexes, foreign keys; the last migration is the new one. @param {number} length */
function history(length) {
  const files = []
  for (let n = 1; n < length; n++) {
    const table = `t${Math.ceil(n / 4)}`
    const sql = [
      `CREATE TABLE ${table} (id bigserial PRIMARY KEY, name text NOT NULL, created timestamptz DEFAULT now());`,
      `ALTER TABLE ${table} ADD COLUMN state text DEFAULT 'new' CHECK (state <> '');`,
      `CREATE INDEX ${table}_name_idx ON ${table} (name);`,
      `ALTER TABLE ${table} ADD COLUMN parent bigint REFERENCES t1;`,
    ][(n - 1) % 4]
    files.push({
      name: `${String(n).padStart(4, '0')}_step.sql`,
      sql: `BEGIN;\n${sql}\nCOMMIT;\n`,
      isNew: false,
      part: '',
    })
  }
  const name = String(length).padStart(4, '0')
  files.push({ name: `${name}_step.sql`, sql: 'ALTER TABLE t1 ADD COLUMN phone text;\n', isNew: true, part: 'up' })
  files.push({
    name: `${name}_step_rollback.sql`,
    sql: 'ALTER TABLE t1 DROP COLUMN phone;\n',
    isNew: true,
    part: 'down',
  })
  return files
}

/** The parts of the gate, as one file of JavaScript: its errors are told apart by their classes. */
async function load() {
  const outfile = join(folder, 'parts.mjs')
  await build({
    stdin: {
      contents: ['postgres/start', 'rehearse/rehearse', 'read/read', 'parse/parse']
        .map((part) => `export * from './src/${part}.ts'`)
        .join('\n'),
      resolveDir: join(import.meta.dirname, '..'),
      loader: 'ts',
    },
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
