// A dry run against a staging of several million rows, while others write to it: how long the plan takes, how long the longest write waits
// meanwhile, and whether what it calls exact is; then the same with somebody who alters the table again and again, behind whom all writes queue.
//   node bench/staging.mjs [million rows] [writers]
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import pg from 'pg'

const [millions = 3, writers = 4] = process.argv.slice(2).map(Number)
const limits = { lockTimeoutMs: 1000, statementTimeoutMs: 30_000 }
const root = join(import.meta.dirname, '..')
// Below node_modules, so that packages are found from there.
const folder = join(root, `node_modules/.cache/migration-gate/bench-${process.pid}`)
const work = await mkdtemp(join(tmpdir(), 'bench-staging-'))
await mkdir(folder, { recursive: true })
try {
  const { startServer } = await bundle('startServer', "export { startServer } from './src/postgres/start.ts'")
  const command = join(folder, 'command.mjs')
  await bundleTo(command, "import { cli } from './src/cli.ts'\nawait cli(process.argv)")
  const signal = new AbortController().signal
  const server = await startServer({ kind: 'embedded', major: 17, signal, log: () => undefined })
  try {
    await measure(server, command)
  } finally {
    await server[Symbol.asyncDispose]()
  }
} finally {
  await rm(folder, { recursive: true, force: true })
  await rm(work, { recursive: true, force: true })
}

async function measure(server, command) {
  const database = await server.createDatabase()
  const { host, port, user, password, name } = database
  const connection = { host, port, user, password, database: name }
  const client = new pg.Client(connection)
  await client.connect()
  const rows = millions * 1_000_000
  const started = performance.now()
  for (const sql of generator(rows)) await client.query(sql)
  console.log(`made ${rows.toLocaleString('en')} rows in ${seconds(started)} s`)
  await repository()

  const url = `postgres://${user}:${password}@${host}:${port}/${name}?sslmode=disable`
  const { plan, longest } = await underLoad(connection, rows, 'writes', () => run(command, url))
  const altered = await underLoad(connection, rows, 'writes and ALTER TABLE', () => run(command, url), alterer)
  let wrong = 0
  for (const { needs, counted, count } of plan.preconditions) {
    const { rows: found } = await client.query(count)
    const truth = Number(found[0].count)
    const isRight = counted.how === 'exact' && counted.found === truth
    if (!isRight) wrong += 1
    console.log(`${isRight ? 'right' : 'WRONG'}: ${needs}: ${JSON.stringify(counted)}, in truth ${truth}`)
  }
  const isHeld = Math.max(longest, altered.longest) > limits.lockTimeoutMs
  if (wrong > 0 || isHeld || plan.notChecked.length > 0) process.exitCode = 1
  await client.end()
}

/** A plan while others write, and how long the longest write took meanwhile, in milliseconds. */
async function underLoad(connection, rows, what, work, another) {
  const stop = { isOver: false }
  const load = Array.from({ length: writers }, (_, number) => writer(connection, number, rows, stop))
  const other = another?.(connection, stop)
  await new Promise((resolve) => setTimeout(resolve, 2000))
  const begins = performance.now()
  const plan = await work()
  const ends = performance.now()
  const took = seconds(begins)
  await new Promise((resolve) => setTimeout(resolve, 2000))
  stop.isOver = true
  const waits = (await Promise.all(load)).flat()
  await other
  const during = waits.filter(({ at }) => at >= begins && at <= ends).map(({ ms }) => ms)
  const around = waits.filter(({ at }) => at < begins || at > ends).map(({ ms }) => ms)
  const longest = Math.max(...during)
  console.log(
    `${what}: the plan took ${took} s, verdict ${plan.verdict}, not checked ${JSON.stringify(plan.notChecked)}`,
  )
  console.log(
    `  longest write: ${longest.toFixed(0)} ms of ${during.length} during the plan, ${Math.max(...around).toFixed(0)} ms of ${around.length} without it; lock_timeout ${limits.lockTimeoutMs} ms`,
  )
  return { plan, longest }
}

/** Wants the table for itself, for a moment, five times a second. */
async function alterer(connection, stop) {
  const client = new pg.Client(connection)
  await client.connect()
  while (!stop.isOver) {
    await client.query("ALTER TABLE orders ALTER COLUMN note SET DEFAULT 'none'")
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  await client.end()
}

/** Orders and their customers, with a few rows of each kind that a migration trips over. What the writers write fits. */
function generator(rows) {
  const customers = Math.round(rows / 10)
  return [
    'CREATE TABLE schema_version (version text PRIMARY KEY, applied_at timestamptz DEFAULT now())',
    "INSERT INTO schema_version VALUES ('001')",
    'CREATE TABLE customers (id bigint PRIMARY KEY, email text, name text)',
    'CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint, code varchar(60), amount int, note text)',
    `INSERT INTO customers SELECT i, 'c' || i || '@example.test', CASE WHEN i % 1000 > 0 THEN 'Name ' || i END FROM generate_series(1, ${customers}) i`,
    `UPDATE customers SET email = 'c1@example.test' WHERE id % 5000 = 0`,
    `INSERT INTO orders (customer_id, code, amount, note) SELECT 1 + i % ${customers + 20}, 'o' || i || CASE WHEN i % 100000 = 0 THEN repeat('x', 30) ELSE '' END, i % 1000 - CASE WHEN i % 500000 = 0 THEN 2000 ELSE 0 END, repeat('n', 40) FROM generate_series(1, ${rows}) i`,
    'CREATE INDEX orders_amount_idx ON orders (amount)',
    'VACUUM (ANALYZE)',
  ]
}

async function repository() {
  await mkdir(join(work, 'migrations'), { recursive: true })
  await writeFile(
    join(work, 'migrations/001_tables.sql'),
    `${generator(0).slice(0, 1)};${generator(0).slice(2, 4).join(';')};`,
  )
  await writeFile(
    join(work, 'migrations/002_constraints.sql'),
    `ALTER TABLE customers ADD UNIQUE (email);
ALTER TABLE customers ALTER COLUMN name SET NOT NULL;
ALTER TABLE orders ALTER COLUMN code TYPE varchar(30);
ALTER TABLE orders ADD CHECK (amount >= 0);
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id);
`,
  )
  const git = spawn('git', ['init', '--quiet'], { cwd: work })
  await once(git, 'close')
}

/** Writes, one statement after the other, and notes how long each took. */
async function writer(connection, number, rows, stop) {
  const client = new pg.Client(connection)
  await client.connect()
  const waits = []
  for (let i = 0; !stop.isOver; i++) {
    const at = performance.now()
    if (i % 2 === 0)
      await client.query('INSERT INTO orders (customer_id, code, amount) VALUES (1, $1, 1)', [`w${number}-${i}`])
    else await client.query('UPDATE orders SET note = $1 WHERE id = $2', [`w${i}`, 1 + ((i * 7919 + number) % rows)])
    waits.push({ at, ms: performance.now() - at })
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await client.end()
  return waits
}

async function run(command, url) {
  const flags = ['--tool', 'numbered-sql', '--directory', 'migrations', '--format', 'json', '--quiet']
  const times = ['--lock-timeout', `${limits.lockTimeoutMs}ms`, '--statement-timeout', `${limits.statementTimeoutMs}ms`]
  const child = spawn(process.execPath, [command, 'dry-run', ...flags, ...times], {
    cwd: work,
    env: { ...process.env, MIGRATION_GATE_STAGING_URL: url },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part) => {
    text += part
  })
  await once(child, 'close')
  return JSON.parse(text)
}

async function bundle(name, contents) {
  const outfile = join(folder, `${name}.mjs`)
  await bundleTo(outfile, contents)
  return await import(pathToFileURL(outfile).href)
}

async function bundleTo(outfile, contents) {
  const options = {
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  }
  await build({ ...options, stdin: { contents, resolveDir: root, loader: 'ts' }, outfile })
}

function seconds(since) {
  return ((performance.now() - since) / 1000).toFixed(1)
}
